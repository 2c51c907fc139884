//! The parsers of what providers and the database say.

use logto_sign_in_core::jose::KeySet;
use logto_sign_in_core::protocol::{HttpResponse, Site};
use logto_sign_in_core::provider::{dingtalk as dingtalk_api, discovery, token, userinfo as userinfo_endpoint};
use logto_sign_in_core::settings::Settings;
use logto_sign_in_core::token::Verified;
use logto_sign_in_core::token::claims::Wanted;
use logto_sign_in_core::token::id::{self, Expected, IdToken};
use logto_sign_in_core::token::{access, logout};
use serde_json::{Value, json};
use simulator::provider::keys::{Algorithm, Key, base64url};

const ISSUER: &str = "https://tenant.example/oidc";
const API: &str = "https://wordpress.example/wp-json";
const CLIENT: &str = "app-1a2b3c";
const NONCE: &str = "the nonce of this attempt";
const NOW: u64 = 1_800_000_000;
const LEEWAY: u64 = 60;
/// Every claim, as for another plugin that reads them.
const WANTED: Wanted<'static> = Wanted { mapped: &[], all: true };

/// What the parsers are told beside the bytes.
struct Fixture {
    settings: Settings,
    site: Site,
    key: Key,
    keys: KeySet,
    token: String,
    verified: Verified<IdToken>,
}

thread_local! {
    static FIXTURE: Fixture = Fixture::new();
}

impl Fixture {
    fn new() -> Self {
        let key = Key::new(Algorithm::EdDsa, 0);
        let keys = KeySet::parse(json!({"keys": [key.jwk()]}).to_string().as_bytes()).expect("keys");
        let token = signed(&key, claims().to_string().as_bytes());
        let verified = id::verify(&token, &keys, &expected()).expect("the token is right");
        let site = json!({"home": "https://wordpress.example/", "host": "wordpress.example"});
        let site = serde_json::from_value(site).expect("a site");
        Self { settings: Settings::read(&stored()), site, key, keys, token, verified }
    }
}

const fn expected() -> Expected<'static> {
    Expected {
        issuer: ISSUER,
        client_id: CLIENT,
        nonce: NONCE,
        refreshed: false,
        access_token: Some("token"),
        now: NOW,
        leeway: LEEWAY,
        wanted: WANTED,
    }
}

fn stored() -> Value {
    json!({
        "endpoint": "https://tenant.example", "app_id": CLIENT, "app_secret": "secret",
        "dingtalk_client_id": "ding-client", "dingtalk_client_secret": "ding secret", "dingtalk_app_corp_id": "ding1",
    })
}

fn claims() -> Value {
    json!({
        "iss": ISSUER, "aud": CLIENT, "sub": "subject", "nonce": NONCE, "iat": NOW, "exp": NOW + 3600, "name": "李四",
        "email": "li@example.org", "email_verified": true, "roles": ["editor"],
        "organizations": ["sales"], "identities": {"dingtalk": {"userId": "union"}},
    })
}

fn signed(key: &Key, payload: &[u8]) -> String {
    let header = json!({"alg": key.algorithm().name(), "kid": key.kid}).to_string();
    let input = format!("{}.{}", base64url(header.as_bytes()), base64url(payload));
    let signature = base64url(&key.sign(input.as_bytes()));
    format!("{input}.{signature}")
}

/// PHP sends text: what is no UTF-8 has been replaced.
fn response(data: &[u8], status: u16) -> HttpResponse {
    let content_type = "application/json".to_owned();
    HttpResponse { status, content_type, body: String::from_utf8_lossy(data).into_owned(), ..HttpResponse::default() }
}

/// Metadata that are taken are the tenant's, and a second reading of the same says the same.
pub fn metadata(data: &[u8]) {
    FIXTURE.with(|fixture| {
        let logto = fixture.settings.logto().expect("a tenant");
        if let Ok(metadata) = discovery::process(&response(data, 200), logto, &fixture.site, NOW) {
            assert_eq!(metadata.issuer(), ISSUER);
        }
    });
}

pub fn metadata_seeds() -> Vec<Vec<u8>> {
    let document = json!({
        "issuer": ISSUER, "authorization_endpoint": format!("{ISSUER}/auth"), "token_endpoint": format!("{ISSUER}/token"),
        "userinfo_endpoint": format!("{ISSUER}/me"), "jwks_uri": format!("{ISSUER}/jwks"),
        "end_session_endpoint": format!("{ISSUER}/session/end"), "response_types_supported": ["code"],
        "id_token_signing_alg_values_supported": ["EdDSA"], "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "authorization_response_iss_parameter_supported": true,
    });
    vec![document.to_string().into_bytes(), br#"{"issuer":"https://tenant.example/oidc"}"#.to_vec()]
}

/// A set of keys reads back from its cached form as it was.
pub fn jwks(data: &[u8]) {
    if let Ok(keys) = KeySet::parse(data) {
        let cached = keys.to_value();
        assert_eq!(KeySet::from_value(&cached).as_ref(), Ok(&keys));
        assert!(!cached.to_string().contains("\"d\""), "a private part was kept");
    }
}

pub fn jwks_seeds() -> Vec<Vec<u8>> {
    let keys = [Algorithm::EdDsa, Algorithm::Es256, Algorithm::Es384, Algorithm::Es512, Algorithm::Rs256];
    let keys: Vec<Value> = keys.map(|algorithm| Key::new(algorithm, 0).jwk()).into();
    let each = keys.iter().map(|key| json!({"keys": [key]}).to_string().into_bytes());
    each.chain([json!({"keys": keys}).to_string().into_bytes()]).collect()
}

/// Tokens that are taken are no longer than they may be.
pub fn token_response(data: &[u8]) {
    for status in [200, 400, 401] {
        if let Ok(tokens) = token::process(&response(data, status)) {
            assert!(status == 200 && !tokens.access_token.expose().is_empty() && !tokens.id_token.is_empty());
        }
    }
}

pub fn token_response_seeds() -> Vec<Vec<u8>> {
    vec![
        br#"{"access_token":"a","token_type":"Bearer","id_token":"a.b.c","expires_in":3600,"scope":"openid"}"#.to_vec(),
        br#"{"error":"invalid_grant","error_description":"grant request is invalid"}"#.to_vec(),
    ]
}

/// A token that verifies says of itself what was signed: nobody else made one.
pub fn id_token(data: &[u8]) {
    FIXTURE.with(|fixture| {
        let text = String::from_utf8_lossy(data);
        if id::verify(&text, &fixture.keys, &expected()).is_ok() {
            assert_eq!(text.split('.').nth(1), fixture.token.split('.').nth(1), "a forged token");
        }
    });
}

pub fn id_token_seeds() -> Vec<Vec<u8>> {
    FIXTURE.with(|fixture| vec![fixture.token.clone().into_bytes(), b"eyJhbGciOiJub25lIn0.e30.".to_vec()])
}

/// Claims that are accepted are those that were expected, as another reader of JSON sees them.
pub fn id_token_claims(data: &[u8]) {
    FIXTURE.with(|fixture| {
        let token = signed(&fixture.key, data);
        let Ok(verified) = id::verify(&token, &fixture.keys, &expected()) else { return };
        let claims: Value = serde_json::from_slice(data).unwrap_or_else(|_| Value::Object(verified.claims.clone()));
        assert_eq!((claims["iss"].as_str(), claims["nonce"].as_str()), (Some(ISSUER), Some(NONCE)));
        assert_eq!(claims["sub"].as_str(), Some(verified.subject.as_str()));
        assert!(names(&claims["aud"], CLIENT), "{claims}");
        assert_lasts(&claims);
        assert!(!verified.subject.is_empty() && verified.subject.len() <= 255);
    });
}

pub fn id_token_claims_seeds() -> Vec<Vec<u8>> {
    let mut several = claims();
    several["aud"] = json!([CLIENT, "other"]);
    several["azp"] = json!(CLIENT);
    several["nbf"] = json!(NOW - 1);
    vec![claims().to_string().into_bytes(), several.to_string().into_bytes()]
}

/// What a logout token ends is what the provider signed for that: no ID token ends a session.
pub fn logout_token(data: &[u8]) {
    FIXTURE.with(|fixture| {
        let expected = logout::Expected { issuer: ISSUER, client_id: CLIENT, now: NOW, leeway: LEEWAY };
        let Ok(token) = logout::verify(&signed(&fixture.key, data), &fixture.keys, &expected) else { return };
        let Ok(claims) = serde_json::from_slice::<Value>(data) else { return };
        assert_eq!((claims["iss"].as_str(), claims["jti"].as_str()), (Some(ISSUER), Some(token.jti.as_str())));
        assert!(names(&claims["aud"], CLIENT) && claims.get("nonce").is_none(), "{claims}");
        assert!(claims["events"]["http://schemas.openid.net/event/backchannel-logout"].is_object(), "{claims}");
        assert!(token.subject.is_some() || token.sid.is_some(), "{claims}");
        assert_eq!(claims["sub"].as_str(), token.subject.as_deref());
        assert_lasts(&claims);
    });
}

pub fn logout_token_seeds() -> Vec<Vec<u8>> {
    let events = json!({"http://schemas.openid.net/event/backchannel-logout": {}});
    let token = json!({
        "iss": ISSUER, "aud": CLIENT, "sub": "subject", "sid": "session", "jti": "a number", "iat": NOW, "exp": NOW + 120,
        "events": events,
    });
    let mut of_one_session = token.clone();
    of_one_session["aud"] = json!([CLIENT]);
    of_one_session["sub"] = Value::Null;
    vec![token.to_string().into_bytes(), of_one_session.to_string().into_bytes(), claims().to_string().into_bytes()]
}

/// An access token that is taken is for the API, and no ID token.
pub fn access_token(data: &[u8]) {
    FIXTURE.with(|fixture| {
        let expected = access::Expected { issuer: ISSUER, resource: API, client_id: CLIENT, now: NOW, leeway: LEEWAY };
        let Ok(token) = access::verify(&signed(&fixture.key, data), &fixture.keys, &expected) else { return };
        let Ok(claims) = serde_json::from_slice::<Value>(data) else { return };
        assert_eq!((claims["iss"].as_str(), claims["sub"].as_str()), (Some(ISSUER), Some(token.subject.as_str())));
        let organization = token.organization.as_ref().map(|name| format!("urn:logto:organization:{name}"));
        let is_organizations = organization.is_some_and(|organization| names(&claims["aud"], &organization));
        assert!(names(&claims["aud"], API) || is_organizations, "{claims}");
        assert!(!names(&claims["aud"], CLIENT) && claims["nonce"].is_null(), "{claims}");
        let scope = claims["scope"].as_str().unwrap_or_default();
        assert!(token.scopes.iter().all(|word| scope.split(' ').any(|own| own == word)), "{claims}");
        assert_lasts(&claims);
    });
}

pub fn access_token_seeds() -> Vec<Vec<u8>> {
    let token = json!({
        "iss": ISSUER, "aud": API, "sub": "subject", "client_id": "another-app", "scope": "openid read write",
        "jti": "a number", "iat": NOW, "exp": NOW + 3600,
    });
    let mut of_an_organization = token.clone();
    of_an_organization["aud"] = json!([API, "urn:logto:organization:sales"]);
    of_an_organization["organization_id"] = json!("sales");
    vec![token.to_string().into_bytes(), of_an_organization.to_string().into_bytes(), claims().to_string().into_bytes()]
}

/// Whether an audience names somebody (RFC 7519 §4.1.3).
fn names(audience: &Value, name: &str) -> bool {
    audience == name || audience.as_array().is_some_and(|all| all.iter().any(|one| one == name))
}

/// The token has begun, and has not ended.
fn assert_lasts(claims: &Value) {
    let time = |claim: &str| claims[claim].as_f64().unwrap_or_default();
    #[expect(clippy::cast_precision_loss, reason = "times have 31 bits")]
    let (now, leeway) = (NOW as f64, LEEWAY as f64);
    assert!(time("exp") > now - leeway - 1.0 && time("iat") < now + leeway + 1.0, "{claims}");
}

/// Claims that are taken are about the ID token's subject.
pub fn userinfo(data: &[u8]) {
    FIXTURE.with(|fixture| {
        if let Ok(claims) = userinfo_endpoint::process(&response(data, 200), &fixture.verified, WANTED) {
            assert_eq!(claims["sub"], "subject");
            let visitor = fixture.verified.clone().describe(claims, None);
            let _ = (visitor.verified_email(), visitor.dingtalk_id(), visitor.has_role_claims(), visitor.short_hash());
            let _ = visitor.proven_email(&["dingtalk".to_owned()]);
        }
    });
}

pub fn userinfo_seeds() -> Vec<Vec<u8>> {
    vec![claims().to_string().into_bytes(), br#"{"sub":"subject","email":null,"phone_number":"86138"}"#.to_vec()]
}

/// Whoever `DingTalk` names has an identifier.
pub fn dingtalk(data: &[u8]) {
    FIXTURE.with(|fixture| {
        let response = response(data, 200);
        let settings = fixture.settings.dingtalk().expect("DingTalk");
        let _ = (dingtalk_api::token::process(&response, settings), dingtalk_api::app::token(&response));
        let _ = (dingtalk_api::profile::process(&response), dingtalk_api::app::user(&response));
    });
}

pub fn dingtalk_seeds() -> Vec<Vec<u8>> {
    [
        json!({"accessToken": "a", "refreshToken": "r", "expireIn": 7200, "corpId": "ding1"}),
        json!({"nick": "李四", "unionId": "union-2", "openId": "open-2", "mobile": "138", "stateCode": "86"}),
        json!({"errcode": 0, "errmsg": "ok", "result": {"userid": "user-2", "unionid": "union-2", "name": "李四"}}),
        json!({"code": "invalidParameter", "requestid": "7", "message": "no"}),
        json!({"errcode": 40078, "errmsg": "the code does not exist"}),
    ]
    .map(|body| body.to_string().into_bytes())
    .into()
}

/// Whatever is in the database, settings are read.
pub fn stored_settings(data: &[u8]) {
    if let Ok(stored) = serde_json::from_slice::<Value>(data) {
        let settings = Settings::read(&stored);
        let _ = (settings.logto().is_ok(), settings.dingtalk().is_ok(), settings.secrets().len());
    }
}

pub fn stored_settings_seeds() -> Vec<Vec<u8>> {
    let mut more = stored();
    more["role_map"] = json!("role:admin administrator\norganization_role:sales:member editor");
    more["extra_params"] = json!("a=b&c=d");
    more["email_domains"] = json!("example.org");
    more["scope"] = json!("profile email");
    vec![stored().to_string().into_bytes(), more.to_string().into_bytes()]
}
