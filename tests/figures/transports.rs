//! Every line of one operation, from PHP, by transport: of a callback, and of a call of the REST API.

use crate::cpu::Family;
use crate::php::{Php, Sidecar, resident};
use crate::record::{record, record_call};
use crate::report::{Row, Section};
use simulator::provider::keys::{Algorithm, Key};
use std::error::Error;
use world::package::Package;

/// Turns for a callback.
const TURNS: u32 = 15;
/// Turns for a call of the REST API: 1,000 calls.
const TURNS_OF_CALLS: u32 = 100;
/// Operations in a turn (`callback.php`).
const OPERATIONS: u32 = 10;

/// Milliseconds of CPU of a callback by transport, beside those of the child.
pub fn measure(package: &Package) -> Result<Section, Box<dyn Error>> {
    let recorded = record(vec![Key::new(Algorithm::Es384, 0)], 0)?;
    let mut rows = rows(package, &recorded.lines, TURNS, [5.0, 1.5, 1.8])?;
    let mebibytes = f64::from(resident(&package.program, &recorded)?) / 1024.0;
    rows.push(Row::new("resident memory of the child after it", mebibytes, "MiB").aim(6.0));
    Ok(Section { name: "a whole callback, ES384: CPU of core and transport", beside: "the child", rows })
}

/// The same of a call of the REST API with an access token, whose keys are cached: no request is sent.
pub fn measure_calls(package: &Package) -> Result<Section, Box<dyn Error>> {
    let lines = record_call(Key::new(Algorithm::Es384, 0))?;
    let rows = rows(package, &lines, TURNS_OF_CALLS, [4.0, 1.4, 1.6])?;
    Ok(Section {
        name: "an access token verified, ES384, of 1,000: CPU of core and transport",
        beside: "the child",
        rows,
    })
}

/// What the lines cost by transport.
fn rows(package: &Package, lines: &[Vec<u8>], turns: u32, aims: [f64; 3]) -> Result<Vec<Row>, Box<dyn Error>> {
    let sidecar = Sidecar::start(&package.program)?;
    let mut transports = [
        ("child process, started for it", Php::operation("process", &package.program, lines)?),
        ("FFI", Php::operation("ffi", &package.library, lines)?),
        ("Unix socket", Php::operation("socket", &sidecar.socket(), lines)?),
    ];
    let of_sidecar = || Family::now().milliseconds_of(sidecar.id());
    let (mut times, before): ([Vec<f64>; 3], _) = (Default::default(), of_sidecar());
    for _ in 0..turns {
        for ((_, php), times) in transports.iter_mut().zip(&mut times) {
            times.push(php.ask("operation")? / 1e3);
        }
    }
    let share = (of_sidecar() - before) / f64::from(turns * OPERATIONS);
    times[2].iter_mut().for_each(|time| *time += share);
    let measured = transports.iter().zip(&times).zip(aims);
    Ok(measured.map(|(((name, _), own), aim)| Row::paired(*name, own, &times[0], "ms").aim(aim)).collect())
}
