//! PHP as the other side: a child that measures a turn for each line it is sent.

use crate::record::Callback;
use serde_json::json;
use std::error::Error;
use std::fs::DirBuilder;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::os::unix::net::UnixStream;
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
    /// Verifies the recorded token with `openssl_verify`, or with libsodium.
    pub fn verify(recorded: &Callback) -> Result<Self, Box<dyn Error>> {
        let facts = json!({"token": recorded.token, "jwk": recorded.jwk});
        Self::spawn(Command::new("php").arg(script("verify.php")), &facts.to_string())
    }

    /// Sends the lines of a recorded operation through one of the plugin's transports.
    pub fn operation(kind: &str, place: &Path, lines: &[Vec<u8>]) -> Result<Self, Box<dyn Error>> {
        let lines: Vec<_> = lines.iter().map(|line| String::from_utf8_lossy(line)).collect();
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
    folder: PathBuf,
}

impl Sidecar {
    /// Starts it in a folder of its own, and waits until it listens.
    pub fn start(program: &Path) -> Result<Self, Box<dyn Error>> {
        let folder = std::env::temp_dir().join(format!("logto-sign-in-figures-{}", std::process::id()));
        DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
        let socket = folder.join("socket");
        let child = Command::new(program).args(["listen", "--socket"]).arg(&socket).stderr(Stdio::null()).spawn()?;
        let (sidecar, began) = (Self { child, folder }, Instant::now());
        while UnixStream::connect(&socket).is_err() {
            if began.elapsed() > Duration::from_secs(20) {
                return Err("the sidecar does not listen".into());
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(sidecar)
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Where it listens.
    pub fn socket(&self) -> PathBuf {
        self.folder.join("socket")
    }
}

impl Drop for Sidecar {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Kibibytes that a child keeps in memory once it has answered a whole callback (`VmHWM`, proc(5)).
pub fn resident(program: &Path, recorded: &Callback) -> Result<u32, Box<dyn Error>> {
    let mut child = Command::new(program).arg("serve").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
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

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/figures").join(name)
}
