//! Connects an account that exists: a proof from both sides, then the confirmation of whoever gave it.
//!
//! The visitor's side was proved at the provider ([`Pending`]). WordPress's side is proved by a login with the account's
//! password, and whatever other plugins ask for with it, or by a one-time link that was mailed to the account's address and
//! opened in this browser. WordPress does not prove `user_email`, so the address alone counts for nothing.

use super::pending::{Origin, Pending, clear_cookie};
use super::{link, start};
use crate::account::admission;
use crate::codes::{ErrorCode, Refused};
use crate::context::Context;
use crate::protocol::{
    ConnectChoice, ConnectInput, ConnectStep, FindAccount, FindEmailMatch, Outcome, SendConnectMail, StartInput,
};

/// The visitor opened the page of a pending connection, or chose something there.
pub async fn run(input: &ConnectInput, context: &Context) -> Result<Outcome, Refused> {
    let pending = Pending::open(&input.cookies, context)?;
    match input.choice {
        None => show(&pending, input, context),
        Some(ConnectChoice::Connect) if input.code.is_empty() => confirm(&pending, input, context).await,
        Some(ConnectChoice::Connect) => confirm_mailed(&pending, input, context).await,
        Some(ConnectChoice::Mail) => mail(&pending, context).await,
        Some(ConnectChoice::Separate) => separate(&pending, input, context).await,
        Some(ConnectChoice::Cancel) => Ok(cancel(&pending, context)),
    }
}

/// Asks for what is missing. Opening a page changes nothing, a mailed link's too: browsers and mail programs open links
/// unasked.
fn show(pending: &Pending, input: &ConnectInput, context: &Context) -> Result<Outcome, Refused> {
    if !input.code.is_empty() {
        require_code(pending, input)?;
        return Ok(pending.page(ConnectStep::ConfirmMailed, pending.user_id, context));
    }
    match owner(pending, input) {
        Ok(user_id) => Ok(pending.page(ConnectStep::Confirm, user_id, context)),
        Err(refused) if pending.origin != Origin::SignIn => Err(refused),
        Err(_) => Ok(pending.page(ConnectStep::Prove, pending.user_id, context)),
    }
}

/// The signed-in user confirms.
async fn confirm(pending: &Pending, input: &ConnectInput, context: &Context) -> Result<Outcome, Refused> {
    let user_id = owner(pending, input)?;
    if !is_linked(pending, user_id, context).await? {
        link::add(pending.identity(), user_id, false, pending.ends(ConnectStep::Confirm), context).await?;
    }
    Ok(pending.linked(user_id, vec![clear_cookie(context)]))
}

/// Whoever opened the mailed link confirms: the account's address is theirs, and everything else about the account may be
/// somebody else's.
async fn confirm_mailed(pending: &Pending, input: &ConnectInput, context: &Context) -> Result<Outcome, Refused> {
    require_code(pending, input)?;
    if !may_mail(pending, context).await? {
        return Err(Refused::new(ErrorCode::ConnectExpired, "the account may not be connected by mail, or no longer"));
    }
    if !pending.mark("code", context).await? {
        return Err(Refused::new(ErrorCode::StateUsed, "this mailed link was used before"));
    }
    if !is_linked(pending, pending.user_id, context).await? {
        link::add(pending.identity(), pending.user_id, true, pending.ends(ConnectStep::ConfirmMailed), context).await?;
    }
    let (redirect_to, provider, cookies) = (pending.redirect_to.clone(), pending.provider, vec![clear_cookie(context)]);
    Ok(Outcome::IdentityLinked { user_id: pending.user_id, redirect_to, provider, sign_in: true, cookies })
}

/// Mails the link, once. The visitor sees the same page whether or not a mail left.
async fn mail(pending: &Pending, context: &Context) -> Result<Outcome, Refused> {
    if may_mail(pending, context).await? && pending.mark("mail", context).await? {
        let (email, provider) = (pending.email.clone(), pending.provider);
        let effect = SendConnectMail { user_id: pending.user_id, email, code: pending.code(), provider };
        if !context.perform(effect).await?.sent {
            context.log("connect_mail_not_sent", format!("no mail left for user {}", pending.user_id));
        }
    }
    Ok(pending.page(ConnectStep::Mailed, pending.user_id, context))
}

/// Starts the sign-in again, which ends with an account of the visitor's own.
async fn separate(pending: &Pending, input: &ConnectInput, context: &Context) -> Result<Outcome, Refused> {
    if !pending.may_separate {
        return Err(Refused::new(ErrorCode::NotProvisioned, "the settings give this visitor no account"));
    }
    let start = StartInput {
        provider: Some(pending.provider),
        redirect_to: pending.redirect_to.clone(),
        separate: true,
        dingtalk_app: Some(false),
        canonical: true,
        cookies: input.cookies.clone(),
        ..StartInput::default()
    };
    let mut outcome = start::begin(&start, context).await?;
    if let Outcome::Redirect { cookies, .. } = &mut outcome {
        cookies.push(clear_cookie(context));
    }
    Ok(outcome)
}

fn cancel(pending: &Pending, context: &Context) -> Outcome {
    let home = || context.site.home.clone();
    let url = Some(pending.redirect_to.clone()).filter(|url| !url.is_empty()).unwrap_or_else(home);
    Outcome::Redirect { url, external: false, cookies: vec![clear_cookie(context)] }
}

/// The signed-in user, if what they proved is enough to have the identity connected to their account.
fn owner(pending: &Pending, input: &ConnectInput) -> Result<u64, Refused> {
    match (pending.origin, input.user_id) {
        (Origin::Profile, Some(user_id)) if user_id == pending.user_id => Ok(user_id),
        // Otherwise the user who is signed in now would get the identity that somebody else began to link (CVE-2015-9284).
        (Origin::Profile, _) => {
            Err(Refused::new(ErrorCode::LinkUserChanged, "another user is signed in than when linking began"))
        }
        (Origin::Test, Some(user_id)) if user_id != pending.user_id => {
            Err(Refused::new(ErrorCode::LinkUserChanged, "another user is signed in than when the test began"))
        }
        (Origin::Test, Some(user_id)) if input.proven_at.is_some_and(|at| pending.is_just_after(at)) => Ok(user_id),
        (Origin::SignIn, Some(user_id)) if input.proven_at.is_some_and(|at| pending.is_before(at)) => Ok(user_id),
        (Origin::SignIn | Origin::Test, _) => {
            Err(Refused::new(ErrorCode::ConnectExpired, "nobody logged in to an account since the connection began"))
        }
    }
}

fn require_code(pending: &Pending, input: &ConnectInput) -> Result<(), Refused> {
    if pending.origin == Origin::SignIn && pending.is_code(&input.code) {
        return Ok(());
    }
    Err(Refused::new(ErrorCode::ConnectExpired, "the mailed link belongs to another connection than this browser's"))
}

/// Whether the account still has the visitor's address, and a mail to it may connect the two. Asked at each step: settings
/// and users change within ten minutes.
async fn may_mail(pending: &Pending, context: &Context) -> Result<bool, Refused> {
    if !pending.may_mail {
        return Ok(false);
    }
    let effect = FindEmailMatch { email: pending.email.clone(), identity: pending.identity() };
    let matched = context.perform(effect).await?;
    Ok(matched.user_id == Some(pending.user_id) && admission::may_connect_by_mail(&matched, &context.settings))
}

/// Whether the identity is the user's already.
async fn is_linked(pending: &Pending, user_id: u64, context: &Context) -> Result<bool, Refused> {
    match context.perform(FindAccount { identity: pending.identity() }).await?.user_id {
        None => Ok(false),
        Some(owner) if owner == user_id => Ok(true),
        Some(_) => Err(link::taken()),
    }
}
