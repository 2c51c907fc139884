//! Begins a sign-in: state, nonce and PKCE verifier are made when the visitor clicks, never in a page.

use super::attempt::{self, Attempt};
use super::openid;
use crate::codes::{ErrorCode, Refused};
use crate::context::Context;
use crate::crypto::seal::Purpose;
use crate::protocol::{Outcome, Provider, StartInput};
use crate::provider::authorization::{self, AuthorizationParams, Prompt};
use crate::provider::dingtalk;
use crate::settings::Dingtalk;
use url::Url;

/// The visitor clicked, or a page sent them here.
pub async fn begin(input: &StartInput, context: &Context) -> Result<Outcome, Refused> {
    context.on_refusal(&input.redirect_to, Vec::new());
    if input.silent {
        context.go_on_if_refused();
        if input.user_id.is_some() || !context.settings.silent_sign_in {
            return Ok(context.go_on());
        }
    }
    let way = choose(input, context);
    require_configured(&way, context)?;
    require_known_initiator(input, context)?; // Core §4
    if let Some(url) = canonical(input, context)? {
        return Ok(Outcome::Redirect { url, external: true, cookies: Vec::new() });
    }
    match way {
        Way::Logto { direct_sign_in } => to_logto(input, direct_sign_in, context).await,
        // DingTalk always shows a page.
        Way::Dingtalk | Way::DingtalkApp if input.silent => Ok(context.go_on()),
        Way::Dingtalk => to_dingtalk(input, context),
        Way::DingtalkApp => in_dingtalk_app(input, context),
    }
}

/// Redirects to Logto with an authentication request (OpenID Connect Core §3.1.2.1).
async fn to_logto(input: &StartInput, direct_sign_in: &str, context: &Context) -> Result<Outcome, Refused> {
    let logto = context.settings.logto()?;
    let metadata = openid::metadata_to_begin(context).await?; // Discovery §4
    let attempt = Attempt::new(destination(input, context), &logto.issuer, context)?
        .to(input.link_to, input.separate)
        .tested_by(input.test_by)
        .silently(input.silent);
    // The session at Logto may be somebody else's, or the one that was refused: Core §3.1.2.1, prompt.
    let sign_in_again = input.link_to.is_some() || input.test_by.is_some() || input.another_account;
    let params = AuthorizationParams {
        state: &attempt.state(),                 // RFC 6749 §10.12
        nonce: &attempt.nonce(),                 // Core §15.5.2
        code_verifier: &attempt.code_verifier(), // RFC 7636 §4.1
        first_screen: &input.first_screen,
        direct_sign_in,
        login_hint: &input.login_hint,
        organization_id: organization(context),
        prompt: match (input.silent, sign_in_again) {
            (true, _) => Prompt::Never,
            (false, true) => Prompt::Login,
            (false, false) => Prompt::IfNeeded,
        },
    };
    let url = authorization::url(&metadata, logto, &context.site, &params)?;
    let cookie = attempt.to_cookie(Purpose::SignIn, &context.site.redirect_uri, context)?;
    Ok(Outcome::Redirect { url, external: true, cookies: attempt::cookies(cookie, &input.cookies, context)? })
}

/// Redirects to DingTalk.
fn to_dingtalk(input: &StartInput, context: &Context) -> Result<Outcome, Refused> {
    let attempt = Attempt::new(destination(input, context), Dingtalk::ISSUER, context)?
        .to(input.link_to, input.separate)
        .tested_by(input.test_by);
    let url = dingtalk::authorization::url(context.settings.dingtalk()?, &context.site, &attempt.state())?;
    let cookie = attempt.to_cookie(Purpose::SignIn, &context.site.dingtalk_redirect_uri, context)?;
    Ok(Outcome::Redirect { url, external: true, cookies: attempt::cookies(cookie, &input.cookies, context)? })
}

/// Shows the page that asks the DingTalk app for a code.
fn in_dingtalk_app(input: &StartInput, context: &Context) -> Result<Outcome, Refused> {
    let dingtalk = context.settings.dingtalk()?;
    let attempt = Attempt::new(destination(input, context), Dingtalk::ISSUER, context)?;
    let cookie = attempt.to_cookie(Purpose::SignInApp, &context.site.dingtalk_app_uri, context)?;
    Ok(Outcome::DingtalkAppPage {
        corp_id: dingtalk.app_corp_id()?.to_owned(),
        client_id: dingtalk.client_id.clone(),
        state: attempt.state(),
        submit_to: context.site.dingtalk_app_uri.clone(),
        fallback: fallback(input, context)?,
        cookies: attempt::cookies(cookie, &input.cookies, context)?,
    })
}

/// Where the visitor goes afterwards. Linking ends where WordPress says.
fn destination<'a>(input: &'a StartInput, context: &'a Context) -> &'a str {
    let is_free = input.redirect_to.is_empty() && input.link_to.is_none();
    if is_free { &context.settings.landing_page } else { &input.redirect_to }
}

/// The organization whose branding Logto's page has: the site's own, or the one that alone is mapped to it.
fn organization(context: &Context) -> &str {
    let settings = &context.settings;
    if !settings.organization_id.is_empty() {
        return &settings.organization_id;
    }
    let here = |(_, site): &&(String, u64)| *site == context.site.blog_id;
    let mut mapped = settings.accounts.sites.iter().filter(here);
    match (mapped.next(), mapped.next()) {
        (Some((organization, _)), None) => organization,
        _ => "",
    }
}

/// How a visitor can sign in.
enum Way<'a> {
    Logto { direct_sign_in: &'a str },
    Dingtalk,
    DingtalkApp,
}

/// A visitor who chose nothing goes to Logto, unless only DingTalk is set up, or they are inside the DingTalk app, where
/// DingTalk knows them already. Whoever names a page of Logto's chose Logto, and so did whoever is sent by its issuer.
/// Links and tests take the browser's way.
fn choose<'a>(input: &'a StartInput, context: &Context) -> Way<'a> {
    if !input.iss.is_empty() {
        return Way::Logto { direct_sign_in: &input.direct_sign_in };
    }
    let settings = &context.settings;
    let is_visitor = input.link_to.is_none() && input.test_by.is_none();
    let inside = input.user_agent.contains("DingTalk") && input.dingtalk_app != Some(false) && is_visitor;
    let ready = inside && settings.dingtalk().is_ok_and(|dingtalk| dingtalk.app_corp_id().is_ok());
    let free = input.provider.is_none() && input.direct_sign_in.is_empty() && input.first_screen.is_empty();
    let alone = input.provider.is_none() && settings.dingtalk().is_ok() && settings.logto().is_err();
    if alone || free && ready || input.provider == Some(Provider::Dingtalk) {
        return if ready { Way::DingtalkApp } else { Way::Dingtalk };
    }
    let straight = free && inside && settings.dingtalk().is_err() && settings.names_dingtalk_connector;
    Way::Logto { direct_sign_in: if straight { "social:dingtalk" } else { &input.direct_sign_in } }
}

fn require_configured(way: &Way<'_>, context: &Context) -> Result<(), Refused> {
    match way {
        Way::Logto { .. } => context.settings.logto().map(|_| ()),
        Way::Dingtalk | Way::DingtalkApp => context.settings.dingtalk().map(|_| ()),
    }
}

/// Anybody can send a visitor here. What they say leads to the configured provider or nowhere (OpenID Connect Core §4).
fn require_known_initiator(input: &StartInput, context: &Context) -> Result<(), Refused> {
    let known = |issuer: &str| input.iss.trim_end_matches('/') == issuer.trim_end_matches('/');
    if input.iss.is_empty() || context.settings.logto().is_ok_and(|logto| known(&logto.issuer)) {
        return Ok(());
    }
    Err(Refused::new(ErrorCode::InitiatorUnknown, "start: iss is not the configured issuer"))
}

/// The start URL on the site's own host, when the visitor came by another name of the site: the
/// cookie would not come back otherwise. Asked once, so that no proxy can make it a loop.
fn canonical(input: &StartInput, context: &Context) -> Result<Option<String>, Refused> {
    let unusable = |_| Refused::new(ErrorCode::ProtocolError, "site: redirect_uri is not a URL");
    let redirect_uri = Url::parse(&context.site.redirect_uri).map_err(unusable)?;
    let here = context.site.host.to_ascii_lowercase();
    let there = redirect_uri.host_str().map(|host| match redirect_uri.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    });
    if input.canonical || here.is_empty() || there.as_deref() == Some(here.as_str()) {
        return Ok(None);
    }
    let passed_on = [
        ("redirect_to", input.redirect_to.as_str()),
        ("first_screen", &input.first_screen),
        ("direct_sign_in", &input.direct_sign_in),
        ("provider", input.provider.map_or("", Provider::as_str)),
        ("iss", &input.iss),
        ("login_hint", &input.login_hint),
        ("dingtalk_app", if input.dingtalk_app == Some(false) { "0" } else { "" }),
        ("another_account", if input.another_account { "1" } else { "" }),
        ("silent", if input.silent { "1" } else { "" }),
        ("canonical", "1"),
    ];
    start_uri(&passed_on, context).map(Some)
}

/// The start URL of the browser's way, for an app that gives no code.
fn fallback(input: &StartInput, context: &Context) -> Result<String, Refused> {
    let dingtalk = Provider::Dingtalk.as_str();
    start_uri(&[("redirect_to", &input.redirect_to), ("provider", dingtalk), ("dingtalk_app", "0")], context)
}

fn start_uri(passed_on: &[(&str, &str)], context: &Context) -> Result<String, Refused> {
    let mut start = Url::parse(&context.site.start_uri)
        .map_err(|_| Refused::new(ErrorCode::ProtocolError, "site: start_uri is not a URL"))?;
    start.query_pairs_mut().extend_pairs(passed_on.iter().filter(|(_, value)| !value.is_empty()));
    Ok(start.into())
}
