//! Each rule of OpenID Connect Core §3.1.3.7 kept once and broken in every way that it can be.

use super::claims::Wanted;
use super::id::{Expected, IdToken, at_hash, verify};
use crate::codes::{ErrorCode, Refused};
use crate::jose::{Algorithm, KeySet};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use p384::ecdsa::signature::Signer as _;
use serde_json::{Map, Value, json};

const NOW: u64 = 1_800_000_000;
const LEEWAY: u64 = 60;
const ISSUER: &str = "https://tenant.logto.app/oidc";
const CLIENT: &str = "app123";
const NONCE: &str = "nonce-of-this-attempt";
const ACCESS_TOKEN: &str = "opaque access token";

fn expected() -> Expected<'static> {
    Expected {
        issuer: ISSUER,
        client_id: CLIENT,
        nonce: NONCE,
        refreshed: false,
        access_token: Some(ACCESS_TOKEN),
        now: NOW,
        leeway: LEEWAY,
        wanted: Wanted::default(),
    }
}

/// What Logto sends for somebody who signed in through `DingTalk`.
fn claims() -> Map<String, Value> {
    let claims = json!({
        "iss": ISSUER, "sub": "u1", "aud": CLIENT, "exp": NOW + 3600, "iat": NOW, "nonce": NONCE,
        "name": "李四", "email": null, "email_verified": false, "phone_number": "8613800000002",
        "updated_at": 1_800_000_000_123_u64, "roles": ["editor"]
    });
    claims.as_object().expect("an object").clone()
}

fn signing_key() -> p384::ecdsa::SigningKey {
    p384::ecdsa::SigningKey::from_slice(&[7; 48]).expect("a scalar")
}

fn keys() -> KeySet {
    let point = signing_key().verifying_key().to_sec1_point(false);
    let (x, y) = point.as_bytes()[1..].split_at(48);
    let jwk = json!({"kty": "EC", "crv": "P-384", "kid": "k", "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y)});
    KeySet::parse(json!({ "keys": [jwk] }).to_string().as_bytes()).expect("a key")
}

fn sign(header: &str, payload: &str) -> String {
    let input = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
    let signature: p384::ecdsa::Signature = signing_key().sign(input.as_bytes());
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
}

fn mint(claims: &Map<String, Value>) -> String {
    sign(r#"{"alg":"ES384","kid":"k"}"#, &Value::Object(claims.clone()).to_string())
}

/// Verifies the usual token with one claim set, or taken away by `None`.
fn with(name: &str, value: Option<Value>) -> Result<IdToken, Refused> {
    let mut claims = claims();
    match value {
        Some(value) => drop(claims.insert(name.to_owned(), value)),
        None => drop(claims.remove(name)),
    }
    verify(&mint(&claims), &keys(), &expected()).map(|verified| (*verified).clone())
}

#[expect(clippy::needless_pass_by_value, reason = "callers write literals")]
fn accepts(name: &str, value: Value) {
    let token = with(name, Some(value.clone())).unwrap_or_else(|refused| panic!("{name} {value}: {refused}"));
    assert_eq!(token.claims[name], value);
}

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "callers write literals")]
fn refuses(refusal: ErrorCode, name: &str, value: Option<Value>) {
    let refused = with(name, value.clone()).expect_err(name);
    assert_eq!(refused.code, refusal, "{name} {value:?}: {refused}");
}

/// Missing, null, and every type that the claim may not have.
fn refuses_absence_and_types(refusal: ErrorCode, name: &str, types: &[Value]) {
    refuses(refusal, name, None);
    refuses(refusal, name, Some(Value::Null));
    for value in types {
        refuses(refusal, name, Some(value.clone()));
    }
}

#[test]
fn a_token_that_keeps_every_rule_is_accepted() {
    let token = verify(&mint(&claims()), &keys(), &expected()).expect("verified");
    assert_eq!((token.issuer.as_str(), token.subject.as_str()), (ISSUER, "u1"));
    let mut used = claims();
    used.remove("updated_at");
    assert_eq!(token.claims, used, "what nobody uses is not read");
}

#[test]
fn the_issuer_is_exact() {
    refuses_absence_and_types(ErrorCode::TokenIssuer, "iss", &[json!(1), json!([ISSUER]), json!({}), json!(true)]);
    for other in [
        "",
        "https://tenant.logto.app/oidc/",
        "https://tenant.logto.app",
        "HTTPS://tenant.logto.app/oidc",
        "https://tenant.logto.app/oidc\0",
    ] {
        refuses(ErrorCode::TokenIssuer, "iss", Some(json!(other)));
    }
    let mut nobody = claims();
    nobody.insert("iss".into(), json!(""));
    let refused = verify(&mint(&nobody), &keys(), &Expected { issuer: "", ..expected() }).expect_err("no issuer");
    assert_eq!(refused.code, ErrorCode::TokenIssuer);
}

#[test]
fn the_audience_has_the_client() {
    accepts("aud", json!([CLIENT]));
    refuses_absence_and_types(ErrorCode::TokenAudience, "aud", &[json!(1), json!({"app123": 1}), json!(true)]);
    for other in [json!(""), json!("app1234"), json!("APP123"), json!("app123 other"), json!([]), json!(["other"])] {
        refuses(ErrorCode::TokenAudience, "aud", Some(other));
    }
    for mixed in [json!([CLIENT, 1]), json!([CLIENT, null]), json!([[CLIENT]]), json!([null])] {
        refuses(ErrorCode::TokenAudience, "aud", Some(mixed));
    }
    let mut nobody = claims();
    nobody.insert("aud".into(), json!(""));
    let refused = verify(&mint(&nobody), &keys(), &Expected { client_id: "", ..expected() }).expect_err("no client");
    assert_eq!(refused.code, ErrorCode::TokenAudience);
}

#[test]
fn the_authorized_party_is_the_client() {
    accepts("azp", json!(CLIENT));
    accepts("azp", Value::Null);
    for other in [json!("other"), json!(""), json!(1), json!([CLIENT]), json!({})] {
        refuses(ErrorCode::TokenAuthorizedParty, "azp", Some(other));
    }
    let several = |azp: Value| {
        let mut claims = claims();
        claims.insert("aud".into(), json!(["other", CLIENT]));
        claims.insert("azp".into(), azp);
        verify(&mint(&claims), &keys(), &expected()).map(drop).map_err(|refused| refused.code)
    };
    assert_eq!(several(json!(CLIENT)), Ok(()));
    assert_eq!(several(json!("other")), Err(ErrorCode::TokenAuthorizedParty));
    assert_eq!(several(Value::Null), Err(ErrorCode::TokenAuthorizedParty));
    refuses(ErrorCode::TokenAuthorizedParty, "aud", Some(json!(["other", CLIENT])));
}

/// What is not a time in seconds, in any claim.
fn no_times() -> Vec<Value> {
    let texts = [
        "-1",
        "-0.5",
        "-1e300",
        "1e300",
        "253402300800",
        "253402300799.5",
        "18446744073709551615",
        "18446744073709551616",
        "1800003600000",
    ];
    let mut values: Vec<Value> = texts.iter().map(|text| serde_json::from_str(text).expect("a number")).collect();
    values.extend([json!("1800003600"), json!(true), json!([NOW]), json!({}), json!("NaN")]);
    values
}

#[test]
fn an_expired_token_is_refused() {
    for good in
        [json!(NOW + 1), json!(NOW), json!(NOW - LEEWAY + 1), json!(1_800_000_000.5), json!(253_402_300_799_u64)]
    {
        accepts("exp", good);
    }
    for past in [json!(NOW - LEEWAY), json!(NOW - LEEWAY - 1), json!(0), json!(1_799_999_940.9)] {
        refuses(ErrorCode::TokenExpired, "exp", Some(past));
    }
    refuses_absence_and_types(ErrorCode::TokenExpired, "exp", &no_times());
}

#[test]
fn a_token_of_the_future_is_refused() {
    for name in ["iat", "nbf"] {
        for good in [json!(NOW), json!(NOW + LEEWAY), json!(0), json!(1_799_999_999.9), json!(NOW - 86_400)] {
            accepts(name, good);
        }
        refuses(ErrorCode::TokenNotYetValid, name, Some(json!(NOW + LEEWAY + 1)));
        for value in no_times() {
            refuses(ErrorCode::TokenNotYetValid, name, Some(value));
        }
    }
    accepts("nbf", Value::Null);
    refuses_absence_and_types(ErrorCode::TokenNotYetValid, "iat", &[]);
}

#[test]
fn clocks_and_leeways_at_their_limits_do_not_overflow() {
    for (now, leeway) in [(u64::MAX, u64::MAX), (0, u64::MAX), (u64::MAX, 0), (0, 0)] {
        let _ = verify(&mint(&claims()), &keys(), &Expected { now, leeway, ..expected() });
    }
    let late = Expected { now: u64::MAX, leeway: 0, ..expected() };
    assert_eq!(verify(&mint(&claims()), &keys(), &late).expect_err("late").code, ErrorCode::TokenExpired);
}

#[test]
fn the_nonce_is_the_one_of_this_attempt() {
    refuses_absence_and_types(ErrorCode::TokenNonce, "nonce", &[json!(1), json!([NONCE]), json!({})]);
    for other in
        ["", "nonce-of-this-attemp", "nonce-of-this-attempt ", "Nonce-of-this-attempt", "nonce-of-another-one!"]
    {
        refuses(ErrorCode::TokenNonce, "nonce", Some(json!(other)));
    }
    let mut none = claims();
    none.insert("nonce".into(), json!(""));
    let refused = verify(&mint(&none), &keys(), &Expected { nonce: "", ..expected() }).expect_err("no nonce");
    assert_eq!(refused.code, ErrorCode::TokenNonce);
}

#[test]
fn at_hash_binds_the_access_token_when_it_is_there() {
    accepts("at_hash", json!(at_hash(Algorithm::Es384, ACCESS_TOKEN)));
    accepts("at_hash", Value::Null);
    for other in [
        json!(at_hash(Algorithm::Es256, ACCESS_TOKEN)),
        json!(at_hash(Algorithm::Es384, "another access token")),
        json!(at_hash(Algorithm::Es384, ACCESS_TOKEN) + "="),
        json!(""),
        json!(1),
        json!([at_hash(Algorithm::Es384, ACCESS_TOKEN)]),
        json!({}),
    ] {
        refuses(ErrorCode::TokenAccessTokenHash, "at_hash", Some(other));
    }
}

#[test]
fn at_hash_is_half_of_the_digest_that_belongs_to_the_algorithm() {
    // OpenID Connect Core, appendix A.4: the access token and its at_hash with RS256.
    let access_token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
    for algorithm in [Algorithm::Rs256, Algorithm::Ps256, Algorithm::Es256] {
        assert_eq!(at_hash(algorithm, access_token), "77QmUPtjPfzWtF2AnpK9RQ");
    }
    for algorithm in [Algorithm::Rs384, Algorithm::Ps384, Algorithm::Es384] {
        assert_eq!(URL_SAFE_NO_PAD.decode(at_hash(algorithm, access_token)).expect("base64url").len(), 24);
    }
    for algorithm in [Algorithm::Rs512, Algorithm::Ps512, Algorithm::Es512, Algorithm::EdDsa] {
        assert_eq!(URL_SAFE_NO_PAD.decode(at_hash(algorithm, access_token)).expect("base64url").len(), 32);
    }
}

#[test]
fn the_subject_has_1_to_255_bytes() {
    accepts("sub", json!("李四"));
    accepts("sub", json!("李".repeat(85)));
    refuses(ErrorCode::TokenSubject, "sub", Some(json!("李".repeat(86))));
    refuses_absence_and_types(ErrorCode::TokenSubject, "sub", &[json!(1), json!(["u1"]), json!({}), json!(false)]);
    refuses(ErrorCode::TokenSubject, "sub", Some(json!("")));
    refuses(ErrorCode::TokenSubject, "sub", Some(json!("u".repeat(256))));
}

#[test]
fn a_token_of_another_type_is_no_id_token() {
    let payload = Value::Object(claims()).to_string();
    let typed = |typ: &str| {
        let header = json!({"alg": "ES384", "kid": "k", "typ": typ}).to_string();
        verify(&sign(&header, &payload), &keys(), &expected()).map(drop).map_err(|refused| refused.code)
    };
    for typ in ["JWT", "jwt", "Jwt", "application/jwt", "application/JWT"] {
        assert_eq!(typed(typ), Ok(()), "{typ}");
    }
    for typ in ["logout+jwt", "at+jwt", "application/at+jwt", "secevent+jwt", "dpop+jwt", "", "JOSE", "JWT "] {
        assert_eq!(typed(typ), Err(ErrorCode::TokenMalformed), "{typ}");
    }
}

#[test]
fn every_fault_of_the_signature_has_its_own_refusal() {
    let payload = Value::Object(claims()).to_string();
    let refusal = |token: &str| verify(token, &keys(), &expected()).expect_err(token).code;
    let good = mint(&claims());
    assert_eq!(refusal(""), ErrorCode::TokenMalformed);
    assert_eq!(refusal(&good[1..]), ErrorCode::TokenMalformed);
    assert_eq!(refusal(&sign(r#"{"alg":"none"}"#, &payload)), ErrorCode::TokenAlgorithm);
    assert_eq!(refusal(&sign(r#"{"alg":"HS256","kid":"k"}"#, &payload)), ErrorCode::TokenAlgorithm);
    assert_eq!(refusal(&sign(r#"{"alg":"ES256","kid":"k"}"#, &payload)), ErrorCode::TokenAlgorithm);
    assert_eq!(refusal(&sign(r#"{"alg":"ES384","kid":"new"}"#, &payload)), ErrorCode::TokenKeyUnknown);
    assert_eq!(refusal(&sign(r#"{"alg":"RS256"}"#, &payload)), ErrorCode::TokenKeyUnknown);
    let (input, _) = good.rsplit_once('.').expect("a token");
    let other = mint(&Map::new());
    let (_, signature) = other.rsplit_once('.').expect("a token");
    assert_eq!(refusal(&format!("{input}.{signature}")), ErrorCode::TokenSignature);
    // Signed, but not claims, or claims that two readers may read differently.
    for payload in ["", "[]", "null", "claims", &payload.replacen('{', r#"{"sub":"admin","#, 1)] {
        assert_eq!(refusal(&sign(r#"{"alg":"ES384"}"#, payload)), ErrorCode::TokenMalformed, "{payload}");
    }
}

#[test]
fn a_wrong_signature_is_noticed_before_any_claim() {
    let mut wrong = claims();
    wrong.insert("iss".into(), json!("https://attacker.example"));
    let token = mint(&wrong);
    let (input, _) = token.rsplit_once('.').expect("a token");
    let unsigned = format!("{input}.{}", URL_SAFE_NO_PAD.encode([1; 96]));
    assert_eq!(verify(&unsigned, &keys(), &expected()).expect_err("unsigned").code, ErrorCode::TokenSignature);
}

/// Fault C24: userinfo was always requested, although the ID token had said everything.
#[test]
fn fault_c24_a_token_is_complete_for_the_scope_that_was_asked_for() {
    let is_complete = |scope: &str, token: Value| {
        let claims = token.as_object().cloned().expect("claims");
        IdToken { issuer: ISSUER.into(), subject: "u1".into(), sid: None, claims }.is_complete(scope, Wanted::default())
    };
    let logto = json!({"name": null, "picture": null, "username": null, "email": null, "email_verified": false,
        "phone_number": null, "roles": []});

    assert!(is_complete("openid profile email phone roles custom_data", logto.clone()), "null is an answer");
    assert!(is_complete("openid", json!({})));
    for scope in ["identities", "urn:logto:scope:organizations", "urn:logto:scope:organization_roles"] {
        assert!(!is_complete(&format!("openid profile {scope}"), logto.clone()), "{scope}");
    }
    for (scope, token) in [
        ("openid profile", json!({})),
        ("openid email", json!({"name": "x"})),
        ("openid email", json!({"email": "a@b.example"})),
        ("openid phone", json!({"email": null})),
        ("openid roles", json!({"name": "x"})),
    ] {
        assert!(!is_complete(scope, token.clone()), "{scope} {token}");
    }
}

#[test]
fn refusals_contain_neither_token_nor_nonce_nor_claims() {
    let mut secret = claims();
    for name in ["iss", "aud", "azp", "sub", "nonce", "at_hash"] {
        let before = secret.insert(name.into(), json!("confidential".repeat(30)));
        let token = mint(&secret);
        let refused = verify(&token, &keys(), &expected()).expect_err(name);
        let told = refused.to_string();
        assert!(!told.contains("confidential") && !told.contains(NONCE) && !told.contains(&token), "{told}");
        match before {
            Some(before) => drop(secret.insert(name.into(), before)),
            None => drop(secret.remove(name)),
        }
    }
}
