//! Sign-ins inside the DingTalk app.

use serde_json::Value;
use simulator::Browser;
use simulator::site::Start;
use std::collections::BTreeMap;

/// A sign-in inside the DingTalk app.
pub fn record(all: &mut BTreeMap<&'static str, Value>) {
    let app = [
        "start_dingtalk_app_page",
        "app_mark_state_used",
        "callback_app_request_token",
        "callback_app_request_user",
        "app_find_account",
        "app_find_same_person",
        "app_create_user",
        "app_signed_in",
    ];
    super::record(all, &app, |site| {
        site.know_dingtalk();
        let mut browser = Browser::new();
        let start = Start {
            redirect_to: "https://wordpress.example/shop/",
            user_agent: "Mozilla/5.0 (Linux; Android 14) AliApp(DingTalk/7.6.0)",
            ..Start::default()
        };
        let page = site.start(&mut browser, &start);
        let code = site.dingtalk.code_for_app(page.text("corp_id"), page.text("client_id"));
        let form = format!("code={}&state={}", code.replace('+', "%2B").replace('&', "%26"), page.text("state"));
        site.dingtalk_app_callback(&mut browser, &form).assert_signed_in();
    });
}
