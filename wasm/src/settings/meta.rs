//! Which claim is written to which user meta.

use super::row::Grammar;

/// See [`rows`].
pub const META_MAP: Grammar = Grammar {
    form: "lines `claim = meta key`",
    sanitize: |text| rows(text).map(|rows| rows.iter().map(MetaRow::line).collect::<Vec<_>>().join("\n")),
    problems: &["meta_map_invalid", "meta_key_protected"],
};

/// Most rows of a mapping.
const MAX_ROWS: usize = 50;
/// Longest name of a claim, and longest meta key, in bytes: `meta_key` is a VARCHAR(255).
const MAX_NAME_BYTES: usize = 191;
/// Longest mapping, in bytes: longer ones have more rows, or longer names.
const MAX_BYTES: usize = 24 * 1024;
/// What WordPress keeps in user meta and no provider may decide, besides what [`is_protected`] names by its parts: profile
/// fields have settings of their own.
const OF_WORDPRESS: &[&str] = &[
    "first_name",
    "last_name",
    "locale",
    "nickname",
    "primary_blog",
    "rich_editing",
    "show_admin_bar_front",
    "source_domain",
    "syntax_highlighting",
    "use_ssl",
];
/// Parts of keys that grant something, or prove it: roles, sessions, passwords, second factors.
const GRANTING: &[&str] = &[
    "2fa",
    "activation",
    "authenticator",
    "capabilit",
    "passkey",
    "password",
    "role",
    "secret",
    "session",
    "token",
    "totp",
    "two_factor",
    "two-factor",
    "twofactor",
    "user-settings",
    "user_level",
    "user_status",
    "webauthn",
];

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetaRow {
    /// The claim: its name, or a path with dots into objects.
    pub claim: String,
    /// The meta key.
    pub key: String,
}

impl MetaRow {
    /// The row as it is stored.
    pub fn line(&self) -> String {
        format!("{} = {}", self.claim, self.key)
    }

    /// The claim that a path begins with: the whole of it, if the provider has a claim of that name, else its first part.
    pub fn root(&self) -> &str {
        self.claim.split('.').next().unwrap_or_default()
    }
}

/// The rows of a mapping, from lines `claim = meta key`. A key is written once.
///
/// # Errors
/// The code of the problem.
pub fn rows(text: &str) -> Result<Vec<MetaRow>, &'static str> {
    if text.len() > MAX_BYTES {
        return Err("meta_map_invalid");
    }
    let mut rows: Vec<MetaRow> = Vec::new();
    for line in text.split(['\r', '\n']).map(str::trim).filter(|line| !line.is_empty()) {
        let (claim, key) = line.rsplit_once('=').ok_or("meta_map_invalid")?;
        let row = MetaRow { claim: claim.trim().to_owned(), key: key.trim().to_owned() };
        if !is_path(&row.claim) || !is_key(&row.key) {
            return Err("meta_map_invalid");
        }
        if is_protected(&row.key) {
            return Err("meta_key_protected");
        }
        if rows.contains(&row) {
            continue;
        }
        if rows.len() == MAX_ROWS || rows.iter().any(|known| known.key.eq_ignore_ascii_case(&row.key)) {
            return Err("meta_map_invalid");
        }
        rows.push(row);
    }
    Ok(rows)
}

fn is_path(claim: &str) -> bool {
    let parts = claim.split('.').all(|part| !part.is_empty());
    claim.len() <= MAX_NAME_BYTES && parts && !claim.chars().any(|c| c.is_control() || c.is_whitespace())
}

/// WordPress compares keys without letter case, accents and trailing space, so a key here is plain.
fn is_key(key: &str) -> bool {
    let plain = key.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.:".contains(&b));
    (1..=MAX_NAME_BYTES).contains(&key.len()) && plain
}

/// Whether a provider must not write a key: it begins with `_`, as what WordPress and plugins keep for themselves; it is
/// this plugin's or WordPress's own; or its name says that it grants something.
fn is_protected(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    key.starts_with('_')
        || key.starts_with("logto_sign_in")
        || OF_WORDPRESS.contains(&key.as_str())
        || GRANTING.iter().any(|part| key.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_one_form() {
        let text = "custom_data.department=department\r\n\n name = full-name \ncustom_data.department = department\nhttps://a.example/x=1 = x.y";
        let lines: Vec<_> = rows(text).expect("rows").iter().map(MetaRow::line).collect();

        assert_eq!(lines, ["custom_data.department = department", "name = full-name", "https://a.example/x=1 = x.y"]);
        let again: Vec<_> = rows(&lines.join("\n")).expect("rows").iter().map(MetaRow::line).collect();
        assert_eq!(again, lines);
    }

    #[test]
    fn what_is_no_row_is_refused() {
        for text in [
            "name",
            "= key",
            "name =",
            "custom_data..x = key",
            ".x = key",
            "x. = key",
            "a b = key",
            "name = two words",
            "name = ключ",
            "name = key\nemail = key",
            "name = key\nemail = KEY",
        ] {
            assert_eq!(rows(text), Err("meta_map_invalid"), "{text}");
        }
        assert_eq!(rows(&format!("{} = key", "x".repeat(MAX_NAME_BYTES + 1))), Err("meta_map_invalid"));
        let many: Vec<_> = (0..=MAX_ROWS).map(|n| format!("claim = key{n}")).collect();
        assert_eq!(rows(&many.join("\n")), Err("meta_map_invalid"));
    }

    #[test]
    fn no_claim_is_written_where_it_could_grant_something() {
        for key in [
            "wp_capabilities",
            "WP_2_Capabilities",
            "wp_user_level",
            "session_tokens",
            "_application_passwords",
            "_two_factor_enabled_providers",
            "default_password_nag",
            "logto_sign_in_pending",
            "googleauthenticator_secret",
            "wp_user-settings",
            "primary_blog",
            "first_name",
            "locale",
            "members_role",
        ] {
            assert_eq!(rows(&format!("custom_data.x = {key}")), Err("meta_key_protected"), "{key}");
        }
        for key in ["department", "billing_phone", "description", "company.name", "employee-number"] {
            assert!(rows(&format!("custom_data.x = {key}")).is_ok(), "{key}");
        }
    }
}
