//! Signing out at the provider, and coming back (OpenID Connect RP-Initiated Logout 1.0 §2 and §3).

use super::attempt::Attempt;
use super::callback::state_of;
use super::metadata::{self, Then};
use super::{Context, Journey, Step};
use crate::error::{Refusal, Refused};
use crate::protocol::{CallbackInput, Outcome, SignOutInput};
use crate::provider::discovery::Metadata;
use crate::provider::end_session;
use crate::seal::Purpose;

/// Begins; the WordPress session is over already.
pub fn begin(input: SignOutInput, context: &Context<'_>, journey: &mut Journey) -> Result<Step, Refused> {
    journey.redirect_to = input.redirect_to;
    metadata::obtain(Then::SignOut, context, journey)
}

/// The redirect to the provider.
pub fn go(metadata: &Metadata, context: &Context<'_>, journey: &Journey) -> Result<Step, Refused> {
    let logto = context.settings.logto()?;
    let attempt = Attempt::new(&journey.redirect_to, &logto.issuer, context);
    let url = end_session::url(metadata, logto, context.site, &attempt.state())
        .ok_or_else(|| Refused::new(Refusal::MetadataUnusable, "metadata: no end_session_endpoint"))?;
    let cookie = attempt.keep(Purpose::SignOut, &context.site.post_logout_redirect_uri, context)?;
    Ok(Step::Done(Outcome::Redirect { url, external: true, cookies: vec![cookie] }))
}

/// Receives the visitor. A return that this browser did not begin goes home: it is not trusted with more.
pub fn finish(input: &CallbackInput, context: &Context<'_>) -> Step {
    let issuer = context.settings.logto().map(|logto| logto.issuer.clone()).unwrap_or_default();
    let attempt = state_of(&input.query)
        .and_then(|state| Attempt::find(&state, &input.cookies, Purpose::SignOut, &issuer, context).ok())
        .filter(|attempt| !attempt.is_expired(context.here.now));
    let wanted = attempt.as_ref().map(|attempt| attempt.redirect_to.clone()).filter(|url| !url.is_empty());
    Step::Done(Outcome::Redirect {
        url: wanted.unwrap_or_else(|| context.site.home.clone()),
        external: false,
        cookies: attempt.iter().map(|attempt| attempt.clear(&context.site.post_logout_redirect_uri)).collect(),
    })
}
