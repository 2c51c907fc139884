//! Signs out at the provider, and comes back (OpenID Connect RP-Initiated Logout 1.0 §2 and §3).

use super::attempt::Attempt;
use super::openid;
use super::response::AuthorizationResponse;
use crate::codes::{ErrorCode, Refused};
use crate::context::Context;
use crate::crypto::seal::Purpose;
use crate::protocol::{CallbackInput, Outcome, Provider, SignOutInput};
use crate::provider::end_session;
use url::Url;

/// Sends the visitor to the provider; the WordPress session is over already. `DingTalk` has no sign-out.
pub async fn begin(input: &SignOutInput, context: &Context) -> Result<Outcome, Refused> {
    let landing = landing(input, context);
    context.on_refusal(&landing, Vec::new());
    if input.provider == Provider::Dingtalk {
        return Ok(Outcome::Redirect { url: landing, external: false, cookies: Vec::new() });
    }
    let metadata = openid::metadata_to_begin(context).await?; // Discovery §4
    let logto = context.settings.logto()?;
    let attempt = Attempt::new(&landing, &logto.issuer, context)?;
    let url = end_session::url(&metadata, logto, &context.site, &attempt.state()) // §2
        .ok_or_else(|| Refused::new(ErrorCode::MetadataUnusable, "metadata: no end_session_endpoint"))?;
    let cookie = attempt.to_cookie(Purpose::SignOut, &context.site.post_logout_redirect_uri, context)?;
    Ok(Outcome::Redirect { url, external: true, cookies: vec![cookie] })
}

/// Where the visitor ends up: a page of the site that everybody may open. Any other would lead back into a sign-in.
fn landing(input: &SignOutInput, context: &Context) -> String {
    let wanted = Url::parse(&context.site.home).and_then(|home| Ok((home.join(&input.redirect_to)?, home)));
    let is_public = wanted.as_ref().is_ok_and(|(wanted, home)| {
        let is_here = matches!(wanted.scheme(), "https" | "http") && wanted.host() == home.host();
        is_here && wanted.port() == home.port() && !input.private.iter().any(|private| is_below(wanted, private))
    });
    let is_signed_out_page = !input.signed_out_page.is_empty() && input.redirect_to.starts_with(&input.signed_out_page);
    if input.redirect_to.is_empty() || !is_public && !is_signed_out_page {
        return input.signed_out_page.clone();
    }
    input.redirect_to.clone()
}

/// Whether a URL is another one or below it, whatever their schemes; one with a query means that query of the same page.
/// What is no URL hides everything.
fn is_below(url: &Url, other: &str) -> bool {
    let Ok(other) = Url::parse(other) else { return true };
    if url.host() != other.host() || url.port() != other.port() {
        return false;
    }
    let folder = other.path().trim_end_matches('/');
    match (other.query(), url.path().strip_prefix(folder)) {
        (Some(query), Some(rest)) => {
            rest.trim_matches('/').is_empty() && url.query().is_some_and(|own| own.starts_with(query))
        }
        (None, Some(rest)) => rest.is_empty() || rest.starts_with('/'),
        (_, None) => false,
    }
}

/// Receives the visitor (§3). A return that this browser did not begin goes home: it is not trusted with more.
pub fn finish(callback: &CallbackInput, context: &Context) -> Outcome {
    let attempt = AuthorizationResponse::parse(&callback.query).and_then(|response| {
        let issuer = &context.settings.logto()?.issuer;
        Attempt::find(&response.state()?, &callback.cookies, Purpose::SignOut, issuer, context)
    });
    let attempt = attempt.ok().filter(|attempt| !attempt.is_expired(context.now()));
    let wanted = attempt.as_ref().map(|attempt| attempt.redirect_to.clone()).filter(|url| !url.is_empty());
    Outcome::Redirect {
        url: wanted.unwrap_or_else(|| context.site.home.clone()),
        external: false,
        cookies: attempt
            .iter()
            .map(|attempt| attempt.clear_cookie(&context.site.post_logout_redirect_uri, context))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_below;
    use url::Url;

    #[test]
    fn an_address_covers_what_is_below_it_and_no_other() {
        let is_below = |url: &str, other: &str| is_below(&Url::parse(url).expect("a URL"), other);

        for (url, other) in [
            ("https://a.example/wp-admin", "http://a.example/wp-admin/"),
            ("https://a.example/wp-admin/edit.php?x=1", "https://a.example/wp-admin/"),
            ("https://a.example/wp-login.php?action=logto", "https://a.example/wp-login.php"),
            ("https://a.example/?hidden&redirect_to=x", "https://a.example/?hidden"),
            ("https://a.example/anything", "not a URL"),
        ] {
            assert!(is_below(url, other), "{url} {other}");
        }
        for (url, other) in [
            ("https://a.example/wp-administration/", "https://a.example/wp-admin/"),
            ("https://b.example/wp-admin/", "https://a.example/wp-admin/"),
            ("https://a.example:8443/wp-admin/", "https://a.example/wp-admin/"),
            ("https://a.example/page/?p=1", "https://a.example/?hidden"),
            ("https://a.example/?p=1", "https://a.example/?hidden"),
        ] {
            assert!(!is_below(url, other), "{url} {other}");
        }
    }
}
