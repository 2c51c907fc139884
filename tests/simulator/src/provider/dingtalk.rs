//! `DingTalk` as far as a sign-in meets it: codes for the browser and for its own app, and who they stand for.

use super::fault::Outage;
use super::outage;
use crate::message::{Answer, Message, Parameters};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// `DingTalk`, with one application of one organization.
pub struct Dingtalk {
    /// `clientId`, which the older interface calls `appKey`.
    pub client_id: String,
    /// `clientSecret`, or `appSecret`.
    pub client_secret: String,
    /// The organization that owns the application.
    pub corp_id: String,
    /// Who uses the app, under the names of `contact/users/me`; `userid` and `name` are those of the organization.
    pub visitor: Value,
    /// Answers given instead of its own, by path.
    pub answers: BTreeMap<&'static str, Answer>,
    /// Paths that were asked for, in order.
    pub received: Vec<String>,
    /// Codes and tokens that it gave out: nobody else may show them to anybody.
    pub given_out: Vec<String>,
    good_for: BTreeMap<String, &'static str>,
}

/// Where the application's access token comes from.
pub const APP_TOKEN: &str = "/v1.0/oauth2/accessToken";
/// Where the app's codes are redeemed.
pub const APP_USER: &str = "/topapi/v2/user/getuserinfo";

impl Default for Dingtalk {
    fn default() -> Self {
        Self {
            client_id: "ding-client".to_owned(),
            client_secret: "ding secret: 100% & more".to_owned(),
            corp_id: "ding1".to_owned(),
            visitor: json!({"nick": "李四", "name": "李四（销售）", "unionId": "union-2", "openId": "open-2", "userid": "user-2"}),
            answers: BTreeMap::new(),
            received: Vec::new(),
            given_out: Vec::new(),
            good_for: BTreeMap::new(),
        }
    }
}

impl Dingtalk {
    /// `requestAuthCode` inside the app, which shows its code to nobody but this organization's application.
    pub fn code_for_app(&mut self, corp_id: &str, client_id: &str) -> String {
        assert_eq!((corp_id, client_id), (self.corp_id.as_str(), self.client_id.as_str()), "the app refuses");
        self.give("app code")
    }

    /// What the browser's way brings back.
    pub fn code_for_browser(&mut self) -> String {
        self.give("browser code")
    }

    /// An endpoint in outage.
    pub fn outage(&mut self, path: &'static str, outage: Outage) {
        self.answers.insert(path, outage::answer(outage));
    }

    /// Answers one request.
    pub fn answer(&mut self, message: &Message) -> Answer {
        let (host, path) = (message.url.host_str().unwrap_or_default(), message.url.path().to_owned());
        self.received.push(path.clone());
        if let Some(answer) = self.answers.get(path.as_str()) {
            return answer.clone();
        }
        let body: Value = serde_json::from_str(&message.body).unwrap_or_default();
        match (host, path.as_str()) {
            ("api.dingtalk.com", "/v1.0/oauth2/userAccessToken") => self.user_token(&body),
            ("api.dingtalk.com", "/v1.0/contact/users/me") => {
                let token = message.header("x-acs-dingtalk-access-token");
                let known = self.good_for.get(token) == Some(&"user token");
                if known { Answer::json(200, &self.visitor) } else { refused("InvalidAuthentication") }
            }
            ("api.dingtalk.com", APP_TOKEN) => {
                if body["appKey"] != *self.client_id || body["appSecret"] != *self.client_secret {
                    return refused("invalidClientIdOrSecret");
                }
                Answer::json(200, &json!({"accessToken": self.give("app token"), "expireIn": 7200}))
            }
            ("oapi.dingtalk.com", APP_USER) => {
                self.app_user(Parameters::of(message.url.as_str()).value("access_token"), &body)
            }
            _ => Answer::text(404, "text/plain", "no such page"),
        }
    }

    fn user_token(&mut self, body: &Value) -> Answer {
        if body["clientId"] != *self.client_id || body["clientSecret"] != *self.client_secret {
            return refused("invalidClientIdOrSecret");
        }
        if !self.redeem("browser code", &body["code"]) {
            return refused("invalidParameter.authCode.notFound");
        }
        Answer::json(200, &json!({"accessToken": self.give("user token"), "expireIn": 7200, "corpId": self.corp_id}))
    }

    fn app_user(&mut self, token: &str, body: &Value) -> Answer {
        if self.good_for.get(token) != Some(&"app token") {
            return Answer::json(200, &json!({"errcode": 40014, "errmsg": "不合法的access_token"}));
        }
        if !self.redeem("app code", &body["code"]) {
            return Answer::json(200, &json!({"errcode": 40078, "errmsg": "不存在的临时授权码"}));
        }
        let told = |name: &str| self.visitor[name].clone();
        let result = json!({"userid": told("userid"), "unionid": told("unionId"), "name": told("name"), "sys": false});
        Answer::json(200, &json!({"errcode": 0, "errmsg": "ok", "result": result, "request_id": "r"}))
    }

    /// A code or token of its own kind; characters that a query must escape are among its.
    fn give(&mut self, what: &'static str) -> String {
        let given = format!("{}+/{}&=", what.replace(' ', "-"), self.given_out.len());
        self.given_out.push(given.clone());
        self.good_for.insert(given.clone(), what);
        given
    }

    /// Whether a code is of this kind and fresh.
    fn redeem(&mut self, what: &str, code: &Value) -> bool {
        let code = code.as_str().unwrap_or_default();
        self.good_for.get(code) == Some(&what) && self.good_for.remove(code).is_some()
    }
}

fn refused(code: &str) -> Answer {
    Answer::json(400, &json!({"code": code, "requestid": "r", "message": "m"}))
}
