//! Asks the provider about a session again, with the refresh token of its sign-in (OpenID Connect Core 1.0 §12): whether the
//! user may still be here, and with which roles.

use super::account::{self, Changes};
use super::decision::find;
use super::openid::{self, Origin};
use super::renewal::Grant;
use crate::account::admission;
use crate::codes::{ErrorCode, Refused};
use crate::context::Context;
use crate::crypto::sha256_hex;
use crate::protocol::{Outcome, Renewal, RevalidateInput};

/// The session ends only by the provider's word. Nobody is signed out because the provider cannot be asked.
pub async fn run(input: &RevalidateInput, context: &Context) -> Result<Outcome, Refused> {
    let Some(mut grant) = Grant::open(&input.sealed, input.user_id, context) else {
        return Ok(end(
            &Refused::new(ErrorCode::SessionEnded, "what the session keeps was altered"),
            String::new(),
            context,
        ));
    };
    let issuer_hash = sha256_hex(&grant.issuer);
    if context.settings.revalidate_secs == 0 {
        return Ok(go_on(grant.postponed(input.user_id, context), Changes::default(), issuer_hash));
    }
    match renew(&mut grant, input, context).await {
        Ok(changes) => Ok(go_on(grant.renewal(input.user_id, context), changes, issuer_hash)),
        Err(refused) if refused.code.is_outage() => {
            context.log(
                refused.code.as_str(),
                format!("the session of user {} goes on: {}", input.user_id, refused.detail),
            );
            Ok(go_on(grant.postponed(input.user_id, context), Changes::default(), issuer_hash))
        }
        Err(refused) => Ok(end(&refused, issuer_hash, context)),
    }
}

/// What the provider's word changes about the user, or why the session is over. `grant` keeps the newest refresh token,
/// whatever follows: a rotated one counts once (RFC 9700 §4.14.2).
async fn renew(grant: &mut Grant, input: &RevalidateInput, context: &Context) -> Result<Changes, Refused> {
    let ended = |cause| Refused::new(ErrorCode::SessionEnded, cause);
    if grant.issuer != context.settings.logto()?.issuer {
        return Err(ended("the settings name another issuer"));
    }
    let metadata = openid::metadata_to_begin(context).await?; // Discovery §4
    let refresh = openid::refresh(&grant.refresh_token, &metadata, context).await?; // §12.1
    if let Some(newer) = refresh.refresh_token {
        newer.expose().clone_into(&mut grant.refresh_token);
    }
    let Some(tokens) = refresh.tokens else { return Ok(Changes::default()) };
    let origin = Origin { nonce: &grant.nonce, refreshed: true };
    let id_token = openid::verify(&tokens, origin, &metadata, context).await?; // §12.2, §3.1.3.7
    if id_token.subject != grant.subject {
        return Err(Refused::new(ErrorCode::TokenSubject, "sub is another than at the sign-in"));
    }
    let visitor = openid::describe(id_token, &tokens, &metadata, context).await?; // §5.3
    if let Err(refused) = admission::admit(&visitor, &context.settings) {
        return account::refuse(refused, &visitor, context).await;
    }
    let facts = find(&visitor, context).await?;
    if facts.user_id != Some(input.user_id) {
        return Err(ended("the identity is not this user's any more"));
    }
    account::judge(&visitor, input.user_id, &facts, context).await
}

fn go_on(renewal: Option<Renewal>, changes: Changes, issuer_hash: String) -> Outcome {
    Outcome::SessionChecked { ended: None, renewal, roles: changes.roles, sites: changes.sites, issuer_hash }
}

fn end(refused: &Refused, issuer_hash: String, context: &Context) -> Outcome {
    context.log(refused.code.as_str(), format!("a session ended: {}", refused.detail));
    Outcome::SessionChecked { ended: Some(refused.code.as_str()), renewal: None, roles: None, sites: None, issuer_hash }
}
