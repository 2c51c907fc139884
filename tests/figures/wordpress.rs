//! Whole sign-ins with WordPress, nginx and PHP-FPM, beside a client that verifies nothing (`client.php`).

use crate::cpu::Family;
use crate::php::Sidecar;
use crate::report::{Row, Section};
use serde_json::json;
use simulator::http::Server;
use simulator::provider::Provider;
use simulator::provider::visitor::Visitor;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime, UNIX_EPOCH};
use world::cookie_client::CookieClient;
use world::figures::page_view::{self, View};
use world::package::{PLUGIN, Package};
use world::php::Pool;
use world::wordpress::{Options, Site};
use world::world::World;

/// Turns that each client takes, and its sign-ins in a turn: the kernel counts in hundredths of a second.
const TURNS: usize = 3;
const SIGN_INS: u32 = 16;
/// The same without opcache, where each takes ten times as long.
const COLD_SIGN_INS: u32 = 4;

/// Who signs in during the load, how often, and with how many workers.
const VISITORS: usize = 20;
const CALLBACKS: usize = 200;
const WORKERS: usize = 4;

/// Processes that work for a client; nginx, the database and the provider are the same for all.
const COUNTED: [&str; 2] = ["php-fpm", "logto-sign-in listen"];

/// A client: how the header `X-Figures` calls it (`switch.php`), and where it begins.
#[derive(Clone, Copy)]
struct Client {
    name: &'static str,
    variant: &'static str,
    action: &'static str,
    aim: f64,
}

const GENERIC: Client = Client { name: "generic client", variant: "generic", action: "generic", aim: 0.0 };

const TRANSPORTS: [Client; 3] = [
    Client { name: "FFI", variant: "ffi", action: "logto", aim: 1.2 },
    Client { name: "socket", variant: "socket", action: "logto", aim: 1.2 },
    Client { name: "child", variant: "process", action: "logto", aim: 1.6 },
];

/// A site where both clients are installed, and their provider.
pub struct Wordpress {
    site: Site,
    provider: Server,
    sidecar: Sidecar,
}

impl Wordpress {
    /// Installs everything.
    pub fn prepare(world: &World, package: &Package) -> Result<Self, Box<dyn Error>> {
        let site = world.site(&Options { pool: Pool::Ffi, ..Options::default() })?;
        let provider = Server::start(Provider::new("http://127.0.0.1"))?;
        let address = |action: &str| format!("{}/wp-login.php?action={action}", site.url);
        "secret".clone_into(&mut provider.provider().app_secret);
        provider.provider().redirect_uris = vec![address("logto_callback"), address("generic_callback")];
        site.activate(&package.zip, PLUGIN)?;
        fs::copy(own("client.php"), site.folder.join("wp-content/plugins/client.php"))?;
        let config = site.folder.join("wp-config.php");
        let switch = format!("<?php\nrequire '{}';\n", own("switch.php").display());
        fs::write(&config, fs::read_to_string(&config)?.replacen("<?php\n", &switch, 1))?;
        let (url, id) = (provider.url.clone(), provider.provider().app_id.clone());
        let ours = json!({"endpoint": url, "app_id": id, "app_secret": "secret"});
        let generic = json!({"url": format!("{url}/oidc"), "id": id, "secret": "secret"});
        for (option, settings) in [("logto_sign_in", ours), ("generic_client", generic)] {
            site.run_php(&format!("update_option('{option}', json_decode({:?}, true));", settings.to_string()))?;
        }
        let wordpress = Self { site, provider, sidecar: Sidecar::start(&package.program)? };
        // Accounts, caches and workers are there when the first turn begins.
        for client in TRANSPORTS.into_iter().chain([GENERIC]) {
            wordpress.sign_in(client, &Visitor::alice())?;
        }
        Ok(wordpress)
    }

    /// CPU of the start and of the callback, by transport, beside the generic client's.
    pub fn sign_ins(&self) -> Result<Section, Box<dyn Error>> {
        let mut rows = Vec::new();
        for cache in ["warm", "cold"] {
            let mut times: [[Vec<f64>; 2]; 4] = Default::default();
            for _ in 0..TURNS {
                for (client, times) in TRANSPORTS.into_iter().chain([GENERIC]).zip(&mut times) {
                    let [start, callback] = self.turn(client, cache)?;
                    times[0].push(start);
                    times[1].push(callback);
                }
            }
            let [ours @ .., generic] = &times;
            for (part, what) in ["wp-login.php → 302", "callback"].into_iter().enumerate() {
                for (client, times) in TRANSPORTS.iter().zip(ours) {
                    let opcache = if cache == "warm" { "" } else { ", without opcache" };
                    let name = format!("{what}, {}{opcache}", client.name);
                    let row = Row::paired(name, &times[part], &generic[part], "ms");
                    rows.push(if cache == "warm" { row.aim_ratio(client.aim) } else { row });
                }
            }
        }
        Ok(Section { name: "a sign-in with WordPress: CPU of PHP, child and sidecar", beside: "generic client", rows })
    }

    /// Many visitors at once, over FFI.
    pub fn load(&self) -> Result<Section, Box<dyn Error>> {
        let ffi = self.flood(TRANSPORTS[0])?;
        let generic = self.flood(GENERIC)?;
        let row = |name, pick: fn(&Flood) -> f64, unit| Row::paired(name, &[pick(&ffi)], &[pick(&generic)], unit);
        let rows = vec![
            row("callbacks a second", |flood| flood.per_second, "/s"),
            row("p50 of a callback", |flood| flood.p50, "ms"),
            row("p99 of a callback", |flood| flood.p99, "ms"),
            row("memory of PHP and sidecar, shared pages counted each time", |flood| flood.mebibytes, "MiB"),
            Row::new("failures", f64::from(ffi.failures), "").aim(0.0),
        ];
        Ok(Section { name: "200 callbacks of 20 visitors on 4 workers, FFI", beside: "generic client", rows })
    }

    /// CPU of a callback when the table of identities has grown.
    pub fn identities(&self) -> Result<Row, Box<dyn Error>> {
        let turns = || -> Result<Vec<f64>, Box<dyn Error>> {
            (0..TURNS).map(|_| Ok(self.turn(TRANSPORTS[0], "warm")?[1])).collect()
        };
        let one = turns()?;
        self.site.run_sql(
            "INSERT INTO wp_logto_identities (issuer_hash, subject, user_id, issuer, created)
             SELECT issuer_hash, CONCAT('grown', seq), 1000000 + seq, issuer, created
             FROM (SELECT * FROM wp_logto_identities LIMIT 1) one, seq_1_to_100000",
        )?;
        Ok(Row::paired("callback with 100,000 identities instead of one, with WordPress", &turns()?, &one, "ms"))
    }

    /// The front page with the plugin beside without.
    pub fn page_view(&self, site: &Site, package: &Package) -> Result<Section, Box<dyn Error>> {
        let without = page_view::measure(site)?;
        site.activate(&package.zip, PLUGIN)?;
        let settings = json!({"endpoint": self.provider.url, "app_id": "app", "app_secret": "secret"});
        site.run_php(&format!("update_option('logto_sign_in', json_decode({:?}, true));", settings.to_string()))?;
        let with = page_view::measure(site)?;
        let row = |name, pick: fn(&View) -> f64, unit| Row::paired(name, &[pick(&with)], &[pick(&without)], unit);
        // A ratio of 1.001 would be printed as none.
        let percent = (with.warm / without.warm - 1.0) * 100.0;
        let more = |name, pick: fn(&View) -> f64, unit| Row::new(name, pick(&with) - pick(&without), unit);
        Ok(Section {
            name: "a page view that signs nobody in",
            beside: "without the plugin",
            rows: vec![
                row("instructions, warm opcache", |view| view.warm / 1e6, "million"),
                Row::new("more instructions, warm opcache", percent, "%").aim(0.15),
                row("instructions, nothing compiled", |view| view.cold / 1e6, "million"),
                more("more memory at the peak, warm opcache", |view| view.memory_warm / 1024.0, "KiB").aim(25.0),
                more("more memory at the peak, nothing compiled", |view| view.memory_cold / 1024.0, "KiB"),
                more("more files", |view| view.files, ""),
                more("more queries", |view| view.queries, "").aim(0.0),
            ],
        })
    }

    /// Milliseconds of CPU of one start and of one callback.
    fn turn(&self, client: Client, cache: &str) -> Result<[f64; 2], Box<dyn Error>> {
        let times = if cache == "cold" { COLD_SIGN_INS } else { SIGN_INS };
        let mut browsers: Vec<_> = (0..times).map(|_| self.browser(client, cache)).collect();
        let cpu = || Family::now().milliseconds(&COUNTED);
        let began = cpu();
        let started = browsers.iter_mut().map(|browser| self.start(browser, client)).collect::<Result<Vec<_>, _>>()?;
        let between = cpu();
        for (browser, url) in browsers.iter_mut().zip(started) {
            self.come_back(browser, &url, &Visitor::alice())?;
        }
        let ended = cpu();
        Ok([between - began, ended - between].map(|spent| spent / f64::from(times)))
    }

    fn flood(&self, client: Client) -> Result<Flood, Box<dyn Error>> {
        let visitor = |number: usize| {
            let (name, mail) = (format!("visitor {number}"), format!("visitor{number}@example.com"));
            let claims = json!({"name": name, "email": mail, "email_verified": true});
            Visitor::new(&format!("visitor{number:02}"), &claims)
        };
        let visitors: Vec<Visitor> = (0..VISITORS).map(visitor).collect();
        for visitor in &visitors {
            self.sign_in(client, visitor)?;
        }
        let began = Instant::now();
        // None is a failure.
        let sign_in = |visitor| self.sign_in(client, visitor).ok();
        let mut times: Vec<f64> = std::thread::scope(|scope| {
            let work = |worker| {
                let own = visitors.iter().cycle().skip(worker).step_by(WORKERS).take(CALLBACKS / WORKERS);
                scope.spawn(move || own.filter_map(sign_in).collect::<Vec<f64>>())
            };
            let workers: Vec<_> = (0..WORKERS).map(work).collect();
            workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
        });
        let seconds = began.elapsed().as_secs_f64();
        times.sort_by(f64::total_cmp);
        let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or(f64::NAN);
        Ok(Flood {
            per_second: f64::from(u32::try_from(times.len())?) / seconds,
            p50: at(50),
            p99: at(99),
            mebibytes: Family::now().mebibytes(&COUNTED),
            failures: u32::try_from(CALLBACKS - times.len())?,
        })
    }

    fn browser(&self, client: Client, cache: &str) -> CookieClient {
        let socket = self.sidecar.socket();
        CookieClient::sending("x-figures", &format!("{} {cache} {}", client.variant, socket.display()))
    }

    /// A whole sign-in; the milliseconds of the callback.
    fn sign_in(&self, client: Client, visitor: &Visitor) -> Result<f64, Box<dyn Error>> {
        let mut browser = self.browser(client, "warm");
        let url = self.start(&mut browser, client)?;
        self.come_back(&mut browser, &url, visitor)
    }

    /// Opens the client's address; where it sends the visitor.
    fn start(&self, browser: &mut CookieClient, client: Client) -> Result<String, Box<dyn Error>> {
        let answer = browser.get(&format!("{}/wp-login.php?action={}", self.site.url, client.action))?;
        let location = answer.header("location").map(str::to_owned);
        location.ok_or_else(|| format!("{} does not start: {} {}", client.name, answer.status, answer.body).into())
    }

    /// Consents at the provider and comes back; the milliseconds until the visitor is signed in.
    fn come_back(&self, browser: &mut CookieClient, url: &str, visitor: &Visitor) -> Result<f64, Box<dyn Error>> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
        let back = {
            let mut provider = self.provider.provider();
            provider.visitor = visitor.clone();
            provider.consent(url, now)
        };
        let began = Instant::now();
        let answer = browser.get(&back)?;
        let milliseconds = began.elapsed().as_secs_f64() * 1e3;
        if browser.is_signed_in() {
            Ok(milliseconds)
        } else {
            Err(format!("nobody was signed in: {} {}", answer.status, answer.body).into())
        }
    }
}

/// What a flood of visitors met.
struct Flood {
    per_second: f64,
    p50: f64,
    p99: f64,
    mebibytes: f64,
    failures: u32,
}

/// A file beside this one.
fn own(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/figures").join(name)
}
