//! Many visitors, and bots between them. `cargo verify load` runs these alone: what they measure depends on what else the
//! machine does.

use crate::fixture::simulated::SimulatedSite;
use crate::fixture::{Alone, Fixture, trials};
use libtest_mimic::Trial;
use serde_json::json;
use simulator::figures;
use simulator::provider::visitor::Visitor;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use world::cookie_client::CookieClient;
use world::world::World;
use world::{Context as _, Result, ensure};

/// Visitors, and how often each of them signs in: first until the workers hold what they need, then again.
const VISITORS: usize = 50;
const SIGN_INS_OF_EACH: [usize; 2] = [5, 15];

/// By how many percent the largest worker may grow meanwhile: memory is constant, and its measure is not.
const GROWTH_PERCENT: u64 = 10;

/// Real visitors beside the bots, and how often each of them signs in.
const REAL: usize = 4;
const SIGN_INS_BESIDE_BOTS: usize = 25;

/// Bots, and how long each of them waits between two requests. Fewer than twenty requests a second leave a machine of two
/// processors, whose provider and visitors are on it too, time for others: more would only measure the processors.
const BOTS: usize = 10;
const PAUSE: Duration = Duration::from_millis(500);

pub fn trials(fixture: &Arc<Fixture>) -> Vec<Trial> {
    if std::env::var_os("LOGTO_SIGN_IN_LOAD").is_none() {
        return Vec::new();
    }
    trials![Alone(fixture); load_of_visitors_and_bots]
}

/// One after the other, since each of them keeps the machine busy.
fn load_of_visitors_and_bots(fixture: &Fixture) -> Result<()> {
    let simulated = SimulatedSite::prepare(fixture)?;
    let memory = || fixture.world().map(World::largest_worker);
    many_visitors(&simulated, &memory)?;
    beside_bots(&simulated, &memory)
}

/// A thousand sign-ins: all of them succeed, nobody gets two accounts, and the workers do not grow.
fn many_visitors(simulated: &SimulatedSite, memory: &dyn Fn() -> Result<u64>) -> Result<()> {
    let mut times = Times::of(simulated, VISITORS, SIGN_INS_OF_EACH[0]);
    let before = memory()?;
    times.add(Times::of(simulated, VISITORS, SIGN_INS_OF_EACH[1]));

    times.tell("sign-ins by fifty visitors");
    tell_memory("the largest worker beside fifty visitors", before, memory()?)?;
    ensure!(times.failures.is_empty(), "{} failed:\n{}", times.failures.len(), times.failures.join("\n"));
    assert_eq!(times.taken.len(), VISITORS * SIGN_INS_OF_EACH.iter().sum::<usize>());
    let accounts = simulated.site.run_sql("SELECT COUNT(*) FROM wp_users WHERE ID > 1")?;
    assert_eq!(accounts, VISITORS.to_string());
    Ok(())
}

fn tell_memory(of: &str, before: u64, after: u64) -> Result<()> {
    figures::tell("load", of, &[("KiB before", before), ("KiB after", after)]);
    ensure!(before > 0 && after * 100 <= before * (100 + GROWTH_PERCENT), "{of}: {before} KiB, then {after} KiB");
    Ok(())
}

/// Bots that try the login page and invent callbacks: a real visitor takes no longer than twice as long, and bots leave
/// nothing behind.
fn beside_bots(simulated: &SimulatedSite, memory: &dyn Fn() -> Result<u64>) -> Result<()> {
    let stored = "SELECT (SELECT COUNT(*) FROM wp_options) + (SELECT COUNT(*) FROM wp_logto_used_states)";
    let alone = Times::of(simulated, REAL, SIGN_INS_BESIDE_BOTS);
    let (before, rows) = (memory()?, simulated.site.run_sql(stored)?);
    let (is_over, requests) = (AtomicBool::new(false), AtomicU64::new(0));

    let beside = thread::scope(|scope| {
        for number in 0..BOTS {
            let (is_over, requests) = (&is_over, &requests);
            scope.spawn(move || {
                while !is_over.load(Ordering::Relaxed) {
                    bother(simulated, number);
                    requests.fetch_add(1, Ordering::Relaxed);
                    thread::sleep(PAUSE);
                }
            });
        }
        let beside = Times::of(simulated, REAL, SIGN_INS_BESIDE_BOTS);
        is_over.store(true, Ordering::Relaxed);
        beside
    });

    alone.tell("sign-ins by four visitors alone");
    beside.tell("the same beside ten bots");
    let sent = requests.into_inner();
    figures::tell("load", "requests of the bots", &[("sent", sent)]);
    tell_memory("the largest worker beside the bots", before, memory()?)?;
    let [rows, rows_after] = [rows, simulated.site.run_sql(stored)?].map(|count| count.parse().unwrap_or(u64::MAX));
    figures::tell("load", "what they and the visitors left", &[("rows before", rows), ("rows after", rows_after)]);
    // One for each sign-in of a visitor, which expires, and a few transients.
    let of_visitors = figures::count(REAL * SIGN_INS_BESIDE_BOTS);
    ensure!(rows_after <= rows + of_visitors + 20, "{rows} rows, then {rows_after}, by {sent} requests of bots");
    ensure!(beside.failures.is_empty(), "{}", beside.failures.join("\n"));
    let (alone, beside) = (alone.percentile(50), beside.percentile(50));
    ensure!(beside <= alone * 2, "{} ms alone, {} ms beside the bots", alone.as_millis(), beside.as_millis());
    Ok(())
}

/// One request of a bot, which gets no session.
fn bother(simulated: &SimulatedSite, number: usize) {
    let url = &simulated.site.url;
    let mut bot = CookieClient::default();
    let answer = match number % 3 {
        0 => bot.post(&format!("{url}/wp-login.php"), &[("log", "admin"), ("pwd", "password")]),
        1 => bot.get(&format!("{url}/wp-login.php?action=logto_callback&code=c&state=invented")),
        _ => bot.get(&simulated.start_url()),
    };
    assert!(answer.is_ok() && !bot.is_signed_in(), "a bot is signed in");
}

/// How long sign-ins took, the shortest first, and why some failed.
struct Times {
    taken: Vec<Duration>,
    failures: Vec<String>,
}

impl Times {
    /// Visitors who sign in at the same time, again and again, each time with a new browser.
    fn of(simulated: &SimulatedSite, visitors: usize, sign_ins: usize) -> Self {
        let visit = |number: usize| {
            let claims = json!({"name": "A Visitor", "email": format!("load{number}@example.org")});
            let visitor = Visitor::new(&format!("load-{number}"), &claims);
            (0..sign_ins)
                .map(|_| sign_in(simulated, &visitor).map_err(|error| format!("{error:#}")))
                .collect::<Vec<_>>()
        };
        let outcomes: Vec<_> = thread::scope(|scope| {
            let visits: Vec<_> = (0..visitors).map(|number| scope.spawn(move || visit(number))).collect();
            visits.into_iter().flat_map(|visit| visit.join().unwrap_or_else(|_| vec![Err("panicked".into())])).collect()
        });
        let (mut taken, mut failures) = (Vec::new(), Vec::new());
        for outcome in outcomes {
            match outcome {
                Ok(time) => taken.push(time),
                Err(failure) => failures.push(failure),
            }
        }
        taken.sort_unstable();
        Self { taken, failures }
    }

    fn add(&mut self, more: Self) {
        self.taken.extend(more.taken);
        self.taken.sort_unstable();
        self.failures.extend(more.failures);
    }

    fn percentile(&self, percent: usize) -> Duration {
        self.taken.get(self.taken.len() * percent / 100).copied().unwrap_or_default()
    }

    fn tell(&self, of: &str) {
        let milliseconds = |percent| u64::try_from(self.percentile(percent).as_millis()).unwrap_or(u64::MAX);
        let (done, failed) = (figures::count(self.taken.len()), figures::count(self.failures.len()));
        let counts =
            [("done", done), ("failed", failed), ("ms at p50", milliseconds(50)), ("ms at p99", milliseconds(99))];
        figures::tell("load", of, &counts);
    }
}

/// From the link to the session, without the time at the provider.
fn sign_in(simulated: &SimulatedSite, visitor: &Visitor) -> Result<Duration> {
    let mut browser = CookieClient::default();
    let begun = Instant::now();
    let started = browser.get(&simulated.start_url())?;
    let sent = begun.elapsed();
    let location = started.header("location").with_context(|| format!("{} {}", started.status, started.body))?;
    let back = simulated.consent(location, visitor);
    let begun = Instant::now();
    let ended = browser.get(&back)?;
    ensure!(ended.status == 302 && browser.is_signed_in(), "{} {}", ended.status, ended.body);
    Ok(sent + begun.elapsed())
}
