//! Who is let in, who gets which account, and which roles.

use super::accounts::{local, sign_in_as};
use crate::core::Core;
use crate::message::Parameters;
use crate::provider::fault::{Fault, MetadataFault};
use crate::provider::visitor::Visitor;
use crate::site::{Site, Start, browser::Browser};
use serde_json::{Value, json};

const ALICE: &str = "alice00subject";

pub(super) fn with(settings: &Value, site: &mut Site<'_>) {
    for (field, value) in settings.as_object().expect("settings") {
        site.settings[field] = value.clone();
    }
}

fn address() -> Value {
    json!({"email": "alice@example.com", "email_verified": true})
}

/// Fault C19: “Try again” went to the same session at the provider, which was refused at once.
pub fn fault_c19_another_account_is_asked_for(core: &mut dyn Core) {
    for (settings, code) in [
        (json!({"provisioning": "off"}), "not_provisioned"),
        (json!({"required_organizations": "o1"}), "organization_required"),
        (json!({"require_verified_email": true}), "email_unverified"),
        (json!({"pending_approval": true}), "account_pending"),
    ] {
        let mut site = Site::new(core);
        with(&settings, &mut site);
        let refused = sign_in_as(&mut site, "stranger", &json!({"email": "a@b.example", "email_verified": false}));
        refused.assert_refused(403, code);
        assert_eq!(refused.0["another_account"], json!(true), "{code}");
    }
    let mut site = Site::new(core);
    site.provider.fault = Some(Fault::Metadata(MetadataFault::IssuerOther));
    assert_eq!(site.sign_in(&mut Browser::new()).0.get("another_account"), None);

    let mut site = Site::new(core);
    let mut asked = |another_account| {
        let start = Start { another_account, direct_sign_in: "social:dingtalk", ..Start::default() };
        Parameters::of(&site.start(&mut Browser::new(), &start).url("start"))
    };
    assert!(!asked(false).has("prompt"));
    let another = asked(true);
    assert_eq!((another.value("prompt"), another.value("direct_sign_in")), ("login", "social:dingtalk"));
}

/// Fault S22: `ceo@corp.example`, entered in a DingTalk profile, passed the allow list and selected an author's account.
pub fn fault_s22_an_address_of_a_social_account_decides_nothing(core: &mut dyn Core) {
    let claims = json!({
        "email": "ceo@corp.example", "email_verified": true,
        "identities": {"dingtalk": {"userId": "u", "details": {"id": "u", "email": "ceo@corp.example"}}},
    });
    let listed = json!({"provisioning": "allow_list", "allow_email_domains": "corp.example"});
    for (settings, code) in
        [(listed.clone(), "not_provisioned"), (json!({"require_verified_email": true}), "email_unverified")]
    {
        let mut site = Site::new(core);
        with(&settings, &mut site);
        sign_in_as(&mut site, "stranger", &claims).assert_refused(403, code);
        assert!(site.accounts.users.is_empty());
    }
    let mut site = Site::new(core);
    with(&json!({"link_by_email": true}), &mut site);
    let author = local(&mut site, "ceo", "ceo@corp.example");
    site.provider.visitor = Visitor::new("stranger", &claims);
    let mut browser = Browser::new();
    site.sign_in(&mut browser).assert_asked();
    assert_eq!(site.connect(&mut browser, None, "").0["may_mail"], json!(false));
    site.connect(&mut browser, Some("mail"), "");
    assert!(site.accounts.mails.is_empty(), "nobody at {author} is asked to let a stranger in");

    let mut site = Site::new(core);
    with(&listed, &mut site);
    site.settings["trusted_email_connectors"] = json!("google dingtalk");
    sign_in_as(&mut site, "colleague", &claims).assert_signed_in();
}

/// `provisioning`: off, or for those on a list; who has an account is signed in all the same.
pub fn accounts_are_made_for_whom_the_settings_say(core: &mut dyn Core) {
    let listed = json!({"provisioning": "allow_list", "allow_email_domains": "example.com", "allow_roles": "staff"});
    for (settings, claims, made) in [
        (json!({"provisioning": "off"}), address(), false),
        (json!({"provisioning": "on"}), address(), true),
        (listed.clone(), address(), true),
        (listed.clone(), json!({"roles": ["staff"]}), true),
        (listed.clone(), json!({"roles": ["guest"], "email": "a@elsewhere.example", "email_verified": true}), false),
        (json!({"provisioning": "allow_list"}), address(), false),
        (json!({"provisioning": "a word of another version"}), address(), false),
    ] {
        let mut site = Site::new(core);
        with(&settings, &mut site);
        let outcome = sign_in_as(&mut site, ALICE, &claims);
        if made {
            outcome.assert_signed_in();
        } else {
            outcome.assert_refused(403, "not_provisioned");
            assert!(site.accounts.users.is_empty() && site.accounts.identities.is_empty(), "{settings}");
        }
    }
    let mut site = Site::new(core);
    let user = sign_in_as(&mut site, ALICE, &address()).assert_signed_in();
    with(&json!({"provisioning": "off"}), &mut site);
    assert_eq!(sign_in_as(&mut site, ALICE, &address()).assert_signed_in(), user);
}

/// `pending_approval`: the account is made, and nobody is signed in before an admin approves.
///
/// WordPress could not tell whose sign-in had been refused, so its page could offer nothing to them.
pub fn a_new_account_may_wait_for_an_admin(core: &mut dyn Core) {
    let mut site = Site::new(core);
    with(&json!({"pending_approval": "1"}), &mut site);
    for _ in 0..2 {
        let mut browser = Browser::new();
        let refused = site.sign_in(&mut browser);
        refused.assert_refused(403, "account_pending");
        assert_eq!(refused.0["user_id"], json!(site.accounts.users[0].id));
        assert_eq!(browser.session, None);
    }
    assert_eq!((site.accounts.users.len(), site.accounts.users[0].roles.len()), (1, 0));
    site.accounts.users[0].pending = false;
    site.sign_in(&mut Browser::new()).assert_signed_in();
}

/// `required_organizations`: at every sign-in, not just the first.
pub fn an_organization_can_be_required(core: &mut dyn Core) {
    let mut site = Site::new(core);
    with(&json!({"required_organizations": "o1\no2"}), &mut site);
    sign_in_as(&mut site, ALICE, &json!({})).assert_refused(403, "organization_required");
    assert!(site.accounts.users.is_empty() && site.accounts.identities.is_empty());
    let user = sign_in_as(&mut site, ALICE, &json!({"organizations": ["o2"]})).assert_signed_in();
    sign_in_as(&mut site, ALICE, &json!({"organizations": ["o3"]})).assert_refused(403, "organization_required");
    assert_eq!(sign_in_as(&mut site, ALICE, &json!({"organizations": ["o1"]})).assert_signed_in(), user);
}

/// Fault S10: after `organization_required`, the user kept the mapped role and every session of the provider.
pub fn fault_s10_a_refusal_ends_what_the_provider_gave(core: &mut dyn Core) {
    let mut site = Site::new(core);
    with(&json!({"required_organizations": "o1", "role_map": "boss = administrator"}), &mut site);
    local(&mut site, "owner", "owner@example.com");
    site.accounts.users[0].roles = vec!["administrator".to_owned()];
    let member = json!({"organizations": ["o1"], "roles": ["boss"]});
    let user = sign_in_as(&mut site, ALICE, &member).assert_signed_in();
    assert_eq!(site.accounts.user(user).roles, ["administrator"]);

    sign_in_as(&mut site, ALICE, &json!({"organizations": [], "roles": ["boss"]}))
        .assert_refused(403, "organization_required");

    assert_eq!(site.accounts.user(user).roles, ["subscriber"]);
    assert_eq!(site.accounts.user(user).revoked_by.len(), 1);
    assert!(site.log.iter().any(|(code, _)| code == "access_revoked"), "{:?}", site.log);
    sign_in_as(&mut site, "a stranger", &json!({})).assert_refused(403, "organization_required");
    sign_in_as(&mut site, ALICE, &member).assert_signed_in();
    assert_eq!(site.accounts.user(user).roles, ["administrator"]);
    assert!(site.accounts.user(user).revoked_by.is_empty());

    with(&json!({"required_organizations": "", "require_verified_email": true}), &mut site);
    sign_in_as(&mut site, ALICE, &member).assert_refused(403, "email_unverified");
    assert_eq!(site.accounts.user(user).revoked_by.len(), 1);
    site.answers.insert("revoke_access", json!({}));
    sign_in_as(&mut site, ALICE, &member).assert_refused(500, "protocol_error");
}

/// Fault S10: whoever left the organization of a site was refused there, and stayed a member whose open session worked.
/// A user whom an admin made a member, or who never was one, loses nothing by being refused.
pub fn fault_s10_who_left_an_organization_leaves_its_site(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.facts["blog_id"] = json!(2);
    with(&json!({"site_map": "o1 = 2\no2 = 3"}), &mut site);
    let user = sign_in_as(&mut site, ALICE, &json!({"organizations": ["o1"]})).assert_signed_in();
    site.accounts.users[0].sites = vec![1, 2];
    assert_eq!(granted_sites(&site, user), [2], "an account made on a mapped site is a gift of the mapping");

    for _ in 0..2 {
        sign_in_as(&mut site, ALICE, &json!({"organizations": ["o2"]})).assert_refused(403, "not_a_member");
    }

    assert_eq!((site.accounts.user(user).sites.clone(), granted_sites(&site, user)), (vec![1], vec![]));
    assert!(site.accounts.user(user).revoked_by.is_empty(), "the sessions of the other sites stay");
    assert_eq!(site.performed("revoke_access"), 1);
}

/// Fault S10, S2: a sign-in at another tenant, or where nothing is mapped, took back what the first one gave.
pub fn fault_s10_another_issuer_takes_nothing_back(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.facts["blog_id"] = json!(1);
    with(&json!({"site_map": "o1 = 2", "role_map": "staff = editor"}), &mut site);
    let user = sign_in_as(&mut site, ALICE, &json!({"organizations": ["o1"], "roles": ["staff"]})).assert_signed_in();
    site.accounts.users[0].sites.push(1);
    let given = std::mem::take(&mut site.accounts.users[0].granted_roles).into_values().next().expect("roles");
    site.accounts.users[0].granted_roles.insert("another issuer".to_owned(), given);
    let given = std::mem::take(&mut site.accounts.users[0].granted_sites).into_values().next().expect("sites");
    site.accounts.users[0].granted_sites.insert("another issuer".to_owned(), given);

    sign_in_as(&mut site, ALICE, &json!({"organizations": [], "roles": []})).assert_signed_in();
    with(&json!({"site_map": ""}), &mut site);
    sign_in_as(&mut site, ALICE, &json!({})).assert_signed_in();

    let user = site.accounts.user(user);
    assert_eq!((&user.roles[..], &user.sites[..]), (&["editor".to_owned()][..], &[2, 1][..]));
}

/// Memberships that the mapping gave, by whatever issuer.
fn granted_sites(site: &Site<'_>, user: u64) -> Vec<u64> {
    site.accounts.user(user).granted_sites.values().flatten().copied().collect()
}

/// What the settings ask about is asked for, whatever the admin wrote as the scope.
pub fn the_scope_covers_what_the_settings_ask_about(core: &mut dyn Core) {
    let mut site = Site::new(core);
    with(
        &json!({"scope": "email roles", "role_map": "staff = editor\norg:o1:boss = author", "required_organizations": "o1"}),
        &mut site,
    );
    let url = site.start(&mut Browser::new(), &Start::default()).url("start");
    let scope = url::Url::parse(&url)
        .expect("a URL")
        .query_pairs()
        .find(|(name, _)| name == "scope")
        .expect("a scope")
        .1
        .into_owned();
    assert_eq!(scope, "openid email roles urn:logto:scope:organizations urn:logto:scope:organization_roles");
}

/// Given, taken back, and never what an admin gave.
pub fn roles_follow_the_provider(core: &mut dyn Core) {
    let mut site = Site::new(core);
    with(
        &json!({"role_map": "staff = editor\nwriter = author", "role_map_mode": "all", "default_role": "contributor"}),
        &mut site,
    );
    let roles = |site: &Site<'_>, id| site.accounts.user(id).roles.clone();
    let user = sign_in_as(&mut site, ALICE, &json!({"roles": ["writer"]})).assert_signed_in();
    assert_eq!(roles(&site, user), ["author"]);
    sign_in_as(&mut site, ALICE, &json!({"roles": ["staff", "writer"]})).assert_signed_in();
    assert_eq!(roles(&site, user), ["author", "editor"]);
    site.accounts.users[0].roles.push("subscriber".to_owned());
    sign_in_as(&mut site, ALICE, &json!({"roles": []})).assert_signed_in();
    assert_eq!(roles(&site, user), ["subscriber"], "the admin's gift stays");
    let before = site.accounts.users.clone();
    sign_in_as(&mut site, ALICE, &json!({"roles": null})).assert_signed_in();
    assert_eq!(site.accounts.users, before);
    let other = sign_in_as(&mut site, "other", &json!({"roles": ["unknown"]})).assert_signed_in();
    assert_eq!(roles(&site, other), ["contributor"]);
}

/// Fault S10: the default role, which took the place of the last mapped one, stayed when a mapped role returned.
pub fn fault_s10_a_substitute_role_goes_when_a_mapped_role_returns(core: &mut dyn Core) {
    let mut site = Site::new(core);
    with(&json!({"role_map": "staff = editor"}), &mut site);
    let user = sign_in_as(&mut site, ALICE, &json!({"roles": ["staff"]})).assert_signed_in();

    for _ in 0..2 {
        sign_in_as(&mut site, ALICE, &json!({"roles": []})).assert_signed_in();
        assert_eq!(site.accounts.user(user).roles, ["subscriber"]);
    }
    sign_in_as(&mut site, ALICE, &json!({"roles": ["staff"]})).assert_signed_in();
    assert_eq!(site.accounts.user(user).roles, ["editor"]);

    site.accounts.users[0].roles.push("subscriber".to_owned());
    for roles in [json!([]), json!(["staff"])] {
        sign_in_as(&mut site, ALICE, &json!({"roles": roles})).assert_signed_in();
        assert!(site.accounts.user(user).roles.contains(&"subscriber".to_owned()), "the admin's gift stays");
    }
}

/// Revocation stops before the last administrator, and says so in the log.
pub fn the_last_administrator_is_never_demoted(core: &mut dyn Core) {
    let mut site = Site::new(core);
    with(&json!({"role_map": "boss = administrator"}), &mut site);
    let first = sign_in_as(&mut site, ALICE, &json!({"roles": ["boss"]})).assert_signed_in();
    sign_in_as(&mut site, ALICE, &json!({})).assert_signed_in();
    assert_eq!(site.accounts.user(first).roles, ["administrator"]);
    assert!(site.log.iter().any(|(code, _)| code == "last_administrator"), "{:?}", site.log);
    let second = sign_in_as(&mut site, "second", &json!({"roles": ["boss"]})).assert_signed_in();
    sign_in_as(&mut site, ALICE, &json!({})).assert_signed_in();
    assert_eq!(
        (&site.accounts.user(first).roles, &site.accounts.user(second).roles),
        (&vec!["subscriber".to_owned()], &vec!["administrator".to_owned()])
    );
}

/// On a network an organization makes members of a site, and unmakes them.
pub fn an_organization_stands_for_a_site(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.facts["blog_id"] = json!(1);
    with(&json!({"site_map": "o1 = 2\no2 = 3"}), &mut site);
    let user = sign_in_as(&mut site, ALICE, &json!({"organizations": ["o1"]})).assert_signed_in();
    assert_eq!(granted_sites(&site, user), [2]);
    site.accounts.users[0].sites.push(1);
    sign_in_as(&mut site, ALICE, &json!({"organizations": ["o2"]})).assert_signed_in();
    assert_eq!((&site.accounts.user(user).sites, granted_sites(&site, user)), (&vec![1, 3], vec![3]));
    site.facts["blog_id"] = json!(2);
    sign_in_as(&mut site, ALICE, &json!({"organizations": ["o2"]})).assert_refused(403, "not_a_member");
    sign_in_as(&mut site, "stranger", &json!({})).assert_refused(403, "not_a_member");
    assert_eq!(site.accounts.users.len(), 1);
}

/// A preview says what a sign-in with the same claims then does.
pub fn a_preview_tells_what_a_sign_in_does(core: &mut dyn Core) {
    let mut site = Site::new(core);
    with(
        &json!({"role_map": "staff = editor", "username_strategy": "template", "username_template": "{given_name}-{family_name}"}),
        &mut site,
    );
    let claims = json!({"sub": ALICE, "given_name": "Ann", "family_name": "李", "roles": ["staff"], "locale": "zh-CN"});
    let preview = site.operate("preview", &json!({"claims": claims}), &mut Browser::new()).0;
    let id = sign_in_as(&mut site, ALICE, &claims).assert_signed_in();
    let user = site.accounts.user(id);
    assert_eq!((&preview["refused"], &preview["pending"]), (&Value::Null, &json!(false)));
    assert!(preview["logins"].as_array().is_some_and(|logins| logins.contains(&json!(user.login))), "{preview}");
    assert_eq!(user.login, "Ann-Li");
    for email in [&preview["email"], &json!(user.email)] {
        assert!(
            email.as_str().is_some_and(|email| email.ends_with("@no-email.invalid")),
            "{email}: a placeholder is drawn"
        );
    }
    assert_eq!(preview["roles"], json!(user.roles));
    for (field, value) in &user.fields {
        assert_eq!(preview["profile"][field], json!(value), "{field}");
    }
    with(&json!({"provisioning": "off"}), &mut site);
    let preview = site.operate("preview", &json!({"claims": claims}), &mut Browser::new()).0;
    assert_eq!(preview["refused"], "not_provisioned");
}
