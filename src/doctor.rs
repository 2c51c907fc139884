//! What works on this machine, for whoever installs the plugin.

use crate::confinement;
use crate::environment::Environment;
use crate::native::{CORE_SHA256, Precompiled};
use crate::sandbox::Sandbox;
use crate::{error::Error, limits};
use rustix::fs::{StatVfsMountFlags, statvfs};
use rustix::process::{Resource, getrlimit};
use std::fmt::{self, Display, Write as _};
use std::time::{Duration, Instant};

/// The findings, in words; `healthy` when sign-ins work.
pub struct Report {
    /// Whether the core answers.
    pub healthy: bool,
    text: String,
}

impl Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Examines this machine.
pub fn examine() -> Report {
    let mut report = Report { healthy: true, text: format!("logto-sign-in {}\n\n", env!("CARGO_PKG_VERSION")) };
    report.fact(
        "core",
        &format!("{} bytes of native code, SHA-256 of its WebAssembly {CORE_SHA256}", Precompiled::CORE.size()),
    );
    report.fact("system", &format!("{} {}", std::env::consts::OS, std::env::consts::ARCH));
    report.place();
    report.address_space();
    match Environment::draw() {
        Ok(environment) => report.good("clock and entropy", &format!("Unix time {}", environment.now)),
        Err(error) => report.bad("clock and entropy", &error, "Set the clock; allow the system call getrandom."),
    }
    match confinement::examine() {
        Ok(()) => report.good("confinement", "the program opens no file, makes no connection, starts no program"),
        Err(cause) => report.fact("confinement", &format!("by the core's own sandbox alone; the kernel says: {cause}")),
    }
    if let Err(error) = report.core() {
        report.bad("core", &error, ADVICE);
    }
    let verdict = if report.healthy { "Sign-ins work here." } else { "Sign-ins do not work here." };
    let _ = writeln!(report.text, "\n{verdict}");
    report
}

const ADVICE: &str = "The core must be allowed to reserve its memory (mmap) and to make a memory file (memfd_create): \
    see `ulimit -v`, a seccomp profile, or the setting vm.memfd_noexec.";

const TIMES: u32 = 50;

impl Report {
    fn core(&mut self) -> Result<(), Error> {
        let (sandbox, loading) = timed(Sandbox::new);
        let sandbox = sandbox?;
        self.good("loading", &format!("{} µs", loading.as_micros()));
        let about = br#"{"operation":"about"}"#;
        let (reply, first) = timed(|| sandbox.begin(about).map(drop));
        reply?;
        let (replies, more) = timed(|| (0..TIMES).try_for_each(|_| sandbox.begin(about).map(drop)));
        replies?;
        self.good("calling", &format!("first {} µs, then {} µs", first.as_micros(), (more / TIMES).as_micros()));
        Ok(())
    }

    /// This program runs, so the place allows it; the library beside it needs the same.
    fn place(&mut self) {
        let Ok(program) = std::env::current_exe() else { return };
        self.fact("program", &program.display().to_string());
        let library = program.with_file_name("liblogto_sign_in.so");
        if !library.is_file() {
            return self
                .fact("library", "liblogto_sign_in.so is not beside the program; only the transport ffi needs it");
        }
        match statvfs(&library) {
            Ok(mount) if mount.f_flag.contains(StatVfsMountFlags::NOEXEC) => {
                self.fact("library", "its file system is mounted noexec; the transport ffi cannot load it");
            }
            _ => self.fact("library", &library.display().to_string()),
        }
    }

    fn address_space(&mut self) {
        let needed = (limits::MEMORY >> 20) + 64;
        match getrlimit(Resource::As).current {
            None => self.fact("address space", "unlimited"),
            Some(bytes) => {
                let mebibytes = bytes >> 20;
                self.fact("address space", &format!("{mebibytes} MiB (ulimit -v); about {needed} MiB are needed"));
            }
        }
    }

    fn fact(&mut self, what: &str, value: &str) {
        let _ = writeln!(self.text, "      {what}: {value}");
    }

    fn good(&mut self, what: &str, value: &str) {
        let _ = writeln!(self.text, "  ok  {what}: {value}");
    }

    fn bad(&mut self, what: &str, error: &Error, advice: &str) {
        self.healthy = false;
        let _ = writeln!(self.text, "FAIL  {what}: {error}\n      {advice}");
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    (work(), started.elapsed())
}
