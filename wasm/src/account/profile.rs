//! The claims of a visitor as WordPress profile fields.

use super::full_name;
use crate::crypto::{draw, hex};
use crate::environment::Environment;
use crate::protocol::Profile;
use crate::settings::sync::ProfileSync;
use crate::text::is_visible;
use crate::token::Visitor;

/// Longest text of a profile field, in characters (`display_name` is a VARCHAR(250)).
const LONGEST: usize = 250;
/// A domain that no mail can reach (RFC 2606 §2).
const NOWHERE: &str = "no-email.invalid";

/// The email address of a new user, if there is a verified one that may be stored.
///
/// An unverified address is not used: other plugins take `user_email` for proven.
pub fn email(visitor: &Visitor, sync: &ProfileSync) -> Option<String> {
    sync.first(of(visitor)).email
}

/// An address that reaches nobody, for a user who has none. It is drawn: nobody can take it first.
pub fn placeholder_email(environment: &Environment) -> String {
    format!("{}@{NOWHERE}", drawn_name(environment))
}

/// A name that nobody can take first, since it is drawn.
pub fn drawn_name(environment: &Environment) -> String {
    format!("user-{}", hex(&draw::<8>(environment, "new user")))
}

/// What is known about a new user, and may be told. Nobody stays nameless: WordPress would show the login instead,
/// which may be the email address.
pub fn of_new_user(visitor: &Visitor, sync: &ProfileSync) -> Profile {
    let mut described = of(visitor);
    if let (None, None, Some(full)) = (&described.first_name, &described.last_name, claim(visitor, "name")) {
        (described.first_name, described.last_name) = full_name::split(&full);
    }
    let mut profile = sync.first(described);
    profile.email = None;
    let name = profile.display_name.get_or_insert_with(|| format!("user-{}", visitor.short_hash())).clone();
    profile.nickname.get_or_insert(name);
    profile
}

/// What a known user's profile follows. A name that only an organization uses would alternate with the user's own.
pub fn of_known_user(visitor: &Visitor, sync: &ProfileSync) -> Option<Profile> {
    let mut profile = of(visitor);
    profile.display_name.take_if(|_| visitor.named_by_organization);
    sync.later(profile)
}

/// What the claims say; a field without a claim stays as it is.
pub fn of(visitor: &Visitor) -> Profile {
    let claim = |name: &str| claim(visitor, name);
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
        phone: visitor.string_claim("phone_number").and_then(phone),
        picture: visitor.string_claim("picture").filter(|url| is_picture(url)).map(str::to_owned),
        nickname: claim("nickname"),
        email: visitor.verified_email().map(str::to_owned),
        locale: visitor.string_claim("locale").and_then(locale),
        url: visitor.string_claim("website").filter(|url| is_website(url)).map(str::to_owned),
        ..Profile::default()
    }
}

/// A claim that is a name. One of which WordPress stores nothing counts as absent, so that the next one is used.
fn claim(visitor: &Visitor, name: &str) -> Option<String> {
    visitor.string_claim(name).map(clean).filter(|text| !without_markup(text).trim().is_empty())
}

/// What `sanitize_text_field()` of WordPress leaves of a text: no tags, no content of scripts and styles, no encoded bytes.
fn without_markup(text: &str) -> String {
    let mut left = String::new();
    let mut rest = text;
    while let Some((before, tag)) =
        rest.split_once('<').and_then(|(before, after)| Some((before, after.split_once('>')?)))
    {
        left.push_str(before);
        let name = tag.0.trim_start_matches('/').to_ascii_lowercase();
        let hides = ["script", "style"].iter().any(|hiding| name.starts_with(hiding));
        rest = tag.1;
        if hides && let Some((_, after)) = rest.split_once("</") {
            rest = after.split_once('>').map_or("", |(_, after)| after);
        }
    }
    left.push_str(rest);
    let mut parts = left.split('%');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_byte = part.len() >= 2 && part.bytes().take(2).all(|b| b.is_ascii_hexdigit());
        plain.push_str(if is_byte { &part[2..] } else { part });
    }
    plain
}

/// A language tag (BCP 47) as WordPress names its translations: `zh-Hans-CN` is `zh_CN`, `en` is `en_US`.
fn locale(tag: &str) -> Option<String> {
    let mut parts = tag.split(['-', '_']);
    let language = parts.next().filter(|part| matches!(part.len(), 2 | 3) && is_letters(part))?.to_ascii_lowercase();
    let (mut script, mut region) = (None, None);
    for part in parts {
        match part.len() {
            4 if is_letters(part) => script = Some(part.to_ascii_lowercase()),
            2 if is_letters(part) => region = Some(part.to_ascii_uppercase()),
            _ => return None,
        }
    }
    let region = region.or_else(|| match (language.as_str(), script.as_deref()) {
        ("en", _) => Some("US".to_owned()),
        ("zh", Some("hant")) => Some("TW".to_owned()),
        ("zh", _) => Some("CN".to_owned()),
        _ => None,
    });
    Some(region.map_or_else(|| language.clone(), |region| format!("{language}_{region}")))
}

fn is_letters(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphabetic())
}

/// A URL of the web that fits `user_url`, a VARCHAR(100).
fn is_website(text: &str) -> bool {
    let web = |url: url::Url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some();
    text.len() <= 100 && url::Url::parse(text).is_ok_and(web)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::visitor::tests::visitor;
    use serde_json::{Value, json};

    fn sync(settings: &Value) -> ProfileSync {
        crate::settings::Settings::read(settings).accounts.sync
    }

    #[test]
    fn a_dingtalk_visitor_gets_a_name_and_a_placeholder() {
        let person =
            visitor(&json!({"name": "李四", "email": null, "email_verified": false, "phone_number": "8613800000002"}));
        let profile = of_new_user(&person, &sync(&Value::Null));
        assert_eq!(profile.display_name.as_deref(), Some("李四"));
        assert_eq!(profile.nickname.as_deref(), Some("李四"));
        assert_eq!(email(&person, &sync(&Value::Null)), None);
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
        assert_eq!(email(&person, &sync(&Value::Null)), None);
        assert_eq!(of(&person).email, None);
    }

    /// Fault S4: the placeholder was made of issuer and subject, so that another user could take it first.
    #[test]
    fn fault_s4_a_placeholder_is_drawn() {
        let at = |seed| placeholder_email(&Environment { now: 0, entropy: [seed; crate::environment::ENTROPY_LENGTH] });

        assert_eq!(at(1), at(1));
        assert_ne!(at(1), at(2));
        assert!(at(1).starts_with("user-") && at(1).ends_with("@no-email.invalid") && at(1).len() == 38, "{}", at(1));
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

    /// Fault C14: a name that WordPress empties left the user without one.
    #[test]
    fn fault_c14_a_name_of_markup_alone_gives_way_to_the_next() {
        for name in ["<script>", "<script>alert(1)</script>", "<b></b>", " <i> ", "%20%3C", "<style>p{}</style>"] {
            let person = visitor(&json!({"name": name, "nickname": "小明", "username": "xm"}));
            assert_eq!(of(&person).display_name.as_deref(), Some("小明"), "{name}");
        }
        for name in ["A < B", "I <3 you", "100%", "<b>Ann</b>"] {
            assert_eq!(of(&visitor(&json!({"name": name}))).display_name.as_deref(), Some(name));
        }
    }

    /// Fault C28: the list of users showed no name for visitors of DingTalk, who have no parts of a name.
    #[test]
    fn fault_c28_a_new_user_without_parts_of_a_name_gets_them() {
        let person = visitor(&json!({"name": "王小明"}));

        let new = of_new_user(&person, &sync(&Value::Null));
        assert_eq!((new.first_name.as_deref(), new.last_name.as_deref()), (Some("小明"), Some("王")));
        assert_eq!(new.display_name.as_deref(), Some("王小明"));
        assert_eq!(of(&person).first_name, None, "a guess never overwrites what the user entered");
        let never = of_new_user(&person, &sync(&json!({"sync_first_name": "never"})));
        assert_eq!((never.first_name, never.last_name.as_deref()), (None, Some("王")));
        let told = visitor(&json!({"name": "王小明", "given_name": "Xiaoming"}));
        assert_eq!(of_new_user(&told, &sync(&Value::Null)).last_name, None);
    }

    #[test]
    fn nobody_stays_nameless() {
        let person = visitor(&json!({}));
        assert_eq!(
            of_new_user(&person, &sync(&Value::Null)).display_name,
            Some(format!("user-{}", person.short_hash()))
        );
    }

    #[test]
    fn what_is_never_to_follow_is_not_told_either() {
        let person = visitor(&json!({"name": "Ann", "email": "a@b.example", "email_verified": true}));
        let never = sync(&json!({"sync_display_name": "never", "sync_email": "never", "sync_nickname": "never"}));
        assert_eq!(email(&person, &never), None);
        assert_eq!(of_new_user(&person, &never).display_name, Some(format!("user-{}", person.short_hash())));
    }

    #[test]
    fn languages_have_the_names_of_wordpress() {
        for (tag, name) in [
            ("zh-CN", "zh_CN"),
            ("zh_CN", "zh_CN"),
            ("zh-Hans", "zh_CN"),
            ("zh-Hant", "zh_TW"),
            ("zh-Hant-HK", "zh_HK"),
            ("zh", "zh_CN"),
            ("en", "en_US"),
            ("en-gb", "en_GB"),
            ("de", "de"),
            ("PT-br", "pt_BR"),
        ] {
            assert_eq!(locale(tag).as_deref(), Some(name));
        }
        for no in ["", "x", "english", "../../etc", "en-", "de-1996", "zh-CN-x-y"] {
            assert_eq!(locale(no), None, "{no}");
        }
    }

    #[test]
    fn websites_are_of_the_web() {
        assert!(is_website("https://example.com/me") && is_website("http://example.com"));
        let long = format!("https://example.com/{}", "x".repeat(100));
        for no in ["javascript:alert(1)", "ftp://example.com", "example.com", "https://", long.as_str()] {
            assert!(!is_website(no), "{no}");
        }
    }
}
