//! Buttons that lead straight to a connector of the tenant.

use super::row::Grammar;
use crate::text::is_visible;

/// See [`connectors`].
pub const CONNECTORS: Grammar = Grammar {
    form: "lines `connector` or `connector = label`",
    sanitize: |text| connectors(text).map(|lines| lines.join("\n")),
    problems: &["connectors_invalid"],
};

/// The label of a button: one line of at most 60 characters.
pub const BUTTON_LABEL: Grammar = Grammar {
    form: "text",
    sanitize: |text| {
        let label = label_of(text);
        if label.chars().count() > MAX_LABEL_CHARS { Err("button_label_invalid") } else { Ok(label) }
    },
    problems: &["button_label_invalid"],
};

/// Most buttons: a sign-in page with more is no choice but a search.
const MAX_BUTTONS: usize = 12;

/// Longest label.
const MAX_LABEL_CHARS: usize = 60;

/// The connectors that get a button, one a line: `social:<target>` or `sso:<connector id>`, each perhaps with
/// ` = <label>`. The last line about a connector holds.
///
/// A sanitized line is the connector alone or `connector = label`, with exactly these spaces and a label that has
/// neither line break nor space at its ends: whoever reads it may split it at the first ` = ` and needs no rule.
///
/// # Errors
/// The code of the problem.
fn connectors(text: &str) -> Result<Vec<String>, &'static str> {
    let mut named: Vec<(&str, String)> = Vec::new();
    for line in text.split(['\r', '\n']).map(str::trim).filter(|line| !line.is_empty()) {
        let (connector, label) = line.split_once('=').unwrap_or((line, ""));
        let (connector, label) = (connector.trim(), label_of(label));
        if !is_direct_sign_in(connector) || label.chars().count() > MAX_LABEL_CHARS {
            return Err("connectors_invalid");
        }
        named.retain(|(known, _)| *known != connector);
        named.push((connector, label));
        if named.len() > MAX_BUTTONS {
            return Err("connectors_invalid");
        }
    }
    let line = |(connector, label): (&str, String)| match label.as_str() {
        "" => connector.to_owned(),
        label => format!("{connector} = {label}"),
    };
    Ok(named.into_iter().map(line).collect())
}

/// A label on one line, without what is not seen.
fn label_of(text: &str) -> String {
    let seen: String = text.chars().filter(|c| c.is_whitespace() || is_visible(*c)).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Logto's `direct_sign_in`: `social:<target>` or `sso:<connector id>`.
pub fn is_direct_sign_in(text: &str) -> bool {
    text.split_once(':').is_some_and(|(method, target)| {
        let word = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
        matches!(method, "social" | "sso") && (1..=128).contains(&target.len()) && target.bytes().all(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direct_sign_in_names_a_method_and_a_target() {
        assert!(is_direct_sign_in("social:dingtalk") && is_direct_sign_in("sso:abc-123"));
        for no in ["dingtalk", "social:", "social:a b", "magic:x", "social:a&b=c"] {
            assert!(!is_direct_sign_in(no), "{no}");
        }
    }

    #[test]
    fn a_label_is_one_short_line() {
        let label = |text: &str| (BUTTON_LABEL.sanitize)(text);

        assert_eq!(label(" Company \r\n account\u{202E} ").as_deref(), Ok("Company account"));
        assert_eq!(label(&"公".repeat(60)).as_deref(), Ok("公".repeat(60).as_str()));
        assert_eq!(label(&"公".repeat(61)), Err("button_label_invalid"));
    }

    fn sanitized(text: &str) -> String {
        connectors(text).expect(text).join("\n")
    }

    #[test]
    fn each_line_has_one_form() {
        for (text, line) in [
            ("", ""),
            ("  \r\n\t\n", ""),
            ("social:dingtalk", "social:dingtalk"),
            ("  social:dingtalk  \r", "social:dingtalk"),
            ("social:dingtalk =", "social:dingtalk"),
            ("social:dingtalk= \u{200B}", "social:dingtalk"),
            ("sso:abc123=Company account", "sso:abc123 = Company account"),
            ("sso:abc123 =\t Company \u{2028} account ", "sso:abc123 = Company account"),
            ("social:x = a = b", "social:x = a = b"),
            ("social:x==", "social:x = ="),
            ("social:dingtalk = 钉钉", "social:dingtalk = 钉钉"),
            ("social:x = <b>&amp;\"", "social:x = <b>&amp;\""),
            ("social:x = a\u{202E}b\u{7}c\u{2066}\u{FEFF}", "social:x = abc"),
        ] {
            assert_eq!(sanitized(text), line, "{text:?}");
            assert_eq!(sanitized(line), line, "{text:?} twice");
        }
    }

    #[test]
    fn the_last_line_about_a_connector_holds() {
        assert_eq!(
            sanitized("social:a = one\nsocial:b\rsocial:a = two\nsocial:A"),
            "social:b\nsocial:a = two\nsocial:A"
        );
    }

    #[test]
    fn what_logto_would_not_understand_is_refused() {
        let long = format!("social:x = {}", "界".repeat(61));
        for text in ["dingtalk", "social:", "magic:x", "social:a b", "social:a&b", "=label", "ok", long.as_str()] {
            assert_eq!(connectors(&format!("social:fine\n{text}")), Err("connectors_invalid"), "{text}");
        }
        assert_eq!(sanitized(&format!("social:x = {}", "界".repeat(60))).chars().count(), 71);
    }

    #[test]
    fn twelve_are_enough() {
        let lines = |count: usize| (0..count).map(|n| format!("social:t{n}")).collect::<Vec<_>>().join("\n");
        assert_eq!(connectors(&lines(12)).expect("twelve").len(), 12);
        assert_eq!(connectors(&format!("{}\nsocial:t3", lines(12))).expect("one twice").len(), 12);
        assert_eq!(connectors(&lines(13)), Err("connectors_invalid"));
    }
}
