//! Signatures that are right, and signatures that only look so: Project Wycheproof's vectors for the algorithms of the
//! core, and for some that it does not have.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use wycheproof::{EdwardsCurve, EllipticCurve, HashFunction, Mgf, TestResult, eddsa, rsa_pkcs1_verify, rsa_pss_verify};

/// One signature by a key over a message.
#[derive(Debug, Clone)]
pub struct Case {
    /// The suite's name.
    pub suite: &'static str,
    /// The case's number in its suite.
    pub number: usize,
    /// The public key as a JWK.
    pub jwk: Value,
    /// The public key as a `SubjectPublicKeyInfo` (RFC 5280 §4.1.2.7).
    pub info: Vec<u8>,
    /// The `alg` whose verification is tried.
    pub algorithm: &'static str,
    /// What was signed.
    pub message: Vec<u8>,
    /// The signature.
    pub signature: Vec<u8>,
    /// Whether the core must accept it.
    ///
    /// Cases that Wycheproof calls acceptable are refused: padding without the NULL of `AlgorithmIdentifier` (RFC 8017
    /// §9.2 note 1). So is what JOSE does not define: another hash or salt, DER, other curves, keys of other lengths.
    pub is_accepted: bool,
}

/// Bits of an RSA key that the core takes.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;

/// Cases that their suite refuses since they were made with other parameters: those of the algorithm that is tried.
const MADE_AS_TRIED: [(&str, usize); 3] =
    [("RSA 2048 SHA3-256", 221), ("RSA 2048 SHA-512/256", 225), ("RSA-PSS 2048 SHA-256, salt 0", 69)];

/// What the cases of one key have in common.
struct Tried {
    suite: &'static str,
    jwk: Value,
    info: Vec<u8>,
    algorithm: &'static str,
    /// Whether the suite's algorithm is the one that is tried, and the key one that the core takes.
    is_own: bool,
}

impl Tried {
    fn case(&self, number: usize, message: &[u8], signature: &[u8], is_valid: bool) -> Case {
        Case {
            suite: self.suite,
            number,
            jwk: self.jwk.clone(),
            info: self.info.clone(),
            algorithm: self.algorithm,
            message: message.to_vec(),
            signature: signature.to_vec(),
            is_accepted: (self.is_own && is_valid) || MADE_AS_TRIED.contains(&(self.suite, number)),
        }
    }
}

fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// ECDSA: the curves of JOSE (RFC 7518 §3.4), and what only resembles them.
pub fn ecdsa() -> Vec<Case> {
    use wycheproof::ecdsa::TestName as Name;
    let mut cases = Vec::new();
    // The name of the suite, the algorithm that is tried, and whether it is the suite's own.
    let suites = [
        ("ECDSA P-256 SHA-256", Name::EcdsaSecp256r1Sha256P1363, "ES256", true),
        ("ECDSA P-384 SHA-384", Name::EcdsaSecp384r1Sha384P1363, "ES384", true),
        ("ECDSA P-521 SHA-512", Name::EcdsaSecp521r1Sha512P1363, "ES512", true),
        ("ECDSA P-256 SHA-512", Name::EcdsaSecp256r1Sha512P1363, "ES256", false),
        ("ECDSA P-384 SHA-512", Name::EcdsaSecp384r1Sha512P1363, "ES384", false),
        ("ECDSA P-521 SHAKE256", Name::EcdsaSecp521r1Shake256P1363, "ES512", false),
        ("ECDSA secp256k1 SHA-256", Name::EcdsaSecp256k1Sha256P1363, "ES256", false),
        ("ECDSA P-256 in DER", Name::EcdsaSecp256r1Sha256, "ES256", false),
        ("ECDSA P-384 in DER", Name::EcdsaSecp384r1Sha384, "ES384", false),
        ("ECDSA P-521 in DER", Name::EcdsaSecp521r1Sha512, "ES512", false),
    ];
    for (suite, name, algorithm, is_own) in suites {
        for group in wycheproof::ecdsa::TestSet::load(name).expect("a suite").test_groups {
            let (curve, length) = match group.key.curve {
                EllipticCurve::Secp256r1 => ("P-256", 32),
                EllipticCurve::Secp384r1 => ("P-384", 48),
                EllipticCurve::Secp521r1 => ("P-521", 66),
                _ => ("secp256k1", 32),
            };
            let coordinate = |number: &[u8]| {
                let digits = &number[number.iter().take_while(|byte| **byte == 0).count()..];
                base64url(&[vec![0; length - digits.len()], digits.to_vec()].concat())
            };
            let (x, y) = (coordinate(&group.key.affine_x), coordinate(&group.key.affine_y));
            let jwk = json!({"kty": "EC", "crv": curve, "x": x, "y": y});
            let tried = Tried { suite, jwk, info: group.der.to_vec(), algorithm, is_own };
            cases.extend(
                group
                    .tests
                    .iter()
                    .map(|test| tried.case(test.tc_id, &test.msg, &test.sig, test.result == TestResult::Valid)),
            );
        }
    }
    cases
}

/// Ed25519 (RFC 8037 §3.1), and Ed448, which the core does not have.
pub fn ed25519() -> Vec<Case> {
    let mut cases = Vec::new();
    for (suite, name) in [("Ed25519", eddsa::TestName::Ed25519), ("Ed448", eddsa::TestName::Ed448)] {
        for group in eddsa::TestSet::load(name).expect("a suite").test_groups {
            let is_own = group.key.curve == EdwardsCurve::Ed25519;
            let jwk = json!({"kty": "OKP", "crv": suite, "x": base64url(&group.key.pk)});
            let tried = Tried { suite, jwk, info: group.der.to_vec(), algorithm: "EdDSA", is_own };
            cases.extend(
                group
                    .tests
                    .iter()
                    .map(|test| tried.case(test.tc_id, &test.msg, &test.sig, test.result == TestResult::Valid)),
            );
        }
    }
    cases
}

fn rsa_jwk(key: &wycheproof::RsaPublic) -> Value {
    json!({"kty": "RSA", "n": base64url(&key.n), "e": base64url(&key.e)})
}

/// RSASSA-PKCS1-v1_5 (RFC 7518 §3.3), also with keys and hash functions that the core does not take.
pub fn pkcs1() -> Vec<Case> {
    use rsa_pkcs1_verify::TestName as Name;
    let mut cases = Vec::new();
    let suites = [
        ("RSA 2048 SHA-256", Name::Rsa2048Sha256, "RS256"),
        ("RSA 2048 SHA-384", Name::Rsa2048Sha384, "RS384"),
        ("RSA 2048 SHA-512", Name::Rsa2048Sha512, "RS512"),
        ("RSA 3072 SHA-256", Name::Rsa3072Sha256, "RS256"),
        ("RSA 3072 SHA-384", Name::Rsa3072Sha384, "RS384"),
        ("RSA 3072 SHA-512", Name::Rsa3072Sha512, "RS512"),
        ("RSA 4096 SHA-256", Name::Rsa4096Sha256, "RS256"),
        ("RSA 4096 SHA-384", Name::Rsa4096Sha384, "RS384"),
        ("RSA 4096 SHA-512", Name::Rsa4096Sha512, "RS512"),
        ("RSA 8192 SHA-256", Name::Rsa8192Sha256, "RS256"),
        ("RSA 2048 SHA3-256", Name::Rsa2048Sha3_256, "RS256"),
        ("RSA 2048 SHA-512/256", Name::Rsa2048Sha512_256, "RS512"),
    ];
    for (suite, name, algorithm) in suites {
        for group in rsa_pkcs1_verify::TestSet::load(name).expect("a suite").test_groups {
            let is_own = algorithm_of(group.hash, "RS") == Some(algorithm) && RSA_BITS.contains(&group.key_size);
            let jwk = rsa_jwk(&group.key);
            let tried = Tried { suite, jwk, info: group.der.to_vec(), algorithm, is_own };
            cases.extend(
                group
                    .tests
                    .iter()
                    .map(|test| tried.case(test.tc_id, &test.msg, &test.sig, test.result == TestResult::Valid)),
            );
        }
    }
    cases
}

/// RSASSA-PSS (RFC 7518 §3.5), also with parameters that JOSE does not define.
pub fn pss() -> Vec<Case> {
    use rsa_pss_verify::TestName as Name;
    let mut cases = Vec::new();
    let suites = [
        ("RSA-PSS 2048 SHA-256, salt 32", Name::RsaPss2048Sha256Mgf1SaltLen32),
        ("RSA-PSS 2048 SHA-384, salt 48", Name::RsaPss2048Sha384Mgf1SaltLen48),
        ("RSA-PSS 3072 SHA-256, salt 32", Name::RsaPss3072Sha256Mgf1SaltLen32),
        ("RSA-PSS 4096 SHA-256, salt 32", Name::RsaPss4096Sha256Mgf1SaltLen32),
        ("RSA-PSS 4096 SHA-384, salt 48", Name::RsaPss4096Sha384Mgf1SaltLen48),
        ("RSA-PSS 4096 SHA-512, salt 64", Name::RsaPss4096Sha512Mgf1SaltLen64),
        ("RSA-PSS 2048 SHA-256, salt 0", Name::RsaPss2048Sha256Mgf1SaltLen0),
        ("RSA-PSS 2048 SHA-256, MGF1 SHA-1", Name::RsaPss2048Sha256Mgf1Sha1_20),
        ("RSA-PSS 4096 SHA-512, salt 32", Name::RsaPss4096Sha512Mgf1SaltLen32),
        ("RSA-PSS 2048 SHA-512/256", Name::RsaPss2048Sha512_256Mgf1SaltLen32),
        ("RSA-PSS 2048 SHAKE128", Name::RsaPss2048Shake128),
        ("RSA-PSS, other parameters", Name::RsaPssmisc),
    ];
    for (suite, name) in suites {
        for group in rsa_pss_verify::TestSet::load(name).expect("a suite").test_groups {
            let own = algorithm_of(group.hash, "PS").filter(|algorithm| {
                let salt = match *algorithm {
                    "PS256" => 32,
                    "PS384" => 48,
                    _ => 64,
                };
                matches!(group.mgf, Mgf::Mgf1)
                    && group.mgf_hash == Some(group.hash)
                    && group.salt_size == salt
                    && RSA_BITS.contains(&group.key_size)
            });
            let jwk = rsa_jwk(&group.key);
            let tried = Tried {
                suite,
                jwk,
                info: group.der.to_vec(),
                algorithm: own.unwrap_or("PS256"),
                is_own: own.is_some(),
            };
            cases.extend(
                group
                    .tests
                    .iter()
                    .map(|test| tried.case(test.tc_id, &test.msg, &test.sig, test.result == TestResult::Valid)),
            );
        }
    }
    cases
}

/// The algorithm of JOSE with this hash function: RSASSA-PKCS1-v1_5 (`RS`) or RSASSA-PSS (`PS`).
fn algorithm_of(hash: HashFunction, family: &str) -> Option<&'static str> {
    match (hash, family) {
        (HashFunction::Sha2_256, "RS") => Some("RS256"),
        (HashFunction::Sha2_384, "RS") => Some("RS384"),
        (HashFunction::Sha2_512, "RS") => Some("RS512"),
        (HashFunction::Sha2_256, "PS") => Some("PS256"),
        (HashFunction::Sha2_384, "PS") => Some("PS384"),
        (HashFunction::Sha2_512, "PS") => Some("PS512"),
        _ => None,
    }
}
