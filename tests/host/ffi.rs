//! The transport `ffi`: the shared library in PHP, and its symbols.

use super::*;
use std::io::Write as _;
use std::process::Stdio;

/// A PHP program that has `$logto` (the library) and `ask()`.
const PRELUDE: &str = r#"
    error_reporting(E_ALL);
    ini_set('display_errors', 'stderr');
    $logto = FFI::cdef(file_get_contents($argv[1]), $argv[2]);
    function ask(string $request): string {
        global $logto;
        $reply = $logto->new('uint8_t *');
        $length = $logto->new('size_t');
        $bytes = $logto->new('uint8_t[' . max(1, strlen($request)) . ']');
        FFI::memcpy($bytes, $request, strlen($request));
        $status = $logto->logto_sign_in_handle($bytes, strlen($request), FFI::addr($reply), FFI::addr($length));
        if ($status !== 0) { throw new Exception("status $status"); }
        $text = FFI::string($reply, $length->cdata);
        $logto->logto_sign_in_release($reply, $length->cdata);
        return $text;
    }
"#;

/// Runs a PHP program with the library; what it prints.
fn php(program: &str, input: &str) -> String {
    let header = concat!(env!("CARGO_MANIFEST_DIR"), "/src/logto_sign_in.h");
    let mut child = Command::new("php")
        .args(["-d", "ffi.enable=1", "-d", "opcache.enable_cli=0", "-r", &format!("{PRELUDE}{program}"), "--", header])
        .arg(library())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("php (Debian: php-cli) starts");
    child.stdin.take().expect("piped").write_all(input.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("ended");
    let (stdout, stderr) = text(&output);
    assert!(output.status.success() && stderr.is_empty(), "{}\n{stdout}\n{stderr}", output.status);
    stdout
}

#[test]
fn the_library_exports_its_two_functions_and_nothing_else() {
    let output = Command::new("nm").args(["-D", "--defined-only"]).arg(library()).output().expect("nm (binutils)");
    let (symbols, _) = text(&output);
    let names: Vec<_> = symbols.lines().filter_map(|line| line.split_whitespace().last()).collect();
    assert_eq!(names, ["logto_sign_in_handle", "logto_sign_in_release"]);
}

#[test]
fn replies_are_byte_for_byte_those_of_the_process() {
    let program = r#"while (($line = fgets(STDIN)) !== false) { echo ask(rtrim($line, "\n")), "\n"; }"#;
    let replies = php(program, &format!("{}\n", CONSTANT.join("\n")));
    assert_eq!(replies.lines().collect::<Vec<_>>(), super::process::constant_replies());
}

#[test]
fn a_request_beyond_the_limit_is_answered() {
    let reply = php("echo ask(str_repeat('x', 20 << 20));", "");
    assert_eq!(code(&reply), "request_too_large");
}

#[test]
fn a_process_may_fork_before_and_after_the_first_call() {
    let program = r#"
        function child(): string {
            [$mine, $theirs] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
            if (pcntl_fork() === 0) { fwrite($theirs, ask('{"operation":"about"}') . "\n"); posix_kill(posix_getpid(), 9); }
            $line = fgets($mine);
            pcntl_wait($status);
            return $line;
        }
        echo child(), child(), ask('{"operation":"about"}'), "\n", child(), child(), ask('{"operation":"about"}'), "\n";
    "#;
    let replies = php(program, "");
    let lines: Vec<_> = replies.lines().collect();
    assert_eq!(lines.len(), 6);
    assert!(lines.iter().all(|line| *line == super::process::constant_replies()[0]), "{replies}");
}

#[test]
fn the_signal_handlers_of_the_process_stay_as_they_are() {
    let program = r#"
        $handlers = fn() => preg_match('/^SigCgt:.*$/m', file_get_contents('/proc/self/status'), $found) ? $found[0] : '';
        $before = $handlers();
        ask('{"operation":"about"}');
        ask('junk');
        echo $before === $handlers() && $before !== '' ? 'same' : "$before, then " . $handlers();
    "#;
    assert_eq!(php(program, ""), "same");
}

#[test]
fn a_thousand_calls_leak_nothing() {
    let program = r#"
        $ask = function (int $times): int {
            for ($i = 0; $i < $times; $i++) { ask('{"operation":"about"}'); }
            preg_match('/^VmRSS:\s*(\d+)/m', file_get_contents('/proc/self/status'), $found);
            return (int) $found[1];
        };
        $before = $ask(200);
        echo $ask(1000) - $before;
    "#;
    let grown: i64 = php(program, "").parse().expect("a number");
    assert!(grown < 512, "{grown} KiB");
}
