//! DingTalk, spoken to directly.
//!
//! It looks like OAuth 2.0 and is not: JSON in camelCase, `authCode`, a header of its own for the
//! access token, no ID token, keys, metadata, nonce, PKCE or `iss`, and no `redirect_uri` in the token
//! request. So the attempt that is bound to the browser is the only defence against a forged or
//! injected code, and the redirect URI of its own the only one against mix-up.

pub mod app;
pub mod authorization;
mod fault;
pub mod profile;
pub mod token;

/// Where the visitor is sent.
const LOGIN_HOST: &str = "login.dingtalk.com";
/// Where the code is exchanged and the profile is.
const API_HOST: &str = "api.dingtalk.com";
/// Where the older interface is, which alone redeems the codes of the DingTalk app.
const OAPI_HOST: &str = "oapi.dingtalk.com";
