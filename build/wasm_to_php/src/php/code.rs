//! A piece of PHP: an expression, with what its surroundings must know to write it without needless brackets and masks.

use crate::ranges::Range;

/// How tightly PHP binds, from the loosest to the tightest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Assign,
    Ternary,
    Or,
    And,
    BitOr,
    BitXor,
    BitAnd,
    Equality,
    Order,
    Shift,
    Sum,
    Product,
    Unary,
    Atom,
}

impl Level {
    const fn above(self) -> Self {
        match self {
            Self::Assign => Self::Ternary,
            Self::Ternary => Self::Or,
            Self::Or => Self::And,
            Self::And => Self::BitOr,
            Self::BitOr => Self::BitXor,
            Self::BitXor => Self::BitAnd,
            Self::BitAnd => Self::Equality,
            Self::Equality => Self::Order,
            Self::Order => Self::Shift,
            Self::Shift => Self::Sum,
            Self::Sum => Self::Product,
            Self::Product => Self::Unary,
            Self::Unary | Self::Atom => Self::Atom,
        }
    }
}

/// An expression in PHP.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    pub(crate) text: String,
    pub(crate) level: Level,
    /// Between which numbers the text's own value lies: an i32 that no mask has been put around yet may leave 32 bits.
    pub(crate) range: Range,
    /// Whether it is a bool, where WebAssembly has 0 or 1.
    pub(crate) is_bool: bool,
    /// Whether it may be written twice.
    pub(crate) is_cheap: bool,
    /// Its value, if it is a constant.
    pub(crate) constant: Option<i64>,
    /// Of a sum with a constant: what the constant is added to, and the constant.
    pub(crate) sum: Option<(Box<Self>, i64)>,
}

impl Code {
    pub(crate) fn new(text: String, level: Level, range: Range) -> Self {
        Self { text, level, range, is_bool: false, is_cheap: false, constant: None, sum: None }
    }

    pub(crate) fn variable(name: &str, range: Range) -> Self {
        Self { is_cheap: true, ..Self::new(format!("${name}"), Level::Atom, range) }
    }

    pub(crate) fn call(text: String, range: Range) -> Self {
        Self::new(text, Level::Atom, range)
    }

    pub(crate) fn bool(text: String, level: Level) -> Self {
        Self { is_bool: true, ..Self::new(text, level, Range::BOOL) }
    }

    pub(crate) fn integer(value: i64) -> Self {
        let (text, level) = match value {
            // PHP reads its digits as a float before it sees the sign.
            i64::MIN => ("\\PHP_INT_MIN".to_owned(), Level::Atom),
            // Each class has the mask under a shorter name, which PHP replaces when it compiles.
            0xffff_ffff => ("self::M".to_owned(), Level::Atom),
            0.. => (value.to_string(), Level::Atom),
            // A minus would meet another one.
            _ => (value.to_string(), Level::Order),
        };
        Self { is_cheap: true, constant: Some(value), ..Self::new(text, level, Range::only(i128::from(value))) }
    }

    /// As an operand of something that binds like `level`, or tighter.
    pub(crate) fn at(&self, level: Level) -> String {
        if self.level >= level { self.text.clone() } else { format!("({})", self.text) }
    }

    /// A binary operator; PHP's are left-associative.
    pub(crate) fn joined(left: &Self, operator: &str, right: &Self, level: Level, range: Range) -> Self {
        Self::new(format!("{}{operator}{}", left.at(level), right.at(level.above())), level, range)
    }

    /// Plus a constant; a small sum of a variable may still be written twice.
    pub(crate) fn plus(&self, value: i64) -> Self {
        if value == 0 {
            return self.clone();
        }
        if let Some(sum) = self.constant.and_then(|constant| constant.checked_add(value)) {
            return Self::integer(sum);
        }
        if let Some((base, sum)) = self.sum.as_ref().and_then(|(base, before)| Some((base, before.checked_add(value)?)))
        {
            return base.plus(sum);
        }
        let range = Range::new(self.range.low + i128::from(value), self.range.high + i128::from(value));
        let text = format!("{}{}{}", self.at(Level::Sum), if value < 0 { '-' } else { '+' }, value.unsigned_abs());
        let is_cheap = self.is_cheap && self.level == Level::Atom;
        Self { is_cheap, sum: Some((self.clone().into(), value)), ..Self::new(text, Level::Sum, range) }
    }

    /// The lowest bits that `mask` has.
    pub(crate) fn masked(&self, mask: i64) -> Self {
        if let Some(constant) = self.constant {
            return Self::integer(constant & mask);
        }
        if self.range.within(Range::new(0, i128::from(mask))) && !self.is_bool {
            return self.clone();
        }
        Self::joined(self, "&", &Self::integer(mask), Level::BitAnd, Range::new(0, i128::from(mask)))
    }

    /// Shifted to the left by a constant.
    pub(crate) fn shifted_left(&self, count: u32) -> Self {
        if count == 0 {
            return self.clone();
        }
        if let Some(constant) = self.constant {
            return Self::integer(constant << count);
        }
        let range = Range::new(self.range.low << count, self.range.high << count);
        let range = if range.within(Range::I64) { range } else { Range::I64 };
        Self::joined(self, "<<", &Self::integer(i64::from(count)), Level::Shift, range)
    }

    /// Shifted to the right by a constant; the sign stays.
    pub(crate) fn shifted_right(&self, count: u32) -> Self {
        if count == 0 {
            return self.clone();
        }
        if let Some(constant) = self.constant {
            return Self::integer(constant >> count);
        }
        let range = Range::new(self.range.low >> count, self.range.high >> count);
        Self::joined(self, ">>", &Self::integer(i64::from(count)), Level::Shift, range)
    }
}
