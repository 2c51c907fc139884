//! Files of one room that use each other in a circle.

use super::Arrow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// One message for each set of files that are tied together, with a shortest circle among them.
pub(super) fn problems(arrows: &[Arrow]) -> Vec<String> {
    let mut uses: BTreeMap<&str, BTreeMap<&str, &Arrow>> = BTreeMap::new();
    for arrow in arrows.iter().filter(|arrow| arrow.from.room == arrow.to.room && !arrow.passes_on) {
        if arrow.from.file != arrow.to.file {
            uses.entry(&arrow.from.file).or_default().entry(&arrow.to.file).or_insert(arrow);
        }
    }
    let mut told = BTreeSet::new();
    let mut problems = Vec::new();
    for file in uses.keys() {
        let Some(circle) = shortest(&uses, file) else { continue };
        // Files that reach each other are one tangle: untie one circle, then look again.
        if told.is_disjoint(&circle.iter().map(|arrow| arrow.from.file.as_str()).collect()) {
            problems.push(message(&circle));
        }
        told.extend(circle.iter().map(|arrow| arrow.from.file.as_str()));
    }
    problems
}

/// The shortest way from a file back to itself.
fn shortest<'a>(uses: &BTreeMap<&'a str, BTreeMap<&'a str, &'a Arrow>>, begin: &str) -> Option<Vec<&'a Arrow>> {
    let mut reached: BTreeMap<&str, &Arrow> = BTreeMap::new();
    let mut waiting = VecDeque::from([begin]);
    while let Some(file) = waiting.pop_front() {
        for (next, arrow) in uses.get(file).into_iter().flatten() {
            if !reached.contains_key(next) {
                reached.insert(next, arrow);
                waiting.push_back(next);
            }
        }
    }
    let mut circle = Vec::new();
    let mut file = begin;
    loop {
        let arrow = reached.get(file)?;
        circle.insert(0, *arrow);
        file = &arrow.from.file;
        if file == begin {
            return Some(circle);
        }
    }
}

fn message(circle: &[&Arrow]) -> String {
    let steps = circle.iter().map(|arrow| format!("\n  {}:{} uses {}", arrow.from.file, arrow.line, arrow.path));
    let begin = circle.first().map(|arrow| arrow.from.file.as_str()).unwrap_or_default();
    format!("{begin} is part of a circle of {} files:{}", circle.len(), steps.collect::<String>())
}
