//! The core in its sandbox, in this process: signatures, lines, and what grows with the provider's answers.

use crate::cpu;
use crate::php::Php;
use crate::record::{Callback, record};
use crate::report::{Row, Section, median};
use logto_sign_in::operation::Operation;
use logto_sign_in::sandbox::Sandbox;
use simulator::provider::keys::{Algorithm, Key};
use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// Turns that each side takes; the middle one counts.
const TURNS: usize = 21;
/// What a side does in a turn, so that a turn is longer than a clock's error.
const TIMES: u32 = 10;

const ABOUT: &[u8] = br#"{"operation":"about"}"#;

/// Verifying one signature: the sandbox beside what PHP has, with the key parsed beforehand and each time.
pub fn signatures() -> Result<Section, Box<dyn Error>> {
    let sandbox = Sandbox::new()?;
    let mut rows = Vec::new();
    // PHP 8.2 has no RSASSA-PSS; its Ed25519 is libsodium's.
    for (algorithm, parsing, parsed) in [
        (Algorithm::Es384, Some(1.0), Some(1.5)),
        (Algorithm::Es256, Some(1.0), None),
        (Algorithm::Rs256, Some(0.7), None),
        (Algorithm::Ps256, None, None),
        (Algorithm::EdDsa, None, None),
    ] {
        let recorded = record(vec![Key::new(algorithm, 0)], 0)?;
        let name = algorithm.name();
        let mut php = if algorithm == Algorithm::Ps256 { None } else { Some(Php::verify(&recorded)?) };
        let (mut ours, mut each_time, mut beforehand) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..TURNS {
            ours.push(verifying(&sandbox, &recorded)?);
            if let Some(php) = &mut php {
                each_time.push(php.ask("parsing")?);
                beforehand.push(php.ask("parsed")?);
            }
        }
        if php.is_none() {
            rows.push(Row::new(name, median(&ours), "µs"));
            continue;
        }
        for (how, theirs, aim) in
            [("key parsed each time", each_time, parsing), ("key parsed once", beforehand, parsed)]
        {
            let row = Row::paired(format!("{name}, {how}"), &ours, &theirs, "µs");
            rows.push(if let Some(most) = aim { row.aim_ratio(most) } else { row });
        }
    }
    Ok(Section { name: "a signature in the sandbox", beside: "PHP's openssl or sodium", rows })
}

/// Microseconds of one verification: the same line with a signature of the wrong length does all but the arithmetic.
fn verifying(sandbox: &Sandbox, recorded: &Callback) -> Result<f64, Box<dyn Error>> {
    let (before, verifying) = recorded.until_verifying();
    Ok(answering(sandbox, before, verifying)? - answering(sandbox, before, &recorded.not_verifying)?)
}

/// Single lines, without a transport.
pub fn lines(program: &Path) -> Result<Section, Box<dyn Error>> {
    let sandbox = Sandbox::new()?;
    let recorded = record(vec![Key::new(Algorithm::Es384, 0)], 0)?;
    let (before, verifying) = recorded.until_verifying();
    let (last, until_last) = recorded.lines.split_last().ok_or("no lines")?;
    let turns = |time: &dyn Fn() -> Result<f64, Box<dyn Error>>| -> Result<f64, Box<dyn Error>> {
        Ok(median(&(0..TURNS).map(|_| time()).collect::<Result<Vec<f64>, _>>()?))
    };
    let begin = |line: &[u8]| {
        each(|| {
            let began = cpu::of_thread();
            sandbox.begin(line)?;
            Ok(cpu::of_thread().saturating_sub(began))
        })
    };
    Ok(Section {
        name: "a line in the sandbox",
        beside: "",
        rows: vec![
            Row::new("a cheap call", turns(&|| begin(ABOUT))?, "µs").aim(60.0),
            Row::new("a worker's first call", turns(&|| first_call(program))?, "µs"),
            Row::new("first line of a callback", turns(&|| begin(&recorded.lines[0]))?, "µs"),
            Row::new("answer that verifies an ES384 token", turns(&|| answering(&sandbox, before, verifying))?, "µs"),
            Row::new("last answer", turns(&|| answering(&sandbox, until_last, last))?, "µs"),
        ],
    })
}

/// Microseconds that a new process takes to load the core and to answer its first call, as the doctor measures them.
fn first_call(program: &Path) -> Result<f64, Box<dyn Error>> {
    let report = String::from_utf8(Command::new(program).arg("doctor").output()?.stdout)?;
    let after = |words: &str| {
        let (_, rest) = report.split_once(words)?;
        rest.split_whitespace().next()?.parse::<f64>().ok()
    };
    after("loading: ")
        .zip(after("calling: first "))
        .map(|(load, call)| load + call)
        .ok_or_else(|| report.clone().into())
}

/// What a callback costs when the provider's keys and tokens grow.
pub fn growth() -> Result<Vec<Row>, Box<dyn Error>> {
    let sandbox = Sandbox::new()?;
    let key = |serial| Key::new(Algorithm::Es384, serial);
    let few = record(vec![key(0)], 0)?;
    let keys = record((0..64).map(key).collect(), 0)?;
    let long = record(vec![key(0)], 40 << 10)?;
    let whole = |recorded: &Callback| {
        each(|| {
            let began = cpu::of_thread();
            let (last, before) = recorded.lines.split_last().ok_or("no lines")?;
            advance(&sandbox, before)?.answer(last)?;
            Ok(cpu::of_thread().saturating_sub(began))
        })
    };
    let (mut base, mut many, mut longer) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TURNS {
        base.push(whole(&few)?);
        many.push(whole(&keys)?);
        longer.push(whole(&long)?);
    }
    Ok(vec![
        Row::paired("callback with 64 keys instead of one, core alone", &many, &base, "µs"),
        Row::paired("callback with a token of 64 KiB instead of 1, core alone", &longer, &base, "µs"),
    ])
}

/// Microseconds of the answer `last` in an operation that has been through `before`.
fn answering(sandbox: &Sandbox, before: &[Vec<u8>], last: &[u8]) -> Result<f64, Box<dyn Error>> {
    each(|| {
        let operation = advance(sandbox, before)?;
        let began = cpu::of_thread();
        operation.answer(last)?;
        Ok(cpu::of_thread().saturating_sub(began))
    })
}

/// Microseconds that something takes, of several times.
fn each(mut measure: impl FnMut() -> Result<Duration, Box<dyn Error>>) -> Result<f64, Box<dyn Error>> {
    let mut spent = Duration::ZERO;
    for _ in 0..TIMES {
        spent += measure()?;
    }
    Ok(spent.as_secs_f64() * 1e6 / f64::from(TIMES))
}

/// An operation that has been through these lines.
fn advance(sandbox: &Sandbox, lines: &[Vec<u8>]) -> Result<Operation, Box<dyn Error>> {
    let (request, answers) = lines.split_first().ok_or("no request")?;
    let mut operation = sandbox.begin(request)?.operation;
    for answer in answers {
        operation = operation.ok_or("the recorded operation ends too early")?.answer(answer)?.operation;
    }
    Ok(operation.ok_or("the recorded operation ends too early")?)
}
