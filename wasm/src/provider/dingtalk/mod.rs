//! DingTalk, spoken to directly.
//!
//! It looks like OAuth 2.0 and is not: JSON in camelCase, `authCode`, a header of its own for the
//! access token, no ID token, keys, metadata, nonce, PKCE or `iss`, and no `redirect_uri` in the token
//! request. So the attempt that is bound to the browser is the only defense against a forged or
//! injected code, and the redirect URI of its own the only one against mix-up.

pub mod app;
pub mod authorization;
mod fault;
pub mod profile;
pub mod token;

/// Where the visitor is sent.
const LOGIN_HOST: &str = "login.dingtalk.com";
/// Where the code is exchanged and the profile is.
const API_HOST: &str = "api.dingtalk.com";
/// Where the older interface is, which alone redeems the codes of the DingTalk app.
const OAPI_HOST: &str = "oapi.dingtalk.com";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::http::AccessToken;
    use crate::settings::Settings;
    use serde_json::json;

    /// Fault C11: WordPress's guard looks a name up itself, and did not find DingTalk where only a proxy does.
    #[test]
    fn fault_c11_requests_go_to_fixed_hosts_past_the_guard() {
        let stored = json!({"dingtalk_client_id": "id", "dingtalk_client_secret": "s"});
        let settings = Settings::read(&stored);
        let dingtalk = settings.dingtalk().expect("ready");
        let token = AccessToken::parse("token").expect("a token");

        let requests = [
            token::request(dingtalk, "code"),
            profile::request(dingtalk, &token),
            app::token_request(dingtalk),
            app::user_request(dingtalk, &token, "code").expect("a request"),
        ];

        for request in requests {
            assert!(request.trusted_host, "{}", request.url);
            let hosts = [API_HOST, OAPI_HOST].map(|host| format!("https://{host}/"));
            assert!(hosts.iter().any(|host| request.url.starts_with(host)), "{}", request.url);
        }
    }
}
