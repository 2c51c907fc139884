//! A provider that misbehaves, over real HTTP, against a real WordPress: every refusal has its page, its status and
//! its line in the log, and leaves nothing behind.

use simulator::http::Server;
use simulator::provider::Provider;
use simulator::provider::fault::{Expected, Fault, MetadataFault, Trouble};
use std::os::unix::fs::PermissionsExt as _;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};
use world::http::Answer;
use world::visitor::Visitor;
use world::wordpress::{Options, Site};
use world::world::World;
use world::{Context as _, Result, ensure, package, progress};

/// One site and one provider for all tests here; they take turns.
struct Ground {
    provider: Server,
    site: Site,
    _world: World,
}

fn ground() -> std::sync::MutexGuard<'static, Ground> {
    static GROUND: OnceLock<Mutex<Ground>> = OnceLock::new();
    let ground = GROUND.get_or_init(|| Mutex::new(prepare().unwrap_or_else(|error| panic!("{error:#}"))));
    ground.lock().unwrap_or_else(PoisonError::into_inner)
}

fn prepare() -> Result<Ground> {
    progress::be_quiet();
    let package = package::build()?;
    let world = World::start()?;
    let site = world.site(&Options::default())?;
    let provider = Server::start(Provider::new("http://127.0.0.1"))?;
    let address = |action: &str| format!("{}/wp-login.php?action={action}", site.url);
    provider.provider().redirect_uris = vec![address("logto_callback")];
    let (id, secret) = {
        let provider = provider.provider();
        (provider.app_id.clone(), provider.app_secret.clone())
    };
    // WordPress's own way of unpacking: it drops the executable bit, and activation restores it.
    site.run_php(&format!(
        "require_once ABSPATH . 'wp-admin/includes/file.php';
         require_once ABSPATH . 'wp-admin/includes/plugin.php';
         WP_Filesystem();
         $unpacked = unzip_file({:?}, WP_PLUGIN_DIR);
         is_wp_error($unpacked) && exit($unpacked->get_error_message());
         $activated = activate_plugin('logto-sign-in/logto-sign-in.php');
         is_wp_error($activated) && exit($activated->get_error_message());",
        package.zip.display().to_string()
    ))?;
    site.run_php(&format!(
        "update_option('logto_sign_in', ['endpoint' => {:?}, 'app_id' => {id:?}, 'app_secret' => {secret:?}]);",
        provider.url
    ))?;
    Ok(Ground { provider, site, _world: world })
}

impl Ground {
    /// A whole sign-in, as far as it goes: the last answer.
    fn sign_in(&self, visitor: &mut Visitor) -> Result<Answer> {
        let started = visitor.get(&format!("{}/wp-login.php?action=logto", self.site.url))?;
        match started.header("location") {
            Some(url) if started.status == 302 => visitor.get(&self.consent(url)),
            _ => Ok(started),
        }
    }

    fn consent(&self, url: &str) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
        self.provider.provider().consent(url, now)
    }

    /// Users besides the administrator, identities and burnt states; then all of them are removed.
    fn count_and_clear(&self) -> Result<String> {
        self.site.run_php(
            "global $wpdb;
             $count = fn ($table) => $wpdb->get_var(\"SELECT COUNT(*) FROM {$wpdb->base_prefix}$table\");
             echo $count('users') - 1, ' ', $count('logto_identities'), ' ', $count('logto_spent');
             foreach (['logto_identities', 'logto_spent'] as $table) {
                 $wpdb->query(\"DELETE FROM {$wpdb->base_prefix}$table\");
             }
             $wpdb->query(\"DELETE FROM {$wpdb->users} WHERE ID > 1\");
             delete_transient('logto_sign_in_discovery');
             delete_transient('logto_sign_in_jwks');",
        )
    }

    fn log_since(&self, before: usize) -> String {
        self.site.debug_log().get(before..).unwrap_or_default().to_owned()
    }

    /// One sign-in with a fault, and what must come of it.
    fn try_with(&self, fault: Fault, expected: Expected) -> Result<()> {
        self.provider.set_fault(Some(fault));
        let (mut visitor, before) = (Visitor::default(), self.site.debug_log().len());
        let answer = self.sign_in(&mut visitor)?;
        self.provider.set_fault(None);
        let left = self.count_and_clear()?;
        match expected {
            Expected::Accepted => {
                ensure!(visitor.is_signed_in(), "nobody is signed in: {} {}", answer.status, answer.body);
                ensure!(left == "1 1 1", "users, identities, states: {left}");
            }
            Expected::Refused(status, code) => {
                ensure!(answer.status == status, "{status} {code} expected, not {}: {}", answer.status, answer.body);
                self.check_page(&answer, code)?;
                ensure!(!visitor.is_signed_in(), "somebody is signed in");
                ensure!(left == "0 0 0", "users, identities, states: {left}");
                let log = self.log_since(before);
                ensure!(log.contains(&format!("[{code}]")), "the log does not say {code}: {log}");
                let secret = self.provider.provider().app_secret.clone();
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
        ensure!(self.site.complaints().is_empty(), "{}", self.site.complaints());
        Ok(())
    }

    fn try_all(&self, faults: impl Iterator<Item = Fault>) {
        let wrong: Vec<String> = faults
            .filter_map(|fault| match self.try_with(fault, over_http(fault)) {
                Ok(()) => None,
                Err(error) => Some(format!("{fault:?}: {error:#}")),
            })
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

/// What is expected where a real connection and a provider on this machine make a difference.
fn over_http(fault: Fault) -> Expected {
    match fault {
        // Without TLS there is no certificate, and nothing here blocks a request: both are a broken connection.
        // Where the tenant itself is on this machine, so may its keys be – but nothing serves them.
        Fault::Trouble(_, Trouble::Tls | Trouble::Blocked) | Fault::Metadata(MetadataFault::JwksUriLoopback) => {
            Expected::Refused(502, "provider_unreachable")
        }
        other => other.expected(),
    }
}

macro_rules! groups {
    ($($name:ident: $pattern:pat,)+) => { $(
        #[test]
        fn $name() {
            ground().try_all(Fault::all().into_iter().filter(|fault| matches!(fault, $pattern)));
        }
    )+ };
}

groups! {
    every_endpoint_in_every_trouble: Fault::Trouble(..),
    wrong_metadata: Fault::Metadata(_),
    wrong_authorization_responses: Fault::Response(_),
    wrong_keys: Fault::Keys(_),
    wrong_token_responses: Fault::Token(_),
    wrong_id_tokens: Fault::IdToken(_),
    wrong_userinfo: Fault::Userinfo(_),
}

#[test]
fn a_callback_opened_twice_or_in_another_browser_signs_nobody_in() -> Result<()> {
    let ground = ground();
    let mut visitor = Visitor::default();
    let started = visitor.get(&format!("{}/wp-login.php?action=logto", ground.site.url))?;
    let back = ground.consent(started.header("location").context("a redirect")?);

    let mut other = Visitor::default();
    let answer = other.get(&back)?;
    ensure!(answer.status == 400 && !other.is_signed_in(), "{}", answer.body);
    ground.check_page(&answer, "state_unknown")?;
    ensure!(answer.body.contains("Try again"), "no way on: {}", answer.body);

    ensure!(visitor.get(&back)?.status == 302 && visitor.is_signed_in(), "the first browser is signed in");
    let answer = visitor.get(&back)?;
    ensure!(answer.status == 400, "{} {}", answer.status, answer.body);
    ground.check_page(&answer, "state_unknown")?;
    ensure!(ground.count_and_clear()? == "1 1 1", "one user");
    Ok(())
}

#[test]
fn missing_foreign_and_repeated_state_have_their_pages() -> Result<()> {
    let ground = ground();
    for (query, code) in [
        ("", "state_missing"),
        ("&code=x", "state_missing"),
        ("&code=x&state=invented", "state_unknown"),
        ("&state=a&state=b", "parameter_repeated"),
        ("&error=%3Cscript%3Ealert(1)%3C/script%3E&error_description=%3Cscript%3Ealert(1)", "state_missing"),
    ] {
        let url = format!("{}/wp-login.php?action=logto_callback{query}", ground.site.url);
        let answer = Visitor::default().get(&url)?;
        ensure!(answer.status == 400, "{query}: {}", answer.status);
        ground.check_page(&answer, code)?;
    }
    ensure!(ground.count_and_clear()? == "0 0 0", "something was written");
    Ok(())
}

#[test]
fn a_wrong_secret_is_told() -> Result<()> {
    let ground = ground();
    ground.site.run_php(
        "$option = get_option('logto_sign_in'); $option['app_secret'] .= 'x'; update_option('logto_sign_in', $option);",
    )?;
    let mut visitor = Visitor::default();
    let answer = ground.sign_in(&mut visitor)?;
    ground.site.run_php(
        "$option = get_option('logto_sign_in'); $option['app_secret'] = substr($option['app_secret'], 0, -1);
         update_option('logto_sign_in', $option);",
    )?;
    ensure!(answer.status == 502 && !visitor.is_signed_in(), "{}", answer.status);
    ground.check_page(&answer, "client_rejected")?;
    ensure!(ground.count_and_clear()? == "0 0 0", "something was written");
    Ok(())
}

#[test]
fn without_its_program_the_plugin_leaves_the_password_form_alone() -> Result<()> {
    let ground = ground();
    let program = ground.site.folder.join("wp-content/plugins/logto-sign-in/bin/logto-sign-in");
    let mode = std::fs::metadata(&program)?.permissions().mode();
    ensure!(mode & 0o111 != 0, "activation restored the executable bit: {mode:o}");

    let (login, hidden) = (format!("{}/wp-login.php", ground.site.url), program.with_extension("hidden"));
    std::fs::rename(&program, &hidden)?;
    let answers = (Visitor::default().get(&login), Visitor::default().get(&format!("{login}?action=logto")));
    let health = ground.site.run_php("echo json_encode(LogtoSignIn\\Admin\\SiteHealth::tests([]));");
    std::fs::rename(&hidden, &program)?;

    let (form, start) = (answers.0?, answers.1?);
    ensure!(form.status == 200 && form.body.contains("user_pass"), "{} {}", form.status, form.body);
    ensure!(start.status == 503, "{} {}", start.status, start.body);
    ground.check_page(&start, "carrier_unavailable")?;
    ensure!(health?.contains("logto"), "Site Health has a test");

    // Not executable: mended by the next sign-in.
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o644))?;
    let mut visitor = Visitor::default();
    ground.sign_in(&mut visitor)?;
    ensure!(visitor.is_signed_in(), "the bit is restored");
    ensure!(ground.count_and_clear()? == "1 1 1", "one user");
    Ok(())
}
