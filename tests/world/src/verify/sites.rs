//! A sign-in on each kind of WordPress that the plugin supports, by a client that shows no page.

use super::{Row, Tally};
use crate::cookie_client::CookieClient;
use crate::package::{self, PLUGIN};
use crate::php::Pool;
use crate::progress;
use crate::wordpress::site::SECOND;
use crate::wordpress::{Options, Site, Version};
use crate::world::World;
use crate::{Context as _, Result, ensure};
use serde_json::json;
use simulator::http::Server;
use simulator::provider::Provider;
use simulator::provider::visitor::Visitor;
use std::fs;
use std::path::Path;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// A kind of WordPress.
struct Kind {
    name: &'static str,
    options: Options,
    /// Which site the visitor opens.
    visited: Visited,
    /// The transport that answers.
    transport: &'static str,
}

#[derive(Clone, Copy)]
enum Visited {
    /// The only site.
    Site,
    /// The only site, whose front page is at the root and whose WordPress is in a folder.
    Root,
    /// The second site of the network, by its path.
    SecondPath,
    /// The second site of the network, by its name.
    SecondName,
}

/// Every kind, the plain run's own among them: the table is to be whole.
fn kinds() -> [Kind; 12] {
    let plain = Options::default;
    let kind = |name, options| Kind { name, options, visited: Visited::Site, transport: "process" };
    let network = Options { network: true, ..plain() };
    [
        kind("WordPress 6.1", Options { version: Version::V6_1, ..plain() }),
        kind("WordPress 6.8", Options { version: Version::V6_8, ..plain() }),
        kind("WordPress 7.1", plain()),
        Kind { transport: "ffi", ..kind("FFI", Options { pool: Pool::Ffi, ..plain() }) },
        Kind { transport: "php", ..kind("no programs, no FFI", Options { pool: Pool::NoPrograms, ..plain() }) },
        kind("subdirectory", Options { directory: "/blog", ..plain() }),
        kind("plain permalinks", Options { permalinks: "", ..plain() }),
        Kind { visited: Visited::Root, ..kind("home is not site", Options { directory: "/wp", ..plain() }) },
        kind("https, the world's CA", Options { https: true, ..plain() }),
        kind("network, first site", network.clone()),
        Kind { visited: Visited::SecondPath, ..kind("network, subdirectory", network.clone()) },
        Kind { visited: Visited::SecondName, ..kind("network, subdomain", Options { subdomains: true, ..network }) },
    ]
}

/// A visitor signs in on each, twice: the second time with the same account.
pub(super) fn sites() -> Result<Tally> {
    let package = package::build()?;
    let world = World::start()?;
    let kinds = kinds();
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    for kind in &kinds {
        let begun = Instant::now();
        let found = sign_in(&world, &package.zip, kind);
        rows.push(Row {
            what: kind.name.to_owned(),
            result: if found.is_ok() { format!("signs in, by {}", kind.transport) } else { "FAILED".to_owned() },
            took: begun.elapsed(),
        });
        problems.extend(found.err().map(|error| format!("{}: {error:#}", kind.name)));
    }
    Ok(Tally { rows, ..Tally::of(kinds.len(), &problems) })
}

fn sign_in(world: &World, zip: &Path, kind: &Kind) -> Result<()> {
    let site = world.site(&kind.options)?;
    let server = Server::start(Provider::new("http://127.0.0.1"))?;
    // Over https the provider is too, with a certificate that only the world's authority has signed.
    let front = kind.options.https.then(|| world.https_front(&server.url)).transpose()?;
    if let Some(front) = &front {
        server.provider().endpoint.clone_from(&front.address);
    }
    if matches!(kind.visited, Visited::Root) {
        move_home_to_root(&site, kind.options.directory)?;
    }
    site.activate(zip, PLUGIN)?;
    let place = Place::of(&site, kind)?;
    set_up(&site, &server, &place)?;

    let authority = fs::read_to_string(world.authority().certificate())?;
    for _ in 0..2 {
        let mut browser = CookieClient::trusting(authority.clone());
        place.sign_in(&mut browser, &server)?;
    }

    let users = site.run_sql("SELECT COUNT(*) FROM wp_users")?;
    ensure!(users == "2", "the administrator and the visitor, not {users}");
    let answered = site.run_php(
        "foreach (is_multisite() ? get_sites(['fields' => 'ids']) : [0] as $blog) {
             $blog === 0 || switch_to_blog($blog);
             foreach (get_transient('logto_sign_in_transports') ?: [] as $server) {
                 foreach ($server as $transport => $noted) { echo $noted['answered'] ? $transport . ' ' : ''; }
             }
         }",
    )?;
    ensure!(answered.split_whitespace().any(|one| one == kind.transport), "{answered:?} answered");
    ensure!(site.complaints().is_empty(), "{}", site.complaints());
    progress::say(&format!("{}: ok", kind.name));
    Ok(())
}

/// WordPress's handbook calls it “giving WordPress its own directory”.
fn move_home_to_root(site: &Site, directory: &str) -> Result<()> {
    let root = site.folder.parent().context("a folder in the documents")?;
    let index = format!("<?php\ndefine('WP_USE_THEMES', true);\nrequire __DIR__ . '{directory}/wp-blog-header.php';\n");
    fs::write(root.join("index.php"), index)?;
    site.run_php(&format!("update_option('home', substr(site_url(), 0, -strlen('{directory}')));")).map(drop)
}

/// The site that a visitor opens: its address, and the web server's.
struct Place {
    url: String,
    server: String,
}

impl Place {
    fn of(site: &Site, kind: &Kind) -> Result<Self> {
        let url = match kind.visited {
            Visited::Site | Visited::Root => site.url.clone(),
            Visited::SecondPath => format!("{}{SECOND}", site.url),
            Visited::SecondName => site.url.replacen("//", &format!("//{}.", &SECOND[1..]), 1),
        };
        let port = url.rsplit(':').next().and_then(|rest| rest.split('/').next()).context("an address with a port")?;
        let server =
            if kind.options.https { format!("https://localhost:{port}") } else { format!("http://127.0.0.1:{port}") };
        Ok(Self { url, server })
    }

    fn sign_in(&self, browser: &mut CookieClient, server: &Server) -> Result<()> {
        let started = browser.get_at(&self.server, &format!("{}/wp-login.php?action=logto", self.url))?;
        let to =
            started.header("location").with_context(|| format!("no start: {} {}", started.status, started.body))?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
        let back = {
            let mut provider = server.provider();
            provider.visitor = Visitor::alice();
            provider.consent(to, now)
        };
        let answer = browser.get_at(&self.server, &back)?;
        ensure!(browser.is_signed_in(), "no session: {} {}", answer.status, answer.body);
        let profile = browser.get_at(&self.server, &format!("{}/wp-admin/profile.php", self.url))?;
        ensure!(profile.body.contains("Alice Example"), "no profile: {} {}", profile.status, profile.body);
        Ok(())
    }
}

/// The settings of an administrator, and the addresses that they register at the provider.
fn set_up(site: &Site, server: &Server, place: &Place) -> Result<()> {
    let mut provider = server.provider();
    let address = |action: &str| format!("{}/wp-login.php?action={action}", place.url);
    provider.redirect_uris = vec![address("logto_callback")];
    provider.post_logout_redirect_uris = vec![address("logto_signed_out")];
    let settings = json!({
        "endpoint": provider.endpoint,
        "app_id": provider.app_id,
        "app_secret": provider.app_secret,
    });
    site.run_php(&format!(
        "$settings = json_decode({:?}, true);
         is_multisite() ? update_site_option('logto_sign_in_network', $settings) : update_option('logto_sign_in', $settings);
         delete_site_option('logto_sign_in_proof');",
        settings.to_string()
    ))
    .map(drop)
}
