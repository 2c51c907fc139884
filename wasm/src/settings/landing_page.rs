//! The page after a sign-in that began on no page of its own.

use super::row::Grammar;

/// See [`path`].
pub const LANDING_PAGE: Grammar =
    Grammar { form: "a path such as `/account/`", sanitize: path, problems: &["landing_page_invalid"] };

/// Longest path: what an attempt keeps.
const MAX_PATH_BYTES: usize = 720;

/// A path on the site's own host, with a query or without one. Browsers read `//` and `\` as the start of another host
/// (WHATWG URL §4.4), and remove tabs and line breaks before they look.
///
/// # Errors
/// The code of the problem.
fn path(text: &str) -> Result<String, &'static str> {
    let of_this_host = text.starts_with('/') && !text.starts_with("//");
    let plain = !text.contains('\\') && !text.chars().any(|c| c.is_control() || c.is_whitespace());
    let valid = text.is_empty() || of_this_host && plain && text.len() <= MAX_PATH_BYTES;
    valid.then(|| text.to_owned()).ok_or("landing_page_invalid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_never_leads_to_another_host() {
        for fine in ["", "/", "/account/?tab=orders", "/会员/"] {
            assert_eq!(path(fine).as_deref(), Ok(fine));
        }
        for wrong in
            ["account", "//evil.example", "/\\evil.example", "https://evil.example/", "/a b", "/\t/evil.example"]
        {
            assert_eq!(path(wrong), Err("landing_page_invalid"), "{wrong}");
        }
        assert_eq!(path(&format!("/{}", "x".repeat(720))), Err("landing_page_invalid"));
    }
}
