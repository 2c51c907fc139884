//! Connecting an account that exists: proofs from both sides, and nothing before them.

use super::access::with;
use super::accounts::{local, sign_in_as};
use crate::core::Core;
use crate::message::Parameters;
use crate::site::{Site, Start, accounts::Access, browser::Browser, outcome::Outcome};
use serde_json::{Value, json};

const COOKIE: &str = "wordpress_logto_connect";

/// A site where an account has Alice's address, and Alice back from the provider: in her browser, before the question.
fn asked(site: &mut Site<'_>, settings: &Value) -> (Browser, u64) {
    with(settings, site);
    let user = local(site, "alice", "Alice@example.com");
    let mut browser = Browser::new();
    site.sign_in(&mut browser).assert_asked();
    assert!(browser.cookies.contains_key(COOKIE) && browser.cookies.len() == 1, "{:?}", browser.cookies.keys());
    (browser, user)
}

fn page<'o>(outcome: &'o Outcome, step: &str) -> &'o Value {
    assert_eq!((outcome.kind(), outcome.text("step")), ("connect_page", step), "{}", outcome.0);
    &outcome.0
}

fn linked(outcome: &Outcome) -> Option<u64> {
    assert_eq!(outcome.kind(), "identity_linked", "{}", outcome.0);
    outcome.0["user_id"].as_u64()
}

/// The password's proof: a login after the sign-in, by whatever plugins take part in it.
pub fn a_login_with_the_password_connects_the_account(core: &mut dyn Core) {
    for settings in [json!({}), json!({"link_by_email": true})] {
        let mut site = Site::new(core);
        let (mut browser, user) = asked(&mut site, &settings);
        site.accounts.users[0].access = vec![(Access::Session, "somebody"), (Access::Password, "the owner")];
        page(&site.connect(&mut browser, None, ""), "prove");
        site.connect(&mut browser, Some("connect"), "").assert_refused(400, "connect_expired");

        site.log_in(&mut browser, user);
        let shown = site.connect(&mut browser, None, "");
        assert_eq!(page(&shown, "confirm")["user_id"], json!(user));
        assert_eq!((shown.text("name"), shown.text("email")), ("Alice Example", "alice@example.com"));
        assert!(site.accounts.identities.is_empty(), "nothing before the confirmation");

        assert_eq!(linked(&site.connect(&mut browser, Some("connect"), "")), Some(user));
        assert_eq!(site.accounts.users[0].access, [(Access::Password, "the owner")], "other sessions end");
        assert!(browser.cookies.is_empty(), "the connection is over");
        assert_eq!(site.sign_in(&mut Browser::new()).assert_signed_in(), user);
    }
}

/// A stranger's connection waited in a browser, and the next person who logged in there was asked to take it.
pub fn a_new_attempt_ends_a_connection_that_waits(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let (mut browser, user) = asked(&mut site, &json!({}));

    site.start(&mut browser, &Start::default()).url("start");

    assert!(!browser.cookies.contains_key(COOKIE));
    site.log_in(&mut browser, user);
    site.connect(&mut browser, None, "").assert_refused(400, "connect_expired");
}

/// Fault S1: an address in `user_email`, which WordPress never proved, made the account the visitor's, and its password,
/// sessions and identities stayed with whoever had entered the address.
pub fn fault_s1_a_prehijacked_account_is_the_owners_alone(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.know_dingtalk();
    let (mut browser, user) = asked(&mut site, &json!({"link_by_email": true, "role_map": "boss = administrator"}));
    site.provider.visitor.claims.insert("roles".to_owned(), json!(["boss"]));
    site.accounts.users[0].access = vec![(Access::Session, "the attacker"), (Access::Password, "the attacker")];
    let attackers = ("d".repeat(64), "the attacker at DingTalk".to_owned());
    site.accounts.identities.insert(attackers.clone(), user);
    assert_eq!(site.accounts.user(user).roles, ["subscriber"], "no role for an address");

    assert_eq!(page(&site.connect(&mut browser, None, ""), "prove")["may_mail"], json!(true));
    page(&site.connect(&mut browser, Some("mail"), ""), "mailed");
    page(&site.connect(&mut browser, Some("mail"), ""), "mailed");
    let mails = site.accounts.mails.clone();
    assert_eq!(mails.len(), 1, "one mail, however often it is asked for");
    assert_eq!(mails[0].0, "alice@example.com");

    // In another browser the link is nobody's, the attacker's own included.
    let mut elsewhere = Browser::new();
    site.log_in(&mut elsewhere, user);
    for choice in [None, Some("connect")] {
        site.connect(&mut elsewhere, choice, &mails[0].1).assert_refused(400, "connect_expired");
    }
    page(&site.connect(&mut browser, None, &mails[0].1), "confirm_mailed");
    assert_eq!(site.accounts.identities.len(), 1, "opening a link changes nothing");

    let outcome = site.connect(&mut browser.clone(), Some("connect"), &mails[0].1);
    assert_eq!((linked(&outcome), &outcome.0["sign_in"]), (Some(user), &json!(true)));
    assert_eq!(site.accounts.users[0].access, []);
    assert!(!site.accounts.identities.contains_key(&attackers));
    assert_eq!(site.sign_in(&mut Browser::new()).assert_signed_in(), user);
    assert_eq!(
        site.accounts.user(user).roles,
        ["subscriber", "administrator"],
        "what the provider gives is the owner's"
    );

    // The same cookie and code once more.
    site.connect(&mut browser, Some("connect"), &mails[0].1).assert_refused(400, "connect_expired");
}

/// The code of a mailed link is good once, whatever became of the identity since.
pub fn a_mailed_link_works_once(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let (mut browser, user) = asked(&mut site, &json!({"link_by_email": true}));
    site.connect(&mut browser, Some("mail"), "");
    let mailed = site.accounts.mails[0].1.clone();
    assert_eq!(linked(&site.connect(&mut browser.clone(), Some("connect"), &mailed)), Some(user));
    site.accounts.identities.clear();
    site.connect(&mut browser, Some("connect"), &mailed).assert_refused(400, "state_used");
    assert!(site.accounts.identities.is_empty());
}

/// A mailed link gives no privilege, takes no account that is linked, and follows no address that moved away.
pub fn a_mailed_link_is_for_harmless_accounts_of_that_address(core: &mut dyn Core) {
    let linking = json!({"link_by_email": true});
    let facts = |privileged: bool, linked: bool, user: u64| json!({"user_id": user, "privileged": privileged, "linked": linked});
    for (settings, now) in [
        (&linking, facts(true, false, 1)),
        (&linking, facts(false, true, 1)),
        (&linking, facts(false, false, 2)),
        (&linking, json!({"user_id": null})),
        (&json!({"link_by_email": false}), facts(false, false, 1)),
    ] {
        let mut site = Site::new(core);
        let (mut browser, _) = asked(&mut site, &linking);
        with(settings, &mut site);
        site.answers.insert("find_email_match", now.clone());
        page(&site.connect(&mut browser, Some("mail"), ""), "mailed");
        assert_eq!(site.performed("send_connect_mail"), 0, "{now}");

        site.answers.clear();
        with(&linking, &mut site);
        site.connect(&mut browser, Some("mail"), "");
        let mailed = site.accounts.mails[0].1.clone();
        with(settings, &mut site);
        site.answers.insert("find_email_match", now.clone());
        site.connect(&mut browser, Some("connect"), &mailed).assert_refused(400, "connect_expired");
        assert!(site.accounts.identities.is_empty(), "{now}");
    }

    let mut site = Site::new(core);
    local(&mut site, "alice", "alice@example.com");
    site.accounts.users[0].roles = vec!["administrator".to_owned()];
    with(&linking, &mut site);
    let mut browser = Browser::new();
    site.sign_in(&mut browser).assert_asked();
    assert_eq!(page(&site.connect(&mut browser, None, ""), "prove")["may_mail"], json!(false));
}

/// Codes that were guessed, cut or left out.
pub fn another_code_connects_nothing(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let (mut browser, _) = asked(&mut site, &json!({"link_by_email": true}));
    site.connect(&mut browser, Some("mail"), "");
    let mailed = site.accounts.mails[0].1.clone();
    let mut other = Browser::new();
    site.accounts.mails.clear();
    site.sign_in(&mut other).assert_asked();
    site.connect(&mut other, Some("mail"), "");
    let others = site.accounts.mails[0].1.clone();
    for wrong in [&mailed[1..], &format!("{mailed}A"), &others, "A", &mailed.to_ascii_lowercase()] {
        for choice in [None, Some("connect")] {
            site.connect(&mut browser, choice, wrong).assert_refused(400, "connect_expired");
        }
    }
    assert!(site.accounts.identities.is_empty() && browser.cookies.contains_key(COOKIE), "the right one still works");
    page(&site.connect(&mut browser, None, &mailed), "confirm_mailed");
}

/// A session that was open before proves nothing: its owner may have left it open.
pub fn fault_s6_an_older_session_connects_nothing(core: &mut dyn Core) {
    for proven_at in [None, Some(1)] {
        let mut site = Site::new(core);
        let (mut browser, user) = asked(&mut site, &json!({}));
        (browser.session, browser.proven_at) = (Some(user), proven_at);
        page(&site.connect(&mut browser, None, ""), "prove");
        site.connect(&mut browser, Some("connect"), "").assert_refused(400, "connect_expired");
        assert!(site.accounts.identities.is_empty());
    }
}

/// The cookie altered, of another site, or gone.
pub fn an_altered_connection_is_refused(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let (browser, user) = asked(&mut site, &json!({}));
    let value = browser.cookies[COOKIE].value.clone();
    let flipped = |at: usize| {
        let other = if value.as_bytes()[at] == b'A' { "B" } else { "A" };
        format!("{}{other}{}", &value[..at], &value[at + 1..])
    };
    let mut values: Vec<String> = (0..value.len()).step_by(9).map(flipped).collect();
    values.extend([String::new(), value[..40].to_owned(), format!("{value}A")]);
    for altered in values {
        let mut tampered = browser.clone();
        tampered.cookies.get_mut(COOKIE).expect("the cookie").value = altered;
        site.log_in(&mut tampered, user);
        for choice in [None, Some("connect"), Some("mail"), Some("separate"), Some("cancel")] {
            site.connect(&mut tampered.clone(), choice, "").assert_refused(400, "connect_expired");
        }
    }
    site.connect(&mut Browser::new(), Some("connect"), "").assert_refused(400, "connect_expired");

    // The cookie of a sign-in under the connection's name, and the reverse.
    let mut other = Browser::new();
    site.start(&mut other, &Start::default()).url("start");
    let mut tampered = browser.clone();
    let others = &other.cookies.first_key_value().expect("a cookie").1.value;
    tampered.cookies.get_mut(COOKIE).expect("the cookie").value.clone_from(others);
    site.connect(&mut tampered, None, "").assert_refused(400, "connect_expired");
    site.facts["salt"] = json!("the salt of another site: 0123456789 abcdefghijklmno");
    site.connect(&mut browser.clone(), None, "").assert_refused(400, "connect_expired");
    assert!(site.accounts.identities.is_empty());
}

/// A visitor who wants another account gets one, with a placeholder where the address is taken.
pub fn a_separate_account_is_made_if_wanted(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let (mut browser, user) = asked(&mut site, &json!({}));
    assert_eq!(page(&site.connect(&mut browser, None, ""), "prove")["may_separate"], json!(true));
    let start = site.connect(&mut browser, Some("separate"), "").url("another sign-in");
    assert!(!browser.cookies.contains_key(COOKIE));
    let now = site.now();
    let back = site.provider.consent(&start, now);
    let id = site.callback(&mut browser, &back).assert_signed_in();
    assert_ne!(id, user);
    assert!(site.accounts.user(id).email.ends_with("@no-email.invalid"));
    assert_eq!(site.sign_in(&mut Browser::new()).assert_signed_in(), id);

    let mut site = Site::new(core);
    let (mut browser, _) = asked(&mut site, &json!({"provisioning": "off"}));
    assert_eq!(page(&site.connect(&mut browser, None, ""), "prove")["may_separate"], json!(false));
    site.connect(&mut browser, Some("separate"), "").assert_refused(403, "not_provisioned");
}

/// No question is asked of somebody who is not admitted, nor about an address that is not verified or would not be stored.
pub fn a_question_is_asked_of_whom_the_settings_admit(core: &mut dyn Core) {
    let mut site = Site::new(core);
    with(&json!({"required_organizations": "o1"}), &mut site);
    local(&mut site, "alice", "alice@example.com");
    site.sign_in(&mut Browser::new()).assert_refused(403, "organization_required");
    assert_eq!(site.performed("find_email_match"), 0);

    for verified in [json!(false), json!("true"), Value::Null] {
        let mut site = Site::new(core);
        with(&json!({"link_by_email": true}), &mut site);
        let victim = local(&mut site, "alice", "alice@example.com");
        let claims = json!({"email": "alice@example.com", "email_verified": verified});
        assert_ne!(sign_in_as(&mut site, "stranger", &claims).assert_signed_in(), victim);
        assert_eq!(site.performed("find_email_match"), 0);
    }

    let mut site = Site::new(core);
    with(&json!({"sync_email": "never"}), &mut site);
    local(&mut site, "alice", "alice@example.com");
    site.sign_in(&mut Browser::new()).assert_signed_in();
    assert_eq!(site.performed("find_email_match"), 0);
}

/// Fault S7: linking from the profile page took whoever's session was in the browser, silently: a stranger became the admin.
pub fn fault_s7_linking_names_the_identity_before_anything_is_stored(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let admin = local(&mut site, "admin", "admin@example.com");
    let other = local(&mut site, "other", "other@example.com");
    let mut browser = Browser::new();
    site.log_in(&mut browser, admin);
    let back = begin_linking(&mut site, &mut browser, admin);
    assert_eq!(site.provider.last_request.get("prompt").map(String::as_str), Some("login"));

    site.callback(&mut browser, &back).assert_asked();
    let shown = site.connect(&mut browser, None, "");
    assert_eq!(page(&shown, "confirm")["user_id"], json!(admin));
    assert_eq!((shown.text("name"), shown.text("email")), ("Alice Example", "alice@example.com"));
    assert!(site.accounts.identities.is_empty());

    for signed_in in [Some(other), None] {
        let mut changed = browser.clone();
        changed.session = signed_in;
        for choice in [None, Some("connect")] {
            site.connect(&mut changed, choice, "").assert_refused(403, "link_user_changed");
        }
    }
    site.connect(&mut browser.clone(), Some("mail"), "");
    site.connect(&mut browser.clone(), Some("separate"), "").assert_refused(403, "not_provisioned");
    assert_eq!((site.accounts.mails.len(), site.accounts.identities.len()), (0, 0));
    assert_eq!(site.connect(&mut browser.clone(), Some("cancel"), "").kind(), "redirect");
    site.connect(&mut Browser::new(), None, "").assert_refused(400, "connect_expired");

    site.accounts.users[0].access = vec![(Access::Session, "the user, elsewhere")];
    assert_eq!(linked(&site.connect(&mut browser, Some("connect"), "")), Some(admin));
    assert_eq!(site.accounts.users[0].access.len(), 1, "the profile page ends no sessions");
}

/// The identity is somebody's already, or becomes somebody's while the question waits.
pub fn an_identity_of_another_user_is_not_connected(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let owner = site.sign_in(&mut Browser::new()).assert_signed_in();
    let user = local(&mut site, "user", "user@example.com");
    let mut browser = Browser::new();
    site.log_in(&mut browser, user);
    let back = begin_linking(&mut site, &mut browser, user);
    site.callback(&mut browser, &back).assert_refused(409, "identity_taken");

    site.log_in(&mut browser, owner);
    let back = begin_linking(&mut site, &mut browser, owner);
    assert_eq!(linked(&site.callback(&mut browser, &back)), Some(owner), "it is theirs already");

    let mut site = Site::new(core);
    let (mut browser, user) = asked(&mut site, &json!({}));
    site.log_in(&mut browser, user);
    site.answers.insert("find_account", json!({"user_id": 99}));
    site.connect(&mut browser, Some("connect"), "").assert_refused(409, "identity_taken");
    site.answers.clear();
    site.answers.insert("link_identity", json!({"linked": false}));
    site.connect(&mut browser, Some("connect"), "").assert_refused(409, "identity_taken");
}

/// With the longest destination and other attempts open, all cookies together stay within 3 KiB.
pub fn a_connection_fits_the_budget_of_cookies(core: &mut dyn Core) {
    let mut site = Site::new(core);
    local(&mut site, "alice", "alice@example.com");
    let mut browser = Browser::new();
    let there = format!("https://wordpress.example/{}", "x".repeat(690));
    let start = Start { redirect_to: &there, ..Start::default() };
    let mut urls = Vec::new();
    for _ in 0..3 {
        urls.push(site.start(&mut browser, &start).url("start"));
    }
    let now = site.now();
    let back = site.provider.consent(urls.last().expect("a sign-in"), now);
    site.callback(&mut browser, &back).assert_asked();
    let bytes = |browser: &Browser| -> usize {
        let sent = browser.cookies_for("/wp-login.php", now);
        sent.iter().map(|(name, value)| name.len() + value.len() + 3).sum()
    };
    assert!(browser.cookies.contains_key(COOKIE) && bytes(&browser) <= 3 * 1024, "{}", bytes(&browser));
    site.start(&mut browser, &start).url("start");
    assert!(bytes(&browser) <= 3 * 1024, "{}", bytes(&browser));
}

/// Begins to link Logto as a signed-in user, and gives where the provider sends them back to.
fn begin_linking(site: &mut Site<'_>, browser: &mut Browser, user: u64) -> String {
    let cookies = browser.cookies_for("/wp-login.php", site.now());
    let there = "https://wordpress.example/wp-admin/profile.php";
    let input =
        json!({"provider": "logto", "link_to": user, "redirect_to": there, "canonical": true, "cookies": cookies});
    let url = site.operate("start", &input, browser).url("start");
    let now = site.now();
    site.provider.consent(&url, now)
}

/// The question when linking, and its parameters, at a provider that always asks.
pub fn dingtalk_asks_for_consent_when_linking(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.know_dingtalk();
    let input = json!({"provider": "dingtalk", "link_to": 7, "canonical": true});
    let url = site.operate("start", &input, &mut Browser::new()).url("start");
    assert_eq!(Parameters::of(&url).value("prompt"), "consent");
}
