//! Translations: the template has every text of the plugin, each language has every text of the template, and what is
//! shipped is compiled from it. With [`WRITE`] in the environment, the template and the compiled files are written, and each
//! language gets the entries that it lacks.

use super::Tally;
use crate::install::debian;
use crate::process::Program;
use crate::{Context, Result, ensure, paths};
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Asks for files to be written instead of compared.
const WRITE: &str = "LOGTO_SIGN_IN_WRITE_TRANSLATIONS";

/// How texts are found: WordPress's functions, and the comments for translators. Files are named without lines, so that
/// moving code changes nothing.
const XGETTEXT: [&str; 17] = [
    "--language=PHP",
    "--from-code=UTF-8",
    "--add-comments=translators",
    "--add-location=file",
    "--no-wrap",
    // Without a word, this one forgets xgettext's own keywords of PHP.
    "--keyword",
    "--keyword=__",
    "--keyword=_e",
    "--keyword=esc_html__",
    "--keyword=esc_html_e",
    "--keyword=esc_attr__",
    "--keyword=esc_attr_e",
    "--keyword=_x:1,2c",
    "--keyword=esc_html_x:1,2c",
    "--keyword=esc_attr_x:1,2c",
    "--keyword=_n:1,2",
    "--keyword=_nx:1,2,4c",
];

pub(super) fn translations() -> Result<Tally> {
    debian::for_checks()?;
    let (plugin, fresh) = (paths::root().join("php"), paths::state().join("languages"));
    fs::create_dir_all(&fresh)?;
    let template = plugin.join("languages/logto-sign-in.pot");
    let extracted = fresh.join("logto-sign-in.pot");
    fs::write(&extracted, extract(&plugin, &header(&template)?)?)?;
    let mut problems: Vec<String> = difference(&template, &extracted)?.into_iter().collect();
    let mut languages = paths::files_under(&plugin.join("languages"))?;
    languages.retain(|file| file.extension().is_some_and(|extension| extension == "po"));
    ensure!(!languages.is_empty(), "found no language in php/languages");
    for language in &languages {
        problems.extend(language_problem(language, &extracted)?);
    }
    Ok(Tally::of(1 + languages.len(), &problems))
}

/// The first entry of a template: its name, language and encoding, without the time of its making.
fn header(template: &Path) -> Result<String> {
    let text = fs::read_to_string(template).with_context(|| format!("cannot read {}", template.display()))?;
    let (header, _) = text.split_once("\n\n").with_context(|| format!("{} has no entries", template.display()))?;
    Ok(header.to_owned())
}

/// The template of the sources as they are.
fn extract(plugin: &Path, header: &str) -> Result<String> {
    let mut sources: Vec<String> = Vec::new();
    for file in paths::files_under(plugin)? {
        if file.extension().is_some_and(|extension| extension == "php") {
            sources.push(file.strip_prefix(plugin)?.display().to_string());
        }
    }
    sources.sort_unstable();
    // Texts have quotation marks and arrows outside of ASCII, about which xgettext warns each time.
    let found = Program::new("xgettext").args(XGETTEXT).arg("--output=-").args(&sources).folder(plugin).output()?;
    let (_, entries) = found.split_once("\n\n").context("xgettext found no text")?;
    Ok(format!("{header}\n\n{entries}"))
}

/// What is wrong with a language: entries that the template does not have or that are missing, untranslated texts, or a
/// compiled file of another time.
fn language_problem(language: &Path, template: &Path) -> Result<Option<String>> {
    let merged = beside(template, language);
    Program::new("msgmerge")
        .args(["--quiet", "--no-fuzzy-matching", "--no-wrap", "--output-file"])
        .arg(&merged)
        .args([language, template])
        .output()?;
    // What the plugin no longer says is kept nowhere.
    Program::new("msgattrib")
        .args(["--no-obsolete", "--no-wrap", "--output-file"])
        .arg(&merged)
        .arg(&merged)
        .output()?;
    if let Some(problem) = difference(language, &merged)? {
        return Ok(Some(problem));
    }
    let compiled = merged.with_extension("mo");
    let checked =
        Program::new("msgfmt").args(["--check", "--statistics", "-o"]).arg(&compiled).arg(language).finish()?;
    let said = checked.stderr.trim();
    if !checked.success || said.contains("untranslated") || said.contains("fuzzy") {
        let missing = Program::new("msgattrib").args(["--untranslated", "--no-wrap"]).arg(language).output()?;
        let missing = missing.split("\n\n").skip(1).collect::<Vec<_>>().join("\n");
        return Ok(Some(format!("{}: {said}\n{missing}", language.display())));
    }
    difference(&language.with_extension("mo"), &compiled)
}

/// The path of a file of the same name in the folder of another one.
fn beside(other: &Path, file: &Path) -> PathBuf {
    other.with_file_name(file.file_name().unwrap_or_default())
}

/// How a shipped file differs from what it is made from, and what to do about it.
fn difference(shipped: &Path, fresh: &Path) -> Result<Option<String>> {
    if fs::read(shipped).unwrap_or_default() == fs::read(fresh)? {
        return Ok(None);
    }
    if env::var_os(WRITE).is_some() {
        fs::copy(fresh, shipped).with_context(|| format!("cannot write {}", shipped.display()))?;
        return Ok(None);
    }
    let lines = Program::new("diff").arg("--unified=0").args([shipped, fresh]).finish()?.stdout;
    Ok(Some(format!("{} is out of date; {WRITE}=1 writes it\n{lines}", shipped.display())))
}
