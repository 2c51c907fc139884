//! Texts that are JSON, and texts that are not: `tests/vectors/json/README.md` says where they come from.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use std::collections::BTreeMap;

const SUITE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/json/suite.json"));

/// What a parser of JSON (RFC 8259) does with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It must take the text.
    Accepted,
    /// It must refuse the text.
    Refused,
    /// It may do either, but must not fail otherwise.
    Either,
}

/// A text of the suite.
#[derive(Debug, Clone)]
pub struct Text {
    /// Its name in the suite.
    pub name: String,
    /// Its bytes, which may be no UTF-8.
    pub bytes: Vec<u8>,
    /// What is expected of a parser.
    pub verdict: Verdict,
}

/// All texts of the suite.
pub fn all() -> Vec<Text> {
    let listed: BTreeMap<String, String> = serde_json::from_str(SUITE).expect("the suite");
    let short = listed.into_iter().map(|(name, text)| (name, STANDARD.decode(text).expect("base64")));
    // The two long ones are not worth their place in the repository.
    let long = [
        ("n_structure_100000_opening_arrays".to_owned(), vec![b'['; 100_000]),
        ("n_structure_open_array_object".to_owned(), [b"[{\"\":".repeat(50_000), b"\n".to_vec()].concat()),
    ];
    short
        .chain(long)
        .map(|(name, bytes)| {
            let verdict = match name.as_bytes() {
                [b'y', ..] => Verdict::Accepted,
                [b'n', ..] => Verdict::Refused,
                _ => Verdict::Either,
            };
            Text { name, bytes, verdict }
        })
        .collect()
}
