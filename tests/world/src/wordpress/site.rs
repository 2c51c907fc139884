//! A WordPress site: its own copy of the files, its own database, installed and ready.

use super::files::{self, Version};
use crate::authority::ServerCertificate;
use crate::database::{self, Database};
use crate::paths::{self, RunFolder};
use crate::php::{self, PhpFpm, Pool};
use crate::process::{Program, Service};
use crate::web::{self, Front};
use crate::{Context, Result, ensure, http};
use std::fmt::Write;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// How a site is set up.
#[derive(Clone, Debug)]
pub struct Options {
    /// The version of WordPress.
    pub version: Version,
    /// The structure of permalinks; empty for plain ones, as in `/?p=1`.
    pub permalinks: &'static str,
    /// The path that WordPress is installed under: empty, or like `/blog`.
    pub directory: &'static str,
    /// Whether the site is served over https, at `localhost` with a certificate of the world's authority.
    pub https: bool,
    /// How PHP is configured.
    pub pool: Pool,
    /// WordPress's language, as in `zh_CN`; empty for English.
    pub language: &'static str,
    /// Whether it is a network: the site itself is the first, below it are [`SECOND`] and [`THIRD`].
    pub network: bool,
    /// Whether the sites of a network have names in the place of paths: `second.sites.localhost` is the second one.
    pub subdomains: bool,
}

/// The path of a network's second site.
pub const SECOND: &str = "/second";

/// The path of a network's third site.
pub const THIRD: &str = "/third";

impl Default for Options {
    fn default() -> Self {
        Self {
            version: Version::V7_1,
            permalinks: "/%year%/%postname%/",
            directory: "",
            https: false,
            pool: Pool::Normal,
            language: "",
            network: false,
            subdomains: false,
        }
    }
}

/// The services that a site runs on.
pub(crate) struct Services<'a> {
    pub(crate) folder: &'a RunFolder,
    pub(crate) database: &'a Database,
    pub(crate) php: &'a PhpFpm,
    pub(crate) certificate: &'a ServerCertificate,
    pub(crate) authority: &'a Path,
}

/// An installed and running site.
#[derive(Debug)]
pub struct Site {
    /// Its address, without a slash at the end.
    pub url: String,
    /// The administrator's password; the name is `admin`.
    pub password: String,
    /// WordPress's folder.
    pub folder: PathBuf,
    network: bool,
    database: String,
    socket: PathBuf,
    _web: Service,
}

/// The administrator's name on every site.
pub const ADMIN: &str = "admin";

impl Site {
    pub(crate) fn create(services: &Services<'_>, options: &Options) -> Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(1);
        let name = format!("site{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let documents = services.folder.path(&name);
        let folder = documents.join(options.directory.trim_start_matches('/'));
        paths::copy_folder(&files::require(options.version)?, &folder)?;

        let port = http::free_port()?;
        let (scheme, host) = match options {
            Options { https: true, .. } => ("https", "localhost"),
            Options { subdomains: true, .. } => ("http", "sites.localhost"),
            _ => ("http", "127.0.0.1"),
        };
        let url = format!("{scheme}://{host}:{port}{}", options.directory);
        services.database.create(&name)?;
        fs::write(folder.join("wp-config.php"), configuration(&name, services, &folder)?)?;
        let plugins = folder.join("wp-content/mu-plugins");
        fs::create_dir_all(&plugins)?;
        let own = include_str!("must_use.php").replace("%authority%", &services.authority.display().to_string());
        fs::write(plugins.join("world.php"), own)?;

        let password = random_text(12)?;
        let install = folder.join("world-install.php");
        fs::write(&install, include_str!("install.php"))?;
        let said = php::command_line()
            .arg("-f")
            .arg(&install)
            .args([url.as_str(), ADMIN, &password, options.language, options.version.theme(), options.permalinks])
            .folder(&folder)
            .output()
            .context("cannot install WordPress")?;
        ensure!(said.trim_end().ends_with("installed"), "WordPress was not installed:\n{said}");
        fs::remove_file(install)?;
        if options.network {
            make_network(&folder, &url, options.subdomains)?;
        }

        let web = web::start(
            services.folder,
            &Front {
                name: &name,
                port,
                documents: &documents,
                directory: options.directory,
                network: options.network,
                php: services.php.socket(options.pool),
                certificate: options.https.then_some(services.certificate),
            },
        )?;
        Ok(Self {
            url,
            password,
            folder,
            network: options.network,
            database: name,
            socket: services.database.socket().to_path_buf(),
            _web: web,
        })
    }

    /// WordPress's debug log: every notice, warning and error of PHP on this site.
    pub fn debug_log(&self) -> String {
        fs::read_to_string(self.folder.join("wp-content/debug.log")).unwrap_or_default()
    }

    /// Those lines of the debug log that are the plugin's business, or anybody's: WordPress without the network has
    /// notices of its own.
    pub fn complaints(&self) -> String {
        let log = self.debug_log();
        let ours = log.lines().filter(|line| {
            line.contains("logto-sign-in") || line.contains("LogtoSignIn") || line.contains("PHP Fatal")
        });
        ours.collect::<Vec<_>>().join("\n")
    }

    /// Every mail that the site wanted to send, as one line of JSON each.
    pub fn mails(&self) -> String {
        fs::read_to_string(self.folder.join("wp-content/mail.log")).unwrap_or_default()
    }

    /// Runs PHP code inside the site and gives what it prints.
    pub fn run_php(&self, code: &str) -> Result<String> {
        let load = format!("require {:?};\n{code}", self.folder.join("wp-load.php").display().to_string());
        self.php().arg("-r").arg(load).output()
    }

    /// Runs SQL in the site's database, where tables begin with `wp_`, and gives its result as tab-separated lines. Much
    /// quicker than [`run_php`](Self::run_php), which loads WordPress.
    pub fn run_sql(&self, sql: &str) -> Result<String> {
        let result = database::client(&self.socket).args(["-e", sql, &self.database]).output()?;
        Ok(result.trim_end().to_owned())
    }

    /// Unpacks a plugin's zip and activates the plugin, past the pages that an administrator does it on. What is set up then
    /// counts as proven, as it does after an update from version 0.1.
    pub fn activate(&self, zip: &Path, plugin: &str) -> Result<()> {
        zip::ZipArchive::new(fs::File::open(zip)?)?.extract(self.folder.join("wp-content/plugins"))?;
        let said = self
            .run_php(&format!(
                "require_once ABSPATH . 'wp-admin/includes/plugin.php';
                 $error = activate_plugin('{plugin}', '', is_multisite());
                 delete_site_option('logto_sign_in_proof');
                 echo is_wp_error($error) ? $error->get_error_message() : 'active';"
            ))
            .context("cannot activate the plugin")?;
        ensure!(said.ends_with("active"), "the plugin cannot be activated: {said}");
        Ok(())
    }

    /// Leads the plugin to a stand-in for DingTalk, which its settings page has no field for.
    pub fn lead_dingtalk_to(&self, url: &str) -> Result<()> {
        let filter = format!(
            "<?php add_filter('option_logto_sign_in', fn($stored) => \
             is_array($stored) ? ['dingtalk_origin' => '{url}'] + $stored : $stored);\n"
        );
        fs::write(self.folder.join("wp-content/mu-plugins/dingtalk.php"), filter)?;
        Ok(())
    }

    /// PHP's command line in the site's folder.
    pub fn php(&self) -> Program {
        let php = php::command_line().folder(&self.folder);
        if self.network { asked_for(php, &self.url) } else { php }
    }
}

/// Turns an installed site into a network of three, in WordPress's own two steps: tables first, then the configuration
/// that says that they are there.
fn make_network(folder: &Path, url: &str, subdomains: bool) -> Result<()> {
    let script = folder.join("world-network.php");
    fs::write(&script, include_str!("network.php"))?;
    let run = || {
        let said = asked_for(php::command_line().folder(folder), url)
            .arg("-f")
            .arg(&script)
            .args([url, SECOND, THIRD, if subdomains { "subdomains" } else { "" }])
            .output()
            .context("cannot make a network")?;
        ensure!(said.trim_end().ends_with("done"), "WordPress made no network:\n{said}");
        Ok(())
    };
    run()?;
    let config = folder.join("wp-config.php");
    let lines = fs::read_to_string(&config)?;
    let switch = format!("<?php\ndefine('MULTISITE', true);\ndefine('SUBDOMAIN_INSTALL', {subdomains});\n");
    fs::write(&config, lines.replacen("<?php\n", &switch, 1))?;
    run()?;
    fs::remove_file(script)?;
    Ok(())
}

/// A network finds out by the request which of its sites is meant, on the command line too.
fn asked_for(php: Program, url: &str) -> Program {
    let address = url.split_once("://").map_or(url, |(_, address)| address);
    let (host, path) = address.split_once('/').unwrap_or((address, ""));
    php.env("HTTP_HOST", host).env("REQUEST_URI", format!("/{path}"))
}

fn configuration(name: &str, services: &Services<'_>, folder: &Path) -> Result<String> {
    let mut config = String::from("<?php\n");
    let constants = [
        ("DB_NAME", name.to_owned()),
        ("DB_USER", "root".to_owned()),
        ("DB_PASSWORD", String::new()),
        ("DB_HOST", format!("localhost:{}", services.database.socket().display())),
        ("DB_CHARSET", "utf8mb4".to_owned()),
        ("DB_COLLATE", String::new()),
        ("FS_METHOD", "direct".to_owned()),
        ("WP_ACCESSIBLE_HOSTS", "127.0.0.1,localhost".to_owned()),
        ("WP_DEBUG_LOG", folder.join("wp-content/debug.log").display().to_string()),
    ];
    for (constant, value) in constants {
        writeln!(config, "define('{constant}', '{value}');")?;
    }
    for salt in ["AUTH", "SECURE_AUTH", "LOGGED_IN", "NONCE"] {
        writeln!(config, "define('{salt}_KEY', '{}');", random_text(32)?)?;
        writeln!(config, "define('{salt}_SALT', '{}');", random_text(32)?)?;
    }
    for (switch, on) in [
        ("WP_DEBUG", true),
        ("WP_DEBUG_DISPLAY", false),
        ("WP_HTTP_BLOCK_EXTERNAL", true),
        ("DISABLE_WP_CRON", true),
        ("AUTOMATIC_UPDATER_DISABLED", true),
    ] {
        writeln!(config, "define('{switch}', {on});")?;
    }
    config.push_str(
        "$table_prefix = 'wp_';\n\
         if (!defined('ABSPATH')) {\n    define('ABSPATH', __DIR__ . '/');\n}\n\
         require_once ABSPATH . 'wp-settings.php';\n",
    );
    Ok(config)
}

/// Random bytes from the kernel, in hexadecimal.
fn random_text(bytes: usize) -> Result<String> {
    let mut random = vec![0; bytes];
    fs::File::open("/dev/urandom")?.read_exact(&mut random)?;
    let digits: Vec<String> = random.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(digits.concat())
}
