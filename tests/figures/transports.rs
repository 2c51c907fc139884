//! Every line of one callback, from PHP, by transport.

use crate::cpu::Family;
use crate::php::{Php, Sidecar, resident};
use crate::record::record;
use crate::report::{Row, Section};
use simulator::provider::keys::{Algorithm, Key};
use std::error::Error;
use world::package::Package;

const TURNS: u32 = 15;
/// Callbacks in a turn (`callback.php`).
const CALLBACKS: u32 = 10;

/// Milliseconds of CPU of a callback by transport, beside those of the child.
pub fn measure(package: &Package) -> Result<Section, Box<dyn Error>> {
    let recorded = record(vec![Key::new(Algorithm::Es384, 0)], 0)?;
    let sidecar = Sidecar::start(&package.program)?;
    let mut transports = [
        ("child process, started for it", 5.0, Php::callback("process", &package.program, &recorded)?),
        ("FFI", 1.5, Php::callback("ffi", &package.library, &recorded)?),
        ("Unix socket", 1.8, Php::callback("socket", &sidecar.socket(), &recorded)?),
    ];
    let of_sidecar = || Family::now().milliseconds_of(sidecar.id());
    let (mut times, before): ([Vec<f64>; 3], _) = (Default::default(), of_sidecar());
    for _ in 0..TURNS {
        for ((_, _, php), times) in transports.iter_mut().zip(&mut times) {
            times.push(php.ask("callback")? / 1e3);
        }
    }
    let share = (of_sidecar() - before) / f64::from(TURNS * CALLBACKS);
    times[2].iter_mut().for_each(|time| *time += share);
    let row =
        |((name, aim, _), own): (&(&str, f64, Php), &Vec<f64>)| Row::paired(*name, own, &times[0], "ms").aim(*aim);
    let mut rows: Vec<Row> = transports.iter().zip(&times).map(row).collect();
    let mebibytes = f64::from(resident(&package.program, &recorded)?) / 1024.0;
    rows.push(Row::new("resident memory of the child after it", mebibytes, "MiB").aim(6.0));
    Ok(Section { name: "a whole callback, ES384: CPU of core and transport", beside: "the child", rows })
}
