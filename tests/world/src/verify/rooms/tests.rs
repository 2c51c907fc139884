//! Sample trees where one arrow runs back, and one circle.

use super::*;

fn sources<const N: usize>(files: [(&str, &str); N]) -> Sources {
    files.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
}

fn rust<const N: usize>(files: [(&str, &str); N], order: &[&str]) -> Vec<String> {
    rust_problems(&sources(files), "wasm/src", "logto_sign_in_core", order)
}

fn php<const N: usize>(files: [(&str, &str); N], order: &[&str]) -> Vec<String> {
    php_problems(&sources(files), "php/src", order)
}

/// A tree in order: the two rooms of most tests, without a fault.
const TOKEN: (&str, &str) = ("wasm/src/token.rs", "pub struct Tokens;\n");

#[test]
fn rust_arrow_that_runs_back_is_named_with_the_allowed_order() {
    let provider = "//! Tokens.\n\nuse crate::codes::Code;\nuse crate::{flow::attempt::{self, Attempt}, token};\n";
    let files = [
        ("wasm/src/codes.rs", "pub enum Code {}"),
        TOKEN,
        ("wasm/src/provider/token.rs", provider),
        ("wasm/src/provider/mod.rs", "mod token;"),
        ("wasm/src/flow/attempt.rs", "use crate::provider::token::Exchange;\npub struct Attempt;"),
    ];

    let problems = rust(files, &["codes", "token", "provider", "flow"]);

    assert_eq!(
        problems,
        ["wasm/src/provider/token.rs:4 uses crate::flow::attempt: provider may use only codes, token"]
    );
}

#[test]
fn rust_path_without_an_import_counts() {
    let files = [
        TOKEN,
        (
            "wasm/src/codes.rs",
            "fn code() {\n    let _ = \"crate::token\"; // crate::token\n    super::token::read::<u8>();\n}",
        ),
    ];

    let problems = rust(files, &["codes", "token"]);

    assert_eq!(problems, ["wasm/src/codes.rs:3 uses crate::token::read: codes may use no other room"]);
}

#[test]
fn rust_path_through_the_root_leads_to_the_room_that_defines_it() {
    let files = [
        ("wasm/src/codes.rs", "use crate::Tokens;"),
        ("wasm/src/lib.rs", "mod codes;\nmod token;\npub use token::Tokens;"),
        TOKEN,
    ];

    let problems = rust(files, &["codes", "token", "lib"]);

    assert_eq!(problems, ["wasm/src/codes.rs:1 uses crate::Tokens: codes may use no other room"]);
}

#[test]
fn rust_glob_leads_to_the_room_that_defines_the_name() {
    let files = [
        ("wasm/src/codes.rs", "fn a() -> crate::Tokens {}"),
        ("wasm/src/lib.rs", "mod codes;\nmod token;\npub use token::*;"),
        TOKEN,
    ];

    let problems = rust(files, &["codes", "lib", "token"]);

    assert_eq!(
        problems,
        [
            "wasm/src/lib.rs:3 uses crate::token: lib may use only codes",
            "wasm/src/codes.rs:1 uses crate::Tokens: codes may use no other room",
        ]
    );
}

#[test]
fn rust_program_names_its_library() {
    let files = [
        ("wasm/src/main.rs", "use logto_sign_in_core::{token, codes::Code};\nfn main() { token::read(); }"),
        ("wasm/src/codes.rs", "pub enum Code {}"),
        TOKEN,
    ];

    let problems = rust(files, &["codes", "main", "token"]);

    assert_eq!(problems, ["wasm/src/main.rs:1 uses crate::token: main may use only codes"]);
}

#[test]
fn rust_code_of_tests_does_not_count() {
    let codes = "#[cfg(test)]\nmod tests;\n#[cfg(test)]\nmod more { use crate::token::Tokens; }\n#[cfg(test)]\nuse crate::token;\n";
    let files = [
        ("wasm/src/codes.rs", codes),
        ("wasm/src/codes/tests.rs", "use crate::token::Tokens;"),
        ("wasm/src/codes/tests/long.rs", "use crate::token::Tokens;"),
        TOKEN,
    ];

    assert_eq!(rust(files, &["codes", "token"]), [""; 0]);
}

#[test]
fn rust_code_outside_of_tests_counts() {
    let codes = "#[cfg(any(test, doc))]\nuse crate::token;\n#[cfg(test)]\nfn a() {}\nmod inner { use super::super::token::Tokens; }";
    let files = [("wasm/src/codes.rs", codes), TOKEN];

    let problems = rust(files, &["codes", "token"]);

    assert_eq!(
        problems,
        [
            "wasm/src/codes.rs:2 uses crate::token: codes may use no other room",
            "wasm/src/codes.rs:5 uses crate::token::Tokens: codes may use no other room",
        ]
    );
}

#[test]
fn rust_circle_of_files_is_printed_arrow_by_arrow() {
    let files = [
        ("wasm/src/flow/mod.rs", "mod callback;\nmod keys;\nmod tokens;\npub use callback::run;"),
        ("wasm/src/flow/callback.rs", "use super::tokens::exchange;\npub fn run() { exchange() }\npub fn attempt() {}"),
        ("wasm/src/flow/keys.rs", "\nuse super::callback::{self};\npub fn verify() { callback::attempt() }"),
        ("wasm/src/flow/tokens.rs", "use super::keys;\npub fn exchange() { keys::verify() }"),
    ];

    let problems = rust(files, &["flow"]);

    assert_eq!(
        problems,
        ["wasm/src/flow/callback.rs is part of a circle of 3 files:\n  \
          wasm/src/flow/callback.rs:1 uses crate::flow::tokens::exchange\n  \
          wasm/src/flow/tokens.rs:1 uses crate::flow::keys\n  \
          wasm/src/flow/keys.rs:2 uses crate::flow::callback"]
    );
}

#[test]
fn rust_parent_that_only_passes_names_on_makes_no_circle() {
    let jose = "mod jwk;\npub use jwk::Key;\npub struct JoseError;\npub fn excerpt() {}";
    let files = [("wasm/src/jose/mod.rs", jose), ("wasm/src/jose/jwk.rs", "use super::JoseError;\npub struct Key;")];

    assert_eq!(rust(files, &["jose"]), [""; 0]);
}

#[test]
fn rust_parent_that_uses_what_it_passes_on_makes_a_circle() {
    let jose = "mod jwk;\npub use jwk::Key;\npub struct JoseError;\npub fn read() -> Key {}";
    let files = [("wasm/src/jose/mod.rs", jose), ("wasm/src/jose/jwk.rs", "use super::JoseError;\npub struct Key;")];

    let problems = rust(files, &["jose"]);

    assert_eq!(
        problems,
        ["wasm/src/jose/jwk.rs is part of a circle of 2 files:\n  \
          wasm/src/jose/jwk.rs:1 uses crate::jose::JoseError\n  \
          wasm/src/jose/mod.rs:4 uses crate::jose::jwk::Key"]
    );
}

#[test]
fn rooms_and_the_order_name_each_other() {
    let problems = rust([TOKEN], &["codes"]);

    assert_eq!(
        problems,
        [
            "wasm/src/token.rs: the room token has no place in the order",
            "wasm/src: the order names the room codes, which does not exist",
        ]
    );
}

/// A class of a room.
fn class(namespace: &str, body: &str) -> String {
    format!("<?php\n\ndeclare(strict_types=1);\n\nnamespace {namespace};\n\n{body}\n")
}

#[test]
fn php_import_that_runs_back_is_named_with_the_allowed_order() {
    let handler = class(
        "LogtoSignIn\\Accounts",
        "use LogtoSignIn\\Core\\Http;\nuse LogtoSignIn\\SignIn\\SignOut;\n\nclass Handler {}",
    );
    let files = [
        ("php/src/Support/Input.php", "<?php namespace LogtoSignIn\\Support; class Input {}"),
        ("php/src/Core/Http.php", "<?php namespace LogtoSignIn\\Core; class Http {}"),
        ("php/src/Accounts/Handler.php", handler.as_str()),
        ("php/src/SignIn/SignOut.php", "<?php namespace LogtoSignIn\\SignIn; use LogtoSignIn\\Accounts\\Handler;"),
    ];

    let problems = php(files, &["Support", "Core", "Accounts", "SignIn"]);

    assert_eq!(
        problems,
        ["php/src/Accounts/Handler.php:8 uses LogtoSignIn\\SignIn\\SignOut: Accounts may use only Support, Core"]
    );
}

/// Each way to name a class of another room, as the only statement of a class of the first room.
#[test]
fn php_names_without_an_import_count() {
    let ways = [
        "new \\LogtoSignIn\\SignIn\\SignOut();",
        "use LogtoSignIn\\SignIn; SignIn\\SignOut::run();",
        "use LogtoSignIn\\{Support\\Input as In, SignIn\\SignOut as Out};",
        "use LogtoSignIn\\SignIn as S; function a(S\\SignOut $b): void {}",
        "$a = 'LogtoSignIn\\\\SignIn\\\\SignOut::run';",
        "return \\LogtoSignIn\\SignIn\\SignOut::class;",
    ];
    for way in ways {
        let input = class("LogtoSignIn\\Support", way);
        let files = [
            ("php/src/Support/Input.php", input.as_str()),
            ("php/src/SignIn/SignOut.php", "<?php namespace LogtoSignIn\\SignIn;"),
        ];

        let problems = php(files, &["Support", "SignIn"]);

        let expected = "php/src/Support/Input.php:7 uses LogtoSignIn\\SignIn\\SignOut: Support may use no other room";
        assert_eq!(problems, [expected], "{way}");
    }
}

#[test]
fn php_names_of_the_same_namespace_count_where_classes_are_rooms() {
    let actions =
        class("LogtoSignIn", "function a() {\n    namespace\\Uninstall::run();\n    return new Lifecycle();\n}");
    let files = [
        ("php/src/Actions.php", actions.as_str()),
        ("php/src/Lifecycle.php", "<?php namespace LogtoSignIn; Actions::run();"),
        ("php/src/Uninstall.php", "<?php namespace LogtoSignIn; class Uninstall {}"),
    ];

    let problems = php(files, &["Actions", "Lifecycle", "Uninstall"]);

    assert_eq!(
        problems,
        [
            "php/src/Actions.php:9 uses LogtoSignIn\\Lifecycle: Actions may use no other room",
            "php/src/Actions.php:8 uses LogtoSignIn\\Uninstall: Actions may use no other room",
        ]
    );
}

#[test]
fn php_comments_members_and_other_classes_do_not_count() {
    let body = "// new \\LogtoSignIn\\Actions()\nfunction Actions() { $a->Actions; $Actions = self::Actions; new WP_Error(); }";
    let lifecycle = class("LogtoSignIn", body);
    let files = [
        ("php/src/Lifecycle.php", lifecycle.as_str()),
        ("php/src/Actions.php", "<?php namespace LogtoSignIn; class Actions {}"),
    ];

    assert_eq!(php(files, &["Lifecycle", "Actions"]), [""; 0]);
}
