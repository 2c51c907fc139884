//! The core as a library and the core translated to PHP, side by side: the same lines at the same time with the same entropy.

use simulator::{Core, Native};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Both; a reply that differs by a byte panics.
pub struct Twins {
    native: Native,
    php: Child,
    lines: Option<ChildStdin>,
    replies: BufReader<ChildStdout>,
    /// How many replies were the same.
    pub compared: usize,
    /// The lines of each operation so far.
    pub operations: Vec<Vec<Vec<u8>>>,
    is_open: bool,
}

impl Twins {
    /// The translation in a folder, in one PHP process.
    pub fn new(engine: &Path) -> Self {
        Self::without(engine, "")
    }

    /// The same where these functions of PHP, with commas between them, are disabled.
    pub fn without(engine: &Path, functions: &str) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transports/engine.php");
        let mut php = Command::new("php")
            .args(["-d", "memory_limit=256M", "-d", "opcache.enable_cli=1", "-d", "opcache.jit=off"])
            .args(["-d", &format!("disable_functions={functions}")])
            .arg(script)
            .arg(engine)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("PHP starts");
        let replies = BufReader::new(php.stdout.take().expect("piped"));
        Self {
            native: Native::new(),
            lines: php.stdin.take(),
            replies,
            php,
            compared: 0,
            operations: Vec::new(),
            is_open: false,
        }
    }

    /// Ends the operation that a scenario left open, in both.
    pub fn reset(&mut self) {
        self.native = Native::new();
        self.is_open = false;
        // A line that is no answer ends an operation; where none is open, it begins one that ends at once.
        self.ask(b"{}", 0);
    }

    /// The methods of a traced translation that ran.
    pub fn ran(&mut self) -> BTreeSet<String> {
        let names = String::from_utf8(self.exchange(b"ran\n")).expect("names");
        names.split(' ').map(str::to_owned).collect()
    }

    fn ask(&mut self, line: &[u8], draw: u64) -> Vec<u8> {
        let entropy = Native::entropy(draw).iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        self.exchange(&[format!("{} {entropy} ", self.native.clock).as_bytes(), line, b"\n"].concat())
    }

    fn exchange(&mut self, line: &[u8]) -> Vec<u8> {
        let lines = self.lines.as_mut().expect("open until the end");
        lines.write_all(line).and_then(|()| lines.flush()).expect("a line is taken");
        let mut reply = Vec::new();
        self.replies.read_until(b'\n', &mut reply).expect("a reply");
        assert_eq!(reply.pop(), Some(b'\n'), "PHP ended without a reply");
        reply
    }
}

impl Core for Twins {
    fn call(&mut self, line: &[u8]) -> Vec<u8> {
        let native = self.native.call(line);
        let php = self.ask(line, self.native.draws);
        if native != php {
            let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            panic!("on {}\nnative: {}\nPHP:    {}", shown(line), shown(&native), shown(&php));
        }
        self.compared += 1;
        if !self.is_open {
            self.operations.push(Vec::new());
        }
        if let Some(operation) = self.operations.last_mut() {
            operation.push(line.to_vec());
        }
        self.is_open = native.starts_with(br#"{"effect""#);
        native
    }

    fn now(&self) -> u64 {
        self.native.now()
    }
}

impl Drop for Twins {
    fn drop(&mut self) {
        // The end of its input is the end of the child.
        self.lines = None;
        let _ = self.php.wait();
    }
}
