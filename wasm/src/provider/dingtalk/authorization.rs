//! The authorization request.

use super::LOGIN_HOST;
use crate::codes::{ErrorCode, Refused};
use crate::protocol::Site;
use crate::settings::Dingtalk;
use url::Url;

/// The URL that the visitor is sent to.
///
/// # Errors
/// [`ErrorCode::NotConfigured`] when the address is not a URL.
pub fn url(dingtalk: &Dingtalk, site: &Site, state: &str) -> Result<String, Refused> {
    let mut url = Url::parse(&dingtalk.url(LOGIN_HOST, "/oauth2/auth"))
        .map_err(|_| Refused::new(ErrorCode::NotConfigured, "DingTalk's address is not a URL"))?;
    let mut params = vec![
        ("response_type", "code"),
        ("client_id", &dingtalk.client_id),
        ("redirect_uri", &site.dingtalk_redirect_uri),
        ("scope", &dingtalk.scope),
        ("state", state),
        // Required by DingTalk, whatever was consented to before.
        ("prompt", "consent"),
    ];
    if dingtalk.scope.contains("corpid") {
        params.push(("org_type", "management"));
    }
    // With one organization there is nothing to choose; the answer is checked all the same.
    if let [only] = dingtalk.corp_ids.as_slice() {
        params.extend([("corpId", only.as_str()), ("exclusiveLogin", "true"), ("exclusiveCorpId", only)]);
    }
    url.query_pairs_mut().extend_pairs(params);
    Ok(url.into())
}
