//! Redis on a Unix socket, for sites whose web servers share an object cache.

use crate::Result;
use crate::paths::RunFolder;
use crate::process::{Program, Service};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// A running server that keeps everything in memory.
#[derive(Debug)]
pub struct Redis {
    socket: PathBuf,
    _server: Service,
}

impl Redis {
    /// Starts an empty server, beside those that others have started.
    pub fn start(folder: &RunFolder) -> Result<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("redis{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let socket = folder.socket(&name);
        let mut server = Program::new("redis-server")
            .args(["--port", "0", "--save", "", "--appendonly", "no", "--dir"])
            .arg(folder.path(""))
            .arg("--unixsocket")
            .arg(&socket)
            .service(&folder.path(format!("{name}.log")))?;
        server.wait_until(Duration::from_secs(30), |_| UnixStream::connect(&socket).ok())?;
        Ok(Self { socket, _server: server })
    }

    /// The server's socket.
    pub fn socket(&self) -> &Path {
        &self.socket
    }
}
