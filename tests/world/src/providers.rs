//! The stand-ins for Logto and DingTalk, as Node.js programs.

use crate::authority::ServerCertificate;
use crate::install::node;
use crate::paths::{self, RunFolder};
use crate::process::{Program, Service};
use crate::{Result, ensure, http};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// What the application at DingTalk is called there.
const DINGTALK_CLIENT: (&str, &str) = ("dingdemo0000000000", "a-secret-between-logto-and-dingtalk");

/// A visitor of DingTalk by `unionId`, called 李四, and the only organisation that they belong to.
pub const DINGTALK_VISITOR: (&str, &str) = ("u-lisi-0002", "dingjiangnan0001");

/// A Logto tenant with a DingTalk connector.
#[derive(Debug)]
pub struct Logto {
    /// The tenant's address, which is what the plugin's settings call the endpoint.
    pub endpoint: String,
    /// The application's ID.
    pub app_id: String,
    /// The application's secret.
    pub app_secret: String,
    dingtalk_url: String,
    authority: Option<String>,
    _programs: [Service; 2],
}

/// Somebody with a password at Logto.
pub const LOCAL_USER: (&str, &str) = ("mei", "correct-horse-battery");

impl Logto {
    /// Starts DingTalk and Logto; with a certificate, Logto speaks https.
    pub fn start(folder: &RunFolder, tls: Option<(&ServerCertificate, String)>) -> Result<Self> {
        let source = paths::root().join("tests/world/providers");
        let programs = Programs { node: node::node_for(&source)?, folder: node::packages(&source, "providers")? };
        let (app_id, app_secret) = ("demo0000000000000000a", "a-secret-between-wordpress-and-logto");
        let (dingtalk, dingtalk_url) = programs.start(folder, "dingtalk", &dingtalk_config())?;
        let (logto, endpoint) = programs.start(
            folder,
            "logto",
            &json!({
                "host": "127.0.0.1",
                "port": 0,
                "tls": tls.as_ref().map(|(files, _)| json!({ "cert": files.certificate, "key": files.key })),
                "client_id": app_id,
                "client_secret": app_secret,
                "redirect_uris": [],
                "post_logout_redirect_uris": [],
                "dingtalk_url": dingtalk_url,
                "ask_username": false,
                "dingtalk": { "client_id": DINGTALK_CLIENT.0, "client_secret": DINGTALK_CLIENT.1 },
                "users": [{
                    "username": LOCAL_USER.0,
                    "password": LOCAL_USER.1,
                    "name": "Méi Ling 玲",
                    "email": "mei@example.com",
                }],
            }),
        )?;
        let started = Self {
            endpoint,
            app_id: app_id.to_owned(),
            app_secret: app_secret.to_owned(),
            dingtalk_url,
            authority: tls.map(|(_, authority)| authority),
            _programs: [logto, dingtalk],
        };
        started.register_at_dingtalk(&[])?;
        Ok(started)
    }

    /// The address of DingTalk.
    pub fn dingtalk(&self) -> &str {
        &self.dingtalk_url
    }

    /// Registers the addresses that the plugin's settings page names, as an administrator does in Logto's console.
    pub fn register(&self, redirect_uri: &str, post_logout_redirect_uri: &str) -> Result<()> {
        self.configure(&json!({
            "redirect_uris": [redirect_uri],
            "post_logout_redirect_uris": [post_logout_redirect_uri],
        }))
    }

    /// What the application at DingTalk has as Client ID and Client Secret.
    pub fn dingtalk_client(&self) -> (&'static str, &'static str) {
        DINGTALK_CLIENT
    }

    /// Registers redirect URLs at DingTalk, beside the one of the tenant's connector.
    pub fn register_at_dingtalk(&self, redirect_urls: &[&str]) -> Result<()> {
        let connector = format!("{}/callback/dingtalk", self.endpoint);
        let all: Vec<&str> = std::iter::once(connector.as_str()).chain(redirect_urls.iter().copied()).collect();
        self.control_dingtalk("redirect_uris", &json!({ "redirect_uris": all }))
    }

    /// Changes the application at Logto; see `providers/logto.mjs`.
    pub fn configure(&self, client: &Value) -> Result<()> {
        control(&self.endpoint, "clients", client, self.authority.as_deref())
    }

    /// Lets the tenant's responses give another time.
    pub fn set_clock(&self, seconds_ahead: i64) -> Result<()> {
        control(&self.endpoint, "clock", &json!({ "ahead": seconds_ahead }), self.authority.as_deref())
    }

    /// Replaces the signing key; `ES384` or `RS256`.
    pub fn rotate_keys(&self, signing: &str) -> Result<()> {
        control(&self.endpoint, "keys/rotate", &json!({ "signing": signing }), self.authority.as_deref())
    }

    /// Changes somebody's account at Logto: `username`, and the fields of `providers/logto.mjs`.
    pub fn change_user(&self, user: &Value) -> Result<()> {
        control(&self.endpoint, "users", user, self.authority.as_deref())
    }

    /// Calls a control of the DingTalk stand-in; see `providers/dingtalk.mjs`.
    pub fn control_dingtalk(&self, name: &str, body: &Value) -> Result<()> {
        control(&self.dingtalk_url, name, body, None)
    }
}

struct Programs {
    node: PathBuf,
    folder: PathBuf,
}

impl Programs {
    fn start(&self, folder: &RunFolder, name: &str, config: &Value) -> Result<(Service, String)> {
        // Several may start at the same moment, each with files of its own.
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let file = folder.path(format!("{name}-{number}.json"));
        fs::write(&file, config.to_string())?;
        let mut service = Program::new(&self.node)
            .arg(self.folder.join(format!("{name}.mjs")))
            .arg(&file)
            .folder(&self.folder)
            .service(&folder.path(format!("{name}-{number}.log")))?;
        let url = service.wait_until(Duration::from_secs(30), |log| {
            // A line counts only when its end has been written.
            let (lines, _) = log.rsplit_once('\n')?;
            lines.lines().find_map(|line| line.strip_prefix("ready ")).map(str::to_owned)
        })?;
        Ok((service, url))
    }
}

fn dingtalk_config() -> Value {
    json!({
        "host": "127.0.0.1",
        "port": 0,
        "client_id": DINGTALK_CLIENT.0,
        "client_secret": DINGTALK_CLIENT.1,
        "redirect_uris": [],
        "visitors": [
            { "unionId": DINGTALK_VISITOR.0, "openId": "o-lisi-0002", "nick": "李四", "name": "李四（销售部）", "mobile": "13800000002",
              "stateCode": "86", "avatarUrl": null, "email": null,
              "organizations": [{ "corpId": DINGTALK_VISITOR.1, "name": "江南实业" }] },
            { "unionId": "u-wangwu-0003", "openId": "o-wangwu-0003", "nick": "王五", "mobile": "13800000003",
              "stateCode": "86", "avatarUrl": null, "email": null,
              "organizations": [{ "corpId": DINGTALK_VISITOR.1, "name": "江南实业" },
                                { "corpId": "dinghebei0002", "name": "河北书店" }] },
        ],
    })
}

fn control(url: &str, name: &str, body: &Value, authority: Option<&str>) -> Result<()> {
    let answer = http::post(&format!("{url}/test/{name}"), "application/json", &body.to_string(), authority)?;
    ensure!(answer.status == 200, "{url}/test/{name} answered {}: {}", answer.status, answer.body);
    Ok(())
}
