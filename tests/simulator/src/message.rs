//! HTTP requests and answers as plain values.

use std::collections::{BTreeMap, btree_map::Entry};
use url::Url;
use url::form_urlencoded;

/// A request that somebody sends to the provider.
#[derive(Debug, Clone)]
pub struct Message {
    /// `GET` or `POST`.
    pub method: String,
    /// The absolute URL.
    pub url: Url,
    /// Header fields, names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The body; empty without one.
    pub body: String,
}

impl Message {
    /// A request for a page or a document.
    pub fn get(url: &str) -> Self {
        let url = Url::parse(url).unwrap_or_else(|cause| panic!("{url:?} is not a URL: {cause}"));
        Self { method: "GET".to_owned(), url, headers: BTreeMap::new(), body: String::new() }
    }

    /// A header field, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// What comes back.
#[derive(Debug, Clone)]
pub enum Answer {
    /// A response.
    Response(Response),
    /// No response, and why: `timeout`, `connection`, `tls`, `too_large` or `blocked`.
    Failure(&'static str),
}

/// A response.
#[derive(Debug, Clone)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: String,
    /// `Location`, if it is a redirect.
    pub location: Option<String>,
    /// The body.
    pub body: String,
}

impl Answer {
    /// A document.
    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::text(status, "application/json; charset=utf-8", &body.to_string())
    }

    /// Anything else.
    pub fn text(status: u16, content_type: &str, body: &str) -> Self {
        Self::Response(Response {
            status,
            content_type: content_type.to_owned(),
            location: None,
            body: body.to_owned(),
        })
    }

    /// A redirect.
    pub fn redirect(location: &str) -> Self {
        Self::Response(Response {
            status: 303,
            content_type: "text/plain; charset=utf-8".to_owned(),
            location: Some(location.to_owned()),
            body: "Redirecting.".to_owned(),
        })
    }
}

/// The parameters of a query or form, and those that stand in it more than once.
pub struct Parameters {
    values: BTreeMap<String, String>,
    /// Names that stand more than once.
    pub repeated: Vec<String>,
}

impl Parameters {
    /// Reads `application/x-www-form-urlencoded` text.
    pub fn parse(text: &str) -> Self {
        let (mut values, mut repeated) = (BTreeMap::new(), Vec::new());
        for (name, value) in form_urlencoded::parse(text.as_bytes()).into_owned() {
            match values.entry(name) {
                Entry::Occupied(entry) => repeated.push(entry.key().clone()),
                Entry::Vacant(entry) => {
                    entry.insert(value);
                }
            }
        }
        Self { values, repeated }
    }

    /// The parameters of a URL.
    pub fn of(url: &str) -> Self {
        let url = Url::parse(url).unwrap_or_else(|cause| panic!("{url:?} is not a URL: {cause}"));
        Self::parse(url.query().unwrap_or_default())
    }

    /// A parameter's value, or nothing.
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    /// Whether the parameter is there.
    pub fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// The names, in order.
    pub fn names(&self) -> Vec<&str> {
        self.values.keys().map(String::as_str).collect()
    }
}
