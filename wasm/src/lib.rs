//! The OpenID Connect client of Logto Sign-In.
//!
//! Every rule lives here and nothing else does: this crate performs no I/O, reads no clock and
//! draws no entropy. [`handle`] takes one request and gives one reply; [`protocol`] documents both.
//!
//! | room | holds |
//! |---|---|
//! | [`protocol`] | the messages |
//! | [`settings`] | the one settings table |
//! | [`error`] | why a visitor is refused |
//! | [`flow`] | a sign-in or sign-out, one file per awaited input |
//! | [`provider`] | what providers say: metadata, keys, tokens, userinfo |
//! | [`jose`] | signatures |
//! | [`token`] | what a verified token is |
//! | [`account`] | whose account, and what it is called |
//! | [`seal`], [`pkce`], [`secret`] | the cookie, the proof key, values that are never printed |

#![deny(unsafe_code)]

pub mod account;
mod entropy;
pub mod error;
#[cfg(any(doc, target_arch = "wasm32"))]
pub mod exports;
pub mod flow;
pub mod jose;
pub mod pkce;
pub mod protocol;
pub mod provider;
pub mod seal;
pub mod secret;
pub mod settings;
pub mod token;

use error::{Refusal, Refused};
use protocol::{LogLine, Next, Outcome, Reply, Request};

/// Entropy that the host draws for each call, in bytes.
pub const ENTROPY_LENGTH: usize = 64;

/// What a call may not find out by itself.
#[derive(Clone)]
pub struct Surroundings {
    /// Unix time in seconds.
    pub now: u64,
    /// Fresh random bytes; everything unpredictable in a reply is derived from them.
    pub entropy: [u8; ENTROPY_LENGTH],
}

/// Answers one request. Both are JSON objects; see [`protocol`].
pub fn handle(request: &[u8], surroundings: &Surroundings) -> Vec<u8> {
    let reply = match serde_json::from_slice::<Request>(request) {
        Ok(request) => flow::run(&request, surroundings),
        Err(cause) => not_understood(&Refused::new(Refusal::ProtocolError, format_args!("request: {cause}"))),
    };
    // A reply has nothing in it that JSON cannot say.
    serde_json::to_vec(&reply).unwrap_or_default()
}

/// What this core is.
fn about() -> Outcome {
    let problems = settings::check::PROBLEMS.iter().copied();
    Outcome::About {
        version: env!("CARGO_PKG_VERSION"),
        algorithms: jose::Algorithm::ALL.iter().map(|algorithm| algorithm.name()).collect(),
        codes: Refusal::ALL.iter().map(|refusal| refusal.code()).chain(problems).collect(),
    }
}

fn not_understood(refused: &Refused) -> Reply {
    let (code, status, retry) = (refused.refusal.code(), refused.refusal.status(), refused.refusal.retry());
    let outcome = Outcome::Refused { code, status, retry, redirect_to: String::new(), cookies: Vec::new() };
    let log = vec![LogLine { code, detail: refused.detail.clone() }];
    Reply { next: Next::Done { outcome }, remember: Vec::new(), log }
}
