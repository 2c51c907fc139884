//! The compiled core behind its transports, for the simulator to drive.
//!
//! All four go through the plugin's own PHP, as in production; [`Transport::serve`] is the program alone.

use simulator::Core;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

const PROGRAM: &str = env!("CARGO_BIN_EXE_logto-sign-in");

/// A child that answers each line with a line. Its clock is the machine's.
pub struct Transport {
    child: Child,
    lines: Option<ChildStdin>,
    replies: BufReader<ChildStdout>,
    /// What must live as long as the child.
    _sidecar: Option<Sidecar>,
}

#[allow(dead_code, reason = "each test program uses its own transports")]
impl Transport {
    /// `logto-sign-in serve`, without PHP.
    pub fn serve() -> Self {
        Self::spawn(Command::new(PROGRAM).arg("serve"), None)
    }

    /// The plugin's process transport, with the program of this build or the one that `LOGTO_SIGN_IN_PROGRAM` names.
    pub fn process() -> Self {
        let named = std::env::var_os("LOGTO_SIGN_IN_PROGRAM");
        Self::php("process", named.as_deref().map_or(Path::new(PROGRAM), Path::new), None)
    }

    /// The plugin's FFI transport.
    pub fn ffi() -> Self {
        Self::php("ffi", &library(), None)
    }

    /// The plugin's socket transport, and a sidecar for it.
    pub fn socket() -> Self {
        let sidecar = Sidecar::start();
        Self::php("socket", &sidecar.socket.clone(), Some(sidecar))
    }

    /// The plugin's PHP transport. What PHP compiles is kept in files, so that the next process starts quickly.
    pub fn engine() -> Self {
        let cache = concat!(env!("CARGO_TARGET_TMPDIR"), "/opcache");
        std::fs::create_dir_all(cache).expect("a folder");
        let cache = format!("opcache.file_cache={cache}");
        let options =
            ["-d", "opcache.enable_cli=1", "-d", "opcache.jit=off", "-d", "opcache.file_cache_only=1", "-d", &cache];
        Self::php_with(&options, "php", Path::new(env!("CORE_ENGINE")), None)
    }

    fn php(kind: &str, place: &Path, sidecar: Option<Sidecar>) -> Self {
        Self::php_with(&["-d", "ffi.enable=1"], kind, place, sidecar)
    }

    fn php_with(options: &[&str], kind: &str, place: &Path, sidecar: Option<Sidecar>) -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/transports/transport.php");
        let mut php = Command::new("php");
        php.args(options).args(["-d", "memory_limit=256M", script, kind]).arg(place);
        Self::spawn(&mut php, sidecar)
    }

    fn spawn(command: &mut Command, sidecar: Option<Sidecar>) -> Self {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the transport starts");
        let replies = BufReader::new(child.stdout.take().expect("piped"));
        Self { lines: child.stdin.take(), replies, child, _sidecar: sidecar }
    }
}

impl Core for Transport {
    fn call(&mut self, line: &[u8]) -> Vec<u8> {
        let lines = self.lines.as_mut().expect("open until the end");
        lines.write_all(&[line, b"\n"].concat()).expect("a line is taken");
        lines.flush().expect("a line is taken");
        let mut reply = Vec::new();
        self.replies.read_until(b'\n', &mut reply).expect("a reply");
        assert_eq!(reply.pop(), Some(b'\n'), "the transport ended without a reply");
        reply
    }

    fn now(&self) -> u64 {
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
    }
}

impl Drop for Transport {
    fn drop(&mut self) {
        // The end of its input is the end of the child.
        self.lines = None;
        let _ = self.child.wait();
    }
}

/// The shared library that cargo built together with the program, beside the program: it runs the code of that.
fn library() -> PathBuf {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    let place = || {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("library");
        let (library, program) = (folder.join("liblogto_sign_in.so"), folder.join("logto-sign-in"));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir(&folder).expect("a folder");
        symlink(Path::new(PROGRAM).with_file_name("deps").join("liblogto_sign_in.so"), &library).expect("a link");
        symlink(PROGRAM, program).expect("a link");
        assert!(library.is_file(), "{}", library.display());
        library
    };
    LIBRARY.get_or_init(place).clone()
}

/// `logto-sign-in listen`
struct Sidecar {
    child: Child,
    socket: PathBuf,
}

impl Sidecar {
    fn start() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("logto-sign-in-{}-{}.folder", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        // A folder that is nobody else's: the sidecar makes its socket in no other.
        let folder = std::env::temp_dir().join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir(&folder).expect("a folder");
        let socket = folder.join("socket");
        let child = Command::new(PROGRAM).args(["listen", "--socket"]).arg(&socket).stderr(Stdio::null()).spawn();
        let sidecar = Self { child: child.expect("the sidecar starts"), socket };
        let started = Instant::now();
        while std::os::unix::net::UnixStream::connect(&sidecar.socket).is_err() {
            assert!(started.elapsed() < Duration::from_secs(20), "the sidecar does not listen");
            std::thread::sleep(Duration::from_millis(5));
        }
        sidecar
    }
}

impl Drop for Sidecar {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = self.socket.parent().map(std::fs::remove_dir_all);
    }
}
