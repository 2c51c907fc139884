//! RP-initiated logout (OpenID Connect RP-Initiated Logout 1.0 §2).
//!
//! The request names the client by `client_id` and carries no `id_token_hint`: §2 leaves the choice to the client, a hint
//! would have to be kept with the session, where WordPress reads it for each page of its user, and Logto refuses one that was
//! signed before its key changed.

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
