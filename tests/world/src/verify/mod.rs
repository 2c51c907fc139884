//! Every check of the project, each counted, timed and told.

mod comments;
mod directory;
mod engine;
mod faults;
mod figures;
mod fuzzing;
mod platforms;
mod playground;
mod plugin_check;
mod report;
mod rooms;
mod rust;
mod scripts;
mod side_by_side;
mod sites;
mod source;
mod stories;
mod texts;
mod translations;

use crate::install::cargo_tools::{self, CARGO_DENY, MAGO, Tool};
use crate::process::Finished;
use crate::progress::{say, short, with_heartbeat};
use crate::{Result, bail};
use figures::Figure;
use std::time::{Duration, Instant};

/// How many tests of a check passed and failed, and what is worth saying.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Passed tests.
    pub passed: u32,
    /// Failed tests.
    pub failed: u32,
    /// What to say in the line of the check.
    pub note: String,
    /// What to show when something failed.
    pub output: String,
    /// What was tried, by class.
    figures: Vec<Figure>,
    /// What was tried, for the table of all checks.
    pub rows: Vec<Row>,
}

/// A line of the table that tells what was tried.
#[derive(Clone, Debug)]
pub struct Row {
    /// On what.
    pub what: String,
    /// With which result.
    pub result: String,
    /// How long it took.
    pub took: Duration,
}

/// A check by name.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it looks at.
    pub about: &'static str,
    run: fn() -> Result<Tally>,
}

/// Every check, the quick ones first.
pub const CHECKS: [Check; 22] = [
    Check { name: "format", about: "cargo fmt --check", run: rust::format },
    Check { name: "lengths", about: "no file holds more than one room", run: texts::lengths },
    Check { name: "words", about: "no machine's paths, no registries' hosts", run: texts::words },
    Check {
        name: "translations",
        about: "xgettext, msgmerge and msgfmt give what is shipped",
        run: translations::translations,
    },
    Check { name: "php-syntax", about: "php -l on every file", run: scripts::php_syntax },
    Check { name: "comments", about: "every file that a comment names exists", run: comments::check },
    Check { name: "faults", about: "every fault has its tests, and every such test its row", run: faults::check },
    Check { name: "rooms", about: "rooms use only rooms above them, files no circle", run: rooms::check },
    Check {
        name: "directory",
        about: "what WordPress's plugin directory asks of its zip, by Plugin Check's rules",
        run: directory::check,
    },
    Check { name: "eslint", about: "the shipped scripts and the providers", run: scripts::eslint },
    Check { name: "bundle", about: "the script for the DingTalk app, rebuilt and compared", run: scripts::bundle },
    Check { name: "providers", about: "the providers' own tests", run: scripts::providers },
    Check { name: "deny", about: "licenses, sources and bans of the dependencies", run: rust::deny },
    Check {
        name: "advisories",
        about: "known vulnerabilities, where their database can be reached",
        run: rust::advisories,
    },
    Check { name: "mago-lint", about: "mago lint", run: scripts::mago_lint },
    Check { name: "mago-analyze", about: "mago analyze, with WordPress as context", run: scripts::mago_analyze },
    Check { name: "clippy", about: "every lint is an error", run: rust::clippy },
    Check { name: "doc", about: "cargo doc, warnings are errors", run: rust::doc },
    Check { name: "tests", about: "cargo test", run: rust::tests },
    Check {
        name: "phpunit",
        about: "PHPUnit inside a WordPress, and inside a network of sites",
        run: stories::phpunit,
    },
    Check { name: "demo", about: "cargo demo --once", run: stories::demo },
    Check {
        name: "engine",
        about: "a part of the scenarios by the PHP engine, on the newest PHP",
        run: engine::newest,
    },
];

/// Checks that run only when they are named in full: they take long, or what they need is seldom there.
pub const ON_REQUEST: [Check; 9] = [
    Check { name: "load", about: "a thousand sign-ins, and sign-ins beside bots, with their times", run: rust::load },
    Check {
        name: "fuzzing",
        about: "each parser under libFuzzer; LOGTO_SIGN_IN_FUZZ_SECONDS or _RUNS for each, LOGTO_SIGN_IN_FUZZ names some",
        run: fuzzing::all,
    },
    Check {
        name: "php-versions",
        about: "every scenario by the PHP engine, on PHP 8.1 to 8.5",
        run: engine::all_versions,
    },
    Check {
        name: "opcache",
        about: "every scenario by the PHP engine on this machine's PHP, without OPcache, with it, and with its compilers",
        run: engine::opcache,
    },
    Check {
        name: "sites",
        about: "a sign-in on each WordPress, transport, address and network that the plugin supports",
        run: sites::sites,
    },
    Check {
        name: "platforms",
        about: "the scenarios with the program and the library for ARM64, in an emulator",
        run: platforms::platforms,
    },
    Check {
        name: "reproducible",
        about: "both zips, packed in two folders from nothing, are the same bytes",
        run: platforms::reproducible,
    },
    Check {
        name: "plugin-check",
        about: "WordPress's Plugin Check, from the folder that PLUGIN_CHECK names, on the directory's zip",
        run: plugin_check::plugin_check,
    },
    Check {
        name: "playground",
        about: "the blueprint opens the settings in WordPress Playground, on PHP 8.1",
        run: playground::playground,
    },
];

/// The names for which `--matrix` stands.
pub const MATRIX: [&str; 5] = ["php-versions", "opcache", "sites", "platforms", "playground"];

/// Runs the checks whose names contain one of the words, or all, and gives how many tests passed and failed.
pub fn run(words: &[String]) -> Result<(u32, u32)> {
    let chosen: Vec<Check> = CHECKS
        .into_iter()
        .filter(|check| words.is_empty() || words.iter().any(|word| check.name.contains(word.as_str())))
        .chain(ON_REQUEST.into_iter().filter(|check| words.iter().any(|word| word == check.name)))
        .collect();
    if chosen.is_empty() {
        bail!("no check has such a name; cargo verify --help lists them");
    }
    // A tool that has to be built first is built beside the other checks, which leave a processor idle half of the time.
    let (ready, waiting): (Vec<Check>, Vec<Check>) =
        chosen.into_iter().partition(|check| check.tool().is_none_or(cargo_tools::is_there));
    cargo_tools::build_beside(waiting.iter().filter_map(Check::tool).collect());
    let begun = Instant::now();
    let order: Vec<Check> = ready.into_iter().chain(waiting).collect();
    let together = |left: &Check, right: &Check| !left.fills_the_machine() && !right.fills_the_machine();
    let done: Vec<Done> = order.chunk_by(together).flat_map(run_side_by_side).collect();
    let (mut passed, mut failed, mut figures, mut rows, mut times) = (0, 0, Vec::new(), Vec::new(), Vec::new());
    for Done { check, tally, took } in done {
        passed += tally.passed;
        failed += tally.failed;
        figures.extend(tally.figures);
        rows.extend(tally.rows);
        times.push((took, check.name));
    }
    report::print_rows(&rows);
    report::print(begun.elapsed(), times);
    report::print_figures(&figures);
    Ok((passed, failed))
}

/// A check that has run.
struct Done {
    check: Check,
    tally: Tally,
    took: Duration,
}

/// Runs checks, each of which leaves a processor idle, two at a time.
fn run_side_by_side(checks: &[Check]) -> Vec<Done> {
    const AT_ONCE: usize = 2;
    side_by_side::each(checks.to_vec(), AT_ONCE, |check| check.run())
}

impl Check {
    /// Runs it and tells how it went.
    fn run(&self) -> Done {
        say(&format!("{}: {} …", self.name, self.about));
        let begun = Instant::now();
        let tally = with_heartbeat(self.name, self.run).unwrap_or_else(|error| Tally {
            failed: 1,
            output: format!("{error:#}"),
            ..Tally::default()
        });
        let took = begun.elapsed();
        if tally.failed > 0 {
            println!("{}", tally.output.trim_end());
        }
        let verdict = if tally.failed > 0 { "FAILED" } else { "ok" };
        let note = if tally.note.is_empty() { String::new() } else { format!(" ({})", tally.note) };
        say(&format!(
            "{}: {verdict}, {} passed, {} failed in {}{note}",
            self.name,
            tally.passed,
            tally.failed,
            short(took)
        ));
        Done { check: *self, tally, took }
    }

    /// Whether it works all processors by itself: cargo compiles, or many tests run at once. What runs only on request may
    /// measure, and runs alone.
    fn fills_the_machine(&self) -> bool {
        ["clippy", "doc", "tests"].contains(&self.name) || ON_REQUEST.iter().any(|check| check.name == self.name)
    }

    /// The tool of cargo's registry that it runs.
    fn tool(&self) -> Option<Tool> {
        match self.name {
            "deny" | "advisories" => Some(CARGO_DENY),
            "mago-lint" | "mago-analyze" => Some(MAGO),
            _ => None,
        }
    }
}

impl Tally {
    /// One test, passed or not by a program's status.
    fn one(finished: &Finished) -> Self {
        let output = format!("{}{}", finished.stdout, finished.stderr);
        Self { passed: finished.success.into(), failed: (!finished.success).into(), output, ..Self::default() }
    }

    /// Two tallies as one.
    fn and(self, other: &Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            note: format!("{}, {}", self.note, other.note),
            output: format!("{}\n{}", self.output.trim_end(), other.output),
            figures: [self.figures, other.figures.clone()].concat(),
            rows: [self.rows, other.rows.clone()].concat(),
        }
    }

    /// One test for each thing looked at; problems name those that failed.
    fn of(looked_at: usize, problems: &[String]) -> Self {
        let failed = u32::try_from(problems.len()).unwrap_or(u32::MAX);
        let all = u32::try_from(looked_at).unwrap_or(u32::MAX);
        Self { passed: all.saturating_sub(failed), failed, output: problems.join("\n"), ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    #[test]
    fn checks_that_ran_side_by_side_are_told_in_their_order() {
        let slow = || {
            thread::sleep(Duration::from_millis(50));
            Ok(Tally::of(1, &[]))
        };
        let checks = [
            Check { name: "slow", about: "", run: slow },
            Check { name: "quick", about: "", run: || Ok(Tally::of(2, &[])) },
            Check { name: "broken", about: "", run: || bail!("no such program") },
        ];

        let done = run_side_by_side(&checks);

        let told: Vec<_> = done.iter().map(|one| (one.check.name, one.tally.passed, one.tally.failed)).collect();
        assert_eq!(told, [("slow", 1, 0), ("quick", 2, 0), ("broken", 0, 1)]);
    }
}
