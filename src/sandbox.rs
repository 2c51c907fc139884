//! The core in its box: one fresh instance for each call, bounded in time and memory.

use crate::config::config;
use crate::environment::{ENTROPY_LENGTH, Environment};
use crate::error::Error;
use crate::limits;
use crate::native::Precompiled;
use std::sync::OnceLock;
use wasmtime::{Engine, InstancePre, Linker, ResourceLimiter, Store, Trap};

/// The loaded core. Making one takes milliseconds, a call some hundred microseconds; it can be shared
/// by threads.
///
/// ```no_run
/// let sandbox = logto_sign_in::sandbox::Sandbox::new()?;
/// let reply = sandbox.call(br#"{"operation":"about"}"#)?;
/// # Ok::<(), logto_sign_in::error::Error>(())
/// ```
pub struct Sandbox {
    engine: Engine,
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

    /// The sandbox of this process, made when it is first asked for: a process that forks its
    /// workers (PHP-FPM) does so before the first request, and each worker gets its own.
    ///
    /// # Errors
    /// As [`Sandbox::new`]; the first failure stays.
    pub fn shared() -> Result<&'static Self, Error> {
        static SHARED: OnceLock<Result<Sandbox, Error>> = OnceLock::new();
        SHARED.get_or_init(Self::new).as_ref().map_err(Clone::clone)
    }

    fn of(code: Precompiled) -> Result<Self, Error> {
        let load = || {
            let engine = Engine::new(&config(limits::MEMORY, limits::STACK))?;
            let module = code.load(&engine)?;
            // An empty linker: a module that wants anything from outside is refused here.
            let linked = Linker::new(&engine).instantiate_pre(&module)?;
            Ok(Self { engine, core: linked })
        };
        load().map_err(|cause: wasmtime::Error| Error::Unavailable(format!("{cause:#}")))
    }

    /// The core's reply to a request, now.
    ///
    /// # Errors
    /// Every [`Error`].
    pub fn call(&self, request: &[u8]) -> Result<Vec<u8>, Error> {
        self.call_at(request, &Environment::draw()?)
    }

    /// As [`Sandbox::call`], at a time and with entropy of the caller's choice: for tests, which want
    /// equal replies to equal requests. No transport reaches this.
    ///
    /// # Errors
    /// Every [`Error`].
    pub fn call_at(&self, request: &[u8], environment: &Environment) -> Result<Vec<u8>, Error> {
        self.call_with_fuel(request, environment).map(|(reply, _)| reply)
    }

    /// As [`Sandbox::call_at`], together with the fuel that the call took: for figures.
    ///
    /// # Errors
    /// Every [`Error`].
    pub fn call_with_fuel(&self, request: &[u8], environment: &Environment) -> Result<(Vec<u8>, u64), Error> {
        if request.len() > limits::REQUEST {
            return Err(Error::RequestTooLarge);
        }
        let mut store = Store::new(&self.engine, StoreLimits::default());
        store.limiter(|limits| limits);
        store.set_fuel(limits::FUEL).map_err(|cause| Error::Unavailable(cause.to_string()))?;
        match self.run(&mut store, request, environment) {
            Ok(reply) => Ok((reply, limits::FUEL.saturating_sub(store.get_fuel().unwrap_or_default()))),
            Err(_) if store.data().exceeded => Err(Error::OutOfMemory),
            Err(cause) => Err(match cause.downcast_ref::<Trap>() {
                Some(Trap::OutOfFuel) => Error::OutOfFuel,
                _ => Error::Trapped(format!("{cause:#}")),
            }),
        }
    }

    /// The conversation that wasm/src/exports.rs documents.
    fn run(
        &self,
        store: &mut Store<StoreLimits>,
        request: &[u8],
        environment: &Environment,
    ) -> wasmtime::Result<Vec<u8>> {
        let instance = self.core.instantiate(&mut *store)?;
        let memory = instance.get_memory(&mut *store, "memory").ok_or_else(|| abi_violation("exports no memory"))?;
        let allocate = instance.get_typed_func::<u32, u32>(&mut *store, "allocate")?;
        let handle = instance.get_typed_func::<(u32, u32, u64), u64>(&mut *store, "handle")?;

        let length = u32::try_from(ENTROPY_LENGTH + request.len())?;
        let address = allocate.call(&mut *store, length)?;
        let start = address as usize;
        memory.write(&mut *store, start, &environment.entropy)?;
        memory.write(&mut *store, start + ENTROPY_LENGTH, request)?;

        let packed = handle.call(&mut *store, (address, length, environment.now))?;
        let (start, length) = (usize::try_from(packed >> 32)?, usize::try_from(packed & u64::from(u32::MAX))?);
        let reply = start
            .checked_add(length)
            .and_then(|end| memory.data(&*store).get(start..end))
            .ok_or_else(|| abi_violation("names a reply outside of its memory"))?;
        // A line break within a reply would shift every later one on a stream of lines.
        if reply.is_empty() || reply.len() > limits::REPLY || reply.contains(&b'\n') {
            return Err(abi_violation("gives a reply that is no single line of permitted length"));
        }
        Ok(reply.to_vec())
    }
}

/// The reply to a request, whatever happens: the core's, or the host's own ([`Error::reply`]).
pub fn answer(request: &[u8]) -> Vec<u8> {
    Sandbox::shared().and_then(|sandbox| sandbox.call(request)).unwrap_or_else(|error| error.reply())
}

fn abi_violation(what: &str) -> wasmtime::Error {
    wasmtime::Error::msg(format!("the core {what}"))
}

/// Bounds the memory of one call, and remembers whether the bound was met: the core itself can only
/// trap then.
#[derive(Default)]
struct StoreLimits {
    exceeded: bool,
}

impl ResourceLimiter for StoreLimits {
    fn memory_growing(&mut self, _: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        self.exceeded |= desired > limits::MEMORY;
        Ok(!self.exceeded)
    }

    fn memory_grow_failed(&mut self, _: wasmtime::Error) -> wasmtime::Result<()> {
        self.exceeded = true;
        Ok(())
    }

    fn table_growing(&mut self, _: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        // The core's one table holds its function pointers and never grows.
        Ok(desired <= 100_000)
    }

    fn instances(&self) -> usize {
        1
    }

    fn memories(&self) -> usize {
        1
    }

    fn tables(&self) -> usize {
        1
    }
}

#[cfg(test)]
mod tests;
