//! What the person at the terminal sees: one line for each step, with its time.

use crate::Result;
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{LazyLock, Mutex, PoisonError, mpsc};
use std::time::{Duration, Instant};

static STARTED: LazyLock<Instant> = LazyLock::new(Instant::now);
static QUIET: AtomicBool = AtomicBool::new(false);
static TERMINAL: Mutex<()> = Mutex::new(());

/// Says nothing any more, as tests want it.
pub fn be_quiet() {
    QUIET.store(true, Ordering::Relaxed);
}

/// Prints one line after the time since the start.
pub fn say(line: &str) {
    let at = STARTED.elapsed();
    if !QUIET.load(Ordering::Relaxed) {
        let _one_at_a_time = TERMINAL.lock().unwrap_or_else(PoisonError::into_inner);
        let mut out = std::io::stdout();
        // A closed pipe must not end a world halfway.
        drop(writeln!(out, "[{:>7}] {line}", clock(at)));
        drop(out.flush());
    }
}

/// Runs one step and prints its time, or that it failed. A long step says every half minute that it is still running.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    say(&format!("{name} …"));
    let begun = Instant::now();
    let result = with_heartbeat(name, work);
    let took = short(begun.elapsed());
    match &result {
        Ok(_) => say(&format!("{name}: done in {took}")),
        Err(_) => say(&format!("{name}: FAILED after {took}")),
    }
    result
}

/// Runs work and says every half minute that it is still running.
pub fn with_heartbeat<T>(name: &str, work: impl FnOnce() -> T) -> T {
    let (ended, watch) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let begun = Instant::now();
            while watch.recv_timeout(Duration::from_secs(30)) == Err(mpsc::RecvTimeoutError::Timeout) {
                say(&format!("{name}: still running after {}", short(begun.elapsed())));
            }
        });
        let result = work();
        drop(ended);
        result
    })
}

/// Minutes and seconds, as `12:34`.
fn clock(time: Duration) -> String {
    format!("{}:{:02}", time.as_secs() / 60, time.as_secs() % 60)
}

/// A duration for people: `0.4 s`, `75 s`, `12 min 5 s`.
pub fn short(time: Duration) -> String {
    if time.as_secs() < 10 {
        format!("{:.1} s", time.as_secs_f64())
    } else if time.as_secs() < 120 {
        format!("{} s", time.as_secs())
    } else {
        format!("{} min {} s", time.as_secs() / 60, time.as_secs() % 60)
    }
}
