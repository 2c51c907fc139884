//! What lines cost in fuel, measured on the core that ships: the numbers in `src/limits.rs` are these.

use logto_sign_in::limits;
use logto_sign_in::operation::Operation;
use logto_sign_in::sandbox::Sandbox;
use simulator::Core;
use simulator::provider::keys::{Algorithm, Key};
use simulator::site::Site;
use simulator::site::browser::Browser;
use std::time::{SystemTime, UNIX_EPOCH};

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
