//! `cargo verify`: runs every check and ends with one line that counts them.

use std::process::ExitCode;
use world::{process, verify};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words.iter().any(|word| word.starts_with('-')) {
        println!(
            "Runs every check of the project and ends with `N passed, N failed`.\n\nUsage: cargo verify [NAME]...\n"
        );
        println!("With names, only the checks whose names contain one of them:\n");
        for check in verify::CHECKS {
            println!("  {:<15} {}", check.name, check.about);
        }
        println!("\nOnly when they are named in full:\n");
        for check in verify::ON_REQUEST {
            println!("  {:<15} {}", check.name, check.about);
        }
        let asked = words.iter().all(|word| word == "--help" || word == "-h");
        return if asked { ExitCode::SUCCESS } else { ExitCode::from(2) };
    }
    let result = process::end_on_signals().and_then(|()| verify::run(&words));
    match result {
        Ok((passed, failed)) => {
            println!("{passed} passed, {failed} failed");
            if failed == 0 && passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("{error:#}");
            println!("0 passed, 1 failed");
            ExitCode::FAILURE
        }
    }
}
