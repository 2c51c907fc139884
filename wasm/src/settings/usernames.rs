//! How a new user's login is chosen.

use super::text_of;
use serde_json::Value;

/// Longest template, in bytes.
const LONGEST: usize = 200;

/// What a template may name, each about the visitor.
pub const PLACEHOLDERS: &[&str] =
    &["username", "name", "given_name", "family_name", "email", "email_local", "phone", "hash"];

/// How a new user's login is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Usernames {
    /// E-mail, else user name, else name, else phone, else `user-<short hash>`.
    Smart,
    /// E-mail, else `user-<short hash>`.
    Email,
    /// User name, else `user-<short hash>`.
    Username,
    /// A text with placeholders such as `{given_name}.{family_name}`; else as [`Self::Smart`].
    Template(String),
}

impl Usernames {
    pub(super) fn read(stored: &Value) -> Self {
        match text_of(stored, "username_strategy").as_str() {
            "email" => Self::Email,
            "username" => Self::Username,
            "template" => template(&text_of(stored, "username_template")).map_or(Self::Smart, Self::Template),
            _ => Self::Smart,
        }
    }
}

/// The word that names a strategy.
///
/// # Errors
/// The code of the problem.
pub fn strategy(word: &str) -> Result<String, &'static str> {
    match word {
        "" => Ok("smart".to_owned()),
        "smart" | "email" | "username" | "template" => Ok(word.to_owned()),
        _ => Err("username_strategy_unknown"),
    }
}

/// A template: at least one placeholder, and none that is unknown.
///
/// # Errors
/// The code of the problem.
pub fn template(text: &str) -> Result<String, &'static str> {
    let (mut rest, mut known) = (text, 0);
    while let Some((_, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or("username_template_invalid")?;
        if !PLACEHOLDERS.contains(&name) {
            return Err("username_template_invalid");
        }
        (rest, known) = (after, known + 1);
    }
    let fine = known > 0 && text.len() <= LONGEST && !rest.contains('}') && !text.chars().any(char::is_control);
    fine.then(|| text.to_owned()).ok_or("username_template_invalid")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

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
        for (stored, expected) in [
            (json!({}), Usernames::Smart),
            (json!({"username_strategy": "email"}), Usernames::Email),
            (
                json!({"username_strategy": "template", "username_template": "{name}"}),
                Usernames::Template("{name}".into()),
            ),
            (json!({"username_strategy": "template", "username_template": "{nme}"}), Usernames::Smart),
            (json!({"username_strategy": 7}), Usernames::Smart),
        ] {
            assert_eq!(Usernames::read(&stored), expected, "{stored}");
        }
    }
}
