//! Which class is in which file: `Exports` to begin with, `P1` and so on with the functions, `T` with the calls through the
//! table, and `W` with what PHP has no operator for. Each file is loaded when its class is first called.

use crate::module::{Module, Value};
use crate::tree::{Expr, Stmt};
use crate::{Error, Options, names, php};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Bytes of a page of memory, in words.
const PAGE: usize = 16384;

/// All files of a module.
pub(crate) fn write(module: &Module, options: &Options<'_>) -> Result<BTreeMap<String, String>, Error> {
    let names = names::of_functions(module);
    let (mut order, others): (Vec<usize>, Vec<usize>) =
        order(module).into_iter().partition(|number| options.first.contains(names[*number].as_str()));
    order.extend(others);
    let mut functions = imported(module, options)?;
    let first = functions.len();
    functions.resize(module.functions.len(), String::new());

    // The text of a function is about as long with one class as with another, so that a first writing tells the files.
    let mut file_of = vec![1_usize; module.functions.len()];
    for number in first..functions.len() {
        functions[number] = format!("P1::{}", names[number]);
    }
    let (mut file, mut length) = (1, 0);
    for number in &order {
        let calls =
            php::Calls { functions: &functions, trusts_alignment: options.trusts_compiler, traced: options.traced };
        length += php::function(&calls, "", &names[*number], &module.bodies[*number - first]).len();
        file_of[*number] = file;
        if length > options.file_length {
            (file, length) = (file + 1, 0);
        }
    }
    for number in first..functions.len() {
        functions[number] = format!("P{}::{}", file_of[number], names[number]);
    }

    let calls = php::Calls { functions: &functions, trusts_alignment: options.trusts_compiler, traced: options.traced };
    let mut classes: BTreeMap<String, String> = BTreeMap::new();
    for number in &order {
        let class = format!("P{}", file_of[*number]);
        let text = php::function(&calls, &class, &names[*number], &module.bodies[*number - first]);
        classes.entry(class).or_default().push_str(&text);
    }
    classes.insert("T".to_owned(), table(module, &functions));
    let ran = if options.traced { "static $ran=[];\n" } else { "" };
    classes.insert("W".to_owned(), ran.to_owned() + &helpers(module));
    classes.insert("Exports".to_owned(), exports(module, options, &functions));
    Ok(classes.into_iter().map(|(class, body)| (format!("{class}.php"), file_text(options, &class, &body))).collect())
}

fn file_text(options: &Options<'_>, class: &str, body: &str) -> String {
    format!("<?php\nnamespace {};\nfinal class {class}{{\n{body}}}\n", options.namespace)
}

fn imported(module: &Module, options: &Options<'_>) -> Result<Vec<String>, Error> {
    let import = |(from, name): &(String, String)| {
        let name = format!("{from}.{name}");
        let function = options.imports.get(name.as_str()).map(|function| (*function).to_owned());
        function.ok_or_else(|| Error::Unsupported(format!("the import {name}")))
    };
    module.imports.iter().map(import).collect()
}

/// Functions in the order in which calls reach them from the exports, so that those that run together lie together; then
/// the others.
fn order(module: &Module) -> Vec<usize> {
    let first = module.imports.len();
    let mut order = Vec::new();
    let mut seen = vec![false; module.functions.len()];
    let exported = module.exports.iter().map(|(_, function)| *function).chain(module.start);
    let all = (first..module.functions.len()).map(|number| u32::try_from(number).unwrap_or(u32::MAX));
    for root in exported.chain(all) {
        let mut waiting = vec![root as usize];
        while let Some(number) = waiting.pop() {
            if number < first || std::mem::replace(&mut seen[number], true) {
                continue;
            }
            order.push(number);
            let mut callees = Vec::new();
            called(&module.bodies[number - first].body, &mut callees);
            waiting.extend(callees.into_iter().rev());
        }
    }
    order
}

fn called(body: &[Stmt], callees: &mut Vec<usize>) {
    for statement in body {
        for expr in statement.expressions() {
            expr.walk(&mut |expr| {
                if let Expr::Call(function, ..) = expr {
                    callees.push(*function as usize);
                }
            });
        }
        for body in statement.bodies() {
            called(body, callees);
        }
    }
}

/// A method for each type of functions in the table. Another index is no function of that type, which PHP's `match` throws
/// for.
fn table(module: &Module, functions: &[String]) -> String {
    let mut text = String::new();
    for (number, signature) in module.types.iter().enumerate() {
        let parameters = php::parameters(signature);
        let of_this_type = |function: u32| {
            let other = module.signature(function);
            other.parameters == signature.parameters && other.result == signature.result
        };
        let mut arms = String::new();
        for (index, function) in module.table.iter().enumerate() {
            if let Some(function) = function.filter(|function| of_this_type(*function)) {
                let _ = writeln!(arms, "{index}=>{}($m{parameters}),", functions[function as usize]);
            }
        }
        let _ =
            writeln!(text, "static function c{number}(&$m{parameters},$index){{return match($index){{\n{arms}}};}}");
    }
    text
}

/// `W.php` is a whole class, so that PHP's own tools can look at it.
fn helpers(module: &Module) -> String {
    let class = include_str!("W.php");
    let body = class.split_once("final class W\n{\n").map_or("", |(_, body)| body);
    let body = body.trim_end().strip_suffix('}').unwrap_or(body);
    let mut text = String::new();
    for (number, (_, value)) in module.globals.iter().enumerate() {
        let _ = writeln!(text, "static $g{number}={};", initial(*value));
    }
    let _ = writeln!(text, "const MAX_WORDS={};", module.memory.map_or(0, |(_, most)| most as usize * PAGE));
    text + body
}

fn initial(value: Value) -> String {
    match value {
        Value::I32(value) => value.to_string(),
        Value::I64(i64::MIN) => "\\PHP_INT_MIN".to_owned(),
        Value::I64(value) => value.to_string(),
        Value::F32(bits) => float(f64::from(f32::from_bits(bits))),
        Value::F64(bits) => float(f64::from_bits(bits)),
    }
}

fn float(value: f64) -> String {
    match value {
        _ if value.is_nan() => "\\NAN".to_owned(),
        _ if value.is_infinite() => (if value > 0.0 { "\\INF" } else { "-\\INF" }).to_owned(),
        _ => format!("{value:?}"),
    }
}

fn exports(module: &Module, options: &Options<'_>, functions: &[String]) -> String {
    let mut text =
        "/** The exported functions; each takes the memory by reference, then its arguments. */\nconst FUNCTIONS=[\n"
            .to_owned();
    for (name, function) in &module.exports {
        if let Some((class, method)) = functions[*function as usize].split_once("::") {
            let class =
                if class.starts_with('\\') { class.to_owned() } else { format!("{}\\{class}", options.namespace) };
            let _ = writeln!(text, "{}=>['{}','{method}'],", quoted(name), class.trim_start_matches('\\'));
        }
    }
    text.push_str("];\n");
    let globals: Vec<_> = module.globals.iter().map(|(_, value)| initial(*value)).collect();
    let _ = writeln!(text, "/** The globals of a new instance. */\nconst GLOBALS=[{}];", globals.join(","));
    let read: Vec<_> = (0..globals.len()).map(|number| format!("W::$g{number}")).collect();
    let _ = writeln!(text, "static function globals(){{return [{}];}}", read.join(","));
    if read.is_empty() {
        text.push_str("static function set_globals($values){}\n");
    } else {
        let _ = writeln!(text, "static function set_globals($values){{[{}]=$values;}}", read.join(","));
    }
    text.push_str(&memory(module));
    let start = module.start.map(|function| format!("{}($m);", functions[function as usize])).unwrap_or_default();
    let _ = writeln!(text, "static function start(&$m){{{start}}}");
    text
}

/// The memory of a new instance: zeros, the words that the module's data fill, zeros.
fn memory(module: &Module) -> String {
    let words = module.memory.map_or(0, |(pages, _)| pages as usize * PAGE);
    let mut image = vec![0_u8; words * 4];
    for (at, data) in &module.data {
        let at = *at as usize;
        if let Some(place) = image.get_mut(at..at + data.len()) {
            place.copy_from_slice(data);
        }
    }
    let image: Vec<u32> =
        image.chunks_exact(4).map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]])).collect();
    let first = image.iter().position(|word| *word != 0).unwrap_or(words);
    let last = image.iter().rposition(|word| *word != 0).map_or(first, |last| last + 1);
    let data = image[first..last].iter().fold(String::new(), |text, word| text + &word.to_string() + ",");
    let mut text = format!("const DATA=[{data}];\n");
    let _ = writeln!(
        text,
        "/** The memory of a new instance. */\nstatic function memory(){{return \\array_merge(\\array_fill(0,{first},0),self::DATA,\\array_fill(0,{},0));}}",
        words - last,
    );
    text
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}
