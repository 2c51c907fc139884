use super::*;
use crate::jose::Algorithm;
use std::collections::BTreeSet;

#[test]
fn the_examples_of_the_specifications_verify() {
    let all = vectors(RFC);
    assert_eq!(all.len(), 7);
    for vector in all {
        let keys = key_set(&vector.keys).expect(&vector.name);
        assert_eq!(verify(&keys, &vector.token).expect(&vector.name), vector.payload.as_bytes(), "{}", vector.name);
    }
}

/// HMAC, `none`, unencoded and detached payloads, JSON serialization and encryption: right, and not for us.
#[test]
fn the_examples_of_what_is_not_supported_are_refused() {
    let all = vectors(RFC_REFUSED);
    assert_eq!(all.len(), 21);
    for vector in all {
        let error = Jws::parse(&vector.token).expect_err(&vector.name);
        assert_eq!(kind(&error), vector.error, "{}: {error}", vector.name);
    }
}

/// Public keys are read, for what they are for; private, symmetric and encryption keys are passed over.
#[test]
fn the_keys_of_the_specifications_are_read() {
    let all = vectors(RFC_KEYS);
    assert_eq!(all.len(), 11);
    for vector in all {
        let algorithms = key_set(&vector.keys).map_or_else(|_| Vec::new(), |keys| keys.algorithms());
        assert_eq!(algorithms, vector.algorithms, "{}", vector.name);
    }
}

#[test]
fn what_another_implementation_signed_verifies_by_every_algorithm() {
    let mut seen = BTreeSet::new();
    for vector in vectors(ACCEPTED) {
        let keys = key_set(&vector.keys).expect(&vector.name);
        assert_eq!(verify(&keys, &vector.token).expect(&vector.name), vector.payload.as_bytes(), "{}", vector.name);
        seen.insert(Jws::parse(&vector.token).expect(&vector.name).algorithm());
    }
    assert_eq!(seen, Algorithm::ALL.iter().copied().collect());
}

#[test]
fn every_forgery_is_refused_for_its_own_reason() {
    let all = vectors(REFUSED);
    assert!(all.len() > 100, "{}", all.len());
    for vector in all {
        let keys = key_set(&vector.keys).expect(&vector.name);
        let error = verify(&keys, &vector.token).expect_err(&vector.name);
        assert_eq!(kind(&error), vector.error, "{}: {error}", vector.name);
    }
}

#[test]
fn one_altered_bit_anywhere_is_noticed() {
    for name in ["RS256", "PS256", "ES256", "ES384", "ES512", "EdDSA"] {
        let vector = accepted(name);
        let keys = key_set(&vector.keys).expect("keys");
        let mut parts: Vec<Vec<u8>> =
            vector.token.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).expect("base64url")).collect();
        // Header bytes may turn into another algorithm or bad JSON: any error will do.
        for part in 0..3 {
            for at in 0..parts[part].len() {
                parts[part][at] ^= 1;
                let altered = parts.iter().map(base64url).collect::<Vec<_>>().join(".");
                assert!(verify(&keys, &altered).is_err(), "{name}, part {part}, byte {at}");
                parts[part][at] ^= 1;
            }
        }
        assert!(verify(&keys, &vector.token).is_ok(), "{name}");
    }
}

#[test]
fn a_signature_does_not_serve_another_token() {
    let (one, two) = (accepted("ES256"), accepted("ES256 with the other s"));
    let (input, _) = one.token.rsplit_once('.').expect("a token");
    let (_, signature) = two.token.rsplit_once('.').expect("a token");
    let keys = key_set(&one.keys).expect("keys");
    assert!(verify(&keys, &format!("{input}.{signature}")).is_ok(), "both halves of s are signatures");
    let other = format!("{input}x.{signature}");
    assert!(verify(&keys, &other).is_err());
}
