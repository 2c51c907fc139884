//! The whole executor: it polls one operation, and carries effects out and answers in.
//!
//! [`Conversation::begin`] comes first, then [`Conversation::answer`] for each effect, while
//! [`Conversation::is_open`].

use crate::codes::{ErrorCode, Refused};
use crate::context::{Context, Mailbox};
use crate::environment::Environment;
use crate::flow;
use crate::protocol::{Answer, LogLine, Next, Outcome, Reply, Request};
use crate::settings::Settings;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

/// One operation between its request and its outcome.
pub struct Conversation {
    /// `None` once the operation is over.
    operation: Option<Pin<Box<dyn Future<Output = Outcome>>>>,
    mailbox: Rc<Mailbox>,
}

impl Conversation {
    /// Begins the operation of a request.
    pub fn begin(request: &[u8], environment: Environment) -> (Self, Reply) {
        let mailbox = Rc::new(Mailbox::default());
        let mut conversation = Self { operation: None, mailbox: Rc::clone(&mailbox) };
        let reply = match serde_json::from_slice::<Request>(request) {
            Ok(request) => {
                conversation.operation = Some(Box::pin(operation(request, mailbox)));
                conversation.resume(environment)
            }
            Err(cause) => not_understood(format_args!("request: {cause}")),
        };
        (conversation, reply)
    }

    /// Goes on with the answer to the effect of the last reply. Another line than an answer ends the operation.
    pub fn answer(&mut self, line: &[u8], environment: Environment) -> Reply {
        match serde_json::from_slice::<Answer<'_>>(line) {
            Ok(Answer { answer }) => {
                self.mailbox.answer.replace(Some(answer.get().into()));
                self.resume(environment)
            }
            Err(cause) => {
                self.operation = None;
                not_understood(format_args!("answer: {cause}"))
            }
        }
    }

    /// Whether an effect awaits its answer.
    pub const fn is_open(&self) -> bool {
        self.operation.is_some()
    }

    fn resume(&mut self, environment: Environment) -> Reply {
        let Some(operation) = &mut self.operation else {
            return not_understood(format_args!("answer: the operation is over"));
        };
        self.mailbox.environment.replace(Some(environment));
        let polled = operation.as_mut().poll(&mut std::task::Context::from_waker(Waker::noop()));
        let next = match (polled, self.mailbox.effect.take()) {
            (Poll::Pending, Some(effect)) => Next::Effect(effect),
            (Poll::Ready(outcome), _) => {
                self.operation = None;
                Next::Outcome(Box::new(outcome))
            }
            (Poll::Pending, None) => {
                self.operation = None;
                return not_understood(format_args!("the operation waits for nothing"));
            }
        };
        Reply { next, cache_writes: self.mailbox.cache_writes.take(), log: self.mailbox.log.take() }
    }
}

async fn operation(request: Request, mailbox: Rc<Mailbox>) -> Outcome {
    let Request { operation, settings: stored, site, cache, input } = request;
    let context = Context::new(Settings::read(&stored), site, cache, mailbox);
    match flow::run(operation, input.as_deref(), &stored, &context).await {
        Ok(outcome) => outcome,
        Err(refused) => context.refuse(refused),
    }
}

/// The reply to a line that is no message of the protocol.
fn not_understood(detail: std::fmt::Arguments<'_>) -> Reply {
    let Refused { code, detail, .. } = Refused::new(ErrorCode::ProtocolError, detail);
    let outcome = Outcome::refused(code, String::new(), Vec::new());
    let log = vec![LogLine { code: code.as_str(), detail }];
    Reply { next: Next::Outcome(Box::new(outcome)), cache_writes: Vec::new(), log }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::environment::ENTROPY_LENGTH;
    use serde_json::{Value, json};

    const REQUEST: &str = r#"{"operation":"sign_out","settings":
        {"endpoint":"https://tenant.example","app_id":"app","app_secret":"secret"},
        "site":{"salt":"0123456789abcdef0123456789abcdef"}}"#;

    fn at(now: u64) -> Environment {
        Environment { now, entropy: [7; ENTROPY_LENGTH] }
    }

    fn read(reply: &Reply) -> Value {
        serde_json::from_slice(&reply.to_json()).expect("JSON")
    }

    #[test]
    fn an_operation_is_open_until_its_outcome() {
        let (mut conversation, reply) = Conversation::begin(REQUEST.as_bytes(), at(1));
        assert_eq!(read(&reply)["effect"]["type"], "http_request");
        assert!(conversation.is_open());

        let reply = read(&conversation.answer(br#"{"answer":{"error":"timeout"}}"#, at(2)));

        assert_eq!(reply["outcome"]["code"], "provider_timeout");
        assert_eq!(reply["log"][0]["code"], "provider_timeout");
        assert!(!conversation.is_open());
    }

    #[test]
    fn an_operation_without_effects_ends_at_once() {
        let (conversation, reply) = Conversation::begin(br#"{"operation":"about"}"#, at(1));

        assert_eq!(read(&reply)["outcome"]["type"], "about");
        assert!(!conversation.is_open());
    }

    #[test]
    fn an_answer_after_the_outcome_is_refused() {
        let (mut conversation, _) = Conversation::begin(br#"{"operation":"about"}"#, at(1));

        let reply = read(&conversation.answer(br#"{"answer":{}}"#, at(2)));

        assert_eq!(reply["outcome"]["code"], "protocol_error");
    }

    #[test]
    fn the_answer_of_another_effect_ends_the_operation() {
        for answer in [json!({"status": "200"}), json!({"error": "unknown"}), json!("text"), json!(null)] {
            let (mut conversation, _) = Conversation::begin(REQUEST.as_bytes(), at(1));

            let reply = read(&conversation.answer(json!({ "answer": answer }).to_string().as_bytes(), at(2)));

            assert_eq!(reply["outcome"]["code"], "protocol_error", "{answer}");
            assert!(!conversation.is_open());
        }
    }
}
