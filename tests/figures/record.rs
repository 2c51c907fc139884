//! A sign-in, recorded line by line.

use logto_sign_in::frames::Frame;
use logto_sign_in::sandbox::Sandbox;
use logto_sign_in::session::Session;
use serde_json::{Value, json};
use simulator::Core;
use simulator::provider::keys::Key;
use simulator::site::Site;
use simulator::site::browser::Browser;
use std::error::Error;
use std::time::{SystemTime, UNIX_EPOCH};

/// The lines of one callback, and the ID token in one of them.
pub struct Callback {
    /// The request and every answer, in order.
    pub lines: Vec<Vec<u8>>,
    /// The place of the answer that holds the token.
    verifying: usize,
    /// That answer with a signature of the wrong length.
    pub not_verifying: Vec<u8>,
    /// The token, in compact form.
    pub token: String,
    /// The public key.
    pub jwk: Value,
}

impl Callback {
    /// The lines up to the one that makes the core verify the token, and that one.
    pub fn until_verifying(&self) -> (&[Vec<u8>], &[u8]) {
        (&self.lines[..self.verifying], &self.lines[self.verifying])
    }
}

/// Records the second sign-in of a visitor: metadata and keys are cached, the account is there. The last key signs, and the
/// ID token holds so many bytes that nobody reads.
pub fn record(keys: Vec<Key>, padding: usize) -> Result<Callback, Box<dyn Error>> {
    let sandbox = Sandbox::new()?;
    let mut recorder = Recorder { session: Session::new(Ok(&sandbox)), lines: Vec::new() };
    let mut browser = Browser::default();
    let jwk = keys.last().ok_or("no key")?.jwk();
    let mut site = Site::new(&mut recorder);
    site.provider.keys = keys;
    if padding > 0 {
        site.provider.visitor.claims.insert("padding".into(), "x".repeat(padding).into());
    }
    for _ in 0..2 {
        let outcome = site.sign_in(&mut browser);
        if outcome.user_id().is_none() {
            return Err("nobody was signed in".into());
        }
    }
    let last = recorder.lines.iter().rposition(|line| operation(line) == "callback").ok_or("no callback")?;
    let lines = recorder.lines.split_off(last);
    let find = |(place, line): (usize, &Vec<u8>)| Some((place, id_token(line)?));
    let (verifying, token) = lines.iter().enumerate().find_map(find).ok_or("no ID token")?;
    let line = String::from_utf8(lines[verifying].clone())?;
    let not_verifying = line.replace(&token, &token[..token.len() - 4]).into_bytes();
    Ok(Callback { lines, verifying, not_verifying, token, jwk })
}

/// Records a call of the REST API with an access token of a user; metadata and keys are cached.
pub fn record_call(key: Key) -> Result<Vec<Vec<u8>>, Box<dyn Error>> {
    let sandbox = Sandbox::new()?;
    let mut recorder = Recorder { session: Session::new(Ok(&sandbox)), lines: Vec::new() };
    let mut site = Site::new(&mut recorder);
    site.provider.keys = vec![key];
    let api = "https://wordpress.example/wp-json";
    site.settings["api_resource"] = json!(api);
    site.settings["api_scopes"] = json!("read = read");
    site.sign_in(&mut Browser::default());
    let token = site.provider.access_token(api, "read", &json!({}), site.now());
    let outcome = site.authenticate(&token);
    if outcome.kind() != "access_granted" {
        return Err("the token was refused".into());
    }
    let first = recorder.lines.iter().rposition(|line| operation(line) == "authenticate").ok_or("no call")?;
    Ok(recorder.lines.split_off(first))
}

fn operation(line: &[u8]) -> Value {
    serde_json::from_slice::<Value>(line).map_or(Value::Null, |line| line["operation"].clone())
}

fn id_token(line: &[u8]) -> Option<String> {
    let line: Value = serde_json::from_slice(line).ok()?;
    let body: Value = serde_json::from_str(line["answer"]["body"].as_str()?).ok()?;
    Some(body.get("id_token")?.as_str()?.to_owned())
}

struct Recorder<'a> {
    session: Session<'a>,
    lines: Vec<Vec<u8>>,
}

impl Core for Recorder<'_> {
    fn call(&mut self, line: &[u8]) -> Vec<u8> {
        self.lines.push(line.to_vec());
        self.session.reply(&Frame::Line(line.to_vec()))
    }

    fn now(&self) -> u64 {
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
    }
}
