//! The loaded core: each operation runs in an instance of its own, bounded in time and memory.

use crate::config::config;
use crate::environment::Environment;
use crate::error::Error;
use crate::limits;
use crate::native::Precompiled;
use crate::operation::{Operation, Step, StoreLimits};
use crate::program;
use std::sync::OnceLock;
use wasmtime::{InstancePre, Linker};

/// The loaded core. Making one takes milliseconds, an operation some hundred microseconds; threads
/// can share it.
///
/// ```no_run
/// # let (request, answer) = (b"", b"");
/// let sandbox = logto_sign_in::sandbox::Sandbox::new()?;
/// let mut step = sandbox.begin(request)?;
/// while let Some(operation) = step.operation {
///     // Perform the effect that `step.reply` names.
///     step = operation.answer(answer)?;
/// }
/// // `step.reply` is the outcome.
/// # Ok::<(), logto_sign_in::error::Error>(())
/// ```
pub struct Sandbox {
    core: InstancePre<StoreLimits>,
}

impl Sandbox {
    /// Loads the core.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when this machine will not run it.
    pub fn new() -> Result<Self, Error> {
        Self::of(Precompiled::CORE)
    }

    /// The sandbox of this program, made when it is first asked for.
    ///
    /// # Errors
    /// As [`Sandbox::new`]; the first failure stays.
    pub fn of_program() -> Result<&'static Self, Error> {
        static SANDBOX: OnceLock<Result<Sandbox, Error>> = OnceLock::new();
        SANDBOX.get_or_init(Self::new).as_ref().map_err(Clone::clone)
    }

    /// The sandbox of this library, made when it is first asked for: a process that forks its workers (PHP-FPM) does so
    /// before the first request, and each worker gets its own. Its core is that of the program beside the library.
    ///
    /// # Errors
    /// As [`Sandbox::new`], and without that program; the first failure stays.
    pub fn of_library() -> Result<&'static Self, Error> {
        static SANDBOX: OnceLock<Result<Sandbox, Error>> = OnceLock::new();
        let load = || program::core().map_err(Error::Unavailable).and_then(Self::of);
        SANDBOX.get_or_init(load).as_ref().map_err(Clone::clone)
    }

    /// Loads a module: the core, or one of the tests'.
    pub(crate) fn of(code: Precompiled) -> Result<Self, Error> {
        let load = || {
            let module = code.load(config(limits::MEMORY, limits::STACK))?;
            // An empty linker: a module that wants anything from outside is refused here.
            Ok(Self { core: Linker::new(module.engine()).instantiate_pre(&module)? })
        };
        load().map_err(|cause: wasmtime::Error| Error::Unavailable(format!("{cause:#}")))
    }

    /// Runs a request in a new instance, now.
    ///
    /// # Errors
    /// Every [`Error`] but `OperationEnded`.
    pub fn begin(&self, request: &[u8]) -> Result<Step, Error> {
        self.begin_at(request, &Environment::draw()?)
    }

    /// As [`Sandbox::begin`], at a time and with entropy of the caller's choice: for tests and
    /// figures, which want equal replies to equal requests. No transport reaches this.
    ///
    /// # Errors
    /// As [`Sandbox::begin`].
    pub fn begin_at(&self, request: &[u8], environment: &Environment) -> Result<Step, Error> {
        Operation::begin(&self.core, request, environment)
    }
}

#[cfg(test)]
mod tests;
