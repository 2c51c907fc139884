//! What the program gives up before it reads its first line.
//!
//! It needs its streams, memory, the clock and entropy. Everything else that the kernel offers would serve
//! only whoever had broken out of the core, so the program refuses it to itself: no file is opened, no
//! connection is made, no program is started, and no memory becomes executable.
//!
//! A kernel, a container or an emulator may lack what this takes. The program works there as well, with the
//! core's own sandbox alone; `logto-sign-in doctor` says which of the two it is.

use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};
use std::collections::BTreeMap;
use std::error::Error;
use std::thread;

/// What a program may still do.
#[derive(Clone, Copy)]
pub(crate) enum Role {
    /// Answer on the streams that it has.
    Child,
    /// Accept connections as well, each on a thread of its own, and remove its socket's file.
    Sidecar,
}

/// Confines this thread and all that it starts from now on, as far as the kernel allows. A program calls it
/// while it has one thread.
///
/// # Errors
/// What the kernel refused. The program may go on.
pub(crate) fn confine(role: Role) -> Result<(), Box<dyn Error>> {
    // Secrets of visitors pass through: no core dump, and no other process of this user may read the memory.
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    filter_calls(role)
}

/// Whether this kernel filters system calls, tried on a thread that ends at once.
///
/// # Errors
/// The kernel's reason, in words.
pub(crate) fn examine() -> Result<(), String> {
    let attempt = thread::spawn(|| filter_calls(Role::Child).map_err(|cause| cause.to_string()));
    attempt.join().unwrap_or_else(|_| Err("the attempt ended early".into()))
}

/// Every other system call fails from now on. Sets `no_new_privs` too (prctl(2)).
fn filter_calls(role: Role) -> Result<(), Box<dyn Error>> {
    Ok(seccompiler::apply_filter(&filter(role)?)?)
}

/// What standard library, allocator and runtime call, and nothing that opens or starts something.
const CHILD: &[libc::c_long] = &[
    libc::SYS_brk,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_close,
    libc::SYS_dup,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_fcntl,
    libc::SYS_fstat,
    libc::SYS_ftruncate,
    libc::SYS_futex,
    libc::SYS_getpid,
    libc::SYS_getrandom,
    libc::SYS_gettid,
    libc::SYS_lseek,
    libc::SYS_madvise,
    libc::SYS_memfd_create,
    libc::SYS_mremap,
    libc::SYS_munmap,
    libc::SYS_nanosleep,
    libc::SYS_ppoll,
    libc::SYS_prlimit64,
    libc::SYS_pwrite64,
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_restart_syscall,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sched_getaffinity,
    libc::SYS_sched_yield,
    libc::SYS_sigaltstack,
    libc::SYS_tgkill,
    libc::SYS_tkill,
    libc::SYS_write,
    libc::SYS_writev,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_poll,
];

/// What a sidecar calls besides. A thread is a process to the kernel, so `clone` is among it; `execve` is not.
const SIDECAR: &[libc::c_long] = &[
    libc::SYS_accept4,
    libc::SYS_clone,
    libc::SYS_clone3,
    libc::SYS_geteuid,
    libc::SYS_getsockopt,
    libc::SYS_newfstatat,
    libc::SYS_prctl,
    libc::SYS_recvfrom,
    libc::SYS_rseq,
    libc::SYS_sendmsg,
    libc::SYS_sendto,
    libc::SYS_set_robust_list,
    libc::SYS_setsockopt,
    libc::SYS_shutdown,
    libc::SYS_statx,
    libc::SYS_unlinkat,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_unlink,
];

/// The request of `ioctl` that makes a socket block or not; the constant in `libc` has another type on each target.
const FIONBIO: u64 = 0x5421;

fn filter(role: Role) -> Result<BpfProgram, Box<dyn Error>> {
    let more = if matches!(role, Role::Sidecar) { SIDECAR } else { &[] };
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = CHILD.iter().chain(more).map(|call| (*call, Vec::new())).collect();
    let mut only_if = |call, argument, comparison, value| -> Result<(), Box<dyn Error>> {
        let condition = SeccompCondition::new(argument, SeccompCmpArgLen::Dword, comparison, value)?;
        rules.insert(call, vec![SeccompRule::new(vec![condition])?]);
        Ok(())
    };
    // The third argument is what the memory may be used for.
    let executable = u64::from(libc::PROT_EXEC.unsigned_abs());
    for call in [libc::SYS_mmap, libc::SYS_mprotect] {
        only_if(call, 2, SeccompCmpOp::MaskedEq(executable), 0)?;
    }
    if matches!(role, Role::Sidecar) {
        // The standard library makes a socket block with it, and not with fcntl.
        only_if(libc::SYS_ioctl, 1, SeccompCmpOp::Eq, FIONBIO)?;
    }
    // An error instead of a signal: where a library tries something that it can do without, it goes on.
    let refusal = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    let filter = SeccompFilter::new(rules, refusal, SeccompAction::Allow, std::env::consts::ARCH.try_into()?)?;
    Ok(filter.try_into()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::Sandbox;
    use std::fs::File;
    use std::io::{self, ErrorKind};
    use std::net::TcpListener;
    use std::os::unix::net::UnixStream;
    use std::process::Command;

    /// Runs something on a thread with the filter alone, so that the tests' own process stays as it is.
    fn filtered<T: Send + 'static>(role: Role, work: impl FnOnce() -> T + Send + 'static) -> T {
        let confined = move || {
            filter_calls(role).expect("this kernel filters system calls");
            work()
        };
        thread::spawn(confined).join().expect("no panic")
    }

    fn refusal<T>(result: io::Result<T>) -> Option<ErrorKind> {
        result.err().map(|cause| cause.kind())
    }

    /// Whoever had broken out of the core could read files, connect, and start programs as PHP's user.
    #[test]
    fn a_confined_program_opens_connects_and_starts_nothing() {
        for role in [Role::Child, Role::Sidecar] {
            let refusals = filtered(role, || {
                [
                    refusal(File::open("/dev/null")),
                    refusal(TcpListener::bind("127.0.0.1:0")),
                    refusal(UnixStream::connect("/nowhere")),
                    refusal(Command::new("/bin/true").spawn()),
                ]
            });

            assert_eq!(refusals, [Some(ErrorKind::PermissionDenied); 4]);
        }
    }

    #[test]
    fn a_confined_program_runs_the_core() {
        let reply = filtered(Role::Child, || {
            let step = Sandbox::new()?.begin(br#"{"operation":"about"}"#)?;
            Ok::<_, crate::error::Error>(String::from_utf8_lossy(&step.reply).into_owned())
        });

        assert!(reply.expect("a reply").contains("about"));
    }

    #[test]
    fn a_confined_sidecar_starts_threads() {
        let answer = filtered(Role::Sidecar, || thread::spawn(|| 42).join().ok());

        assert_eq!(answer, Some(42));
    }
}
