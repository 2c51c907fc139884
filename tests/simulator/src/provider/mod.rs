//! An `OpenID` Provider of Logto's shape with real keys, and every way in which it can misbehave.
//!
//! It checks what a client sends as strictly as the specifications allow, and says what it missed.

pub mod access_token;
mod authorization;
pub mod dingtalk;
mod documents;
mod exchange;
pub mod fault;
mod id_token;
pub mod keys;
mod logout;
mod outage;
mod userinfo;
pub mod visitor;

use crate::message::{Answer, Message};
use fault::{Endpoint, Fault};
use keys::{Algorithm, Key};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use visitor::Visitor;

/// The `OpenID` Provider.
pub struct Provider {
    /// Where it is: the issuer is `<endpoint>/oidc`.
    pub endpoint: String,
    /// The issuer, where it is another one.
    pub named_issuer: Option<String>,
    /// Whether the browser has a session here, so that `prompt=none` needs no page.
    pub knows_browser: bool,
    /// The one client's identifier.
    pub app_id: String,
    /// The client's secret.
    pub app_secret: String,
    /// What kind of client it is.
    pub application: Application,
    /// Where the client may send visitors back to.
    pub redirect_uris: Vec<String>,
    /// Where the client may send visitors who signed out.
    pub post_logout_redirect_uris: Vec<String>,
    /// Who is signed in at the provider and consents to everything.
    pub visitor: Visitor,
    /// The keys that it publishes; the last one signs.
    pub keys: Vec<Key>,
    /// Keys that it publishes before them, as JWKs.
    pub more_keys: Vec<Value>,
    /// How it misbehaves.
    pub fault: Option<Fault>,
    /// What an endpoint answers in place of its document.
    pub body: Option<(Endpoint, String)>,
    /// Whether ID tokens say nothing of the person, so that userinfo must be asked.
    pub claims_at_userinfo_alone: bool,
    /// Claims that userinfo tells otherwise than the ID token; those that are null, not at all.
    pub otherwise_at_userinfo: Map<String, Value>,
    /// The visitor's session, if ID tokens and logout tokens name it.
    pub sid: Option<String>,
    /// Whether an admin has suspended the visitor.
    pub suspended: bool,
    /// Seconds by which its clock is ahead.
    pub clock_ahead: i64,
    /// What it was asked, in order.
    pub received: Vec<Received>,
    /// Codes and tokens that it gave out: nobody else may show them to anybody.
    pub given_out: Vec<String>,
    /// Parameters of the last authorization request.
    pub last_request: BTreeMap<String, String>,
    grants: BTreeMap<String, Grant>,
    access_tokens: BTreeMap<String, Grant>,
    /// Each works once.
    refresh_tokens: BTreeMap<String, Grant>,
}

/// The kinds of client that Logto's console offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Application {
    /// Traditional web: it has a secret, and signs people in.
    Web,
    /// Single-page or native: it has no secret.
    Public,
    /// Machine-to-machine: it has a secret, and signs nobody in.
    MachineToMachine,
}

/// A request that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// `GET` or `POST`.
    pub method: String,
    /// The path of the URL.
    pub path: String,
    /// What was answered: an HTTP status, or 0.
    pub status: u16,
}

/// What a code or an access token stands for.
#[derive(Debug, Clone)]
struct Grant {
    redirect_uri: String,
    challenge: String,
    nonce: String,
    scope: String,
    /// Whether the visitor was asked to consent: without it, there is no refresh token.
    consents: bool,
    /// Unix time.
    expires: u64,
    claims: Visitor,
}

impl Provider {
    /// A provider with one P-384 key, as a new Logto tenant has.
    pub fn new(endpoint: &str) -> Self {
        Self {
            endpoint: endpoint.trim_end_matches('/').to_owned(),
            named_issuer: None,
            knows_browser: false,
            app_id: "app-1a2b3c".to_owned(),
            app_secret: "app secret: 100% & more/+~".to_owned(),
            application: Application::Web,
            redirect_uris: Vec::new(),
            post_logout_redirect_uris: Vec::new(),
            visitor: Visitor::alice(),
            keys: vec![Key::new(Algorithm::Es384, 0)],
            more_keys: Vec::new(),
            fault: None,
            body: None,
            claims_at_userinfo_alone: false,
            otherwise_at_userinfo: Map::new(),
            sid: None,
            suspended: false,
            clock_ahead: 0,
            received: Vec::new(),
            given_out: Vec::new(),
            last_request: BTreeMap::new(),
            grants: BTreeMap::new(),
            access_tokens: BTreeMap::new(),
            refresh_tokens: BTreeMap::new(),
        }
    }

    /// The issuer identifier.
    pub fn issuer(&self) -> String {
        self.named_issuer.clone().unwrap_or_else(|| format!("{}/oidc", self.endpoint))
    }

    /// How many requests arrived at `path` below the issuer.
    pub fn count(&self, path: &str) -> usize {
        let wanted = self.path(path);
        self.received.iter().filter(|received| received.path == wanted).count()
    }

    /// Answers one request at the time `now`.
    pub fn answer(&mut self, message: &Message, now: u64) -> Answer {
        let path = message.url.path().to_owned();
        let answer = self.dispatch(&path, message, now);
        let status = if let Answer::Response(response) = &answer { response.status } else { 0 };
        self.received.push(Received { method: message.method.clone(), path, status });
        answer
    }

    fn path(&self, below_issuer: &str) -> String {
        let issuer = self.issuer();
        let path = url::Url::parse(&issuer).map_or_else(|_| String::new(), |url| url.path().to_owned());
        format!("{}{below_issuer}", path.trim_end_matches('/'))
    }

    fn dispatch(&mut self, path: &str, message: &Message, now: u64) -> Answer {
        let base = self.path("");
        let endpoint = path.strip_prefix(base.as_str()).unwrap_or("unknown");
        let fetched = match endpoint {
            "/.well-known/openid-configuration" => Some(Endpoint::Metadata),
            "/jwks" => Some(Endpoint::Keys),
            "/token" => Some(Endpoint::Token),
            "/me" => Some(Endpoint::Userinfo),
            _ => None,
        };
        if let (Some(at), Some(Fault::Outage(there, outage))) = (fetched, self.fault)
            && at == there
        {
            return outage::answer(outage);
        }
        if let Some((there, body)) = &self.body
            && fetched == Some(*there)
        {
            return Answer::text(200, "application/json", body);
        }
        match (message.method.as_str(), endpoint) {
            ("GET", "/.well-known/openid-configuration") => self.metadata(),
            ("GET", "/jwks" | "/elsewhere/keys") => self.jwks(),
            ("GET", "/auth") => self.authorize(message, now),
            ("POST", "/token") => self.exchange(message, now),
            ("GET", "/me") => self.userinfo(message, now),
            ("GET", "/session/end") => self.end_session(message),
            _ => Answer::text(404, "text/plain", "no such page"),
        }
    }

    fn signer(&self) -> &Key {
        self.keys.last().expect("a provider has a key")
    }

    /// A value that nobody has seen before.
    fn token(&mut self, what: &str) -> String {
        use sha2::{Digest as _, Sha256};
        let serial = self.given_out.len();
        let token = keys::base64url(&Sha256::digest(format!("{what} {serial} of {}", self.endpoint)));
        self.given_out.push(token.clone());
        token
    }
}
