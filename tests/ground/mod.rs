//! A WordPress with the plugin, and a provider that a test can turn into anybody's.

use serde_json::Value;
use simulator::http::Server;
use simulator::provider::Provider;
use simulator::provider::visitor::Visitor as Person;
use std::sync::Barrier;
use std::time::{SystemTime, UNIX_EPOCH};
use world::http::Answer;
use world::package::{PLUGIN, Package};
use world::visitor::Visitor;
use world::wordpress::{Options, Site};
use world::world::World;
use world::{Context as _, Result, ensure};

/// One site and its provider.
pub struct Ground {
    provider: Server,
    /// The site, where the plugin is active and set up.
    pub site: Site,
}

#[allow(dead_code, reason = "each test program does its own things here")]
impl Ground {
    /// Installs a site and starts a provider for it.
    pub fn prepare(world: &World, options: &Options, package: &Package) -> Result<Self> {
        let site = world.site(options)?;
        site.activate(&package.zip, PLUGIN)?;
        let provider = Server::start(Provider::new("http://127.0.0.1"))?;
        let address = |action: &str| format!("{}/wp-login.php?action={action}", site.url);
        provider.provider().redirect_uris = vec![address("logto_callback")];
        provider.provider().post_logout_redirect_uris = vec![address("logto_signed_out")];
        let ground = Self { provider, site };
        ground.set(&serde_json::json!({}))?;
        Ok(ground)
    }

    /// Replaces the settings by the provider's and these.
    pub fn set(&self, settings: &Value) -> Result<()> {
        let mut all = settings.clone();
        all["endpoint"] = self.provider.url.clone().into();
        all["app_id"] = self.provider.provider().app_id.clone().into();
        all["app_secret"] = self.provider.provider().app_secret.clone().into();
        self.site
            .run_php(&format!("update_option('logto_sign_in', json_decode({:?}, true));", all.to_string()))
            .map(drop)
    }

    /// One person signs in, in their browser: the last answer.
    pub fn sign_in(&self, visitor: &mut Visitor, person: &Person) -> Result<Answer> {
        let started = self.start(visitor)?;
        visitor.get(&self.consent(&started, person))
    }

    /// Everybody signs in with a browser of their own, and all come back from the provider at the same moment.
    pub fn sign_in_at_once(&self, people: &[Person]) -> Result<Vec<(Visitor, Answer)>> {
        let everybody_is_there = Barrier::new(people.len());
        let come = |person: &Person| {
            let mut visitor = Visitor::default();
            let started = self.start(&mut visitor);
            everybody_is_there.wait();
            let answer = visitor.get(&self.consent(&started?, person))?;
            Ok((visitor, answer))
        };
        std::thread::scope(|scope| {
            let coming: Vec<_> = people.iter().map(|person| scope.spawn(|| come(person))).collect();
            coming.into_iter().map(|one| one.join().unwrap_or_else(|cause| std::panic::resume_unwind(cause))).collect()
        })
    }

    /// Where the site sends somebody who wants to sign in.
    fn start(&self, visitor: &mut Visitor) -> Result<String> {
        let answer = visitor.get(&format!("{}/wp-login.php?action=logto", self.site.url))?;
        ensure!(answer.status == 302, "the sign-in did not start: {} {}", answer.status, answer.body);
        answer.header("location").map(str::to_owned).context("a redirect says where to")
    }

    /// A person at the provider: where it sends them back to.
    fn consent(&self, url: &str, person: &Person) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
        let mut provider = self.provider.provider();
        provider.visitor = person.clone();
        provider.consent(url, now)
    }
}
