//! The transport `ffi`: the shared library in PHP, and its symbols.

use super::*;
use std::io::Write as _;
use std::process::Stdio;

/// A PHP program that has `$logto` (the library), `begin()`, `answer()`, and `ask()`, which talks as
/// on a stream: one operation after another.
const PRELUDE: &str = r#"
    error_reporting(E_ALL);
    ini_set('display_errors', 'stderr');
    $logto = FFI::cdef(file_get_contents($argv[1]), $argv[2]);
    function begin(string $request): array {
        global $logto;
        $operation = $logto->new('uint64_t');
        $reply = call($request, fn($bytes, ...$reply) =>
            $logto->logto_sign_in_begin($bytes, strlen($request), FFI::addr($operation), ...$reply));
        return [$reply, $operation->cdata];
    }
    function answer(int $operation, string $answer): string {
        global $logto;
        return call($answer, fn($bytes, ...$reply) =>
            $logto->logto_sign_in_answer($operation, $bytes, strlen($answer), ...$reply));
    }
    function call(string $line, callable $function): string {
        global $logto;
        $reply = $logto->new('uint8_t *');
        $length = $logto->new('size_t');
        $bytes = $logto->new('uint8_t[' . max(1, strlen($line)) . ']');
        FFI::memcpy($bytes, $line, strlen($line));
        $status = $function($bytes, FFI::addr($reply), FFI::addr($length));
        if ($status !== 0) { throw new Exception("status $status"); }
        $text = FFI::string($reply, $length->cdata);
        $logto->logto_sign_in_release($reply, $length->cdata);
        return $text;
    }
    function ask(string $line): string {
        static $operation = 0;
        [$reply, $operation] = $operation === 0 ? begin($line) : [answer($operation, $line), $operation];
        if (isset(json_decode($reply, true)['outcome'])) { $operation = 0; }
        return $reply;
    }
    function resident(): int {
        return (int) explode(' ', file_get_contents('/proc/self/statm'))[1] * 4;
    }
"#;

/// The reply of a library to a request that every core answers.
fn reply_of(library: &Path) -> String {
    php_with(library, r#"echo ask('{"operation":"about"}');"#, "")
}

/// Runs a PHP program with the library; what it prints.
fn php(program: &str, input: &str) -> String {
    php_with(&shipped().library, program, input)
}

fn php_with(library: &Path, program: &str, input: &str) -> String {
    let header = concat!(env!("CARGO_MANIFEST_DIR"), "/src/logto_sign_in.h");
    let mut child = Command::new("php")
        .args(["-d", "ffi.enable=1", "-d", "opcache.enable_cli=0", "-r", &format!("{PRELUDE}{program}"), "--", header])
        .arg(library)
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
fn the_library_exports_its_functions_and_nothing_else() {
    let output =
        Command::new("nm").args(["-D", "--defined-only"]).arg(&shipped().library).output().expect("nm (binutils)");
    let (symbols, _) = text(&output);
    let names: Vec<_> = symbols.lines().filter_map(|line| line.split_whitespace().last()).collect();
    assert_eq!(names, ["logto_sign_in_answer", "logto_sign_in_begin", "logto_sign_in_end", "logto_sign_in_release"]);
}

#[test]
fn the_library_has_no_core_of_its_own() {
    let size = |file: &Path| fs::metadata(file).expect("a file").len();
    let (library, program) = (size(&shipped().library), size(&shipped().program));
    assert!(3 * library < program, "{library} of {program} bytes");
}

#[test]
fn the_library_runs_the_program_of_its_own_build_alone() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("beside");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir(&folder).expect("a folder");
    let (library, program) = (folder.join("liblogto_sign_in.so"), folder.join("logto-sign-in"));
    fs::copy(&shipped().library, &library).expect("copied");
    let whole = fs::read(&shipped().program).expect("read");
    // The section of native code ends with the SHA-256 of the code.
    let tag = env!("CORE_NATIVE_SHA256").as_bytes();
    let at = whole.windows(tag.len()).position(|bytes| bytes == tag).expect("the tag of this build");
    let mut of_another = whole.clone();
    of_another[at] = if whole[at] == b'0' { b'1' } else { b'0' };
    let ask = || reply_of(&library);

    let alone = ask();
    let [another, half, other_file] = [&of_another[..], &whole[..whole.len() / 2], b"#!/bin/sh"].map(|bytes| {
        fs::write(&program, bytes).expect("written");
        ask()
    });
    fs::write(&program, &whole).expect("written");

    for reply in [&alone, &another, &half, &other_file] {
        assert_eq!(code(reply), "core_unavailable", "{reply}");
        assert!(reply.contains(program.to_str().expect("UTF-8")), "{reply}");
    }
    assert!(another.contains("upload the plugin's files again"), "{another}");
    assert!(ask().starts_with(r#"{"outcome":{"type":"about""#));
}

#[test]
fn replies_are_byte_for_byte_those_of_the_process() {
    let program = r#"while (($line = fgets(STDIN)) !== false) { echo ask(rtrim($line, "\n")), "\n"; }"#;
    let replies = php(program, &format!("{}\n", lines().join("\n")));
    assert_eq!(replies.lines().collect::<Vec<_>>(), super::process::constant_replies());
}

#[test]
fn a_line_beyond_the_limit_is_answered_and_ends_the_operation() {
    let program = r#"
        $request = trim(fgets(STDIN));
        [$long, $none] = begin(str_repeat('x', 20 << 20));
        [, $operation] = begin($request);
        echo $long, "\n", answer($operation, str_repeat('x', 20 << 20)), "\n", answer($operation, '{"answer":{}}'), "\n", $none;
    "#;
    let replies = php(program, &start());
    let replies: Vec<_> = replies.lines().collect();
    let codes: Vec<_> = replies[..3].iter().map(|reply| code(reply)).collect();
    assert_eq!(codes, ["request_too_large", "request_too_large", "operation_ended"]);
    assert_eq!(replies[3], "0");
}

#[test]
fn interleaved_operations_reply_as_they_do_one_after_the_other() {
    let program = r#"
        $lines = fn(): array => [trim(fgets(STDIN)), trim(fgets(STDIN)), trim(fgets(STDIN))];
        [$one, $other] = [$lines(), $lines()];
        $replies = array_map('ask', [...$one, 'ends the operation', ...$other]);
        array_splice($replies, 3, 1);

        [$first, $outer] = begin($one[0]);
        [$second, $inner] = begin($other[0]);
        [$third, $fourth] = [answer($outer, $one[1]), answer($inner, $other[1])];
        [$fifth, $sixth] = [answer($inner, $other[2]), answer($outer, $one[2])];
        echo $replies === [$first, $third, $sixth, $second, $fourth, $fifth] ? "same\n" : "different\n";
        echo $outer === $inner ? "one handle\n" : "two handles\n", $sixth, "\n", $fifth;
    "#;
    let lines = ["https://one.example", "https://other.example"].map(|endpoint| check_connection(endpoint).join("\n"));
    let replies = php(program, &lines.join("\n"));
    let replies: Vec<_> = replies.lines().collect();
    assert_eq!(replies[..2], ["same", "two handles"]);
    assert_eq!(parse(replies[2])["effect"]["url"], "https://one.example/oidc/token");
    assert_eq!(parse(replies[3])["effect"]["url"], "https://other.example/oidc/token");
}

#[test]
fn at_most_eight_operations_are_open() {
    let program = r#"
        [$request, $metadata] = [trim(fgets(STDIN)), trim(fgets(STDIN))];
        $operations = array_map(fn() => begin($request)[1], range(1, 9));
        echo implode("\n", array_map(fn(int $operation) => answer($operation, $metadata), $operations));
    "#;
    let [request, metadata, _] = check_connection("https://tenant.example");
    let replies = php(program, &format!("{request}\n{metadata}"));
    let replies: Vec<_> = replies.lines().collect();
    assert_eq!(replies.len(), 9);
    assert_eq!(code(replies[0]), "operation_ended");
    assert!(replies[1..].iter().all(|reply| parse(reply)["effect"]["type"] == "http_request"), "{replies:?}");
}

#[test]
fn an_ended_operation_is_over_and_may_be_ended_again() {
    let program = r#"
        [, $operation] = begin(trim(fgets(STDIN)));
        foreach ([$operation, $operation, 0, PHP_INT_MAX] as $handle) { $logto->logto_sign_in_end($handle); }
        echo answer($operation, '{"answer":{}}');
    "#;
    assert_eq!(code(&php(program, &start())), "operation_ended");
}

#[test]
fn an_open_operation_does_not_disturb_the_end_of_the_process() {
    assert_eq!(php("echo begin(trim(fgets(STDIN)))[1] === 0 ? 'over' : 'open';", &start()), "open");
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
fn a_process_may_fork_in_the_middle_of_an_operation() {
    let program = r#"
        [$request, $metadata] = [trim(fgets(STDIN)), trim(fgets(STDIN))];
        [, $operation] = begin($request);
        [$mine, $theirs] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        if (pcntl_fork() === 0) { fwrite($theirs, answer($operation, $metadata) . "\n"); posix_kill(posix_getpid(), 9); }
        $line = fgets($mine);
        pcntl_wait($status);
        echo $line, answer($operation, $metadata);
    "#;
    let [request, metadata, _] = check_connection("https://tenant.example");
    let replies = php(program, &format!("{request}\n{metadata}"));
    let replies: Vec<_> = replies.lines().collect();
    assert_eq!(parse(replies[0])["effect"]["url"], "https://tenant.example/oidc/jwks");
    assert_eq!(replies[0], replies[1]);
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
            return resident();
        };
        $before = $ask(200);
        echo $ask(1000) - $before;
    "#;
    let grown: i64 = php(program, "").parse().expect("a number");
    assert!(grown < 512, "{grown} KiB");
}

#[test]
fn abandoned_operations_free_their_memory() {
    let ended = "$logto->logto_sign_in_end($operation);";
    let pushed_out_by_others = "";
    for abandon in [ended, pushed_out_by_others] {
        let program = format!(
            r#"
            $request = trim(fgets(STDIN));
            $abandon = function (int $times) use ($request, $logto): void {{
                for ($i = 0; $i < $times; $i++) {{
                    [, $operation] = begin($request);
                    if ($operation === 0) {{ throw new Exception('over'); }}
                    {abandon}
                }}
            }};
            begin($request);
            $one = resident();
            for ($i = 0; $i < 7; $i++) {{ begin($request); }}
            $open = intdiv(resident() - $one, 7);
            $abandon(200);
            $before = resident();
            $abandon(10_000);
            echo resident() - $before, "\n", $open;
        "#
        );
        let figures = php(&program, &start());
        let figures: Vec<i64> = figures.lines().map(|line| line.parse().expect("a number")).collect();
        assert_flat(figures[0], figures[1]);
    }
}

#[test]
fn loading_the_library_again_and_again_leaks_nothing() {
    let program = r#"
        $load = function (int $times) use ($argv): int {
            for ($i = 0; $i < $times; $i++) {
                $GLOBALS['logto'] = FFI::cdef(file_get_contents($argv[1]), $argv[2]);
                ask('{"operation":"about"}');
            }
            return resident();
        };
        $before = $load(20);
        echo $load(100) - $before, "\n", preg_match_all('~ r-xp .*/logto-sign-in$~m', file_get_contents('/proc/self/maps'));
    "#;
    let figures = php(program, "");
    let (grown, mappings) = figures.split_once('\n').expect("two lines");
    assert!(grown.parse::<i64>().expect("a number") < 512, "{grown} KiB");
    assert_eq!(mappings, "1", "mappings of the program's code");
}
