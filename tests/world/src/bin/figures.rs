//! `cargo figures`: measures what the README's table says.

use world::{Result, figures, process};

fn main() -> Result<()> {
    process::end_on_signals()?;
    figures::print()
}
