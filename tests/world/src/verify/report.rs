//! What was tried, and where the time went.

use super::Row;
use super::figures::{self, Figure};
use crate::progress::short;
use std::time::Duration;

/// Prints how long everything took, and the times of the checks, the longest first.
pub(super) fn print(took: Duration, mut times: Vec<(Duration, &str)>) {
    times.sort_by(|left, right| right.cmp(left));
    println!("\nWhere {} went, in which some checks ran side by side:", short(took));
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
