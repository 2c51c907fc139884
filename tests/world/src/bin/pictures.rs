//! `cargo pictures`: takes the pictures of the README anew.

use world::{Result, pictures, process};

fn main() -> Result<()> {
    process::end_on_signals()?;
    pictures::take()
}
