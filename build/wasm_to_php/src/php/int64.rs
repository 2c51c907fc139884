//! Expressions of type i64: PHP's own integers. Where PHP would make a float of a result that does not fit, a helper wraps.

use super::code::{Code, Level};
use super::int32::{bit_count, bitwise, ternary, truncation};
use super::writer::Writer;
use crate::operator::{Binary, Type, Unary};
use crate::ranges::{self, Range};
use crate::tree::Expr;

impl Writer<'_> {
    pub(super) fn int64(&mut self, expr: &Expr) -> Code {
        if let Some(code) = self.common(expr) {
            return code;
        }
        match expr {
            Expr::I64(value) => Code::integer(*value),
            Expr::Unary(op, from, _, operand) => self.unary64(*op, *from, operand),
            Expr::Binary(op, _, left, right) => self.binary64(*op, left, right),
            Expr::Select(condition, left, right) => {
                let condition = self.condition(condition);
                let (left, right) = (self.int64(left), self.int64(right));
                ternary(&condition, &left, &right)
            }
            // Of another type.
            _ => Code::integer(0),
        }
    }

    fn unary64(&mut self, op: Unary, from: Type, operand: &Expr) -> Code {
        match op {
            Unary::ExtendU => self.whole32(operand),
            Unary::ExtendS => self.signed32(operand),
            Unary::Extend(bits) => {
                let (count, code) = (64 - u32::from(bits), self.int64(operand));
                code.shifted_left(count).shifted_right(count)
            }
            Unary::Clz | Unary::Ctz | Unary::Popcnt => {
                let name = bit_count(op);
                let code = self.int64(operand);
                Code::call(format!("W::{name}64({})", code.at(Level::Assign)), Range::new(0, 64))
            }
            Unary::Reinterpret => {
                let code = self.float(operand);
                Code::call(format!("W::bits64({})", code.at(Level::Assign)), Range::I64)
            }
            _ => {
                debug_assert!(matches!(from, Type::F32 | Type::F64));
                let code = self.float(operand);
                Code::call(format!("W::{}64({})", truncation(op), code.at(Level::Assign)), Range::I64)
            }
        }
    }

    fn binary64(&mut self, op: Binary, left: &Expr, right: &Expr) -> Code {
        let (a, b) = (self.int64(left), self.int64(right));
        match op {
            Binary::Add | Binary::Sub | Binary::Mul => self.arithmetic64(op, a, b),
            Binary::And | Binary::Or | Binary::Xor => bitwise(op, &a, &b),
            Binary::Shl | Binary::ShrS => {
                let count = b.masked(63);
                match (op, count.constant.and_then(|count| u32::try_from(count).ok())) {
                    (Binary::Shl, Some(count)) => a.shifted_left(count),
                    (_, Some(count)) => a.shifted_right(count),
                    _ => {
                        let text = if op == Binary::Shl { "<<" } else { ">>" };
                        let range = ranges::exact(op, a.range, count.range).unwrap_or(Range::I64);
                        Code::joined(&a, text, &count, Level::Shift, range)
                    }
                }
            }
            Binary::ShrU => Self::unsigned_shift64(&a, &b),
            Binary::Rotl | Binary::Rotr => self.rotation64(op, a, &b),
            Binary::DivU | Binary::RemU if a.range.is_positive() && b.range.is_positive() => {
                if op == Binary::DivU {
                    let text = format!("\\intdiv({},{})", a.at(Level::Assign), b.at(Level::Assign));
                    return Code::call(text, Range::new(0, a.range.high));
                }
                Code::joined(&a, "%", &b, Level::Product, Range::new(0, b.range.high.max(1) - 1))
            }
            // PHP knows that the least number modulo -1 is 0, and that it cannot be divided by it.
            Binary::RemS => Code::joined(&a, "%", &b, Level::Product, Range::I64),
            _ => {
                let name = match op {
                    Binary::DivS => "\\intdiv",
                    Binary::DivU => "W::div_u",
                    _ => "W::rem_u",
                };
                Code::call(format!("{name}({},{})", a.at(Level::Assign), b.at(Level::Assign)), Range::I64)
            }
        }
    }

    fn arithmetic64(&mut self, op: Binary, a: Code, b: Code) -> Code {
        let (sign, level, helper) = match op {
            Binary::Add => ("+", Level::Sum, "add"),
            Binary::Sub => ("-", Level::Sum, "sub"),
            _ => ("*", Level::Product, "mul"),
        };
        if let Some(range) = ranges::exact(op, a.range, b.range) {
            return match (op, b.constant) {
                (Binary::Add, Some(value)) if value > i64::MIN => a.plus(value),
                _ => Code::joined(&a, sign, &b, level, range),
            };
        }
        let (first, a) = self.twice(a);
        let (second, b) = self.twice(b);
        let result = self.helper();
        let sum = Code::joined(&first, sign, &second, level, Range::I64);
        let text = format!("\\is_int(${result}={})?${result}:W::{helper}({},{})", sum.text, a.text, b.text);
        Code::new(text, Level::Ternary, Range::I64)
    }

    fn unsigned_shift64(a: &Code, b: &Code) -> Code {
        let count = b.masked(63);
        match count.constant {
            Some(0) => a.clone(),
            Some(count) if a.range.is_positive() => a.shifted_right(u32::try_from(count).unwrap_or(63)),
            Some(count) => {
                let mask = i64::MAX >> (count - 1);
                Code { constant: None, ..a.shifted_right(u32::try_from(count).unwrap_or(63)) }.masked_by(mask)
            }
            None if a.range.is_positive() => {
                let range = ranges::exact(Binary::ShrS, a.range, count.range).unwrap_or(a.range);
                Code::joined(a, ">>", &count, Level::Shift, range)
            }
            None => Code::call(format!("W::shr_u({},{})", a.at(Level::Assign), count.at(Level::Assign)), Range::I64),
        }
    }

    fn rotation64(&mut self, op: Binary, a: Code, b: &Code) -> Code {
        if let Some(count) = b.constant {
            let count = u32::try_from(count & 63).unwrap_or_default();
            let count = if op == Binary::Rotl { count } else { (64 - count) % 64 };
            if count == 0 {
                return a;
            }
            let (first, second) = self.twice(a);
            let up = first.shifted_left(count);
            let down = Code { constant: None, ..second.shifted_right(64 - count) }.masked_by(i64::MAX >> (63 - count));
            return Code { range: Range::I64, ..bitwise(Binary::Or, &up, &down) };
        }
        let name = if op == Binary::Rotl { "rotl64" } else { "rotr64" };
        Code::call(format!("W::{name}({},{})", a.at(Level::Assign), b.at(Level::Assign)), Range::I64)
    }
}

impl Code {
    /// With a mask in any case: the value is negative where the sign bit is set.
    fn masked_by(&self, mask: i64) -> Self {
        Self::joined(self, "&", &Self::integer(mask), Level::BitAnd, Range::new(0, i128::from(mask)))
    }
}
