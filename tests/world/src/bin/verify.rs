//! `cargo verify`: runs every check and ends with one line that counts them.

use std::process::ExitCode;
use world::progress::say;
use world::{install, process, verify};

fn main() -> ExitCode {
    let asked = std::env::args().skip(1);
    let words: Vec<String> = asked
        .flat_map(|word| if word == "--matrix" { verify::MATRIX.map(str::to_owned).to_vec() } else { vec![word] })
        .collect();
    if words.iter().any(|word| word.starts_with('-')) {
        println!(
            "Runs every check of the project and ends with `N passed, N failed`.\n\nUsage: cargo verify [--matrix] [NAME]...\n"
        );
        println!("With names, only the checks whose names contain one of them:\n");
        for check in verify::CHECKS {
            println!("  {:<15} {}", check.name, check.about);
        }
        println!("\nOnly when they are named in full; --matrix stands for {}:\n", verify::MATRIX.join(", "));
        for check in verify::ON_REQUEST {
            println!("  {:<15} {}", check.name, check.about);
        }
        let helped = words.iter().all(|word| word == "--help" || word == "-h");
        return if helped { ExitCode::SUCCESS } else { ExitCode::from(2) };
    }
    if words.is_empty() {
        say(
            "Runs every check and test of the project, which takes about 40 minutes on two cores, and half of that the next time.",
        );
        say(&install::announcement());
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
