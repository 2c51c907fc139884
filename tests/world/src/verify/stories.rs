//! Checks that need a running world.

use super::figures::{self, Figure};
use super::{Tally, scripts};
use crate::install::debian;
use crate::package::{self, Package};
use crate::paths::RunFolder;
use crate::process::Program;
use crate::secrets::{Secret, leaks, secrets};
use crate::wordpress::Options;
use crate::world::World;
use crate::{Result, anyhow, ensure, paths};
use simulator::figures::count;
use std::path::Path;
use std::{env, fs, thread};

/// Narrows `PHPUnit` to the tests whose names match, as its `--filter` does.
const FILTER: &str = "PHPUNIT_FILTER";

/// `PHPUnit` in a WordPress where the packaged plugin is active, and at the same time on the first site of a network,
/// where it is active everywhere: each of them keeps one processor busy. What they leave behind must hold no secret.
pub(super) fn phpunit() -> Result<Tally> {
    debian::for_checks()?;
    let package = package::build()?;
    let world = World::start()?;
    // Not among what is searched for secrets.
    let compiled = RunFolder::create()?;
    let folders = ["site", "network"].map(|name| compiled.path(name));
    folders.iter().try_for_each(fs::create_dir)?;
    let on = |folder, network| phpunit_on(&world, &package, folder, &Options { network, ..Options::default() });
    let (site, network) = thread::scope(|scope| {
        let network = scope.spawn(|| on(&folders[1], true));
        (on(&folders[0], false), network.join())
    });
    let network = network.map_err(|_| anyhow!("the tests on the network panicked"))?;
    Ok(site?.and(&network?).and(&secret_search(&world)?))
}

/// Searches what the tests left behind for the secrets that they use, which name a setting: `'app_secret' => '…'`.
fn secret_search(world: &World) -> Result<Tally> {
    let mut known = Vec::new();
    for file in paths::files_under(&paths::root().join("tests/php"))? {
        let source = String::from_utf8_lossy(&fs::read(&file)?).into_owned();
        for setting in ["app_secret", "appSecret", "dingtalk_client_secret"] {
            let before = format!("'{setting}' => '");
            let values = source.split(before.as_str()).skip(1).filter_map(|rest| rest.split('\'').next());
            known.extend(values.map(|value| Secret::new(setting, value, &[])));
        }
    }
    ensure!(known.len() > 1, "the tests name no secret any more: the search would look for nothing");
    let places = world.places()?;
    let found = leaks(&places, &secrets(&places, &known));
    let counts = [("places searched", count(places.len())), ("secrets found", count(found.len()))];
    Ok(Tally {
        note: format!("{} places searched for secrets", places.len()),
        figures: vec![Figure::new("secrets", "what PHPUnit left behind", &counts)],
        ..Tally::of(1, &found)
    })
}

/// `opcache` is an empty folder.
fn phpunit_on(world: &World, package: &Package, opcache: &Path, options: &Options) -> Result<Tally> {
    let site = world.site(options)?;
    site.activate(&package.zip, package::PLUGIN)?;
    let elsewhere: &[&str] = if options.network { &[] } else { &["--exclude-group", "network"] };
    let filter = env::var(FILTER).map_or_else(|_| Vec::new(), |filter| vec!["--filter".to_owned(), filter]);
    let finished = site
        .php()
        .arg("/usr/bin/phpunit")
        .args(elsewhere)
        .args(filter)
        .args(["--colors=never", "-c"])
        .arg(paths::root().join("tests/php"))
        .env("WORDPRESS_DIR", &site.folder)
        .env("OPCACHE_DIR", opcache)
        .folder(paths::root())
        .finish()?;
    let output = format!("{}{}", finished.stdout, finished.stderr);
    let tried = figures::collect(&output);
    let mut tally = scripts::phpunit_tally(finished.success, output);
    tally.figures = tried;
    tally.note = format!("{} {}", tally.passed, if options.network { "on a network" } else { "on a site" });
    Ok(tally)
}

/// The demo as somebody types it.
pub(super) fn demo() -> Result<Tally> {
    let finished = Program::new("cargo").args(["demo", "--once"]).folder(paths::root()).finish()?;
    Ok(Tally::one(&finished))
}
