//! Sites whose servers break or stand between proxies: a service that dies, a second web server, tables that are gone.

use crate::fixture::simulated::SimulatedSite;
use crate::fixture::{Alone, Fixture, trials};
use libtest_mimic::Trial;
use serde_json::json;
use simulator::figures;
use simulator::provider::visitor::Visitor;
use std::fs::{self, Permissions};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use world::cookie_client::CookieClient;
use world::process::{Program, Service};
use world::redis::Redis;
use world::wordpress::twin::Twin;
use world::{Context as _, Result, bail, ensure};

/// Visitors who sign in at the same time, and how often each of them does.
const VISITORS: usize = 20;
const SIGN_INS_OF_EACH: usize = 10;

/// How often the service is killed meanwhile.
const KILLS: usize = 10;

/// The object cache, which both web servers share.
const OBJECT_CACHE: &str = include_str!("../php/plugins/object-cache.php");

/// Ends the worker of a callback at one of its queries.
const DYING_WORKER: &str = include_str!("../php/plugins/dying_worker.php");

/// At how many queries of a callback, evenly spread, a worker dies.
const DEATHS: usize = 12;

/// Users without an identity, identities without a user, and rows of meta without a user.
const HALF_DONE: &str = "SELECT
    (SELECT COUNT(*) FROM wp_users u LEFT JOIN wp_logto_identities i ON i.user_id = u.ID WHERE u.ID > 1 AND i.id IS NULL)
    + (SELECT COUNT(*) FROM wp_logto_identities i LEFT JOIN wp_users u ON u.ID = i.user_id WHERE u.ID IS NULL)
    + (SELECT COUNT(*) FROM wp_usermeta m LEFT JOIN wp_users u ON u.ID = m.user_id WHERE u.ID IS NULL)";

/// What sites behind a proxy that ends TLS have in wp-config.php.
const REVERSE_PROXY: &str = include_str!("../php/plugins/reverse_proxy.php");

pub fn trials(fixture: &Arc<Fixture>) -> Vec<Trial> {
    trials![Alone(fixture);
        fault_r3_a_dying_service_and_a_second_server_fail_nobody,
        fault_r2_a_table_that_a_backup_lacks_is_created_by_the_next_sign_in,
        sign_ins_outlive_dying_workers_and_emptied_caches,
        a_site_between_two_proxies_signs_in,
    ]
}

/// A site with two web servers, an object cache on Redis, and a service that each of them reaches on its socket.
struct Servers {
    simulated: SimulatedSite,
    twin: Twin,
    redis: Redis,
    folder: PathBuf,
}

impl Servers {
    /// Waits until PHP is connected to the service, 5 s at most: killed between two sign-ins, it would disturb nobody.
    fn wait_for_a_conversation(&self) -> Result<()> {
        let path = self.folder.join("socket").display().to_string();
        let given_up = Instant::now() + Duration::from_secs(5);
        while Instant::now() < given_up {
            // The sixth column of a connected socket is 03; one that only listens has 01.
            let sockets = fs::read_to_string("/proc/net/unix")?;
            let is_connected = |line: &str| line.ends_with(&path) && line.split_whitespace().nth(5) == Some("03");
            if sockets.lines().any(is_connected) {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(1));
        }
        Ok(())
    }

    fn prepare(fixture: &Fixture) -> Result<Self> {
        let simulated = SimulatedSite::prepare(fixture)?;
        let redis = fixture.world()?.redis()?;
        let folder = std::env::temp_dir().join(format!("broken-servers-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        fs::set_permissions(&folder, Permissions::from_mode(0o755))?;
        let content = simulated.site.folder.join("wp-content");
        let constants =
            format!("<?php define('LOGTO_SIGN_IN_SOCKET', {:?});\n", folder.join("socket").display().to_string());
        fs::write(content.join("mu-plugins/socket.php"), constants)?;
        let cache = OBJECT_CACHE.replace("%socket%", &redis.socket().display().to_string());
        fs::write(content.join("object-cache.php"), cache)?;
        let twin = fixture.world()?.twin(&simulated.site)?;
        Ok(Self { simulated, twin, redis, folder })
    }

    fn service(&self) -> Result<Service> {
        let socket = self.folder.join("socket");
        let program = self.simulated.site.folder.join("wp-content/plugins/logto-sign-in/bin/logto-sign-in");
        let mut service =
            Program::new(program).args(["listen", "--socket"]).arg(&socket).service(&self.folder.join("log"))?;
        service.wait_until(Duration::from_secs(20), |_| UnixStream::connect(&socket).ok())?;
        Ok(service)
    }

    /// Lets both web servers take the service again at once, which they would skip for a minute.
    fn forget_failures(&self) -> Result<()> {
        let delete = ["DEL", "transient:logto_sign_in_transports"];
        Program::new("redis-cli").arg("-s").arg(self.redis.socket()).args(delete).output().map(drop)
    }

    /// Signs in with a new browser: begins at one web server and ends at the other.
    fn sign_in(&self, visitor: &Visitor, begins_at_the_twin: bool) -> Result<()> {
        let (here, there) = (self.simulated.site.url.as_str(), self.twin.address.as_str());
        let (first, second) = if begins_at_the_twin { (there, here) } else { (here, there) };
        let mut browser = CookieClient::default();
        let started = browser.get_at(first, &self.simulated.start_url())?;
        let provider = started.header("location").with_context(|| format!("{} {}", started.status, started.body))?;
        let ended = browser.get_at(second, &self.simulated.consent(provider, visitor))?;
        ensure!(ended.status == 302 && browser.is_signed_in(), "{} {}", ended.status, ended.body);
        Ok(())
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Of 46 visitors who signed in while the service was killed, 44 saw an error. A sign-in that begins on one web server
/// ends on the other, whatever dies in between, and nobody gets two accounts.
fn fault_r3_a_dying_service_and_a_second_server_fail_nobody(fixture: &Fixture) -> Result<()> {
    let servers = Servers::prepare(fixture)?;
    let mut service = servers.service()?;
    let done = AtomicUsize::new(0);

    let failures = thread::scope(|scope| -> Result<Vec<String>> {
        let visitors: Vec<_> = (0..VISITORS)
            .map(|number| {
                let (servers, done) = (&servers, &done);
                scope.spawn(move || {
                    let claims = json!({"name": "A Visitor", "email": format!("v{number}@example.org")});
                    let visitor = Visitor::new(&format!("visitor-{number}"), &claims);
                    let sign_in = |round: usize| {
                        let signed_in = servers.sign_in(&visitor, (number + round).is_multiple_of(2));
                        done.fetch_add(1, Ordering::Relaxed);
                        signed_in.err().map(|error| format!("{error:#}"))
                    };
                    (0..SIGN_INS_OF_EACH).filter_map(sign_in).collect::<Vec<_>>()
                })
            })
            .collect();
        for kill in 1..=KILLS {
            // Somewhere in the middle of the sign-ins of this round.
            while done.load(Ordering::Relaxed) < kill * VISITORS * SIGN_INS_OF_EACH / (KILLS + 1) {
                thread::sleep(Duration::from_millis(5));
            }
            servers.wait_for_a_conversation()?;
            service.kill();
            service = servers.service()?;
            servers.forget_failures()?;
        }
        Ok(visitors
            .into_iter()
            .flat_map(|visitor| visitor.join().unwrap_or_else(|_| vec!["panicked".into()]))
            .collect())
    })?;

    ensure!(failures.is_empty(), "{} of {VISITORS} × {SIGN_INS_OF_EACH}:\n{}", failures.len(), failures.join("\n"));
    let site = &servers.simulated.site;
    let count = site.run_sql(
        "SELECT COUNT(*), COUNT(DISTINCT i.user_id) FROM wp_users u LEFT JOIN wp_logto_identities i ON i.user_id = u.ID WHERE u.ID > 1",
    )?;
    assert_eq!(count, format!("{VISITORS}\t{VISITORS}"), "every account has its identity");
    assert!(service_was_used(&site.debug_log()), "the service was in use when it was killed");
    let counts = [("injected", figures::count(KILLS)), ("failed sign-ins", figures::count(failures.len()))];
    figures::tell("faults and recovery", "the service killed, between two web servers on one Redis", &counts);
    ensure!(site.complaints().is_empty(), "{}", site.complaints());
    Ok(())
}

/// Whether a sign-in lost its service in the middle of a conversation.
fn service_was_used(log: &str) -> bool {
    log.lines().any(|line| line.contains("[transport_skipped] socket: the connection was closed"))
}

/// A backup that was restored without one of the tables ended every sign-in with "already used".
fn fault_r2_a_table_that_a_backup_lacks_is_created_by_the_next_sign_in(fixture: &Fixture) -> Result<()> {
    let simulated = SimulatedSite::prepare(fixture)?;
    let site = &simulated.site;
    for table in ["wp_logto_used_states", "wp_logto_identities"] {
        site.run_sql(&format!("DROP TABLE {table}"))?;
        let visitor = Visitor::new(table, &json!({"name": "A Visitor"}));
        let mut browser = CookieClient::default();

        let answer = simulated.sign_in(&mut browser, &visitor)?;

        ensure!(browser.is_signed_in(), "without {table}: {} {}", answer.status, answer.body);
        figures::tell("faults and recovery", "a table is gone", &[("injected", 1), ("failed sign-ins", 0)]);
    }
    ensure!(site.complaints().is_empty(), "{}", site.complaints());
    Ok(())
}

/// The kernel ends a worker of PHP in the middle of a first sign-in: nothing is half done, whoever opens the page again gets
/// in or reads why not, and the next sign-in makes the account. Then visitors sign in while Redis is emptied over and over.
fn sign_ins_outlive_dying_workers_and_emptied_caches(fixture: &Fixture) -> Result<()> {
    let simulated = SimulatedSite::prepare(fixture)?;
    let (site, redis) = (&simulated.site, fixture.world()?.redis()?);
    let content = site.folder.join("wp-content");
    let cache = OBJECT_CACHE.replace("%socket%", &redis.socket().display().to_string());
    fs::write(content.join("object-cache.php"), cache)?;
    fs::write(content.join("mu-plugins/dying-worker.php"), DYING_WORKER)?;

    let (deaths, recovered) = dying_workers(&simulated)?;
    let counts = [("injected", deaths), ("recovered", recovered)];
    figures::tell("faults and recovery", "a worker of PHP killed in a callback", &counts);
    let (emptied, signed_in) = emptied_caches(&simulated, redis.socket())?;
    let counts = [("injected", emptied), ("sign-ins meanwhile", signed_in)];
    figures::tell("faults and recovery", "Redis emptied over and over", &counts);

    ensure!(site.complaints().is_empty(), "{}", site.complaints());
    Ok(())
}

/// How many workers died, and how many of their visitors were signed in after that.
fn dying_workers(simulated: &SimulatedSite) -> Result<(u64, u64)> {
    let site = &simulated.site;
    let (order, queries) = (site.folder.join("wp-content/die-at"), site.folder.join("wp-content/queries"));
    let visitor = |name: &str| Visitor::new(name, &json!({"name": name, "email": format!("{name}@example.org")}));
    // The first one ever asks more: it fetches and remembers what the provider publishes.
    for name in ["first", "undisturbed"] {
        simulated.sign_in(&mut CookieClient::default(), &visitor(name))?;
    }
    let queries: usize = fs::read_to_string(queries)?.parse()?;
    ensure!(queries > 2 * DEATHS, "{queries} queries");
    // Visitors differ by a few queries, and each worker has to die.
    let last = queries * 9 / 10;

    let (mut deaths, mut recovered) = (0, 0);
    for number in 0..DEATHS {
        let at = 1 + number * (last - 1) / (DEATHS - 1);
        let visitor = visitor(&format!("visitor{number}"));
        let mut browser = CookieClient::default();
        let started = browser.get(&simulated.start_url())?;
        let provider = started.header("location").with_context(|| format!("{} {}", started.status, started.body))?;
        let back = simulated.consent(provider, &visitor);
        fs::write(&order, at.to_string())?;

        let died = browser.get(&back)?;
        let half_done = site.run_sql(HALF_DONE)?;
        let again = browser.get(&back)?;

        let is_clear = again.status == 400 && again.body.contains("<code>state_used</code>");
        assert_eq!((died.status, order.exists()), (502, false), "query {at}: {}", died.body);
        assert_eq!(half_done, "0", "after a death at query {at} of {queries}");
        ensure!(browser.is_signed_in() || is_clear, "query {at}: {} {}", again.status, again.body);
        let mut another = CookieClient::default();
        let last = simulated.sign_in(&mut another, &visitor)?;
        ensure!(another.is_signed_in(), "query {at}: {} {}", last.status, last.body);
        let accounts = site.run_sql("SELECT COUNT(*) FROM wp_users WHERE ID > 1")?;
        assert_eq!(accounts, (number + 3).to_string(), "query {at}: one account for each visitor");
        (deaths, recovered) = (deaths + 1, recovered + 1);
    }
    assert_eq!(site.run_sql(HALF_DONE)?, "0");
    Ok((deaths, recovered))
}

/// How often the cache was emptied while visitors signed in, and how many did.
fn emptied_caches(simulated: &SimulatedSite, redis: &Path) -> Result<(u64, u64)> {
    let is_over = AtomicBool::new(false);
    let (emptied, signed_in) = thread::scope(|scope| {
        let emptying = scope.spawn(|| empty_until(redis, &is_over));
        let visits: Vec<_> = (0..4)
            .map(|number| {
                scope.spawn(move || -> Result<u64> {
                    let visitor = Visitor::new(&format!("emptied-{number}"), &json!({"name": "A Visitor"}));
                    for _ in 0..5 {
                        let mut browser = CookieClient::default();
                        let ended = simulated.sign_in(&mut browser, &visitor)?;
                        ensure!(
                            browser.is_signed_in(),
                            "{} {} {}",
                            ended.status,
                            ended.body,
                            simulated.site.debug_log()
                        );
                    }
                    Ok(5)
                })
            })
            .collect();
        let signed_in: Result<u64> =
            visits.into_iter().map(|visit| visit.join().unwrap_or_else(|_| bail!("panicked"))).sum();
        is_over.store(true, Ordering::Relaxed);
        (emptying.join().unwrap_or_else(|_| bail!("panicked")), signed_in)
    });
    let (emptied, signed_in) = (emptied?, signed_in?);
    ensure!(emptied > signed_in, "{emptied} times, {signed_in} sign-ins");
    assert_eq!(simulated.site.run_sql(HALF_DONE)?, "0");
    Ok((emptied, signed_in))
}

fn empty_until(redis: &Path, is_over: &AtomicBool) -> Result<u64> {
    let mut connection = UnixStream::connect(redis)?;
    let (mut emptied, mut answer) = (0, [0; 16]);
    while !is_over.load(Ordering::Relaxed) {
        connection.write_all(b"FLUSHALL\r\n")?;
        ensure!(connection.read(&mut answer)? > 0 && answer.starts_with(b"+OK"), "Redis refused");
        emptied += 1;
        thread::sleep(Duration::from_millis(2));
    }
    Ok(emptied)
}

/// A site that only a proxy with TLS reaches, and that reaches the provider only through a proxy: WordPress knows of https
/// by the header that its wp-config.php reads, and asks nobody directly.
fn a_site_between_two_proxies_signs_in(fixture: &Fixture) -> Result<()> {
    let simulated = SimulatedSite::prepare(fixture)?;
    let (site, world) = (&simulated.site, fixture.world()?);
    let proxies = world.proxies(site)?;
    let https = &proxies.address;
    simulated.provider.provider().redirect_uris = vec![format!("{https}/wp-login.php?action=logto_callback")];
    for option in ["home", "siteurl"] {
        site.run_sql(&format!("UPDATE wp_options SET option_value = '{https}' WHERE option_name = '{option}'"))?;
    }
    let config = site.folder.join("wp-config.php");
    let constants =
        format!("define('WP_PROXY_HOST', '127.0.0.1');\ndefine('WP_PROXY_PORT', '{}');", proxies.forward_port);
    let head = format!("{REVERSE_PROXY}\n{constants}\n");
    fs::write(&config, fs::read_to_string(&config)?.replacen("<?php\n", &head, 1))?;
    let mut browser = CookieClient::trusting(fs::read_to_string(world.authority().certificate())?);
    let wanted = format!("{https}/wp-admin/profile.php");

    let start = format!("{https}/wp-login.php?action=logto&redirect_to={}", wanted.replace('/', "%2F"));
    let started = browser.get(&start)?;
    let provider = started.header("location").with_context(|| format!("{} {}", started.status, started.body))?;
    let back = simulated.consent(provider, &Visitor::new("a-visitor", &json!({"name": "A Visitor"})));
    let signed_in = browser.get(&back)?;
    let page = browser.get(&wanted)?;

    ensure!(back.starts_with(&format!("{https}/wp-login.php?action=logto_callback&")), "{back}");
    assert_eq!((signed_in.status, signed_in.header("location")), (302, Some(wanted.as_str())), "{}", signed_in.body);
    assert_eq!(page.status, 200, "the session holds");
    for (_, cookie) in started.headers.iter().chain(&signed_in.headers).filter(|(name, _)| name == "set-cookie") {
        ensure!(cookie.to_ascii_lowercase().contains("; secure"), "{cookie}");
    }
    let forwarded = proxies.forwarded()?;
    for path in ["/oidc/.well-known/openid-configuration", "/oidc/token", "/oidc/jwks"] {
        ensure!(forwarded.contains(path), "{path} was not asked through the proxy:\n{forwarded}");
    }
    ensure!(site.complaints().is_empty(), "{}", site.complaints());
    Ok(())
}
