//! A careful host: PHP may start no program and has no FFI, and the plugin is the one of the plugin directory.

use crate::dingtalk::{self, START};
use crate::fixture::tenant::TenantSite;
use crate::fixture::{Fixture, Shared, trials};
use libtest_mimic::Trial;
use serde_json::json;
use std::sync::Arc;
use world::php::Pool;
use world::wordpress::Options;
use world::{Result, ensure, package};

pub fn trials(fixture: &Arc<Fixture>) -> Vec<Trial> {
    trials![Shared::new(fixture, prepare);
        a_dingtalk_visitor_signs_in_by_the_php_engine,
    ]
}

fn prepare(fixture: &Arc<Fixture>) -> Result<TenantSite> {
    fixture.package()?; // builds the engine
    let zip = package::pack_directory()?;
    let options = Options { pool: Pool::NoPrograms, ..Options::default() };
    let tenant = TenantSite::prepare_with(fixture, &zip, &options)?;
    tenant.set(&json!({}))?;
    Ok(tenant)
}

fn a_dingtalk_visitor_signs_in_by_the_php_engine(tenant: &TenantSite) -> Result<()> {
    let who =
        json!({ "unionId": "u-7", "openId": "o-7", "nick": "王小明", "mobile": "13800000007", "stateCode": "86" });
    tenant.visitors(&[who])?;
    let visitor = tenant.browser("zh-CN")?;

    dingtalk::agree(tenant, &visitor, START, "u-7")?;
    let account = dingtalk::account(tenant, &visitor)?;

    ensure!(account.get(3).is_some_and(|name| name == "王小明"), "{account:?}");
    // The command line of PHP may start programs: what the web server noted counts.
    let answered = tenant.site.run_php(
        "foreach (get_transient('logto_sign_in_transports') as $server) {
             foreach ($server as $transport => $noted) { echo $noted['answered'] ? $transport . ' ' : ''; }
         }",
    )?;
    ensure!(answered.trim() == "php", "other transports answered: {answered}");
    Ok(())
}
