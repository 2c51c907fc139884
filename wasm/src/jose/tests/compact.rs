use super::*;

fn refused(token: &str) -> JoseError {
    Jws::parse(token).expect_err(token)
}

/// A token with this header, a payload and a signature that is never looked at.
fn with_header(header: &str) -> String {
    format!("{}.{}.{}", base64url(header), base64url("{}"), base64url("signature"))
}

#[test]
fn only_three_parts_are_a_token() {
    let token = accepted("ES384").token;
    let (input, signature) = token.rsplit_once('.').expect("a token");
    let (header, payload) = input.split_once('.').expect("a token");
    for other in [
        String::new(),
        ".".into(),
        "..".into(),
        "...".into(),
        header.to_owned(),
        input.to_owned(),
        format!("{token}."),
        format!(".{token}"),
        format!("{token}.{signature}"),
        format!("{header}..{payload}.{signature}"),
        format!("{header}.{payload}.{payload}.{payload}.{signature}"),
        format!(".{payload}.{signature}"),
        "💥.💥.💥".into(),
    ] {
        assert_eq!(kind(&refused(&other)), "malformed", "{other}");
    }
}

#[test]
fn base64url_has_one_spelling() {
    let vector = accepted("ES384");
    let keys = key_set(&vector.keys).expect("keys");
    assert!(verify(&keys, &vector.token).is_ok());
    let parts: Vec<&str> = vector.token.split('.').collect();
    for part in 0..3 {
        for alter in [
            |text: &str| format!("{text}="),
            |text: &str| format!("{text}=="),
            |text: &str| format!("{text}\n"),
            |text: &str| format!(" {text}"),
            |text: &str| format!("{}\r\n{}", &text[..4], &text[4..]),
            |text: &str| format!("{}+{}", &text[..4], &text[5..]),
            |text: &str| format!("{}/{}", &text[..4], &text[5..]),
            |text: &str| format!("{}%3D", &text[..4]),
            |text: &str| format!("{}\0", &text[..4]),
            |text: &str| format!("{text}*"),
        ] {
            let mut altered: Vec<String> = parts.iter().map(ToString::to_string).collect();
            altered[part] = alter(parts[part]);
            let token = altered.join(".");
            assert_eq!(kind(&refused(&token)), "malformed", "{token}");
        }
    }
}

#[test]
fn bits_behind_the_last_byte_must_be_zero() {
    // 64 bytes of an Ed25519 signature end in four unused bits, and so in A, Q, g or w.
    let vector = accepted("EdDSA");
    let keys = key_set(&vector.keys).expect("keys");
    let (rest, last) = vector.token.split_at(vector.token.len() - 1);
    assert!(verify(&keys, &vector.token).is_ok());
    let next = match last {
        "A" => "B",
        "Q" => "R",
        "g" => "h",
        "w" => "x",
        other => panic!("{other} has unused bits"),
    };
    assert!(matches!(refused(&format!("{rest}{next}")), JoseError::Malformed(_)));
}

#[test]
fn a_token_may_have_64_kib_and_no_more() {
    let frame = with_header(r#"{"alg":"ES256"}"#).len() - base64url("{}").len();
    let fill = |length: usize| {
        let (header, signature) = (base64url(r#"{"alg":"ES256"}"#), base64url("signature"));
        format!("{header}.{}.{signature}", "A".repeat(length - frame))
    };
    assert_eq!(fill(64 * 1024).len(), 64 * 1024);
    assert!(Jws::parse(&fill(64 * 1024)).is_ok());
    assert_eq!(refused(&fill(64 * 1024 + 4)), JoseError::Malformed("longer than 64 KiB"));
}

#[test]
fn the_header_is_one_object_with_unique_names() {
    assert!(Jws::parse(&with_header(r#" {"alg":"ES384","x":{"a":[1,2]},"kid":"k","typ":"JWT"} "#)).is_ok());
    for header in [
        "",
        "null",
        "1",
        r#""ES256""#,
        "[]",
        r#"[{"alg":"ES256"}]"#,
        "{",
        r#"{"alg":"ES256",}"#,
        r#"{"alg":"ES256"}{"alg":"ES256"}"#,
        r#"{"alg":"ES256","alg":"ES256"}"#,
        r#"{"alg":"ES256","\u0061lg":"none"}"#,
        r#"{"alg":"ES256","kid":"a","kid":"b"}"#,
        r#"{"alg":null}"#,
        r#"{"alg":256}"#,
        r#"{"alg":"ES256","kid":null}"#,
        r#"{"alg":"ES256","kid":{}}"#,
        r#"{"alg":"ES256","typ":1}"#,
        r#"{"alg":"ES256","crit":null}"#,
        r#"{"alg":"ES256","crit":["exp"]}"#,
        r#"{"alg":"ES256","b64":true}"#,
        "\u{feff}{\"alg\":\"ES256\"}",
    ] {
        assert_eq!(kind(&refused(&with_header(header))), "malformed", "{header}");
    }
    let deep = format!(r#"{{"alg":"ES256","x":{}{}}}"#, "[".repeat(10_000), "]".repeat(10_000));
    assert!(Jws::parse(&with_header(&deep)).is_ok(), "a parameter that does not count is not read");
}

#[test]
fn errors_do_not_repeat_the_token() {
    let long = "x".repeat(500);
    let error = refused(&with_header(&format!(r#"{{"alg":"{long}\n"}}"#)));
    assert!(error.to_string().len() < 150, "{error}");
    let vector = accepted("ES384");
    let keys = key_set(&accepted("ES256").keys).expect("keys");
    for part in vector.token.split('.') {
        assert!(!verify(&keys, &vector.token).expect_err("another key").to_string().contains(part));
    }
}

#[test]
fn claims_are_one_object_with_unique_names() {
    // The payload of RFC 7515 A.4 is a word, and the signature is right.
    let vector = vectors(RFC).into_iter().find(|v| v.name.contains("A.4 (ES512)")).expect("A.4");
    let keys = key_set(&vector.keys).expect("keys");
    let jws = Jws::parse(&vector.token).expect("a token");
    assert!(matches!(keys.verify(&jws).expect("verified").claims(|_| true), Err(JoseError::Unreadable(_))));

    let vector = accepted("ES384");
    let keys = key_set(&vector.keys).expect("keys");
    let jws = Jws::parse(&vector.token).expect("a token");
    assert_eq!(keys.verify(&jws).expect("verified").claims(|name| name == "sub").expect("claims")["sub"], "李四");
}
