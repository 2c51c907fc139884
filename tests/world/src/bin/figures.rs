//! figures

fn main() {}
