//! Expressions of type i32.

use super::code::{Code, Level};
use super::writer::Writer;
use crate::operator::{Binary, Type, Unary};
use crate::ranges::{self, Range};
use crate::tree::Expr;

const MASK: i64 = 0xffff_ffff;

impl Writer<'_> {
    /// A number from 0 to 2³² - 1.
    pub(super) fn whole32(&mut self, expr: &Expr) -> Code {
        let code = self.int32(expr);
        if code.is_bool {
            return Code::new(format!("(int){}", code.at(Level::Unary)), Level::Unary, Range::BOOL);
        }
        code.masked(MASK)
    }

    /// A number from -2³¹ to 2³¹ - 1.
    pub(super) fn signed32(&mut self, expr: &Expr) -> Code {
        if let Expr::I32(value) = expr {
            return Code::integer(i64::from(value.cast_signed()));
        }
        let code = self.int32(expr);
        if code.range.within(Range::new(-0x8000_0000, 0x7fff_ffff)) && !code.is_bool {
            return code;
        }
        if code.is_bool {
            return Code::new(format!("(int){}", code.at(Level::Unary)), Level::Unary, Range::BOOL);
        }
        Code { range: Range::new(-0x8000_0000, 0x7fff_ffff), ..code.shifted_left(32).shifted_right(32) }
    }

    /// A number whose lowest 32 bits are the value; or a bool.
    fn int32(&mut self, expr: &Expr) -> Code {
        if let Some(code) = self.common(expr) {
            return code;
        }
        match expr {
            Expr::I32(value) => Code::integer(i64::from(*value)),
            Expr::Unary(op, from, _, operand) => self.unary32(*op, *from, operand),
            Expr::Binary(op, of, left, right) if op.is_comparison() => self.comparison(*op, *of, left, right),
            Expr::Binary(op, _, left, right) => self.binary32(*op, left, right),
            Expr::Select(condition, left, right) => {
                let condition = self.condition(condition);
                let (left, right) = (self.whole32(left), self.whole32(right));
                ternary(&condition, &left, &right)
            }
            // Of another type, or taken care of above.
            _ => Code::integer(0),
        }
    }

    /// As [`Writer::int32`], without bools.
    fn number32(&mut self, expr: &Expr) -> Code {
        let code = self.int32(expr);
        if code.is_bool {
            Code::new(format!("(int){}", code.at(Level::Unary)), Level::Unary, Range::BOOL)
        } else {
            code
        }
    }

    fn unary32(&mut self, op: Unary, from: Type, operand: &Expr) -> Code {
        match op {
            Unary::Eqz => self.condition(&Expr::Unary(op, from, Type::I32, operand.clone().into())),
            Unary::Wrap => self.int64(operand),
            Unary::Extend(bits) => {
                let (count, code) = (64 - u32::from(bits), self.number32(operand));
                code.shifted_left(count).shifted_right(count)
            }
            Unary::Clz | Unary::Ctz | Unary::Popcnt => {
                let name = bit_count(op);
                let code = self.whole32(operand);
                Code::call(format!("W::{name}32({})", code.at(Level::Assign)), Range::new(0, 32))
            }
            Unary::Reinterpret => {
                let code = self.float(operand);
                Code::call(format!("W::bits32({})", code.at(Level::Assign)), Range::I32)
            }
            _ => {
                let code = self.float(operand);
                Code::call(format!("W::{}32({})", truncation(op), code.at(Level::Assign)), Range::I32)
            }
        }
    }

    fn binary32(&mut self, op: Binary, left: &Expr, right: &Expr) -> Code {
        match op {
            Binary::Add | Binary::Sub => self.sum32(op, left, right),
            Binary::Mul => self.product32(left, right),
            Binary::And | Binary::Or | Binary::Xor => {
                let (a, b) = (self.number32(left), self.number32(right));
                bitwise(op, &a, &b)
            }
            Binary::Shl | Binary::ShrS | Binary::ShrU => self.shift32(op, left, right),
            Binary::Rotl | Binary::Rotr => self.rotation32(op, left, right),
            Binary::DivU => {
                let (a, b) = (self.whole32(left), self.whole32(right));
                let range = Range::new(0, a.range.high);
                Code::call(format!("\\intdiv({},{})", a.at(Level::Assign), b.at(Level::Assign)), range)
            }
            Binary::RemU => {
                let (a, b) = (self.whole32(left), self.whole32(right));
                let range = Range::new(0, b.range.high.max(1) - 1);
                Code::joined(&a, "%", &b, Level::Product, range)
            }
            Binary::DivS => {
                let (a, b) = (self.signed32(left), self.signed32(right));
                let range = Range::new(-0x8000_0000, 0x7fff_ffff);
                let name = if b.constant.is_some_and(|b| b != -1) { "\\intdiv" } else { "W::div32" };
                Code::call(format!("{name}({},{})", a.at(Level::Assign), b.at(Level::Assign)), range)
            }
            _ => {
                let (a, b) = (self.signed32(left), self.signed32(right));
                Code::joined(&a, "%", &b, Level::Product, Range::new(-0x8000_0000, 0x7fff_ffff))
            }
        }
    }

    fn sum32(&mut self, op: Binary, left: &Expr, right: &Expr) -> Code {
        let a = self.number32(left);
        if let Expr::I32(value) = right {
            let value = i64::from(value.cast_signed());
            let value = if op == Binary::Add { value } else { -value };
            let sum = a.plus(value);
            return if sum.range.within(Range::I64) { sum } else { a.masked(MASK).plus(value) };
        }
        let b = self.number32(right);
        let sign = if op == Binary::Add { "+" } else { "-" };
        if let Some(range) = ranges::exact(op, a.range, b.range) {
            return Code::joined(&a, sign, &b, Level::Sum, range);
        }
        let (a, b) = (a.masked(MASK), b.masked(MASK));
        let range = ranges::exact(op, a.range, b.range).unwrap_or(Range::I64);
        Code::joined(&a, sign, &b, Level::Sum, range)
    }

    fn product32(&mut self, left: &Expr, right: &Expr) -> Code {
        let b = if matches!(right, Expr::I32(_)) { self.signed32(right) } else { self.number32(right) };
        let a = self.number32(left);
        if let Some(range) = ranges::exact(Binary::Mul, a.range, b.range) {
            return Code::joined(&a, "*", &b, Level::Product, range);
        }
        let a = a.masked(MASK);
        let b = if b.constant.is_some() { b } else { b.masked(MASK) };
        if let Some(range) = ranges::exact(Binary::Mul, a.range, b.range) {
            return Code::joined(&a, "*", &b, Level::Product, range);
        }
        Code::call(format!("W::mul32({},{})", a.at(Level::Assign), b.at(Level::Assign)), Range::I32)
    }

    fn shift32(&mut self, op: Binary, left: &Expr, right: &Expr) -> Code {
        let a = match op {
            Binary::Shl => self.number32(left),
            Binary::ShrS => self.signed32(left),
            _ => self.whole32(left),
        };
        if let Expr::I32(count) = right {
            let count = count % 32;
            return if op == Binary::Shl { a.shifted_left(count) } else { a.shifted_right(count) };
        }
        let b = self.number32(right).masked(31);
        let (text, exact) = if op == Binary::Shl { ("<<", Binary::Shl) } else { (">>", Binary::ShrS) };
        Code::joined(&a, text, &b, Level::Shift, ranges::exact(exact, a.range, b.range).unwrap_or(Range::I64))
    }

    fn rotation32(&mut self, op: Binary, left: &Expr, right: &Expr) -> Code {
        let a = self.whole32(left);
        if let Expr::I32(count) = right {
            let count = if op == Binary::Rotl { count % 32 } else { (32 - count % 32) % 32 };
            let (first, second) = self.twice(a);
            let (up, down) = (first.shifted_left(count), second.shifted_right(32 - count));
            return bitwise(Binary::Or, &up, &down);
        }
        let b = self.whole32(right);
        let name = if op == Binary::Rotl { "rotl32" } else { "rotr32" };
        Code::call(format!("W::{name}({},{})", a.at(Level::Assign), b.at(Level::Assign)), Range::I32)
    }
}

pub(super) fn bitwise(op: Binary, a: &Code, b: &Code) -> Code {
    let (text, level) = match op {
        Binary::And => ("&", Level::BitAnd),
        Binary::Or => ("|", Level::BitOr),
        _ => ("^", Level::BitXor),
    };
    Code::joined(a, text, b, level, ranges::exact(op, a.range, b.range).unwrap_or(Range::I64))
}

pub(super) fn ternary(condition: &Code, left: &Code, right: &Code) -> Code {
    let range = Range::new(left.range.low.min(right.range.low), left.range.high.max(right.range.high));
    let text = format!("{}?{}:{}", condition.at(Level::Or), left.at(Level::Or), right.at(Level::Or));
    Code::new(text, Level::Ternary, range)
}

pub(super) const fn bit_count(op: Unary) -> &'static str {
    match op {
        Unary::Clz => "clz",
        Unary::Ctz => "ctz",
        _ => "popcnt",
    }
}

pub(super) const fn truncation(op: Unary) -> &'static str {
    match op {
        Unary::TruncS => "trunc_s",
        Unary::TruncU => "trunc_u",
        Unary::TruncSatS => "sat_s",
        _ => "sat_u",
    }
}
