use super::*;
use crate::jose::Algorithm;

/// `jwk` with one member set; null removes nothing, it is a value of its own.
fn with(mut jwk: Value, name: &str, value: impl Into<Value>) -> Value {
    jwk[name] = value.into();
    jwk
}

fn unusable(key: Value) {
    let mut keys = vec![key];
    assert_eq!(key_set(&keys), Err(JoseError::NoUsableKey), "{keys:?}");
    // And it does not take a good key with it.
    keys.push(jwk("p384"));
    assert_eq!(key_set(&keys).expect("one good key").algorithms(), ["ES384"], "{keys:?}");
}

fn altered(base64: &str, change: impl Fn(&mut Vec<u8>)) -> String {
    let mut bytes = URL_SAFE_NO_PAD.decode(base64).expect("base64url");
    change(&mut bytes);
    base64url(bytes)
}

#[test]
fn algorithms_follow_from_the_kind_of_key() {
    let of = |jwk: Value| key_set(&[jwk]).expect("a key").algorithms();
    assert_eq!(of(jwk("rsa")), ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"]);
    assert_eq!(of(jwk("p256")), ["ES256"]);
    assert_eq!(of(jwk("p384")), ["ES384"]);
    assert_eq!(of(jwk("p521")), ["ES512"]);
    assert_eq!(of(jwk("ed25519")), ["EdDSA"]);
    assert_eq!(of(with(jwk("rsa"), "alg", "PS384")), ["PS384"]);
    assert_eq!(of(with(jwk("ed25519"), "alg", "Ed25519")), ["EdDSA"]);
    let all = ["p521", "ed25519", "rsa", "p256", "p384", "rsa"].map(jwk);
    let names: Vec<_> = Algorithm::ALL.iter().map(|algorithm| algorithm.name()).collect();
    assert_eq!(key_set(&all).expect("keys").algorithms(), names);
}

#[test]
fn members_that_allow_verifying_are_fine() {
    for (name, value) in [
        ("use", json!("sig")),
        ("use", json!(null)),
        ("key_ops", json!(["verify"])),
        ("key_ops", json!(["sign", "verify"])),
        ("key_ops", json!(null)),
        ("alg", json!("ES384")),
        ("alg", json!(null)),
        ("kid", json!(null)),
        ("kid", json!("")),
        ("d", json!(null)),
        ("x5c", json!([1])),
        ("unknown", json!({"a": 1})),
    ] {
        assert_eq!(key_set(&[with(jwk("p384"), name, value)]).expect(name).algorithms(), ["ES384"], "{name}");
    }
}

#[test]
fn keys_for_something_else_are_passed_over() {
    for (name, value) in [
        ("use", json!("enc")),
        ("use", json!("SIG")),
        ("use", json!(1)),
        ("key_ops", json!([])),
        ("key_ops", json!(["sign"])),
        ("key_ops", json!("verify")),
        ("alg", json!("ECDH-ES")),
        ("alg", json!("ES256")),
        ("alg", json!("RS256")),
        ("alg", json!("HS256")),
        ("alg", json!("none")),
        ("alg", json!(384)),
        ("kid", json!(1)),
        ("kty", json!("ec")),
        ("kty", json!("RSA")),
        ("kty", json!("oct")),
        ("kty", json!(null)),
        ("crv", json!("P-256")),
        ("crv", json!("secp256k1")),
        ("crv", json!("Ed25519")),
        ("crv", json!(null)),
    ] {
        unusable(with(jwk("p384"), name, value));
    }
    unusable(with(jwk("rsa"), "alg", "RSA-OAEP-256"));
    unusable(with(jwk("rsa"), "alg", "ES256"));
    unusable(with(jwk("ed25519"), "crv", "X25519"));
    unusable(with(jwk("ed25519"), "crv", "Ed448"));
    unusable(json!({"kty": "oct", "k": "c2VjcmV0", "alg": "HS256"}));
    for other in [json!(null), json!(1), json!("key"), json!([]), json!({})] {
        unusable(other);
    }
}

#[test]
fn published_private_keys_are_passed_over() {
    unusable(jwk("rsa_private"));
    unusable(jwk("ec_private"));
    unusable(with(jwk("ed25519"), "d", "AA"));
    unusable(with(jwk("ed25519"), "d", 1));
}

#[test]
fn rsa_keys_have_2048_to_4096_bits_and_an_odd_modulus_and_exponent() {
    unusable(jwk("rsa1024"));
    unusable(jwk("rsa2040"));
    let n = jwk("rsa")["n"].as_str().expect("n").to_owned();
    unusable(with(jwk("rsa"), "n", altered(&n, |bytes| *bytes.last_mut().expect("a byte") &= 0xfe)));
    // 2047 bits in 256 bytes, and 1024 bits behind zeros.
    unusable(with(jwk("rsa"), "n", altered(&n, |bytes| bytes[0] = 0x7f)));
    unusable(with(jwk("rsa"), "n", altered(&n, |bytes| bytes[..128].fill(0))));
    unusable(with(jwk("rsa"), "n", base64url([0; 256])));
    unusable(with(jwk("rsa"), "n", format!("{n}=")));
    for bad in ["", "AA", "AQ", "Ag", "AQAA", "AgAAAAE", "AQABAQABAQAB", "AQAB=", "AQ AB", "****"] {
        unusable(with(jwk("rsa"), "e", bad));
    }
    for bad in [json!(65537), json!(null), json!([1, 0, 1])] {
        unusable(with(jwk("rsa"), "e", bad.clone()));
        unusable(with(jwk("rsa"), "n", bad));
    }
    for good in ["Aw", "AQAB", "AAEAAQ", "Af____8"] {
        assert!(key_set(&[with(jwk("rsa"), "e", good)]).is_ok(), "{good}");
    }
}

/// Fault S21: keys that ROCA breaks were accepted, and eight keys of 8192 bits with one `kid` ran out of fuel.
#[test]
fn fault_s21_weak_and_oversized_rsa_keys_are_passed_over() {
    unusable(jwk("rsa_roca"));
    unusable(jwk("rsa4104"));
}

#[test]
fn a_sign_octet_in_front_of_a_modulus_is_tolerated() {
    let mut vector = accepted("PS256");
    let n = vector.keys[0]["n"].as_str().expect("n").to_owned();
    vector.keys[0]["n"] = altered(&n, |bytes| bytes.insert(0, 0)).into();
    let keys = key_set(&vector.keys).expect("keys");
    assert!(verify(&keys, &vector.token).is_ok());
    assert_eq!(keys.to_value()["keys"][0]["n"], n);
}

#[test]
fn points_lie_on_their_curve_at_full_length() {
    for name in ["p256", "p384", "p521"] {
        let length = URL_SAFE_NO_PAD.decode(jwk(name)["x"].as_str().expect("x")).expect("base64url").len();
        for coordinate in ["x", "y"] {
            let good = jwk(name)[coordinate].as_str().expect("a coordinate").to_owned();
            let alter = |change: fn(&mut Vec<u8>)| with(jwk(name), coordinate, altered(&good, change));
            unusable(alter(|bytes| *bytes.last_mut().expect("a byte") ^= 1));
            unusable(alter(|bytes| bytes.insert(0, 0)));
            unusable(alter(|bytes| bytes.push(0)));
            unusable(alter(|bytes| bytes.truncate(bytes.len() - 1)));
            unusable(alter(|bytes| bytes.rotate_left(1)));
            unusable(alter(|bytes| bytes.fill(0xff)));
            unusable(alter(Vec::clear));
            unusable(with(jwk(name), coordinate, json!(null)));
            unusable(with(jwk(name), coordinate, format!("{good}=")));
        }
        // The right bytes, cut at another place.
        let decode = |coordinate: &str| URL_SAFE_NO_PAD.decode(jwk(name)[coordinate].as_str().expect("text"));
        let (mut x, mut y) = (decode("x").expect("base64url"), decode("y").expect("base64url"));
        x.push(y.remove(0));
        let shifted = with(with(jwk(name), "x", base64url(x)), "y", base64url(y));
        assert_eq!(KeySet::from_value(&json!({ "keys": [&shifted] })), Err(JoseError::NoUsableKey));
        unusable(shifted);
        let zero = base64url(vec![0; length]);
        unusable(with(with(jwk(name), "x", zero.clone()), "y", zero));
    }
}

#[test]
fn ed25519_keys_are_points_of_full_order() {
    for x in [
        [0; 32],
        {
            let mut one = [0; 32];
            one[0] = 1;
            one
        },
        [0xff; 32],
    ] {
        unusable(with(jwk("ed25519"), "x", base64url(x)));
    }
    let x = jwk("ed25519")["x"].as_str().expect("x").to_owned();
    unusable(with(jwk("ed25519"), "x", altered(&x, |bytes| bytes.push(0))));
    unusable(with(jwk("ed25519"), "x", altered(&x, |bytes| bytes.truncate(31))));
}

#[test]
fn what_is_not_a_jwk_set_is_said_to_be_none() {
    for json in ["", "null", "[]", "{}", "<html>", r#"{"keys":{}}"#, r#"{"keys":null}"#, r#"{"keys":"x"}"#, "\u{ff}"] {
        assert!(matches!(KeySet::parse(json.as_bytes()), Err(JoseError::KeySetMalformed(_))), "{json}");
    }
    assert!(matches!(KeySet::parse(b"\xff\xfe"), Err(JoseError::KeySetMalformed(_))));
    assert!(matches!(KeySet::parse("[".repeat(100_000).as_bytes()), Err(JoseError::KeySetMalformed(_))));
    assert_eq!(key_set(&[]), Err(JoseError::NoUsableKey));
}

#[test]
fn a_jwk_set_may_have_1_mib_and_100_keys() {
    assert!(key_set(&vec![jwk("p384"); 100]).is_ok());
    assert_eq!(key_set(&vec![jwk("p384"); 101]), Err(JoseError::KeySetTooLarge));
    let mut json = json!({"keys": [jwk("p384")]}).to_string();
    json.push_str(&" ".repeat(1024 * 1024 - json.len()));
    assert!(KeySet::parse(json.as_bytes()).is_ok());
    json.push(' ');
    assert_eq!(KeySet::parse(json.as_bytes()), Err(JoseError::KeySetTooLarge));
}

#[test]
fn the_cached_form_has_the_usable_public_parts_and_reads_back() {
    let rsa = with(with(with(jwk("rsa"), "kid", "r"), "alg", "RS256"), "x5c", json!(["certificate"]));
    let all = [
        rsa,
        jwk("p256"),
        jwk("rsa1024"),
        with(jwk("p384"), "kid", "e"),
        jwk("ec_private"),
        jwk("p521"),
        jwk("ed25519"),
    ];
    let keys = key_set(&all).expect("keys");
    let cached = keys.to_value();
    assert_eq!(cached["keys"].as_array().expect("an array").len(), 5);
    assert!(
        !cached.to_string().contains("certificate")
            && cached["keys"].as_array().expect("an array").iter().all(|k| k["d"].is_null())
    );
    assert_eq!(KeySet::from_value(&cached).expect("keys"), keys);
    assert_eq!(KeySet::parse(cached.to_string().as_bytes()).expect("keys"), keys);
    for vector in vectors(ACCEPTED) {
        let keys = KeySet::from_value(&key_set(&vector.keys).expect("keys").to_value()).expect("keys");
        assert!(verify(&keys, &vector.token).is_ok(), "{}", vector.name);
    }
}

#[test]
fn a_cache_with_keys_that_are_none_verifies_nothing() {
    let vector = accepted("ES384");
    let y = vector.keys[0]["y"].as_str().expect("y").to_owned();
    let off_curve = with(vector.keys[0].clone(), "y", altered(&y, |bytes| bytes[0] ^= 1));
    let keys = KeySet::from_value(&json!({ "keys": [off_curve] })).expect("not looked at");
    assert_eq!(verify(&keys, &vector.token), Err(JoseError::Signature));

    let vector = accepted("RS256");
    let even = with(vector.keys[0].clone(), "e", "Ag");
    let keys = KeySet::from_value(&json!({ "keys": [even] })).expect("not looked at");
    assert_eq!(verify(&keys, &vector.token), Err(JoseError::Signature));

    let vector = accepted("EdDSA");
    let weak = with(vector.keys[0].clone(), "x", base64url([0; 32]));
    let keys = KeySet::from_value(&json!({ "keys": [weak] })).expect("not looked at");
    assert_eq!(verify(&keys, &vector.token), Err(JoseError::Signature));

    // With the neutral element as key, R = the neutral element and S = 0 satisfy the plain equation for every message.
    let mut neutral = [0; 64];
    neutral[0] = 1;
    let weak = with(vector.keys[0].clone(), "x", base64url(&neutral[..32]));
    let keys = KeySet::from_value(&json!({ "keys": [weak] })).expect("not looked at");
    let (input, _) = vector.token.rsplit_once('.').expect("a token");
    assert_eq!(verify(&keys, &format!("{input}.{}", base64url(neutral))), Err(JoseError::Signature));
}

#[test]
fn keys_that_share_a_kid_are_all_tried() {
    let vector = accepted("RS256");
    let right = vector.keys[0].clone();
    let kid = right["kid"].clone();
    let wrong = with(vectors(REFUSED)[0].keys[0].clone(), "kid", kid.clone());
    let other_kind = with(jwk("p384"), "kid", kid.clone());
    for keys in [[&right, &wrong, &other_kind], [&other_kind, &wrong, &right], [&wrong, &other_kind, &right]] {
        let keys = key_set(&keys.map(Clone::clone)).expect("keys");
        assert!(verify(&keys, &vector.token).is_ok());
    }
    let keys = key_set(&[wrong.clone(), other_kind.clone()]).expect("keys");
    assert_eq!(verify(&keys, &vector.token), Err(JoseError::Signature));
    let keys = key_set(&[other_kind]).expect("keys");
    assert_eq!(verify(&keys, &vector.token), Err(JoseError::AlgorithmNotOfKey(Algorithm::Rs256)));
    // The right key by another name is not tried: the caller fetches the keys again instead.
    let keys = key_set(&[with(right.clone(), "kid", "other"), with(right, "kid", json!(null))]).expect("keys");
    assert_eq!(verify(&keys, &vector.token), Err(JoseError::KeyUnknown(kid.as_str().map(Into::into))));
}

#[test]
fn without_kid_every_fitting_key_is_tried_up_to_eight() {
    let vector = accepted("RS256 without kid");
    let wrong = vectors(REFUSED)[0].keys[0].clone();
    let try_behind = |wrong_ones: usize| {
        let mut keys = vec![jwk("p384"), jwk("ed25519")];
        keys.extend(vec![wrong.clone(); wrong_ones]);
        keys.push(vector.keys[0].clone());
        verify(&key_set(&keys).expect("keys"), &vector.token).map(drop)
    };
    assert_eq!(try_behind(0), Ok(()));
    assert_eq!(try_behind(7), Ok(()));
    assert_eq!(try_behind(8), Err(JoseError::Signature));
    let keys = key_set(&[jwk("p384")]).expect("keys");
    assert_eq!(verify(&keys, &vector.token), Err(JoseError::KeyUnknown(None)));
}

#[test]
fn only_listed_names_are_algorithms() {
    for algorithm in Algorithm::ALL {
        assert_eq!(Algorithm::from_name(algorithm.name()), Some(*algorithm));
    }
    assert_eq!(Algorithm::from_name("Ed25519"), Some(Algorithm::EdDsa));
    for name in ["none", "None", "HS256", "HS384", "HS512", "", "es384", "ES384 ", "ES256K", "Ed448", "RS1", "dir"] {
        assert_eq!(Algorithm::from_name(name), None, "{name}");
    }
}
