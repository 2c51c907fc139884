//! RP-initiated logout (OpenID Connect RP-Initiated Logout 1.0 §2).
//!
//! The request names the client by `client_id` and carries no `id_token_hint`: no token is kept
//! anywhere, and Logto refuses a hint that was signed before its key changed.

use super::discovery::Metadata;
use crate::protocol::Site;
use crate::settings::Logto;
use url::Url;

/// The URL that the visitor is sent to; `None` when the provider has no such endpoint.
pub fn url(metadata: &Metadata, logto: &Logto, site: &Site, state: &str) -> Option<String> {
    let mut url = Url::parse(metadata.end_session_endpoint.as_deref()?).ok()?;
    url.query_pairs_mut()
        .append_pair("client_id", &logto.app_id)
        .append_pair("post_logout_redirect_uri", &site.post_logout_redirect_uri)
        .append_pair("state", state);
    Some(url.into())
}
