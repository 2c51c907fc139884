//! DingTalk without a Logto tenant.

use super::endpoint::is_loopback;
use super::stored::{missing, text_of};
use super::table::row;
use super::text::{app_corp_id, corp_ids};
use crate::codes::Refused;
use crate::crypto::secret::Secret;
use serde_json::Value;
use url::Url;

/// A stand-in for DingTalk on this machine. It is no setting: only tests write it, and saving settings removes it.
const ORIGIN: &str = "dingtalk_origin";

/// What a sign-in at DingTalk runs on.
#[derive(Debug)]
pub struct Dingtalk {
    /// `clientId`, once called `AppKey`
    pub client_id: String,
    /// `clientSecret`, once called `AppSecret`
    pub client_secret: Secret,
    /// `openid` or `openid corpid`
    pub scope: String,
    /// Organizations that may sign in; none: every one.
    pub corp_ids: Vec<String>,
    app_corp_id: Option<String>,
    origin: Option<Url>,
}

impl Dingtalk {
    /// The issuer of DingTalk identities: one directory for everybody, whatever the application.
    pub const ISSUER: &'static str = "https://login.dingtalk.com";

    pub(super) fn read(stored: &Value) -> Result<Self, Refused> {
        let client_id = const { row("dingtalk_client_id") }.text(stored);
        let client_secret = const { row("dingtalk_client_secret") }.text(stored);
        if client_id.is_empty() {
            return Err(missing("no DingTalk Client ID"));
        }
        if client_secret.is_empty() {
            return Err(missing("no DingTalk Client Secret"));
        }
        let corp_ids = corp_ids(&const { row("dingtalk_corp_ids") }.text(stored))
            .map_err(|_| missing("no usable organization list"))?;
        let mut scope = const { row("dingtalk_scope") }.text_or_default(stored);
        if !corp_ids.is_empty() {
            // Without the scope DingTalk never names the organization, and nobody could sign in.
            "openid corpid".clone_into(&mut scope);
        }
        // What cannot be read, or is not listed, is none: a sign-in in the browser checks the organization itself.
        let app_corp_id = app_corp_id(&const { row("dingtalk_app_corp_id") }.text(stored), &corp_ids);
        let app_corp_id = app_corp_id.ok().filter(|id| !id.is_empty());
        let origin = Url::parse(&text_of(stored, ORIGIN)).ok().filter(is_loopback);
        Ok(Self { client_id, client_secret: Secret::new(client_secret), scope, corp_ids, app_corp_id, origin })
    }

    /// The organization that owns the application, which may sign in inside the DingTalk app.
    ///
    /// # Errors
    /// [`ErrorCode::NotConfigured`](crate::codes::ErrorCode::NotConfigured) when nobody may.
    pub fn app_corp_id(&self) -> Result<&str, Refused> {
        self.app_corp_id.as_deref().ok_or_else(|| missing("no usable organization of the DingTalk app"))
    }

    /// A URL at one of DingTalk's hosts, or at the stand-in: a host that no visitor and no answer has a say in.
    pub fn url(&self, host: &str, path: &str) -> String {
        match &self.origin {
            Some(origin) => format!("{}{path}", origin.as_str().trim_end_matches('/')),
            None => format!("https://{host}{path}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Settings;
    use serde_json::json;

    #[test]
    fn a_list_of_organizations_asks_for_the_scope_that_names_them() {
        let stored =
            json!({"dingtalk_client_id": "id", "dingtalk_client_secret": "s", "dingtalk_corp_ids": "ding1, ding2"});
        let settings = Settings::read(&stored);
        let dingtalk = settings.dingtalk().expect("ready");
        assert_eq!((dingtalk.scope.as_str(), dingtalk.corp_ids.len()), ("openid corpid", 2));
    }

    #[test]
    fn a_scope_that_cannot_be_read_is_the_default() {
        let stored = json!({"dingtalk_client_id": "id", "dingtalk_client_secret": "s", "dingtalk_scope": "everything"});
        assert_eq!(Settings::read(&stored).dingtalk().expect("ready").scope, "openid");
    }

    #[test]
    fn a_list_that_cannot_be_read_lets_nobody_in() {
        let stored =
            json!({"dingtalk_client_id": "id", "dingtalk_client_secret": "s", "dingtalk_corp_ids": "<script>"});
        assert!(Settings::read(&stored).dingtalk().is_err());
    }

    #[test]
    fn inside_the_app_only_a_listed_organization_signs_in() {
        for (listed, owner, ready) in [
            ("", "ding1", true),
            ("ding1 ding2", "ding2", true),
            ("ding1", "ding9", false),
            ("", "", false),
            ("", "ding1 ding2", false),
            ("", "<script>", false),
        ] {
            let stored = json!({"dingtalk_client_id": "id", "dingtalk_client_secret": "s", "dingtalk_corp_ids": listed,
                "dingtalk_app_corp_id": owner});
            let settings = Settings::read(&stored);
            assert_eq!(settings.dingtalk().expect("ready").app_corp_id().is_ok(), ready, "{owner} of {listed}");
        }
    }

    #[test]
    fn a_stand_in_is_on_this_machine_or_nowhere() {
        let url = |origin: &str| {
            let stored = json!({"dingtalk_client_id": "id", "dingtalk_client_secret": "s", "dingtalk_origin": origin});
            Settings::read(&stored).dingtalk().expect("ready").url("api.dingtalk.com", "/x")
        };
        assert_eq!(url("http://127.0.0.1:9"), "http://127.0.0.1:9/x");
        assert_eq!(url("https://evil.example"), "https://api.dingtalk.com/x");
    }
}
