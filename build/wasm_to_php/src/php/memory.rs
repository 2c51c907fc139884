//! Loads and stores. The memory is a list of words of 32 bits, without a sign.
//!
//! An address beyond the memory names a word that is not there. PHP warns of it when it is read, which whoever runs the
//! code must take for a trap.

use super::code::{Code, Level};
use super::writer::Writer;
use crate::operator::{Access, Binary, Type};
use crate::ranges::Range;
use crate::tree::Expr;
use std::fmt::Write as _;

/// How far a constant may take an address without a mask: wrapping around, it would end in the null page.
const NEAR: i64 = 4096;

impl Writer<'_> {
    /// The address of an access, in bytes.
    fn address(&mut self, expr: &Expr, offset: u32) -> Code {
        if let Expr::Binary(Binary::Add, Type::I32, base, constant) = expr
            && let Expr::I32(constant) = **constant
        {
            let constant = i64::from(constant.cast_signed());
            let base_range = Range::new(i128::from(-constant), i128::from(u32::MAX) - i128::from(constant));
            let base = self.whole32(base);
            if constant.abs() <= NEAR && self.calls.trusts_alignment || base.range.within(base_range) {
                return base.plus(constant + i64::from(offset));
            }
        }
        self.whole32(expr).plus(i64::from(offset))
    }

    /// Whether the access lies within whole words, or within one.
    fn is_aligned(&self, access: Access) -> bool {
        self.calls.trusts_alignment && access.aligned >= u32::from(access.bytes).min(4)
    }

    pub(super) fn load(&mut self, access: Access, address: &Expr, offset: u32) -> Code {
        let address = self.address(address, offset);
        let width = if access.bytes == 8 { 64 } else { 32 };
        let code = if access.bytes > 1 && !self.is_aligned(access) {
            let bits = u32::from(access.bytes) * 8;
            let range = if bits == 64 { Range::I64 } else { Range::new(0, (1 << bits) - 1) };
            Code::call(format!("W::load{bits}($m,{})", address.at(Level::Assign)), range)
        } else {
            match access.bytes {
                8 => {
                    let (first, second) = self.twice(address);
                    let (low, high) = (word(&first), word(&second.plus(4)));
                    Code { range: Range::I64, ..super::int32::bitwise(Binary::Or, &low, &high.shifted_left(32)) }
                }
                4 => word(&address),
                bytes => {
                    let (first, second) = self.twice(address);
                    let shift = shift(&second, bytes);
                    let word = word(&first);
                    let range = Range::I32;
                    Code::joined(&word, ">>", &shift, Level::Shift, range).masked((1 << (bytes * 8)) - 1)
                }
            }
        };
        match (access.value, access.signed) {
            (Type::F32 | Type::F64, _) => {
                Code::call(format!("W::float{width}({})", code.at(Level::Assign)), Range::I64)
            }
            (_, true) => {
                let count = 64 - u32::from(access.bytes) * 8;
                code.shifted_left(count).shifted_right(count)
            }
            _ => code,
        }
    }

    pub(super) fn store(&mut self, access: Access, address: &Expr, offset: u32, value: &Expr) {
        let address = self.address(address, offset);
        let bits = u32::from(access.bytes) * 8;
        if !self.calls.trusts_alignment || access.bytes > 1 && !self.is_aligned(access) {
            let code = self.stored(access, value);
            let _ = write!(self.out, "W::store{bits}($m,{},{});", address.at(Level::Assign), code.at(Level::Assign));
            return;
        }
        match access.bytes {
            8 => self.store64(access, address, value),
            4 => {
                let code = self.stored(access, value).masked(0xffff_ffff);
                let _ = write!(self.out, "{}={};", word(&address).text, code.at(Level::Assign));
            }
            bytes => {
                let code = self.stored(access, value);
                self.store_narrow(bytes, address, &code);
            }
        }
    }

    /// What is written, as an integer; bits beyond those of the access do not matter.
    fn stored(&mut self, access: Access, value: &Expr) -> Code {
        match access.value {
            Type::I32 => self.whole32(value),
            Type::I64 => self.int64(value),
            Type::F32 => {
                let code = self.float(value);
                Code::call(format!("W::bits32({})", code.at(Level::Assign)), Range::I32)
            }
            Type::F64 => {
                let code = self.float(value);
                Code::call(format!("W::bits64({})", code.at(Level::Assign)), Range::I64)
            }
        }
    }

    fn store64(&mut self, access: Access, address: Code, value: &Expr) {
        let address = self.cheap(address);
        let (low_word, high_word) = (word(&address).text, word(&address.plus(4)).text);
        // Eight bytes on their way from here to there need not become one number.
        if let Expr::Load(from, source, offset) = value
            && from.bytes == 8
            && self.is_aligned(*from)
        {
            let source = self.address(source, *offset);
            let source = self.cheap(source);
            let (low, high) = (word(&source).text, word(&source.plus(4)).text);
            if from.aligned >= 8 && access.aligned >= 8 {
                let _ = write!(self.out, "{low_word}={low};{high_word}={high};");
            } else {
                // The two may overlap by one word.
                let helper = self.helper();
                let _ = write!(self.out, "${helper}={high};{low_word}={low};{high_word}=${helper};");
            }
            return;
        }
        let code = self.stored(access, value);
        let (first, second) = self.twice(code);
        let (low, high) = (first.masked(0xffff_ffff), second.shifted_right(32).masked(0xffff_ffff));
        let _ = write!(self.out, "{low_word}={};{high_word}={};", low.at(Level::Assign), high.at(Level::Assign));
    }

    fn store_narrow(&mut self, bytes: u8, address: Code, value: &Code) {
        let address = self.cheap(address);
        let mask = (1_i64 << (bytes * 8)) - 1;
        let (shift, word) = (shift(&address, bytes), word(&address).text);
        if value.constant.is_some_and(|value| value & mask == 0) {
            let mask = Code::joined(&Code::integer(mask), "<<", &shift, Level::Shift, Range::I32);
            let _ = write!(self.out, "{word}&=~({});", mask.text);
            return;
        }
        // The word changes where the old byte differs from the new one.
        let (index, count) = (self.helper(), self.helper());
        let shifted = if shift.constant.is_some() { shift.text.clone() } else { format!("(${count}={})", shift.text) };
        let again = if shift.constant.is_some() { shift.text } else { format!("${count}") };
        let place = word.trim_start_matches("$m[").trim_end_matches(']');
        let value = value.at(Level::BitAnd);
        let _ = write!(self.out, "$m[${index}={place}]^=(($m[${index}]>>{shifted}^{value})&{mask})<<{again};");
    }

    /// The same in a form that may be written twice, assigned to a variable before if need be.
    fn cheap(&mut self, code: Code) -> Code {
        if code.is_cheap {
            return code;
        }
        let name = self.helper();
        let _ = write!(self.out, "${name}={};", code.at(Level::Assign));
        Code::variable(&name, code.range)
    }
}

/// The word at an address in bytes.
fn word(address: &Code) -> Code {
    let index = address.shifted_right(2);
    Code::call(format!("$m[{}]", index.at(Level::Assign)), Range::I32)
}

/// By how many bits a byte or half-word is shifted within its word.
fn shift(address: &Code, bytes: u8) -> Code {
    address.shifted_left(3).masked(if bytes == 1 { 24 } else { 16 })
}
