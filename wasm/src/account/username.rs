//! What a new user is called. Names are given once and never changed later.

use super::Visitor;
use crate::settings::UsernameStrategy;

/// WordPress's limit of `user_login`, in characters.
const LONGEST_LOGIN: usize = 60;
/// WordPress's limit of `user_nicename`, in characters.
const LONGEST_NICENAME: usize = 50;
/// How many numbered names are tried before the one that cannot collide.
const NUMBERED: usize = 4;

/// Candidates for `user_login`, the most wanted first; the last cannot belong to anybody else.
pub fn logins(visitor: &Visitor, strategy: UsernameStrategy) -> Vec<String> {
    let email = || visitor.verified_email().map(login);
    let claim = |name: &str| visitor.text(name).map(login).filter(|login| is_readable(login));
    let username = || claim("username").or_else(|| claim("preferred_username"));
    let wanted = match strategy {
        UsernameStrategy::Email => email(),
        UsernameStrategy::Username => username(),
        UsernameStrategy::Smart => {
            email().or_else(username).or_else(|| claim("name")).or_else(|| claim("phone_number"))
        }
    };
    candidates(wanted, visitor, LONGEST_LOGIN)
}

/// Candidates for `user_nicename`, which shows in author URLs: never the e-mail address or the phone number.
pub fn nicenames(visitor: &Visitor) -> Vec<String> {
    let slug = |name: &str| visitor.text(name).map(slug).filter(|slug| is_readable(slug));
    candidates(slug("username").or_else(|| slug("name")), visitor, LONGEST_NICENAME)
}

fn candidates(wanted: Option<String>, visitor: &Visitor, longest: usize) -> Vec<String> {
    let last = format!("user-{}", visitor.short_hash());
    let mut all = Vec::with_capacity(NUMBERED + 2);
    if let Some(wanted) = wanted {
        all.push(shortened(&wanted, longest, ""));
        all.extend((2..2 + NUMBERED).map(|number| shortened(&wanted, longest, &format!("-{number}"))));
    }
    all.push(last);
    all
}

/// `text` with `suffix`, within `longest`; ASCII only, so bytes are characters.
fn shortened(text: &str, longest: usize, suffix: &str) -> String {
    let kept = text.len().min(longest - suffix.len());
    format!("{}{suffix}", text[..kept].trim_end_matches([' ', '-', '.', '_']))
}

/// The characters that WordPress keeps under `sanitize_user( …, true )`.
fn login(text: &str) -> String {
    let kept: String = text.chars().filter(|c| c.is_ascii_alphanumeric() || " _.-@".contains(*c)).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn slug(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_ascii_lowercase()
}

/// Two letters or digits at least: what is left of a name in another script is no name.
fn is_readable(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_alphanumeric).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::super::tests::visitor;
    use super::*;
    use serde_json::{Value, json};

    fn first(claims: &Value, strategy: UsernameStrategy) -> String {
        logins(&visitor(claims), strategy).remove(0)
    }

    #[test]
    fn smart_takes_the_first_that_there_is() {
        let mut claims = json!({
            "email": "a@b.example", "email_verified": true, "username": "user name",
            "name": "Ann Example", "phone_number": "8613800000002"
        });
        for (gone, expected) in [
            ("", "a@b.example"),
            ("email", "user name"),
            ("username", "Ann Example"),
            ("name", "8613800000002"),
            ("phone_number", "user-"),
        ] {
            claims[gone] = Value::Null;
            let login = first(&claims, UsernameStrategy::Smart);
            assert!(login == expected || (expected == "user-" && login.len() == 17), "{gone}: {login}");
        }
    }

    #[test]
    fn the_other_strategies_fall_back_to_the_hash() {
        let person = json!({"name": "Ann Example"});
        assert!(first(&person, UsernameStrategy::Email).starts_with("user-"));
        assert!(first(&person, UsernameStrategy::Username).starts_with("user-"));
        assert_eq!(first(&json!({"username": "ann"}), UsernameStrategy::Username), "ann");
    }

    #[test]
    fn a_name_in_another_script_is_passed_over() {
        assert_eq!(first(&json!({"name": "李四", "phone_number": "861380"}), UsernameStrategy::Smart), "861380");
        assert!(first(&json!({"name": "Иван"}), UsernameStrategy::Smart).starts_with("user-"));
        assert!(nicenames(&visitor(&json!({"name": "李四"})))[0].starts_with("user-"));
    }

    #[test]
    fn collisions_get_a_number_and_the_last_is_unique() {
        let all = logins(&visitor(&json!({"username": "x".repeat(90)})), UsernameStrategy::Smart);
        assert_eq!(all.len(), NUMBERED + 2);
        assert!(all.iter().all(|login| login.len() <= LONGEST_LOGIN));
        assert!(all[1].ends_with("-2") && all.last().is_some_and(|login| login.starts_with("user-")));
    }

    #[test]
    fn author_urls_never_show_an_address_or_a_phone_number() {
        let person = visitor(&json!({"email": "a@b.example", "email_verified": true, "phone_number": "8613800000002"}));
        assert!(nicenames(&person).iter().all(|nicename| nicename.starts_with("user-")));
    }
}
