//! WordPress Playground: the blueprint opens the plugin's settings on a WordPress that is WebAssembly itself.

use super::{Row, Tally};
use crate::cookie_client::CookieClient;
use crate::install::node;
use crate::process::Program;
use crate::wordpress::{Version, files};
use crate::{Context as _, Result, bail, ensure, http, package, paths};
use serde_json::{Value, json};
use std::fs;
use std::time::{Duration, Instant};

/// Where the plugin directory looks for it.
const BLUEPRINT: &str = ".wordpress-org/blueprints/blueprint.json";

const PATIENCE: Duration = Duration::from_mins(5);

/// The blueprint with the packaged plugin in the place of the one in the plugin directory, and a WordPress of the world.
pub(super) fn playground() -> Result<Tally> {
    let source = paths::root().join("tests/world/playground");
    let (node, packages) = (node::node_for(&source)?, node::packages(&source, "playground")?);
    let folder = paths::state().join("playground");
    let wordpress = folder.join("wordpress");
    drop(fs::remove_dir_all(&folder));
    paths::copy_folder(&files::require(Version::V7_1)?, &wordpress)?;
    // The plugin directory's, as for a visitor of the blueprint.
    fs::copy(package::build_directory()?, folder.join("plugin.zip"))?;
    let mut blueprint: Value = serde_json::from_str(&fs::read_to_string(paths::root().join(BLUEPRINT))?)?;
    let page = blueprint["landingPage"].as_str().context("no landing page")?.to_owned();
    blueprint["steps"][0]["pluginData"] = json!({ "resource": "bundled", "path": "/plugin.zip" });
    fs::write(folder.join("blueprint.json"), blueprint.to_string())?;

    let begun = Instant::now();
    let port = http::free_port()?;
    let mut server = Program::new(node)
        .arg(packages.join("node_modules/@wp-playground/cli/wp-playground.js"))
        .arg("server")
        .arg(format!("--port={port}"))
        // The oldest PHP that the plugin supports.
        .arg("--php=8.1")
        .arg("--blueprint=blueprint.json")
        .arg("--blueprint-may-read-adjacent-files")
        .arg(format!("--mount-before-install={}:/wordpress", wordpress.display()))
        .arg("--wordpress-install-mode=install-from-existing-files")
        .folder(&folder)
        .service(&folder.join("log"))?;
    server.wait_until(PATIENCE, |log| log.contains("Ready!").then_some(()))?;

    let shown = open(&format!("http://127.0.0.1:{port}"), &page)?;
    ensure!(shown.contains("<title>Logto Sign-In"), "{page} shows no settings:\n{shown}");
    ensure!(!shown.contains("cannot run on this server"), "no transport works in Playground:\n{shown}");
    let what = "WordPress Playground, PHP 8.1".to_owned();
    let rows = vec![Row { what, result: "shows the settings".to_owned(), took: begun.elapsed() }];
    Ok(Tally { rows, ..Tally::of(1, &[]) })
}

/// A page, as a browser gets it: Playground logs the administrator in by a redirect.
fn open(site: &str, page: &str) -> Result<String> {
    let mut visitor = CookieClient::default();
    let mut url = format!("{site}{page}");
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        let answer = visitor.get(&url)?;
        match answer.header("location") {
            Some(next) if next.starts_with("http") => next.clone_into(&mut url),
            Some(next) => url = format!("{site}{next}"),
            None => return Ok(answer.body),
        }
    }
    bail!("{page} redirects for ever")
}
