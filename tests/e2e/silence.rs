//! A provider that takes connections and never answers.

use crate::fixture::simulated::SimulatedSite;
use crate::fixture::{Alone, Fixture, trials};
use libtest_mimic::Trial;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use world::cookie_client::CookieClient;
use world::{Result, ensure};

/// As many visitors at once as the server has workers.
const VISITORS: usize = 8;

/// How much longer the front page may take beside them than beside visitors who ask nobody. All but one of them wait a
/// second at most; a request to the provider waits for five.
const SOON: Duration = Duration::from_secs(2);

pub fn trials(fixture: &Arc<Fixture>) -> Vec<Trial> {
    trials![Alone(fixture); fault_s11_a_silent_provider_holds_no_workers]
}

/// Fault S11: each visitor of the login page held a worker for five seconds. Eight of them, and the front page took ten.
fn fault_s11_a_silent_provider_holds_no_workers(fixture: &Fixture) -> Result<()> {
    let simulated = SimulatedSite::prepare(fixture)?;
    let silent = SilentProvider::start()?;
    simulated.site.run_php(&format!(
        "update_option('logto_sign_in', ['endpoint' => '{}', 'app_secret' => 'its secret'] + get_option('logto_sign_in'));",
        silent.url
    ))?;

    // The first time, the workers start, and read WordPress.
    visit_at_once(&simulated, "form=1")?;
    let (_, usual) = visit_at_once(&simulated, "form=1")?;
    // Nobody knows yet that it is silent, then everybody does.
    for _ in 0..2 {
        let (answers, front) = visit_at_once(&simulated, "")?;
        ensure!(front < usual + SOON, "the front page took {front:?}, and usually takes {usual:?}");
        for body in answers {
            ensure!(body.contains("user_pass"), "the login page has no form: {body}");
            ensure!(body.contains("login_error"), "the login page does not say why: {body}");
        }
    }

    let asked = silent.asked.load(Ordering::SeqCst);
    ensure!(asked == 1, "{asked} requests waited for the provider");
    let answer = CookieClient::default().get(&simulated.start_url())?;
    ensure!(answer.status == 502 && answer.body.contains("provider_unreachable"), "{} {}", answer.status, answer.body);
    let seconds: u64 = answer.header("retry-after").unwrap_or_default().parse()?;
    ensure!((1..=30).contains(&seconds), "try again after {seconds} s");
    Ok(())
}

/// All visitors open the login page, and one more the front page: what the login page shows, and how long the front page took.
fn visit_at_once(simulated: &SimulatedSite, query: &str) -> Result<(Vec<String>, Duration)> {
    let url = &simulated.site.url;
    thread::scope(|scope| {
        let login = || CookieClient::default().get(&format!("{url}/wp-login.php?{query}")).map(|answer| answer.body);
        let visitors: Vec<_> = (0..VISITORS).map(|_| scope.spawn(login)).collect();
        // Until all of them have reached the server.
        thread::sleep(Duration::from_millis(200));
        let began = Instant::now();
        let front = CookieClient::default().get(&format!("{url}/"))?;
        let took = began.elapsed();
        ensure!(front.status == 200, "{}", front.status);
        let joined =
            visitors.into_iter().map(|one| one.join().unwrap_or_else(|cause| std::panic::resume_unwind(cause)));
        Ok((joined.collect::<Result<_>>()?, took))
    })
}

/// It ends with the program: a thread that waits for connections costs nothing.
struct SilentProvider {
    url: String,
    asked: Arc<AtomicUsize>,
}

impl SilentProvider {
    fn start() -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let url = format!("http://{}", listener.local_addr()?);
        let asked = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&asked);
        thread::spawn(move || {
            // Kept open, and never answered.
            let mut connections = Vec::new();
            while let Ok((connection, _)) = listener.accept() {
                counted.fetch_add(1, Ordering::SeqCst);
                connections.push(connection);
            }
        });
        Ok(Self { url, asked })
    }
}
