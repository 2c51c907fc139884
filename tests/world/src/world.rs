//! The running services, and sites on them.

use crate::authority::{Authority, ServerCertificate};
use crate::browser::Browser;
use crate::chromium::Chromium;
use crate::database::Database;
use crate::install::debian;
use crate::paths::RunFolder;
use crate::php::PhpFpm;
use crate::providers::Logto;
use crate::proxy::{HttpsFront, Proxies};
use crate::redis::Redis;
use crate::secrets::{self, Place};
use crate::webview::{Bridge, Webview};
use crate::wordpress::site::{Options, Services, Site};
use crate::wordpress::twin::Twin;
use crate::{Result, progress};
use std::fs;
use std::sync::Mutex;
use std::sync::OnceLock;

/// MariaDB, PHP-FPM and, when first used, a browser, with a certificate authority of their own.
///
/// Fields end in the order written: what uses something ends before it.
pub struct World {
    chromium: OnceLock<Chromium>,
    opening: Mutex<()>,
    php: PhpFpm,
    database: Database,
    certificate: ServerCertificate,
    authority: Authority,
    folder: RunFolder,
}

impl World {
    /// Installs what is missing and starts the services.
    pub fn start() -> Result<Self> {
        debian::for_world()?;
        let folder = RunFolder::create()?;
        let authority = Authority::create(&folder.path("authority"))?;
        let certificate = authority.sign("server", &["localhost", "127.0.0.1"])?;
        let database = progress::step("Starting MariaDB", || Database::start(&folder))?;
        let php = progress::step("Starting PHP", || PhpFpm::start(&folder))?;
        Ok(Self { chromium: OnceLock::new(), opening: Mutex::new(()), php, database, certificate, authority, folder })
    }

    /// Creates a site.
    pub fn site(&self, options: &Options) -> Result<Site> {
        let name = format!("Installing WordPress {}", options.version.number());
        progress::step(&name, || {
            Site::create(
                &Services {
                    folder: &self.folder,
                    database: &self.database,
                    php: &self.php,
                    certificate: &self.certificate,
                    authority: self.authority.certificate(),
                },
                options,
            )
        })
    }

    /// Starts a second web server of a site, with the files that the site has now.
    pub fn twin(&self, site: &Site) -> Result<Twin> {
        Twin::start(site, &self.folder, &self.php)
    }

    /// Starts a proxy in front of a site that ends TLS, and one for the site's own requests.
    pub fn proxies(&self, site: &Site) -> Result<Proxies> {
        Proxies::start(site, &self.folder, &self.certificate)
    }

    /// Starts a proxy that ends TLS in front of another server.
    pub fn https_front(&self, server: &str) -> Result<HttpsFront> {
        HttpsFront::start(server, &self.folder, &self.certificate)
    }

    /// Starts Redis.
    pub fn redis(&self) -> Result<Redis> {
        Redis::start(&self.folder)
    }

    /// Starts Logto and DingTalk, over http.
    pub fn logto(&self) -> Result<Logto> {
        progress::step("Starting Logto and DingTalk", || Logto::start(&self.folder, None))
    }

    /// Starts Logto over https, and DingTalk.
    pub fn logto_with_https(&self) -> Result<Logto> {
        let authority = fs::read_to_string(self.authority.certificate())?;
        progress::step("Starting Logto and DingTalk", || {
            Logto::start(&self.folder, Some((&self.certificate, authority)))
        })
    }

    /// Opens a browser that prefers a language.
    pub fn browser(&self, language: &str) -> Result<Browser> {
        self.chromium()?.open(language)
    }

    /// Opens the DingTalk app of a visitor, by `unionId`.
    pub fn webview(&self, language: &str, bridge: Bridge, logto: &Logto, visitor: &str) -> Result<Webview> {
        let browser = self.chromium()?.open_telephone(language, &bridge.user_agent())?;
        Webview::of(browser, bridge, logto, visitor)
    }

    /// The certificate authority of the world's servers.
    pub fn authority(&self) -> &Authority {
        &self.authority
    }

    /// The database server.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// The KiB of memory that the largest worker of PHP holds.
    pub fn largest_worker(&self) -> u64 {
        self.php.largest_worker()
    }

    /// What the run has left behind so far: files, and tables of the sites.
    pub fn places(&self) -> Result<Vec<Place>> {
        secrets::places(&self.folder.path(""), &self.database)
    }

    fn chromium(&self) -> Result<&Chromium> {
        let _one_at_a_time = self.opening.lock();
        if let Some(chromium) = self.chromium.get() {
            return Ok(chromium);
        }
        let chromium =
            progress::step("Starting Chromium", || Chromium::start(&self.folder, self.authority.certificate()))?;
        Ok(self.chromium.get_or_init(|| chromium))
    }
}
