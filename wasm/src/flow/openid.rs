//! What a sign-in awaits from an OpenID Provider: its metadata, tokens, keys and claims.
//!
//! Each function strings a request and its judgment together; the rules themselves are in [`crate::provider`] and
//! [`crate::token`].

use super::attempt::Attempt;
use crate::codes::{ErrorCode, Refused};
use crate::context::{CacheKey, Context};
use crate::jose::KeySet;
use crate::protocol::{HttpError, HttpResponse};
use crate::provider::discovery::{self, METADATA_KEPT_SECS, Metadata};
use crate::provider::failure::{FAILURE_KEPT_SECS, Failure, is_silence};
use crate::provider::jwks::{self, KEYS_TTL_SECS, Keys, TokenSource};
use crate::provider::token::{self, Refresh, Tokens};
use crate::provider::userinfo;
use crate::settings::Logto;
use crate::token::{Verified, Visitor, id, logout};
use serde_json::Map;

/// Seconds by which the clocks of provider and server may differ.
pub(super) const LEEWAY_SECS: u64 = 60;
/// Seconds after which the request that is under way has ended, well or not.
const BUSY_SECS: u64 = 5;

/// The provider's metadata, cached or fetched (Discovery §4), for a visitor who only begins. One of them at a time waits
/// for the provider; the others go on with stale metadata, or are refused at once, and so is everyone after a failure.
///
/// # Errors
/// [`ErrorCode::ProviderUnreachable`], or those of [`fetch_metadata`].
pub async fn metadata_to_begin(context: &Context) -> Result<Metadata, Refused> {
    let (logto, now) = (context.settings.logto()?, context.now());
    let cached = usable_metadata(context)?;
    if let Some(metadata) = cached.as_ref().filter(|metadata| metadata.is_fresh(logto, now)) {
        return Ok(metadata.clone());
    }
    refuse_in_pause("metadata", context)?;
    fetch_or(cached, true, context).await
}

/// The provider's metadata for a visitor who comes back from it: they wait, unless stale metadata serve.
///
/// # Errors
/// Those of [`fetch_metadata`].
pub async fn metadata(context: &Context) -> Result<Metadata, Refused> {
    let logto = context.settings.logto()?;
    match usable_metadata(context)? {
        Some(metadata) if metadata.is_fresh(logto, context.now()) => Ok(metadata),
        cached => {
            let one_at_a_time = cached.is_some();
            fetch_or(cached, one_at_a_time, context).await
        }
    }
}

/// The provider's metadata as they are now.
///
/// # Errors
/// Those of [`discovery::process`].
pub async fn fetch_metadata(context: &Context) -> Result<Metadata, Refused> {
    fetch_or(None, false, context).await
}

/// Cached metadata, fresh or stale.
fn usable_metadata(context: &Context) -> Result<Option<Metadata>, Refused> {
    let logto = context.settings.logto()?;
    let cached: Option<Metadata> = context.cached(CacheKey::Discovery);
    Ok(cached.filter(|metadata| metadata.is_usable(logto, context.now())))
}

/// Fetches the metadata, or gives those at hand while another visitor's request fetches them.
async fn fetch_or(cached: Option<Metadata>, one_at_a_time: bool, context: &Context) -> Result<Metadata, Refused> {
    let logto = context.settings.logto()?;
    let response = context.perform(discovery::request(logto).one_at_a_time(one_at_a_time)).await?;
    if response.error == Some(HttpError::Busy) {
        if let Some(metadata) = cached {
            return Ok(metadata);
        }
        context.retry_after(BUSY_SECS);
    }
    note_silence(&response, context)?;
    let metadata = discovery::process(&response, logto, &context.site, context.now())?;
    context.cache(CacheKey::Discovery, &metadata, METADATA_KEPT_SECS);
    Ok(metadata)
}

/// Exchanges the code for tokens (Core §3.1.3.1), with the verifier of this attempt (RFC 7636 §4.5).
pub async fn exchange(
    code: &str,
    attempt: &Attempt,
    metadata: &Metadata,
    context: &Context,
) -> Result<Tokens, Refused> {
    let (logto, verifier) = (context.settings.logto()?, attempt.code_verifier());
    let response = context.perform(token::request(metadata, logto, &context.site, code, &verifier)).await?;
    token::process(&response)
}

/// Exchanges a refresh token for tokens (Core §12).
pub async fn refresh(refresh_token: &str, metadata: &Metadata, context: &Context) -> Result<Refresh, Refused> {
    let logto = context.settings.logto()?;
    let request = token::refresh_request(metadata, logto, &context.site, refresh_token);
    token::process_refresh(&context.perform(request).await?)
}

/// What an ID token repeats of the sign-in that it came from.
#[derive(Clone, Copy)]
pub struct Origin<'a> {
    /// The `nonce` of the authorization request.
    pub nonce: &'a str,
    /// Whether it came with a refresh.
    pub refreshed: bool,
}

/// Verifies the ID token (Core §3.1.3.7). Refetches the keys once if none of the cached ones matches (§10.1.1).
pub async fn verify(
    tokens: &Tokens,
    origin: Origin<'_>,
    metadata: &Metadata,
    context: &Context,
) -> Result<Verified<id::IdToken>, Refused> {
    let cached = cached_keys(metadata, context);
    if let Some((keys, set)) = cached.as_ref().and_then(|keys| Some((keys, keys.set()?))) {
        match verify_with(&set, tokens, origin, context) {
            Err(refused) if may_fetch_again(&refused, keys, TokenSource::Provider, context) => {}
            verdict => return verdict,
        }
    }
    let set = fetch_keys(metadata, cached.as_ref(), context).await?;
    verify_with(&set, tokens, origin, context)
}

/// Verifies a logout token (Back-Channel Logout §2.6). Anybody can send one, so the keys are fetched by one request at a time,
/// and because of a token that none of them fits at most once a minute.
pub async fn verify_logout(
    compact: &str,
    metadata: &Metadata,
    context: &Context,
) -> Result<Verified<logout::LogoutToken>, Refused> {
    let (logto, now) = (context.settings.logto()?, context.now());
    let expected = logout::Expected { issuer: &logto.issuer, client_id: &logto.app_id, now, leeway: LEEWAY_SECS };
    let cached = cached_keys(metadata, context);
    if let Some((keys, set)) = cached.as_ref().and_then(|keys| Some((keys, keys.set()?))) {
        match logout::verify(compact, &set, &expected) {
            Err(refused) if may_fetch_again(&refused, keys, TokenSource::Anybody, context) => {}
            verdict => return verdict,
        }
    }
    let request = jwks::request(&metadata.jwks_uri, logto, &context.site).one_at_a_time(true);
    let set = take_keys(&context.perform(request).await?, metadata, cached.as_ref(), context)?;
    logout::verify(compact, &set, &expected)
}

/// The cached keys, if they are fresh.
pub fn cached_keys(metadata: &Metadata, context: &Context) -> Option<Keys> {
    let keys: Keys = context.cached(CacheKey::Jwks)?;
    keys.is_fresh(&metadata.jwks_uri, context.now()).then_some(keys)
}

/// The provider's keys as they are now; `before` are the cached ones.
pub async fn fetch_keys(metadata: &Metadata, before: Option<&Keys>, context: &Context) -> Result<KeySet, Refused> {
    let request = jwks::request(&metadata.jwks_uri, context.settings.logto()?, &context.site);
    take_keys(&context.perform(request).await?, metadata, before, context)
}

/// Judges a response with keys, and caches them.
fn take_keys(
    response: &HttpResponse,
    metadata: &Metadata,
    before: Option<&Keys>,
    context: &Context,
) -> Result<KeySet, Refused> {
    let (keys, set) = jwks::process(response, &metadata.jwks_uri, before, context.now())?;
    context.cache(CacheKey::Jwks, &keys, KEYS_TTL_SECS);
    Ok(set)
}

/// The provider's keys for somebody whom nobody knows yet: one of them at a time waits for the provider, and after a
/// failure nobody does.
///
/// # Errors
/// [`ErrorCode::ProviderUnreachable`], or those of [`fetch_keys`].
pub async fn keys_to_begin(metadata: &Metadata, before: Option<&Keys>, context: &Context) -> Result<KeySet, Refused> {
    refuse_in_pause("keys", context)?;
    let request = jwks::request(&metadata.jwks_uri, context.settings.logto()?, &context.site).one_at_a_time(true);
    let response = context.perform(request).await?;
    note_silence(&response, context)?;
    take_keys(&response, metadata, before, context)
}

/// Refuses at once while a provider that did not answer is not asked again.
fn refuse_in_pause(what: &str, context: &Context) -> Result<(), Refused> {
    let logto = context.settings.logto()?;
    let failure = context.cached::<Failure>(CacheKey::Failure);
    let Some(pause) = failure.and_then(|failure| failure.pause(logto, context.now())) else { return Ok(()) };
    context.retry_after(pause);
    let detail = format_args!("{what}: the provider did not answer, and is not asked for {pause} s");
    Err(Refused::new(ErrorCode::ProviderUnreachable, detail))
}

/// Remembers that the provider did not answer, or that it does again.
fn note_silence(response: &HttpResponse, context: &Context) -> Result<(), Refused> {
    let (before, logto): (Option<Failure>, _) = (context.cached(CacheKey::Failure), context.settings.logto()?);
    if is_silence(response) {
        context.cache(CacheKey::Failure, &Failure::of(logto, before.as_ref(), context.now()), FAILURE_KEPT_SECS);
    } else if before.is_some() && response.error.is_none() {
        context.forget(CacheKey::Failure);
    }
    Ok(())
}

/// The visitor: the ID token's claims, completed by userinfo's (Core §5.3) where the token lacks some, or the settings want
/// it. A provider without a userinfo endpoint has said everything already.
pub async fn describe(
    id_token: Verified<id::IdToken>,
    tokens: &Tokens,
    metadata: &Metadata,
    context: &Context,
) -> Result<Verified<Visitor>, Refused> {
    let logto = context.settings.logto()?;
    let is_wanted = context.settings.always_userinfo || !id_token.is_complete(&logto.scope, context.wanted_claims());
    let Some(endpoint) = metadata.userinfo_endpoint.as_ref().filter(|_| is_wanted) else {
        return Ok(of_provider(id_token.describe(Map::new(), tokens.refresh_token.clone()), logto));
    };
    let response = context.perform(userinfo::request(endpoint, &tokens.access_token, logto, &context.site)).await?;
    let claims = userinfo::process(&response, &id_token, context.wanted_claims())?;
    Ok(of_provider(id_token.describe(claims, tokens.refresh_token.clone()), logto))
}

fn of_provider(visitor: Verified<Visitor>, logto: &Logto) -> Verified<Visitor> {
    if logto.is_tenant { visitor } else { visitor.of_another_provider() }
}

/// Whether the keys may be fetched again because of a refusal that a key rotation explains: another `kid`, or another key
/// under it.
pub(super) fn may_fetch_again(refused: &Refused, keys: &Keys, source: TokenSource, context: &Context) -> bool {
    let is_rotation = matches!(refused.code, ErrorCode::TokenKeyUnknown | ErrorCode::TokenSignature);
    is_rotation && keys.may_fetch_again(source, context.now())
}

fn verify_with(
    set: &KeySet,
    tokens: &Tokens,
    origin: Origin<'_>,
    context: &Context,
) -> Result<Verified<id::IdToken>, Refused> {
    let logto = context.settings.logto()?;
    let expected = id::Expected {
        issuer: &logto.issuer,
        client_id: &logto.app_id,
        nonce: origin.nonce,
        refreshed: origin.refreshed,
        access_token: Some(tokens.access_token.expose()),
        now: context.now(),
        leeway: LEEWAY_SECS,
        wanted: context.wanted_claims(),
    };
    id::verify(&tokens.id_token, set, &expected)
}
