//! `cargo figures`: measures what the README's table says.

use world::{Result, package, process};

fn main() -> Result<()> {
    process::end_on_signals()?;
    let package = package::build()?;
    println!("| file | size |\n|---|---|");
    for (name, file) in [
        ("the plugin's zip", &package.zip),
        ("bin/logto-sign-in", &package.program),
        ("bin/liblogto_sign_in.so", &package.library),
    ] {
        println!("| {name} | {} KiB |", package::kibibytes(file)?);
    }
    Ok(())
}
