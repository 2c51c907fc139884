//! The core translated to PHP answers every line of every scenario with the same bytes as the core itself, and lines that
//! were changed at random too.

#[path = "transports/random.rs"]
mod random;
#[path = "transports/twins.rs"]
mod twins;

use random::Random;
use simulator::Core as _;
use simulator::scenarios::ALL;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use twins::Twins;

/// How many operations are changed at random; `LOGTO_SIGN_IN_RANDOM` asks for another number.
const CHANGED: usize = 300;

#[test]
fn php_replies_with_the_same_bytes() {
    let mut twins = Twins::new(Path::new(env!("CORE_ENGINE")));
    let mut failed = Vec::new();
    for (name, scenario) in ALL {
        if catch_unwind(AssertUnwindSafe(|| scenario(&mut twins))).is_err() {
            failed.push(*name);
        }
        twins.reset();
    }
    assert!(failed.is_empty(), "{failed:?}");
    assert!(twins.compared > 1000, "{}", twins.compared);

    let asked = std::env::var("LOGTO_SIGN_IN_RANDOM").ok().and_then(|number| number.parse().ok());
    let operations = std::mem::take(&mut twins.operations);
    let mut random = Random::new(0x5eed);
    for _ in 0..asked.unwrap_or(CHANGED) {
        let operation = &operations[random.below(operations.len())];
        let changed = random.below(operation.len());
        for line in &operation[..changed] {
            twins.call(line);
        }
        twins.call(&random.changed(&operation[changed]));
        twins.reset();
        twins.operations.clear();
    }
}
