//! Translates a WebAssembly module into PHP classes, for servers that run nothing but PHP.
//!
//! [`translate`] takes a module and gives PHP files. The translation is a straight one: a function becomes a static method
//! with the name that it has in Rust, a block a `do { … } while (0)`, a branch a `break` or `continue`. There is no
//! interpreter in between, so that `OPcache` sees ordinary code.
//!
//! | room | holds |
//! |---|---|
//! | `operator` | the operators, one row for each |
//! | `tree` | a function as statements that hold expressions |
//! | `structure` | from WebAssembly's stack to a tree |
//! | `simplify` | blocks that an `if` says in fewer words |
//! | `traps` | what is left out, since it ends in a trap |
//! | `module` | the module's declarations |
//! | `ranges` | between which numbers each value lies |
//! | `assignment` | which locals need their zero |
//! | `names` | what functions and variables are called in PHP |
//! | `php` | from trees to text |
//! | `files` | which class is in which file |
//!
//! # What can be translated
//!
//! Every numeric operator of WebAssembly 1.0, sign extensions, saturating truncations, `memory.copy` and `memory.fill`; one
//! memory, one table that nothing changes, imported functions, at most one value as the result of a function or a block.
//! Everything else is refused with the operator's name.
//!
//! # How values look in PHP
//!
//! PHP must have integers of 64 bits.
//!
//! - An i32 is an integer from 0 to 2³² - 1, an i64 is PHP's own integer, a float PHP's float.
//! - The memory is a list of words of 32 bits, `$m`, which every method takes by reference.
//! - A trap is an exception, or a warning: whoever runs the code turns warnings into exceptions. With
//!   [`Options::trusts_compiler`], a store beyond the memory does not trap; it adds a word that nothing can reach. What ends in
//!   a trap may trap at once.
//!
//! # Reading order
//!
//! `module` → `structure` → `ranges` → `php` → `files`.

mod assignment;
mod files;
mod module;
mod names;
mod operator;
mod php;
mod ranges;
mod simplify;
mod structure;
mod traps;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// How a module is translated.
pub struct Options<'a> {
    /// The namespace of all classes.
    pub namespace: &'a str,
    /// The PHP function, `\Class::method`, for each imported one, by `module.name`. It gets `$m` and the arguments.
    pub imports: BTreeMap<&'a str, &'a str>,
    /// Whether the module is the work of Rust's compiler: an address is a multiple of what a load or a store promises, global 0
    /// is the stack pointer, and an instance that trapped, as it does after a panic, is thrown away.
    pub trusts_compiler: bool,
    /// The length of a file, in bytes, which only a function that is longer by itself exceeds.
    pub file_length: usize,
    /// The methods that run in most requests, by name: they lie in the first files, so that the others need not be loaded.
    pub first: BTreeSet<&'a str>,
    /// Whether each method notes in `W::$ran` that it ran, to find the first ones.
    pub traced: bool,
}

/// Why a module is not translated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// It is no valid WebAssembly.
    Malformed(String),
    /// It uses something that has no translation; its name, and the function.
    Unsupported(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(cause) => write!(f, "the module is malformed: {cause}"),
            Self::Unsupported(what) => write!(f, "{what} cannot be translated"),
        }
    }
}

impl std::error::Error for Error {}

/// Translates a module into files, by name. `Exports::FUNCTIONS` in the result has the exported functions, and
/// `Exports::memory()` makes the memory of a new instance.
///
/// # Errors
/// [`Error::Malformed`] or [`Error::Unsupported`].
pub fn translate(wasm: &[u8], options: &Options<'_>) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    files::write(&module::Module::read(wasm, options.trusts_compiler)?, options)
}
