//! What an expression depends on while it waits on the stack.

use crate::operator::{Type, Unary};
use crate::tree::{Expr, Var};

/// A value that waits, and what it depends on.
pub(super) struct Waiting {
    pub(super) expr: Expr,
    pub(super) facts: Facts,
}

#[allow(clippy::struct_excessive_bools, reason = "each is a question of its own")]
#[derive(Default)]
pub(super) struct Facts {
    /// Reads the memory, or its size.
    pub(super) memory: bool,
    /// Reads a global.
    pub(super) global: bool,
    /// Is, or holds, a call.
    pub(super) effect: bool,
    /// Can trap otherwise than by an address.
    pub(super) traps: bool,
    pub(super) variables: Vec<Var>,
}

impl Facts {
    pub(super) fn of(expr: &Expr) -> Self {
        let mut facts = Self::default();
        expr.walk(&mut |expr| match expr {
            Expr::Var(var, _) => facts.variables.push(*var),
            Expr::Global(..) => facts.global = true,
            Expr::Load(..) | Expr::MemorySize => facts.memory = true,
            Expr::Call(..) | Expr::CallIndirect(..) | Expr::MemoryGrow(_) => facts.effect = true,
            Expr::Binary(op, of, ..) if op.is_division() && matches!(of, Type::I32 | Type::I64) => facts.traps = true,
            Expr::Unary(Unary::TruncS | Unary::TruncU, ..) => facts.traps = true,
            _ => {}
        });
        facts
    }
}
