//! One person by several ways: inside the `DingTalk` app, at `DingTalk` in a browser, and through the tenant's connector.

use super::dingtalk_app::{sign_in, sign_in_in_browser, site};
use crate::core::Core;
use crate::provider::visitor::Visitor;
use crate::site::{Site, browser::Browser};
use serde_json::json;

/// Fault C17: the display name alternated between the visitor's own name (browser) and the organization's (app).
pub fn fault_c17_the_name_of_a_dingtalk_visitor_is_stable(core: &mut dyn Core) {
    for in_app_first in [true, false] {
        let mut site = site(core);
        let sign_in_first = if in_app_first { sign_in } else { sign_in_in_browser };
        let user = sign_in_first(&mut site, &mut Browser::new()).assert_signed_in();
        let name = |site: &Site<'_>| site.accounts.user(user).fields["display_name"].clone();
        assert_eq!(name(&site), if in_app_first { "李四（销售）" } else { "李四" });

        sign_in_in_browser(&mut site, &mut Browser::new()).assert_signed_in();
        assert_eq!(name(&site), "李四", "the visitor's own name");
        sign_in(&mut site, &mut Browser::new()).assert_signed_in();
        assert_eq!(name(&site), "李四", "still");
    }
}

/// `unionId` is one for both; `userid` is not.
pub fn one_person_has_one_account_both_ways(core: &mut dyn Core) {
    let mut site = site(core);
    let user = sign_in_in_browser(&mut site, &mut Browser::new()).assert_signed_in();
    assert_eq!(sign_in(&mut site, &mut Browser::new()).assert_signed_in(), user);
    site.dingtalk.visitor["unionId"] = json!("union-9");
    assert_ne!(sign_in(&mut site, &mut Browser::new()).assert_signed_in(), user, "userid alone is nobody");
}

/// Fault C31: with the tenant's DingTalk connector and DingTalk itself both on, one person became two accounts.
pub fn fault_c31_one_person_has_one_account_at_both_providers(core: &mut dyn Core) {
    for logto_first in [true, false] {
        let mut site = site(core);
        site.provider.visitor = tenants_own("union-2");
        let at_dingtalk = |site: &mut Site<'_>| sign_in_in_browser(site, &mut Browser::new());
        let at_logto = |site: &mut Site<'_>| site.sign_in(&mut Browser::new());

        let first = if logto_first { at_logto(&mut site) } else { at_dingtalk(&mut site) };
        let second = if logto_first { at_dingtalk(&mut site) } else { at_logto(&mut site) };

        let user = first.assert_signed_in();
        assert_eq!(second.assert_signed_in(), user);
        assert_eq!((site.accounts.users.len(), site.accounts.identities.len()), (1, 2));
        assert!(site.log.iter().any(|(code, _)| code == "same_person_connected"), "{:?}", site.log);
        let looked_up = site.performed("find_same_person");
        assert_eq!((at_logto(&mut site).assert_signed_in(), at_dingtalk(&mut site).assert_signed_in()), (user, user));
        assert_eq!(site.performed("find_same_person"), looked_up, "known identities need no other");
    }
}

/// A claim about another provider's subject is worth no more than its source: another connector, another tenant, an old
/// word, a privileged account, and an account with another identity are all left alone.
pub fn fault_c31_only_the_tenants_own_fresh_word_counts(core: &mut dyn Core) {
    type Change = fn(&mut Site<'_>, u64);
    let cases: [(&str, Change); 6] = [
        ("a disconnected identity", |site, user| site.accounts.identities.retain(|_, owner| *owner != user)),
        ("another union id", |site, _| site.dingtalk.visitor["unionId"] = json!("union-9")),
        ("another tenant", |site, _| site.settings["endpoint"] = json!("https://another.example")),
        ("a privileged account", |site, user| {
            site.accounts.users[usize::try_from(user - 1).expect("an index")].roles = vec!["administrator".to_owned()];
        }),
        ("an old word", |site, user| {
            let fields = &mut site.accounts.users[usize::try_from(user - 1).expect("an index")].fields;
            let (claim, at) = fields["dingtalk"].split_once(' ').expect("a claim");
            let old = at.parse::<u64>().expect("a time") - 31 * 24 * 60 * 60;
            fields.insert("dingtalk".to_owned(), format!("{claim} {old}"));
        }),
        ("no word any more", |site, user| {
            site.provider.visitor = tenants_own("");
            assert_eq!(site.sign_in(&mut Browser::new()).assert_signed_in(), user);
        }),
    ];
    for (what, change) in cases {
        let mut site = site(core);
        site.provider.visitor = tenants_own("union-2");
        let user = site.sign_in(&mut Browser::new()).assert_signed_in();
        change(&mut site, user);

        let other = sign_in_in_browser(&mut site, &mut Browser::new()).assert_signed_in();

        assert_ne!(other, user, "{what}");
    }
    let mut site = site(core);
    let user = sign_in_in_browser(&mut site, &mut Browser::new()).assert_signed_in();
    site.provider.visitor = tenants_own("union-2");
    let identity = site.provider.visitor.claims["identities"]["dingtalk"].clone();
    site.provider.visitor.claims["identities"] = json!({"github": identity});
    assert_ne!(site.sign_in(&mut Browser::new()).assert_signed_in(), user, "another connector's user ID");
}

/// Somebody at the tenant who came through its DingTalk connector; without a `unionId`, no longer.
fn tenants_own(union_id: &str) -> Visitor {
    let mut visitor = Visitor::dingtalk();
    if union_id.is_empty() {
        visitor.claims.insert("identities".to_owned(), json!({}));
    } else {
        visitor.claims["identities"]["dingtalk"]["userId"] = json!(union_id);
    }
    visitor
}
