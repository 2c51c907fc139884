//! `cargo package-plugin`: writes the plugin's zip, or the one for the plugin directory, and prints its size.

use std::process::ExitCode;
use world::{Result, package, paths, process};

const USAGE: &str = "\
Packs the plugin to target/, and prints the size of the zip.

Usage: cargo package-plugin [--all-platforms | --directory]

  --all-platforms  for release: a program and a library for Linux on x86-64 and ARM64, the same bytes wherever it is made
  --directory      for the plugin directory of WordPress: PHP alone, no program and no library
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let zip = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => process::end_on_signals().and_then(|()| package::build()).map(|package| package.zip),
        ["--all-platforms"] => process::end_on_signals().and_then(|()| package::build_all_platforms()),
        ["--directory"] => process::end_on_signals().and_then(|()| package::build_directory()),
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match zip.and_then(|zip| print_size(&zip)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:?}");
            ExitCode::FAILURE
        }
    }
}

fn print_size(zip: &std::path::Path) -> Result<()> {
    let shown = zip.strip_prefix(paths::root()).unwrap_or(zip);
    println!("{}: {} KiB", shown.display(), package::kibibytes(zip)?);
    Ok(())
}
