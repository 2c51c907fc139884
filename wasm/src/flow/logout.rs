//! Ends the sessions that the provider ended: its server says so (OpenID Connect Back-Channel Logout 1.0), or its page does
//! (OpenID Connect Front-Channel Logout 1.0). Both come from anybody, so nothing is done before the request is judged.

use super::openid;
use crate::codes::{ErrorCode, Refused};
use crate::context::Context;
use crate::crypto::sha256_hex;
use crate::protocol::{
    BackchannelLogoutInput, EndSessions, FrontchannelLogoutInput, Identity, MarkStateUsed, Outcome, StateUse,
};
use crate::token::Verified;
use crate::token::logout::{self, LogoutToken};
use url::Url;

/// Longest logout token that is looked at, in bytes. It has ten short claims.
const MAX_TOKEN_BYTES: usize = 8 * 1024;
/// Longest `sid` that is looked at, in bytes.
const MAX_SID_BYTES: usize = 255;

/// The provider's server posted a logout token (Back-Channel Logout §2.5).
pub async fn backchannel(input: &BackchannelLogoutInput, context: &Context) -> Result<Outcome, Refused> {
    let logto = context.settings.logto()?;
    if input.logout_token.len() > MAX_TOKEN_BYTES {
        return Err(Refused::new(ErrorCode::TokenMalformed, "the logout token is longer than the limit"));
    }
    logout::parse(&input.logout_token)?; // before anybody is asked
    let metadata = openid::metadata_to_begin(context).await?; // Discovery §4
    let token = openid::verify_logout(&input.logout_token, &metadata, context).await?; // §2.6
    mark_used(&token, context).await?; // rule 7
    let identity = token.subject.clone().map(|subject| Identity {
        issuer: token.issuer.clone(),
        issuer_hash: sha256_hex(&token.issuer),
        subject,
    });
    let sid_hash = token.sid.as_deref().map(|sid| logout::session_key(&token.issuer, sid));
    end(&logto.issuer, identity, sid_hash, context).await?; // §2.7
    Ok(Outcome::LoggedOut { framed_by: String::new() })
}

/// The provider's page loaded the address in a frame (Front-Channel Logout §2). No cookie comes along from another site, so
/// the session is found by `sid` alone, which nobody else can know.
pub async fn frontchannel(input: &FrontchannelLogoutInput, context: &Context) -> Result<Outcome, Refused> {
    let logto = context.settings.logto()?;
    if !context.settings.frontchannel_logout {
        return Err(Refused::new(ErrorCode::FrontchannelLogoutOff, "front-channel logout is off in the settings"));
    }
    let invalid = |cause| Refused::new(ErrorCode::LogoutRequestInvalid, format_args!("front-channel logout: {cause}"));
    if input.iss != logto.issuer {
        return Err(invalid("iss is not the configured issuer")); // §3
    }
    if input.sid.is_empty() || input.sid.len() > MAX_SID_BYTES {
        return Err(invalid("sid is missing or too long"));
    }
    end(&logto.issuer, None, Some(logout::session_key(&logto.issuer, &input.sid)), context).await?;
    let framed_by = Url::parse(&logto.issuer).map(|url| url.origin().ascii_serialization()).unwrap_or_default();
    Ok(Outcome::LoggedOut { framed_by })
}

/// Refuses a token that came before: a later session of the same person must not end with it.
async fn mark_used(token: &Verified<LogoutToken>, context: &Context) -> Result<(), Refused> {
    let key = sha256_hex(&format!("logout token {} {}", token.issuer, token.jti));
    let expires_at = token.expires_at.saturating_add(2 * openid::LEEWAY_SECS);
    match context.perform(MarkStateUsed { key, expires_at }).await?.state_use {
        StateUse::First => Ok(()),
        StateUse::Repeated => Err(Refused::new(ErrorCode::LogoutTokenUsed, "the logout token came before")),
        StateUse::Failed => Err(Refused::new(ErrorCode::DatabaseError, "jti could not be marked as used")),
    }
}

async fn end(
    issuer: &str,
    identity: Option<Identity>,
    sid_hash: Option<String>,
    context: &Context,
) -> Result<(), Refused> {
    let application_passwords = context.settings.logout_application_passwords;
    let issuer_hash = sha256_hex(issuer);
    let ended = context.perform(EndSessions { issuer_hash, identity, sid_hash, application_passwords }).await?.ended;
    context.log("sessions_ended", format!("the provider ended {ended} sessions"));
    Ok(())
}
