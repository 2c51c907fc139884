//! Source files cut into code, string literals and comments.
//!
//! The checks need to know what a comment is and what is code, in seven languages, and no more than that: this is not a
//! parser.

#[cfg(test)]
mod tests;

/// How a language writes comments and strings.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Language {
    Rust,
    Php,
    JavaScript,
    C,
    Css,
    /// TOML and YAML: comments begin with `#`.
    Hash,
    /// WebAssembly's text format.
    Wat,
}

impl Language {
    /// The language of a file, by its name.
    pub(super) fn of(file: &str) -> Option<Self> {
        Some(match file.rsplit_once('.')?.1 {
            "rs" => Self::Rust,
            "php" => Self::Php,
            "js" | "mjs" => Self::JavaScript,
            "h" => Self::C,
            "css" => Self::Css,
            "toml" | "yml" | "yaml" => Self::Hash,
            "wat" => Self::Wat,
            _ => return None,
        })
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Code,
    /// A string literal with its quotes; in PHP also what is outside of `<?php … ?>`.
    Text,
    Comment,
}

/// A part of a file that is all code, one literal, or one comment.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Piece<'a> {
    pub(super) kind: Kind,
    /// The line it begins on, from 1.
    pub(super) line: usize,
    pub(super) text: &'a str,
}

/// Cuts a file up. The pieces, one after the other, are the whole text.
pub(super) fn pieces<'t>(text: &'t str, language: Language) -> Vec<Piece<'t>> {
    let mut pieces = Vec::new();
    let (mut line, mut start, mut at) = (1, 0, 0);
    let mut push = |kind, text: &'t str| {
        if !text.is_empty() {
            pieces.push(Piece { kind, line, text });
            line += text.matches('\n').count();
        }
    };
    while let Some(next) = text[at..].chars().next() {
        let Some((kind, length)) = special(text, at, language) else {
            at += next.len_utf8();
            continue;
        };
        push(Kind::Code, &text[start..at]);
        push(kind, &text[at..at + length]);
        at += length;
        start = at;
    }
    push(Kind::Code, &text[start..]);
    pieces
}

/// The kind and the length of the literal or comment that begins here, if one does.
fn special(text: &str, at: usize, language: Language) -> Option<(Kind, usize)> {
    let (before, rest) = text.split_at(at);
    match language {
        Language::Rust => rust(before, rest),
        Language::Php => php(before, rest),
        Language::JavaScript => javascript(before, rest),
        Language::C => line_comment(rest, "//").or_else(|| block_comment(rest)).or_else(|| string(rest, &['"', '\''])),
        Language::Css => block_comment(rest).or_else(|| string(rest, &['"', '\''])),
        Language::Hash => hash(before, rest),
        Language::Wat => line_comment(rest, ";;").or_else(|| string(rest, &['"'])),
    }
}

fn rust(before: &str, rest: &str) -> Option<(Kind, usize)> {
    let literal = |length| (Kind::Text, length);
    match rest.as_bytes().first()? {
        b'/' if rest.starts_with("/*") => Some((Kind::Comment, nested_comment(rest))),
        b'/' => line_comment(rest, "//"),
        b'\'' => char_literal(rest).map(literal),
        b'r' | b'b' | b'c' if !ends_in_word(before) => raw_string(rest).map(literal),
        _ => string(rest, &['"']),
    }
}

fn php(before: &str, rest: &str) -> Option<(Kind, usize)> {
    if before.is_empty() || rest.starts_with("?>") {
        return Some((Kind::Text, outside_php(rest)));
    }
    if rest.starts_with("<<<") {
        return heredoc(rest).map(|length| (Kind::Text, length));
    }
    let comment = line_comment(rest, "//").or_else(|| line_comment(rest, "#").filter(|_| !rest.starts_with("#[")));
    // The closing tag ends a comment too.
    let comment = comment.map(|(kind, length)| (kind, rest[..length].find("?>").unwrap_or(length)));
    comment.or_else(|| block_comment(rest)).or_else(|| string(rest, &['"', '\'']))
}

fn javascript(before: &str, rest: &str) -> Option<(Kind, usize)> {
    let literal = |length| (Kind::Text, length);
    match rest.as_bytes().first()? {
        b'`' => Some(literal(template(rest))),
        b'/' => line_comment(rest, "//")
            .or_else(|| block_comment(rest))
            .or_else(|| regular_expression(before, rest).map(literal)),
        _ => string(rest, &['"', '\'']),
    }
}

fn hash(before: &str, rest: &str) -> Option<(Kind, usize)> {
    if (before.is_empty() || before.ends_with(char::is_whitespace)) && rest.starts_with('#') {
        return line_comment(rest, "#");
    }
    if let Some(long) = rest.strip_prefix("\"\"\"") {
        return Some((Kind::Text, long.find("\"\"\"").map_or(rest.len(), |end| end + 6)));
    }
    // An apostrophe inside a word is none of a string; a string ends with its line.
    if ends_in_word(before) { None } else { string(&rest[..line_length(rest)], &['"', '\'']) }
}

fn line_comment(rest: &str, mark: &str) -> Option<(Kind, usize)> {
    rest.starts_with(mark).then(|| (Kind::Comment, line_length(rest)))
}

fn block_comment(rest: &str) -> Option<(Kind, usize)> {
    let inside = rest.strip_prefix("/*")?;
    Some((Kind::Comment, inside.find("*/").map_or(rest.len(), |end| end + 4)))
}

fn string(rest: &str, quotes: &[char]) -> Option<(Kind, usize)> {
    rest.starts_with(quotes).then(|| (Kind::Text, quoted(rest)))
}

fn line_length(rest: &str) -> usize {
    rest.find('\n').unwrap_or(rest.len())
}

fn ends_in_word(before: &str) -> bool {
    before.ends_with(is_word)
}

pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// A literal up to the quote that it begins with; a backslash takes the next character along.
fn quoted(rest: &str) -> usize {
    let mut chars = rest.char_indices();
    let quote = chars.next().map(|(_, quote)| quote);
    while let Some((at, next)) = chars.next() {
        if next == '\\' {
            chars.next();
        } else if Some(next) == quote {
            return at + 1;
        }
    }
    rest.len()
}

/// `/* … /* … */ … */`: Rust's comments nest.
fn nested_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_u32, 0);
    while let Some(next) = rest[at..].chars().next() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += next.len_utf8();
        }
    }
    rest.len()
}

/// `'a'` or `'\n'`, but not the lifetime `'a`.
fn char_literal(rest: &str) -> Option<usize> {
    let mut chars = rest.char_indices().skip(1);
    match chars.next()?.1 {
        '\\' => Some(quoted(rest)),
        _ => chars.next().filter(|(_, next)| *next == '\'').map(|(at, _)| at + 1),
    }
}

/// `r"…"`, `r#"…"#`, `br"…"`, `cr"…"`.
fn raw_string(rest: &str) -> Option<usize> {
    let opened = rest.trim_start_matches(['b', 'c']).strip_prefix('r')?;
    let hashes = opened.len() - opened.trim_start_matches('#').len();
    opened[hashes..].strip_prefix('"')?;
    let begin = rest.len() - opened.len() + hashes + 1;
    let end = format!("\"{}", "#".repeat(hashes));
    Some(rest[begin..].find(&end).map_or(rest.len(), |at| begin + at + end.len()))
}

/// HTML up to the next `<?php` or `<?=`, with it.
fn outside_php(rest: &str) -> usize {
    ["<?php", "<?="].iter().filter_map(|tag| rest.find(tag).map(|at| at + tag.len())).min().unwrap_or(rest.len())
}

/// `<<<'NAME'` up to the line that begins with the name.
fn heredoc(rest: &str) -> Option<usize> {
    let named = rest[3..].trim_start_matches([' ', '"', '\'']);
    let name = &named[..named.find(|c| !is_word(c)).unwrap_or(named.len())];
    if name.is_empty() {
        return None;
    }
    let mut length = 0;
    for (number, line) in rest.split_inclusive('\n').enumerate() {
        let indent = line.len() - line.trim_start().len();
        if number > 0 && line[indent..].starts_with(name) {
            return Some(length + indent + name.len());
        }
        length += line.len();
    }
    Some(rest.len())
}

/// `` `…${…}…` ``, with whatever is inside the braces.
fn template(rest: &str) -> usize {
    let mut at = 1;
    while let Some(next) = rest[at..].chars().next() {
        match next {
            '`' => return at + 1,
            '\\' => at += 1 + rest[at + 1..].chars().next().map_or(0, char::len_utf8),
            '$' if rest[at..].starts_with("${") => at += 1 + braces(&rest[at + 1..]),
            _ => at += next.len_utf8(),
        }
    }
    rest.len()
}

/// `{…}` with nested braces and literals.
fn braces(rest: &str) -> usize {
    let (mut depth, mut at) = (0_u32, 0);
    while let Some(next) = rest[at..].chars().next() {
        match next {
            '`' => at += template(&rest[at..]),
            '"' | '\'' => at += quoted(&rest[at..]),
            _ => {
                at += next.len_utf8();
                depth = depth + u32::from(next == '{') - u32::from(next == '}');
            }
        }
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

/// A `/` divides after a value; elsewhere it begins a regular expression.
fn regular_expression(before: &str, rest: &str) -> Option<usize> {
    let before = before.trim_end();
    if (ends_in_word(before) && !before.ends_with("return")) || before.ends_with([')', ']', '}']) {
        return None;
    }
    let line = &rest[..line_length(rest)];
    let (mut class, mut escaped) = (false, false);
    for (at, next) in line.char_indices().skip(1) {
        match next {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => class = true,
            ']' => class = false,
            '/' if !class => return Some(at + 1),
            _ => {}
        }
    }
    None
}
