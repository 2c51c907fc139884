//! The crate `oauth2` as an independent witness: what the core sends is what it would send.

use oauth2::basic::{BasicClient, BasicErrorResponseType};
use oauth2::{
    AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest, HttpResponse, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, TokenResponse as _, TokenUrl,
};
use serde_json::Value;
use simulator::message::{Answer, Message, Parameters};
use simulator::provider::fault::{Fault, TokenFault};
use simulator::site::Start;
use simulator::{Browser, Native, Site};
use std::collections::BTreeMap;

/// What the core sent in one sign-in.
struct Sent {
    authorization_url: String,
    exchange: Value,
}

fn sign_in(site: &mut Site<'_>) -> Sent {
    let mut browser = Browser::new();
    let authorization_url = site.start(&mut browser, &Start::default()).url("start");
    let now = site.now();
    let back = site.provider.consent(&authorization_url, now);
    site.callback(&mut browser, &back);
    let exchange = site.effects.iter().find(|effect| effect["method"] == "POST").expect("an exchange").clone();
    Sent { authorization_url, exchange }
}

fn form(exchange: &Value) -> Parameters {
    Parameters::parse(exchange["body"].as_str().expect("a body"))
}

macro_rules! client {
    ($site:expr) => {{
        let issuer = $site.provider.issuer();
        BasicClient::new(ClientId::new($site.provider.app_id.clone()))
            .set_client_secret(ClientSecret::new($site.provider.app_secret.clone()))
            .set_auth_uri(AuthUrl::new(format!("{issuer}/auth")).expect("a URL"))
            .set_token_uri(TokenUrl::new(format!("{issuer}/token")).expect("a URL"))
            .set_redirect_uri(RedirectUrl::new($site.provider.redirect_uris[0].clone()).expect("a URL"))
    }};
}

#[test]
fn the_authorization_request_is_the_same() {
    let mut core = Native::new();
    let mut site = Site::new(&mut core);
    let sent = sign_in(&mut site);
    let ours = Parameters::of(&sent.authorization_url);
    let verifier = PkceCodeVerifier::new(form(&sent.exchange).value("code_verifier").to_owned());
    let state = ours.value("state").to_owned();
    let (theirs, _) = client!(site)
        .authorize_url(|| CsrfToken::new(state))
        .add_scopes(ours.value("scope").split(' ').map(|word| Scope::new(word.to_owned())))
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
        .add_extra_param("nonce", ours.value("nonce"))
        .add_extra_param("ui_locales", "zh-CN")
        .url();
    let theirs = theirs.to_string();
    assert_eq!(sent.authorization_url.split('?').next(), theirs.split('?').next());
    let theirs = Parameters::of(&theirs);
    assert!(ours.repeated.is_empty() && theirs.repeated.is_empty());
    assert_eq!(ours.names(), theirs.names());
    for name in ours.names() {
        assert_eq!(ours.value(name), theirs.value(name), "{name}");
    }
}

#[test]
fn the_token_request_is_the_same() {
    let mut core = Native::new();
    let mut site = Site::new(&mut core);
    let sent = sign_in(&mut site);
    let ours = form(&sent.exchange);
    let mut theirs = None;
    let capture = |request: HttpRequest| -> Result<HttpResponse, std::io::Error> {
        theirs = Some(request);
        Err(std::io::Error::other("captured"))
    };
    let capture = std::cell::RefCell::new(capture);
    let deliver = |request: HttpRequest| (capture.borrow_mut())(request);
    let result = client!(site)
        .exchange_code(AuthorizationCode::new(ours.value("code").to_owned()))
        .set_pkce_verifier(PkceCodeVerifier::new(ours.value("code_verifier").to_owned()))
        .request(&deliver);
    assert!(matches!(result, Err(RequestTokenError::Request(_))));
    let theirs = theirs.expect("a request");
    assert_eq!(sent.exchange["method"], theirs.method().as_str());
    assert_eq!(sent.exchange["url"], theirs.uri().to_string());
    let header = |name: &str| theirs.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    for name in ["accept", "authorization", "content-type"] {
        assert_eq!(sent.exchange["headers"][name], header(name), "{name}");
    }
    let body = String::from_utf8(theirs.body().clone()).expect("UTF-8");
    let theirs = Parameters::parse(&body);
    assert_eq!(ours.names(), theirs.names());
    for name in ours.names() {
        assert_eq!(ours.value(name), theirs.value(name), "{name}");
    }
}

/// The crate sends its own exchange to our provider: so the provider is one.
#[test]
fn the_provider_is_understood() {
    for (fault, error) in [
        (None, None),
        (Some(TokenFault::InvalidGrant), Some(BasicErrorResponseType::InvalidGrant)),
        (Some(TokenFault::InvalidClient), Some(BasicErrorResponseType::InvalidClient)),
        (Some(TokenFault::UnknownClient), Some(BasicErrorResponseType::InvalidClient)),
        (Some(TokenFault::ErrorWithScript), Some(BasicErrorResponseType::InvalidScope)),
    ] {
        let mut core = Native::new();
        let mut site = Site::new(&mut core);
        let client = client!(site);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (url, state) = client
            .authorize_url(CsrfToken::new_random)
            .add_scope(Scope::new("openid".to_owned()))
            .set_pkce_challenge(challenge)
            .add_extra_param("nonce", "0123456789abcdefghijklmnop")
            .url();
        let now = site.now();
        let back = Parameters::of(&site.provider.consent(url.as_str(), now));
        assert_eq!(back.value("state"), state.secret());
        site.provider.fault = fault.map(Fault::Token);
        let provider = std::cell::RefCell::new(&mut site.provider);
        let send = |request: HttpRequest| deliver(&mut provider.borrow_mut(), &request, now);
        let result = client
            .exchange_code(AuthorizationCode::new(back.value("code").to_owned()))
            .set_pkce_verifier(verifier)
            .request(&send);
        match (result, error) {
            (Ok(tokens), None) => assert!(!tokens.access_token().secret().is_empty()),
            (Err(RequestTokenError::ServerResponse(response)), Some(error)) => assert_eq!(response.error(), &error),
            (result, error) => panic!("{error:?} expected: {result:?}"),
        }
    }
}

fn deliver(
    provider: &mut simulator::Provider,
    request: &HttpRequest,
    now: u64,
) -> Result<HttpResponse, std::io::Error> {
    let mut message = Message::get(&request.uri().to_string());
    request.method().as_str().clone_into(&mut message.method);
    let text = |value: &oauth2::http::HeaderValue| value.to_str().unwrap_or_default().to_owned();
    message.headers =
        request.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect::<BTreeMap<_, _>>();
    message.body = String::from_utf8_lossy(request.body()).into_owned();
    let Answer::Response(response) = provider.answer(&message, now) else {
        return Err(std::io::Error::other("no response"));
    };
    oauth2::http::Response::builder()
        .status(response.status)
        .header("content-type", response.content_type)
        .body(response.body.into_bytes())
        .map_err(std::io::Error::other)
}
