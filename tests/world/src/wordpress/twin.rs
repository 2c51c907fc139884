//! A second web server of a site.

use super::Site;
use crate::paths::{self, RunFolder};
use crate::php::{PhpFpm, Pool};
use crate::process::Service;
use crate::web::{self, Front};
use crate::{Result, http};
use std::sync::atomic::{AtomicU32, Ordering};

/// A web server with the site's files in a folder of its own, another pool of PHP, and the same database.
#[derive(Debug)]
pub struct Twin {
    /// Where it listens. The site's address stays the first server's.
    pub address: String,
    _web: Service,
}

impl Twin {
    pub(crate) fn start(site: &Site, run: &RunFolder, php: &PhpFpm) -> Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(1);
        let name = format!("twin{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let documents = run.path(&name);
        paths::copy_folder(&site.folder, &documents)?;
        let port = http::free_port()?;
        let front = Front {
            name: &name,
            port,
            documents: &documents,
            directory: "",
            network: false,
            php: php.socket(Pool::Second),
            certificate: None,
        };
        Ok(Self { address: format!("http://127.0.0.1:{port}"), _web: web::start(run, &front)? })
    }
}
