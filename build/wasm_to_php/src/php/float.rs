//! Expressions of the float types. PHP's float is an f64; an f32 is one whose value an f32 can hold.

use super::code::{Code, Level};
use super::int32::ternary;
use super::writer::Writer;
use crate::operator::{Binary, Type, Unary};
use crate::ranges::Range;
use crate::tree::Expr;

impl Writer<'_> {
    pub(super) fn float(&mut self, expr: &Expr) -> Code {
        if let Some(code) = self.common(expr) {
            return code;
        }
        match expr {
            Expr::F32(bits) => literal(f64::from(f32::from_bits(*bits)), || format!("W::float32({bits})")),
            Expr::F64(bits) => literal(f64::from_bits(*bits), || {
                format!("W::float64({})", Code::integer(bits.cast_signed()).at(Level::Assign))
            }),
            Expr::Unary(op, from, to, operand) => self.float_unary(*op, *from, *to, operand),
            Expr::Binary(op, of, left, right) => self.float_binary(*op, *of, left, right),
            Expr::Select(condition, left, right) => {
                let condition = self.condition(condition);
                let (left, right) = (self.float(left), self.float(right));
                ternary(&condition, &left, &right)
            }
            // Of another type.
            _ => Code::integer(0),
        }
    }

    fn float_unary(&mut self, op: Unary, from: Type, to: Type, operand: &Expr) -> Code {
        let width = if to == Type::F32 { 32 } else { 64 };
        let name = match op {
            // The sign of a NaN counts too.
            Unary::Abs => "W::abs",
            Unary::Neg => "W::neg",
            Unary::Ceil => "\\ceil",
            Unary::Floor => "\\floor",
            Unary::Trunc => "W::trunc",
            Unary::Nearest => "W::nearest",
            Unary::Sqrt if to == Type::F32 => "W::sqrt32",
            Unary::Sqrt => "\\sqrt",
            Unary::Demote => "W::demote",
            Unary::Promote => "",
            Unary::ConvertS | Unary::ConvertU => return self.conversion(op, from, to, operand),
            _ => {
                let code = self.value(operand);
                return Code::call(format!("W::float{width}({})", code.at(Level::Assign)), Range::I64);
            }
        };
        let code = self.float(operand);
        Code::call(format!("{name}({})", code.at(Level::Assign)), Range::I64)
    }

    fn conversion(&mut self, op: Unary, from: Type, to: Type, operand: &Expr) -> Code {
        let code = match (op, from) {
            (Unary::ConvertS, Type::I32) => self.signed32(operand),
            (_, Type::I32) => self.whole32(operand),
            _ => self.int64(operand),
        };
        let name = match (op, from, to) {
            (_, Type::I32, Type::F32) => "W::int32_to_32",
            (Unary::ConvertS, Type::I64, Type::F32) => "W::int_to_32",
            (Unary::ConvertU, Type::I64, Type::F32) => "W::unsigned_to_32",
            (Unary::ConvertU, Type::I64, _) if !code.range.is_positive() => "W::unsigned_to_64",
            _ => "(float)",
        };
        Code::call(format!("{name}({})", code.at(Level::Assign)), Range::I64)
    }

    fn float_binary(&mut self, op: Binary, of: Type, left: &Expr, right: &Expr) -> Code {
        let (a, b) = (self.float(left), self.float(right));
        let operator = |text, level| Code::joined(&a, text, &b, level, Range::I64);
        let function =
            |name| Code::call(format!("{name}({},{})", a.at(Level::Assign), b.at(Level::Assign)), Range::I64);
        let code = match op {
            Binary::Add => operator("+", Level::Sum),
            Binary::Sub => operator("-", Level::Sum),
            Binary::Mul => operator("*", Level::Product),
            Binary::DivS => function("\\fdiv"),
            Binary::Min => return function("W::min"),
            Binary::Max => return function("W::max"),
            _ => return function("W::copysign"),
        };
        match of {
            // Rounding twice is the same as rounding once for these four (Figueroa, "When is double rounding innocuous?").
            Type::F32 => Code::call(format!("W::demote({})", code.at(Level::Assign)), Range::I64),
            _ => code,
        }
    }
}

fn literal(value: f64, bits: impl FnOnce() -> String) -> Code {
    let text = if value.is_nan() {
        bits()
    } else if value.is_infinite() {
        return if value > 0.0 {
            Code::call("\\INF".to_owned(), Range::I64)
        } else {
            Code::new("-\\INF".to_owned(), Level::Order, Range::I64)
        };
    } else {
        format!("{value:?}")
    };
    Code::new(text, if value.is_sign_negative() && !value.is_nan() { Level::Order } else { Level::Atom }, Range::I64)
}
