//! A function as a tree: statements that hold expressions.

use crate::operator::{Access, Binary, Type, Unary};
use crate::ranges::Range;

/// A variable of a function: WebAssembly's locals first, then those that the translation adds.
pub(crate) type Var = usize;

/// What a branch leads to: the end of a block, or the beginning of a loop.
pub(crate) type Label = usize;

/// A value.
#[derive(Clone, Debug)]
pub(crate) enum Expr {
    I32(u32),
    I64(i64),
    /// By their bits, so that every NaN stays what it is.
    F32(u32),
    F64(u64),
    Var(Var, Type),
    Global(u32, Type, Range),
    Unary(Unary, Type, Type, Box<Self>),
    Binary(Binary, Type, Box<Self>, Box<Self>),
    Load(Access, Box<Self>, u32),
    /// The condition, then the value if it is not 0, then the other.
    Select(Box<Self>, Box<Self>, Box<Self>),
    Call(u32, Vec<Self>, Option<Type>),
    /// Type, arguments, index in the table.
    CallIndirect(u32, Vec<Self>, Box<Self>, Option<Type>),
    MemorySize,
    MemoryGrow(Box<Self>),
}

impl Expr {
    /// The type; of a call without result, I32, which nobody asks for.
    pub(crate) fn of_type(&self) -> Type {
        match self {
            Self::I32(_) | Self::MemorySize | Self::MemoryGrow(_) => Type::I32,
            Self::I64(_) => Type::I64,
            Self::F32(_) => Type::F32,
            Self::F64(_) => Type::F64,
            Self::Var(_, of) | Self::Global(_, of, _) | Self::Unary(_, _, of, _) => *of,
            Self::Binary(op, of, ..) => {
                if op.is_comparison() {
                    Type::I32
                } else {
                    *of
                }
            }
            Self::Load(access, ..) => access.value,
            Self::Select(_, value, _) => value.of_type(),
            Self::Call(.., of) | Self::CallIndirect(.., of) => of.unwrap_or(Type::I32),
        }
    }

    /// Calls `visit` for this expression and all within.
    pub(crate) fn walk(&self, visit: &mut impl FnMut(&Self)) {
        visit(self);
        match self {
            Self::Unary(.., inner) | Self::Load(_, inner, _) | Self::MemoryGrow(inner) => inner.walk(visit),
            Self::Binary(.., left, right) => {
                left.walk(visit);
                right.walk(visit);
            }
            Self::Select(condition, left, right) => {
                condition.walk(visit);
                left.walk(visit);
                right.walk(visit);
            }
            Self::Call(_, arguments, _) => {
                for argument in arguments {
                    argument.walk(visit);
                }
            }
            Self::CallIndirect(_, arguments, index, _) => {
                for argument in arguments {
                    argument.walk(visit);
                }
                index.walk(visit);
            }
            _ => {}
        }
    }
}

/// A step.
#[derive(Clone, Debug)]
pub(crate) enum Stmt {
    Set(Var, Expr),
    /// Evaluates an expression for its effect.
    Drop(Expr),
    Store(Access, Expr, u32, Expr),
    GlobalSet(u32, Expr),
    /// Destination, source, length.
    MemoryCopy(Expr, Expr, Expr),
    /// Destination, byte, length.
    MemoryFill(Expr, Expr, Expr),
    Block(Label, Vec<Self>),
    Loop(Label, Vec<Self>),
    If(Label, Expr, Vec<Self>, Vec<Self>),
    Branch(Label),
    /// Index, targets, and the target of every other index.
    Switch(Expr, Vec<Label>, Label),
    Return(Option<Expr>),
    Unreachable,
}

impl Stmt {
    /// Whether nothing after it in the same list can run.
    pub(crate) const fn ends(&self) -> bool {
        matches!(self, Self::Branch(_) | Self::Switch(..) | Self::Return(_) | Self::Unreachable)
    }

    /// The expressions directly in it.
    pub(crate) fn expressions(&self) -> Vec<&Expr> {
        match self {
            Self::Set(_, value) | Self::Drop(value) | Self::GlobalSet(_, value) | Self::Return(Some(value)) => {
                vec![value]
            }
            Self::If(_, value, ..) | Self::Switch(value, ..) => vec![value],
            Self::Store(_, address, _, value) => vec![address, value],
            Self::MemoryCopy(to, from, length) | Self::MemoryFill(to, from, length) => vec![to, from, length],
            _ => Vec::new(),
        }
    }

    /// The lists of statements directly in it.
    pub(crate) fn bodies(&self) -> Vec<&[Self]> {
        match self {
            Self::Block(_, body) | Self::Loop(_, body) => vec![body],
            Self::If(_, _, then, otherwise) => vec![then, otherwise],
            _ => Vec::new(),
        }
    }
}

/// A function with a body.
#[derive(Debug)]
pub(crate) struct Function {
    /// How many of the variables are parameters.
    pub(crate) parameters: usize,
    /// How many of the variables WebAssembly knows; they are 0 at first.
    pub(crate) locals: usize,
    /// The type of each variable.
    pub(crate) types: Vec<Type>,
    pub(crate) body: Vec<Stmt>,
    /// How many branches lead to each label.
    pub(crate) uses: Vec<usize>,
}
