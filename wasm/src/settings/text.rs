//! The grammars of most texts: what each may contain, and the one form in which it is stored.

use super::row::Grammar;
use url::Host;

/// See [`credential`].
pub const APP_ID: Grammar =
    Grammar { form: "text", sanitize: |text| credential(text, "app_id_missing"), problems: &["app_id_missing"] };

/// See [`credential`].
pub const APP_SECRET: Grammar = Grammar {
    form: "text",
    sanitize: |text| credential(text, "app_secret_missing"),
    problems: &["app_secret_missing", "secret_cleared"],
};

/// See [`scope`].
pub const SCOPE: Grammar = Grammar { form: "words", sanitize: scope, problems: &["scope_invalid"] };

/// See [`extra_params`].
pub const EXTRA_PARAMS: Grammar = Grammar {
    form: "lines `name=value`",
    sanitize: |text| {
        let lines = extra_params(text)?.into_iter().map(|(name, value)| format!("{name}={value}"));
        Ok(lines.collect::<Vec<_>>().join("\n"))
    },
    problems: &["extra_params_invalid", "extra_params_reserved"],
};

/// See [`credential`].
pub const DINGTALK_CLIENT_ID: Grammar = Grammar {
    form: "text",
    sanitize: |text| credential(text, "dingtalk_client_id_missing"),
    problems: &["dingtalk_client_id_missing"],
};

/// See [`credential`].
pub const DINGTALK_CLIENT_SECRET: Grammar = Grammar {
    form: "text",
    sanitize: |text| credential(text, "dingtalk_client_secret_missing"),
    problems: &["dingtalk_client_secret_missing", "secret_cleared"],
};

/// See [`corp_ids`].
pub const DINGTALK_CORP_IDS: Grammar = Grammar {
    form: "lines, each a `corpId`",
    sanitize: |text| corp_ids(text).map(|ids| ids.join("\n")),
    problems: &["dingtalk_corp_ids_invalid"],
};

/// See [`app_corp_id`].
pub const DINGTALK_APP_CORP_ID: Grammar =
    Grammar { form: "`corpId`", sanitize: |text| app_corp_id(text, &[]), problems: &["dingtalk_app_corp_id_invalid"] };

/// See [`lines`].
pub const LIST: Grammar = Grammar {
    form: "lines",
    sanitize: |text| lines(text, "list_invalid").map(|entries| entries.join("\n")),
    problems: &["list_invalid"],
};

/// See [`connector_targets`].
pub const CONNECTOR_TARGETS: Grammar = Grammar {
    form: "words, each the target of a connector",
    sanitize: |text| connector_targets(text).map(|targets| targets.join(" ")),
    problems: &["trusted_email_connectors_invalid"],
};

/// See [`email_domains`].
pub const EMAIL_DOMAINS: Grammar = Grammar {
    form: "lines, each a domain",
    sanitize: |text| email_domains(text).map(|domains| domains.join("\n")),
    problems: &["allow_email_domains_invalid"],
};

/// See [`sites`].
pub const SITE_MAP: Grammar = Grammar {
    form: "lines `organization ID = site ID`",
    sanitize: |text| {
        let lines = sites(text)?.into_iter().map(|(organization, site)| format!("{organization} = {site}"));
        Ok(lines.collect::<Vec<_>>().join("\n"))
    },
    problems: &["site_map_invalid"],
};

/// Parameters that belong to the protocol: an extra parameter can never take their place.
///
/// `max_age` and `acr_values` oblige a client to check `auth_time` and `acr` (OpenID Connect Core §3.1.3.7, rules 12 and
/// 13). This one asks for neither, so it lets nobody believe that they are enforced.
const PROTOCOL_PARAMETERS: &[&str] = &[
    "acr_values",
    "claims",
    "client_assertion",
    "client_assertion_type",
    "client_id",
    "client_secret",
    "code",
    "code_challenge",
    "code_challenge_method",
    "code_verifier",
    "id_token_hint",
    "max_age",
    "nonce",
    "redirect_uri",
    "registration",
    "request",
    "request_uri",
    "resource",
    "response_mode",
    "response_type",
    "scope",
    "state",
];

/// The ID of an organization in the Logto Console.
pub const ORGANIZATION_ID: Grammar =
    Grammar { form: "text", sanitize: organization_id, problems: &["organization_id_invalid"] };

fn organization_id(text: &str) -> Result<String, &'static str> {
    let valid = text.len() <= 128 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    valid.then(|| text.to_owned()).ok_or("organization_id_invalid")
}

/// Longest App ID or secret.
const MAX_CREDENTIAL_BYTES: usize = 1024;
/// Longest text of another kind.
const MAX_TEXT_BYTES: usize = 2048;
/// Longest list.
const MAX_LIST_BYTES: usize = 16 * 1024;

/// An identifier or secret as a provider's console gives it: printable ASCII (RFC 6749 appendix A). `missing` is the
/// code of the problem.
fn credential(text: &str, missing: &'static str) -> Result<String, &'static str> {
    let valid =
        !text.is_empty() && text.len() <= MAX_CREDENTIAL_BYTES && text.bytes().all(|b| matches!(b, 0x20..=0x7E));
    valid.then(|| text.to_owned()).ok_or(missing)
}

/// The scope: words of RFC 6749 §3.3 separated by one space, `openid` among them, none twice.
///
/// # Errors
/// The code of the problem.
pub fn scope(text: &str) -> Result<String, &'static str> {
    if text.len() > MAX_TEXT_BYTES {
        return Err("scope_invalid");
    }
    let mut words = vec!["openid"];
    for word in text.split([' ', '\t', '\r', '\n', ',']).filter(|word| !word.is_empty()) {
        if !word.bytes().all(|b| matches!(b, 0x21 | 0x23..=0x5B | 0x5D..=0x7E)) {
            return Err("scope_invalid");
        }
        if !words.contains(&word) {
            words.push(word);
        }
    }
    Ok(words.join(" "))
}

/// Extra authorization parameters, from lines `name=value` or a query string.
///
/// # Errors
/// The code of the problem.
pub fn extra_params(text: &str) -> Result<Vec<(String, String)>, &'static str> {
    if text.len() > MAX_TEXT_BYTES {
        return Err("extra_params_invalid");
    }
    let mut params: Vec<(String, String)> = Vec::new();
    for part in text.split(['\r', '\n', '&']).map(str::trim).filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').ok_or("extra_params_invalid")?;
        let (name, value) = (name.trim(), value.trim());
        let speakable = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.:".contains(&b));
        if !speakable || value.chars().any(char::is_control) {
            return Err("extra_params_invalid");
        }
        if PROTOCOL_PARAMETERS.contains(&name.to_ascii_lowercase().as_str()) {
            return Err("extra_params_reserved");
        }
        params.retain(|(known, _)| known != name);
        params.push((name.to_owned(), value.to_owned()));
    }
    Ok(params)
}

/// DingTalk organizations, by `corpId`.
///
/// # Errors
/// The code of the problem.
pub fn corp_ids(text: &str) -> Result<Vec<String>, &'static str> {
    let mut ids: Vec<String> = Vec::new();
    for id in text.split([' ', ',', '\t', '\r', '\n']).filter(|id| !id.is_empty()) {
        if text.len() > MAX_TEXT_BYTES || !id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') {
            return Err("dingtalk_corp_ids_invalid");
        }
        if !ids.iter().any(|known| known == id) {
            ids.push(id.to_owned());
        }
    }
    Ok(ids)
}

/// A list with one entry a line or between commas, in its order and none twice; `problem` is its code.
///
/// # Errors
/// The code of the problem.
pub fn lines(text: &str, problem: &'static str) -> Result<Vec<String>, &'static str> {
    let mut all: Vec<String> = Vec::new();
    for entry in text.split(['\r', '\n', ',']).map(str::trim).filter(|entry| !entry.is_empty()) {
        if text.len() > MAX_LIST_BYTES || entry.chars().any(char::is_control) {
            return Err(problem);
        }
        if !all.iter().any(|known| known == entry) {
            all.push(entry.to_owned());
        }
    }
    Ok(all)
}

/// Targets of social connectors, as Logto names them: `google`.
///
/// # Errors
/// The code of the problem.
pub fn connector_targets(text: &str) -> Result<Vec<String>, &'static str> {
    if text.len() > MAX_LIST_BYTES {
        return Err("trusted_email_connectors_invalid");
    }
    let mut targets: Vec<String> = Vec::new();
    for word in text.split([' ', '\t', '\r', '\n', ',']).filter(|word| !word.is_empty()) {
        if word.len() > 128 || !word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)) {
            return Err("trusted_email_connectors_invalid");
        }
        if !targets.iter().any(|known| known == word) {
            targets.push(word.to_owned());
        }
    }
    if targets.len() > 32 { Err("trusted_email_connectors_invalid") } else { Ok(targets) }
}

/// Domains of email addresses, as their ASCII form in lower case; `@` in front is understood.
///
/// # Errors
/// The code of the problem.
pub fn email_domains(text: &str) -> Result<Vec<String>, &'static str> {
    const PROBLEM: &str = "allow_email_domains_invalid";
    let domain = |entry: &String| match Host::parse(entry.trim_start_matches('@')) {
        Ok(Host::Domain(domain)) if domain.contains('.') => Ok(domain),
        _ => Err(PROBLEM),
    };
    lines(text, PROBLEM)?.iter().map(domain).collect()
}

/// Sites of a network, from lines `organization id = site number`.
///
/// # Errors
/// The code of the problem.
pub fn sites(text: &str) -> Result<Vec<(String, u64)>, &'static str> {
    const PROBLEM: &str = "site_map_invalid";
    let row = |line: &String| {
        let (organization, site) = line.rsplit_once('=').ok_or(PROBLEM)?;
        let site = site.trim().parse().ok().filter(|site: &u64| *site > 0).ok_or(PROBLEM)?;
        match organization.trim() {
            "" => Err(PROBLEM),
            organization => Ok((organization.to_owned(), site)),
        }
    };
    lines(text, PROBLEM)?.iter().map(row).collect()
}

/// The organization that owns a DingTalk application, by `corpId`; where organizations are listed, one of them.
///
/// # Errors
/// The code of the problem.
pub fn app_corp_id(text: &str, listed: &[String]) -> Result<String, &'static str> {
    match corp_ids(text).as_deref() {
        Ok([]) => Ok(String::new()),
        Ok([id]) if listed.is_empty() || listed.contains(id) => Ok(id.clone()),
        _ => Err("dingtalk_app_corp_id_invalid"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_application_is_one_listed_organizations() {
        let listed = ["ding1".to_owned(), "ding2".to_owned()];
        assert_eq!(app_corp_id(" ding9 ", &[]).as_deref(), Ok("ding9"));
        assert_eq!(app_corp_id("ding2", &listed).as_deref(), Ok("ding2"));
        assert_eq!(app_corp_id("", &listed).as_deref(), Ok(""));
        for (text, listed) in [("ding9", listed.as_slice()), ("DING1", &listed), ("ding1 ding2", &listed), ("a;b", &[])]
        {
            assert_eq!(app_corp_id(text, listed), Err("dingtalk_app_corp_id_invalid"), "{text}");
        }
    }

    #[test]
    fn scope_always_has_openid_once() {
        assert_eq!(scope("profile,email\n openid  profile").expect("words"), "openid profile email");
        assert_eq!(scope("urn:logto:scope:organizations").expect("urn"), "openid urn:logto:scope:organizations");
        assert_eq!(scope("a\"b"), Err("scope_invalid"));
        assert_eq!(scope("名"), Err("scope_invalid"));
    }

    #[test]
    fn extra_params_are_kept_in_order_and_the_last_wins() {
        let pair = |n: &str, v: &str| (n.to_owned(), v.to_owned());
        assert_eq!(extra_params("a=1\r\nb = 2&a=3").expect("params"), [pair("b", "2"), pair("a", "3")]);
        assert_eq!(extra_params("prompt=login").expect("params"), [pair("prompt", "login")]);
    }

    #[test]
    fn extra_params_never_override_the_protocol() {
        for name in PROTOCOL_PARAMETERS {
            assert_eq!(extra_params(&format!("{name}=x")), Err("extra_params_reserved"), "{name}");
            assert_eq!(extra_params(&format!("{}=x", name.to_uppercase())), Err("extra_params_reserved"), "{name}");
        }
        assert_eq!(extra_params("no equals sign"), Err("extra_params_invalid"));
        assert_eq!(extra_params("=value"), Err("extra_params_invalid"));
    }

    /// Fault S14: `max_age` and `acr_values` were sent, and nobody checked `auth_time` and `acr` for them.
    #[test]
    fn fault_s14_no_extra_parameter_promises_a_check_that_nobody_makes() {
        for line in ["max_age=60", "acr_values=urn:example:mfa", "MAX_AGE=0"] {
            assert_eq!(extra_params(line), Err("extra_params_reserved"), "{line}");
        }
    }

    #[test]
    fn lists_have_one_form() {
        assert_eq!(lines("a b, c\r\n\n a b ,d", "no").expect("entries"), ["a b", "c", "d"]);
        assert_eq!(lines("a\u{7}", "no"), Err("no"));
        assert_eq!(
            email_domains("@Example.com\nmünchen.example").expect("domains"),
            ["example.com", "xn--mnchen-3ya.example"]
        );
        for wrong in ["localhost", "127.0.0.1", "a@b.example", "a b.example"] {
            assert_eq!(email_domains(wrong), Err("allow_email_domains_invalid"), "{wrong}");
        }
    }

    #[test]
    fn connector_targets_are_words() {
        assert_eq!(connector_targets("google, apple\ngoogle").expect("targets"), ["google", "apple"]);
        for wrong in ["social:google", "a/b", "名", &"x".repeat(129)] {
            assert_eq!(connector_targets(wrong), Err("trusted_email_connectors_invalid"), "{wrong}");
        }
    }

    #[test]
    fn sites_have_numbers() {
        assert_eq!(sites("o1=2\no2 = 3").expect("rows"), [("o1".to_owned(), 2), ("o2".to_owned(), 3)]);
        for wrong in ["o1", "= 2", "o1 = 0", "o1 = -1", "o1 = two"] {
            assert_eq!(sites(wrong), Err("site_map_invalid"), "{wrong}");
        }
    }
}
