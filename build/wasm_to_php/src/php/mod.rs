//! From trees to PHP.

mod code;
mod condition;
mod float;
mod int32;
mod int64;
mod memory;
mod statement;
mod writer;

pub(crate) use writer::{Calls, function, parameters};
