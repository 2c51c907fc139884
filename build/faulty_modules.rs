//! Modules with the core's exports, each with one fault: src/sandbox/tests.rs runs them.

/// Name and text.
pub(crate) const MODULES: &[(&str, &str)] = &[
    ("endless", include_str!("endless.wat")),
    ("traps", include_str!("traps.wat")),
    ("greedy", include_str!("greedy.wat")),
    ("counts", include_str!("counts.wat")),
    ("lies", include_str!("lies.wat")),
    ("imports", include_str!("imports.wat")),
    ("deep", include_str!("deep.wat")),
];
