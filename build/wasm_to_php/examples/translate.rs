//! Translates a module and writes its files: `cargo run -p wasm-to-php --example translate -- module.wasm folder`.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(module), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("usage: translate module.wasm folder".into());
    };
    let options = wasm_to_php::Options {
        namespace: "LogtoSignIn\\Engine",
        imports: BTreeMap::from([
            ("host.verify", "\\LogtoSignIn\\Transport\\PhpSignatures::verify"),
            ("host.is_key", "\\LogtoSignIn\\Transport\\PhpSignatures::is_key"),
            ("host.rsa", "\\LogtoSignIn\\Transport\\PhpSignatures::rsa"),
            ("host.transliterate", "\\LogtoSignIn\\Transport\\PhpTransliteration::transliterate"),
        ]),
        trusts_compiler: true,
        file_length: 130_000,
        first: BTreeSet::new(),
        traced: false,
    };
    fs::create_dir_all(&folder)?;
    for (name, text) in wasm_to_php::translate(&fs::read(module)?, &options)? {
        println!("{name}: {} bytes", text.len());
        fs::write(format!("{folder}/{name}"), text)?;
    }
    Ok(())
}
