//! A browser: its cookies, and whom the site takes its visitor for.

use serde_json::Value;
use std::collections::BTreeMap;

/// A cookie in the jar.
#[derive(Debug, Clone)]
pub struct Cookie {
    /// Value.
    pub value: String,
    /// Path.
    pub path: String,
    /// Whether it is for https only.
    pub secure: bool,
    /// Unix time.
    pub expires: u64,
}

/// A browser.
#[derive(Debug, Clone, Default)]
pub struct Browser {
    /// The jar.
    pub cookies: BTreeMap<String, Cookie>,
    /// The user who is signed in to the site.
    pub session: Option<u64>,
    /// Which of the site's sessions it is, if it began at a provider.
    pub number: Option<usize>,
    /// When that user proved to be the owner; the session of who is signed in through the provider has no such time here.
    pub proven_at: Option<u64>,
}

impl Browser {
    /// A browser that was never here.
    pub fn new() -> Self {
        Self::default()
    }

    /// The cookies that go with a request for `path` over https at `now`.
    pub fn cookies_for(&self, path: &str, now: u64) -> BTreeMap<String, String> {
        let goes = |cookie: &Cookie| cookie.expires > now && matches_path(&cookie.path, path);
        self.cookies
            .iter()
            .filter(|(_, cookie)| goes(cookie))
            .map(|(name, cookie)| (name.clone(), cookie.value.clone()))
            .collect()
    }

    /// Stores what an outcome sets, and judges it as a careful browser would.
    pub fn set(&mut self, cookies: &Value, now: u64) {
        for cookie in cookies.as_array().expect("cookies are a list") {
            let text = |member: &str| cookie[member].as_str().expect("a text").to_owned();
            let (name, value, path) = (text("name"), text("value"), text("path"));
            let max_age = cookie["max_age"].as_u64().expect("seconds");
            let secure = cookie["secure"].as_bool().expect("yes or no");
            // Hosts that strip unknown cookies before the page cache let `wordpress_*` through.
            assert!(name.starts_with("wordpress_logto_"), "a cookie of another name: {name}");
            let token = |b: u8| b.is_ascii_alphanumeric() || b"-_".contains(&b);
            assert!(name.bytes().all(token) && value.bytes().all(token), "a cookie that needs quoting: {name}");
            assert!(name.len() + value.len() <= 4096, "a cookie that browsers do not store (RFC 6265 §6.1)");
            assert!(secure, "the site is on https, and so is the cookie {name}");
            assert!(path.starts_with('/'), "a path: {path}");
            assert!(max_age <= 3600, "a cookie for one sign-in lives {max_age} seconds");
            if max_age == 0 {
                assert_eq!(value, "", "a cookie is cleared and has a value");
                self.cookies.remove(&name);
            } else {
                self.cookies.insert(name, Cookie { value, path, secure, expires: now + max_age });
            }
        }
    }
}

/// Path matching of RFC 6265 §5.1.4.
fn matches_path(cookie: &str, request: &str) -> bool {
    request == cookie || request.strip_prefix(cookie).is_some_and(|rest| cookie.ends_with('/') || rest.starts_with('/'))
}
