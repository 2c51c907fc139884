//! WordPress: its files, and sites made from them.

pub mod files;
pub mod packages;
pub mod site;
pub mod twin;

pub use files::Version;
pub use site::{Options, Site};
