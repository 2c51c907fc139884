//! What was tried, and where the time went.

use super::Row;
use super::figures::{self, Figure};
use crate::progress::short;
use std::time::Duration;

/// Prints the times of the checks, the longest first.
pub(super) fn print(mut times: Vec<(Duration, &str)>) {
    times.sort_by(|left, right| right.cmp(left));
    let all: Duration = times.iter().map(|(time, _)| *time).sum();
    println!("\nWhere {} went:", short(all));
    for (time, name) in times {
        println!("{:>14}  {name}", short(time));
    }
    println!();
}

/// Prints what the tests tried.
pub(super) fn print_figures(figures: &[Figure]) {
    if !figures.is_empty() {
        println!("What was tried:\n{}\n", figures::table(figures));
    }
}

/// Prints what the matrix tried, as one table.
pub(super) fn print_rows(rows: &[Row]) {
    let Some(width) = rows.iter().map(|row| row.what.chars().count()).max() else { return };
    println!("\nThe matrix:");
    for Row { what, result, took } in rows {
        println!("  {what:<width$}  {result}, {}", short(*took));
    }
}
