//! The shipped program on machines that allow little.

use super::process::Serving;
use super::*;

/// Asks for what takes time and entropy, and for what takes neither.
fn assert_answers(command: Command) {
    let mut serving = Serving::start(command);
    let effect = parse(&serving.ask(&start()));
    assert_eq!(effect["effect"]["type"], "http_request", "{effect}");
    serving.end();
}

/// Fault R12: the program that ships looked for entropy in /dev/urandom, and every operation failed where there is none.
/// Only a program that does not ship was tested.
#[test]
fn fault_r12_an_empty_chroot_is_enough() {
    let folder = Folder::new("chroot");
    fs::copy(&shipped().program, folder.file("logto-sign-in")).expect("copied");
    let mut command = Command::new("chroot");
    command.arg(&folder.0).args(["/logto-sign-in", "serve"]);

    assert_answers(command);
}

/// The core's code was copied and made executable, which answered `core_unavailable` under `SELinux`'s `execmem` rule or
/// systemd's `MemoryDenyWriteExecute=`.
#[test]
fn fault_r12_no_memory_need_become_executable() {
    // PR_SET_MDWE with PR_MDWE_REFUSE_EXEC_GAIN (prctl(2)), which a program inherits.
    let script = r"
        $kernel = FFI::cdef('int prctl(int, unsigned long, unsigned long, unsigned long, unsigned long);');
        if ($kernel->prctl(65, 1, 0, 0, 0) !== 0) { exit(3); }
        pcntl_exec($argv[1], ['serve']);
    ";
    let mut command = Command::new("php");
    command.args(["-d", "ffi.enable=1", "-r", script, "--"]).arg(&shipped().program);

    assert_answers(command);
}

#[test]
fn a_low_address_space_limit_is_enough() {
    assert_answers(shell("ulimit -v 200000 && exec \"$0\" serve"));
}

#[test]
fn an_impossible_address_space_limit_is_an_answer() {
    let mut serving = Serving::start(shell("ulimit -v 40000 && exec \"$0\" serve"));
    let reply = serving.ask(ABOUT);
    assert!(["core_trapped", "core_unavailable", "core_out_of_memory"].contains(&code(&reply).as_str()), "{reply}");
    serving.end();
}
