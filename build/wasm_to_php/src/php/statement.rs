//! Statements. A block is a `do` that runs once, a branch to its end a `break`; PHP's `switch` counts as well.

use super::code::Level;
use super::writer::{Breakable, Writer};
use crate::names;
use crate::tree::{Expr, Label, Stmt};
use std::fmt::Write as _;

impl Writer<'_> {
    pub(super) fn body(&mut self, body: &[Stmt]) {
        for statement in body {
            self.statement(statement);
            // The rest is never reached.
            if statement.ends() {
                break;
            }
        }
    }

    fn statement(&mut self, statement: &Stmt) {
        self.next_statement();
        match statement {
            Stmt::Set(var, value) => {
                let code = self.value(value);
                let _ = write!(self.out, "${}={};", names::of_variable(*var), code.at(Level::Assign));
            }
            Stmt::Drop(value) => {
                let code = self.value(value);
                let _ = write!(self.out, "{};", code.at(Level::Assign));
            }
            Stmt::Store(access, address, offset, value) => self.store(*access, address, *offset, value),
            Stmt::GlobalSet(number, value) => {
                let code = self.value(value);
                let _ = write!(self.out, "W::$g{number}={};", code.at(Level::Assign));
            }
            Stmt::MemoryCopy(to, from, length) => self.bulk("copy", [to, from, length]),
            Stmt::MemoryFill(to, byte, length) => self.bulk("fill", [to, byte, length]),
            Stmt::Block(label, body) => self.block(*label, body),
            Stmt::Loop(label, body) => self.repeat(*label, body),
            Stmt::If(label, condition, then, otherwise) => self.choice(*label, condition, then, otherwise),
            Stmt::Branch(label) => {
                let text = self.branch(*label);
                self.out.push_str(&text);
            }
            Stmt::Switch(index, targets, default) => self.switch(index, targets, *default),
            Stmt::Return(None) => self.out.push_str("return;"),
            Stmt::Return(Some(value)) => {
                let code = self.value(value);
                let _ = write!(self.out, "return {};", code.at(Level::Assign));
            }
            Stmt::Unreachable => self.out.push_str("W::trap();"),
        }
    }

    fn bulk(&mut self, name: &str, operands: [&Expr; 3]) {
        let [first, second, third] = operands.map(|operand| self.value(operand).at(Level::Assign));
        let _ = write!(self.out, "W::{name}($m,{first},{second},{third});");
    }

    fn block(&mut self, label: Label, body: &[Stmt]) {
        self.out.push_str("do{");
        self.open.push(Breakable::Block(label));
        // A branch to the end, at the end.
        match body {
            [before @ .., Stmt::Branch(last)] if *last == label => self.body(before),
            _ => self.body(body),
        }
        self.open.pop();
        self.out.push_str("}while(0);");
    }

    fn repeat(&mut self, label: Label, body: &[Stmt]) {
        // A loop that goes on by its last statement alone.
        if let [before @ .., Stmt::If(_, condition, then, otherwise)] = body
            && let ([Stmt::Branch(last)], []) = (&**then, &**otherwise)
            && *last == label
            && self.function.uses[label] == 1
        {
            self.out.push_str("do{");
            self.open.push(Breakable::Loop(label));
            self.body(before);
            self.open.pop();
            self.next_statement();
            let condition = self.condition(condition);
            let _ = write!(self.out, "}}while({});", condition.text);
            return;
        }
        self.out.push_str("for(;;){");
        self.open.push(Breakable::Loop(label));
        self.body(body);
        self.open.pop();
        if !body.last().is_some_and(Stmt::ends) {
            self.out.push_str("break;");
        }
        self.out.push('}');
    }

    fn choice(&mut self, label: Label, condition: &Expr, then: &[Stmt], otherwise: &[Stmt]) {
        let breakable = self.function.uses[label] > 0;
        if breakable {
            self.out.push_str("do{");
            self.open.push(Breakable::Block(label));
        }
        let negated;
        let (condition, then, otherwise) = if then.is_empty() {
            negated = Expr::Unary(
                crate::operator::Unary::Eqz,
                condition.of_type(),
                crate::operator::Type::I32,
                condition.clone().into(),
            );
            (&negated, otherwise, then)
        } else {
            (condition, then, otherwise)
        };
        let code = self.condition(condition);
        let _ = write!(self.out, "if({})", code.text);
        self.braced(then);
        if !otherwise.is_empty() {
            let before = self.out.len();
            self.braced(otherwise);
            let space = if self.out[before..].starts_with(['{', '$']) { "" } else { " " };
            self.out.insert_str(before, &format!("else{space}"));
        }
        if breakable {
            self.open.pop();
            self.out.push_str("}while(0);");
        }
    }

    fn braced(&mut self, body: &[Stmt]) {
        // One statement of PHP needs no braces; a store may be several.
        if let [statement @ (Stmt::Branch(_) | Stmt::Return(_) | Stmt::Set(..) | Stmt::Unreachable)] = body {
            self.statement(statement);
            return;
        }
        self.out.push('{');
        self.body(body);
        self.out.push('}');
    }

    fn branch(&self, label: Label) -> String {
        let place = self
            .open
            .iter()
            .rev()
            .position(|open| matches!(open, Breakable::Block(l) | Breakable::Loop(l) if *l == label));
        let count = place.map_or(0, |place| place + 1);
        let word = if self.open.contains(&Breakable::Loop(label)) { "continue" } else { "break" };
        if count == 1 { format!("{word};") } else { format!("{word} {count};") }
    }

    fn switch(&mut self, index: &Expr, targets: &[Label], default: Label) {
        let code = self.value(index);
        let _ = write!(self.out, "switch({}){{", code.text);
        self.open.push(Breakable::Switch);
        let mut done: Vec<Label> = vec![default];
        for target in targets {
            if done.contains(target) {
                continue;
            }
            done.push(*target);
            for (case, _) in targets.iter().enumerate().filter(|(_, other)| *other == target) {
                let _ = write!(self.out, "case {case}:");
            }
            let text = self.branch(*target);
            self.out.push_str(&text);
        }
        let text = self.branch(default);
        let _ = write!(self.out, "default:{text}");
        self.open.pop();
        self.out.push('}');
    }
}
