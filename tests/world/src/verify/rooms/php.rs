//! Who uses whom in PHP: by imports, by qualified names, by names of the same namespace, and by names in strings.

use super::tokens::{Placed, Token, tokens};
use super::{Arrow, Place, Sources};
use crate::verify::source::Language;
use std::collections::BTreeMap;

/// The namespace of the plugin, which is its folder of sources.
const ROOT: &str = "LogtoSignIn";

/// The files with their rooms, and every use of one file by another, the first of each kind.
pub(super) fn read(sources: &Sources, folder: &str) -> (Vec<Place>, Vec<Arrow>) {
    let places: BTreeMap<String, Place> = sources
        .keys()
        .filter_map(|file| {
            let class = file.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".php")?.replace('/', "\\");
            let room = class.split('\\').next()?.to_owned();
            Some((format!("{ROOT}\\{class}"), Place { file: file.clone(), room }))
        })
        .collect();
    let mut arrows: BTreeMap<(String, String), Arrow> = BTreeMap::new();
    for from in places.values() {
        for (class, line) in classes(&sources[&from.file]) {
            let Some(to) = places.get(&class).filter(|to| *to != from) else { continue };
            let arrow = || Arrow { from: from.clone(), line, to: to.clone(), path: class.clone(), passes_on: false };
            arrows.entry((from.file.clone(), to.file.clone())).or_insert_with(arrow);
        }
    }
    (places.into_values().collect(), arrows.into_values().collect())
}

/// Every name in a file that may be a class of the plugin, in full, with its line.
fn classes(text: &str) -> Vec<(String, usize)> {
    let mut names = Names { tokens: tokens(text, Language::Php), ..Names::default() };
    let mut at = 0;
    while at < names.tokens.len() {
        at = names.step(at);
    }
    names.found
}

#[derive(Default)]
struct Names<'a> {
    tokens: Vec<Placed<'a>>,
    namespace: String,
    /// What `use` lines brought in, by the name that it has in this file.
    imports: BTreeMap<String, String>,
    /// How many braces are open: a `use` inside of a class takes a trait in.
    depth: usize,
    found: Vec<(String, usize)>,
}

impl Names<'_> {
    /// Reads what begins at a token, and says where to go on.
    fn step(&mut self, at: usize) -> usize {
        let line = self.tokens[at].line;
        match self.tokens[at].token {
            Token::Text(text) => {
                self.found.extend(classes_in_string(text).map(|class| (class, line)));
                at + 1
            }
            Token::Mark('{') => {
                self.depth += 1;
                at + 1
            }
            Token::Mark('}') => {
                self.depth = self.depth.saturating_sub(1);
                at + 1
            }
            Token::Word("namespace") if self.depth == 0 && self.mark(at + 1) != Some('\\') => {
                let (name, next) = self.name(at + 1);
                self.namespace = name;
                next
            }
            Token::Word("use") if self.depth == 0 && self.mark(at + 1) != Some('(') => self.import(at + 1),
            Token::Word(_) | Token::Mark('\\') => {
                let (name, next) = self.name(at);
                if !self.is_member(at) {
                    let class = self.resolve(&name);
                    self.found.push((class, line));
                }
                next
            }
            Token::Mark(_) => at + 1,
        }
    }

    fn mark(&self, at: usize) -> Option<char> {
        match self.tokens.get(at)?.token {
            Token::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    /// Whether a name stands for a member, a variable, or what is being declared.
    fn is_member(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).map(|before| self.tokens[before].token);
        match before(1) {
            Some(Token::Mark('$') | Token::Word("function" | "const")) => true,
            Some(Token::Mark('>')) => before(2) == Some(Token::Mark('-')),
            Some(Token::Mark(':')) => before(2) == Some(Token::Mark(':')),
            _ => false,
        }
    }

    /// A name with its backslashes, which nothing separates from its words.
    fn name(&self, begin: usize) -> (String, usize) {
        let mut name = String::new();
        let mut at = begin;
        while let Some(placed) = self.tokens.get(at).filter(|placed| at == begin || !placed.spaced) {
            match placed.token {
                Token::Word(word) if name.is_empty() || name.ends_with('\\') => name.push_str(word),
                Token::Mark('\\') if !name.ends_with('\\') => name.push('\\'),
                _ => break,
            }
            at += 1;
        }
        (name, at.max(begin + 1))
    }

    /// `use A\B;`, `use A\B as C, D;`, `use A\{B, C as D};`; functions and constants alike.
    fn import(&mut self, begin: usize) -> usize {
        let (mut at, mut group) = (begin, String::new());
        while let Some(placed) = self.tokens.get(at).copied() {
            match placed.token {
                Token::Mark(';') => return at + 1,
                Token::Word("function" | "const") if at == begin => at += 1,
                Token::Word("as") => {
                    if let (Some((class, _)), Some(Token::Word(alias))) =
                        (self.found.last(), self.tokens.get(at + 1).map(|next| next.token))
                    {
                        self.imports.insert(alias.to_owned(), class.clone());
                    }
                    at += 2;
                }
                Token::Word(_) | Token::Mark('\\') => {
                    let (name, next) = self.name(at);
                    at = next;
                    if self.mark(next) == Some('{') {
                        group = name;
                        continue;
                    }
                    let class = format!("{group}{name}").trim_start_matches('\\').to_owned();
                    let short = class.rsplit('\\').next().unwrap_or_default().to_owned();
                    self.imports.insert(short, class.clone());
                    self.found.push((class, placed.line));
                }
                _ => at += 1,
            }
        }
        at
    }

    fn resolve(&self, name: &str) -> String {
        if let Some(full) = name.strip_prefix('\\') {
            return full.to_owned();
        }
        if let Some(rest) = name.strip_prefix("namespace\\") {
            return format!("{}\\{rest}", self.namespace);
        }
        let (first, rest) = name.split_at(name.find('\\').unwrap_or(name.len()));
        self.imports.get(first).map_or_else(|| format!("{}\\{name}", self.namespace), |full| format!("{full}{rest}"))
    }
}

/// Names of the plugin's classes in a string literal, where a backslash may be doubled.
fn classes_in_string(text: &str) -> impl Iterator<Item = String> {
    let plain = text.replace("\\\\", "\\");
    let begins: Vec<usize> = plain.match_indices(&format!("{ROOT}\\")).map(|(begin, _)| begin).collect();
    begins.into_iter().map(move |begin| {
        let name = &plain[begin..];
        name[..name.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '\\').unwrap_or(name.len())].to_owned()
    })
}
