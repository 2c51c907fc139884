//! Writes one function.

use super::code::{Code, Level};
use crate::assignment;
use crate::module::Signature;
use crate::names;
use crate::operator::Type;
use crate::ranges::{self, Range};
use crate::tree::{Expr, Function, Label, Var};
use std::fmt::Write as _;

/// How calls are written.
pub(crate) struct Calls<'a> {
    /// `P1::name` for each function.
    pub(crate) functions: &'a [String],
    /// Whether alignments that the module promises are believed.
    pub(crate) trusts_alignment: bool,
    /// Whether methods note that they ran.
    pub(crate) traced: bool,
}

/// What a `break` can leave.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Breakable {
    Block(Label),
    Loop(Label),
    Switch,
}

pub(super) struct Writer<'a> {
    pub(super) calls: &'a Calls<'a>,
    pub(super) function: &'a Function,
    ranges: Vec<Range>,
    /// Variables within the present statement, and the most that any statement had.
    helpers: usize,
    pub(super) open: Vec<Breakable>,
    pub(super) out: String,
    class: &'a str,
}

/// The method of a function that has a body. `class` is the one that it is a part of.
pub(crate) fn function(calls: &Calls<'_>, class: &str, name: &str, function: &Function) -> String {
    let mut writer = Writer {
        calls,
        function,
        ranges: ranges::of_variables(function),
        helpers: 0,
        open: Vec::new(),
        out: String::new(),
        class,
    };
    writer.body(&function.body);
    let unset = assignment::unset(function);
    let mut text = format!("static function {name}(&$m");
    for parameter in 0..function.parameters {
        let _ = write!(text, ",${}", names::of_variable(parameter));
    }
    text.push_str("){");
    if calls.traced {
        let _ = write!(text, "W::$ran['{name}']=1;");
    }
    for float in [false, true] {
        let named = unset.iter().filter(|var| matches!(function.types[**var], Type::F32 | Type::F64) == float);
        let zeros = named.fold(String::new(), |text, var| text + "$" + &names::of_variable(*var) + "=");
        if !zeros.is_empty() {
            let _ = write!(text, "{zeros}{};", if float { "0.0" } else { "0" });
        }
    }
    text.push_str(&writer.out);
    text.push_str("}\n");
    text
}

impl Writer<'_> {
    /// Begins a statement: helper variables of the last one are free again.
    pub(super) fn next_statement(&mut self) {
        self.helpers = 0;
    }

    pub(super) fn variable(&self, var: Var) -> Code {
        Code::variable(&names::of_variable(var), self.ranges[var])
    }

    /// A variable that nothing else in this statement uses.
    pub(super) fn helper(&mut self) -> String {
        let name = names::of_variable(self.function.types.len() + self.helpers);
        self.helpers += 1;
        name
    }

    /// An expression for two places, of which the first is evaluated before the second.
    pub(super) fn twice(&mut self, code: Code) -> (Code, Code) {
        if code.is_cheap {
            return (code.clone(), code);
        }
        let name = self.helper();
        let second = Code::variable(&name, code.range);
        let first = Code::new(format!("${name}={}", code.at(Level::Assign)), Level::Assign, code.range);
        (first, second)
    }

    /// A value as a call, a store or a variable takes it.
    pub(super) fn value(&mut self, expr: &Expr) -> Code {
        match expr.of_type() {
            Type::I32 => self.whole32(expr),
            Type::I64 => self.int64(expr),
            Type::F32 | Type::F64 => self.float(expr),
        }
    }

    pub(super) fn call(&mut self, function: u32, arguments: &[Expr], of: Type) -> Code {
        let name = &self.calls.functions[function as usize];
        let name = match name.split_once("::") {
            Some((class, name)) if class == self.class => format!("self::{name}"),
            _ => name.clone(),
        };
        let arguments = self.arguments(arguments);
        Code::call(format!("{name}($m{arguments})"), Range::all(of))
    }

    pub(super) fn call_indirect(&mut self, ty: u32, arguments: &[Expr], index: &Expr, of: Type) -> Code {
        // The index comes last in WebAssembly, too.
        let arguments = self.arguments(arguments);
        let index = self.whole32(index);
        Code::call(format!("T::c{ty}($m{arguments},{})", index.at(Level::Assign)), Range::all(of))
    }

    fn arguments(&mut self, arguments: &[Expr]) -> String {
        let mut text = String::new();
        for argument in arguments {
            let code = self.value(argument);
            let _ = write!(text, ",{}", code.at(Level::Assign));
        }
        text
    }

    /// What every type has: variables, globals, calls.
    pub(super) fn common(&mut self, expr: &Expr) -> Option<Code> {
        Some(match expr {
            Expr::Var(var, _) => self.variable(*var),
            Expr::Global(number, _, range) => Code::call(format!("W::$g{number}"), *range),
            Expr::Call(function, arguments, of) => self.call(*function, arguments, of.unwrap_or(Type::I32)),
            Expr::CallIndirect(ty, arguments, index, of) => {
                self.call_indirect(*ty, arguments, index, of.unwrap_or(Type::I32))
            }
            Expr::MemorySize => Code::call("(\\count($m)>>14)".to_owned(), Range::new(0, 65536)),
            Expr::MemoryGrow(pages) => {
                let pages = self.whole32(pages);
                Code::call(format!("W::grow($m,{})", pages.at(Level::Assign)), Range::I32)
            }
            Expr::Load(access, address, offset) => self.load(*access, address, *offset),
            _ => return None,
        })
    }
}

/// The signature of a function or of a type of functions, for dispatching.
pub(crate) fn parameters(signature: &Signature) -> String {
    (0..signature.parameters.len()).fold(String::new(), |text, at| text + ",$" + &names::of_variable(at))
}
