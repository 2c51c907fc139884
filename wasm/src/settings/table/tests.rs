//! What holds for every row.

use super::{TABLE, row};
use crate::protocol::Manager;
use crate::settings::row::Kind::{Choice, Flag, Text};
use crate::settings::row::Row;
use crate::settings::row::Section::{Accounts, Api, Connection, Dingtalk};
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeSet;

fn names(rows: impl Fn(&Row) -> bool) -> Vec<&'static str> {
    TABLE.iter().filter(|row| rows(row)).map(|row| row.name).collect()
}

#[test]
fn names_are_unique() {
    let unique: BTreeSet<_> = TABLE.iter().map(|row| row.name).collect();
    assert_eq!(unique.len(), TABLE.len());
    for name in unique {
        assert!(name.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_')), "{name}");
        assert_eq!(row(name).name, name);
    }
}

#[test]
fn a_secret_is_called_one() {
    assert_eq!(names(|row| row.secret), names(|row| row.name.ends_with("_secret")));
}

/// Fault S2: `form_login` and `remember_session` were each site's, but a session of one site is a session of the
/// others: whoever was kept out of the main site logged in with a password elsewhere.
#[test]
fn fault_s2_a_site_manages_buttons_roles_and_avatars_and_the_network_the_rest() {
    let sections = [Connection, Dingtalk, Accounts, Api];
    let ways_in = ["form_login", "application_passwords", "xmlrpc_login"];
    let sessions = ["remember_session", "session_days", "revalidate_minutes", "logout_application_passwords"];

    let networks =
        |row: &Row| sections.contains(&row.section) || [&ways_in[..], &sessions].concat().contains(&row.name);
    let of_a_site = names(|row| row.managed_by == Manager::Site);

    assert!(!of_a_site.is_empty());
    assert_eq!(names(|row| networks(row) && of_a_site.contains(&row.name)), [""; 0]);
}

#[test]
fn a_default_is_what_an_empty_setting_means() {
    let mut required = Vec::new();
    for row in TABLE {
        let default = if matches!(row.kind, Flag) { json!(row.default == "on") } else { json!(row.default) };
        match row.sanitize(&json!(null)) {
            Ok(value) => {
                assert_eq!(value, default, "{}", row.name);
                assert_eq!(row.sanitize(&default).as_ref(), Ok(&default), "{}", row.name);
            }
            Err(_) => required.push(row.name),
        }
    }

    let expected = ["endpoint", "app_id", "app_secret", "dingtalk_client_id", "dingtalk_client_secret"];
    assert_eq!(required, [expected.as_slice(), &["username_template"]].concat());
}

#[test]
fn a_default_is_of_its_kind() {
    for row in TABLE {
        match &row.kind {
            Flag => assert!(["on", "off"].contains(&row.default), "{}", row.name),
            Choice(values, _) => assert!(values.contains(&row.default), "{}", row.name),
            Text(_) => assert!(!row.secret || row.default.is_empty(), "{}", row.name),
        }
    }
}

#[test]
fn a_row_says_in_a_sentence_what_it_does() {
    for row in TABLE {
        assert!(row.about.ends_with('.') && !row.about.contains(['|', '\n']), "{}", row.name);
    }
}

proptest! {
    #[test]
    fn any_text_has_one_form_or_a_problem_of_its_row(text in ".{0,40}", lines in "([a-z:{}]{0,6}[ =,.@\n]{0,2}){0,8}") {
        for row in TABLE {
            for given in [&text, &lines] {
                match row.sanitize(&json!(given)) {
                    Ok(once) => prop_assert_eq!(row.sanitize(&once), Ok(once), "{}", row.name),
                    Err(code) => prop_assert!(row.problems().contains(&code), "{}: {}", row.name, code),
                }
            }
        }
    }
}
