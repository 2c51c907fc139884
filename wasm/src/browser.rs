//! What the settings page runs in an administrator's browser: the operations that perform no effect and need no secret.
//!
//! The module of the feature `browser` has the exports and the messages of every other build of the core, so that each field
//! is checked by the server's rules while somebody types. The rest of the core is not in it: it would be three times as long.

use crate::account::preview;
use crate::codes::{ErrorCode, Refused};
use crate::environment::Environment;
use crate::flow;
use crate::protocol::{LogLine, Next, Operation, Outcome, Reply, Request};
use crate::settings::Settings;

/// An operation that is over with its first reply.
pub struct Conversation;

impl Conversation {
    /// Replies to a request.
    pub fn begin(request: &[u8], environment: Environment) -> (Self, Reply) {
        let outcome = serde_json::from_slice(request)
            .map_err(|cause| Refused::new(ErrorCode::ProtocolError, format_args!("request: {cause}")))
            .and_then(|request| run(&request, &environment));
        (Self, reply(outcome))
    }

    /// There is nothing to answer.
    pub fn answer(&mut self, _: &[u8], _: Environment) -> Reply {
        reply(Err(Refused::new(ErrorCode::ProtocolError, "answer: the operation is over")))
    }

    /// No effect awaits its answer.
    pub const fn is_open(&self) -> bool {
        false
    }
}

fn run(request: &Request, environment: &Environment) -> Result<Outcome, Refused> {
    let Request { operation, settings: stored, site, input, .. } = request;
    let input = input.as_deref();
    match operation {
        Operation::CheckSettings => Ok(flow::check_settings(&flow::read(input)?, stored, &site.roles)),
        Operation::Preview => Ok(preview::of(&flow::read(input)?, &Settings::read(stored), site, environment)),
        _ => Err(Refused::new(ErrorCode::ProtocolError, "operation: not in a browser")),
    }
}

fn reply(outcome: Result<Outcome, Refused>) -> Reply {
    let (outcome, log) = match outcome {
        Ok(outcome) => (outcome, Vec::new()),
        Err(Refused { code, detail, .. }) => {
            (Outcome::refused(code, String::new(), Vec::new()), vec![LogLine { code: code.as_str(), detail }])
        }
    };
    Reply { next: Next::Outcome(Box::new(outcome)), cache_writes: Vec::new(), log }
}
