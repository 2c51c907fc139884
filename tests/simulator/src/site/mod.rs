//! `WordPress` in memory: performs what the core asks for, exactly as the plugin's PHP does.

pub mod accounts;
mod api;
pub mod browser;
pub mod outcome;
mod sessions;
mod wire;

use crate::core::Core;
use crate::message::{Answer, Message};
use crate::provider::{Provider, dingtalk::Dingtalk};
use accounts::Accounts;
use browser::Browser;
use outcome::Outcome;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::time::{Duration, UNIX_EPOCH};
use wire::Next;

/// Most effects of one operation.
const MAX_EFFECTS: usize = 12;
/// Where sign-ins start and end.
const LOGIN: &str = "/wp-login.php";

/// The site.
pub struct Site<'c> {
    core: &'c mut dyn Core,
    /// The provider that fetches reach.
    pub provider: Provider,
    /// `DingTalk`, which fetches reach too; [`Site::know_dingtalk`] sets it up.
    pub dingtalk: Dingtalk,
    /// The option `logto_sign_in`.
    pub settings: Value,
    /// What the site says of itself in every request.
    pub facts: Value,
    /// The tables.
    pub accounts: Accounts,
    /// The transients: value and when it goes, by key.
    pub cache: BTreeMap<String, (Value, u64)>,
    /// The log, code by code.
    pub log: Vec<(String, String)>,
    /// Every effect that was performed, in order.
    pub effects: Vec<Value>,
    /// Answers given instead of performing an effect, by its type.
    pub answers: BTreeMap<&'static str, Value>,
    /// How far ahead the providers' clocks are, in seconds; without it, responses name no time.
    pub clock_difference: Option<u64>,
    secrets: Vec<String>,
}

/// What a visitor asks for at the start.
#[derive(Debug, Clone, Default)]
pub struct Start<'a> {
    /// Where they want to be.
    pub redirect_to: &'a str,
    /// Logto's `first_screen`.
    pub first_screen: &'a str,
    /// Logto's `direct_sign_in`.
    pub direct_sign_in: &'a str,
    /// The provider that they chose, if they chose.
    pub provider: Option<&'a str>,
    /// What their browser calls itself.
    pub user_agent: &'a str,
    /// Whether they asked for the browser's way inside the `DingTalk` app.
    pub dingtalk_app: Option<bool>,
    /// Whether they come from the redirect to the site's own host.
    pub canonical: bool,
    /// The issuer that sent them, if one did.
    pub iss: &'a str,
    /// Who that issuer says they are.
    pub login_hint: &'a str,
    /// Whether they want another account than that of the provider's session.
    pub another_account: bool,
    /// Whether nobody asked for the sign-in.
    pub silent: bool,
}

impl<'c> Site<'c> {
    /// A site on https whose provider is a Logto tenant.
    pub fn new(core: &'c mut dyn Core) -> Self {
        let address = |action: &str| format!("https://wordpress.example{LOGIN}?action={action}");
        let mut provider = Provider::new("https://tenant.example");
        provider.redirect_uris.push(address("logto_callback"));
        provider.post_logout_redirect_uris.push(address("logto_signed_out"));
        let salt = "wordpress salt: 0123456789 abcdefghijklmnopqrstuvwxyz";
        let settings = json!({
            "endpoint": provider.endpoint, "app_id": provider.app_id, "app_secret": provider.app_secret,
        });
        let facts = json!({
            "home": "https://wordpress.example/", "start_uri": address("logto"),
            "redirect_uri": address("logto_callback"), "post_logout_redirect_uri": address("logto_signed_out"),
            "connect_uri": address("logto_connect"),
            "host": "wordpress.example", "locale": "zh_CN", "salt": salt,
            "roles": ["administrator", "editor", "author", "contributor", "subscriber"], "default_role": "subscriber",
            "blog_id": 0,
        });
        let secrets = vec![salt.to_owned(), provider.app_secret.clone()];
        Self {
            core,
            provider,
            dingtalk: Dingtalk::default(),
            settings,
            facts,
            accounts: Accounts::default(),
            cache: BTreeMap::new(),
            log: Vec::new(),
            effects: Vec::new(),
            answers: BTreeMap::new(),
            clock_difference: None,
            secrets,
        }
    }

    /// Sets up `DingTalk` beside the tenant, for the browser and for its own app.
    pub fn know_dingtalk(&mut self) {
        for (name, value) in [
            ("dingtalk_client_id", &self.dingtalk.client_id),
            ("dingtalk_client_secret", &self.dingtalk.client_secret),
            ("dingtalk_app_corp_id", &self.dingtalk.corp_id),
        ] {
            self.settings[name] = json!(value);
        }
        for (name, action) in
            [("dingtalk_redirect_uri", "logto_callback_dingtalk"), ("dingtalk_app_uri", "logto_callback_dingtalk_app")]
        {
            self.facts[name] = json!(format!("https://wordpress.example{LOGIN}?action={action}"));
        }
        self.secrets.push(self.dingtalk.client_secret.clone());
    }

    /// Unix time.
    pub fn now(&self) -> u64 {
        self.core.now()
    }

    /// Whole sign-in: start, the provider, and back.
    pub fn sign_in(&mut self, browser: &mut Browser) -> Outcome {
        let url = match self.start(browser, &Start::default()) {
            outcome if outcome.kind() == "redirect" => outcome.url("start"),
            outcome => return outcome,
        };
        let now = self.now();
        let back = self.provider.consent(&url, now);
        self.callback(browser, &back)
    }

    /// The visitor follows the start link.
    pub fn start(&mut self, browser: &mut Browser, start: &Start<'_>) -> Outcome {
        let mut input = json!({
            "redirect_to": start.redirect_to, "first_screen": start.first_screen,
            "direct_sign_in": start.direct_sign_in, "canonical": start.canonical, "provider": start.provider,
            "user_agent": start.user_agent, "dingtalk_app": start.dingtalk_app,
            "cookies": browser.cookies_for(LOGIN, self.now()),
        });
        for (name, value) in [("iss", start.iss), ("login_hint", start.login_hint)] {
            if !value.is_empty() {
                input[name] = json!(value);
            }
        }
        if start.silent {
            input["silent"] = json!(true);
            input["user_id"] = json!(browser.session);
        }
        if start.another_account {
            input["another_account"] = json!(true);
        }
        self.operate("start", &input, browser)
    }

    /// The visitor comes back to `url`, or to a page with this query.
    pub fn callback(&mut self, browser: &mut Browser, url: &str) -> Outcome {
        self.come_back(browser, json!({"query": query(url)}))
    }

    /// The visitor comes back from `DingTalk`.
    pub fn dingtalk_callback(&mut self, browser: &mut Browser, query: &str) -> Outcome {
        self.come_back(browser, json!({"provider": "dingtalk", "query": query}))
    }

    /// The page inside the `DingTalk` app posts this form.
    pub fn dingtalk_app_callback(&mut self, browser: &mut Browser, form: &str) -> Outcome {
        self.come_back(browser, json!({"provider": "dingtalk", "dingtalk_app": true, "query": form}))
    }

    fn come_back(&mut self, browser: &mut Browser, mut input: Value) -> Outcome {
        input["cookies"] = json!(browser.cookies_for(LOGIN, self.now()));
        input["user_id"] = json!(browser.session);
        let outcome = self.operate("callback", &input, browser);
        if let Some(user) = outcome.user_id() {
            self.accounts.update(user, &outcome.0["profile"]);
            self.accounts.change(user, &outcome.0);
            browser.session = Some(user);
            browser.number = Some(self.accounts.begin_session(user, &outcome.0));
        }
        outcome
    }

    /// The visitor opens the page of a pending connection (no `choice`), or chooses something there.
    pub fn connect(&mut self, browser: &mut Browser, choice: Option<&str>, code: &str) -> Outcome {
        let cookies = browser.cookies_for(LOGIN, self.now());
        let input = json!({
            "choice": choice, "code": code, "user_id": browser.session, "proven_at": browser.proven_at,
            "cookies": cookies,
        });
        self.operate("connect", &input, browser)
    }

    /// The visitor logs in with a password.
    pub fn log_in(&self, browser: &mut Browser, user: u64) {
        browser.session = Some(user);
        browser.proven_at = Some(self.now());
    }

    /// The visitor signs out.
    pub fn sign_out(&mut self, browser: &mut Browser, redirect_to: &str) -> Outcome {
        self.sign_out_with(browser, &json!({"redirect_to": redirect_to}))
    }

    /// The same with everything that PHP says.
    pub fn sign_out_with(&mut self, browser: &mut Browser, input: &Value) -> Outcome {
        browser.session = None;
        self.operate("sign_out", input, browser)
    }

    /// The visitor comes back from signing out.
    pub fn signed_out(&mut self, browser: &mut Browser, url: &str) -> Outcome {
        let input = json!({"query": query(url), "cookies": browser.cookies_for(LOGIN, self.now())});
        self.operate("signed_out", &input, browser)
    }

    /// Any operation, to its end; `browser` gets the cookies.
    pub fn operate(&mut self, operation: &str, input: &Value, browser: &mut Browser) -> Outcome {
        self.secrets.extend(browser.cookies.values().map(|cookie| cookie.value.clone()));
        let mut line = self.request(operation, input).to_string();
        for _ in 0..MAX_EFFECTS {
            let (reply, next) = self.exchange(&line);
            match next {
                Next::Outcome(outcome) => {
                    let outcome = Outcome(outcome);
                    if let Some(cookies) = outcome.0.get("cookies") {
                        let now = self.now();
                        browser.set(cookies, now);
                    }
                    self.secrets.extend(browser.cookies.values().map(|cookie| cookie.value.clone()));
                    self.assert_no_secret_in_log(&reply);
                    self.assert_no_secret_in_outcome(&outcome);
                    Self::assert_logged(&reply, &outcome);
                    return outcome;
                }
                Next::Effect(effect) => {
                    self.assert_no_secret_in_log(&reply);
                    line = json!({"answer": self.perform(&effect)}).to_string();
                }
            }
        }
        panic!("more than {MAX_EFFECTS} effects");
    }

    /// One line and its reply, with everything that goes with it.
    fn exchange(&mut self, line: &str) -> (Value, Next) {
        let (reply, next) = wire::read(&self.core.call(line.as_bytes()));
        let now = self.now();
        for kept in wire::list(&reply, "cache_writes") {
            let key = kept["key"].as_str().unwrap_or_default().to_owned();
            match kept["ttl"].as_u64().unwrap_or(0) {
                0 => self.cache.remove(&key),
                ttl => self.cache.insert(key, (kept["value"].clone(), now + ttl)),
            };
        }
        for line in wire::list(&reply, "log") {
            let text = |member: &str| line[member].as_str().unwrap_or_default().to_owned();
            self.log.push((text("code"), text("detail")));
        }
        (reply, next)
    }

    /// The request as the plugin writes it.
    pub fn request(&self, operation: &str, input: &Value) -> Value {
        let now = self.now();
        let fresh = self.cache.iter().filter(|(_, (_, until))| *until > now);
        let cache: Map<String, Value> = fresh.map(|(key, (value, _))| (key.clone(), value.clone())).collect();
        json!({"operation": operation, "settings": self.settings, "site": self.facts, "cache": cache, "input": input})
    }

    /// Sends bytes as they are and gives the reply.
    pub fn send(&mut self, request: &str) -> Value {
        wire::read(&self.core.call(request.as_bytes())).0
    }

    /// Performs one effect.
    pub fn perform(&mut self, effect: &Value) -> Value {
        self.effects.push(effect.clone());
        let kind = effect["type"].as_str().unwrap_or_default();
        if let Some((_, answer)) = self.answers.iter().find(|(wanted, _)| **wanted == kind) {
            return answer.clone();
        }
        let now = self.now();
        match kind {
            "http_request" => self.send_http(effect, now),
            "find_account" => self.accounts.find_account(effect),
            "find_api_user" => self.find_api_user(effect),
            "mark_state_used" => self.accounts.mark_state_used(effect, now),
            "find_email_match" => self.accounts.find_email_match(effect),
            "find_same_person" => self.accounts.find_same_person(effect),
            "link_identity" => self.accounts.link_identity(effect),
            "send_connect_mail" => self.accounts.send_connect_mail(effect),
            "create_user" => self.accounts.create(effect),
            "end_sessions" => self.accounts.end_sessions(effect),
            "revoke_access" => {
                let here = self.facts["blog_id"].as_u64().unwrap_or(0);
                let chosen = [&self.settings["default_role"], &self.facts["default_role"]];
                let role = chosen.iter().find_map(|role| role.as_str().filter(|role| !role.is_empty()));
                self.accounts.revoke_access(effect, here, role.expect("the site has a default role"))
            }
            other => panic!("an unknown effect: {other}"),
        }
    }

    fn send_http(&mut self, effect: &Value, now: u64) -> Value {
        let text = |member: &str| effect[member].as_str().unwrap_or_default();
        let mut message = Message::get(text("url"));
        let dingtalk = matches!(message.url.host_str(), Some("api.dingtalk.com" | "oapi.dingtalk.com"));
        let known = dingtalk || text("url").starts_with(&self.provider.endpoint);
        assert!(known, "a request to somebody else: {}", text("url"));
        assert_eq!(
            effect["trusted_host"], true,
            "an admin entered the tenant's host, and DingTalk's are fixed: {effect}"
        );
        text("method").clone_into(&mut message.method);
        text("body").clone_into(&mut message.body);
        let headers = effect["headers"].as_object().into_iter().flatten();
        message.headers =
            headers.map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned())).collect();
        let answer = if dingtalk { self.dingtalk.answer(&message) } else { self.provider.answer(&message, now) };
        self.secrets.extend(self.provider.given_out.iter().chain(&self.dingtalk.given_out).cloned());
        let date = self.clock_difference.map(|ahead| UNIX_EPOCH + Duration::from_secs(now + ahead));
        let date = date.map(httpdate::fmt_http_date).unwrap_or_default();
        match answer {
            Answer::Failure(cause) => json!({"status": 0, "content_type": "", "date": "", "body": "", "error": cause}),
            Answer::Response(response) if response.body.len() as u64 > effect["max_bytes"].as_u64().unwrap_or(0) => {
                json!({"status": 0, "content_type": "", "date": "", "body": "", "error": "too_large"})
            }
            Answer::Response(response) => json!({
                "status": response.status, "content_type": response.content_type, "date": date, "body": response.body,
                "error": null,
            }),
        }
    }

    /// How many effects of one type were performed.
    pub fn performed(&self, kind: &str) -> usize {
        self.effects.iter().filter(|effect| effect["type"] == kind).count()
    }

    /// No log line ever holds a secret, a token or a cookie.
    fn assert_no_secret_in_log(&self, reply: &Value) {
        for line in wire::list(reply, "log").iter().map(ToString::to_string) {
            for secret in self.secrets.iter().filter(|secret| secret.len() >= 8) {
                assert!(!line.contains(secret.as_str()), "a log line tells a secret: {line}");
            }
        }
    }

    /// A refusal is in the log, and nothing else is an outcome's doing.
    fn assert_logged(reply: &Value, outcome: &Outcome) {
        if let Some((_, code)) = outcome.refusal() {
            assert!(wire::list(reply, "log").iter().any(|line| line["code"] == code), "not in the log: {reply}");
        }
    }

    /// No outcome holds a provider's words, or a secret outside of its cookies.
    fn assert_no_secret_in_outcome(&self, outcome: &Outcome) {
        let mut rest = outcome.0.clone();
        if let Some(members) = rest.as_object_mut() {
            members.remove("cookies");
        }
        let rest =
            if matches!(outcome.kind(), "settings" | "settings_import") { String::new() } else { rest.to_string() };
        assert!(!rest.contains("<script"), "a provider's script in an outcome: {rest}");
        for secret in self.secrets.iter().filter(|secret| secret.len() >= 8) {
            assert!(!rest.contains(secret.as_str()), "an outcome tells a secret: {rest}");
        }
    }
}

/// The raw query of a URL; a text without a question mark is one already.
fn query(url: &str) -> &str {
    url.split_once('?').map_or(url, |(_, query)| query)
}
