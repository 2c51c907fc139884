//! One target under libFuzzer: the one that `LOGTO_SIGN_IN_FUZZ` names.

#![no_main]
#![allow(unsafe_code, reason = "libFuzzer calls a function by its unmangled name")]

use std::sync::LazyLock;

static RUN: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let targets = fuzz::asked().expect("targets of these names");
    assert_eq!(targets.len(), 1, "LOGTO_SIGN_IN_FUZZ names one target");
    targets[0].run
});

libfuzzer_sys::fuzz_target!(|data: &[u8]| RUN(data));
