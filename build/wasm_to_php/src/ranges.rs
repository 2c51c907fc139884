//! Between which numbers a value lies, so that masks that change nothing need not be written.
//!
//! An i32 is a PHP integer from 0 to 2³² - 1, an i64 is PHP's own. A variable has one range for the whole function: that
//! of all values that are ever written to it.

use crate::operator::{Binary, Type, Unary};
use crate::tree::{Expr, Function, Stmt};

/// The numbers from `low` to `high`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) low: i128,
    pub(crate) high: i128,
}

/// Rounds until a range that still grows is taken for unbounded.
const ROUNDS: usize = 4;

impl Range {
    pub(crate) const I32: Self = Self::new(0, 0xffff_ffff);
    pub(crate) const I64: Self = Self::new(i64::MIN as i128, i64::MAX as i128);
    pub(crate) const BOOL: Self = Self::new(0, 1);

    pub(crate) const fn new(low: i128, high: i128) -> Self {
        Self { low, high }
    }

    pub(crate) const fn only(value: i128) -> Self {
        Self::new(value, value)
    }

    /// Everything that a value of the type can be; floats have no range.
    pub(crate) const fn all(of: Type) -> Self {
        match of {
            Type::I32 => Self::I32,
            _ => Self::I64,
        }
    }

    pub(crate) const fn within(self, other: Self) -> bool {
        other.low <= self.low && self.high <= other.high
    }

    pub(crate) const fn is_positive(self) -> bool {
        self.low >= 0
    }

    fn union(self, other: Self) -> Self {
        Self::new(self.low.min(other.low), self.high.max(other.high))
    }

    /// This range, or every number of the type when it leaves them.
    fn wrapped(self, of: Type) -> Self {
        if self.within(Self::all(of)) { self } else { Self::all(of) }
    }

    /// The smallest number of the form 2ⁿ - 1 that is not below any number of both.
    fn bits(self, other: Self) -> i128 {
        let most = self.high.max(other.high).max(-1 - self.low).max(-1 - other.low);
        (1 << (128 - most.leading_zeros())) - 1
    }
}

/// The range of what PHP's operator makes of two integers, before anything is masked; `None` when it could become a float,
/// or PHP has no such operator.
pub(crate) fn exact(op: Binary, a: Range, b: Range) -> Option<Range> {
    let in_php = |range: Range| range.within(Range::I64).then_some(range);
    match op {
        Binary::Add => in_php(Range::new(a.low + b.low, a.high + b.high)),
        Binary::Sub => in_php(Range::new(a.low - b.high, a.high - b.low)),
        Binary::Mul => {
            let corners = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
            let [first, ..] = corners;
            in_php(corners.into_iter().fold(Range::only(first), |range, corner| range.union(Range::only(corner))))
        }
        Binary::And => Some(match (a.is_positive(), b.is_positive()) {
            (true, true) => Range::new(0, a.high.min(b.high)),
            (true, false) => Range::new(0, a.high),
            (false, true) => Range::new(0, b.high),
            (false, false) => Range::new(-1 - a.bits(b), a.bits(b)),
        }),
        Binary::Or | Binary::Xor => {
            let bits = a.bits(b);
            Some(if a.is_positive() && b.is_positive() { Range::new(0, bits) } else { Range::new(-1 - bits, bits) })
        }
        // PHP's << wraps.
        Binary::Shl => {
            let shifted = shift_of(b).map(|(least, most)| {
                let low = if a.low < 0 { a.low << most } else { a.low << least };
                let high = if a.high < 0 { a.high << least } else { a.high << most };
                Range::new(low, high)
            });
            Some(shifted.filter(|range| range.within(Range::I64)).unwrap_or(Range::I64))
        }
        Binary::ShrS => {
            let (least, most) = shift_of(b).unwrap_or((0, 63));
            let low = if a.low < 0 { a.low >> least } else { a.low >> most };
            let high = if a.high < 0 { a.high >> most } else { a.high >> least };
            Some(Range::new(low, high))
        }
        _ => None,
    }
}

fn shift_of(range: Range) -> Option<(u32, u32)> {
    let within = range.within(Range::new(0, 63));
    within.then(|| (u32::try_from(range.low).unwrap_or(0), u32::try_from(range.high).unwrap_or(63)))
}

/// The range of a constant as the operators write it: what is added to an i32 or multiplied with it counts as signed.
pub(crate) fn signed_constant(value: u32) -> Range {
    Range::only(i128::from(value.cast_signed()))
}

/// The range of a whole, wrapped value.
pub(crate) fn of(expr: &Expr, variables: &[Range]) -> Range {
    match expr {
        Expr::I32(value) => Range::only(i128::from(*value)),
        Expr::I64(value) => Range::only(i128::from(*value)),
        Expr::Var(var, _) => variables[*var],
        Expr::Global(_, _, range) => *range,
        Expr::Load(access, ..) if access.value == Type::I32 || access.value == Type::I64 => {
            let bits = u32::from(access.bytes) * 8;
            match (access.signed, access.value) {
                (false, _) if bits < 64 => Range::new(0, (1 << bits) - 1),
                (true, Type::I64) => Range::new(-(1 << (bits - 1)), (1 << (bits - 1)) - 1),
                _ => Range::all(access.value),
            }
        }
        Expr::Select(_, value, otherwise) => of(value, variables).union(of(otherwise, variables)),
        Expr::MemorySize => Range::new(0, 65536),
        Expr::Unary(op, from, to, operand) => of_unary(*op, *from, *to, of(operand, variables)),
        Expr::Binary(op, ..) if op.is_comparison() => Range::BOOL,
        Expr::Binary(op, ty @ (Type::I32 | Type::I64), left, right) => {
            let a = of(left, variables);
            let b = match (op, &**right) {
                (Binary::Add | Binary::Sub | Binary::Mul, Expr::I32(value)) => signed_constant(*value),
                _ => of(right, variables),
            };
            of_binary(*op, *ty, a, b)
        }
        other => Range::all(other.of_type()),
    }
}

fn of_unary(op: Unary, from: Type, to: Type, operand: Range) -> Range {
    match op {
        Unary::Eqz => Range::BOOL,
        Unary::Clz | Unary::Ctz | Unary::Popcnt => Range::new(0, if from == Type::I32 { 32 } else { 64 }),
        Unary::Wrap => operand.wrapped(Type::I32),
        Unary::ExtendS if operand.high > 0x7fff_ffff => Range::new(-0x8000_0000, 0x7fff_ffff),
        Unary::ExtendU | Unary::ExtendS => operand,
        Unary::Extend(bits) if to == Type::I64 => Range::new(-(1 << (bits - 1)), (1 << (bits - 1)) - 1),
        _ => Range::all(to),
    }
}

fn of_binary(op: Binary, ty: Type, a: Range, b: Range) -> Range {
    match op {
        Binary::ShrU if a.is_positive() => exact(Binary::ShrS, a, b.masked(ty)).unwrap_or(a),
        Binary::ShrU if b.low >= 1 && b.high < 64 => Range::new(0, (1 << (64 - b.low)) - 1),
        Binary::Shl => exact(op, a, b.masked(ty)).map_or(Range::all(ty), |range| range.wrapped(ty)),
        Binary::ShrS if ty == Type::I64 || a.high <= 0x7fff_ffff => {
            exact(op, a, b.masked(ty)).unwrap_or(Range::all(ty))
        }
        Binary::DivU if a.is_positive() && b.is_positive() => Range::new(0, a.high),
        Binary::RemU if a.is_positive() && b.low >= 1 => Range::new(0, b.high - 1),
        Binary::Add | Binary::Sub | Binary::Mul | Binary::And | Binary::Or | Binary::Xor => {
            exact(op, a, b).map_or(Range::all(ty), |range| range.wrapped(ty))
        }
        _ => Range::all(ty),
    }
}

impl Range {
    /// Of a count of a shift, which counts modulo the width of the type.
    fn masked(self, ty: Type) -> Self {
        let most = if ty == Type::I32 { 31 } else { 63 };
        if self.within(Self::new(0, most)) { self } else { Self::new(0, most) }
    }
}

/// The range of each variable of a function.
pub(crate) fn of_variables(function: &Function) -> Vec<Range> {
    let mut sets = Vec::new();
    collect(&function.body, &mut sets);
    let mut ranges: Vec<_> = (function.types.iter().enumerate())
        .map(|(var, of)| if var < function.parameters { Range::all(*of) } else { Range::only(0) })
        .collect();
    for round in 0.. {
        let mut grew = false;
        for (var, value) in &sets {
            let range = ranges[*var].union(of(value, &ranges));
            if range != ranges[*var] {
                grew = true;
                ranges[*var] = if round < ROUNDS { range } else { Range::all(function.types[*var]) };
            }
        }
        if !grew {
            break;
        }
    }
    ranges
}

fn collect<'a>(body: &'a [Stmt], sets: &mut Vec<(usize, &'a Expr)>) {
    for statement in body {
        if let Stmt::Set(var, value) = statement {
            sets.push((*var, value));
        }
        for body in statement.bodies() {
            collect(body, sets);
        }
    }
}
