//! Arguments, help and the doctor.

use super::*;

fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = program().args(arguments).output().expect("the program starts");
    let (stdout, stderr) = text(&output);
    (output.status.code(), stdout, stderr)
}

#[test]
fn version_and_help() {
    let version = format!("logto-sign-in {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(run(&["--version"]), (Some(0), version, String::new()));
    for arguments in [&["--help"][..], &["-h"], &["serve", "--help"]] {
        let (status, help, stderr) = run(arguments);
        assert_eq!((status, stderr.as_str()), (Some(0), ""));
        for word in ["serve", "listen --socket", "--allow-uid", "doctor", "Examples:"] {
            assert!(help.contains(word), "{word}");
        }
    }
}

#[test]
fn arguments_that_are_not_understood() {
    let wrong: &[(&[&str], &str)] = &[
        (&[], "a command is missing"),
        (&["dance"], "dance"),
        (&["serve", "now"], "now"),
        (&["serve", "--socket", "s"], "--socket"),
        (&["listen"], "--socket"),
        (&["listen", "--socket"], "--socket"),
        (&["listen", "--socket", "s", "--allow-uid", "www-data"], "www-data"),
        (&["doctor", "--fast"], "--fast"),
    ];
    for (arguments, word) in wrong {
        let (status, stdout, stderr) = run(arguments);
        assert_eq!((status, stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(stderr.contains(word) && stderr.contains("--help"), "{arguments:?}: {stderr}");
    }
}

#[test]
fn the_doctor_finds_this_machine_healthy() {
    let (status, report, stderr) = run(&["doctor"]);
    assert_eq!((status, stderr.as_str()), (Some(0), ""), "{report}");
    assert!(report.contains("ok  loading") && report.contains("ok  calling"), "{report}");
    assert!(report.ends_with("Sign-ins work here.\n"), "{report}");
}

#[test]
fn the_doctor_says_what_is_wrong() {
    let output = shell("ulimit -v 40000 && exec \"$0\" doctor").output().expect("sh");
    let (report, stderr) = text(&output);
    assert_eq!((output.status.code(), stderr.as_str()), (Some(1), ""), "{report}");
    assert!(report.contains("FAIL  core: ") && report.contains("39 MiB (ulimit -v)"), "{report}");
    assert!(report.ends_with("Sign-ins do not work here.\n"), "{report}");
}
