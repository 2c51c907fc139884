//! What axe-core says about a page.

use crate::browser::Browser;
use crate::install::node;
use crate::{Context, Result, ensure, paths};
use serde_json::{Value, json};
use std::fs;

/// The rules of WCAG 2.2, levels A and AA, and those of the versions that it contains.
const RULES: &str = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']";

/// The narrowest window that a page must fit in without scrolling sideways (WCAG 2.2 §1.4.10), and a wide one.
const WINDOWS: [(u32, u32); 2] = [(320, 640), (1280, 1000)];

/// Fails, naming every element and rule, unless the page shown meets WCAG 2.2 AA as far as a program can tell, in a
/// wide and in a narrow window.
///
/// `within` is a CSS selector of the parts to look at: `html` is the whole page, and only then are its language,
/// title and landmarks looked at.
pub fn check(browser: &Browser, within: &str) -> Result<()> {
    browser.execute(&axe()?)?;
    for (width, height) in WINDOWS {
        browser.resize(width, height)?;
        let wide = browser.execute(
            "const page = document.documentElement;
             return [innerWidth, Math.max(0, page.scrollWidth - innerWidth)]",
        )?;
        ensure!(wide == json!([width, 0]), "{} needs {} more than {}", browser.url()?, wide[1], wide[0]);
        ask(browser, within)?;
    }
    Ok(())
}

fn ask(browser: &Browser, within: &str) -> Result<()> {
    let answer = browser.execute_async(&format!(
        "const done = arguments[arguments.length - 1];
         const where = {within:?} === 'html' ? document : {within:?};
         axe.run(where, {{ runOnly: {RULES} }}).then(
             (found) => done({{
                 passed: found.passes.length,
                 problems: found.violations.flatMap((rule) => rule.nodes.map(
                     (node) => `${{rule.id}}: ${{rule.help}}\\n  ${{node.html}}\\n  ${{node.failureSummary}}`)),
             }}),
             (error) => done({{ passed: 0, problems: [String(error)] }}));"
    ))?;
    let problems: Vec<&str> = answer["problems"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let place = format!("{} ({within})", browser.url()?);
    ensure!(problems.is_empty(), "axe-core finds fault with {place}:\n{}", problems.join("\n"));
    ensure!(answer["passed"].as_u64() > Some(0), "axe-core found nothing to look at in {place}");
    Ok(())
}

fn axe() -> Result<String> {
    let folder = node::packages(&paths::root().join("tests/world/providers"), "providers")?;
    let file = folder.join("node_modules/axe-core/axe.min.js");
    fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))
}
