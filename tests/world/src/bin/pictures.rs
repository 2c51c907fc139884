//! `cargo pictures`: takes the pictures of the README anew; with `--all`, every page of the plugin into `target/shots`.

use std::env;
use world::{Result, bail, pictures, process};

fn main() -> Result<()> {
    process::end_on_signals()?;
    match env::args().nth(1).as_deref() {
        None => pictures::take(),
        Some("--all") => pictures::take_all(),
        Some(other) => bail!("unknown option {other}: cargo pictures [--all]"),
    }
}
