//! What is known of a visitor: claims that other plugins read, and an account at the other provider.

use super::Recorder;
use serde_json::{Value, json};
use simulator::provider::visitor::Visitor;
use simulator::{Browser, Native, Site};

/// A new and a known user whose claims another plugin reads, with a mapped one and an organization.
pub fn exchanges() -> [(&'static str, Value); 2] {
    let mut core = Recorder { core: Native::new(), exchanges: Vec::new() };
    let mut site = Site::new(&mut core);
    site.facts["reads_claims"] = json!(true);
    site.settings["meta_map"] = json!("custom_data.department = department\ncustom_data.team = team");
    let claims = json!({
        "name": "Ann", "organizations": ["o1"], "custom_data": {"department": "Sales", "team": null, "badges": [1, "x"]},
    });
    site.provider.visitor = Visitor::new("ann00subject", &claims);
    site.sign_in(&mut Browser::new()).assert_signed_in();
    site.sign_in(&mut Browser::new()).assert_signed_in();
    let told = core.exchanges.pop().expect("an exchange");
    let is_it = |exchange: &Value| exchange["reply"]["effect"]["type"] == "create_user";
    let created = core.exchanges.into_iter().find(is_it).expect("an exchange");
    [("callback_create_user_with_claims", created), ("callback_signed_in_with_claims", told)]
}

/// The exchange in which DingTalk's user is looked for among those whom Logto named.
pub fn same_person() -> Value {
    let mut core = Recorder { core: Native::new(), exchanges: Vec::new() };
    let mut site = Site::new(&mut core);
    site.know_dingtalk();
    site.provider.visitor = Visitor::dingtalk();
    site.sign_in(&mut Browser::new()).assert_signed_in();
    let is_it = |exchange: &Value| exchange["reply"]["effect"]["type"] == "find_same_person";
    core.exchanges.into_iter().find(is_it).expect("an exchange")
}
