//! End to end: the packaged plugin in a real WordPress, behind nginx and PHP-FPM, with MariaDB, providers and browsers.
//!
//! One program with one [`Fixture`]. Its `main` ends every server before it returns, whether tests passed, failed or
//! panicked; that is why it does without the harness of `rustc`, which never ends what tests share.

mod accessibility;
mod accounts;
mod attacks;
mod bench;
mod broken;
mod buttons;
mod connect;
mod demo;
mod dingtalk;
mod dingtalk_app;
mod fixture;
mod load;
mod mistakes;
mod network;
mod provider_faults;
mod rest_api;
mod second_factor;
mod secrets;
mod servers;
mod setup;
mod shared_host;
mod silence;
mod silent;
mod wordpress_versions;

use demo::DemoSite;
use fixture::{Fixture, Shared};
use libtest_mimic::{Arguments, Trial};
use std::process::ExitCode;
use std::sync::Arc;
use world::{Result, ensure, process, progress};

fn main() -> Result<ExitCode> {
    let mut arguments = Arguments::from_args();
    process::end_on_signals()?;
    progress::be_quiet();

    let fixture = Arc::new(Fixture::default());
    let trials = trials(&fixture);
    // A thread for each test: most of them wait for their turn, and the fixture says how many run at once.
    arguments.test_threads.get_or_insert(trials.len());
    let conclusion = libtest_mimic::run(&arguments, trials);

    drop(fixture);
    ensure!(!process::any_is_running(), "a server outlived the tests");
    Ok(conclusion.exit_code())
}

/// Every test, those that take long first.
fn trials(fixture: &Arc<Fixture>) -> Vec<Trial> {
    let demo = Shared::new(fixture, DemoSite::prepare);
    let modules = [
        provider_faults::trials(fixture),
        dingtalk::trials(fixture),
        shared_host::trials(fixture),
        accounts::trials(fixture),
        broken::trials(fixture),
        network::trials(fixture),
        connect::trials(fixture),
        attacks::trials(fixture),
        second_factor::trials(fixture),
        bench::trials(fixture),
        dingtalk_app::trials(fixture),
        demo::trials(&demo),
        buttons::trials(&demo),
        servers::trials(&demo),
        rest_api::trials(&demo),
        accessibility::trials(fixture),
        setup::trials(fixture),
        mistakes::trials(fixture),
        wordpress_versions::trials(fixture),
        silent::trials(&demo),
        silence::trials(fixture),
        load::trials(fixture),
        // The last: it looks at what the others left behind.
        secrets::trials(fixture),
    ];
    modules.into_iter().flatten().collect()
}
