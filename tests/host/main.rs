//! The host as its users meet it: the real program and the real library, from outside.
//!
//! Needs PHP (command line) with FFI and pcntl, `nm`, and root, all of which `cargo verify` sees to.

mod command_line;
mod ffi;
mod process;
mod socket;
mod unsafe_places;

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output};
use std::time::{Duration, Instant};
use std::{fs, thread};

const ABOUT: &str = r#"{"operation":"about"}"#;

/// Requests whose replies depend on nothing but themselves.
const CONSTANT: &[&str] = &[
    ABOUT,
    r#"{"operation":"check_settings","input":{"submitted":{"endpoint":"https://logto.example/","app_id":"a"}}}"#,
    r#"{"operation":"check_settings","input":{"submitted":null}}"#,
    r#"{"operation":"unheard of"}"#,
    "junk",
    "",
    "{",
    "\u{fffd}\u{1f600}",
];

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_logto-sign-in"))
}

/// The shared library that cargo built together with the program.
fn library() -> PathBuf {
    let program = Path::new(env!("CARGO_BIN_EXE_logto-sign-in"));
    let library = program.with_file_name("deps").join("liblogto_sign_in.so");
    assert!(library.is_file(), "{}", library.display());
    library
}

fn json(line: &str) -> Value {
    serde_json::from_str(line).unwrap_or_else(|cause| panic!("{cause}: {line:?}"))
}

fn code(line: &str) -> String {
    json(line)["outcome"]["code"].as_str().unwrap_or_default().to_owned()
}

fn text(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (text(&output.stdout), text(&output.stderr))
}

/// Waits until `what` holds.
fn wait(what: &str, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < Duration::from_secs(20), "{what} takes too long");
        thread::sleep(Duration::from_millis(5));
    }
}

/// Resident memory of a process, in KiB.
fn resident(child: &Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).expect("a living process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("VmRSS");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

/// A folder of one test, gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("logto-sign-in-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir(&path).expect("a folder");
        Self(path)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
