use super::*;
use crate::jose::Algorithm;
use simulator::figures;
use simulator::wycheproof::{self, Case};
use std::collections::BTreeMap;

#[test]
fn wycheproof_ecdsa() {
    judge(wycheproof::ecdsa());
}

#[test]
fn wycheproof_ed25519() {
    judge(wycheproof::ed25519());
}

#[test]
fn wycheproof_rsa_pkcs1() {
    judge(wycheproof::pkcs1());
}

#[test]
fn wycheproof_rsa_pss() {
    judge(wycheproof::pss());
}

/// Each case twice: the signature over its message, and as the signature of a token, which the key has not signed.
fn judge(cases: Vec<Case>) {
    let mut suites: BTreeMap<&str, [u64; 2]> = BTreeMap::new();
    let mut wrong = Vec::new();
    for case in cases {
        let algorithm = Algorithm::from_name(case.algorithm).expect(case.algorithm);
        let keys = key_set(&[case.jwk]);
        let (message, signature) = (&case.message, &case.signature);

        let is_accepted = keys.as_ref().is_ok_and(|keys| {
            keys.keys().iter().any(|key| key.is_for(algorithm) && key.has_signed(algorithm, message, signature))
        });
        let header = json!({"alg": case.algorithm}).to_string();
        let token = format!("{}.{}.{}", base64url(header), base64url(r#"{"sub":"admin"}"#), base64url(signature));
        let signs_a_token = keys.is_ok_and(|keys| verify(&keys, &token).is_ok());

        if is_accepted != case.is_accepted || signs_a_token {
            wrong.push(format!("{} {}: {is_accepted}, {signs_a_token}", case.suite, case.number));
        }
        suites.entry(case.suite).or_default()[usize::from(is_accepted)] += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (suite, [refused, accepted]) in suites {
        let counts = [("tried", refused + accepted), ("accepted", accepted), ("refused", refused)];
        figures::tell("public vectors", &format!("Wycheproof: {suite}"), &counts);
    }
}
