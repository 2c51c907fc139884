//! Reads one Rust file: its modules, what each imports, names and defines.

use super::Path;
use crate::verify::rooms::tokens::{Placed, Token, tokens};
use crate::verify::source::Language;
use std::collections::{BTreeMap, BTreeSet};

/// A module: a file, or a part of one in braces.
#[derive(Debug, Default)]
pub(super) struct Module {
    pub(super) file: String,
    pub(super) imports: Vec<Import>,
    /// Paths of at least two names, such as `crate::flow::start` and `start::begin`, with their lines.
    pub(super) paths: Vec<(Path, usize)>,
    /// Every single name outside of imports, with the first line that has it.
    pub(super) words: BTreeMap<String, usize>,
    /// The names of its items.
    pub(super) defines: BTreeSet<String>,
}

/// One name of a `use`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Import {
    pub(super) path: Path,
    /// What it is called here; `*` for all.
    pub(super) name: String,
    pub(super) line: usize,
    /// `pub use`, for the crate or for all.
    pub(super) public: bool,
}

/// What one file holds.
#[derive(Debug, Default)]
pub(super) struct File {
    pub(super) modules: BTreeMap<Path, Module>,
    /// Modules in files of their own that only tests see.
    pub(super) only_tests: Vec<Path>,
}

pub(super) fn file(name: &str, text: &str, path: &Path) -> File {
    let mut reader = Reader { tokens: tokens(text, Language::Rust), path: path.clone(), ..Reader::default() };
    reader.enter(name);
    let mut at = 0;
    while at < reader.tokens.len() {
        at = reader.step(name, at);
    }
    reader.file
}

#[derive(Default)]
struct Reader<'a> {
    tokens: Vec<Placed<'a>>,
    /// The module that is being read.
    path: Path,
    depth: usize,
    /// Where the inline modules around this place begin: their depth.
    inline: Vec<usize>,
    file: File,
}

impl<'a> Reader<'a> {
    fn enter(&mut self, file: &str) {
        self.file.modules.insert(self.path.clone(), Module { file: file.to_owned(), ..Module::default() });
    }

    fn module(&mut self) -> &mut Module {
        self.file.modules.entry(self.path.clone()).or_default()
    }

    fn token(&self, at: usize) -> Option<Token<'a>> {
        self.tokens.get(at).map(|placed| placed.token)
    }

    fn word(&self, at: usize) -> Option<&'a str> {
        match self.token(at)? {
            Token::Word(word) => Some(word),
            _ => None,
        }
    }

    fn is(&self, at: usize, mark: char) -> bool {
        self.token(at) == Some(Token::Mark(mark))
    }

    /// Whether `::` is here.
    fn joins(&self, at: usize) -> bool {
        self.is(at, ':') && self.is(at + 1, ':')
    }

    /// Reads what begins at a token, and says where to go on.
    fn step(&mut self, file: &str, at: usize) -> usize {
        match self.tokens[at].token {
            Token::Mark('#') if self.is(at + 1, '[') => {
                let end = self.closed(at + 1);
                let words: Vec<&str> = (at..end).filter_map(|at| self.word(at)).collect();
                let only_tests = words.starts_with(&["cfg", "test"]) || words.starts_with(&["cfg", "all", "test"]);
                if only_tests { self.skip_item(end) } else { end }
            }
            Token::Mark('{') => {
                self.depth += 1;
                at + 1
            }
            Token::Mark('}') => {
                self.depth = self.depth.saturating_sub(1);
                if self.inline.last() == Some(&self.depth) {
                    self.inline.pop();
                    self.path.pop();
                }
                at + 1
            }
            Token::Word("mod") => match self.word(at + 1) {
                Some(name) if self.is(at + 2, '{') => {
                    self.module().defines.insert(name.to_owned());
                    self.inline.push(self.depth);
                    self.depth += 1;
                    self.path.push(name.to_owned());
                    self.enter(file);
                    at + 3
                }
                _ => at + 2,
            },
            Token::Word("use") => {
                let public = self.is_public(at);
                let end = (at..self.tokens.len()).find(|at| self.is(*at, ';')).unwrap_or(self.tokens.len());
                let mut imports = Vec::new();
                self.tree(at + 1, end, &[], public, &mut imports);
                self.module().imports.extend(imports);
                end + 1
            }
            Token::Word(word) => self.path(at, word),
            Token::Mark(_) | Token::Text(_) => at + 1,
        }
    }

    /// A path, or a single name.
    fn path(&mut self, begin: usize, word: &str) -> usize {
        let line = self.tokens[begin].line;
        let mut path = vec![word.to_owned()];
        let mut at = begin + 1;
        while let (true, Some(next)) = (self.joins(at), self.word(at + 2)) {
            path.push(next.to_owned());
            at += 3;
        }
        let before = |back: usize| begin.checked_sub(back).and_then(|before| self.token(before));
        let is_member = before(1) == Some(Token::Mark('.'))
            || (before(1) == Some(Token::Mark(':')) && before(2) == Some(Token::Mark(':')));
        // `pub(in crate::flow)` says who may see, and uses nothing.
        let is_visibility = before(1) == Some(Token::Word("in")) && before(2) == Some(Token::Mark('('));
        if is_member || is_visibility {
            return at;
        }
        let keywords = ["fn", "struct", "enum", "trait", "type", "const", "static", "union"];
        let declared = matches!(before(1), Some(Token::Word(before)) if keywords.contains(&before));
        let module = self.module();
        if declared {
            module.defines.insert(word.to_owned());
        } else {
            module.words.entry(word.to_owned()).or_insert(line);
        }
        if path.len() > 1 {
            module.paths.push((path, line));
        }
        at
    }

    /// `a::{b, c::d as e, self, *}`.
    fn tree(&self, begin: usize, end: usize, above: &[String], public: bool, imports: &mut Vec<Import>) -> usize {
        let mut path = above.to_vec();
        let mut name = None;
        let mut at = begin;
        let line = self.tokens.get(at).map_or(0, |placed| placed.line);
        while at < end {
            match self.tokens[at].token {
                Token::Word("as") => {
                    name = self.word(at + 1).map(str::to_owned);
                    at += 2;
                }
                Token::Word("self") if !above.is_empty() => at += 1,
                Token::Word(word) => {
                    path.push(word.to_owned());
                    at += 1;
                }
                Token::Mark('*') => {
                    name = Some("*".to_owned());
                    at += 1;
                }
                Token::Mark('{') => {
                    at += 1;
                    while at < end && !self.is(at, '}') {
                        at = self.tree(at, end, &path, public, imports);
                        at += usize::from(self.is(at, ','));
                    }
                    return at + 1;
                }
                Token::Mark(',' | '}') => break,
                Token::Mark(_) | Token::Text(_) => at += 1,
            }
        }
        if let Some(name) = name.or_else(|| path.last().cloned()) {
            imports.push(Import { path, name, line, public });
        }
        at
    }

    /// Whether `pub` or `pub(…)` stands before.
    fn is_public(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).and_then(|before| self.token(before));
        before(1) == Some(Token::Word("pub"))
            || (before(1) == Some(Token::Mark(')')) && (2..8).any(|back| before(back) == Some(Token::Word("pub"))))
    }

    /// After the bracket that closes the one here.
    fn closed(&self, begin: usize) -> usize {
        let mut depth = 0_usize;
        for at in begin..self.tokens.len() {
            match self.tokens[at].token {
                Token::Mark('(' | '[' | '{') => depth += 1,
                Token::Mark(')' | ']' | '}') => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return at + 1;
            }
        }
        self.tokens.len()
    }

    /// After an item that only tests see: up to its semicolon, its comma, or its braces.
    fn skip_item(&mut self, begin: usize) -> usize {
        let mut at = begin;
        while let Some(token) = self.token(at) {
            match token {
                Token::Word("mod") if self.is(at + 2, ';') => {
                    let name = self.word(at + 1).unwrap_or_default().to_owned();
                    self.file.only_tests.push([self.path.as_slice(), &[name]].concat());
                    at += 1;
                }
                Token::Mark('{') => return self.closed(at),
                Token::Mark('(' | '[') => at = self.closed(at),
                Token::Mark(';' | ',') => return at + 1,
                _ => at += 1,
            }
        }
        at
    }
}
