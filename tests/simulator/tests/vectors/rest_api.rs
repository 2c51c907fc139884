//! Calls of the REST API with access tokens.

use serde_json::{Value, json};
use simulator::site::accounts::User;
use std::collections::BTreeMap;

/// A call of the REST API with an access token: a good one, one of another issuer, and a bad one.
pub fn record(all: &mut BTreeMap<&'static str, Value>) {
    let names = [
        "authenticate_request_metadata",
        "authenticate_request_keys",
        "authenticate_find_api_user",
        "authenticate_access_granted",
        "authenticate_other_issuer",
        "authenticate_refused",
    ];
    super::record(all, &names, |site| {
        let api = "https://wordpress.example/wp-json";
        site.settings["api_resource"] = json!(api);
        site.settings["api_scopes"] = json!("read = read\nwrite = read, edit_posts");
        site.settings["api_m2m_user"] = json!("robot");
        site.accounts.users.push(User { id: 7, login: "robot".to_owned(), ..User::default() });
        let machine = json!({"sub": "machine", "client_id": "machine"});
        let token = site.provider.access_token(api, "read", &machine, site.now());
        assert_eq!(site.authenticate(&token).kind(), "access_granted");
        let token = site.provider.access_token(api, "read", &json!({"iss": "https://other.example"}), site.now());
        assert_eq!(site.authenticate(&token).kind(), "other_issuer");
        site.authenticate("opaque").assert_refused(401, "api_token_invalid");
    });
}
