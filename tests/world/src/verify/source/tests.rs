//! Comments and strings of each language, one within the other.

use super::*;

fn of_kind(text: &str, language: Language, kind: Kind) -> Vec<(usize, &str)> {
    pieces(text, language).iter().filter(|piece| piece.kind == kind).map(|piece| (piece.line, piece.text)).collect()
}

fn comments(text: &str, language: Language) -> Vec<(usize, &str)> {
    of_kind(text, language, Kind::Comment)
}

#[test]
fn pieces_are_the_whole_text() {
    let text = "let a = \"/*\"; // ü\n/* b */ 'c';\n";

    let whole: String = pieces(text, Language::Rust).iter().map(|piece| piece.text).collect();

    assert_eq!(whole, text);
}

#[test]
fn rust_comments_nest_and_strings_hide_them() {
    let text = "a(\"// no\"); // one\nb(r#\"// \" no\"#) /* two /* three */ */;\nlet c: &'a str = x('\"'); // four";

    assert_eq!(comments(text, Language::Rust), [(1, "// one"), (2, "/* two /* three */ */"), (3, "// four")]);
}

#[test]
fn php_comments_end_with_the_tag_and_attributes_are_code() {
    let text = "<p>// no</p>\n<?php\n#[Pure] # one\n// two ?><b># no</b><?php\n$a = '# no'; $b = <<<END\n// no\n  END; /* three */";

    assert_eq!(comments(text, Language::Php), [(3, "# one"), (4, "// two "), (7, "/* three */")]);
}

#[test]
fn javascript_tells_a_division_from_a_regular_expression() {
    let text = "a = b / c; // one\nd = e.replace(/[/'\"]\\//, `${f(\"}\")} // no`); // two";

    assert_eq!(comments(text, Language::JavaScript), [(1, "// one"), (2, "// two")]);
}

#[test]
fn a_hash_inside_a_value_is_no_comment() {
    let text = "a = \"# no\" # one\nb = c#no\nd: it's # two\n";

    assert_eq!(comments(text, Language::Hash), [(1, "# one"), (3, "# two")]);
}
