//! chromedriver, and how Chromium is started: headless, quiet, trusting the world's certificate authority.

use crate::browser::Browser;
use crate::http;
use crate::paths::RunFolder;
use crate::process::{Program, Service};
use crate::{Context, Result};
use serde_json::{Value, json};
use std::fs;
use std::net::{Ipv4Addr, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// No background traffic, no first-run pages, no QUIC (which would ignore the loopback servers' ports).
const FLAGS: [&str; 12] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=Translate,OptimizationHints,MediaRouter",
    "--window-size=1280,1000",
];

/// A running chromedriver, from which browsers are opened.
#[derive(Debug)]
pub struct Chromium {
    url: String,
    profiles: PathBuf,
    start: PathBuf,
    opened: AtomicU32,
    _driver: Service,
}

impl Chromium {
    /// Starts chromedriver. Its browsers check certificates and trust those of `authority`.
    pub fn start(folder: &RunFolder, authority: &Path) -> Result<Self> {
        let home = folder.path("browser");
        trust(&home, authority).context("cannot make the browser trust the world's certificate authority")?;
        let start = home.join("chromium");
        // Chromium must end with chromedriver, even when that is killed.
        fs::write(&start, "#!/bin/sh\nexec setpriv --pdeathsig KILL -- /usr/bin/chromium \"$@\"\n")?;
        fs::set_permissions(&start, fs::Permissions::from_mode(0o755))?;
        let port = http::free_port()?;
        let mut driver = Program::new("chromedriver")
            .arg(format!("--port={port}"))
            .env("HOME", &home)
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("XDG_DATA_HOME", home.join("data"))
            .service(&folder.path("chromedriver.log"))?;
        driver.wait_until(Duration::from_secs(30), |_| TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok())?;
        let url = format!("http://127.0.0.1:{port}");
        Ok(Self { url, profiles: home.join("profiles"), start, opened: AtomicU32::new(0), _driver: driver })
    }

    /// Opens a browser with a new, empty profile that prefers a language, as in `en-US` or `zh-CN`.
    pub fn open(&self, language: &str) -> Result<Browser> {
        self.open_with(language, json!({}))
    }

    /// Opens a browser with the screen of a telephone, and another user agent.
    pub fn open_telephone(&self, language: &str, user_agent: &str) -> Result<Browser> {
        let screen = json!({ "width": 400, "height": 800, "pixelRatio": 2.0, "touch": true, "mobile": true });
        self.open_with(language, json!({ "mobileEmulation": { "deviceMetrics": screen, "userAgent": user_agent } }))
    }

    /// `more` are options of chromedriver.
    fn open_with(&self, language: &str, more: Value) -> Result<Browser> {
        let number = self.opened.fetch_add(1, Ordering::Relaxed);
        let profile = self.profiles.join(number.to_string());
        fs::create_dir_all(&profile)?;
        let mut flags: Vec<String> = FLAGS.map(str::to_owned).to_vec();
        flags.push(format!("--lang={language}"));
        flags.push(format!("--user-data-dir={}", profile.display()));
        let mut capabilities: Value = json!({
            "browserName": "chrome",
            "acceptInsecureCerts": false,
            "goog:chromeOptions": {
                "binary": self.start,
                "args": flags,
                "prefs": { "intl.accept_languages": language, "credentials_enable_service": false },
            },
        });
        if let (Some(options), Value::Object(more)) = (capabilities["goog:chromeOptions"].as_object_mut(), more) {
            options.extend(more);
        }
        Browser::connect(&self.url, capabilities)
    }
}

/// Puts a certificate authority into the database that Chromium reads in its home.
fn trust(home: &Path, authority: &Path) -> Result<()> {
    // Chromium reads the first of these that exists.
    for place in [".pki/nssdb", "data/pki/nssdb"] {
        let folder = home.join(place);
        fs::create_dir_all(&folder)?;
        let database = format!("sql:{}", folder.display());
        Program::new("certutil").args(["-N", "--empty-password", "-d", &database]).output()?;
        Program::new("certutil")
            .args(["-A", "-t", "C,,", "-n", "world", "-d", &database, "-i"])
            .arg(authority)
            .output()?;
    }
    Ok(())
}
