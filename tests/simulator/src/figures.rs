//! How a test tells what it tried: a line that `cargo verify` collects into its last table.

use serde_json::{Value, json};
use std::io::Write as _;

/// What comes before the JSON of such a line.
pub const PREFIX: &str = "figures: ";

/// Tells how often something was tried, and what came of it: `of` names it within its class.
///
/// It writes to standard output itself, since what a test prints is shown only when the test fails.
pub fn tell(class: &str, of: &str, counts: &[(&str, u64)]) {
    let counts: Vec<Value> = counts.iter().map(|(name, count)| json!([name, count])).collect();
    let line = format!("\n{PREFIX}{}\n", json!({"class": class, "of": of, "counts": counts}));
    let _ = std::io::stdout().lock().write_all(line.as_bytes());
}

/// A count of things in memory.
pub fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
