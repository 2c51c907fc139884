//! What lines cost in fuel, measured on the core that ships: the numbers in `src/limits.rs` are these.

use logto_sign_in::limits;
use logto_sign_in::operation::Operation;
use logto_sign_in::sandbox::Sandbox;
use serde_json::{Value, json};
use simulator::Core;
use simulator::provider::keys::{Algorithm, Key};
use simulator::site::Site;
use simulator::site::browser::Browser;
use std::time::{SystemTime, UNIX_EPOCH};

/// Most keys of a set (`wasm/src/jose/jwk.rs`).
const KEYS: usize = 100;
/// Keys that are tried for one token (`wasm/src/jose/verify.rs`).
const CANDIDATES: usize = 8;

/// The core in its sandbox, and the most fuel that any line took.
#[derive(Default)]
struct Metered {
    sandbox: Option<Sandbox>,
    operation: Option<Operation>,
    most: u64,
}

impl Core for Metered {
    fn call(&mut self, line: &[u8]) -> Vec<u8> {
        let sandbox = self.sandbox.get_or_insert_with(|| Sandbox::new().expect("loads"));
        let step = match self.operation.take() {
            Some(operation) => operation.answer(line),
            None => sandbox.begin(line),
        };
        let step = step.expect("a reply");
        self.operation = step.operation;
        self.most = self.most.max(step.fuel);
        step.reply
    }

    fn now(&self) -> u64 {
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
    }
}

/// The most fuel that a line of a sign-in takes, and whether somebody was signed in.
fn most(keys: Vec<Key>) -> (u64, bool) {
    let mut core = Metered::default();
    let mut site = Site::new(&mut core);
    site.provider.keys = keys;
    let is_signed_in = site.sign_in(&mut Browser::default()).user_id().is_some();
    (core.most, is_signed_in)
}

/// Keys of one name. The one that signs is the last, which is not tried any more.
fn same_name(keys: impl Iterator<Item = Key>) -> Vec<Key> {
    let rename = |mut key: Key| {
        "same".clone_into(&mut key.kid);
        key
    };
    keys.map(rename).collect()
}

#[test]
fn a_signature_takes_less_than_its_part_of_the_fuel() {
    let longest = [("4096 bits", Key::longest())];
    let all = Algorithm::ALL.map(|algorithm| (algorithm.name(), Key::new(algorithm, 0)));
    for (name, key) in all.into_iter().chain(longest) {
        let (most, is_signed_in) = most(vec![key]);

        println!("{name}: {} million units", most / 1_000_000);
        assert!(is_signed_in, "{name}");
        assert!(most < limits::SIGNATURE_FUEL, "{name}: {most}");
    }
}

/// Fault S21: eight keys of one name ran out of fuel instead of being refused.
#[test]
fn fault_s21_as_many_keys_as_are_tried_do_not_run_out_of_fuel() {
    let curves = [Algorithm::Es512, Algorithm::Es384].map(|algorithm| {
        same_name((0..=CANDIDATES).map(|serial| Key::new(algorithm, u8::try_from(serial).expect("few"))))
    });
    let longest = same_name((0..CANDIDATES).map(|_| Key::longest()).chain([Key::new(Algorithm::Rs256, 0)]));
    for keys in curves.into_iter().chain([longest]) {
        let (most, is_signed_in) = most(keys);

        println!("{} million units", most / 1_000_000);
        assert!(!is_signed_in);
        assert!(most < limits::FUEL, "{most}");
    }
}

/// The most fuel that a line of `run` takes.
fn fuel_of(what: &str, run: impl FnOnce(&mut Site<'_>)) -> u64 {
    let mut core = Metered::default();
    run(&mut Site::new(&mut core));
    println!("{what}: {} million units", core.most / 1_000_000);
    core.most
}

/// Fault R9: a hundred long keys ran out of fuel, although each of them and their number was within its limit.
#[test]
fn fault_r9_a_token_is_verified_among_as_many_keys_as_a_set_may_have() {
    let oversized = json!({"kty": "RSA", "e": "AQAB", "n": format!("w{}", "A".repeat(1365))});
    let longest = Key::longest().jwk();
    let [p521, p384] = [Algorithm::Es512, Algorithm::Es384].map(|algorithm| Key::new(algorithm, 1).jwk());
    for (name, key) in [("RSA-8192", oversized), ("RSA-4096", longest), ("P-521", p521), ("P-384", p384)] {
        let most = fuel_of(&format!("{KEYS} keys, {name}"), |site| {
            site.provider.more_keys = vec![key; KEYS - 1];
            site.sign_in(&mut Browser::default()).assert_signed_in();
        });

        assert!(most < limits::FUEL, "{name}: {most}");
    }
}

/// Fault R9: a MiB of nested lists in userinfo ran out of fuel, whether anybody uses the claim or not.
#[test]
fn fault_r9_the_longest_answers_do_not_run_out_of_fuel() {
    let wide = json!(vec![json!([]); 330_000]);
    let many: Value =
        (0..60_000).map(|number| (format!("claim {number}"), json!(1))).collect::<serde_json::Map<_, _>>().into();
    for (name, claim, value, accepted) in [
        ("an unused list", "custom_data", wide.clone(), true),
        ("an unused object", "custom_data", many, true),
        ("a used list", "roles", wide, false),
    ] {
        let most = fuel_of(name, |site| {
            site.settings["always_userinfo"] = json!(true);
            site.settings["scope"] = json!("openid profile custom_data roles");
            site.provider.otherwise_at_userinfo.insert(claim.to_owned(), value);
            let outcome = site.sign_in(&mut Browser::default());
            if accepted {
                outcome.assert_signed_in();
            } else {
                outcome.assert_refused(502, "provider_answer");
                let (_, cause) = site.log.last().expect("a line");
                assert!(cause.contains("\"roles\""), "the cause names the claim: {cause}");
            }
        });

        assert!(most < limits::FUEL, "{name}: {most}");
    }
}

/// Fault R9: a mapping of 3 MB ran out of fuel when it was saved.
#[test]
fn fault_r9_a_mapping_without_end_is_refused_when_it_is_saved() {
    let lines = (0..200_000).map(|number| format!("role{number} = editor")).collect::<Vec<_>>().join("\n");
    let rows: Vec<Value> =
        (0..40_000).map(|number| json!({"logto": format!("role{number}"), "wordpress": "editor"})).collect();
    for (name, mapping) in [("lines", json!(lines)), ("rows", json!(rows))] {
        let most = fuel_of(&format!("a mapping of {} bytes as {name}", mapping.to_string().len()), |site| {
            let mut submitted = site.settings.clone();
            submitted["role_map"] = mapping;
            let input = json!({"submitted": submitted, "manager": "network"});
            let outcome = site.operate("check_settings", &input, &mut Browser::default());

            assert_eq!(outcome.0["problems"], json!([{"field": "role_map", "code": "role_map_invalid"}]));
        });

        assert!(most < limits::FUEL, "{name}: {most}");
    }
}
