//! `cargo figures`: what a sign-in costs, beside what it is held to, in one run.
//!
//! Both sides of a ratio take turns, so that a machine whose speed drifts slows both down alike, and the middle of the
//! ratios counts. `--json` prints the same rows for a program; a word measures only the sections that it is part of, as
//! `cargo figures signatures`. What misses its aim is marked; nothing passes or fails.

mod core;
mod cpu;
mod php;
mod record;
mod report;
mod transports;
mod wordpress;

use report::{Row, Section};
use std::error::Error;
use wordpress::Wordpress;
use world::figures::page_view;
use world::package::{self, Package};
use world::process;
use world::progress;
use world::wordpress::Options;
use world::world::World;

fn main() -> Result<(), Box<dyn Error>> {
    process::end_on_signals()?;
    // cargo adds `--bench`.
    let mut wanted: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let as_json = wanted.iter().any(|argument| argument == "--json");
    wanted.retain(|argument| argument != "--json");
    if as_json {
        progress::be_quiet();
    }
    let sections = measure(&|name| wanted.is_empty() || wanted.iter().any(|part| name.contains(part.as_str())))?;
    if as_json {
        println!("{:#}", report::json(&sections));
    } else {
        println!("\n{}", report::markdown(&sections));
    }
    Ok(())
}

/// The sections whose name is wanted, in order.
fn measure(wanted: &dyn Fn(&str) -> bool) -> Result<Vec<Section>, Box<dyn Error>> {
    let package = package::build()?;
    let mut sections = Vec::new();
    let mut add = |name: &str, section: &dyn Fn() -> Result<Section, Box<dyn Error>>| -> Result<(), Box<dyn Error>> {
        if wanted(name) {
            sections.push(say(name, section)?);
        }
        Ok(())
    };
    add("signatures", &core::signatures)?;
    add("lines", &|| core::lines(&package.program))?;
    add("transports", &|| transports::measure(&package))?;
    add("access tokens", &|| transports::measure_calls(&package))?;
    if ["sign-ins", "visitors", "growth", "page views"].into_iter().any(wanted) {
        page_view::install()?;
        let world = World::start()?;
        let wordpress = Wordpress::prepare(&world, &package)?;
        add("sign-ins", &|| wordpress.sign_ins())?;
        add("visitors", &|| wordpress.load())?;
        add("growth", &|| growth(&wordpress))?;
        add("page views", &|| wordpress.page_view(&world.site(&Options::default())?, &package))?;
    }
    add("sizes", &|| sizes(&package))?;
    Ok(sections)
}

/// Measures a section, and says so.
fn say(name: &str, section: &dyn Fn() -> Result<Section, Box<dyn Error>>) -> Result<Section, Box<dyn Error>> {
    // The progress of the world speaks its own kind of error.
    progress::step(&format!("Measuring {name}"), || Ok(section()))?
}

fn growth(wordpress: &Wordpress) -> Result<Section, Box<dyn Error>> {
    let mut rows = core::growth()?;
    rows.push(wordpress.identities()?);
    Ok(Section { name: "growth", beside: "before", rows })
}

fn sizes(package: &Package) -> Result<Section, Box<dyn Error>> {
    let row = |name: &str, file| -> Result<Row, Box<dyn Error>> {
        Ok(Row::new(name, f64::from(u32::try_from(package::kibibytes(file)?)?) / 1024.0, "MiB"))
    };
    Ok(Section {
        name: "a file",
        beside: "",
        rows: vec![
            row("the plugin's zip", &package.zip)?.aim(3.0),
            row("bin/logto-sign-in", &package.program)?,
            row("bin/liblogto_sign_in.so", &package.library)?,
        ],
    })
}
