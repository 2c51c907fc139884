//! The Logto tenant, or another OpenID Provider in its place.

use super::endpoint::{endpoint, is_loopback, issuer, other_issuer};
use super::stored::missing;
use super::table::row;
use super::text::extra_params;
use crate::codes::Refused;
use crate::crypto::secret::Secret;
use serde_json::Value;
use url::Url;

/// The scope for a refresh token (OpenID Connect Core §11).
pub const OFFLINE_ACCESS: &str = "offline_access";
/// Scopes of every OpenID Provider (OpenID Connect Core §5.4, §11).
const STANDARD_SCOPES: &[&str] = &["profile", "email", "phone", "address", OFFLINE_ACCESS];

/// What a sign-in through Logto runs on.
#[derive(Debug)]
pub struct Logto {
    endpoint: Url,
    /// The issuer identifier: compared byte by byte with what the provider says.
    pub issuer: String,
    /// Whether it is a Logto tenant. Another provider knows neither its parameters nor its scopes and claims.
    pub is_tenant: bool,
    /// `client_id`
    pub app_id: String,
    /// `client_secret`
    pub app_secret: Secret,
    /// Scope, words separated by one space.
    pub scope: String,
    /// More authorization parameters.
    pub extra_params: Vec<(String, String)>,
}

impl Logto {
    /// `needed` are scopes that other settings ask for.
    pub(super) fn read(stored: &Value, needed: &[&str]) -> Result<Self, Refused> {
        let named_issuer = const { row("issuer") }.text(stored);
        let is_tenant = named_issuer.is_empty();
        let endpoint = if is_tenant {
            endpoint(&const { row("endpoint") }.text(stored)).map_err(|_| missing("no usable endpoint"))?
        } else {
            other_issuer(&named_issuer).map_err(|_| missing("no usable issuer"))?
        };
        let (app_id, app_secret) = (const { row("app_id") }.text(stored), const { row("app_secret") }.text(stored));
        if app_id.is_empty() {
            return Err(missing("no App ID"));
        }
        if app_secret.is_empty() {
            return Err(missing("no App secret"));
        }
        let named = const { row("scope") }.text_or_default(stored);
        let is_known = |word: &&&str| is_tenant || STANDARD_SCOPES.contains(*word);
        let more = needed.iter().filter(|word| !named.split(' ').any(|known| known == **word)).filter(is_known);
        let scope = more.fold(named.clone(), |scope, word| format!("{scope} {word}"));
        Ok(Self {
            issuer: if is_tenant { issuer(&endpoint) } else { named_issuer },
            is_tenant,
            endpoint,
            app_id,
            app_secret: Secret::new(app_secret),
            scope,
            extra_params: extra_params(&const { row("extra_params") }.text(stored)).unwrap_or_default(),
        })
    }

    /// Whether a refresh token is asked for. The provider gives one only to a visitor who consents (Core §11).
    pub fn wants_offline_access(&self) -> bool {
        self.scope.split(' ').any(|word| word == OFFLINE_ACCESS)
    }

    /// Whether a URL has the host and port that the admin entered.
    pub fn has_host(&self, url: &Url) -> bool {
        url.host() == self.endpoint.host() && url.port_or_known_default() == self.endpoint.port_or_known_default()
    }

    /// Whether the issuer is on this machine, where plain http is allowed.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.endpoint)
    }
}
