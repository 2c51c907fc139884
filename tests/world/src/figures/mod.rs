//! What the README's table says, measured: sizes, the core beside PHP, and a page view with the plugin and without.

mod page_view;

use crate::process::Program;
use crate::wordpress::Options;
use crate::world::World;
use crate::{Result, package, paths, progress};
use std::fs::File;

/// Measures everything and prints it as Markdown.
pub fn print() -> Result<()> {
    let package = package::build()?;
    let core = progress::step("Measuring the core beside PHP", || {
        let bench = ["bench", "--quiet", "--locked", "--package", "logto-sign-in", "--bench", "figures"];
        Program::new("cargo").args(bench).folder(paths::root()).output()
    })?;
    page_view::install()?;
    let world = World::start()?;
    let site = world.site(&Options::default())?;
    zip::ZipArchive::new(File::open(&package.zip)?)?.extract(site.folder.join("wp-content/plugins"))?;
    let views = progress::step("Measuring page views", || page_view::measure(&site))?;

    println!("\n{}\n\n{views}\n", core.trim());
    println!("| file | size |\n|---|---|");
    for (name, file) in [
        ("the plugin's zip", &package.zip),
        ("bin/logto-sign-in", &package.program),
        ("bin/liblogto_sign_in.so", &package.library),
    ] {
        println!("| {name} | {} KiB |", package::kibibytes(file)?);
    }
    Ok(())
}
