//! What of the REST API is open to access tokens: the API's identifier, and what each scope allows.

use super::row::Grammar;
use url::Url;

/// See [`resource`].
pub const RESOURCE: Grammar = Grammar { form: "URI", sanitize: resource, problems: &["api_resource_invalid"] };

/// See [`rows`].
pub const SCOPES: Grammar = Grammar {
    form: "lines `scope = capability, capability`",
    sanitize: |text| rows(text).map(|rows| rows.iter().map(ScopeRow::line).collect::<Vec<_>>().join("\n")),
    problems: &["api_scopes_invalid"],
};

/// A username, of at most 60 characters as in WordPress's table.
pub const USER: Grammar = Grammar { form: "username", sanitize: user, problems: &["api_m2m_user_invalid"] };

/// Longest API identifier.
const MAX_RESOURCE_BYTES: usize = 2048;
/// Longest mapping.
const MAX_BYTES: usize = 16 * 1024;
/// Most rows of a mapping.
const MAX_ROWS: usize = 100;
/// Longest name of a scope or capability.
const MAX_NAME_BYTES: usize = 128;
/// Longest username.
const MAX_USER_CHARS: usize = 60;

/// What a scope allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeRow {
    /// A word of the token's `scope`.
    pub scope: String,
    /// WordPress capabilities.
    pub capabilities: Vec<String>,
}

impl ScopeRow {
    /// The row as it is stored.
    fn line(&self) -> String {
        format!("{} = {}", self.scope, self.capabilities.join(", "))
    }
}

/// The rows of a mapping, from lines `scope = capability, capability`. No capability has an equals sign, a scope may have
/// one (RFC 6749 §3.3).
///
/// # Errors
/// The code of the problem.
pub fn rows(text: &str) -> Result<Vec<ScopeRow>, &'static str> {
    const PROBLEM: &str = "api_scopes_invalid";
    if text.len() > MAX_BYTES {
        return Err(PROBLEM);
    }
    let mut rows: Vec<ScopeRow> = Vec::new();
    for line in text.split(['\r', '\n']).map(str::trim).filter(|line| !line.is_empty()) {
        let (scope, allowed) = line.rsplit_once('=').ok_or(PROBLEM)?;
        let capabilities: Vec<String> =
            allowed.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let row = ScopeRow { scope: scope.trim().to_owned(), capabilities };
        if !is_scope(&row.scope) || row.capabilities.is_empty() || !row.capabilities.iter().all(|name| is_name(name)) {
            return Err(PROBLEM);
        }
        rows.push(row);
    }
    if rows.len() > MAX_ROWS { Err(PROBLEM) } else { Ok(rows) }
}

/// A `scope-token` of RFC 6749 §3.3.
fn is_scope(text: &str) -> bool {
    (1..=MAX_NAME_BYTES).contains(&text.len()) && text.bytes().all(|b| matches!(b, 0x21 | 0x23..=0x5B | 0x5D..=0x7E))
}

/// A capability as WordPress and other plugins name them.
fn is_name(text: &str) -> bool {
    text.len() <= MAX_NAME_BYTES && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-:.".contains(&b))
}

/// An API identifier: an absolute URI without a fragment (RFC 8707 §2), to the letter.
fn resource(text: &str) -> Result<String, &'static str> {
    let is_uri = || Url::parse(text).is_ok_and(|uri| uri.fragment().is_none());
    let is_plain =
        text.len() <= MAX_RESOURCE_BYTES && text.bytes().all(|b| b.is_ascii_graphic() && b != b'"' && b != b'\\');
    if text.is_empty() || is_plain && is_uri() { Ok(text.to_owned()) } else { Err("api_resource_invalid") }
}

fn user(text: &str) -> Result<String, &'static str> {
    let valid = text.chars().count() <= MAX_USER_CHARS && !text.chars().any(char::is_control);
    valid.then(|| text.to_owned()).ok_or("api_m2m_user_invalid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_has_one_form() {
        let text = "read:posts=read\r\n\n a=b = edit_posts ,publish_posts, ";
        let stored = (SCOPES.sanitize)(text).expect("rows");
        assert_eq!(stored, "read:posts = read\na=b = edit_posts, publish_posts");
        assert_eq!((SCOPES.sanitize)(&stored).as_deref(), Ok(stored.as_str()));
        for wrong in ["read", "= read", "a =", "a = ,", "a b = read", "a = two words", "名 = read", "a\" = read"] {
            assert_eq!(rows(wrong), Err("api_scopes_invalid"), "{wrong}");
        }
    }

    #[test]
    fn an_api_identifier_is_an_absolute_uri() {
        for uri in ["", "https://shop.example/wp-json", "https://shop.example", "urn:shop:api"] {
            assert_eq!(resource(uri).as_deref(), Ok(uri));
        }
        for wrong in
            ["shop", "/wp-json", "https://shop.example/#a", "https://shop.example/ö", "https://a b", "urn:a\"b"]
        {
            assert_eq!(resource(wrong), Err("api_resource_invalid"), "{wrong}");
        }
    }
}
