//! verify

fn main() {}
