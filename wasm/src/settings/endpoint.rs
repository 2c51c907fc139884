//! The address of the Logto tenant, and its issuer.

use super::row::Grammar;
use url::Url;

/// Longest endpoint.
const MAX_BYTES: usize = 2048;

/// See [`endpoint`].
pub const ENDPOINT: Grammar = Grammar {
    form: "URL",
    sanitize: |text| endpoint(text).map(|url| url.as_str().trim_end_matches('/').to_owned()),
    problems: &["endpoint_missing", "endpoint_invalid", "endpoint_not_https"],
};

/// The endpoint, without what belongs to the provider: people paste the issuer or the discovery URL too.
///
/// # Errors
/// The code of the problem.
pub fn endpoint(text: &str) -> Result<Url, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Err("endpoint_missing");
    }
    if text.len() > MAX_BYTES {
        return Err("endpoint_invalid");
    }
    let with_scheme = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let mut url = Url::parse(&with_scheme).map_err(|_| "endpoint_invalid")?;
    let odd =
        !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some();
    if odd || url.host_str().is_none_or(str::is_empty) {
        return Err("endpoint_invalid");
    }
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        "http" => return Err("endpoint_not_https"),
        _ => return Err("endpoint_invalid"),
    }
    let path = url.path().trim_end_matches('/');
    let path = path.strip_suffix("/.well-known/openid-configuration").unwrap_or(path);
    let path = path.strip_suffix("/oidc").unwrap_or(path).trim_end_matches('/').to_owned();
    url.set_path(&path);
    Ok(url)
}

/// See [`other_issuer`].
pub const ISSUER: Grammar = Grammar {
    form: "URL",
    sanitize: |text| if text.is_empty() { Ok(String::new()) } else { other_issuer(text).map(|_| text.to_owned()) },
    problems: &["issuer_invalid"],
};

/// Longest issuer of another provider: it is in the cookie of each attempt.
const MAX_ISSUER_BYTES: usize = 255;

/// The URL of an issuer that is no Logto tenant. The issuer itself is the text, to the letter: with or without a path and a
/// slash at its end (OpenID Connect Core §2).
///
/// # Errors
/// The code of the problem.
pub fn other_issuer(text: &str) -> Result<Url, &'static str> {
    let url = Url::parse(text).map_err(|_| "issuer_invalid")?;
    let safe = url.scheme() == "https" || url.scheme() == "http" && is_loopback(&url);
    let plain = url.username().is_empty() && url.password().is_none() && !text.contains(['?', '#']);
    let short = text.len() <= MAX_ISSUER_BYTES && text.bytes().all(|b| b.is_ascii_graphic());
    // Identities at DingTalk are another provider's.
    let valid = safe && plain && short && !matches!(url.host_str(), None | Some("" | "login.dingtalk.com"));
    if valid && !text.contains("/.well-known/") { Ok(url) } else { Err("issuer_invalid") }
}

/// The issuer identifier of a tenant.
pub fn issuer(endpoint: &Url) -> String {
    format!("{}/oidc", endpoint.as_str().trim_end_matches('/'))
}

/// Whether the URL's host is this machine itself (RFC 8252 §8.3, RFC 6761 §6.3).
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoint_is_understood_in_every_form_people_paste() {
        for text in [
            "https://t.logto.app",
            " https://t.logto.app/ ",
            "t.logto.app",
            "https://T.LOGTO.app/oidc",
            "https://t.logto.app/oidc/",
            "https://t.logto.app/oidc/.well-known/openid-configuration",
        ] {
            assert_eq!(endpoint(text).expect(text).as_str(), "https://t.logto.app/", "{text}");
        }
        assert_eq!(endpoint("http://127.0.0.1:3001/oidc").expect("loopback").as_str(), "http://127.0.0.1:3001/");
        assert_eq!(endpoint("https://x.example/auth/").expect("path").as_str(), "https://x.example/auth");
    }

    #[test]
    fn endpoint_is_refused_with_its_problem() {
        for (text, problem) in [
            ("", "endpoint_missing"),
            ("http://t.logto.app", "endpoint_not_https"),
            ("http://10.0.0.1", "endpoint_not_https"),
            ("ftp://t.logto.app", "endpoint_invalid"),
            ("javascript://t.logto.app", "endpoint_invalid"),
            ("https://user:pass@t.logto.app", "endpoint_invalid"),
            ("https://t.logto.app/?a=b", "endpoint_invalid"),
            ("https://t.logto.app/#a", "endpoint_invalid"),
            ("https://", "endpoint_invalid"),
            ("my endpoint", "endpoint_invalid"),
        ] {
            assert_eq!(endpoint(text).expect_err(text), problem, "{text}");
        }
        assert_eq!(endpoint(&format!("https://{}", "a".repeat(3000))), Err("endpoint_invalid"));
    }

    #[test]
    fn another_issuer_is_taken_to_the_letter() {
        for text in [
            "https://id.example",
            "https://id.example/",
            "https://id.example/realms/staff",
            "https://id.example/realms/staff/",
            "https://ID.example:8443/a",
            "http://127.0.0.1:9000/op",
        ] {
            assert_eq!((ISSUER.sanitize)(text).as_deref(), Ok(text));
        }
        for text in [
            "id.example",
            "http://id.example",
            "https://user@id.example",
            "https://id.example/?a=b",
            "https://id.example/#a",
            "https://id.example/ a",
            "https://id.example/.well-known/openid-configuration",
            "javascript:alert(1)",
            "https://login.dingtalk.com",
            &format!("https://id.example/{}", "x".repeat(255)),
        ] {
            assert_eq!((ISSUER.sanitize)(text), Err("issuer_invalid"), "{text}");
        }
    }

    #[test]
    fn loopback_is_the_host_itself_and_nothing_like_it() {
        for yes in
            ["http://127.0.0.1:3001", "http://127.9.9.9", "http://[::1]", "http://localhost:1", "http://a.localhost"]
        {
            assert!(is_loopback(&Url::parse(yes).expect(yes)), "{yes}");
        }
        for no in ["http://127.0.0.1.example", "http://localhost.example", "http://10.0.0.1", "http://notlocalhost"] {
            assert!(!is_loopback(&Url::parse(no).expect(no)), "{no}");
        }
    }
}
