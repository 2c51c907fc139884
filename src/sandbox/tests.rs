//! What becomes of operations of modules with a fault, and of the real core's.

use super::*;
use crate::environment::ENTROPY_LENGTH;

fn environment() -> Environment {
    Environment { now: 7, entropy: [b'E'; ENTROPY_LENGTH] }
}

fn run(code: Precompiled, request: &[u8]) -> Result<Vec<u8>, Error> {
    Sandbox::of(code).expect("loads").begin_at(request, &environment()).map(|step| step.reply)
}

/// Begins an operation of the module that answers each line with its number.
fn dialogue() -> Operation {
    let step = Sandbox::of(Precompiled::DIALOGUE).expect("loads").begin(b"+").expect("a reply");
    assert_eq!(step.reply, b"1");
    step.operation.expect("open")
}

/// The reply of the host, in the form that PHP knows.
fn assert_reply(error: &Error, code: &str) {
    let reply: serde_json::Value = serde_json::from_slice(&error.reply()).expect("JSON");
    let outcome = serde_json::json!({
        "type": "refused", "code": code, "status": 500, "retry": true, "redirect_to": "", "cookies": [],
    });
    assert_eq!(reply["outcome"], outcome);
    assert_eq!(reply["log"][0]["code"], code);
    assert!(reply["log"][0]["detail"].as_str().is_some_and(|detail| !detail.is_empty()));
}

#[test]
fn the_core_imports_nothing_and_exports_its_abi() {
    let sandbox = Sandbox::new().expect("loads");
    let module = sandbox.core.module();
    assert_eq!(module.imports().len(), 0, "{:?}", module.imports().map(|i| i.name().to_owned()).collect::<Vec<_>>());
    let exports: Vec<_> = module.exports().map(|export| export.name().to_owned()).collect();
    assert!(exports.iter().any(|name| name == "memory"), "{exports:?}");
    // The linker adds two constants of its own; no other function may be reached.
    let functions = module.exports().filter(|export| export.ty().func().is_some());
    let mut functions: Vec<_> = functions.map(|export| export.name()).collect();
    functions.sort_unstable();
    assert_eq!(functions, ["allocate", "answer", "begin", "is_open"]);
}

#[test]
fn the_core_answers() {
    let step = Sandbox::new().expect("loads").begin(br#"{"operation":"about"}"#).expect("a reply");
    assert!(step.reply.starts_with(br#"{"outcome":{"type":"about""#));
    assert!(step.operation.is_none());
}

#[test]
fn an_equal_environment_gives_equal_replies() {
    let sandbox = Sandbox::new().expect("loads");
    let begin = || {
        let step = sandbox.begin_at(br#"{"operation":"about"}"#, &environment()).expect("a reply");
        (step.reply, step.fuel)
    };
    let (reply, fuel) = begin();
    assert_eq!(begin(), (reply, fuel));
    assert!(fuel > 0 && fuel < limits::FUEL / 100, "{fuel}");
}

#[test]
fn an_endless_core_runs_out_of_fuel() {
    let error = run(Precompiled::ENDLESS, b"{}").expect_err("no reply");
    assert_eq!(error, Error::OutOfFuel);
    assert_reply(&error, "core_out_of_fuel");
}

#[test]
fn a_trap_is_an_answer() {
    let error = run(Precompiled::TRAPS, b"{}").expect_err("no reply");
    assert!(matches!(error, Error::Trapped(_)), "{error}");
    assert_reply(&error, "core_trapped");
}

#[test]
fn a_greedy_core_runs_out_of_memory() {
    let error = run(Precompiled::GREEDY, b"{}").expect_err("no reply");
    assert_eq!(error, Error::OutOfMemory);
    assert_reply(&error, "core_out_of_memory");
}

#[test]
fn a_deep_recursion_is_a_trap() {
    let error = run(Precompiled::DEEP, b"{}").expect_err("no reply");
    assert!(matches!(&error, Error::Trapped(cause) if cause.contains("stack")), "{error}");
}

#[test]
fn a_core_that_wants_something_from_outside_is_not_loaded() {
    let error = Sandbox::of(Precompiled::IMPORTS).err().expect("refused");
    assert!(matches!(&error, Error::Unavailable(cause) if cause.contains("now")), "{error}");
    assert_reply(&error, "core_unavailable");
}

#[test]
fn a_reply_that_is_none_is_not_handed_on() {
    for request in [&b"o"[..], b"e", b"n", b""] {
        let error = run(Precompiled::LIES, request).expect_err("no reply");
        assert!(matches!(error, Error::Trapped(_)), "{error}");
    }
}

#[test]
fn each_operation_gets_a_fresh_instance() {
    let sandbox = Sandbox::of(Precompiled::COUNTS).expect("loads");
    for _ in 0..3 {
        assert_eq!(sandbox.begin_at(b"Q", &environment()).expect("a reply").reply, b"1EQ\x07");
    }
}

#[test]
fn each_line_of_an_operation_gets_its_own_time_and_entropy() {
    let sandbox = Sandbox::of(Precompiled::COUNTS).expect("loads");
    let first = sandbox.begin_at(b"Q", &environment()).expect("a reply");

    let later = Environment { now: 8, entropy: [b'F'; ENTROPY_LENGTH] };
    let second = first.operation.expect("open").answer_at(b"A", &later).expect("a reply");

    assert_eq!((first.reply.as_slice(), second.reply.as_slice()), (&b"1EQ\x07"[..], &b"2FA\x08"[..]));
}

#[test]
fn an_operation_ends_with_its_outcome() {
    let step = dialogue().answer(b"+").expect("a reply");
    assert_eq!(step.reply, b"2");
    let step = step.operation.expect("open").answer(b".").expect("a reply");
    assert_eq!(step.reply, b"3");
    assert!(step.operation.is_none());
}

#[test]
fn each_line_of_an_operation_gets_its_own_fuel() {
    let mut operation = dialogue();
    for _ in 0..3 {
        let step = operation.answer(b"f").expect("a reply");
        assert!(step.fuel > limits::FUEL / 2, "{}", step.fuel);
        operation = step.operation.expect("open");
    }
    assert_eq!(operation.answer(b"@").err(), Some(Error::OutOfFuel));
}

#[test]
fn the_lines_of_an_operation_share_its_memory() {
    let mut operation = dialogue();
    for _ in 0..2 {
        operation = operation.answer(b"m").expect("a reply").operation.expect("open");
    }
    assert_eq!(operation.answer(b"m").err(), Some(Error::OutOfMemory));
}

#[test]
fn an_answer_may_trap() {
    assert!(matches!(dialogue().answer(b"!").err(), Some(Error::Trapped(_))));
}

#[test]
fn a_line_may_be_as_long_as_the_limit_and_no_longer() {
    let sandbox = Sandbox::of(Precompiled::COUNTS).expect("loads");
    let mut line = vec![b'Q'; limits::LINE];
    let begun = sandbox.begin_at(&line, &environment()).expect("a reply");
    assert_eq!(begun.reply, b"1EQ\x07");
    let answered = begun.operation.expect("open").answer_at(&line, &environment()).expect("a reply");
    assert_eq!(answered.reply, b"2EQ\x07");

    line.push(b'Q');
    let error = sandbox.begin(&line).err().expect("too long");
    assert_eq!(error, Error::RequestTooLarge);
    assert_eq!(answered.operation.expect("open").answer(&line).err(), Some(error.clone()));
    assert_reply(&error, "request_too_large");
}

#[test]
fn after_a_failure_the_next_operation_succeeds() {
    let sandbox = Sandbox::of(Precompiled::LIES).expect("loads");
    assert!(sandbox.begin(b"o").is_err());
    // "A" makes a request of one byte, whose buffer is where it should be, and is answered with {}.
    assert_eq!(sandbox.begin(b"A").expect("a reply").reply, b"{}");
}

#[test]
fn an_answer_to_an_operation_that_is_over_has_a_code() {
    assert_reply(&Error::OperationEnded, "operation_ended");
}

#[test]
fn entropy_is_never_the_same_twice() {
    let draw = || Environment::draw().expect("drawn");
    let (one, two) = (draw(), draw());
    assert_ne!(one.entropy, two.entropy);
    let beginning = format!("{:?}", &one.entropy[..4]);
    assert!(!format!("{one:?}").contains(beginning.trim_matches(['[', ']'])));
}
