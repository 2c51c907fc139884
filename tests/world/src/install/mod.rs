//! Installs what the machine lacks: Debian packages, npm packages and cargo's tools. Quick when nothing is missing.

pub mod cargo_tools;
pub mod compiler;
pub mod debian;
pub mod node;
