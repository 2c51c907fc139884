//! The claims of a visitor as WordPress profile fields.

use super::Visitor;
use crate::protocol::Profile;

/// Longest text of a profile field, in characters (`display_name` is a VARCHAR(250)).
const LONGEST: usize = 250;
/// A domain that no mail can reach (RFC 2606 §2).
const NOWHERE: &str = "no-email.invalid";

/// The e-mail address of a new user: verified, or a placeholder that is unique and reaches nobody.
///
/// An unverified address is not used: other plugins take `user_email` for proven.
pub fn email(visitor: &Visitor) -> String {
    visitor.verified_email().map_or_else(|| format!("user-{}@{NOWHERE}", visitor.short_hash()), str::to_owned)
}

/// What is known about a new user.
pub fn of_new_user(visitor: &Visitor) -> Profile {
    let mut profile = of(visitor);
    profile.email = None;
    let name = profile.display_name.get_or_insert_with(|| format!("user-{}", visitor.short_hash())).clone();
    profile.nickname.get_or_insert(name);
    profile
}

/// What is to be brought up to date at a later sign-in; a field without a claim stays as it is.
pub fn of(visitor: &Visitor) -> Profile {
    let claim = |name: &str| visitor.text(name).map(clean).filter(|text| !text.is_empty());
    let (first_name, last_name) = (claim("given_name"), claim("family_name"));
    let display_name = claim("name")
        .or_else(|| match (&first_name, &last_name) {
            (Some(first), Some(last)) => Some(format!("{first} {last}")),
            (first, last) => first.clone().or_else(|| last.clone()),
        })
        .or_else(|| claim("nickname"))
        .or_else(|| claim("username"))
        .or_else(|| claim("preferred_username"));
    Profile {
        display_name,
        first_name,
        last_name,
        phone: visitor.text("phone_number").and_then(phone),
        picture: visitor.text("picture").filter(|url| is_picture(url)).map(str::to_owned),
        nickname: claim("nickname"),
        email: visitor.verified_email().map(str::to_owned),
    }
}

/// A number in E.164, `+` and 7 to 15 digits; Logto leaves the plus out.
fn phone(text: &str) -> Option<String> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    let whole = (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    whole.then(|| format!("+{digits}"))
}

/// An https URL of a length that user meta and pages bear.
fn is_picture(text: &str) -> bool {
    text.len() <= 1024 && url::Url::parse(text).is_ok_and(|url| url.scheme() == "https" && url.host_str().is_some())
}

/// Without control and invisible direction characters, which can make one name look like another.
fn clean(text: &str) -> String {
    text.chars().filter(|c| is_visible(*c)).take(LONGEST).collect::<String>().trim().to_owned()
}

/// Whether a character shows, and turns none of its neighbours around.
pub fn is_visible(c: char) -> bool {
    let turns = matches!(c, '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}');
    !c.is_control() && !turns && c != '\u{FEFF}'
}

#[cfg(test)]
mod tests {
    use super::super::tests::visitor;
    use super::*;
    use serde_json::json;

    #[test]
    fn a_dingtalk_visitor_gets_a_name_and_a_placeholder() {
        let person =
            visitor(&json!({"name": "李四", "email": null, "email_verified": false, "phone_number": "8613800000002"}));
        let profile = of_new_user(&person);
        assert_eq!(profile.display_name.as_deref(), Some("李四"));
        assert_eq!(profile.nickname.as_deref(), Some("李四"));
        assert_eq!(email(&person), format!("user-{}@no-email.invalid", person.short_hash()));
        assert_eq!(of(&person).email, None);
        assert_eq!(of(&person).phone.as_deref(), Some("+8613800000002"));
    }

    #[test]
    fn numbers_and_pictures_are_kept_only_in_one_shape() {
        for no in ["155****3240", "12", "+", "++8613800000002", "86 138"] {
            assert_eq!(phone(no), None, "{no}");
        }
        assert_eq!(phone("+8613800000002").as_deref(), Some("+8613800000002"));
        assert!(is_picture("https://static.example/a.png"));
        for no in ["http://static.example/a.png", "javascript:alert(1)", "https://", "data:image/png;base64,AA"] {
            assert!(!is_picture(no), "{no}");
        }
    }

    #[test]
    fn an_unverified_address_is_never_used() {
        let person = visitor(&json!({"email": "victim@example.com", "email_verified": false}));
        assert!(email(&person).ends_with("@no-email.invalid"));
        assert_eq!(of(&person).email, None);
    }

    #[test]
    fn absent_claims_leave_fields_as_they_are() {
        assert_eq!(of(&visitor(&json!({"name": null, "nickname": " ", "given_name": 7}))), Profile::default());
    }

    #[test]
    fn names_are_cleaned_and_bounded() {
        let profile = of(&visitor(&json!({"name": format!("\u{202E}a\u{0}b{}", "x".repeat(400))})));
        let name = profile.display_name.expect("name");
        assert!(name.starts_with("abx") && name.chars().count() == LONGEST);
    }

    #[test]
    fn nobody_stays_nameless() {
        let person = visitor(&json!({}));
        assert_eq!(of_new_user(&person).display_name, Some(format!("user-{}", person.short_hash())));
    }
}
