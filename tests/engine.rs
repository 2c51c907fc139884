//! The core translated to PHP answers every line of every scenario with the same bytes as the core itself, and lines that
//! were changed at random too.

#[path = "transports/signatures.rs"]
mod signatures;
#[path = "transports/twins.rs"]
mod twins;

use simulator::Core as _;
use simulator::figures;
use simulator::random::Random;
use simulator::scenarios::ALL;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::thread;
use twins::Twins;
use wasm_to_php::{Options, translate};

/// How many operations are changed at random; `LOGTO_SIGN_IN_RANDOM` asks for another number.
const CHANGED: usize = 300;

/// How many PHP processes share the work: each keeps one processor busy.
const PROCESSES: usize = 2;

#[test]
fn php_replies_with_the_same_bytes() {
    let engine = Path::new(env!("CORE_ENGINE"));
    let asked = std::env::var("LOGTO_SIGN_IN_RANDOM").ok().and_then(|number| number.parse().ok()).unwrap_or(CHANGED);

    let shares: Vec<Share> = thread::scope(|scope| {
        let share = |number| scope.spawn(move || Share::compare(engine, number, asked / PROCESSES));
        let shares: Vec<_> = (0..PROCESSES).map(share).collect();
        shares.into_iter().map(|share| share.join().unwrap_or_else(|cause| resume_unwind(cause))).collect()
    });

    let failed: Vec<&str> = shares.iter().flat_map(|share| share.failed.clone()).collect();
    assert!(failed.is_empty(), "{failed:?}");
    let compared: usize = shares.iter().map(|share| share.compared).sum();
    assert!(compared > 1000, "{compared}");
    figures::tell(
        "translator",
        "the scenarios, native against PHP",
        &[("lines", figures::count(compared)), ("the same", figures::count(compared))],
    );
    let (changed, requests) =
        (shares.iter().map(|share| share.changed).sum(), shares.iter().map(|share| share.requests).sum());
    let counts = [("operations", figures::count(changed)), ("requests", figures::count(requests)), ("different", 0)];
    figures::tell("fuzzing", "the translator: operations changed at random, native against PHP", &counts);
}

/// What one PHP process compared.
struct Share {
    /// Replies to lines of scenarios.
    compared: usize,
    /// Operations that were changed at random.
    changed: usize,
    /// The lines of those.
    requests: usize,
    failed: Vec<&'static str>,
}

impl Share {
    /// Every so many scenarios one, and then its operations, changed `asked` times.
    fn compare(engine: &Path, number: usize, asked: usize) -> Self {
        let mut twins = Twins::new(engine);
        let mut failed = Vec::new();
        for (name, scenario) in ALL.iter().skip(number).step_by(PROCESSES) {
            if catch_unwind(AssertUnwindSafe(|| scenario(&mut twins))).is_err() {
                failed.push(*name);
            }
            twins.reset();
        }
        let compared = std::mem::take(&mut twins.compared);
        let operations = std::mem::take(&mut twins.operations);
        let mut random = Random::new(0x5eed + figures::count(number));
        for _ in 0..asked {
            let operation = &operations[random.below(operations.len())];
            let changed = random.below(operation.len());
            for line in &operation[..changed] {
                twins.call(line);
            }
            twins.call(&random.changed(&operation[changed]));
            twins.reset();
            twins.operations.clear();
        }
        Self { compared, changed: asked, requests: twins.compared, failed }
    }
}

/// Of each kind of signature a right one and a wrong one, on a PHP whose extensions verify none.
#[test]
fn signatures_need_no_extension_of_php() {
    let mut twins = Twins::without(Path::new(env!("CORE_ENGINE")), "openssl_verify,sodium_crypto_sign_verify_detached");

    for name in ["every_algorithm_signs_in", "every_algorithm_refuses_an_altered_signature"] {
        let (_, scenario) = ALL.iter().find(|(listed, _)| *listed == name).expect("a scenario");
        scenario(&mut twins);
        twins.reset();
    }

    assert!(twins.compared > 10, "{}", twins.compared);
}

#[test]
fn wycheproof_by_phps_extensions() {
    signatures::by_extensions(Path::new(env!("CORE_ENGINE")));
}

#[test]
fn wycheproof_without_phps_extensions() {
    signatures::by_translation(Path::new(env!("CORE_ENGINE")));
}

/// What visitors do all day.
const ORDINARY: &[&str] =
    &["signs_in", "signs_in_again_as_the_same_user", "a_dingtalk_visitor_signs_in", "signs_out_and_in_again"];

/// The methods that those need come first in the translation, so that PHP without `OPcache` need not read the others. This
/// list may lag behind the code; `LOGTO_SIGN_IN_WRITE_FIRST=1` writes it again.
#[test]
fn what_sign_ins_need_comes_first() {
    const LIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/build/engine_first.txt");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("traced");
    fs::create_dir_all(&folder).expect("a folder");
    let classes =
        ["PhpSignatures::verify", "PhpSignatures::is_key", "PhpSignatures::rsa", "PhpTransliteration::transliterate"];
    let classes = classes.map(|name| format!("\\LogtoSignIn\\Transport\\{name}"));
    let options = Options {
        namespace: "LogtoSignIn\\Engine",
        imports: BTreeMap::from([
            ("host.verify", classes[0].as_str()),
            ("host.is_key", classes[1].as_str()),
            ("host.rsa", classes[2].as_str()),
            ("host.transliterate", classes[3].as_str()),
        ]),
        trusts_compiler: true,
        file_length: 130_000,
        first: BTreeSet::new(),
        traced: true,
    };
    let engine = Path::new(env!("CORE_ENGINE"));
    let wasm = fs::read(engine.with_file_name("engine.wasm")).expect("the module");
    for (name, text) in translate(&wasm, &options).expect("a translation") {
        fs::write(folder.join(name), text).expect("a file");
    }
    fs::copy(engine.join("transliteration.dat"), folder.join("transliteration.dat")).expect("a copy");
    let mut twins = Twins::new(&folder);
    for (name, scenario) in ALL.iter().filter(|(name, _)| ORDINARY.contains(name)) {
        assert!(catch_unwind(AssertUnwindSafe(|| scenario(&mut twins))).is_ok(), "{name}");
        twins.reset();
    }

    let ran = twins.ran();

    if std::env::var_os("LOGTO_SIGN_IN_WRITE_FIRST").is_some() {
        let list = ran.iter().fold(String::new(), |list, name| list + name + "\n");
        fs::write(LIST, list).expect("the list");
    }
    let list = fs::read_to_string(LIST).expect("the list");
    let listed: BTreeSet<_> = list.lines().collect();
    let missing = ran.iter().filter(|name| !listed.contains(name.as_str())).count();
    assert!(missing * 3 < ran.len(), "{missing} of {} are not on the list: write it again", ran.len());
}
