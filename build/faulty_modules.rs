//! Tiny modules with the core's exports, most with a fault: the tests of src/ run them.

/// Name and text.
pub(crate) const MODULES: &[(&str, &str)] = &[
    ("endless", include_str!("endless.wat")),
    ("traps", include_str!("traps.wat")),
    ("greedy", include_str!("greedy.wat")),
    ("counts", include_str!("counts.wat")),
    ("dialogue", include_str!("dialogue.wat")),
    ("lies", include_str!("lies.wat")),
    ("imports", include_str!("imports.wat")),
    ("deep", include_str!("deep.wat")),
];
