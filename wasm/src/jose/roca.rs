//! RSA keys whose private part anybody can compute from the public one: ROCA (CVE-2017-15361).
//!
//! Infineon's library made primes of the form `k · M + (65537^a mod M)` with `M` the product of the first primes. So each
//! small prime sees the modulus as a power of 65537, which a random modulus is for all of them with a probability of
//! less than one in 2²⁷ (Nemec et al., "The Return of Coppersmith's Attack", CCS 2017, §2.3).

/// The generator of every subgroup.
const GENERATOR: u32 = 65537;

/// The primes up to 167: the smallest `M` in use, that of moduli below 992 bits, is their product.
const PRIMES: [u32; 38] = [
    3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109,
    113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
];

/// Whether a big-endian modulus has the fingerprint of such a key.
pub(super) fn is_vulnerable(modulus: &[u8]) -> bool {
    PRIMES.iter().all(|&prime| {
        let residue = modulus.iter().fold(0, |rest, &byte| (rest * 256 + u32::from(byte)) % prime);
        is_power_of_generator(residue, prime)
    })
}

fn is_power_of_generator(residue: u32, prime: u32) -> bool {
    let mut power = 1;
    loop {
        if power == residue {
            return true;
        }
        power = power * (GENERATOR % prime) % prime;
        if power == 1 {
            return false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_65537_end_where_they_began() {
        // 65537 is 10 modulo 11, and 4 modulo 13, whose powers are 1, 4, 3, 12, 9, 10.
        let powers = |prime| (0..prime).filter(|&residue| is_power_of_generator(residue, prime)).collect::<Vec<u32>>();

        assert_eq!(powers(11), [1, 10]);
        assert_eq!(powers(13), (0..13).filter(|n| [1, 3, 4, 9, 10, 12].contains(n)).collect::<Vec<u32>>());
    }

    #[test]
    fn a_modulus_that_a_small_prime_divides_is_no_such_key() {
        assert!(!is_vulnerable(&[3 * 5]));
        assert!(!is_vulnerable(&[0]));
    }
}
