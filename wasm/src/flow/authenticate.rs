//! Finds the user for whom a request to the REST API is made, by its access token (RFC 6750), and what it may do.

use super::openid::{self, LEEWAY_SECS};
use crate::codes::{ErrorCode, Refused};
use crate::context::Context;
use crate::crypto::secret::Secret;
use crate::crypto::sha256_hex;
use crate::jose::claimed_issuer;
use crate::protocol::{AccessGrant, AuthenticateInput, FindApiUser, Identity, Outcome};
use crate::provider::http::AccessToken as Compact;
use crate::provider::jwks::TokenSource;
use crate::settings::only_read;
use crate::token::Verified;
use crate::token::access::{self, AccessToken};

/// Seconds after which a caller tries again when nothing says when.
const RETRY_SECS: u64 = 30;

/// A bad token is refused, never passed through: whoever sends one does not mean to be anonymous.
pub async fn run(input: &AuthenticateInput, context: &Context) -> Result<Outcome, Refused> {
    let issuer = &context.settings.logto()?.issuer;
    if context.settings.api.resource.is_empty() {
        return Err(Refused::new(ErrorCode::NotConfigured, "no usable API identifier in Logto › Settings"));
    }
    let outcome = match bearer(input, context) {
        Ok(token) if claimed_issuer(token.expose()).is_some_and(|claimed| claimed != *issuer) => {
            return Ok(Outcome::OtherIssuer);
        }
        Ok(token) => authenticate(&token, context).await,
        Err(refused) => Err(refused),
    };
    match outcome {
        Ok(grant) => Ok(Outcome::AccessGranted(Box::new(grant))),
        Err(refused) => {
            let challenge = challenge(&refused, context);
            if refused.code == ErrorCode::ApiUnavailable {
                context.retry_after_unless_known(RETRY_SECS);
            }
            Ok(context.refuse(refused).and_challenge(challenge))
        }
    }
}

/// The token of the header field (RFC 6750 §2.1), the only place that is read.
fn bearer(input: &AuthenticateInput, context: &Context) -> Result<Compact, Refused> {
    let invalid = |cause| Refused::new(ErrorCode::ApiRequestInvalid, cause);
    let authorization = input.authorization.expose().trim();
    let (scheme, token) = authorization.split_once(' ').unwrap_or((authorization, ""));
    let token = Compact::parse(token.trim_start()).map_err(invalid)?;
    context.keep_secret(Secret::new(token.expose()));
    let is_token = token.expose().bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~+/=".contains(&b));
    match (scheme.eq_ignore_ascii_case("Bearer") && is_token, input.has_parameter) {
        (true, false) => Ok(token),
        (true, true) => Err(invalid("the request has an access token in its header and another one")),
        (false, _) => Err(invalid("the header field Authorization has not the form of RFC 6750 §2.1")),
    }
}

async fn authenticate(compact: &Compact, context: &Context) -> Result<AccessGrant, Refused> {
    let token = verify(compact, context).await?; // RFC 9068 §4
    require_site(&token, context)?;
    let api = &context.settings.api;
    let capabilities = api.capabilities(&token.scopes);
    if capabilities.is_empty() {
        return Err(Refused::new(ErrorCode::ApiScopeMissing, "no scope of the token allows anything here"));
    }
    let user_id = find_user(&token, context).await?;
    Ok(AccessGrant {
        user_id,
        read_only: only_read(&capabilities),
        scopes: api.other_capabilities(&capabilities),
        capabilities: capabilities.into_iter().collect(),
        challenge: format!("{}, error=\"insufficient_scope\"", realm(context)),
    })
}

/// Verifies the token by the cached keys. Anybody can send one that names another key, so that the keys are fetched
/// again at most once a minute.
async fn verify(compact: &Compact, context: &Context) -> Result<Verified<AccessToken>, Refused> {
    let logto = context.settings.logto()?;
    let expected = access::Expected {
        issuer: &logto.issuer,
        resource: &context.settings.api.resource,
        client_id: &logto.app_id,
        now: context.now(),
        leeway: LEEWAY_SECS,
    };
    let invalid = |cause: Refused| match cause.code {
        ErrorCode::KeysUnusable => unavailable(&cause),
        _ => Refused::new(ErrorCode::ApiTokenInvalid, cause),
    };
    let metadata = openid::metadata_to_begin(context).await.map_err(|cause| unavailable(&cause))?;
    let cached = openid::cached_keys(&metadata, context);
    if let Some((keys, set)) = cached.as_ref().and_then(|keys| Some((keys, keys.set()?))) {
        match access::verify(compact.expose(), &set, &expected) {
            Err(cause) if openid::may_fetch_again(&cause, keys, TokenSource::Anybody, context) => {}
            verdict => return verdict.map_err(invalid),
        }
    }
    let set = openid::keys_to_begin(&metadata, cached.as_ref(), context).await.map_err(|cause| unavailable(&cause))?;
    access::verify(compact.expose(), &set, &expected).map_err(invalid)
}

/// A token that is limited to an organization is for the organization's sites alone: those of the mapping on a network,
/// and a single site whose users the settings require to be its members.
fn require_site(token: &AccessToken, context: &Context) -> Result<(), Refused> {
    let Some(organization) = &token.organization else { return Ok(()) };
    let (accounts, here) = (&context.settings.accounts, context.site.blog_id);
    let is_here = match here {
        0 => accounts.required_organizations.contains(organization),
        _ => accounts.sites.iter().any(|(name, site)| name == organization && *site == here),
    };
    if is_here {
        return Ok(());
    }
    let cause = "token_audience: the token is limited to an organization that does not stand for this site";
    Err(Refused::new(ErrorCode::ApiTokenInvalid, cause))
}

/// The user for whom the request is made.
async fn find_user(token: &Verified<AccessToken>, context: &Context) -> Result<u64, Refused> {
    let login = if token.is_of_a_client() { context.settings.api.m2m_user.clone() } else { String::new() };
    if token.is_of_a_client() && login.is_empty() {
        return Err(Refused::new(
            ErrorCode::ApiClientRefused,
            "a client calls without a user, and api_m2m_user is empty",
        ));
    }
    let issuer = &context.settings.logto()?.issuer;
    let identity = Identity { issuer: issuer.clone(), issuer_hash: sha256_hex(issuer), subject: token.subject.clone() };
    let user = context.perform(FindApiUser { identity, login }).await?;
    let Some(user_id) = user.user_id else {
        return Err(if token.is_of_a_client() {
            Refused::new(ErrorCode::ApiClientRefused, "api_m2m_user names nobody")
        } else {
            Refused::new(ErrorCode::ApiUserUnknown, "nobody has the token's subject")
        });
    };
    let refused = |code, why: &str| Err(Refused::new(code, format_args!("user {user_id} {why}")));
    match (user.pending, user.revoked, user.member) {
        (true, _, _) => refused(ErrorCode::AccountPending, "is pending approval"),
        (_, true, _) => refused(ErrorCode::ApiUserUnknown, "has lost what the provider gave"),
        (_, _, false) => refused(ErrorCode::NotAMember, "is no member of this site"),
        (false, false, true) => Ok(user_id),
    }
}

/// The token may be good: without the provider, nobody can tell.
fn unavailable(cause: &Refused) -> Refused {
    Refused::new(ErrorCode::ApiUnavailable, cause)
}

/// The value of `WWW-Authenticate` (RFC 6750 §3): the error, and what the caller can do about it.
fn challenge(refused: &Refused, context: &Context) -> String {
    let realm = realm(context);
    let (error, description) = match refused.code {
        ErrorCode::ApiRequestInvalid => ("invalid_request", "Send one access token, in the Authorization header"),
        ErrorCode::ApiTokenInvalid if refused.detail.starts_with(ErrorCode::TokenExpired.as_str()) => {
            ("invalid_token", "The access token expired")
        }
        ErrorCode::ApiTokenInvalid => ("invalid_token", "The access token is not valid for this API"),
        ErrorCode::ApiUserUnknown => ("invalid_token", "The user has no account on this site"),
        ErrorCode::ApiClientRefused => ("invalid_token", "This site takes no machine-to-machine tokens"),
        ErrorCode::ApiScopeMissing => {
            let scope = context.settings.api.scope();
            return format!("{realm}, error=\"insufficient_scope\", scope=\"{scope}\"");
        }
        _ => return realm,
    };
    format!("{realm}, error=\"{error}\", error_description=\"{description}\"")
}

/// The scheme, and the API's identifier, whose grammar has neither quotes nor backslashes.
fn realm(context: &Context) -> String {
    format!("Bearer realm=\"{}\"", context.settings.api.resource)
}
