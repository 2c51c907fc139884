//! The operators that can be translated.

use wasmparser::Operator;

/// A value type of WebAssembly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    I32,
    I64,
    F32,
    F64,
}

/// An operator with two operands of one type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Binary {
    Add,
    Sub,
    Mul,
    /// Of floats, the only division.
    DivS,
    DivU,
    RemS,
    RemU,
    And,
    Or,
    Xor,
    Shl,
    ShrS,
    ShrU,
    Rotl,
    Rotr,
    Eq,
    Ne,
    /// Of floats, the only order; so are the following.
    LtS,
    LtU,
    GtS,
    GtU,
    LeS,
    LeU,
    GeS,
    GeU,
    Min,
    Max,
    CopySign,
}

impl Binary {
    /// Whether the result is 0 or 1.
    pub(crate) const fn is_comparison(self) -> bool {
        use Binary::{Eq, GeS, GeU, GtS, GtU, LeS, LeU, LtS, LtU, Ne};
        matches!(self, Eq | Ne | LtS | LtU | GtS | GtU | LeS | LeU | GeS | GeU)
    }

    /// Whether it can trap.
    pub(crate) const fn is_division(self) -> bool {
        matches!(self, Self::DivS | Self::DivU | Self::RemS | Self::RemU)
    }
}

/// An operator with one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unary {
    Eqz,
    Clz,
    Ctz,
    Popcnt,
    /// Sign extension of the lowest 8, 16 or 32 bits.
    Extend(u8),
    Wrap,
    ExtendS,
    ExtendU,
    Abs,
    Neg,
    Ceil,
    Floor,
    Trunc,
    Nearest,
    Sqrt,
    TruncS,
    TruncU,
    TruncSatS,
    TruncSatU,
    ConvertS,
    ConvertU,
    Demote,
    Promote,
    Reinterpret,
}

/// What a load or a store moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Access {
    /// The type on the stack.
    pub(crate) value: Type,
    /// Bytes in memory.
    pub(crate) bytes: u8,
    /// Whether a load extends the sign.
    pub(crate) signed: bool,
    /// The promised alignment of the address, in bytes.
    pub(crate) aligned: u32,
}

/// An operator, sorted by its shape.
pub(crate) enum Shape {
    Unary(Unary, Type, Type),
    Binary(Binary, Type),
    Load(Access, u64),
    Store(Access, u64),
    /// Something that the structure decides about.
    Other,
}

/// The shape of an operator.
#[allow(clippy::too_many_lines, reason = "one row for each operator")]
pub(crate) fn shape(operator: &Operator<'_>) -> Shape {
    use Type::{F32, F64, I32, I64};
    macro_rules! table {
        (
            binary { $($two:ident = $op:ident $of:ident,)+ }
            unary { $($one:ident = $unary:expr, $from:ident $to:ident;)+ }
            load { $($load:ident = $loaded:ident $load_bytes:literal $signed:literal,)+ }
            store { $($store:ident = $stored:ident $store_bytes:literal,)+ }
        ) => {
            match operator {
                $(Operator::$two => Shape::Binary(Binary::$op, $of),)+
                $(Operator::$one => Shape::Unary($unary, $from, $to),)+
                $(Operator::$load { memarg } => Shape::Load(
                    Access { value: $loaded, bytes: $load_bytes, signed: $signed, aligned: 1 << memarg.align },
                    memarg.offset,
                ),)+
                $(Operator::$store { memarg } => Shape::Store(
                    Access { value: $stored, bytes: $store_bytes, signed: false, aligned: 1 << memarg.align },
                    memarg.offset,
                ),)+
                _ => Shape::Other,
            }
        };
    }
    use Unary::{
        Abs, Ceil, Clz, ConvertS, ConvertU, Ctz, Demote, Eqz, Extend, ExtendS, ExtendU, Floor, Nearest, Neg, Popcnt,
        Promote, Reinterpret, Sqrt, Trunc, TruncS, TruncSatS, TruncSatU, TruncU, Wrap,
    };
    table! {
        binary {
            I32Add = Add I32, I32Sub = Sub I32, I32Mul = Mul I32, I32DivS = DivS I32, I32DivU = DivU I32,
            I32RemS = RemS I32, I32RemU = RemU I32, I32And = And I32, I32Or = Or I32, I32Xor = Xor I32,
            I32Shl = Shl I32, I32ShrS = ShrS I32, I32ShrU = ShrU I32, I32Rotl = Rotl I32, I32Rotr = Rotr I32,
            I32Eq = Eq I32, I32Ne = Ne I32, I32LtS = LtS I32, I32LtU = LtU I32, I32GtS = GtS I32, I32GtU = GtU I32,
            I32LeS = LeS I32, I32LeU = LeU I32, I32GeS = GeS I32, I32GeU = GeU I32,
            I64Add = Add I64, I64Sub = Sub I64, I64Mul = Mul I64, I64DivS = DivS I64, I64DivU = DivU I64,
            I64RemS = RemS I64, I64RemU = RemU I64, I64And = And I64, I64Or = Or I64, I64Xor = Xor I64,
            I64Shl = Shl I64, I64ShrS = ShrS I64, I64ShrU = ShrU I64, I64Rotl = Rotl I64, I64Rotr = Rotr I64,
            I64Eq = Eq I64, I64Ne = Ne I64, I64LtS = LtS I64, I64LtU = LtU I64, I64GtS = GtS I64, I64GtU = GtU I64,
            I64LeS = LeS I64, I64LeU = LeU I64, I64GeS = GeS I64, I64GeU = GeU I64,
            F32Add = Add F32, F32Sub = Sub F32, F32Mul = Mul F32, F32Div = DivS F32, F32Min = Min F32,
            F32Max = Max F32, F32Copysign = CopySign F32, F32Eq = Eq F32, F32Ne = Ne F32, F32Lt = LtS F32,
            F32Gt = GtS F32, F32Le = LeS F32, F32Ge = GeS F32,
            F64Add = Add F64, F64Sub = Sub F64, F64Mul = Mul F64, F64Div = DivS F64, F64Min = Min F64,
            F64Max = Max F64, F64Copysign = CopySign F64, F64Eq = Eq F64, F64Ne = Ne F64, F64Lt = LtS F64,
            F64Gt = GtS F64, F64Le = LeS F64, F64Ge = GeS F64,
        }
        unary {
            I32Eqz = Eqz, I32 I32; I64Eqz = Eqz, I64 I32; I32Clz = Clz, I32 I32; I64Clz = Clz, I64 I64;
            I32Ctz = Ctz, I32 I32; I64Ctz = Ctz, I64 I64; I32Popcnt = Popcnt, I32 I32; I64Popcnt = Popcnt, I64 I64;
            I32Extend8S = Extend(8), I32 I32; I32Extend16S = Extend(16), I32 I32; I64Extend8S = Extend(8), I64 I64;
            I64Extend16S = Extend(16), I64 I64; I64Extend32S = Extend(32), I64 I64;
            I32WrapI64 = Wrap, I64 I32; I64ExtendI32S = ExtendS, I32 I64; I64ExtendI32U = ExtendU, I32 I64;
            F32Abs = Abs, F32 F32; F32Neg = Neg, F32 F32; F32Ceil = Ceil, F32 F32; F32Floor = Floor, F32 F32;
            F32Trunc = Trunc, F32 F32; F32Nearest = Nearest, F32 F32; F32Sqrt = Sqrt, F32 F32;
            F64Abs = Abs, F64 F64; F64Neg = Neg, F64 F64; F64Ceil = Ceil, F64 F64; F64Floor = Floor, F64 F64;
            F64Trunc = Trunc, F64 F64; F64Nearest = Nearest, F64 F64; F64Sqrt = Sqrt, F64 F64;
            I32TruncF32S = TruncS, F32 I32; I32TruncF32U = TruncU, F32 I32; I32TruncF64S = TruncS, F64 I32;
            I32TruncF64U = TruncU, F64 I32; I64TruncF32S = TruncS, F32 I64; I64TruncF32U = TruncU, F32 I64;
            I64TruncF64S = TruncS, F64 I64; I64TruncF64U = TruncU, F64 I64;
            I32TruncSatF32S = TruncSatS, F32 I32; I32TruncSatF32U = TruncSatU, F32 I32;
            I32TruncSatF64S = TruncSatS, F64 I32; I32TruncSatF64U = TruncSatU, F64 I32;
            I64TruncSatF32S = TruncSatS, F32 I64; I64TruncSatF32U = TruncSatU, F32 I64;
            I64TruncSatF64S = TruncSatS, F64 I64; I64TruncSatF64U = TruncSatU, F64 I64;
            F32ConvertI32S = ConvertS, I32 F32; F32ConvertI32U = ConvertU, I32 F32; F32ConvertI64S = ConvertS, I64 F32;
            F32ConvertI64U = ConvertU, I64 F32; F64ConvertI32S = ConvertS, I32 F64; F64ConvertI32U = ConvertU, I32 F64;
            F64ConvertI64S = ConvertS, I64 F64; F64ConvertI64U = ConvertU, I64 F64;
            F32DemoteF64 = Demote, F64 F32; F64PromoteF32 = Promote, F32 F64;
            I32ReinterpretF32 = Reinterpret, F32 I32; F32ReinterpretI32 = Reinterpret, I32 F32;
            I64ReinterpretF64 = Reinterpret, F64 I64; F64ReinterpretI64 = Reinterpret, I64 F64;
        }
        load {
            I32Load = I32 4 false, I32Load8U = I32 1 false, I32Load8S = I32 1 true, I32Load16U = I32 2 false,
            I32Load16S = I32 2 true, I64Load = I64 8 false, I64Load8U = I64 1 false, I64Load8S = I64 1 true,
            I64Load16U = I64 2 false, I64Load16S = I64 2 true, I64Load32U = I64 4 false, I64Load32S = I64 4 true,
            F32Load = F32 4 false, F64Load = F64 8 false,
        }
        store {
            I32Store = I32 4, I32Store8 = I32 1, I32Store16 = I32 2, I64Store = I64 8, I64Store8 = I64 1,
            I64Store16 = I64 2, I64Store32 = I64 4, F32Store = F32 4, F64Store = F64 8,
        }
    }
}

/// The name of an operator in the text format, as far as wasmparser's own name tells it.
pub(crate) fn name(operator: &Operator<'_>) -> String {
    let debug = format!("{operator:?}");
    let camel = debug.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let mut name = String::new();
    for (at, c) in camel.char_indices() {
        if c.is_ascii_uppercase() && at > 0 {
            name.push(if name.contains('.') { '_' } else { '.' });
        }
        name.push(c.to_ascii_lowercase());
    }
    name
}
