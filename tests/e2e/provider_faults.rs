//! A provider that misbehaves, over real HTTP, against a real WordPress: every refusal has its page, its status and
//! its line in the log, and leaves nothing behind.

use crate::fixture::simulated::SimulatedSite;
use crate::fixture::{Fixture, Shared, trials};
use libtest_mimic::Trial;
use serde_json::json;
use simulator::provider::fault::{Expected, Fault, MetadataFault, Outage};
use simulator::provider::visitor::Visitor;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;
use world::cookie_client::CookieClient;
use world::http::Answer;
use world::wordpress::Options;
use world::{Context as _, Result, ensure};

pub fn trials(fixture: &Arc<Fixture>) -> Vec<Trial> {
    trials![Shared::new(fixture, FaultySite::prepare);
        outages_of_every_endpoint_have_the_expected_outcome,
        metadata_faults_have_the_expected_outcome,
        authorization_response_faults_have_the_expected_outcome,
        key_faults_have_the_expected_outcome,
        token_response_faults_have_the_expected_outcome,
        id_token_faults_have_the_expected_outcome,
        userinfo_faults_have_the_expected_outcome,
        fault_r5_repeated_callbacks_and_those_of_other_browsers_are_refused,
        missing_unknown_and_repeated_states_are_refused,
        wrong_client_secret_is_refused,
        missing_program_leaves_sign_ins_to_the_php_engine,
    ]
}

/// A site whose provider misbehaves. Alice is the only visitor.
struct FaultySite(SimulatedSite);

impl FaultySite {
    /// The plugin arrives in WordPress's own way of unpacking, which drops the executable bit; activation restores it.
    fn prepare(fixture: &Arc<Fixture>) -> Result<Self> {
        let simulated = SimulatedSite::without_plugin(fixture, &Options::default())?;
        simulated.site.run_php(&format!(
            "require_once ABSPATH . 'wp-admin/includes/file.php';
             require_once ABSPATH . 'wp-admin/includes/plugin.php';
             WP_Filesystem();
             $unpacked = unzip_file({:?}, WP_PLUGIN_DIR);
             is_wp_error($unpacked) && exit($unpacked->get_error_message());
             $activated = activate_plugin('logto-sign-in/logto-sign-in.php');
             is_wp_error($activated) && exit($activated->get_error_message());",
            fixture.package()?.zip.display().to_string()
        ))?;
        // Userinfo can only fail where it is requested.
        simulated.set(&json!({ "always_userinfo": true }))?;
        Ok(Self(simulated))
    }

    /// A whole sign-in, as far as it goes: the last answer.
    fn sign_in(&self, browser: &mut CookieClient) -> Result<Answer> {
        let started = browser.get(&self.0.start_url())?;
        match started.header("location") {
            Some(url) if started.status == 302 => browser.get(&self.0.consent(url, &Visitor::alice())),
            _ => Ok(started),
        }
    }

    /// The numbers of users besides the administrator, of identities and of used states; then all of them are removed,
    /// and what is cached of the provider.
    fn count_and_clear(&self) -> Result<String> {
        let counts = self.0.site.run_sql(
            "SELECT (SELECT COUNT(*) FROM wp_users WHERE ID > 1),
                    (SELECT COUNT(*) FROM wp_logto_identities),
                    (SELECT COUNT(*) FROM wp_logto_used_states);
             DELETE FROM wp_logto_identities;
             DELETE FROM wp_logto_used_states;
             DELETE FROM wp_users WHERE ID > 1;
             DELETE FROM wp_usermeta WHERE user_id > 1;
             DELETE FROM wp_options WHERE option_name LIKE '\\_transient%logto\\_sign\\_in\\_%';",
        )?;
        Ok(counts.replace('\t', " "))
    }

    fn log_since(&self, before: usize) -> String {
        self.0.site.debug_log().get(before..).unwrap_or_default().to_owned()
    }

    /// One sign-in with a fault, and what must come of it.
    fn try_with(&self, fault: Fault, expected: Expected) -> Result<()> {
        self.0.provider.set_fault(Some(fault));
        let (mut browser, before) = (CookieClient::default(), self.0.site.debug_log().len());
        let answer = self.sign_in(&mut browser)?;
        self.0.provider.set_fault(None);
        let left = self.count_and_clear()?;
        match expected {
            Expected::Accepted => {
                ensure!(browser.is_signed_in(), "nobody is signed in: {} {}", answer.status, answer.body);
                ensure!(left == "1 1 1", "users, identities, states: {left}");
            }
            Expected::Refused(status, code) => {
                ensure!(answer.status == status, "{status} {code} expected, not {}: {}", answer.status, answer.body);
                self.check_page(&answer, code)?;
                ensure!(!browser.is_signed_in(), "somebody is signed in");
                // A state is used before its code leaves, so a refusal may leave it behind (RFC 9700 §4.7.1).
                ensure!(left.starts_with("0 0 "), "users, identities, states: {left}");
                let log = self.log_since(before);
                ensure!(log.contains(&format!("[{code}]")), "the log does not say {code}: {log}");
                let secret = self.0.provider.provider().app_secret.clone();
                ensure!(!log.contains(&secret) && !log.contains("eyJ"), "the log says too much: {log}");
            }
        }
        Ok(())
    }

    /// A refusal's page: the code, a way on, nothing of the provider's, and never kept by a cache.
    fn check_page(&self, answer: &Answer, code: &str) -> Result<()> {
        ensure!(answer.body.contains(&format!("<code>{code}</code>")), "the page does not say {code}: {}", answer.body);
        ensure!(answer.body.contains("Back to the site"), "the page has no way on: {}", answer.body);
        ensure!(!answer.body.contains("<script>alert"), "the page has the provider's script");
        let cache = answer.header("cache-control").unwrap_or_default();
        ensure!(cache.contains("no-store"), "a cache may keep the page: {cache:?}");
        let referrer = answer.header("referrer-policy").unwrap_or_default();
        ensure!(referrer == "no-referrer", "the page's address leaks: {referrer:?}");
        ensure!(self.0.site.complaints().is_empty(), "{}", self.0.site.complaints());
        Ok(())
    }

    fn try_all(&self, faults: impl Iterator<Item = Fault>) -> Result<()> {
        let wrong: Vec<String> = faults
            .filter_map(|fault| match self.try_with(fault, over_http(fault)) {
                Ok(()) => None,
                Err(error) => Some(format!("{fault:?}: {error:#}")),
            })
            .collect();
        ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
        Ok(())
    }
}

/// What is expected where a real connection and a provider on this machine make a difference.
fn over_http(fault: Fault) -> Expected {
    match fault {
        // Without TLS there is no certificate, and nothing here blocks a request: both are a broken connection.
        Fault::Outage(_, Outage::Tls | Outage::Blocked) => Expected::Refused(502, "provider_unreachable"),
        // Where the tenant itself is on this machine, so may its keys be – but WordPress's guard allows no port of that kind.
        Fault::Metadata(MetadataFault::JwksUriLoopback) => Expected::Refused(502, "provider_blocked"),
        other => other.expected(),
    }
}

macro_rules! groups {
    ($($name:ident: $pattern:pat,)+) => { $(
        fn $name(faulty: &FaultySite) -> Result<()> {
            faulty.try_all(Fault::all().into_iter().filter(|fault| matches!(fault, $pattern)))
        }
    )+ };
}

groups! {
    outages_of_every_endpoint_have_the_expected_outcome: Fault::Outage(..),
    metadata_faults_have_the_expected_outcome: Fault::Metadata(_),
    authorization_response_faults_have_the_expected_outcome: Fault::Response(_),
    key_faults_have_the_expected_outcome: Fault::Keys(_),
    token_response_faults_have_the_expected_outcome: Fault::Token(_),
    id_token_faults_have_the_expected_outcome: Fault::IdToken(_),
    userinfo_faults_have_the_expected_outcome: Fault::Userinfo(_),
}

fn fault_r5_repeated_callbacks_and_those_of_other_browsers_are_refused(faulty: &FaultySite) -> Result<()> {
    let mut browser = CookieClient::default();
    let started = browser.get(&faulty.0.start_url())?;
    let back = faulty.0.consent(started.header("location").context("a redirect")?, &Visitor::alice());

    let mut other = CookieClient::default();
    let answer = other.get(&back)?;
    ensure!(answer.status == 400 && !other.is_signed_in(), "{}", answer.body);
    faulty.check_page(&answer, "state_unknown")?;
    ensure!(answer.body.contains("Try again"), "no way on: {}", answer.body);

    ensure!(browser.get(&back)?.status == 302 && browser.is_signed_in(), "the first browser is signed in");
    let answer = browser.get(&back)?;
    let home = format!("{}/", faulty.0.site.url);
    ensure!(answer.status == 302, "who is signed in already goes on: {} {}", answer.status, answer.body);
    assert_eq!(answer.header("location"), Some(home.as_str()));
    ensure!(faulty.count_and_clear()? == "1 1 1", "one user");
    Ok(())
}

fn missing_unknown_and_repeated_states_are_refused(faulty: &FaultySite) -> Result<()> {
    for (query, status, code) in [
        // Logto's consent page comes back like this after “Cancel”.
        ("", 403, "access_denied"),
        ("&code=x", 400, "state_missing"),
        ("&code=x&state=invented", 400, "state_unknown"),
        ("&state=a&state=b", 400, "parameter_repeated"),
        ("&error=%3Cscript%3Ealert(1)%3C/script%3E&error_description=%3Cscript%3Ealert(1)", 400, "state_missing"),
    ] {
        let url = format!("{}/wp-login.php?action=logto_callback{query}", faulty.0.site.url);
        let answer = CookieClient::default().get(&url)?;
        ensure!(answer.status == status, "{query}: {}", answer.status);
        faulty.check_page(&answer, code)?;
    }
    ensure!(faulty.count_and_clear()? == "0 0 0", "something was written");
    Ok(())
}

fn wrong_client_secret_is_refused(faulty: &FaultySite) -> Result<()> {
    faulty.0.site.run_php(
        "$option = get_option('logto_sign_in'); $option['app_secret'] .= 'x'; update_option('logto_sign_in', $option);",
    )?;
    let mut browser = CookieClient::default();
    let answer = faulty.sign_in(&mut browser)?;
    faulty.0.site.run_php(
        "$option = get_option('logto_sign_in'); $option['app_secret'] = substr($option['app_secret'], 0, -1);
         update_option('logto_sign_in', $option);",
    )?;
    ensure!(answer.status == 502 && !browser.is_signed_in(), "{}", answer.status);
    faulty.check_page(&answer, "client_rejected")?;
    ensure!(faulty.count_and_clear()? == "0 0 1", "a user or an identity was written");
    Ok(())
}

fn missing_program_leaves_sign_ins_to_the_php_engine(faulty: &FaultySite) -> Result<()> {
    let plugin = faulty.0.site.folder.join("wp-content/plugins/logto-sign-in");
    let (program, engine) = (plugin.join("bin/logto-sign-in"), plugin.join("engine"));
    let mode = std::fs::metadata(&program)?.permissions().mode();
    ensure!(mode & 0o111 != 0, "activation restored the executable bit: {mode:o}");

    let (login, hidden) = (format!("{}/wp-login.php", faulty.0.site.url), program.with_extension("hidden"));
    std::fs::rename(&program, &hidden)?;
    let mut browser = CookieClient::default();
    faulty.sign_in(&mut browser)?;
    ensure!(browser.is_signed_in(), "the PHP engine signs in");
    ensure!(faulty.count_and_clear()? == "1 1 1", "one user");

    // Without either, the password form is left.
    std::fs::rename(&engine, engine.with_extension("hidden"))?;
    let answers = (CookieClient::default().get(&login), CookieClient::default().get(&format!("{login}?action=logto")));
    let health = faulty.0.site.run_php("echo json_encode(LogtoSignIn\\Admin\\SiteHealth::tests([]));");
    std::fs::rename(engine.with_extension("hidden"), &engine)?;
    std::fs::rename(&hidden, &program)?;

    let (form, start) = (answers.0?, answers.1?);
    ensure!(form.status == 200 && form.body.contains("user_pass"), "{} {}", form.status, form.body);
    ensure!(start.status == 503, "{} {}", start.status, start.body);
    faulty.check_page(&start, "transport_unavailable")?;
    ensure!(health?.contains("logto"), "Site Health has a test");

    // Not executable: mended by the next sign-in.
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o644))?;
    let mut browser = CookieClient::default();
    faulty.sign_in(&mut browser)?;
    ensure!(browser.is_signed_in(), "the bit is restored");
    ensure!(faulty.count_and_clear()? == "1 1 1", "one user");
    Ok(())
}
