//! The one configuration of wasmtime, shared by the compiler (`build/compiler`) and the sandbox.
//!
//! Native code only loads into an engine that is configured as its compiler was; every difference
//! is an error at start, so both call [`config`].

use wasmtime::Config;

/// How the core is compiled, and therefore how it must be run.
///
/// No signals, no big reservations: the code checks each bound itself instead of provoking a
/// `SIGSEGV` in reserved address space. That costs some speed, and gives three things that a guest
/// in PHP's process needs more:
///
/// - no signal handler is installed, so PHP-FPM's own (and every extension's) stay as they are;
/// - no 4 GiB reservation for each call, which fails under `ulimit -v`, in small containers and
///   under cgroup rules of shared hosting; one artifact works everywhere;
/// - nothing is inherited badly over a `fork`.
///
/// Each operation begins with the same memory, which is mapped copy-on-write from one memory file: only
/// the pages that an operation writes to are copied, and the table of transliteration hardly ever is.
///
/// Fuel instead of epochs: no ticker thread. `memory` is the linear memory of a call in bytes; it
/// is reserved at once, so that it never moves and growing copies nothing.
pub fn config(memory: usize, stack: usize) -> Config {
    let mut config = Config::new();
    config
        .consume_fuel(true)
        .signals_based_traps(false)
        .memory_reservation(memory as u64)
        .memory_reservation_for_growth(0)
        .memory_guard_size(0)
        .guard_before_linear_memory(false)
        .memory_may_move(false)
        .memory_init_cow(true)
        .max_wasm_stack(stack)
        // Without it RSA, P-256 and P-384 are several times slower.
        .wasm_wide_arithmetic(true)
        // The core uses neither; less surface.
        .wasm_tail_call(false)
        .wasm_relaxed_simd(false)
        .wasm_memory64(false)
        .wasm_multi_memory(false)
        // Names and addresses for backtraces would be part of every plugin zip.
        .generate_address_map(false)
        .native_unwind_info(false);
    config
}
