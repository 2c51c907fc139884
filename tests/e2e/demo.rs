//! The whole story in a real WordPress, a real browser and a real provider: one world, shared by the tests here.

use std::sync::OnceLock;
use world::demo::Demo;
use world::wordpress::Options;
use world::world::World;
use world::{Result, package, progress};

struct Shared {
    demo: Demo,
    world: World,
}

/// Starts the world with the first test; the kernel ends its services with this process.
fn shared() -> &'static Shared {
    static SHARED: OnceLock<Shared> = OnceLock::new();
    SHARED.get_or_init(|| {
        progress::be_quiet();
        let start = || -> Result<Shared> {
            let package = package::build()?;
            let world = World::start()?;
            let demo = Demo::prepare(&world, &Options::default(), &package)?;
            Ok(Shared { demo, world })
        };
        start().unwrap_or_else(|error| panic!("{error:#}"))
    })
}

#[test]
fn an_administrator_uploads_activates_and_sets_up_the_plugin() -> Result<()> {
    let Shared { demo, .. } = shared();
    assert_eq!(
        demo.site.run_php("echo implode(',', get_option('active_plugins'));")?,
        "logto-sign-in/logto-sign-in.php"
    );
    assert_eq!(demo.site.run_php("echo get_option('logto_sign_in')['app_id'];")?, demo.logto.app_id);
    Ok(())
}

#[test]
fn a_visitor_signs_in_through_dingtalk_and_out_twice() -> Result<()> {
    let Shared { demo, world } = shared();
    let visitor = world.browser("en-US")?;
    demo.visit(&visitor)?;
    let users = || demo.site.run_php("echo count_users()['total_users'];");
    assert_eq!(users()?, "2", "the administrator and the visitor");

    demo.visit(&visitor)?;
    assert_eq!(users()?, "2", "the second sign-in finds the same account");
    assert_eq!(demo.site.complaints(), "");
    Ok(())
}
