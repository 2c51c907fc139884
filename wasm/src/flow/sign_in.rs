//! Finishes a sign-in at Logto: the authorization code flow (OpenID Connect Core 1.0 §3.1), from the authorization
//! response to the account.

use super::attempt::Attempt;
use super::openid::Origin;
use super::response::AuthorizationResponse;
use super::{account, openid};
use crate::codes::Refused;
use crate::context::Context;
use crate::crypto::seal::Purpose;
use crate::protocol::{CallbackInput, Outcome};

/// The visitor came back to the redirect URI. Each step holds or refuses. Until the last, only the use of the state is written.
pub async fn finish(callback: &CallbackInput, context: &Context) -> Result<Outcome, Refused> {
    let response = AuthorizationResponse::parse(&callback.query)?; // RFC 6749 §4.1.2
    let logto = context.settings.logto()?;
    let attempt = Attempt::of(&response, callback, Purpose::SignIn, &logto.issuer, context)?; // RFC 9700 §4.7.1
    response.refuse_errors(&logto.issuer)?; // RFC 6749 §4.1.2.1, RFC 9207 §2.4
    let code = response.code()?;
    attempt.mark_used(context).await?; // before the code leaves: RFC 9700 §4.2.4
    let metadata = openid::metadata(context).await?; // Discovery §4
    response.require_issuer(&metadata)?; // RFC 9207 §2.4
    let tokens = openid::exchange(&code, &attempt, &metadata, context).await?; // §3.1.3.1, RFC 7636 §4.5
    let origin = Origin { nonce: &attempt.nonce(), refreshed: false };
    let id_token = openid::verify(&tokens, origin, &metadata, context).await?; // §3.1.3.7
    let visitor = openid::describe(id_token, &tokens, &metadata, context).await?; // §5.3
    account::finish(visitor, &attempt, callback, context).await // §5.7
}
