//! What the core costs, beside what PHP itself would cost: tables in Markdown, ratios of one run.
//!
//! `cargo figures` runs this and adds sizes and page views. Both sides of a ratio take turns, a few
//! milliseconds each, so that a machine whose speed drifts slows both down alike.

mod php;
mod record;

use logto_sign_in::operation::Operation;
use logto_sign_in::sandbox::Sandbox;
use php::Php;
use record::{Callback, record};
use simulator::provider::keys::Algorithm;
use std::error::Error;
use std::time::{Duration, Instant};

/// Turns that each side takes; the middle one counts.
const TURNS: usize = 31;

fn main() -> Result<(), Box<dyn Error>> {
    verification()?;
    callback()
}

/// Verifying one signature: the sandbox beside `openssl_verify`.
fn verification() -> Result<(), Box<dyn Error>> {
    println!("| signature | in the sandbox | `openssl_verify`, key parsed | ratio | key parsed each time | ratio |");
    println!("|---|---|---|---|---|---|");
    let sandbox = Sandbox::new()?;
    for algorithm in [Algorithm::Es384, Algorithm::Es256, Algorithm::Rs256] {
        let recorded = record(algorithm)?;
        let mut php = Php::verify(&recorded)?;
        let (mut ours, mut parsed, mut parsing) = (Vec::new(), Vec::new(), Vec::new());
        let (before, verifying) = recorded.until_verifying();
        let time = |last: &[u8]| -> Result<f64, Box<dyn Error>> {
            let mut spent = Duration::ZERO;
            for _ in 0..10 {
                let operation = advance(&sandbox, before)?;
                let began = Instant::now();
                operation.answer(last)?;
                spent += began.elapsed();
            }
            Ok(spent.as_secs_f64() * 1e6 / 10.0)
        };
        for _ in 0..TURNS {
            // The same line with a signature of the wrong length does all but the arithmetic.
            ours.push(time(verifying)? - time(&recorded.not_verifying)?);
            parsed.push(php.ask("parsed")?);
            parsing.push(php.ask("parsing")?);
        }
        let (first, second) = (ratio(&ours, &parsed), ratio(&ours, &parsing));
        let (ours, parsed, parsing) = (median(ours), median(parsed), median(parsing));
        println!(
            "| {} | {ours:.0} µs | {parsed:.0} µs | {first:.2} | {parsing:.0} µs | {second:.2} |",
            algorithm.name()
        );
    }
    Ok(())
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

/// Every line of one callback, from PHP, by transport.
fn callback() -> Result<(), Box<dyn Error>> {
    println!("\n| a whole callback, ES384, by transport | lines | time | beside the child |");
    println!("|---|---|---|---|");
    let recorded = record(Algorithm::Es384)?;
    let sidecar = php::Sidecar::start()?;
    let mut transports = [
        ("child process, started for it", Php::callback("process", &php::program(), &recorded)?),
        ("FFI", Php::callback("ffi", &php::library(), &recorded)?),
        ("Unix socket", Php::callback("socket", &sidecar.socket, &recorded)?),
    ];
    let mut times: [Vec<f64>; 3] = Default::default();
    for _ in 0..TURNS {
        for ((_, php), times) in transports.iter_mut().zip(&mut times) {
            times.push(php.ask("callback")?);
        }
    }
    for ((name, _), own) in transports.iter().zip(&times) {
        let share = ratio(own, &times[0]);
        let lines = recorded.lines.len();
        println!("| {name} | {lines} | {:.2} ms | {share:.2} |", median(own.clone()) / 1e3);
    }
    println!("\nResident memory of the child after a callback: {} KiB.", php::resident(&recorded)?);
    Ok(())
}

/// The middle of the ratios turn by turn.
fn ratio(ours: &[f64], theirs: &[f64]) -> f64 {
    median(ours.iter().zip(theirs).map(|(ours, theirs)| ours / theirs).collect())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

type Recorded = Callback;
