//! The files that are written from the settings table: what PHP takes from it, and README's table of settings.
//!
//! After a change of the table: `LOGTO_SIGN_IN_WRITE_SETTINGS=1 cargo test -p logto-sign-in-core --test settings_table`.

use logto_sign_in_core::protocol::Manager;
use logto_sign_in_core::settings::row::{Kind, Row, Section};
use logto_sign_in_core::settings::table::TABLE;
use std::path::PathBuf;

const BEGIN: &str = "<!-- settings: written from wasm/src/settings/table.rs -->\n";
const END: &str = "<!-- settings: end -->\n";

/// The class with the defaults, the names of the secrets, and what a site of a network chooses for itself.
fn php() -> String {
    let flags = entries(|row| {
        let default = row.default == "on";
        matches!(row.kind, Kind::Flag).then(|| format!("'{}' => {default}", row.name))
    });
    let texts = entries(|row| {
        let text = !matches!(row.kind, Kind::Flag) && !row.default.is_empty();
        text.then(|| format!("'{}' => '{}'", row.name, row.default))
    });
    let secrets = names(|row| row.secret);
    let of_a_site = names(|row| row.managed_by == Manager::Site);
    let sections = entries(|row| {
        // The linter takes the name of a secret for one.
        let name_of_secret = "// @mago-expect lint:no-literal-password - a section\n        ";
        let pragma = if row.secret { name_of_secret } else { "" };
        Some(format!("{pragma}'{}' => '{}'", row.name, row.section.as_str()))
    });
    format!(
        "<?php

declare(strict_types=1);

namespace LogtoSignIn\\Settings;

/**
 * What PHP has to know of the settings, written from `wasm/src/settings/table.rs` by `wasm/tests/settings_table.rs`.
 */
final class Defaults
{{
    /** Whether a flag is on until somebody chooses. */
    public const FLAGS = [
{flags}    ];

    /** The texts that apply until somebody enters one. A text that is not here is empty. */
    public const TEXTS = [
{texts}    ];

    /** Every setting, and its section of the settings page. */
    public const SECTIONS = [
{sections}    ];

    /** The texts that are never shown or logged. */
    public const SECRETS = [
{secrets}    ];

    /** What a site of a network chooses for itself. Everything else decides about users, who belong to the network. */
    public const OF_A_SITE = [
{of_a_site}    ];
}}
"
    )
}

fn entries(entry: impl Fn(&Row) -> Option<String>) -> String {
    let lines = TABLE.iter().filter_map(entry).map(|entry| format!("        {entry},\n"));
    lines.collect::<Vec<_>>().concat()
}

/// The names of some rows, as many on a line as have room.
fn names(is_among: impl Fn(&Row) -> bool) -> String {
    let mut lines = vec![String::new()];
    for row in TABLE.iter().filter(|row| is_among(row)) {
        let name = format!("'{}',", row.name);
        let last = lines.last_mut().expect("there is one");
        if last.is_empty() {
            *last = format!("        {name}");
        } else if last.len() + 1 + name.len() <= 120 {
            *last = format!("{last} {name}");
        } else {
            lines.push(format!("        {name}"));
        }
    }
    lines.join("\n") + "\n"
}

/// The table of README, by section.
fn markdown() -> String {
    let mut lines = vec![
        "| Setting | Value | Default | Managed by | What it does |".to_owned(),
        "|---|---|---|---|---|".to_owned(),
    ];
    for section in Section::ALL {
        lines.push(format!("| **{}** | | | | |", title(*section)));
        let rows = TABLE.iter().filter(|row| row.section == *section);
        lines.extend(rows.map(|row| {
            format!("| `{}` | {} | {} | {} | {} |", row.name, form(row), default(row), manager(row), row.about)
        }));
    }
    lines.join("\n")
}

const fn title(section: Section) -> &'static str {
    match section {
        Section::Connection => "Connection to Logto",
        Section::Buttons => "Sign-in buttons",
        Section::Dingtalk => "Direct DingTalk sign-in",
        Section::Accounts => "Accounts",
        Section::Profiles => "Names and profiles",
        Section::Roles => "Roles",
        Section::Sessions => "Signing in",
        Section::Access => "Access",
        Section::Advanced => "Advanced",
        Section::Api => "REST API",
    }
}

fn form(row: &Row) -> String {
    match &row.kind {
        Kind::Flag => "on or off".to_owned(),
        Kind::Choice(values, _) => values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", "),
        Kind::Text(grammar) => grammar.form.to_owned(),
    }
}

fn default(row: &Row) -> String {
    match (&row.kind, row.default) {
        (_, "") => "–".to_owned(),
        (Kind::Flag, default) => default.to_owned(),
        (_, default) => format!("`{default}`"),
    }
}

const fn manager(row: &Row) -> &'static str {
    match row.managed_by {
        Manager::Site => "site",
        Manager::Network => "network",
    }
}

/// Compares the file with what it should be, after writing it where that was asked for.
fn holds(path: &str, expected: impl FnOnce(&str) -> String) {
    let wasm = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("run by cargo"));
    let path = wasm.join("..").join(path);
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    let expected = expected(&found);
    if std::env::var_os("LOGTO_SIGN_IN_WRITE_SETTINGS").is_some() {
        std::fs::write(&path, &expected).expect("written");
        return;
    }
    assert!(found == expected, "{} differs from the settings table; see the top of this test", path.display());
}

#[test]
fn php_has_the_defaults_of_the_table() {
    holds("php/src/Settings/Defaults.php", |_| php());
}

#[test]
fn readme_has_the_table() {
    holds("README.md", |readme| {
        let (above, rest) = readme.split_once(BEGIN).expect("the comment above the table");
        let (_, below) = rest.split_once(END).expect("the comment below the table");
        format!("{above}{BEGIN}\n{}\n\n{END}{below}", markdown())
    });
}
