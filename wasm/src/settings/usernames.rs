//! How a new user's login is chosen.

use super::row::Grammar;

/// See `template`.
pub const TEMPLATE: Grammar =
    Grammar { form: "text with `{…}`", sanitize: template, problems: &["username_template_invalid"] };

/// Longest template.
const MAX_TEMPLATE_BYTES: usize = 200;

/// What a template may name, each about the visitor.
const PLACEHOLDERS: &[&str] =
    &["username", "name", "given_name", "family_name", "email", "email_local", "phone", "hash"];

/// How a new user's login is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Usernames {
    /// Email, else username, else name, else phone, else `user-<short hash>`.
    Smart,
    /// Email, else `user-<short hash>`.
    Email,
    /// User name, else `user-<short hash>`.
    Username,
    /// A text with placeholders such as `{given_name}.{family_name}`; else as [`Self::Smart`].
    Template(String),
}

impl Usernames {
    /// The strategy of a stored word; one that cannot be read is the automatic one.
    pub(super) fn parse(strategy: &str, text: &str) -> Self {
        match strategy {
            "email" => Self::Email,
            "username" => Self::Username,
            "template" => template(text).map_or(Self::Smart, Self::Template),
            _ => Self::Smart,
        }
    }
}

/// A template: at least one placeholder, and none that is unknown.
///
/// # Errors
/// The code of the problem.
fn template(text: &str) -> Result<String, &'static str> {
    let (mut rest, mut known) = (text, 0);
    while let Some((_, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or("username_template_invalid")?;
        if !PLACEHOLDERS.contains(&name) {
            return Err("username_template_invalid");
        }
        (rest, known) = (after, known + 1);
    }
    let valid =
        known > 0 && text.len() <= MAX_TEMPLATE_BYTES && !rest.contains('}') && !text.chars().any(char::is_control);
    valid.then(|| text.to_owned()).ok_or("username_template_invalid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_names_what_is_known() {
        for fine in ["{username}", "{given_name}.{family_name}", "guest-{hash}", "员工 {name}"] {
            assert_eq!(template(fine).as_deref(), Ok(fine));
        }
        for wrong in ["", "everybody", "{sub}", "{username", "username}", "{{username}}", "{}", "{hash}\n"] {
            assert_eq!(template(wrong), Err("username_template_invalid"), "{wrong}");
        }
    }

    #[test]
    fn a_strategy_that_is_not_known_is_the_automatic_one() {
        for (strategy, template, expected) in [
            ("", "", Usernames::Smart),
            ("email", "", Usernames::Email),
            ("template", "{name}", Usernames::Template("{name}".into())),
            ("template", "{nme}", Usernames::Smart),
            ("7", "", Usernames::Smart),
        ] {
            assert_eq!(Usernames::parse(strategy, template), expected, "{strategy}");
        }
    }
}
