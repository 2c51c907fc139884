//! What a sign-in awaits from an OpenID Provider: its metadata, tokens, keys and claims.
//!
//! Each function strings a request and its judgement together; the rules themselves are in [`crate::provider`] and
//! [`crate::token`].

use super::attempt::Attempt;
use crate::codes::{ErrorCode, Refused};
use crate::context::{CacheKey, Context};
use crate::jose::KeySet;
use crate::provider::discovery::{self, METADATA_TTL_SECS, Metadata};
use crate::provider::jwks::{self, KEYS_TTL_SECS, Keys};
use crate::provider::token::{self, Tokens};
use crate::provider::userinfo;
use crate::token::{Verified, Visitor, id};
use serde_json::Map;

/// Seconds by which the clocks of provider and server may differ.
const LEEWAY_SECS: u64 = 60;

/// The provider's metadata, cached or fetched (Discovery §4).
pub async fn metadata(context: &Context) -> Result<Metadata, Refused> {
    let logto = context.settings.logto()?;
    let cached = context.cached(CacheKey::Discovery);
    match cached.filter(|metadata: &Metadata| metadata.is_fresh(logto, context.now())) {
        Some(metadata) => Ok(metadata),
        None => fetch_metadata(context).await,
    }
}

/// The provider's metadata as they are now.
pub async fn fetch_metadata(context: &Context) -> Result<Metadata, Refused> {
    let logto = context.settings.logto()?;
    let response = context.perform(discovery::request(logto)).await?;
    let metadata = discovery::process(&response, logto, context.now())?;
    context.cache(CacheKey::Discovery, &metadata, METADATA_TTL_SECS);
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

/// Verifies the ID token (Core §3.1.3.7). Refetches the keys once if none of the cached ones matches (§10.1.1).
pub async fn verify(
    tokens: &Tokens,
    attempt: &Attempt,
    metadata: &Metadata,
    context: &Context,
) -> Result<Verified<id::IdToken>, Refused> {
    let cached = cached_keys(metadata, context);
    if let Some((keys, set)) = cached.as_ref().and_then(|keys| Some((keys, keys.set()?))) {
        match verify_with(&set, tokens, attempt, context) {
            Err(refused) if is_rotation(refused.code) && keys.may_fetch_again(context.now()) => {}
            verdict => return verdict,
        }
    }
    let set = fetch_keys(metadata, cached.as_ref(), context).await?;
    verify_with(&set, tokens, attempt, context)
}

/// The cached keys, if they are fresh.
pub fn cached_keys(metadata: &Metadata, context: &Context) -> Option<Keys> {
    let keys: Keys = context.cached(CacheKey::Jwks)?;
    keys.is_fresh(&metadata.jwks_uri, context.now()).then_some(keys)
}

/// The provider's keys as they are now; `before` are the cached ones.
pub async fn fetch_keys(metadata: &Metadata, before: Option<&Keys>, context: &Context) -> Result<KeySet, Refused> {
    let response = context.perform(jwks::request(&metadata.jwks_uri)).await?;
    let (keys, set) = jwks::process(&response, &metadata.jwks_uri, before, context.now())?;
    context.cache(CacheKey::Jwks, &keys, KEYS_TTL_SECS);
    Ok(set)
}

/// The visitor: the ID token's claims, completed by userinfo's (Core §5.3). A provider without a userinfo endpoint has
/// said everything already.
pub async fn describe(
    id_token: Verified<id::IdToken>,
    tokens: &Tokens,
    metadata: &Metadata,
    context: &Context,
) -> Result<Verified<Visitor>, Refused> {
    let Some(endpoint) = &metadata.userinfo_endpoint else { return Ok(id_token.describe(Map::new())) };
    let response = context.perform(userinfo::request(endpoint, &tokens.access_token)).await?;
    let claims = userinfo::process(&response, &id_token)?;
    Ok(id_token.describe(claims))
}

/// A failure that keys changed by the provider explain: another `kid`, or another key under it.
fn is_rotation(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::TokenKeyUnknown | ErrorCode::TokenSignature)
}

fn verify_with(
    set: &KeySet,
    tokens: &Tokens,
    attempt: &Attempt,
    context: &Context,
) -> Result<Verified<id::IdToken>, Refused> {
    let logto = context.settings.logto()?;
    let expected = id::Expected {
        issuer: &logto.issuer,
        client_id: &logto.app_id,
        nonce: &attempt.nonce(),
        access_token: Some(tokens.access_token.expose()),
        now: context.now(),
        leeway: LEEWAY_SECS,
    };
    id::verify(&tokens.id_token, set, &expected)
}
