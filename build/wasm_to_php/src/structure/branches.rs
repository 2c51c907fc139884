//! Branches: `br`, `br_if` and `br_table`.

use super::Builder;
use super::blocks::Kind;
use crate::operator::{Binary, Type};
use crate::tree::{Expr, Stmt};

impl Builder<'_> {
    /// Hands over the value of a block, and goes there.
    pub(super) fn branch(&mut self, depth: u32, keep: Keep) -> Vec<Stmt> {
        let frame = &self.frames[self.frames.len() - 1 - depth as usize];
        let (kind, label, result) = (frame.kind, frame.label, frame.result.filter(|_| frame.kind != Kind::Loop));
        let value = result.map(|_| match keep {
            Keep::Nothing => self.pop(),
            Keep::Value => {
                let value = self.pop();
                let value = self.settled(value, |_| true);
                self.push(value.clone());
                value
            }
        });
        if kind == Kind::Function {
            return vec![Stmt::Return(value)];
        }
        self.uses[label] += 1;
        let set = result.zip(value).map(|((var, _), value)| Stmt::Set(var, value));
        set.into_iter().chain([Stmt::Branch(label)]).collect()
    }

    pub(super) fn branch_if(&mut self, depth: u32) {
        let condition = self.pop();
        let condition = if self.frames[self.frames.len() - 1 - depth as usize].result.is_some() {
            self.settled(condition, |facts| facts.effect)
        } else {
            condition
        };
        let then = self.branch(depth, Keep::Value);
        let label = self.uses.len();
        self.uses.push(0);
        // A branch changes nothing that still waits.
        self.settle(|facts| facts.effect);
        self.out.push(Stmt::If(label, condition, then, Vec::new()));
    }

    pub(super) fn switch(&mut self, depths: &[u32], default: u32) {
        let index = self.pop();
        let has_value = |depth: u32| {
            let frame = &self.frames[self.frames.len() - 1 - depth as usize];
            frame.result.is_some() && frame.kind != Kind::Loop
        };
        let to_function = |depth: u32| depth as usize == self.frames.len() - 1;
        if depths.iter().chain([&default]).any(|depth| has_value(*depth) || to_function(*depth)) {
            self.cascade(index, depths, default);
            return;
        }
        let label = |depth: u32| self.frames[self.frames.len() - 1 - depth as usize].label;
        let targets: Vec<_> = depths.iter().map(|depth| label(*depth)).collect();
        let default = label(default);
        for target in targets.iter().chain([&default]) {
            self.uses[*target] += 1;
        }
        self.leave(Stmt::Switch(index, targets, default));
    }

    /// A table whose targets take a value, or return: one condition after another.
    fn cascade(&mut self, index: Expr, depths: &[u32], default: u32) {
        let index = self.settled(index, |_| true);
        for (at, depth) in depths.iter().enumerate() {
            let then = self.branch(*depth, Keep::Value);
            let at = Expr::I32(u32::try_from(at).unwrap_or(u32::MAX));
            let condition = Expr::Binary(Binary::Eq, Type::I32, index.clone().into(), at.into());
            let label = self.uses.len();
            self.uses.push(0);
            self.out.push(Stmt::If(label, condition, then, Vec::new()));
        }
        let branch = self.branch(default, Keep::Nothing);
        self.leave_with(branch);
    }
}

/// Whether the value that a branch hands over stays on the stack too.
#[derive(Clone, Copy)]
pub(super) enum Keep {
    Nothing,
    Value,
}
