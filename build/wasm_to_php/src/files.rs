//! Which class is in which file: `Exports` to begin with, `P1` and so on with the functions, `T` with the calls through the
//! table, and `W` with what PHP has no operator for. Each file is loaded when its class is first called. `memory.dat` has the
//! module's data.

use crate::module::{Module, Value};
use crate::tree::{Expr, Stmt};
use crate::{Error, Options, names, php};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Bytes of a page of memory, in words.
const PAGE: usize = 16384;

/// The file with the data of a new instance: as numbers in PHP, it would be three times as long.
const MEMORY: &str = "memory.dat";

/// All files of a module.
pub(crate) fn write(module: &Module, options: &Options<'_>) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    let names = names::of_functions(module);
    let (mut order, others): (Vec<usize>, Vec<usize>) = order(module, options.trusts_compiler)
        .into_iter()
        .partition(|number| options.first.contains(names[*number].as_str()));
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
        let own = php::function(&calls, "", &names[*number], &module.bodies[*number - first]).len();
        if length > 0 && length + own > options.file_length {
            (file, length) = (file + 1, 0);
        }
        length += own;
        file_of[*number] = file;
    }
    for number in first..functions.len() {
        functions[number] = format!("P{}::{}", file_of[number], names[number]);
    }

    let calls = php::Calls { functions: &functions, trusts_alignment: options.trusts_compiler, traced: options.traced };
    let mut classes: BTreeMap<String, String> = BTreeMap::new();
    for number in &order {
        let class = format!("P{}", file_of[*number]);
        let text = php::function(&calls, &class, &names[*number], &module.bodies[*number - first]);
        // `M` is what `Code` calls the mask of 32 bits. The name of the class is shorter than `self`.
        let text = text.replace("self::", &format!("{class}::"));
        classes.entry(class).or_insert_with(|| "const M=4294967295;\n".to_owned()).push_str(&text);
    }
    classes.insert("T".to_owned(), table(module, &functions, &order));
    let ran = if options.traced { "static $ran=[];\n" } else { "" };
    classes.insert("W".to_owned(), ran.to_owned() + &helpers(module));
    let memory = Memory::of(module);
    classes.insert("Exports".to_owned(), exports(module, options, &functions, &memory));
    let php_file =
        |(class, body): (String, String)| (format!("{class}.php"), file_text(options, &class, &body).into_bytes());
    Ok(classes.into_iter().map(php_file).chain([(MEMORY.to_owned(), memory.data)]).collect())
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

/// Functions in the order in which calls reach them from the exports, so that those that run together lie together. Only a
/// module that may be anything has others, which come last.
fn order(module: &Module, trusts_compiler: bool) -> Vec<usize> {
    let first = module.imports.len();
    let mut order = Vec::new();
    let mut seen = vec![false; module.functions.len()];
    let mut types = BTreeSet::new();
    let mut reach = |root: u32, types: &mut BTreeSet<u32>| {
        let mut waiting = vec![root as usize];
        while let Some(number) = waiting.pop() {
            if number < first || std::mem::replace(&mut seen[number], true) {
                continue;
            }
            order.push(number);
            let mut callees = Vec::new();
            called(&module.bodies[number - first].body, &mut callees, types);
            waiting.extend(callees.into_iter().rev());
        }
    };
    for root in module.exports.iter().map(|(_, function)| *function).chain(module.start) {
        reach(root, &mut types);
    }
    // What is called through the table may call through it again.
    let mut before = BTreeSet::new();
    while before != types {
        before.clone_from(&types);
        for ty in &before {
            for (_, function) in callable(module, *ty) {
                reach(function, &mut types);
            }
        }
    }
    if !trusts_compiler {
        for number in (first..module.functions.len()).filter_map(|number| u32::try_from(number).ok()) {
            reach(number, &mut types);
        }
    }
    order
}

/// What the statements call: functions, and types of functions in the table.
fn called(body: &[Stmt], callees: &mut Vec<usize>, types: &mut BTreeSet<u32>) {
    for statement in body {
        for expr in statement.expressions() {
            expr.walk(&mut |expr| match expr {
                Expr::Call(function, ..) => callees.push(*function as usize),
                Expr::CallIndirect(ty, ..) => drop(types.insert(*ty)),
                _ => {}
            });
        }
        for body in statement.bodies() {
            called(body, callees, types);
        }
    }
}

/// Index and number of the functions in the table that a call of this type may reach.
fn callable(module: &Module, ty: u32) -> impl Iterator<Item = (usize, u32)> + '_ {
    let signature = &module.types[ty as usize];
    let of_this_type = move |function: u32| {
        let other = module.signature(function);
        other.parameters == signature.parameters && other.result == signature.result
    };
    let entries = module.table.iter().enumerate();
    entries.filter_map(move |(index, function)| Some((index, function.filter(|function| of_this_type(*function))?)))
}

/// A method for each type of functions in the table. Another index is no function of that type, which PHP's `match` throws
/// for.
fn table(module: &Module, functions: &[String], order: &[usize]) -> String {
    let (mut callees, mut types) = (Vec::new(), BTreeSet::new());
    for number in order {
        called(&module.bodies[*number - module.imports.len()].body, &mut callees, &mut types);
    }
    let mut text = String::new();
    for ty in types {
        let parameters = php::parameters(&module.types[ty as usize]);
        let arms = callable(module, ty).fold(String::new(), |mut arms, (index, function)| {
            let _ = writeln!(arms, "{index}=>{}($m{parameters}),", functions[function as usize]);
            arms
        });
        let _ = writeln!(text, "static function c{ty}(&$m{parameters},$index){{return match($index){{\n{arms}}};}}");
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

fn exports(module: &Module, options: &Options<'_>, functions: &[String], memory: &Memory) -> String {
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
    text.push_str(&memory.method());
    let start = module.start.map(|function| format!("{}($m);", functions[function as usize])).unwrap_or_default();
    let _ = writeln!(text, "static function start(&$m){{{start}}}");
    text
}

/// The memory of a new instance: zeros, the words that the module's data fill, zeros.
struct Memory {
    /// How many words are zero before the data.
    before: usize,
    data: Vec<u8>,
    after: usize,
}

impl Memory {
    fn of(module: &Module) -> Self {
        let words = module.memory.map_or(0, |(pages, _)| pages as usize * PAGE);
        let mut image = vec![0_u8; words * 4];
        for (at, data) in &module.data {
            let at = *at as usize;
            if let Some(place) = image.get_mut(at..at + data.len()) {
                place.copy_from_slice(data);
            }
        }
        let is_used = |byte: &u8| *byte != 0;
        let before = image.iter().position(is_used).map_or(words, |first| first / 4);
        let end = image.iter().rposition(is_used).map_or(before, |last| last / 4 + 1);
        Self { before, data: image[before * 4..end * 4].to_vec(), after: words - end }
    }

    /// A file that is not whole throws, before anything is decided by it.
    fn method(&self) -> String {
        let (before, after) = (self.before, self.after);
        let data = if self.data.is_empty() {
            "[]".to_owned()
        } else {
            let length = self.data.len();
            format!(
                "\\unpack('V*',\\strlen($d=(string)\\file_get_contents(__DIR__.'/{MEMORY}'))==={length}?$d:\
                 throw new \\RuntimeException('{MEMORY} is not whole'))"
            )
        };
        // The plugin directory of WordPress asks for the reason.
        let rule = "WordPress.WP.AlternativeFunctions.file_get_contents_file_get_contents";
        format!(
            "/** The memory of a new instance. */\n\
             // phpcs:ignore {rule} -- a file beside this one, not an address\nstatic function memory()\
             {{return \\array_merge(\\array_fill(0,{before},0),{data},\\array_fill(0,{after},0));}}\n"
        )
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}
