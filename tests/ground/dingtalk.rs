//! A WordPress with the plugin, and DingTalk in both ways: behind Logto and on its own.

use serde_json::Value;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use world::package::{self, PLUGIN};
use world::providers::Logto;
use world::wordpress::{Options, Site};
use world::world::World;
use world::{Result, progress};

/// A site with Logto and DingTalk. The site ends before the providers.
pub struct Ground {
    /// The site, where the plugin is active and set up.
    pub site: Site,
    /// Both providers.
    pub logto: Logto,
    /// Where browsers come from.
    pub world: World,
}

/// The one of a test program, whose tests take turns; made with these settings when it is first asked for.
pub fn shared(settings: &Value) -> MutexGuard<'static, Ground> {
    static GROUND: OnceLock<Mutex<Ground>> = OnceLock::new();
    let ground =
        GROUND.get_or_init(|| Mutex::new(Ground::prepare(settings).unwrap_or_else(|error| panic!("{error:#}"))));
    ground.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Ground {
    fn prepare(settings: &Value) -> Result<Self> {
        progress::be_quiet();
        let package = package::build()?;
        let world = World::start()?;
        let site = world.site(&Options::default())?;
        let logto = world.logto()?;
        site.activate(&package.zip, PLUGIN)?;
        site.lead_dingtalk_to(logto.dingtalk())?;
        let ground = Self { site, logto, world };
        let login = |action: &str| ground.login(&format!("action={action}"));
        ground.logto.register(&login("logto_callback"), &login("logto_signed_out"))?;
        ground.logto.register_at_dingtalk(&[&login("logto_callback_dingtalk")])?;
        ground.set(settings)?;
        Ok(ground)
    }

    /// Replaces the settings by those of both providers and these.
    pub fn set(&self, settings: &Value) -> Result<()> {
        let (client_id, client_secret) = self.logto.dingtalk_client();
        let mut all = settings.clone();
        all["endpoint"] = self.logto.endpoint.clone().into();
        all["app_id"] = self.logto.app_id.clone().into();
        all["app_secret"] = self.logto.app_secret.clone().into();
        all["dingtalk_client_id"] = client_id.into();
        all["dingtalk_client_secret"] = client_secret.into();
        self.site
            .run_php(&format!("update_option('logto_sign_in', json_decode({:?}, true));", all.to_string()))
            .map(drop)
    }

    /// An address of WordPress's login page.
    pub fn login(&self, query: &str) -> String {
        format!("{}/wp-login.php?{query}", self.site.url)
    }
}
