//! What is printed is escaped where it is printed, by WordPress's rule `WordPress.Security.EscapeOutput.OutputNotEscaped`.

use super::{is_excused, is_member};
use crate::verify::rooms::tokens::{Placed, Token};

/// Functions whose result can be printed, whatever they are given.
const ESCAPING: [&str; 27] = [
    "absint",
    "checked",
    "count",
    "disabled",
    "esc_attr",
    "esc_attr__",
    "esc_attr_e",
    "esc_attr_x",
    "esc_html",
    "esc_html__",
    "esc_html_e",
    "esc_html_x",
    "esc_js",
    "esc_sql",
    "esc_textarea",
    "esc_url",
    "esc_url_raw",
    "esc_xml",
    "number_format_i18n",
    "selected",
    "sanitize_key",
    "tag_escape",
    "wp_create_nonce",
    "wp_json_encode",
    "wp_kses",
    "wp_kses_data",
    "wp_kses_post",
];

/// Language constructs and functions that print.
const PRINTING: [&str; 4] = ["echo", "print", "printf", "vprintf"];

/// The lines that print a variable, or the result of a call, as it is.
pub(super) fn unescaped(tokens: &[Placed], text: &str) -> Vec<usize> {
    let printing = tokens.iter().enumerate().filter(|&(at, placed)| {
        matches!(placed.token, Token::Word(word) if PRINTING.contains(&word)) && !is_member(tokens, at)
    });
    let lines = printing.filter(|(_, placed)| !is_excused(text, placed.line));
    lines.filter_map(|(at, _)| arguments(&tokens[at + 1..]).into_iter().find_map(first_unescaped)).collect()
}

/// The arguments of a call, or of a construct without parentheses.
fn arguments<'t>(tokens: &'t [Placed<'t>]) -> Vec<&'t [Placed<'t>]> {
    let is_call = tokens.first().is_some_and(|first| first.token == Token::Mark('('));
    let tokens = &tokens[usize::from(is_call)..];
    let (mut depth, mut start, mut found) = (0_u32, 0, Vec::new());
    for (at, placed) in tokens.iter().enumerate() {
        match placed.token {
            Token::Mark('(' | '[' | '{') => depth += 1,
            Token::Mark(';' | ')') if depth == 0 => return [found, vec![&tokens[start..at]]].concat(),
            Token::Mark(')' | ']' | '}') => depth -= 1,
            Token::Mark(',') if depth == 0 => {
                found.push(&tokens[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found
}

/// The line of the first thing in an argument that nothing escapes.
fn first_unescaped(argument: &[Placed]) -> Option<usize> {
    let mut names: Vec<&str> = Vec::new();
    let from = condition(argument);
    for at in from..argument.len() {
        let before =
            |back: usize| at.checked_sub(back).and_then(|place| argument.get(place)).map(|placed| placed.token);
        let is_safe = names.iter().any(|name| ESCAPING.contains(name)) || is_cast(before(1), before(2), before(3));
        match argument[at].token {
            Token::Mark('(') => names.push(match (before(1), argument.get(at + 1).map(|next| next.token)) {
                (Some(Token::Word(_)), _) if is_cast(before(2), before(3), before(4)) => "absint",
                (Some(Token::Word("array_map")), Some(Token::Text(escaping))) => escaping.trim_matches('\''),
                (Some(Token::Word(word)), _) => word,
                _ => "",
            }),
            Token::Mark(')') => drop(names.pop()),
            Token::Mark('$') if !is_safe => return Some(argument[at].line),
            // A method's result, as WordPress's own rule sees it.
            Token::Mark(':') if !is_safe && before(1) == Some(Token::Mark(':')) && is_called(&argument[at..]) => {
                return Some(argument[at].line);
            }
            _ => {}
        }
    }
    None
}

/// Where an argument's result begins: behind the condition that chooses it.
fn condition(argument: &[Placed]) -> usize {
    let mut depth = 0_u32;
    for (at, placed) in argument.iter().enumerate() {
        let next = argument.get(at + 1).map(|next| next.token);
        match placed.token {
            Token::Mark('(' | '[' | '{') => depth += 1,
            Token::Mark(')' | ']' | '}') => depth = depth.saturating_sub(1),
            Token::Mark('?') if depth == 0 && !matches!(next, Some(Token::Mark('?' | '-'))) => return at + 1,
            _ => {}
        }
    }
    0
}

/// Whether the three tokens before one are `(int)`.
fn is_cast(first: Option<Token>, second: Option<Token>, third: Option<Token>) -> bool {
    [first, second, third] == [Some(Token::Mark(')')), Some(Token::Word("int")), Some(Token::Mark('('))]
}

/// Whether a name and a parenthesis follow a mark.
fn is_called(tokens: &[Placed]) -> bool {
    matches!(tokens, [_, name, open, ..] if matches!(name.token, Token::Word(_)) && open.token == Token::Mark('('))
}
