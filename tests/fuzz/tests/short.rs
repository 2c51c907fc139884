//! A short run of every target: its corpus as it is, and inputs changed at random, the same ones in every run.

use fuzz::Target;
use simulator::figures;
use simulator::random::Random;
use std::fs;
use std::panic::catch_unwind;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How many inputs are changed for each target; `LOGTO_SIGN_IN_FUZZ_RUNS` asks for another number.
const RUNS: usize = 4000;

/// No input may take longer: a provider must not hold a worker of PHP.
const LONGEST: Duration = Duration::from_secs(2);

#[test]
fn no_target_fails_on_its_corpus_or_on_what_is_made_of_it() {
    let asked = std::env::var("LOGTO_SIGN_IN_FUZZ_RUNS").ok().and_then(|number| number.parse().ok()).unwrap_or(RUNS);
    for target in fuzz::asked().expect("targets of these names") {
        let corpus = corpus(target);
        let mut random = Random::new(0xf022);
        let changed = (0..asked).map(|_| {
            let seed = random.below(corpus.len());
            let first = random.changed(&corpus[seed]);
            if random.below(3) == 0 { random.changed(&first) } else { first }
        });

        for input in corpus.iter().cloned().chain(changed) {
            let begun = Instant::now();
            let outcome = catch_unwind(|| (target.run)(&input));
            assert!(outcome.is_ok(), "{} fails on {:?}", target.name, String::from_utf8_lossy(&input));
            assert!(begun.elapsed() < LONGEST, "{} takes long on {:?}", target.name, String::from_utf8_lossy(&input));
        }

        let counts = [("executions", figures::count(asked + corpus.len())), ("failures", 0)];
        figures::tell("fuzzing", target.name, &counts);
    }
}

/// The seeds of a target, and the inputs that are kept for it in `corpus`.
fn corpus(target: &Target) -> Vec<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target.name);
    let files = fs::read_dir(&folder).into_iter().flatten().flatten();
    let mut kept: Vec<_> = files.map(|file| file.path()).collect();
    kept.sort();
    (target.seeds)().into_iter().chain(kept.iter().map(|path| fs::read(path).expect("an input"))).collect()
}
