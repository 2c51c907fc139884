//! The DingTalk app for Android, as far as a page notices it: a browser with the app's user agent and bridge.

use crate::browser::Browser;
use crate::devtools::Devtools;
use crate::http;
use crate::providers::Logto;
use crate::{Context, Result};
use serde_json::{Value, json};
use std::ops::Deref;
use std::thread;

/// The script of the bridge.
const BRIDGE: &str = include_str!("../providers/lib/dingtalk/bridge.mjs");

/// What the bridge calls when a page has called it.
const NATIVE: &str = "dingtalkNative";

/// Which functions the app offers to a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bridge {
    /// `requestAuthCode` with a client ID, which the JSAPI calls `requestAuthCodeV2`: apps from 7.0.45 on.
    New,
    /// Only the older function, with an organisation alone.
    Old,
    /// No bridge: a page in a frame, or an app that blocks it.
    None,
}

impl Bridge {
    /// The version of an app that is like this.
    fn version(self) -> &'static str {
        match self {
            Self::New | Self::None => "7.6.0",
            Self::Old => "7.0.40",
        }
    }

    fn functions(self) -> &'static [&'static str] {
        match self {
            Self::New => &["runtime.permission.requestAuthCodeV2", "runtime.permission.requestAuthCode"],
            Self::Old => &["runtime.permission.requestAuthCode"],
            Self::None => &[],
        }
    }

    /// The user agent.
    pub(crate) fn user_agent(self) -> String {
        format!(
            "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 \
             Chrome/130.0.0.0 Mobile Safari/537.36 AliApp(DingTalk/{0}) com.alibaba.android.rimet/{0} language/zh-CN",
            self.version()
        )
    }
}

/// The app with a page of its own, which is driven like any [`Browser`]. Dropping it closes it.
#[derive(Debug)]
pub struct Webview(Browser);

impl Deref for Webview {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.0
    }
}

impl Webview {
    /// Makes an app of a browser that has its user agent already. `visitor` is the `unionId` of who uses it.
    pub(crate) fn of(browser: Browser, bridge: Bridge, logto: &Logto, visitor: &str) -> Result<Self> {
        if bridge != Bridge::None {
            let mut page = Devtools::attach(&browser.debugger()?)?;
            let script = BRIDGE.replace("%functions%", &bridge.functions().join("', '"));
            page.call("Page.enable", &json!({}))?;
            page.call("Runtime.enable", &json!({}))?;
            page.call("Runtime.addBinding", &json!({ "name": NATIVE }))?;
            page.call("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": script }))?;
            let native = Native {
                url: format!("{}/webview/auth_code", logto.dingtalk()),
                client_id: logto.dingtalk_client().0.to_owned(),
                visitor: visitor.to_owned(),
            };
            thread::spawn(move || while native.serve(&mut page).is_ok() {});
        }
        Ok(Self(browser))
    }
}

/// The app's own side of the bridge.
struct Native {
    url: String,
    client_id: String,
    visitor: String,
}

impl Native {
    /// Waits for a call and answers it; an error when the page is gone.
    fn serve(&self, page: &mut Devtools) -> Result<()> {
        let event = page.event("Runtime.bindingCalled")?;
        let call: Value = serde_json::from_str(event["payload"].as_str().context("a call without a payload")?)?;
        let answer = self
            .auth_code(&call["parameters"])
            .unwrap_or_else(|error| json!({ "errorCode": "-1", "errorMessage": format!("{error:#}") }));
        let expression = format!("nuva.answer({}, {answer})", call["id"]);
        page.send("Runtime.evaluate", &json!({ "expression": expression, "contextId": event["executionContextId"] }))?;
        Ok(())
    }

    /// The older function names no client: the app knows it by the page's address.
    fn auth_code(&self, parameters: &Value) -> Result<Value> {
        let client_id = parameters["clientId"].as_str().unwrap_or(&self.client_id);
        let wanted = json!({ "unionId": self.visitor, "corpId": parameters["corpId"], "clientId": client_id });
        let answer = http::post(&self.url, "application/json", &wanted.to_string(), None)?;
        Ok(serde_json::from_str(&answer.body)?)
    }
}
