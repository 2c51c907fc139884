//! The transport `process`: `logto-sign-in serve`.

use super::*;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{ChildStdin, ChildStdout, Stdio};

const MEBIBYTE: usize = 1 << 20;

/// A child that answers lines.
pub(crate) struct Serving {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Serving {
    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let (input, output) = (child.stdin.take(), child.stdout.take().expect("piped"));
        Self { child, input, output: BufReader::new(output) }
    }

    fn serve() -> Self {
        let mut command = program();
        command.arg("serve");
        Self::start(command)
    }

    pub(crate) fn ask(&mut self, request: &str) -> String {
        let mut input = self.input.as_ref().expect("open");
        input.write_all(request.as_bytes()).and_then(|()| input.write_all(b"\n")).expect("written");
        let mut line = String::new();
        self.output.read_line(&mut line).expect("a line");
        assert_eq!(line.pop(), Some('\n'));
        line
    }

    /// Ends stdin; the program must end by itself, well, and silently.
    pub(crate) fn end(mut self) {
        drop(self.input.take());
        let mut rest = String::new();
        assert_eq!(self.output.read_line(&mut rest).expect("the end"), 0, "{rest}");
        let output = self.child.wait_with_output().expect("ended");
        assert!(output.status.success(), "{}", output.status);
        assert_eq!(text(&output).1, "", "stderr");
    }
}

/// Every reply to [`lines`], for comparison with the other transports.
pub(crate) fn constant_replies() -> Vec<String> {
    let mut serving = Serving::serve();
    let replies = lines().iter().map(|line| serving.ask(line)).collect();
    serving.end();
    replies
}

#[test]
fn many_requests_on_one_child() {
    let mut serving = Serving::serve();
    let first = serving.ask(ABOUT);
    assert_eq!(parse(&first)["outcome"]["version"], env!("CARGO_PKG_VERSION"));
    for _ in 0..20 {
        assert_eq!(serving.ask(ABOUT), first);
    }
    serving.end();
}

#[test]
fn no_request_at_all() {
    Serving::serve().end();
}

#[test]
fn fault_r5_junk_is_answered_and_the_next_request_too() {
    let mut serving = Serving::serve();
    for junk in ["junk", "", "{", "[]", "null", "{\"operation\":\"unheard of\"}", "\u{1f600}"] {
        assert_eq!(code(&serving.ask(junk)), "protocol_error", "{junk}");
    }
    assert_eq!(parse(&serving.ask(ABOUT))["outcome"]["type"], "about");
    serving.end();
}

#[test]
fn fault_r5_a_line_beyond_the_limit_is_answered_and_the_next_request_too() {
    let mut serving = Serving::serve();
    // The child reads all of it before it answers, so writing does not block for good.
    assert_eq!(code(&serving.ask(&"x".repeat(20 * MEBIBYTE))), "request_too_large");
    assert_eq!(parse(&serving.ask(ABOUT))["outcome"]["type"], "about");
    serving.end();
}

#[test]
fn a_long_request_is_no_problem() {
    let mut serving = Serving::serve();
    let padding = r"\u4e2d".repeat(3 * MEBIBYTE / 6);
    let request = format!(r#"{{"operation":"about","input":"{padding}"}}"#);
    assert_eq!(serving.ask(&request), serving.ask(ABOUT));
    serving.end();
}

#[test]
fn a_deeply_nested_request_is_answered() {
    let mut serving = Serving::serve();
    let nested = "[".repeat(MEBIBYTE);
    assert_eq!(code(&serving.ask(&nested)), "protocol_error");
    serving.end();
}

#[test]
fn an_operation_spans_lines() {
    let mut serving = Serving::serve();
    let [request, metadata, keys] = check_connection("https://tenant.example");
    for _ in 0..2 {
        for (line, url) in [(&request, "/.well-known/openid-configuration"), (&metadata, "/jwks")] {
            let effect = &parse(&serving.ask(line))["effect"];
            assert_eq!(effect["type"], "http_request");
            assert_eq!(effect["url"], format!("https://tenant.example/oidc{url}"));
        }
        assert_eq!(parse(&serving.ask(&keys))["effect"]["url"], "https://tenant.example/oidc/token");
        assert_eq!(code(&serving.ask("junk")), "protocol_error");
    }
    serving.end();
}

#[test]
fn a_line_that_is_no_answer_ends_the_operation() {
    let mut serving = Serving::serve();
    let [request, metadata, _] = check_connection("https://tenant.example");
    serving.ask(&request);
    assert_eq!(code(&serving.ask(&request)), "protocol_error");
    assert_eq!(code(&serving.ask(&metadata)), "protocol_error");
    assert_eq!(parse(&serving.ask(&request))["effect"]["type"], "http_request");
    serving.end();
}

#[test]
fn an_answer_beyond_the_limit_ends_the_operation() {
    let mut serving = Serving::serve();
    let [request, metadata, _] = check_connection("https://tenant.example");
    serving.ask(&request);
    assert_eq!(code(&serving.ask(&"x".repeat(20 * MEBIBYTE))), "request_too_large");
    assert_eq!(code(&serving.ask(&metadata)), "protocol_error");
    serving.end();
}

#[test]
fn an_open_operation_does_not_keep_the_child() {
    let mut serving = Serving::serve();
    assert!(serving.ask(&start()).starts_with(r#"{"effect":"#));
    serving.end();
}

#[test]
fn the_last_line_may_lack_its_line_break() {
    let mut serving = Serving::serve();
    let mut input = serving.input.take().expect("open");
    input.write_all(ABOUT.as_bytes()).expect("written");
    drop(input);
    let mut line = String::new();
    serving.output.read_line(&mut line).expect("a line");
    assert_eq!(parse(&line)["outcome"]["type"], "about");
    serving.end();
}

#[test]
fn a_reader_that_is_gone_ends_the_child_in_peace() {
    let mut serving = Serving::serve();
    let child = {
        let mut input = serving.input.take().expect("open");
        drop(serving.output);
        let _ = input.write_all(format!("{ABOUT}\n").repeat(10).as_bytes());
        serving.child
    };
    let output = child.wait_with_output().expect("ended");
    assert!(output.status.success(), "{}", output.status);
    assert_eq!(text(&output).1, "");
}

#[test]
fn a_thousand_calls_leak_nothing() {
    let mut serving = Serving::serve();
    let mut ask = |times| {
        for _ in 0..times {
            serving.ask(ABOUT);
        }
        resident(&serving.child)
    };
    let (before, after) = (ask(200), ask(1000));
    assert!(after < before + 512, "{before} KiB, then {after} KiB");
    serving.end();
}

/// Fault S20: the child kept the sockets that PHP had opened.
#[test]
fn fault_s20_the_child_closes_what_it_inherited() {
    let folder = Folder::new("inherited");
    let file = folder.file("of-php");
    fs::write(&file, "").expect("written");
    let mut command = shell(r#"exec 3<"$1" 4<"$1" 9<"$1"; exec "$0" serve"#);
    command.arg(&file);
    let mut serving = Serving::start(command);
    serving.ask(ABOUT);

    let open = fs::read_dir(format!("/proc/{}/fd", serving.child.id())).expect("a living process");
    let inherited: Vec<_> = open
        .map(|entry| entry.expect("an entry").path())
        .filter(|descriptor| fs::read_link(descriptor).is_ok_and(|target| target == file))
        .collect();

    assert_eq!(inherited, Vec::<PathBuf>::new());
    serving.end();
}

/// Nothing but the core's own sandbox kept the child, which has the rights of PHP's user, from files and networks.
/// `src/confinement.rs` tries what is refused.
#[test]
fn the_kernel_confines_the_child() {
    let mut serving = Serving::serve();
    serving.ask(ABOUT);

    assert_confined(&serving.child);

    assert!(parse(&serving.ask(&start())).get("effect").is_some());
    serving.end();
}
