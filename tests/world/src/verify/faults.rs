//! `tests/faults.md` and the tests that it names: none is missing on either side.

use super::Tally;
use crate::{Result, ensure, paths};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// What the names of such tests begin with; `PHPUnit` puts `test_` before it.
const PREFIX: &str = "fault_";

/// Tests by the number of their fault, as `s9`.
type Tests = BTreeMap<String, BTreeSet<String>>;

pub(super) fn check() -> Result<Tally> {
    let mut found = Tests::new();
    for folder in ["src", "wasm/src", "wasm/tests", "tests"] {
        for file in paths::files_under(&paths::root().join(folder))? {
            if file.extension().is_some_and(|extension| extension == "rs" || extension == "php" || extension == "mjs") {
                collect(&fs::read_to_string(&file)?, &mut found);
            }
        }
    }
    let listed = listed(&fs::read_to_string(paths::root().join("tests/faults.md"))?);
    ensure!(!found.is_empty() && !listed.is_empty(), "no fault was found: the names have changed");
    let all: BTreeSet<&String> = found.keys().chain(listed.keys()).collect();
    Ok(Tally::of(all.len(), &problems(&found, &listed)))
}

/// The rows of the table.
fn listed(document: &str) -> Tests {
    let rows = document.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" |"));
    let rows = rows.filter(|(id, _)| id.len() > 1 && id[1..].chars().all(|c| c.is_ascii_digit()));
    let mut listed = Tests::new();
    for (id, row) in rows {
        let tests = listed.entry(id.to_lowercase()).or_default();
        tests.extend(row.split('`').map(str::to_owned).filter(|word| word.starts_with(PREFIX)));
    }
    listed
}

/// Adds the tests that a source names.
fn collect(source: &str, tests: &mut Tests) {
    for word in source.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')) {
        let Some(name) = word.strip_prefix("test_").unwrap_or(word).strip_prefix(PREFIX) else { continue };
        let Some((id, _)) = name.split_once('_') else { continue };
        let is_id = id.len() > 1 && id.starts_with(char::is_alphabetic) && id[1..].chars().all(|c| c.is_ascii_digit());
        if is_id {
            tests.entry(id.to_owned()).or_default().insert(format!("{PREFIX}{name}"));
        }
    }
}

fn problems(found: &Tests, listed: &Tests) -> Vec<String> {
    let mut problems = Vec::new();
    let nothing = BTreeSet::new();
    for id in found.keys().chain(listed.keys()).collect::<BTreeSet<_>>() {
        let (found, listed) = (found.get(id).unwrap_or(&nothing), listed.get(id).unwrap_or(&nothing));
        problems.extend(found.difference(listed).map(|test| format!("tests/faults.md does not name {test}")));
        problems.extend(listed.difference(found).map(|test| format!("tests/faults.md names {test}, which is gone")));
        if found.is_empty() {
            problems.push(format!("no test holds off fault {}", id.to_uppercase()));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_that_is_missing_on_either_side_is_named() {
        // Names in this file count too, unless they are put together.
        let name = |rest: &str| format!("{PREFIX}{rest}");
        let mut found = Tests::new();
        collect(&format!("fn {}() {{}} test_{}(): void", name("z1_is_listed"), name("z1_is_not")), &mut found);
        collect("fn fault_tolerant() {} // fault_z_is_no_number", &mut found);
        let row = format!("| Z1 | `{}` |\n| Z2 | `{}` |", name("z1_is_listed"), name("z2_is_gone"));

        let problems = problems(&found, &listed(&format!("| Fault | Tests |\n|---|---|\n{row}")));

        let unlisted = format!("tests/faults.md does not name {}", name("z1_is_not"));
        let gone = format!("tests/faults.md names {}, which is gone", name("z2_is_gone"));
        assert_eq!(problems, [unlisted, gone, "no test holds off fault Z2".to_owned()]);
    }
}
