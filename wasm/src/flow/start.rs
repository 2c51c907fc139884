//! Beginning a sign-in: state, nonce and PKCE are minted when the visitor clicks, never in a page.

use super::attempt::{self, Attempt};
use super::metadata::{self, Then};
use super::{Context, Journey, Step, dingtalk};
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
    match input.connector {
        Connector::Logto => context.settings.logto().map(|_| ())?,
        Connector::Dingtalk => context.settings.dingtalk().map(|_| ())?,
    }
    if let Some(url) = canonical(input, context)? {
        return Ok(Step::Done(Outcome::Redirect { url, external: true, cookies: Vec::new() }));
    }
    let cleared = attempt::prune(&input.cookies, context)?;
    if input.connector == Connector::Dingtalk {
        return dingtalk::go(cleared, context, journey);
    }
    let plan = Plan {
        first_screen: input.first_screen.clone(),
        direct_sign_in: input.direct_sign_in.clone(),
        cleared: cleared.into_iter().map(|cookie| cookie.name).collect(),
    };
    metadata::obtain(Then::Start(plan), context, journey)
}

/// The start URL on the site's own host, when the visitor came by another name of the site: the
/// cookie would not come back otherwise. Asked once, so that no proxy can make it a loop.
fn canonical(input: &StartInput, context: &Context<'_>) -> Result<Option<String>, Refused> {
    let unusable = |_| Refused::new(Refusal::ProtocolError, "site: redirect_uri or start_uri is not a URL");
    let redirect_uri = Url::parse(&context.site.redirect_uri).map_err(unusable)?;
    let mut start = Url::parse(&context.site.start_uri).map_err(unusable)?;
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
        ("connector", if input.connector == Connector::Dingtalk { "dingtalk" } else { "" }),
        ("canonical", "1"),
    ];
    start.query_pairs_mut().extend_pairs(passed_on.iter().filter(|(_, value)| !value.is_empty()));
    Ok(Some(start.into()))
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
