//! The document on how the plugin works shows how a sign-in ends exactly as the code has it.

const DOCUMENT: &str = include_str!("../../docs/how-it-works.md");
const SIGN_IN: &str = include_str!("../src/flow/sign_in.rs");

#[test]
fn the_document_shows_the_sign_in_as_it_is() {
    let (_, function) = SIGN_IN.split_once("/// The visitor came back").expect("the function");
    let function = format!("/// The visitor came back{function}");
    let lines: Vec<_> = function.trim_end().lines().map(|line| format!("  {line}")).collect();
    let shown = lines.join("\n");

    assert!(DOCUMENT.contains(&format!("  ```rust\n{shown}\n  ```\n")), "docs/how-it-works.md lacks:\n{shown}");
}
