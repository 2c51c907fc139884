//! The core for servers that run nothing but PHP: a module of its own, translated, and the table that it transliterates with.

use crate::artifact_cache::{self, Folder};
use crate::toolchain::{self, Purpose};
use crate::{Result, write};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};
use wasm_to_php::Options;

/// The PHP functions that compute what wasm/src/host.rs imports.
const IMPORTS: [(&str, &str); 4] = [
    ("host.verify", "\\LogtoSignIn\\Transport\\PhpSignatures::verify"),
    ("host.is_key", "\\LogtoSignIn\\Transport\\PhpSignatures::is_key"),
    ("host.rsa", "\\LogtoSignIn\\Transport\\PhpSignatures::rsa"),
    ("host.transliterate", "\\LogtoSignIn\\Transport\\PhpTransliteration::transliterate"),
];

/// The length of a file: several of them are compiled at once where nothing caches them, and memory is short.
const FILE_LENGTH: usize = 130_000;

/// No entry in the table.
const NONE: u32 = 0xff << 24;

/// Builds `engine` in the cache and gives its path.
pub(crate) fn build(root: &Path, cache: &Folder) -> Result<PathBuf> {
    let wasm = cache.get("engine.wasm", &artifact_cache::key_of_files(root, artifact_cache::SOURCES)?, || {
        toolchain::build_core(root, &cache.path, Purpose::Php)
    })?;
    let arithmetic = artifact_cache::key_of_files(root, artifact_cache::ARITHMETIC)?;
    let arithmetic = cache
        .get("arithmetic.wasm", &arithmetic, || toolchain::build_core(root, &cache.path, Purpose::PhpArithmetic))?;
    let folder = cache.path.join("engine");
    // This program, of which the translator is a part: its sources may have changed since it was built.
    let program = env::current_exe().and_then(fs::read).map_err(|cause| format!("the build script: {cause}"))?;
    let key = artifact_cache::key(&[&wasm, &arithmetic, &program]);
    let key_file = cache.path.join("engine.key");
    if fs::read_to_string(&key_file).is_ok_and(|cached| cached == key) && folder.is_dir() {
        return Ok(folder);
    }
    let _ = fs::remove_dir_all(&folder);
    let core = Options {
        namespace: "LogtoSignIn\\Engine",
        imports: BTreeMap::from(IMPORTS),
        trusts_compiler: true,
        file_length: FILE_LENGTH,
        first: include_str!("engine_first.txt").lines().collect(),
        traced: false,
    };
    translate(&wasm, &core, &folder)?;
    // Nothing of it is needed where PHP has OpenSSL: its files are loaded only elsewhere.
    let arithmetic_options = Options {
        namespace: "LogtoSignIn\\Engine\\Arithmetic",
        imports: BTreeMap::new(),
        first: BTreeSet::new(),
        ..core
    };
    translate(&arithmetic, &arithmetic_options, &folder.join("Arithmetic"))?;
    write(&folder.join("transliteration.dat"), &transliteration())?;
    write(&key_file, key.as_bytes())?;
    Ok(folder)
}

fn translate(wasm: &[u8], options: &Options<'_>, folder: &Path) -> Result<()> {
    let files = wasm_to_php::translate(wasm, options).map_err(|cause| format!("The translation to PHP: {cause}"))?;
    fs::create_dir_all(folder).map_err(|cause| format!("{}: {cause}", folder.display()))?;
    files.iter().try_for_each(|(name, text)| write(&folder.join(name), text))
}

/// The number of entries, an entry for each character, and the texts. An entry is where its text begins among them, with the
/// length in its highest byte; every number has 32 bits, the lowest byte first.
fn transliteration() -> Vec<u8> {
    let mut texts = String::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut entries: Vec<u32> = Vec::new();
    for number in 0..=u32::from(char::MAX) {
        let text = char::from_u32(number).and_then(deunicode::deunicode_char);
        entries.push(text.map_or(NONE, |text| {
            let place = *places.entry(text).or_insert_with(|| {
                texts.push_str(text);
                texts.len() - text.len()
            });
            let packed = place | text.len() << 24;
            u32::try_from(packed).unwrap_or(NONE)
        }));
    }
    let count = entries.iter().rposition(|entry| *entry != NONE).map_or(0, |last| last + 1);
    let head = [u32::try_from(count).unwrap_or_default()];
    let numbers = head.iter().chain(&entries[..count]).flat_map(|number| number.to_le_bytes());
    numbers.chain(texts.bytes()).collect()
}
