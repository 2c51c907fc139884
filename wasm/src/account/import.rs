//! Which links of Logto's own plugin become identities.
//!
//! Such a link is a subject in user meta, bound to no issuer. That plugin selects accounts by email address and lets a
//! new link replace an older one, so several users can have one subject: then it belongs to none of them. The link of a
//! privileged user may be somebody else's, so it is imported only when the admin asks for it.

use crate::protocol::{LinkVerdict, StoredLink};

/// Longest subject, in ASCII characters (OpenID Connect Core §2).
const MAX_SUBJECT_CHARS: usize = 255;

/// What becomes of a link.
pub fn classify(link: &StoredLink, include_privileged: bool) -> LinkVerdict {
    match link.owner {
        _ if !link.exists || link.user_id == 0 => LinkVerdict::UserMissing,
        _ if !is_subject(&link.subject) => LinkVerdict::Unusable,
        Some(owner) if owner == link.user_id => LinkVerdict::AlreadyLinked,
        Some(_) => LinkVerdict::LinkedToOther,
        None if link.repeated => LinkVerdict::Ambiguous,
        None if link.has_other_subject => LinkVerdict::HasOtherSubject,
        None if link.privileged && !include_privileged => LinkVerdict::Privileged,
        None => LinkVerdict::New,
    }
}

fn is_subject(text: &str) -> bool {
    (1..=MAX_SUBJECT_CHARS).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic()) && !is_serialized(text)
}

/// Whether PHP has written something else than a text there: `i:7;`, `a:0:{}`, `O:8:"stdClass":0:{}`, `N;`.
fn is_serialized(text: &str) -> bool {
    let (head, end) = (text.as_bytes(), text.ends_with(';') || text.ends_with('}'));
    text == "N;" || end && matches!(head, [kind, b':', ..] if b"abdisCEOS".contains(kind))
}

#[cfg(test)]
mod tests {
    use crate::protocol::{LinkVerdict, StoredLink};

    fn link(subject: &str) -> StoredLink {
        StoredLink {
            user_id: 7,
            exists: true,
            subject: subject.to_owned(),
            repeated: false,
            has_other_subject: false,
            privileged: false,
            owner: None,
        }
    }

    fn classify(link: &StoredLink) -> LinkVerdict {
        super::classify(link, false)
    }

    #[test]
    fn a_subject_is_short_ascii_text() {
        for subject in ["v7k2mq0xw9ab", "5", "a:b", "O:nobody", "auth0|x", &"x".repeat(255)] {
            assert_eq!(classify(&link(subject)), LinkVerdict::New, "{subject}");
        }
        let too_long = "x".repeat(256);
        for subject in ["", " ", "two words", "x\n", "名", "x\u{fffd}", &too_long] {
            assert_eq!(classify(&link(subject)), LinkVerdict::Unusable, "{subject:?}");
        }
    }

    #[test]
    fn what_php_has_serialized_is_no_subject() {
        for subject in
            ["i:7;", "b:1;", "N;", "a:0:{}", "O:8:\"stdClass\":0:{}", "s:3:\"abc\";", "d:0.5;", "E:3:\"A:B\";"]
        {
            assert_eq!(classify(&link(subject)), LinkVerdict::Unusable, "{subject}");
        }
    }

    #[test]
    fn an_identity_stays_with_whom_it_belongs_to() {
        assert_eq!(classify(&StoredLink { owner: Some(7), ..link("subject") }), LinkVerdict::AlreadyLinked);
        assert_eq!(
            classify(&StoredLink { owner: Some(7), repeated: true, ..link("subject") }),
            LinkVerdict::AlreadyLinked
        );
        for owner in [8, 0] {
            assert_eq!(classify(&StoredLink { owner: Some(owner), ..link("subject") }), LinkVerdict::LinkedToOther);
        }
    }

    #[test]
    fn what_several_users_claim_goes_to_none() {
        for privileged in [false, true] {
            let repeated = StoredLink { repeated: true, has_other_subject: true, privileged, ..link("subject") };
            assert_eq!(super::classify(&repeated, true), LinkVerdict::Ambiguous);
        }
    }

    #[test]
    fn a_user_gets_no_second_account_of_the_tenant() {
        assert_eq!(classify(&StoredLink { has_other_subject: true, ..link("subject") }), LinkVerdict::HasOtherSubject);
        assert_eq!(
            classify(&StoredLink { has_other_subject: true, owner: Some(7), ..link("subject") }),
            LinkVerdict::AlreadyLinked
        );
    }

    #[test]
    fn an_administrator_is_linked_only_when_asked_for() {
        let admin = StoredLink { privileged: true, ..link("subject") };
        assert_eq!(
            (super::classify(&admin, false), super::classify(&admin, true)),
            (LinkVerdict::Privileged, LinkVerdict::New)
        );
        let linked = StoredLink { owner: Some(7), ..admin };
        assert_eq!(super::classify(&linked, false), LinkVerdict::AlreadyLinked);
        let elsewhere = StoredLink { has_other_subject: true, owner: None, ..linked };
        assert_eq!(super::classify(&elsewhere, true), LinkVerdict::HasOtherSubject);
    }

    #[test]
    fn a_deleted_user_gets_nothing() {
        assert_eq!(
            classify(&StoredLink { exists: false, owner: Some(7), ..link("subject") }),
            LinkVerdict::UserMissing
        );
        assert_eq!(classify(&StoredLink { user_id: 0, ..link("subject") }), LinkVerdict::UserMissing);
    }
}
