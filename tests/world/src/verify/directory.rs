//! What the plugin directory of WordPress asks of its zip: those rules of its Plugin Check that the plugin could break.
//!
//! Plugin Check itself is neither in Debian nor on npm. CONTRIBUTING.md says when to run it.

use super::Tally;
use super::rooms::tokens::{Placed, Token, tokens};
use super::rooms::{self, Sources};
use super::source::Language;
use crate::package::contents::{Contents, Edition, NATIVE, SHIPPED, plugin};
use crate::wordpress::Version;
use crate::{Context, Result};
use std::path::Path;

mod escaping;
#[cfg(test)]
mod tests;

/// Functions and words of PHP that the directory bars.
const BARRED: [&str; 16] = [
    "create_function",
    "curl_exec",
    "curl_init",
    "dl",
    "eval",
    "exec",
    "goto",
    "json_encode",
    "move_uploaded_file",
    "passthru",
    "pcntl_exec",
    "popen",
    "proc_open",
    "set_time_limit",
    "shell_exec",
    "str_rot13",
];

/// Functions that WordPress does better, unless the line above says why not: `phpcs:ignore <rule> -- <reason>`.
const NEEDS_REASON: [&str; 8] =
    ["fclose", "file_get_contents", "file_put_contents", "fopen", "fread", "fwrite", "readfile", "rename"];

/// The headers of `php/readme.txt`; the directory shows them.
const README_HEADERS: [&str; 8] = [
    "Contributors",
    "Tags",
    "Requires at least",
    "Tested up to",
    "Requires PHP",
    "Stable tag",
    "License",
    "License URI",
];

/// The sections of `php/readme.txt`.
const README_SECTIONS: [&str; 6] =
    ["Description", "Installation", "Frequently Asked Questions", "Screenshots", "Changelog", "Upgrade Notice"];

pub(super) fn check() -> Result<Tally> {
    let nowhere = Path::new("");
    let full = plugin(Edition::Full { program: nowhere, library: nowhere, others: &[] })?;
    let directory = plugin(Edition::Directory)?;
    let mut problems = Vec::new();
    for (name, bytes) in &directory {
        if let (true, Ok(text)) = (is_php(name), std::str::from_utf8(bytes)) {
            problems.extend(php_problems(name, text));
        }
    }
    problems.extend(dead_names(&full, &directory)?);
    problems.extend(header_problems(text(&directory, "readme.txt")?, text(&directory, "logto-sign-in.php")?));
    if !text(&full, "logto-sign-in.php")?.contains("Update URI:") {
        problems.push("the full zip has no Update URI: a plugin of this name in the directory would replace it".into());
    }
    Ok(Tally::of(directory.len() + 2, &problems))
}

fn is_php(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "php")
}

fn text<'c>(contents: &'c Contents, name: &str) -> Result<&'c str> {
    let bytes = contents.get(name).with_context(|| format!("the zip has no {name}"))?;
    Ok(std::str::from_utf8(bytes)?)
}

/// What a reader of one file finds.
fn php_problems(name: &str, text: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let tokens = tokens(text, Language::Php);
    let mut say = |line: usize, what: &str| problems.push(format!("{name}:{line}: {what}"));
    for (at, placed) in tokens.iter().enumerate() {
        match placed.token {
            Token::Word(word) if !is_member(&tokens, at) => {
                let is_call = matches!(tokens.get(at + 1), Some(next) if next.token == Token::Mark('('));
                if BARRED.contains(&word) && (is_call || word == "goto") {
                    say(placed.line, &format!("{word} is barred"));
                }
                let stream = matches!(tokens.get(at + 2), Some(Placed { token: Token::Text(text), .. }) if text.starts_with("'php://"));
                if NEEDS_REASON.contains(&word) && is_call && !stream && !is_excused(text, placed.line) {
                    say(placed.line, &format!("{word} needs a phpcs:ignore with its reason"));
                }
                if word == "FFI" {
                    say(placed.line, "FFI is barred");
                }
            }
            Token::Mark('`') => say(placed.line, "a shell command is barred"),
            Token::Text(text) if text.starts_with("<<<") => say(placed.line, "a heredoc is barred"),
            _ => {}
        }
    }
    for line in escaping::unescaped(&tokens, text) {
        say(line, "it prints what nothing escapes");
    }
    // A file that runs on its own tells strangers where it is; one that only declares does nothing.
    let declares = tokens.windows(2).any(|pair| {
        matches!(pair[0].token, Token::Word("class" | "interface" | "enum" | "trait"))
            && matches!(pair[1].token, Token::Word(_))
    });
    if !declares && !text.contains("if (!defined('ABSPATH'))") && !text.contains("if (!defined('WP_UNINSTALL_PLUGIN'))")
    {
        problems.push(format!("{name}: it runs when it is opened by itself"));
    }
    problems
}

/// Whether the line before has a comment that turns a rule off for this one, with a reason.
fn is_excused(text: &str, line: usize) -> bool {
    let before = text.lines().nth(line.saturating_sub(2));
    before.and_then(|before| before.split_once("// phpcs:ignore ")).is_some_and(|(_, rest)| rest.contains(" -- "))
}

/// Whether a word is a method, a declaration, or part of a longer name.
fn is_member(tokens: &[Placed], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|place| tokens.get(place)).map(|placed| placed.token);
    match before(1) {
        Some(Token::Word("function" | "const" | "new") | Token::Mark('$')) => true,
        Some(Token::Mark('>')) => before(2) == Some(Token::Mark('-')),
        Some(Token::Mark(':')) => before(2) == Some(Token::Mark(':')),
        _ => false,
    }
}

/// Classes that the directory's zip names and does not have.
fn dead_names(full: &Contents, directory: &Contents) -> Result<Vec<String>> {
    let is_native = |file: &str| NATIVE.iter().any(|native| file.starts_with(native));
    let mut sources = Sources::new();
    for (name, bytes) in full.iter().filter(|(name, _)| is_php(name)) {
        let bytes = directory.get(name).unwrap_or(bytes);
        sources.insert(name.clone(), String::from_utf8(bytes.clone())?);
    }
    let uses = rooms::uses_in_php(&sources, "src");
    let dead = uses.into_iter().filter(|(from, _, to)| is_native(to) && !is_native(from));
    Ok(dead.map(|(from, line, to)| format!("{from}:{line} uses {to}, which only {SHIPPED} may")).collect())
}

/// What the headers of `php/readme.txt` and of the plugin say, and must say alike.
fn header_problems(readme: &str, main: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let head = readme.split("\n== ").next().unwrap_or_default();
    let header = |name: &str| head.lines().find_map(|line| Some(line.strip_prefix(name)?.strip_prefix(":")?.trim()));
    for name in README_HEADERS.iter().filter(|name| header(name).is_none_or(str::is_empty)) {
        problems.push(format!("readme.txt: the header {name} is missing"));
    }
    for name in README_SECTIONS.iter().filter(|name| !readme.contains(&format!("\n== {name} ==\n"))) {
        problems.push(format!("readme.txt: the section {name} is missing"));
    }
    let plugin = |name: &str| {
        let line = main.lines().find_map(|line| line.trim_start_matches([' ', '*']).strip_prefix(name));
        line.and_then(|line| line.strip_prefix(':')).map(str::trim)
    };
    let same = [
        ("Stable tag", "Version"),
        ("Requires at least", "Requires at least"),
        ("Requires PHP", "Requires PHP"),
        ("License", "License"),
        ("License URI", "License URI"),
    ];
    for (ours, theirs) in same.iter().filter(|(ours, theirs)| header(ours) != plugin(theirs)) {
        problems.push(format!("readme.txt: {ours} is not the plugin's {theirs}"));
    }
    if plugin("Version") != Some(env!("CARGO_PKG_VERSION")) {
        problems.push("logto-sign-in.php: the Version is not that of Cargo.toml".into());
    }
    if header("Tested up to") != Some(Version::V7_1.number()) {
        problems.push("readme.txt: Tested up to is not the newest WordPress of the tests".into());
    }
    if header("Tags").is_some_and(|tags| tags.split(',').count() > 5) {
        problems.push("readme.txt: the directory shows five tags at most".into());
    }
    let short = head.trim_end().lines().last().unwrap_or_default();
    if short.is_empty() || short.contains(": ") || short.chars().count() > 150 {
        problems.push("readme.txt: the short description has one line of 150 characters at most".into());
    }
    if plugin("Update URI").is_some() {
        problems.push("logto-sign-in.php: the directory bars the header Update URI".into());
    }
    problems
}
