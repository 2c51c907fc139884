//! PHP as the other side: a child that measures a turn for each line it is sent.

use crate::Recorded;
use serde_json::json;
use std::error::Error;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// The child; each answer is microseconds.
pub struct Php {
    child: Child,
    lines: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Php {
    /// Verifies the recorded token with `openssl_verify`.
    pub fn verify(recorded: &Recorded) -> Result<Self, Box<dyn Error>> {
        let facts = json!({"token": recorded.token, "jwk": recorded.jwk, "algorithm": recorded.algorithm});
        Self::spawn(Command::new("php").arg(script("verify.php")), &facts.to_string())
    }

    /// Sends the recorded callback through one of the plugin's transports.
    pub fn callback(kind: &str, place: &Path, recorded: &Recorded) -> Result<Self, Box<dyn Error>> {
        let lines: Vec<_> = recorded.lines.iter().map(|line| String::from_utf8_lossy(line)).collect();
        let mut php = Command::new("php");
        php.args(["-d", "ffi.enable=1"]).arg(script("callback.php")).arg(kind).arg(place);
        Self::spawn(&mut php, &json!(lines).to_string())
    }

    fn spawn(php: &mut Command, facts: &str) -> Result<Self, Box<dyn Error>> {
        let mut child = php.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let answers = BufReader::new(child.stdout.take().ok_or("no output")?);
        let mut lines = child.stdin.take().ok_or("no input")?;
        writeln!(lines, "{facts}")?;
        Ok(Self { child, lines, answers })
    }

    /// Measures one turn.
    pub fn ask(&mut self, what: &str) -> Result<f64, Box<dyn Error>> {
        writeln!(self.lines, "{what}")?;
        let mut answer = String::new();
        self.answers.read_line(&mut answer)?;
        Ok(answer.trim().parse().map_err(|_| format!("PHP answers {answer:?}"))?)
    }
}

impl Drop for Php {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `logto-sign-in listen`
pub struct Sidecar {
    child: Child,
    /// Where it listens.
    pub socket: PathBuf,
}

impl Sidecar {
    /// Starts it and waits until it listens.
    pub fn start() -> Result<Self, Box<dyn Error>> {
        let socket = std::env::temp_dir().join(format!("logto-sign-in-figures-{}.socket", std::process::id()));
        let child = Command::new(program()).args(["listen", "--socket"]).arg(&socket).stderr(Stdio::null()).spawn()?;
        let (sidecar, began) = (Self { child, socket }, Instant::now());
        while std::os::unix::net::UnixStream::connect(&sidecar.socket).is_err() {
            if began.elapsed() > Duration::from_secs(20) {
                return Err("the sidecar does not listen".into());
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(sidecar)
    }
}

impl Drop for Sidecar {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_file(&self.socket);
    }
}

/// Kibibytes that a child keeps in memory once it has answered a whole callback (`VmHWM`, proc(5)).
pub fn resident(recorded: &Recorded) -> Result<u64, Box<dyn Error>> {
    let mut child = Command::new(program()).arg("serve").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut lines = child.stdin.take().ok_or("no input")?;
    let mut replies = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
    for line in &recorded.lines {
        lines.write_all(&[line, &b"\n"[..]].concat())?;
        replies.next().ok_or("no reply")??;
    }
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()))?;
    drop(lines);
    child.wait()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}

/// The program that was built together with this one.
pub fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_logto-sign-in"))
}

/// The library that was built together with the program.
pub fn library() -> PathBuf {
    program().with_file_name("deps").join("liblogto_sign_in.so")
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/figures").join(name)
}
