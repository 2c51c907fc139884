//! One operation: an instance of the core that stays between an effect and its answer.

use crate::environment::{ENTROPY_LENGTH, Environment};
use crate::error::Error;
use crate::limits;
use wasmtime::{InstancePre, Memory, ResourceLimiter, Store, Trap, TypedFunc};

/// An operation that awaits the answer to its last effect.
///
/// [`Sandbox::begin`](crate::sandbox::Sandbox::begin) makes one, [`Operation::answer`] takes it a
/// step further. Each step consumes the operation and hands it back only while it goes on, so an
/// operation that is over cannot be answered. Dropping one frees its memory.
pub struct Operation {
    store: Store<StoreLimits>,
    exports: Exports,
}

/// What the core made of one line.
pub struct Step {
    /// The core's reply, one line without its line break.
    pub reply: Vec<u8>,
    /// The operation while the reply is an effect that awaits its answer; `None` after an outcome.
    pub operation: Option<Operation>,
    /// Units of fuel that the line took.
    pub fuel: u64,
}

impl Operation {
    /// Runs the first line, a request, in a new instance.
    pub(crate) fn begin(
        core: &InstancePre<StoreLimits>,
        request: &[u8],
        environment: &Environment,
    ) -> Result<Step, Error> {
        check_length(request)?;
        let mut store = Store::new(core.module().engine(), StoreLimits::default());
        store.limiter(|limits| limits);
        let mut instantiate = || {
            // Instantiating takes fuel too: it copies the module's data.
            store.set_fuel(limits::FUEL)?;
            Exports::of(core, &mut store)
        };
        match instantiate() {
            Ok(exports) => Self { store, exports }.step(Export::Begin, request, environment),
            Err(cause) => Err(failure(&store, &cause)),
        }
    }

    /// The core's reply to an answer, now.
    ///
    /// # Errors
    /// Every [`Error`] but `OperationEnded`. The operation is over then.
    pub fn answer(self, line: &[u8]) -> Result<Step, Error> {
        self.answer_at(line, &Environment::draw()?)
    }

    /// As [`Operation::answer`], at a time and with entropy of the caller's choice: for tests and
    /// figures. No transport reaches this.
    ///
    /// # Errors
    /// As [`Operation::answer`].
    pub fn answer_at(self, line: &[u8], environment: &Environment) -> Result<Step, Error> {
        check_length(line)?;
        self.step(Export::Answer, line, environment)
    }

    fn step(mut self, export: Export, line: &[u8], environment: &Environment) -> Result<Step, Error> {
        match self.run(export, line, environment) {
            Ok((reply, is_open)) => {
                let fuel = limits::FUEL.saturating_sub(self.store.get_fuel().unwrap_or_default());
                Ok(Step { reply, operation: is_open.then_some(self), fuel })
            }
            Err(cause) => Err(failure(&self.store, &cause)),
        }
    }

    /// The calls that wasm/src/exports.rs documents; the reply, and whether an answer is awaited.
    fn run(&mut self, export: Export, line: &[u8], environment: &Environment) -> wasmtime::Result<(Vec<u8>, bool)> {
        let Self { store, exports } = self;
        store.set_fuel(limits::FUEL)?;

        let length = u32::try_from(ENTROPY_LENGTH + line.len())?;
        let address = exports.allocate.call(&mut *store, length)?;
        let start = address as usize;
        exports.memory.write(&mut *store, start, &environment.entropy)?;
        exports.memory.write(&mut *store, start + ENTROPY_LENGTH, line)?;

        let function = match export {
            Export::Begin => &exports.begin,
            Export::Answer => &exports.answer,
        };
        let packed = function.call(&mut *store, (address, length, environment.now))?;
        let (start, length) = (usize::try_from(packed >> 32)?, usize::try_from(packed & u64::from(u32::MAX))?);
        let reply = start
            .checked_add(length)
            .and_then(|end| exports.memory.data(&*store).get(start..end))
            .ok_or_else(|| abi_violation("names a reply outside of its memory"))?;
        // A line break within a reply would shift every later one on a stream of lines.
        if reply.is_empty() || reply.len() > limits::REPLY || reply.contains(&b'\n') {
            return Err(abi_violation("gives a reply that is no single line of permitted length"));
        }
        let reply = reply.to_vec();
        let is_open = exports.is_open.call(&mut *store, ())? != 0;
        Ok((reply, is_open))
    }
}

/// Which export runs a line.
#[derive(Clone, Copy)]
enum Export {
    Begin,
    Answer,
}

/// The module's ABI.
struct Exports {
    memory: Memory,
    allocate: TypedFunc<u32, u32>,
    begin: TypedFunc<(u32, u32, u64), u64>,
    answer: TypedFunc<(u32, u32, u64), u64>,
    is_open: TypedFunc<(), u32>,
}

impl Exports {
    fn of(core: &InstancePre<StoreLimits>, store: &mut Store<StoreLimits>) -> wasmtime::Result<Self> {
        let instance = core.instantiate(&mut *store)?;
        Ok(Self {
            memory: instance.get_memory(&mut *store, "memory").ok_or_else(|| abi_violation("exports no memory"))?,
            allocate: instance.get_typed_func(&mut *store, "allocate")?,
            begin: instance.get_typed_func(&mut *store, "begin")?,
            answer: instance.get_typed_func(&mut *store, "answer")?,
            is_open: instance.get_typed_func(&mut *store, "is_open")?,
        })
    }
}

fn check_length(line: &[u8]) -> Result<(), Error> {
    if line.len() > limits::LINE { Err(Error::RequestTooLarge) } else { Ok(()) }
}

fn failure(store: &Store<StoreLimits>, cause: &wasmtime::Error) -> Error {
    if store.data().exceeded {
        return Error::OutOfMemory;
    }
    match cause.downcast_ref::<Trap>() {
        Some(Trap::OutOfFuel) => Error::OutOfFuel,
        _ => Error::Trapped(format!("{cause:#}")),
    }
}

fn abi_violation(what: &str) -> wasmtime::Error {
    wasmtime::Error::msg(format!("the core {what}"))
}

/// Bounds the memory of one operation, and remembers whether it wanted more: the core itself can
/// only trap then.
#[derive(Default)]
pub(crate) struct StoreLimits {
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
