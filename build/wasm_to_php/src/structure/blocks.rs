//! Blocks: where each begins and ends, and where its value goes.

use super::Builder;
use crate::Error;
use crate::module::{unsupported, value_type};
use crate::operator::Type;
use crate::tree::{Expr, Label, Stmt, Var};
use std::mem;
use wasmparser::BlockType;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Function,
    Block,
    Loop,
    If,
}

/// A block that has not ended.
pub(super) struct Frame {
    pub(super) kind: Kind,
    pub(super) label: Label,
    /// Where its value goes.
    pub(super) result: Option<(Var, Type)>,
    /// Height of the stack when it began.
    pub(super) height: usize,
    /// The statements before it.
    pub(super) outer: Vec<Stmt>,
    /// Of an `if`.
    pub(super) condition: Option<Expr>,
    /// Of an `if` whose `else` has begun.
    pub(super) then: Option<Vec<Stmt>>,
}

impl Builder<'_> {
    pub(super) fn begin(&mut self, kind: Kind, ty: BlockType) -> Result<(), Error> {
        let result = match ty {
            BlockType::Empty => None,
            BlockType::Type(ty) => Some(value_type(ty)?),
            BlockType::FuncType(ty) => {
                let signature = &self.module.types[ty as usize];
                if !signature.parameters.is_empty() {
                    return unsupported("a block with parameters");
                }
                signature.result
            }
        };
        self.open(kind, result)
    }

    #[allow(clippy::unnecessary_wraps, reason = "the callers return it")]
    pub(super) fn open(&mut self, kind: Kind, result: Option<Type>) -> Result<(), Error> {
        let condition = (kind == Kind::If).then(|| self.pop());
        self.settle_all();
        let result = result.map(|of| (self.variable(of), of));
        let label = self.uses.len();
        self.uses.push(0);
        let outer = mem::take(&mut self.out);
        self.frames.push(Frame { kind, label, result, height: self.stack.len(), outer, condition, then: None });
        Ok(())
    }

    /// Nothing after this statement is reached, until the block ends.
    pub(super) fn leave(&mut self, statement: Stmt) {
        self.leave_with(vec![statement]);
    }

    pub(super) fn leave_with(&mut self, statements: Vec<Stmt>) {
        self.settle(|facts| facts.effect);
        self.out.extend(statements);
        self.unreachable = 1;
    }

    pub(super) fn otherwise(&mut self) {
        self.give_result();
        let body = mem::take(&mut self.out);
        if let Some(frame) = self.frames.last_mut() {
            frame.then = Some(body);
        }
        self.unreachable = 0;
    }

    pub(super) fn end(&mut self) {
        self.give_result();
        self.unreachable = 0;
        let Some(frame) = self.frames.pop() else { return };
        let body = mem::replace(&mut self.out, frame.outer);
        match (frame.kind, frame.condition, frame.then) {
            (Kind::Function, ..) => {
                self.out = body;
                return;
            }
            (Kind::Block | Kind::Loop, ..) if self.uses[frame.label] == 0 => self.out.extend(body),
            (Kind::Block, ..) => self.out.push(Stmt::Block(frame.label, body)),
            (Kind::Loop, ..) => self.out.push(Stmt::Loop(frame.label, body)),
            (Kind::If, condition, then) => {
                let (then, otherwise) = match then {
                    Some(then) => (then, body),
                    None => (body, Vec::new()),
                };
                self.out.push(Stmt::If(frame.label, condition.unwrap_or(Expr::I32(0)), then, otherwise));
            }
        }
        if let Some((var, of)) = frame.result {
            self.push(Expr::Var(var, of));
        }
    }

    /// The value of the block that ends here, if its end is reached.
    pub(super) fn give_result(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let (kind, height, result) = (frame.kind, frame.height, frame.result);
        if self.unreachable == 0 {
            if let Some((var, _)) = result {
                let value = self.pop();
                let statement = if kind == Kind::Function { Stmt::Return(Some(value)) } else { Stmt::Set(var, value) };
                self.statement(statement);
            } else {
                self.settle(|facts| facts.effect);
            }
        }
        self.stack.truncate(height);
    }
}
