//! package_plugin

fn main() {}
