//! The admin's check of the connection: what the providers say now, never what is cached.

use super::openid;
use crate::codes::Refused;
use crate::context::Context;
use crate::jose::KeySet;
use crate::protocol::{Check, CheckResult, CheckSubject, Finding, HttpRequest, HttpResponse, Outcome};
use crate::provider::check;
use crate::provider::date;
use crate::provider::dingtalk::app;
use crate::provider::discovery::Metadata;
use crate::settings::Dingtalk;

/// Asks every provider that is set up for everything that it tells without a visitor.
///
/// # Errors
/// [`ErrorCode::NotConfigured`](crate::codes::ErrorCode::NotConfigured) when none is set up.
pub async fn connection(context: &Context) -> Result<Outcome, Refused> {
    let dingtalk = context.settings.dingtalk();
    let mut checks = match (context.settings.logto(), &dingtalk) {
        (Err(_), Ok(_)) => Vec::new(),
        (logto, _) => {
            logto?;
            tenant(context).await?
        }
    };
    if let Ok(dingtalk) = dingtalk {
        checks.push(dingtalk_application(dingtalk, context).await?);
    }
    for check in &mut checks {
        check.found = context.redacted(std::mem::take(&mut check.found));
        if check.result == CheckResult::Failed {
            context.log(check.code, format!("connection check: {}", check.found));
        }
    }
    Ok(Outcome::ConnectionChecked { checks })
}

/// The Logto tenant. Without metadata there is nobody to ask for the rest.
async fn tenant(context: &Context) -> Result<Vec<Check>, Refused> {
    use CheckSubject::{Algorithms, Application, Keys, Metadata, Pkce, PostLogoutRedirectUri, RedirectUri};
    let metadata = match openid::fetch_metadata(context).await {
        Ok(metadata) => metadata,
        Err(refused) => {
            let skipped = [Keys, Algorithms, Application, RedirectUri, PostLogoutRedirectUri];
            let skipped = skipped.map(|subject| Check::of(subject, Finding::CheckSkipped, ""));
            return Ok([Check::failed(Metadata, refused)].into_iter().chain(skipped).collect());
        }
    };
    let mut checks = vec![Check::of(Metadata, Finding::MetadataFound, metadata.issuer())];
    if !context.settings.logto()?.is_tenant {
        let finding = if metadata.announces_pkce { Finding::PkceAnnounced } else { Finding::PkceUnstated };
        checks.push(Check::of(Pkce, finding, ""));
    }
    checks.extend(keys(&metadata, context).await);
    checks.push(application(&metadata, context).await?);
    let (logto, site) = (context.settings.logto()?, &context.site);
    let response = context.perform(check::redirect_uri_request(&metadata, logto, site)?).await?;
    checks.extend(clock(&response, context)?);
    checks.push(judged(RedirectUri, check::redirect_uri(&response)));
    checks.push(match check::post_logout_uri_request(&metadata, logto, site) {
        Some(request) => ask(PostLogoutRedirectUri, request, check::post_logout_uri, context).await?,
        None => Check::of(PostLogoutRedirectUri, Finding::SignOutUnsupported, ""),
    });
    Ok(checks)
}

/// The clock, by the time of a response. A provider that names none says nothing about it.
fn clock(response: &HttpResponse, context: &Context) -> Result<Option<Check>, Refused> {
    let now = context.environment()?.now;
    Ok(date::parse(&response.date).map(|theirs| {
        let agrees = now.abs_diff(theirs) < openid::LEEWAY_SECS;
        let finding = if agrees { Finding::ClockAgrees } else { Finding::ClockDiffers };
        Check::of(CheckSubject::Clock, finding, format!("{} s", now.abs_diff(theirs)))
    }))
}

/// The keys, and the algorithms that the metadata announce (Core §10.1).
async fn keys(metadata: &Metadata, context: &Context) -> [Check; 2] {
    let cached = openid::cached_keys(metadata, context);
    match openid::fetch_keys(metadata, cached.as_ref(), context).await {
        Ok(keys) => [
            Check::of(CheckSubject::Keys, Finding::KeysFound, keys.algorithms().join(", ")),
            algorithms(&keys, metadata),
        ],
        Err(refused) => [
            Check::failed(CheckSubject::Keys, refused),
            Check::of(CheckSubject::Algorithms, Finding::CheckSkipped, metadata.signing_algorithms.join(", ")),
        ],
    }
}

fn algorithms(keys: &KeySet, metadata: &Metadata) -> Check {
    let announced = &metadata.signing_algorithms;
    let agrees = keys.algorithms().iter().any(|name| announced.iter().any(|announced| announced == name));
    let finding = match (announced.is_empty(), agrees) {
        (true, _) => Finding::AlgorithmsUnstated,
        (false, true) => Finding::AlgorithmsAgree,
        (false, false) => Finding::AlgorithmsDiffer,
    };
    Check::of(CheckSubject::Algorithms, finding, announced.join(", "))
}

/// App ID, App secret and type. An application without a secret is refused like one with another secret; it shows when it
/// is accepted without one.
async fn application(metadata: &Metadata, context: &Context) -> Result<Check, Refused> {
    let (logto, site) = (context.settings.logto()?, &context.site);
    let request = check::application_request(metadata, logto, site);
    let said = ask(CheckSubject::Application, request, check::application, context).await?;
    if said.code != Finding::ApplicationSecret.as_str() {
        return Ok(said);
    }
    let request = check::public_request(metadata, logto, site);
    let without = ask(CheckSubject::Application, request, check::application, context).await?;
    let is_public = without.code == Finding::ApplicationAccepted.as_str();
    Ok(if is_public { Check::of(CheckSubject::Application, Finding::ApplicationType, said.found) } else { said })
}

/// Client ID and Client Secret: the application's own access token needs no visitor.
async fn dingtalk_application(dingtalk: &Dingtalk, context: &Context) -> Result<Check, Refused> {
    let judge = |response: &HttpResponse| app::token(response).map(|_| (Finding::DingtalkAccepted, String::new()));
    ask(CheckSubject::Dingtalk, app::token_request(dingtalk), judge, context).await
}

/// One request and its judgment.
async fn ask(
    subject: CheckSubject,
    request: HttpRequest,
    judge: impl Fn(&HttpResponse) -> Result<(Finding, String), Refused>,
    context: &Context,
) -> Result<Check, Refused> {
    let response = context.perform(request).await?;
    Ok(judged(subject, judge(&response)))
}

fn judged(subject: CheckSubject, judgment: Result<(Finding, String), Refused>) -> Check {
    match judgment {
        Ok((finding, found)) => Check::of(subject, finding, found),
        Err(refused) => Check::failed(subject, refused),
    }
}
