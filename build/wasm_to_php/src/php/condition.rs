//! Conditions: what PHP's `if`, `?:` and `!` take.

use super::code::{Code, Level};
use super::writer::Writer;
use crate::operator::{Binary, Type, Unary};
use crate::ranges::Range;
use crate::tree::Expr;

impl Writer<'_> {
    /// Something that PHP takes for true exactly when it is not 0.
    pub(super) fn condition(&mut self, expr: &Expr) -> Code {
        match expr {
            Expr::Unary(Unary::Eqz, Type::I32, _, inner) => self.negated(inner),
            Expr::Unary(Unary::Eqz, _, _, inner) => {
                let value = self.int64(inner);
                Code::bool(format!("!{}", value.at(Level::Unary)), Level::Unary)
            }
            Expr::Binary(op, of, left, right) if op.is_comparison() => self.comparison(*op, *of, left, right),
            _ => self.whole32(expr),
        }
    }

    fn negated(&mut self, expr: &Expr) -> Code {
        let opposite = match expr {
            Expr::Unary(Unary::Eqz, Type::I32, _, inner) => return self.condition(inner),
            Expr::Binary(op, of @ (Type::I32 | Type::I64), left, right) => {
                opposite(*op).map(|op| (op, *of, left, right))
            }
            _ => None,
        };
        if let Some((op, of, left, right)) = opposite {
            return self.comparison(op, of, left, right);
        }
        let value = self.condition(expr);
        Code::bool(format!("!{}", value.at(Level::Unary)), Level::Unary)
    }

    /// A comparison, as a bool.
    pub(super) fn comparison(&mut self, op: Binary, of: Type, left: &Expr, right: &Expr) -> Code {
        let (left, right) = match of {
            Type::I32 => self.operands32(op, left, right),
            Type::I64 => self.operands64(op, left, right),
            Type::F32 | Type::F64 => (self.float(left), self.float(right)),
        };
        let (text, level) = match op {
            Binary::Eq if matches!(of, Type::I32 | Type::I64) && right.constant == Some(0) => {
                return Code::bool(format!("!{}", left.at(Level::Unary)), Level::Unary);
            }
            Binary::Eq => ("==", Level::Equality),
            Binary::Ne => ("!=", Level::Equality),
            Binary::LtS | Binary::LtU => ("<", Level::Order),
            Binary::GtS | Binary::GtU => (">", Level::Order),
            Binary::LeS | Binary::LeU => ("<=", Level::Order),
            _ => (">=", Level::Order),
        };
        // PHP's comparisons do not associate at all.
        let tighter = if level == Level::Equality { Level::Order } else { Level::Shift };
        Code::bool(format!("{}{text}{}", left.at(tighter), right.at(tighter)), level)
    }

    fn operands32(&mut self, op: Binary, left: &Expr, right: &Expr) -> (Code, Code) {
        if !is_signed(op) {
            return (self.whole32(left), self.whole32(right));
        }
        if let Expr::I32(value) = right {
            let value = value.cast_signed();
            let left = self.signed32(left);
            return (left, Code::integer(i64::from(value)));
        }
        (self.signed32(left), self.signed32(right))
    }

    fn operands64(&mut self, op: Binary, left: &Expr, right: &Expr) -> (Code, Code) {
        let (left, right) = (self.int64(left), self.int64(right));
        let unsigned = matches!(op, Binary::LtU | Binary::GtU | Binary::LeU | Binary::GeU);
        if !unsigned || left.range.is_positive() && right.range.is_positive() {
            return (left, right);
        }
        (biased(&left), biased(&right))
    }
}

/// With the sign bit turned, so that PHP's signed order is the unsigned one.
fn biased(code: &Code) -> Code {
    match code.constant {
        Some(value) => Code::integer(value ^ i64::MIN),
        None => Code::joined(code, "^", &Code::integer(i64::MIN), Level::BitXor, Range::I64),
    }
}

fn is_signed(op: Binary) -> bool {
    matches!(op, Binary::LtS | Binary::GtS | Binary::LeS | Binary::GeS)
}

const fn opposite(op: Binary) -> Option<Binary> {
    Some(match op {
        Binary::Eq => Binary::Ne,
        Binary::Ne => Binary::Eq,
        Binary::LtS => Binary::GeS,
        Binary::LtU => Binary::GeU,
        Binary::GtS => Binary::LeS,
        Binary::GtU => Binary::LeU,
        Binary::LeS => Binary::GtS,
        Binary::LeU => Binary::GtU,
        Binary::GeS => Binary::LtS,
        Binary::GeU => Binary::LtU,
        _ => return None,
    })
}
