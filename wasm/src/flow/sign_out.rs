//! Signs out at the provider, and comes back (OpenID Connect RP-Initiated Logout 1.0 §2 and §3).

use super::attempt::Attempt;
use super::openid;
use super::response::AuthorizationResponse;
use crate::codes::{ErrorCode, Refused};
use crate::context::Context;
use crate::crypto::seal::Purpose;
use crate::protocol::{CallbackInput, Outcome, SignOutInput};
use crate::provider::end_session;

/// Sends the visitor to the provider; the WordPress session is over already.
pub async fn begin(input: &SignOutInput, context: &Context) -> Result<Outcome, Refused> {
    context.on_refusal(&input.redirect_to, Vec::new());
    let metadata = openid::metadata_to_begin(context).await?; // Discovery §4
    let logto = context.settings.logto()?;
    let attempt = Attempt::new(&input.redirect_to, &logto.issuer, context)?;
    let url = end_session::url(&metadata, logto, &context.site, &attempt.state()) // §2
        .ok_or_else(|| Refused::new(ErrorCode::MetadataUnusable, "metadata: no end_session_endpoint"))?;
    let cookie = attempt.to_cookie(Purpose::SignOut, &context.site.post_logout_redirect_uri, context)?;
    Ok(Outcome::Redirect { url, external: true, cookies: vec![cookie] })
}

/// Receives the visitor (§3). A return that this browser did not begin goes home: it is not trusted with more.
pub fn finish(callback: &CallbackInput, context: &Context) -> Outcome {
    let attempt = AuthorizationResponse::parse(&callback.query).and_then(|response| {
        let issuer = &context.settings.logto()?.issuer;
        Attempt::find(&response.state()?, &callback.cookies, Purpose::SignOut, issuer, context)
    });
    let attempt = attempt.ok().filter(|attempt| !attempt.is_expired(context.now()));
    let wanted = attempt.as_ref().map(|attempt| attempt.redirect_to.clone()).filter(|url| !url.is_empty());
    Outcome::Redirect {
        url: wanted.unwrap_or_else(|| context.site.home.clone()),
        external: false,
        cookies: attempt
            .iter()
            .map(|attempt| attempt.clear_cookie(&context.site.post_logout_redirect_uri, context))
            .collect(),
    }
}
