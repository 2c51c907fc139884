//! `cargo package-plugin`: writes the plugin's zip and prints its size.

use world::{Result, package, paths, process};

fn main() -> Result<()> {
    process::end_on_signals()?;
    let package = package::build()?;
    let shown = package.zip.strip_prefix(paths::root()).unwrap_or(&package.zip);
    println!("{}: {} KiB", shown.display(), package::kibibytes(&package.zip)?);
    Ok(())
}
