//! MariaDB on a Unix socket, with a data folder of its own.

use crate::paths::{self, RunFolder};
use crate::process::{Program, Service};
use crate::{Context, Result, ensure, progress};
use std::fs;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Settings for a small server that lives for minutes: nothing is kept safe against a power cut.
const SETTINGS: [&str; 8] = [
    "--no-defaults",
    "--skip-networking",
    "--innodb-log-file-size=8M",
    "--innodb-buffer-pool-size=64M",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-doublewrite=0",
    "--performance-schema=off",
    "--character-set-server=utf8mb4",
];

/// A running database server. Its user `root` has no password; only this user of the machine reaches its socket.
#[derive(Debug)]
pub struct Database {
    socket: PathBuf,
    _server: Service,
}

impl Database {
    /// Starts a server with an empty data folder.
    pub fn start(folder: &RunFolder) -> Result<Self> {
        let data = folder.path("mariadb");
        paths::copy_folder(&prepared()?, &data)?;
        let socket = folder.socket("mariadb");
        let mut server = Program::new("/usr/sbin/mariadbd")
            .args(SETTINGS)
            .arg(option("datadir", &data))
            .arg(option("socket", &socket))
            .arg(option("pid-file", &folder.path("mariadb.pid")))
            .arg(option("tmpdir", &folder.path("")))
            .arg(format!("--user={}", user()?))
            .service(&folder.path("mariadb.log"))?;
        server.wait_until(Duration::from_mins(1), |_| UnixStream::connect(&socket).ok())?;
        Ok(Self { socket, _server: server })
    }

    /// The server's socket.
    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// Runs SQL and gives its result as tab-separated lines without a heading.
    pub fn run(&self, sql: &str) -> Result<String> {
        client(&self.socket).args(["-e", sql]).output()
    }

    /// Creates an empty database.
    pub fn create(&self, name: &str) -> Result<()> {
        self.run(&format!("CREATE DATABASE `{name}` CHARACTER SET utf8mb4")).map(drop)
    }
}

/// The client of a server, which gives results as tab-separated lines without a heading.
pub fn client(socket: &Path) -> Program {
    Program::new("mariadb")
        .args(["--no-defaults", "--user=root", "--batch", "--skip-column-names", "--default-character-set=utf8mb4"])
        .arg(option("socket", socket))
}

/// An empty data folder for this version of the server, made once.
fn prepared() -> Result<PathBuf> {
    let version = Program::new("/usr/sbin/mariadbd").args(["--no-defaults", "--version"]).output()?;
    let version: String = version.split_whitespace().nth(2).unwrap_or("unknown").to_owned();
    let folder = paths::state().join("mariadb").join(version);
    if folder.exists() {
        return Ok(folder);
    }
    progress::step("Preparing an empty database", || {
        let unfinished = folder.with_extension(format!("{}", std::process::id()));
        fs::create_dir_all(&unfinished)?;
        Program::new("mariadb-install-db")
            .args(SETTINGS)
            .args(["--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"])
            .arg(option("datadir", &unfinished))
            .arg(format!("--user={}", user()?))
            .output()?;
        fs::rename(&unfinished, &folder).or_else(|error| if folder.exists() { Ok(()) } else { Err(error) })?;
        Ok(())
    })?;
    Ok(folder)
}

/// The name of the user who runs this.
pub fn user() -> Result<String> {
    let name = Program::new("id").arg("-un").output().context("cannot ask for this user's name")?;
    ensure!(!name.trim().is_empty(), "this user has no name");
    Ok(name.trim().to_owned())
}

fn option(name: &str, value: &Path) -> String {
    format!("--{name}={}", value.display())
}
