//! Checks that need a running world.

use super::{Tally, scripts};
use crate::install::debian;
use crate::process::Program;
use crate::wordpress::Options;
use crate::world::World;
use crate::{Result, package, paths};

/// `PHPUnit` in a WordPress where the packaged plugin is active.
pub(super) fn phpunit() -> Result<Tally> {
    phpunit_on(&Options::default())
}

/// The same tests on the first site of a network, where the plugin is active everywhere.
pub(super) fn phpunit_network() -> Result<Tally> {
    phpunit_on(&Options { network: true, ..Options::default() })
}

fn phpunit_on(options: &Options) -> Result<Tally> {
    debian::for_checks()?;
    let package = package::build()?;
    let world = World::start()?;
    let site = world.site(options)?;
    site.activate(&package.zip, package::PLUGIN)?;
    let elsewhere: &[&str] = if options.network { &[] } else { &["--exclude-group", "network"] };
    let finished = site
        .php()
        .arg("/usr/bin/phpunit")
        .args(elsewhere)
        .args(["--colors=never", "-c"])
        .arg(paths::root().join("tests/php"))
        .env("WORDPRESS_DIR", &site.folder)
        .folder(paths::root())
        .finish()?;
    let output = format!("{}{}", finished.stdout, finished.stderr);
    Ok(scripts::phpunit_tally(finished.success, output))
}

/// The demo as somebody types it.
pub(super) fn demo() -> Result<Tally> {
    let finished = Program::new("cargo").args(["demo", "--once"]).folder(paths::root()).finish()?;
    Ok(Tally::one(&finished))
}
