//! WordPress's own Plugin Check over the zip for its plugin directory.

use super::Tally;
use crate::package::{self, PLUGIN};
use crate::wordpress::Options;
use crate::world::World;
use crate::{Context, Result, paths};
use serde_json::{Value, json};
use std::env;

/// Names the folder of Plugin Check, with the packages that its Composer file asks for: it is in no registry of this project's.
const FOLDER: &str = "PLUGIN_CHECK";

/// Its static checks; the others measure pages, which have nothing of this plugin.
pub(super) fn plugin_check() -> Result<Tally> {
    let folder = env::var(FOLDER).with_context(|| format!("set {FOLDER} to the folder of Plugin Check"))?;
    let zip = package::build_directory()?;
    let world = World::start()?;
    let site = world.site(&Options::default())?;
    site.activate(&zip, PLUGIN)?;
    let said = site
        .php()
        .args(["-d", "memory_limit=4G", "-f"])
        .arg(paths::root().join("tests/php/tools/plugin_check.php"))
        .env("WORDPRESS_DIR", &site.folder)
        .env("TEST_INPUT", json!({ "plugin_check": folder }).to_string())
        .output()?;
    let result = said.rsplit('\u{2}').next().unwrap_or_default();
    let result: Value = serde_json::from_str(result).with_context(|| format!("Plugin Check said:\n{said}"))?;
    let lines = |name: &str| -> Vec<String> {
        let lines = result[name].as_array().into_iter().flatten().filter_map(Value::as_str);
        lines.map(str::to_owned).collect()
    };
    for warning in lines("warnings") {
        println!("warning: {warning}");
    }
    let note = format!("Plugin Check {}, {} warnings", result["version"], lines("warnings").len());
    Ok(Tally { note, ..Tally::of(lines("checks").len().max(lines("errors").len()), &lines("errors")) })
}
