//! The host as its users meet it: the program and the library that are shipped, from outside.
//!
//! Needs PHP (command line) with FFI and pcntl, `nm`, and root, all of which `cargo verify` sees to.

mod bare;
mod command_line;
mod ffi;
mod fuel;
mod process;
mod socket;
mod unsafe_places;

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use std::{fs, thread};
use world::package::{self, Package};

const ABOUT: &str = r#"{"operation":"about"}"#;

/// Lines whose replies depend on nothing but themselves and the lines before them.
fn lines() -> Vec<String> {
    let single = [
        ABOUT,
        r#"{"operation":"check_settings","input":{"submitted":{"endpoint":"https://logto.example/","app_id":"a"}}}"#,
        r#"{"operation":"check_settings","input":{"submitted":null}}"#,
        r#"{"operation":"unheard of"}"#,
        r#"{"answer":{}}"#,
        "junk",
        "",
        "{",
        "\u{fffd}\u{1f600}",
    ];
    let [request, metadata, keys] = check_connection("https://tenant.example");
    let operation = [&request, &metadata, &keys, "junk", &request, "junk", &request, &metadata, ABOUT, ABOUT];
    single.into_iter().chain(operation).map(str::to_owned).collect()
}

/// The first three lines of a check of the connection to a provider: it fetches metadata, then keys, and asks on.
fn check_connection(endpoint: &str) -> [String; 3] {
    let url = |path: &str| format!("{endpoint}/oidc{path}");
    let metadata = json!({
        "issuer": url(""), "authorization_endpoint": url("/auth"), "token_endpoint": url("/token"),
        "userinfo_endpoint": url("/me"), "jwks_uri": url("/jwks"), "end_session_endpoint": url("/session/end"),
        "response_types_supported": ["code"], "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"], "code_challenge_methods_supported": ["S256"],
    });
    // The public key of RFC 7517, appendix A.1.
    let keys = json!({"keys": [{
        "kty": "EC", "crv": "P-256", "alg": "ES256", "kid": "1",
        "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4", "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
    }]});
    let answer = |body: Value| {
        let body = body.to_string();
        json!({"answer": {"status": 200, "content_type": "application/json", "body": body, "error": null}}).to_string()
    };
    let settings = json!({"endpoint": endpoint, "app_id": "app", "app_secret": "secret"});
    let request = json!({"operation": "check_connection", "settings": settings});
    [request.to_string(), answer(metadata), answer(keys)]
}

/// A request that leaves its operation open: the start of a sign-in wants the provider's metadata.
fn start() -> String {
    let address = |action: &str| format!("https://wordpress.example/wp-login.php?action={action}");
    json!({
        "operation": "start",
        "settings": {"endpoint": "https://tenant.example", "app_id": "app", "app_secret": "secret"},
        "site": {
            "home": "https://wordpress.example/", "start_uri": address("logto"),
            "redirect_uri": address("logto_callback"), "host": "wordpress.example",
            "salt": "wordpress salt: 0123456789 abcdefghijklmnopqrstuvwxyz",
        },
        "input": {"redirect_to": "https://wordpress.example/", "cookies": {}},
    })
    .to_string()
}

/// Fails unless operations that were abandoned have freed their memory.
///
/// `grown` is what 10,000 of them left behind, `open` what each takes while it is open, in KiB. The
/// bound would not hold if one in a hundred stayed.
fn assert_flat(grown: i64, open: i64) {
    const BOUND: i64 = 4 << 10;
    assert!(100 * open > BOUND, "an open operation takes {open} KiB: the bound proves nothing");
    assert!(grown < BOUND, "{grown} KiB more than before");
}

/// What is in the zip. The program there is linked statically, unlike the one that cargo builds for tests.
fn shipped() -> &'static Package {
    static SHIPPED: OnceLock<Package> = OnceLock::new();
    SHIPPED.get_or_init(|| package::build().expect("the plugin is packed"))
}

fn program() -> Command {
    Command::new(&shipped().program)
}

/// A shell that runs the program as `"$0"`.
fn shell(script: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", script]).arg(&shipped().program);
    command
}

fn parse(line: &str) -> Value {
    serde_json::from_str(line).unwrap_or_else(|cause| panic!("{cause}: {line:?}"))
}

fn code(line: &str) -> String {
    parse(line)["outcome"]["code"].as_str().unwrap_or_default().to_owned()
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

/// Fails unless the kernel holds a process to what the program needs.
fn assert_confined(child: &Child) {
    let file = |name: &str| fs::read_to_string(format!("/proc/{}/{name}", child.id())).expect("a living process");
    let (status, limits) = (file("status"), file("limits"));
    for line in ["Seccomp:\t2", "NoNewPrivs:\t1"] {
        assert!(status.lines().any(|known| known == line), "{line}:\n{status}");
    }
    let core = limits.lines().find_map(|line| line.strip_prefix("Max core file size")).expect("a limit");
    assert_eq!(core.split_whitespace().collect::<Vec<_>>(), ["0", "0", "bytes"]);
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
