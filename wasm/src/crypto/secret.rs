//! Values that are never printed.

use serde::{Deserialize, Serialize, Serializer};
use std::fmt;
use url::form_urlencoded::byte_serialize;

/// A secret: the App secret, WordPress's salt, a token. Prints, logs and serializes as `[redacted]`.
#[derive(Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Wraps a value.
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value itself; each call site is a place where it leaves its wrapping.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// `text` without the secret, or its beginning where an excerpt cut it short, in each form in which a provider may
/// repeat it. A secret that is shorter than `MIN_TOLD_BYTES` is an ordinary word.
pub fn redact(text: String, secret: &Secret) -> String {
    let secret = secret.expose();
    let json = serde_json::to_string(secret).unwrap_or_default();
    let form: String = byte_serialize(secret.as_bytes()).collect();
    let forms = [secret, json.trim_matches('"'), &form, &form.replace('+', "%20")];
    forms.into_iter().fold(text, without)
}

/// Bytes of a secret that give something away.
const MIN_TOLD_BYTES: usize = 8;

fn without(text: String, secret: &str) -> String {
    let Some((beginning, _)) = secret.split_at_checked(MIN_TOLD_BYTES) else { return text };
    let Some((before, after)) = text.split_once(beginning) else { return text };
    let told: usize =
        after.chars().zip(secret.chars().skip(beginning.chars().count())).take_while(|(a, b)| a == b).count();
    let rest: String = after.chars().skip(told).collect();
    format!("{before}[redacted]{}", without(rest, secret))
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("[redacted]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fault S8: DingTalk's secret was logged when an answer repeated the request.
    #[test]
    fn fault_s8_a_secret_is_redacted_whole_cut_and_encoded() {
        let secret = Secret::new("a \"secret\" + möre");
        for (text, expected) in [
            (r#"wrong: a "secret" + möre!"#, "wrong: [redacted]!"),
            (r#"a "secret" + möre a "secret" + möre"#, "[redacted] [redacted]"),
            (r#"cut: a "secret" +"#, "cut: [redacted]"),
            (r#"{"s":"a \"secret\" + möre"}"#, r#"{"s":"[redacted]"}"#),
            ("form: a+%22secret%22+%2B+m%C3%B6re", "form: [redacted]"),
            ("url: a%20%22secret%22%20%2B%20m%C3%B6re", "url: [redacted]"),
            ("a secret", "a secret"),
        ] {
            assert_eq!(redact(text.to_owned(), &secret), expected, "{text}");
        }
    }

    #[test]
    fn a_short_secret_is_an_ordinary_word() {
        assert_eq!(redact("no secret".to_owned(), &Secret::new("secret")), "no secret");
        assert_eq!(redact("no secret".to_owned(), &Secret::default()), "no secret");
    }
}
