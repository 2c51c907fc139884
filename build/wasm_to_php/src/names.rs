//! What functions and variables are called in PHP.

use crate::module::Module;
use rustc_demangle::demangle;
use std::collections::HashSet;

/// Longest name of a method.
const MAX_CHARS: usize = 30;

/// A name for each function, imports included: that of Rust without its crate and generic arguments, made unique.
pub(crate) fn of_functions(module: &Module) -> Vec<String> {
    // PHP does not tell upper from lower case here.
    let mut taken = HashSet::new();
    (0..module.functions.len())
        .map(|number| {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            let name = module
                .names
                .get(&number)
                .map_or_else(|| "f".to_owned(), |name| readable(&format!("{:#}", demangle(name))));
            let mut unique = name.clone();
            let mut count = 1;
            while !taken.insert(unique.to_ascii_lowercase()) {
                count += 1;
                unique = format!("{name}_{count}");
            }
            unique
        })
        .collect()
}

/// `<alloc::vec::Vec<T> as core::fmt::Debug>::fmt::h0123456789abcdef` as `Vec_fmt`.
fn readable(rust: &str) -> String {
    let mut path = rust;
    if let Some((before, hash)) = rust.rsplit_once("::h")
        && hash.len() == 16
        && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    {
        path = before;
    }
    // The type that implements a trait says more than the trait.
    let plain = match path.strip_prefix('<').and_then(|rest| rest.split_once(" as ")) {
        Some((implementor, tail)) => {
            let method = tail.rsplit_once(">::").map_or("", |(_, method)| method);
            format!("{}::{method}", without_arguments(implementor))
        }
        None => without_arguments(path),
    };
    let parts: Vec<&str> =
        plain.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    // Two underscores in front make a method a magic one.
    let last = parts[parts.len().saturating_sub(2)..].join("_").trim_start_matches('_').to_owned();
    let last: String = last.chars().take(MAX_CHARS).collect();
    match last.chars().next() {
        None => "f".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("f{last}"),
        _ if last.eq_ignore_ascii_case("class") => "class_".to_owned(),
        _ => last,
    }
}

fn without_arguments(path: &str) -> String {
    let mut depth = 0_u32;
    let mut plain = String::new();
    for c in path.chars() {
        match c {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            c if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    // A path that is nothing but a type in brackets.
    if plain.chars().any(char::is_alphanumeric) { plain } else { path.to_owned() }
}

/// `$a` to `$z`, then `$aa`; never `$m`, the memory, and never `$this`, which is longer.
pub(crate) fn of_variable(number: usize) -> String {
    let mut number = number + usize::from(number >= 12);
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'a' + u8::try_from(number % 26).unwrap_or_default()));
        if number < 26 {
            break;
        }
        number = number / 26 - 1;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_rust_calls_a_function() {
        let names = [
            ("logto_sign_in_core::flow::sign_in::finish::h0123456789abcdef", "sign_in_finish"),
            ("<alloc::vec::Vec<T> as core::fmt::Debug>::fmt::h0123456789abcdef", "Vec_fmt"),
            ("core::ptr::drop_in_place<alloc::string::String>", "ptr_drop_in_place"),
            ("begin", "begin"),
            ("_serialize", "serialize"),
            ("", "f"),
        ];

        for (rust, php) in names {
            assert_eq!(readable(rust), php);
        }
    }

    #[test]
    fn no_variable_is_the_memory() {
        let names: HashSet<_> = (0..2000).map(of_variable).collect();

        assert_eq!(names.len(), 2000);
        assert!(!names.contains("m"));
        assert!(!names.contains("this"));
    }
}
