//! README shows how a sign-in ends exactly as the code has it.

const README: &str = include_str!("../../README.md");
const SIGN_IN: &str = include_str!("../src/flow/sign_in.rs");

#[test]
fn readme_shows_the_sign_in_as_it_is() {
    let (_, function) = SIGN_IN.split_once("/// The visitor came back").expect("the function");
    let function = format!("/// The visitor came back{function}");
    let lines: Vec<_> = function.trim_end().lines().map(|line| format!("  {line}")).collect();
    let shown = lines.join("\n");

    assert!(README.contains(&format!("  ```rust\n{shown}\n  ```\n")), "README lacks:\n{shown}");
}
