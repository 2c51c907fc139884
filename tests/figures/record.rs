//! A sign-in, recorded request by request.

use logto_sign_in::sandbox::Sandbox;
use serde_json::{Value, json};
use simulator::Core;
use simulator::provider::keys::{Algorithm, Key};
use simulator::site::Site;
use simulator::site::browser::Browser;
use std::error::Error;
use std::time::{SystemTime, UNIX_EPOCH};

/// The requests of one callback, and the ID token in the middle of it.
pub struct Callback {
    /// Every request, in order.
    pub requests: Vec<Vec<u8>>,
    /// The one in which the token is verified.
    pub verifying: Vec<u8>,
    /// The same with a signature of the wrong length.
    pub not_verifying: Vec<u8>,
    /// The token, in compact form.
    pub token: String,
    /// The public key.
    pub jwk: Value,
    /// The algorithm's name.
    pub algorithm: &'static str,
}

/// Records the second sign-in of a visitor: metadata and keys are remembered, the account is there.
pub fn record(algorithm: Algorithm) -> Result<Callback, Box<dyn Error>> {
    let mut recorder = Recorder { sandbox: Sandbox::new()?, requests: Vec::new() };
    let (mut browser, key) = (Browser::default(), Key::new(algorithm, 0));
    let jwk = key.jwk();
    let mut site = Site::new(&mut recorder);
    site.provider.keys = vec![key];
    for _ in 0..2 {
        let outcome = site.sign_in(&mut browser);
        if outcome.user_id().is_none() {
            return Err(format!("{}: nobody was signed in", algorithm.name()).into());
        }
    }
    let last = recorder.requests.iter().rposition(|request| operation(request) == "callback").ok_or("no callback")?;
    let requests = recorder.requests.split_off(last);
    let (verifying, token) =
        requests.iter().find_map(|request| Some((request.clone(), id_token(request)?))).ok_or("no ID token")?;
    let not_verifying = String::from_utf8(verifying.clone())?.replace(&token, &token[..token.len() - 4]).into_bytes();
    Ok(Callback { requests, verifying, not_verifying, token, jwk, algorithm: algorithm.name() })
}

fn operation(request: &[u8]) -> Value {
    serde_json::from_slice::<Value>(request).map_or(Value::Null, |request| request["operation"].clone())
}

fn id_token(request: &[u8]) -> Option<String> {
    let request: Value = serde_json::from_slice(request).ok()?;
    let body: Value = serde_json::from_str(request["input"]["answer"]["body"].as_str()?).ok()?;
    Some(body.get("id_token")?.as_str()?.to_owned())
}

struct Recorder {
    sandbox: Sandbox,
    requests: Vec<Vec<u8>>,
}

impl Core for Recorder {
    fn call(&mut self, request: &[u8]) -> Vec<u8> {
        self.requests.push(request.to_vec());
        self.sandbox.call(request).unwrap_or_else(|error| json!({"error": error.to_string()}).to_string().into_bytes())
    }

    fn now(&self) -> u64 {
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
    }
}
