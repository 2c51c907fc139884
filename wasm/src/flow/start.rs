//! Beginning a sign-in: state, nonce and PKCE are minted when the visitor clicks, never in a page.

use super::attempt::{self, Attempt};
use super::metadata::{self, Then};
use super::{Context, Journey, Step, dingtalk, dingtalk_app};
use crate::error::{Refusal, Refused};
use crate::protocol::{Connector, Outcome, SetCookie, StartInput};
use crate::provider::authorization::{self, Particulars};
use crate::provider::discovery::Metadata;
use crate::seal::Purpose;
use serde::{Deserialize, Serialize};
use url::Url;

/// What a sign-in needs to remember until the metadata is there.
#[derive(Serialize, Deserialize)]
pub struct Plan {
    first_screen: String,
    direct_sign_in: String,
    cleared: Vec<String>,
}

/// Begins.
pub fn begin(input: &StartInput, context: &Context<'_>, journey: &mut Journey) -> Result<Step, Refused> {
    journey.redirect_to.clone_from(&input.redirect_to);
    journey.link_to = input.link_to;
    let way = choose(input, context);
    match way {
        Way::Logto { .. } => context.settings.logto().map(|_| ())?,
        Way::Dingtalk | Way::DingtalkApp => context.settings.dingtalk().map(|_| ())?,
    }
    if let Some(url) = canonical(input, context)? {
        return Ok(Step::Done(Outcome::Redirect { url, external: true, cookies: Vec::new() }));
    }
    let cleared = attempt::prune(&input.cookies, context)?;
    let direct_sign_in = match way {
        Way::Dingtalk => return dingtalk::go(cleared, context, journey),
        Way::DingtalkApp => return dingtalk_app::page(fallback(input, context)?, cleared, context, journey),
        Way::Logto { direct_sign_in } => direct_sign_in.to_owned(),
    };
    let plan = Plan {
        first_screen: input.first_screen.clone(),
        direct_sign_in,
        cleared: cleared.into_iter().map(|cookie| cookie.name).collect(),
    };
    metadata::obtain(Then::Start(plan), context, journey)
}

/// The ways to sign in.
enum Way<'a> {
    Logto { direct_sign_in: &'a str },
    Dingtalk,
    DingtalkApp,
}

/// Who chose nothing goes to Logto, unless there is DingTalk alone – or the visitor stands inside the DingTalk app,
/// where DingTalk knows them already. Whoever names a page of Logto's chose Logto. A way to sign in that is
/// added to an account always takes the browser's way.
fn choose<'a>(input: &'a StartInput, context: &Context<'_>) -> Way<'a> {
    let settings = &context.settings;
    let inside = input.user_agent.contains("DingTalk") && input.in_app != Some(false) && input.link_to.is_none();
    let ready = inside && settings.dingtalk().is_ok_and(|dingtalk| dingtalk.in_app().is_ok());
    let free = input.connector.is_none() && input.direct_sign_in.is_empty() && input.first_screen.is_empty();
    let alone = input.connector.is_none() && settings.dingtalk().is_ok() && settings.logto().is_err();
    if alone || free && ready || input.connector == Some(Connector::Dingtalk) {
        return if ready { Way::DingtalkApp } else { Way::Dingtalk };
    }
    let straight = free && inside && settings.dingtalk().is_err() && settings.names_dingtalk_connector;
    Way::Logto { direct_sign_in: if straight { "social:dingtalk" } else { &input.direct_sign_in } }
}

/// The start URL on the site's own host, when the visitor came by another name of the site: the
/// cookie would not come back otherwise. Asked once, so that no proxy can make it a loop.
fn canonical(input: &StartInput, context: &Context<'_>) -> Result<Option<String>, Refused> {
    let unusable = |_| Refused::new(Refusal::ProtocolError, "site: redirect_uri is not a URL");
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
        ("connector", input.connector.map_or("", Connector::word)),
        ("in_app", if input.in_app == Some(false) { "0" } else { "" }),
        ("canonical", "1"),
    ];
    start_uri(&passed_on, context).map(Some)
}

/// The start URL of the browser's way, for an app that gives no code.
fn fallback(input: &StartInput, context: &Context<'_>) -> Result<String, Refused> {
    let passed_on =
        [("redirect_to", input.redirect_to.as_str()), ("connector", Connector::Dingtalk.word()), ("in_app", "0")];
    start_uri(&passed_on, context)
}

fn start_uri(passed_on: &[(&str, &str)], context: &Context<'_>) -> Result<String, Refused> {
    let mut start = Url::parse(&context.site.start_uri)
        .map_err(|_| Refused::new(Refusal::ProtocolError, "site: start_uri is not a URL"))?;
    start.query_pairs_mut().extend_pairs(passed_on.iter().filter(|(_, value)| !value.is_empty()));
    Ok(start.into())
}

impl Plan {
    /// The redirect to the provider.
    pub fn go(self, metadata: &Metadata, context: &Context<'_>, journey: &Journey) -> Result<Step, Refused> {
        let logto = context.settings.logto()?;
        let attempt = Attempt::new(&journey.redirect_to, &logto.issuer, context).linking(journey.link_to);
        let own = Particulars {
            state: &attempt.state(),
            nonce: &attempt.nonce(),
            verifier: &attempt.verifier(),
            first_screen: &self.first_screen,
            direct_sign_in: &self.direct_sign_in,
        };
        let url = authorization::url(metadata, logto, context.site, &own)?;
        let kept = attempt.keep(Purpose::SignIn, &context.site.redirect_uri, context)?;
        let clear = |name| SetCookie { name, value: String::new(), max_age: 0, ..kept.clone() };
        let mut cookies: Vec<_> = self.cleared.into_iter().map(clear).collect();
        cookies.push(kept.clone());
        Ok(Step::Done(Outcome::Redirect { url, external: true, cookies }))
    }
}
