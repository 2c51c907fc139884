//! What the box does with a core that misbehaves, and with the real one.

use super::*;

fn environment() -> Environment {
    Environment { now: 7, entropy: [b'E'; ENTROPY_LENGTH] }
}

fn run(code: Precompiled, request: &[u8]) -> Result<Vec<u8>, Error> {
    Sandbox::of(code).expect("loads").call_at(request, &environment())
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
    for wanted in ["memory", "allocate", "handle"] {
        assert!(exports.iter().any(|name| name == wanted), "{exports:?}");
    }
    // The linker adds two constants of its own; no function besides the two may be reached.
    let functions = module.exports().filter(|export| export.ty().func().is_some()).count();
    assert_eq!(functions, 2, "{exports:?}");
}

#[test]
fn the_core_answers() {
    let reply = Sandbox::new().expect("loads").call(br#"{"operation":"about"}"#).expect("a reply");
    assert!(reply.starts_with(br#"{"outcome":{"type":"about""#));
}

#[test]
fn an_equal_environment_gives_equal_replies() {
    let sandbox = Sandbox::new().expect("loads");
    let call = || sandbox.call_with_fuel(br#"{"operation":"about"}"#, &environment()).expect("a reply");
    let (reply, fuel) = call();
    assert_eq!(call(), (reply, fuel));
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
fn each_call_gets_a_fresh_instance_its_time_and_its_entropy() {
    let sandbox = Sandbox::of(Precompiled::COUNTS).expect("loads");
    for _ in 0..3 {
        assert_eq!(sandbox.call_at(b"Q", &environment()).expect("a reply"), b"1EQ\x07");
    }
}

#[test]
fn a_request_may_be_as_long_as_the_limit_and_no_longer() {
    let sandbox = Sandbox::of(Precompiled::COUNTS).expect("loads");
    let mut request = vec![b'Q'; limits::REQUEST];
    assert_eq!(sandbox.call_at(&request, &environment()).expect("a reply"), b"1EQ\x07");
    request.push(b'Q');
    let error = sandbox.call_at(&request, &environment()).expect_err("too long");
    assert_eq!(error, Error::RequestTooLarge);
    assert_reply(&error, "request_too_large");
}

#[test]
fn after_a_failure_the_next_call_succeeds() {
    let sandbox = Sandbox::of(Precompiled::LIES).expect("loads");
    assert!(sandbox.call_at(b"o", &environment()).is_err());
    // "A" makes a request of one byte, whose buffer is where it should be, and is answered with {}.
    assert_eq!(sandbox.call_at(b"A", &environment()).expect("a reply"), b"{}");
}

#[test]
fn entropy_is_never_the_same_twice() {
    let draw = || Environment::draw().expect("drawn");
    let (one, two) = (draw(), draw());
    assert_ne!(one.entropy, two.entropy);
    let beginning = format!("{:?}", &one.entropy[..4]);
    assert!(!format!("{one:?}").contains(beginning.trim_matches(['[', ']'])));
}
