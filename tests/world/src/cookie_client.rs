//! An HTTP client that keeps cookies, for visits that need no page to be shown.

use crate::Result;
use crate::http::{self, Answer};
use std::collections::BTreeMap;

/// A visitor's browser as far as cookies go. It follows no redirect and knows one site.
#[derive(Clone, Debug, Default)]
pub struct CookieClient {
    cookies: BTreeMap<String, String>,
    headers: Vec<(String, String)>,
    authority: Option<String>,
}

impl CookieClient {
    /// A browser that sends a header with each request.
    pub fn sending(name: &str, value: &str) -> Self {
        Self { headers: vec![(name.to_owned(), value.to_owned())], ..Self::default() }
    }

    /// A browser that trusts a certificate authority, in PEM.
    pub fn trusting(authority: String) -> Self {
        Self { authority: Some(authority), ..Self::default() }
    }

    /// Opens a page with the cookies at hand, and keeps those that come.
    pub fn get(&mut self, url: &str) -> Result<Answer> {
        let jar = self.jar();
        let own = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let headers: Vec<(&str, &str)> = own.chain([("cookie", jar.as_str())]).collect();
        let answer = http::get(url, &headers, self.authority.as_deref())?;
        self.keep(&answer);
        Ok(answer)
    }

    /// Opens a page of a site at one of its web servers, whose address is another than the site's.
    pub fn get_at(&mut self, server: &str, url: &str) -> Result<Answer> {
        let (host, path) = url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).unwrap_or_default();
        let headers = [("host", host), ("cookie", &self.jar())];
        let answer = http::get(&format!("{server}/{path}"), &headers, self.authority.as_deref())?;
        self.keep(&answer);
        Ok(answer)
    }

    /// Posts the fields of a form with the cookies at hand, and keeps those that come.
    pub fn post(&mut self, url: &str, fields: &[(&str, &str)]) -> Result<Answer> {
        let answer = http::post_form(url, &[("cookie", &self.jar())], fields)?;
        self.keep(&answer);
        Ok(answer)
    }

    fn jar(&self) -> String {
        let jar: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        jar.join("; ")
    }

    fn keep(&mut self, answer: &Answer) {
        for (_, cookie) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let (name, value) = cookie.split(';').next().and_then(|pair| pair.split_once('=')).unwrap_or_default();
            let over = value.is_empty() || cookie.contains("Max-Age=0") || cookie.contains("01-Jan-1970");
            if over {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    /// The names and values of the cookies at hand.
    pub fn cookies(&self) -> impl Iterator<Item = (&str, &str)> {
        self.cookies.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether the browser has a session of WordPress, as far as it can know.
    pub fn is_signed_in(&self) -> bool {
        self.cookies.keys().any(|name| name.starts_with("wordpress_logged_in"))
    }
}
