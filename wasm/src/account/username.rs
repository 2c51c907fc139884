//! What a new user is called. Names are given once and never changed later.
//!
//! A name in another script comes first as it is, for sites whose plugins let WordPress keep it, then in Latin letters.

use crate::settings::Usernames;
use crate::text::deunicode;
use crate::token::Visitor;

/// WordPress's limit of `user_login`, in characters.
const MAX_LOGIN_CHARS: usize = 60;
/// WordPress's limit of `user_nicename`, in characters.
const MAX_NICENAME_CHARS: usize = 50;
/// How many numbered names are tried before the one that cannot collide.
const NUMBERED: usize = 4;
/// Names that attackers try first and readers take for the site's own: nobody gets them, or what looks like them, without a
/// number.
const RESERVED: &[&str] = &[
    "admin",
    "administrator",
    "editor",
    "hostmaster",
    "info",
    "moderator",
    "postmaster",
    "root",
    "support",
    "system",
    "webmaster",
    "wordpress",
];

/// Candidates for `user_login`, the most wanted first; the last is made of the identity alone.
pub fn logins(visitor: &Visitor, strategy: &Usernames) -> Vec<String> {
    let wanted = match strategy {
        Usernames::Email => email(visitor),
        Usernames::Username => username(visitor),
        Usernames::Smart => smart(visitor),
        Usernames::Template(template) => Some(filled(template, visitor)).filter(|text| is_readable(&login(text))),
    };
    let wanted = match strategy {
        Usernames::Template(_) => wanted.or_else(|| smart(visitor)),
        _ => wanted,
    };
    let mut all = candidates(wanted.as_deref().map(login), visitor, MAX_LOGIN_CHARS);
    if let Some(original) = wanted.as_deref().and_then(original) {
        all.insert(0, original);
    }
    all
}

fn smart(visitor: &Visitor) -> Option<String> {
    email(visitor)
        .or_else(|| username(visitor))
        .or_else(|| named(visitor, "name"))
        .or_else(|| named(visitor, "phone_number"))
}

fn email(visitor: &Visitor) -> Option<String> {
    visitor.verified_email().map(str::to_owned)
}

fn username(visitor: &Visitor) -> Option<String> {
    named(visitor, "username").or_else(|| named(visitor, "preferred_username"))
}

/// A name that the visitor chose. It never looks like an email address, which nobody has verified.
fn named(visitor: &Visitor, claim: &str) -> Option<String> {
    visitor.string_claim(claim).map(|name| name.replace('@', "")).filter(|name| is_readable(&login(name)))
}

/// The template with what is known about the visitor; what is not known leaves nothing behind.
fn filled(template: &str, visitor: &Visitor) -> String {
    let claim = |name: &str| visitor.string_claim(name).unwrap_or_default().replace('@', "");
    let email = visitor.verified_email().unwrap_or_default();
    let (mut text, mut rest) = (String::new(), template);
    while let Some((before, name, after)) = rest
        .split_once('{')
        .and_then(|(before, after)| after.split_once('}').map(|(name, after)| (before, name, after)))
    {
        text.push_str(before);
        text.push_str(&match name {
            "username" => username(visitor).unwrap_or_default(),
            "email" => email.to_owned(),
            "email_local" => email.rsplit_once('@').map(|(local, _)| local.to_owned()).unwrap_or_default(),
            "phone" => claim("phone_number"),
            "hash" => visitor.short_hash(),
            name => claim(name),
        });
        rest = after;
    }
    text + rest
}

/// A name in another script, if WordPress may keep it at all.
fn original(text: &str) -> Option<String> {
    let kept: String = text.chars().filter(|c| c.is_alphanumeric() || " _.-@".contains(*c)).collect();
    let kept = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = !kept.is_ascii() && kept.chars().count() <= MAX_LOGIN_CHARS && !is_reserved(&kept);
    fits.then_some(kept)
}

/// Candidates for `user_nicename`, which shows in author URLs: never the email address or the phone number.
pub fn nicenames(visitor: &Visitor) -> Vec<String> {
    let slug = |name: &str| visitor.string_claim(name).map(slug).filter(|slug| is_readable(slug));
    candidates(slug("username").or_else(|| slug("name")), visitor, MAX_NICENAME_CHARS)
}

fn candidates(wanted: Option<String>, visitor: &Visitor, longest: usize) -> Vec<String> {
    let last = format!("user-{}", visitor.short_hash());
    let mut all = Vec::with_capacity(NUMBERED + 3);
    if let Some(wanted) = wanted {
        let plain = shortened(&wanted, longest, "");
        if !is_reserved(&plain) {
            all.push(plain);
        }
        all.extend((2..2 + NUMBERED).map(|number| shortened(&wanted, longest, &format!("-{number}"))));
    }
    all.push(last);
    all
}

/// Whether readers could take a name for a reserved one: `A.d.m.i.n`, `adm1n`, `аdmin` with a Cyrillic letter.
fn is_reserved(name: &str) -> bool {
    let skeleton = |text: &str| -> String {
        let letters = text.chars().filter(char::is_ascii_alphanumeric).map(|c| match c.to_ascii_lowercase() {
            '0' => 'o',
            '1' | 'l' => 'i',
            '3' => 'e',
            '5' => 's',
            other => other,
        });
        letters.collect()
    };
    let name = skeleton(&deunicode(name));
    RESERVED.iter().any(|reserved| skeleton(reserved) == name)
}

/// `text` with `suffix`, within `longest`; ASCII only, so bytes are characters.
fn shortened(text: &str, longest: usize, suffix: &str) -> String {
    let kept = text.len().min(longest - suffix.len());
    format!("{}{suffix}", text[..kept].trim_end_matches([' ', '-', '.', '_']))
}

/// In Latin letters, the characters that WordPress keeps under `sanitize_user( …, true )`.
fn login(text: &str) -> String {
    let kept: String = deunicode(text).chars().filter(|c| c.is_ascii_alphanumeric() || " _.-@".contains(*c)).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn slug(text: &str) -> String {
    let latin = deunicode(text);
    let words = latin.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_ascii_lowercase()
}

/// Two letters or digits at least: one is no name.
fn is_readable(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_alphanumeric).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::visitor::tests::visitor;
    use serde_json::{Value, json};

    fn first(claims: &Value, strategy: &Usernames) -> String {
        logins(&visitor(claims), strategy).remove(0)
    }

    #[test]
    fn smart_takes_the_first_that_there_is() {
        let mut claims = json!({
            "email": "a@b.example", "email_verified": true, "username": "username",
            "name": "Ann Example", "phone_number": "8613800000002"
        });
        for (gone, expected) in [
            ("", "a@b.example"),
            ("email", "username"),
            ("username", "Ann Example"),
            ("name", "8613800000002"),
            ("phone_number", "user-"),
        ] {
            claims[gone] = Value::Null;
            let login = first(&claims, &Usernames::Smart);
            assert!(login == expected || (expected == "user-" && login.len() == 17), "{gone}: {login}");
        }
    }

    #[test]
    fn the_other_strategies_fall_back_to_the_hash() {
        let person = json!({"name": "Ann Example"});
        assert!(first(&person, &Usernames::Email).starts_with("user-"));
        assert!(first(&person, &Usernames::Username).starts_with("user-"));
        assert_eq!(first(&json!({"username": "ann"}), &Usernames::Username), "ann");
    }

    #[test]
    fn a_name_in_another_script_stands_first_and_then_in_latin_letters() {
        for (name, latin, slug) in [
            ("李四", "Li Si", "li-si"),
            ("Иван Петров", "Ivan Petrov", "ivan-petrov"),
            ("Zoë Øster", "Zoe Oster", "zoe-oster"),
            ("γιώργος", "giorgos", "giorgos"),
        ] {
            let all = logins(&visitor(&json!({"name": name})), &Usernames::Smart);
            assert_eq!((all[0].as_str(), all[1].as_str()), (name, latin));
            assert_eq!(nicenames(&visitor(&json!({"name": name})))[0], slug);
        }
    }

    #[test]
    fn what_is_no_name_is_passed_over() {
        for name in ["…", "李", "-", "!"] {
            let login = first(&json!({"name": name, "phone_number": "861380"}), &Usernames::Smart);
            assert!(login == "861380" || name == "李", "{name}: {login}");
        }
    }

    #[test]
    fn a_template_is_filled_with_what_is_known() {
        let person = json!({"given_name": "Ann", "family_name": "Example", "name": "Ann Example", "phone_number": "861380",
            "email": "ann.e@b.example", "email_verified": true});
        let with = |template: &str| first(&person, &Usernames::Template(template.to_owned()));
        assert_eq!(with("{given_name}.{family_name}"), "Ann.Example");
        assert_eq!(with("{email_local}"), "ann.e");
        assert_eq!(with("m-{phone}"), "m-861380");
        assert_eq!(with("{username}"), "ann.e@b.example", "nothing known: as without a template");
        assert_eq!(with("guest-{hash}").len(), "guest-".len() + 12);
        assert_eq!(with("{email}{username}"), "ann.e@b.example");
        let unverified = json!({"email": "victim@b.example", "email_verified": false, "name": "Ann"});
        assert_eq!(first(&unverified, &Usernames::Template("{email}".to_owned())), "Ann");
        let braces = json!({"name": "{hash}"});
        assert_eq!(first(&braces, &Usernames::Template("{name}".to_owned())), "hash", "a claim is no template");
    }

    #[test]
    fn reserved_names_get_a_number() {
        for name in ["admin", "Root", "ádmin"] {
            let all = logins(&visitor(&json!({"username": name})), &Usernames::Username);
            let latin = all.iter().find(|login| login.is_ascii()).expect("a login");
            assert!(latin.ends_with("-2"), "{all:?}");
        }
        assert_eq!(nicenames(&visitor(&json!({"username": "admin"})))[0], "admin-2");
    }

    #[test]
    fn collisions_get_a_number_and_the_last_is_unique() {
        let all = logins(&visitor(&json!({"username": "x".repeat(90)})), &Usernames::Smart);
        assert_eq!(all.len(), NUMBERED + 2);
        assert!(all.iter().all(|login| login.len() <= MAX_LOGIN_CHARS));
        assert!(all[1].ends_with("-2") && all.last().is_some_and(|login| login.starts_with("user-")));
    }

    #[test]
    fn author_urls_never_show_an_address_or_a_phone_number() {
        let person = visitor(&json!({"email": "a@b.example", "email_verified": true, "phone_number": "8613800000002"}));
        assert!(nicenames(&person).iter().all(|nicename| nicename.starts_with("user-")));
    }

    /// Fault S15: the names `boss@corp.example` and `@admin` became usernames although nothing was verified.
    #[test]
    fn fault_s15_a_name_is_no_address_and_no_reserved_name() {
        for (name, login) in [
            ("boss@corp.example", "bosscorp.example"),
            ("admin@", "admin-2"),
            ("@admin", "admin-2"),
            ("A.d.m.i.n", "A.d.m.i.n-2"),
            ("adm1n", "adm1n-2"),
            ("r00t", "r00t-2"),
            ("аdmin", "admin-2"),
            ("Adminah", "Adminah"),
        ] {
            for claim in ["username", "name"] {
                let all = logins(&visitor(&json!({ claim: name })), &Usernames::Smart);
                assert_eq!(all[0], login, "{claim} {name}");
                assert!(all.iter().all(|login| !login.contains('@')), "{all:?}");
            }
        }
    }
}
