//! PHP: PHP-FPM with its pools, and the command line.

use crate::Result;
use crate::install::debian;
use crate::paths::RunFolder;
use crate::process::{Program, Service};
use std::fmt::Write;
use std::fs;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How a pool of PHP workers is configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pool {
    /// As Debian ships PHP: `proc_open` allowed, FFI only for preloaded code.
    Normal,
    /// The same once more, for a second web server of a site.
    Second,
    /// `ffi.enable=1`.
    Ffi,
    /// A careful host: no function that starts a program, and no FFI.
    NoPrograms,
}

impl Pool {
    /// Every pool.
    pub const ALL: [Self; 4] = [Self::Normal, Self::Second, Self::Ffi, Self::NoPrograms];

    fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Second => "second",
            Self::Ffi => "ffi",
            Self::NoPrograms => "noprograms",
        }
    }

    fn settings(self) -> &'static str {
        match self {
            Self::Normal | Self::Second => "",
            Self::Ffi => "php_admin_value[ffi.enable] = 1\n",
            Self::NoPrograms => {
                "php_admin_value[disable_functions] = proc_open,popen,exec,shell_exec,system,passthru\n\
                 php_admin_value[ffi.enable] = 0\n"
            }
        }
    }
}

/// `OPcache` as it is switched on everywhere, but with room for every site of a world: with the default 128 MB, all sites
/// but the first few would be compiled anew for each request. A file that a test writes counts at once.
const OPCACHE: [&str; 8] = [
    "-d",
    "opcache.memory_consumption=1024",
    "-d",
    "opcache.interned_strings_buffer=64",
    "-d",
    "opcache.max_accelerated_files=60000",
    "-d",
    "opcache.revalidate_freq=0",
];

/// A running PHP-FPM.
#[derive(Debug)]
pub struct PhpFpm {
    sockets: Vec<PathBuf>,
    server: Service,
}

impl PhpFpm {
    /// Starts PHP-FPM as the current user, even root: the workers must read the project's folder.
    pub fn start(folder: &RunFolder) -> Result<Self> {
        let log = folder.path("php-fpm.log");
        let mut config = format!("[global]\nerror_log = {}\ndaemonize = no\nlog_limit = 8192\n", log.display());
        let mut sockets = Vec::new();
        for pool in Pool::ALL {
            let socket = folder.socket(pool.name());
            write!(
                config,
                "[{name}]\nlisten = {socket}\nlisten.mode = 0600\npm = ondemand\npm.max_children = 8\n\
                 catch_workers_output = yes\ndecorate_workers_output = no\nclear_env = yes\n\
                 php_admin_value[upload_max_filesize] = 128M\nphp_admin_value[post_max_size] = 128M\n\
                 php_value[error_log] = {log}\nphp_flag[log_errors] = on\n{settings}",
                name = pool.name(),
                socket = socket.display(),
                log = folder.path("php-errors.log").display(),
                settings = pool.settings(),
            )?;
            if rustix::process::geteuid().is_root() {
                config.push_str("user = root\ngroup = root\n");
            }
            sockets.push(socket);
        }
        let file = folder.path("php-fpm.conf");
        fs::write(&file, config)?;
        let mut server = Program::new(format!("/usr/sbin/php-fpm{}", debian::php_version()))
            .args(OPCACHE)
            .args(["--nodaemonize", "--allow-to-run-as-root", "--fpm-config"])
            .arg(&file)
            .service(&folder.path("php-fpm.out"))?;
        server.wait_until(Duration::from_secs(30), |_| UnixStream::connect(sockets.last()?).ok())?;
        Ok(Self { sockets, server })
    }

    /// The socket of a pool.
    pub fn socket(&self, pool: Pool) -> &Path {
        &self.sockets[pool as usize]
    }

    /// The KiB of memory that the largest worker holds.
    pub fn largest_worker(&self) -> u64 {
        let workers = self.server.children().into_iter().filter_map(|worker| {
            let status = fs::read_to_string(format!("/proc/{worker}/status")).ok()?;
            let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
            line.trim().trim_end_matches(" kB").parse().ok()
        });
        workers.max().unwrap_or_default()
    }
}

/// PHP's command line.
pub fn command_line() -> Program {
    Program::new(format!("php{}", debian::php_version()))
}
