use super::contents::{Contents, Edition, NATIVE, plugin, write};
use super::{bill, licences};
use crate::paths;
use serde_json::Value;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use zip::ZipArchive;

fn folder(name: &str) -> PathBuf {
    let folder = paths::target().join("world/tests").join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn the_same_contents_are_the_same_bytes_wherever_and_whenever_they_are_written() {
    let contents: Contents =
        [("p/bin/logto-sign-in", "program"), ("p/bin/aarch64/logto-sign-in", "other"), ("p/a", "")]
            .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
            .into();
    let (one, two) = (folder("package-one").join("a.zip"), folder("package-two").join("b.zip"));

    write(&one, &contents).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(2100));
    write(&two, &contents).unwrap();

    assert_eq!(fs::read(&one).unwrap(), fs::read(&two).unwrap());
    let mut zip = ZipArchive::new(File::open(&one).unwrap()).unwrap();
    let modes = ["p/bin/logto-sign-in", "p/bin/aarch64/logto-sign-in", "p/a"]
        .map(|name| zip.by_name(name).unwrap().unix_mode().unwrap() & 0o777);
    assert_eq!(modes, [0o755, 0o755, 0o644]);
    let mut text = String::new();
    zip.by_name("p/bin/logto-sign-in").unwrap().read_to_string(&mut text).unwrap();
    assert_eq!(text, "program");
}

#[test]
fn the_zip_for_the_directory_has_nothing_that_runs_a_program() {
    let contents = plugin(Edition::Directory).unwrap();

    let native: Vec<&String> =
        contents.keys().filter(|name| NATIVE.iter().any(|native| name.starts_with(native))).collect();
    assert_eq!(native, Vec::<&String>::new());
    let shipped = String::from_utf8(contents["src/Transport/Shipped.php"].clone()).unwrap();
    assert!(shipped.contains("NAMES = ['php']"), "{shipped}");
    let main = String::from_utf8(contents["logto-sign-in.php"].clone()).unwrap();
    assert!(!main.contains("Update URI"), "{main}");
}

#[test]
fn every_crate_has_its_licence_and_its_line_in_the_bill() {
    let nowhere = Path::new("");
    let full = Edition::Full { program: nowhere, library: nowhere, others: &[] };

    let (all, engine) = (bill::crates(full).unwrap(), bill::crates(Edition::Directory).unwrap());
    let texts = licences::texts(full, &all).unwrap();
    let parsed: Value = serde_json::from_str(&bill::cyclonedx(&all).unwrap()).unwrap();

    assert!(all.len() > engine.len() && engine.len() > 30, "{} and {}", all.len(), engine.len());
    for found in &all {
        assert!(texts.contains(&format!("\n{} {} (", found.name, found.version)), "{found:?}");
        assert_eq!(found.checksum.len(), 64, "{found:?}");
    }
    assert_eq!(parsed["components"].as_array().unwrap().len(), all.len());
    let home = std::env::var("HOME").unwrap();
    assert!(!texts.contains(&home), "the builder's folders are nobody's business");
}
