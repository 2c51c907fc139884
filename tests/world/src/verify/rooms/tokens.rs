//! The words and marks of a file's code.

use crate::verify::source::{Kind, Language, is_word, pieces};

/// A word, a mark, or a string literal of the code.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::verify) enum Token<'a> {
    Word(&'a str),
    Mark(char),
    Text(&'a str),
}

/// A token, where it is, and whether anything separates it from the token before it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::verify) struct Placed<'a> {
    pub(in crate::verify) token: Token<'a>,
    pub(in crate::verify) line: usize,
    pub(in crate::verify) spaced: bool,
}

/// The tokens of a file, without its comments.
pub(in crate::verify) fn tokens(text: &str, language: Language) -> Vec<Placed<'_>> {
    let mut tokens = Vec::new();
    let mut spaced = false;
    for piece in pieces(text, language) {
        let mut line = piece.line;
        match piece.kind {
            Kind::Comment => spaced = true,
            Kind::Text => {
                tokens.push(Placed { token: Token::Text(piece.text), line, spaced });
                spaced = false;
            }
            Kind::Code => {
                let mut rest = piece.text;
                while let Some(next) = rest.chars().next() {
                    let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len()).max(next.len_utf8());
                    let (word, after) = rest.split_at(length);
                    rest = after;
                    line += usize::from(next == '\n');
                    if next.is_whitespace() {
                        spaced = true;
                        continue;
                    }
                    let token = if is_word(next) { Token::Word(word) } else { Token::Mark(next) };
                    tokens.push(Placed { token, line, spaced });
                    spaced = false;
                }
            }
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_know_their_lines_and_what_is_glued() {
        let found = tokens("use a\\B; // no\nreturn \\C;", Language::JavaScript);

        let words: Vec<_> = found.iter().filter(|placed| matches!(placed.token, Token::Word(_))).collect();
        assert_eq!(words.iter().map(|placed| placed.line).collect::<Vec<_>>(), [1, 1, 1, 2, 2]);
        assert!(!words[2].spaced && words[1].spaced);
    }
}
