//! One target under libFuzzer: the one that `LOGTO_SIGN_IN_FUZZ` names.

#![no_main]
#![allow(unsafe_code, reason = "libFuzzer calls a function by its unmangled name")]

use std::sync::LazyLock;

static RUN: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let name = std::env::var("LOGTO_SIGN_IN_FUZZ").expect("LOGTO_SIGN_IN_FUZZ names a target");
    fuzz::TARGETS.iter().find(|target| target.name == name).expect("a target of that name").run
});

libfuzzer_sys::fuzz_target!(|data: &[u8]| RUN(data));
