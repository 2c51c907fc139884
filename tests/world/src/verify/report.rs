//! Where the time went.

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
