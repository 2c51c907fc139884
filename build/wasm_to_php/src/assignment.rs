//! Which locals must be set to 0 at first, as WebAssembly has them: those that may be read before they are written.

use crate::tree::{Expr, Function, Label, Stmt, Var};
use std::collections::HashMap;

/// The locals that a function may read before it writes them, in order.
pub(crate) fn unset(function: &Function) -> Vec<Var> {
    let mut flow = Flow { function, read_early: vec![false; function.locals], at: HashMap::new() };
    let start = Some((0..function.locals).map(|var| var < function.parameters).collect());
    flow.body(&function.body, start);
    (0..function.locals).filter(|var| flow.read_early[*var]).collect()
}

/// Which locals have been written; `None` where nothing gets to.
type Written = Option<Vec<bool>>;

struct Flow<'a> {
    function: &'a Function,
    read_early: Vec<bool>,
    /// What is written wherever a branch to the label leaves.
    at: HashMap<Label, Written>,
}

impl Flow<'_> {
    fn body(&mut self, body: &[Stmt], mut written: Written) -> Written {
        for statement in body {
            written = self.statement(statement, written);
        }
        written
    }

    fn statement(&mut self, statement: &Stmt, mut written: Written) -> Written {
        for expr in statement.expressions() {
            self.read(expr, written.as_ref());
        }
        match statement {
            Stmt::Set(var, _) => {
                if let Some(entry) = written.as_mut().and_then(|written| written.get_mut(*var)) {
                    *entry = true;
                }
                written
            }
            Stmt::Block(label, body) => {
                let end = self.body(body, written);
                self.join(*label, end)
            }
            Stmt::Loop(_, body) => self.body(body, written),
            Stmt::If(label, _, then, otherwise) => {
                let left = self.body(then, written.clone());
                let right = self.body(otherwise, written);
                self.join(*label, both(left, right))
            }
            Stmt::Branch(label) => {
                self.leave(*label, written);
                None
            }
            Stmt::Switch(_, targets, default) => {
                for label in targets.iter().chain([default]) {
                    self.leave(*label, written.clone());
                }
                None
            }
            Stmt::Return(_) | Stmt::Unreachable => None,
            _ => written,
        }
    }

    fn read(&mut self, expr: &Expr, written: Option<&Vec<bool>>) {
        let Some(written) = written else { return };
        expr.walk(&mut |expr| {
            if let Expr::Var(var, _) = expr
                && *var < self.function.locals
                && !written[*var]
            {
                self.read_early[*var] = true;
            }
        });
    }

    fn leave(&mut self, label: Label, written: Written) {
        let joined = both(self.at.remove(&label).flatten(), written);
        self.at.insert(label, joined);
    }

    /// What is written after a block: at its end, and at every branch that leads there.
    fn join(&mut self, label: Label, end: Written) -> Written {
        both(self.at.remove(&label).flatten(), end)
    }
}

fn both(left: Written, right: Written) -> Written {
    match (left, right) {
        (Some(left), Some(right)) => Some(left.iter().zip(right).map(|(left, right)| *left && right).collect()),
        (left, right) => left.or(right),
    }
}
