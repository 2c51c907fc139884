//! The browser's build of the core says what the core says, of the same bad settings, and is short enough to be downloaded.

use serde_json::{Value, json};
use simulator::Core as _;
use simulator::core::Native;
use std::fs;
use std::path::{Path, PathBuf};
use world::install::node;
use world::process::Program;
use world::{package, paths};

/// The longest module when it is compressed, in bytes.
const MAX_COMPRESSED_BYTES: usize = 250 * 1024;

fn module() -> PathBuf {
    Path::new(env!("CORE_WASM")).with_file_name("browser.wasm")
}

/// Settings that each have one problem, with its code.
fn bad_settings() -> Vec<Value> {
    let file = paths::root().join("tests/vectors/settings/bad.json");
    let list: Value = serde_json::from_str(&fs::read_to_string(file).expect("the list")).expect("JSON");
    list.as_array().expect("a list").clone()
}

fn requests() -> Vec<Value> {
    let request = |bad: &Value| {
        let submitted = json!({bad["setting"].as_str().expect("a name"): bad["value"]});
        json!({
            "operation": "check_settings", "site": {"roles": ["administrator", "editor", "subscriber"]},
            "input": {"submitted": submitted, "manager": "network", "partial": true},
        })
    };
    let claims = json!({"sub": "example", "name": "Ann Li", "email": "ann.li@example.com", "email_verified": true});
    let preview =
        json!({"operation": "preview", "settings": {"username_strategy": "email"}, "input": {"claims": claims}});
    bad_settings().iter().map(request).chain([preview]).collect()
}

/// What the core itself says, as on the server.
fn of_the_core(request: &Value) -> Value {
    let reply = Native::new().call(request.to_string().as_bytes());
    serde_json::from_slice::<Value>(&reply).expect("a reply")["outcome"].take()
}

#[test]
fn the_browser_names_the_same_problems_as_the_server() {
    let requests = requests();
    let file = paths::target().join("browser-requests.json");
    fs::write(&file, json!(requests).to_string()).expect("written");
    let root = paths::root();
    let node = node::node_for(&root.join("tests/world/providers")).expect("Node.js");
    let said = Program::new(node)
        .arg(root.join("tests/browser/ask.mjs"))
        .arg(root.join("php/assets/core.js"))
        .args([module(), file])
        .output()
        .expect("answers");

    let outcomes: Vec<Value> = serde_json::from_str(&said).expect("outcomes");

    assert_eq!(outcomes, requests.iter().map(of_the_core).collect::<Vec<_>>());
    let bad = bad_settings();
    assert_eq!(bad.len(), 80);
    for (bad, outcome) in bad.iter().zip(&outcomes) {
        assert_eq!(outcome["problems"], json!([{"field": bad["setting"], "code": bad["code"]}]), "{bad}");
    }
    assert_eq!(outcomes[80]["logins"][0], "ann.li@example.com");
}

#[test]
fn the_module_is_short_enough_to_be_downloaded() {
    let length = package::compressed(&module()).expect("compressed");

    assert!(length <= MAX_COMPRESSED_BYTES, "{length} bytes");
}
