//! From the operators of a function, which work on a stack, to a tree.
//!
//! A value waits on the stack as an expression until an operator takes it. It is written to a variable before, where
//! something that it depends on is about to change: a local that it reads, the memory, or, for a call, anything.

mod blocks;
mod branches;
mod waiting;

use crate::Error;
use crate::module::{Module, Signature, malformed, unsupported, value_type};
use crate::operator::{Access, Shape, Type, name, shape};
use crate::tree::{Expr, Function, Stmt, Var};
use blocks::{Frame, Kind};
use branches::Keep;
use std::mem;
use waiting::{Facts, Waiting};
use wasmparser::{FunctionBody, Operator};

/// Reads the body of the function with this number.
pub(crate) fn read(module: &Module, number: u32, body: &FunctionBody<'_>) -> Result<Function, Error> {
    let signature = module.signature(number);
    let mut types = signature.parameters.clone();
    for local in body.get_locals_reader().map_err(malformed)? {
        let (count, ty) = local.map_err(malformed)?;
        types.extend(std::iter::repeat_n(value_type(ty)?, count as usize));
    }
    let locals = types.len();
    let mut builder = Builder {
        module,
        types,
        stack: Vec::new(),
        out: Vec::new(),
        frames: Vec::new(),
        uses: Vec::new(),
        unreachable: 0,
    };
    builder.open(Kind::Function, signature.result)?;
    let mut operators = body.get_operators_reader().map_err(malformed)?;
    while !operators.eof() {
        let operator = operators.read().map_err(malformed)?;
        builder.operator(&operator)?;
    }
    let Builder { types, out, uses, .. } = builder;
    Ok(Function { parameters: signature.parameters.len(), locals, types, body: out, uses })
}

struct Builder<'a> {
    module: &'a Module,
    types: Vec<Type>,
    stack: Vec<Waiting>,
    out: Vec<Stmt>,
    frames: Vec<Frame>,
    uses: Vec<usize>,
    /// How many blocks are open within code that nothing reaches.
    unreachable: usize,
}

impl Builder<'_> {
    fn operator(&mut self, operator: &Operator<'_>) -> Result<(), Error> {
        if self.unreachable > 0 {
            match operator {
                Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => self.unreachable += 1,
                Operator::End if self.unreachable == 1 => self.end(),
                Operator::Else if self.unreachable == 1 => self.otherwise(),
                Operator::End => self.unreachable -= 1,
                _ => {}
            }
            return Ok(());
        }
        match shape(operator) {
            Shape::Unary(op, from, to) => {
                let operand = self.pop();
                self.push(Expr::Unary(op, from, to, operand.into()));
            }
            Shape::Binary(op, of) => {
                let right = self.pop();
                let left = self.pop();
                self.push(Expr::Binary(op, of, left.into(), right.into()));
            }
            Shape::Load(access, offset) => {
                let address = self.pop();
                self.push(Expr::Load(access, address.into(), in_memory(offset)?));
            }
            Shape::Store(access, offset) => self.store(access, in_memory(offset)?),
            Shape::Other => return self.structural(operator),
        }
        Ok(())
    }

    fn structural(&mut self, operator: &Operator<'_>) -> Result<(), Error> {
        match operator {
            Operator::Nop => {}
            Operator::Unreachable => self.leave(Stmt::Unreachable),
            Operator::Block { blockty } => self.begin(Kind::Block, *blockty)?,
            Operator::Loop { blockty } => self.begin(Kind::Loop, *blockty)?,
            Operator::If { blockty } => self.begin(Kind::If, *blockty)?,
            Operator::Else => self.otherwise(),
            Operator::End => self.end(),
            Operator::Br { relative_depth } => {
                let branch = self.branch(*relative_depth, Keep::Nothing);
                self.leave_with(branch);
            }
            Operator::BrIf { relative_depth } => self.branch_if(*relative_depth),
            Operator::BrTable { targets } => {
                let depths = targets.targets().collect::<Result<Vec<_>, _>>().map_err(malformed)?;
                self.switch(&depths, targets.default());
            }
            Operator::Return => {
                let depth = u32::try_from(self.frames.len() - 1).unwrap_or(u32::MAX);
                let branch = self.branch(depth, Keep::Nothing);
                self.leave_with(branch);
            }
            Operator::Call { function_index } => {
                let signature = self.module.signature(*function_index);
                let arguments = self.arguments(signature);
                self.effect(Expr::Call(*function_index, arguments, signature.result), signature.result);
            }
            Operator::CallIndirect { type_index, table_index: 0 } => {
                let signature = &self.module.types[*type_index as usize];
                let index = self.pop();
                let arguments = self.arguments(signature);
                let call = Expr::CallIndirect(*type_index, arguments, index.into(), signature.result);
                self.effect(call, signature.result);
            }
            Operator::MemorySize { mem: 0 } => self.push(Expr::MemorySize),
            Operator::MemoryGrow { mem: 0 } => {
                let pages = self.pop();
                self.effect(Expr::MemoryGrow(pages.into()), Some(Type::I32));
            }
            Operator::MemoryCopy { dst_mem: 0, src_mem: 0 } => {
                let [to, from, length] = self.three();
                self.statement(Stmt::MemoryCopy(to, from, length));
            }
            Operator::MemoryFill { mem: 0 } => {
                let [to, byte, length] = self.three();
                self.statement(Stmt::MemoryFill(to, byte, length));
            }
            Operator::Drop => self.discard(),
            Operator::Select | Operator::TypedSelect { .. } => self.select(),
            Operator::LocalGet { local_index } => {
                let var = *local_index as usize;
                self.push(Expr::Var(var, self.types[var]));
            }
            Operator::LocalSet { local_index } => {
                let value = self.pop();
                self.statement(Stmt::Set(*local_index as usize, value));
            }
            Operator::LocalTee { local_index } => {
                let (var, value) = (*local_index as usize, self.pop());
                self.statement(Stmt::Set(var, value));
                self.push(Expr::Var(var, self.types[var]));
            }
            Operator::GlobalGet { global_index } => {
                let of = self.module.globals[*global_index as usize].0;
                self.push(Expr::Global(*global_index, of, self.module.range_of_global(*global_index)));
            }
            Operator::GlobalSet { global_index } => {
                let value = self.pop();
                self.statement(Stmt::GlobalSet(*global_index, value));
            }
            Operator::I32Const { value } => self.push(Expr::I32(value.cast_unsigned())),
            Operator::I64Const { value } => self.push(Expr::I64(*value)),
            Operator::F32Const { value } => self.push(Expr::F32(value.bits())),
            Operator::F64Const { value } => self.push(Expr::F64(value.bits())),
            other => return unsupported(&format!("the operator {}", name(other))),
        }
        Ok(())
    }

    fn push(&mut self, expr: Expr) {
        let facts = Facts::of(&expr);
        self.stack.push(Waiting { expr, facts });
    }

    /// The validator has seen that there is one.
    fn pop(&mut self) -> Expr {
        self.stack.pop().map_or(Expr::I32(0), |waiting| waiting.expr)
    }

    fn three(&mut self) -> [Expr; 3] {
        let third = self.pop();
        let second = self.pop();
        [self.pop(), second, third]
    }

    fn arguments(&mut self, signature: &Signature) -> Vec<Expr> {
        self.stack
            .split_off(self.stack.len() - signature.parameters.len())
            .into_iter()
            .map(|waiting| waiting.expr)
            .collect()
    }

    /// A call: what waits must be read before it, as far as it could change.
    fn effect(&mut self, call: Expr, result: Option<Type>) {
        if result.is_some() {
            self.settle(|facts| facts.memory || facts.global || facts.effect);
            self.push(call);
        } else {
            self.statement(Stmt::Drop(call));
        }
    }

    /// Adds a statement; what waits and would notice is written to variables before it.
    fn statement(&mut self, statement: Stmt) {
        match &statement {
            Stmt::Set(var, _) => {
                let var = *var;
                self.settle(|facts| facts.effect || facts.variables.contains(&var));
            }
            Stmt::GlobalSet(..) => self.settle(|facts| facts.effect || facts.global),
            Stmt::Drop(expr) if Facts::of(expr).effect => {
                self.settle(|facts| facts.memory || facts.global || facts.effect);
            }
            Stmt::Drop(_) => self.settle(|facts| facts.effect),
            _ => self.settle(|facts| facts.effect || facts.memory),
        }
        self.out.push(statement);
    }

    fn settle(&mut self, must: impl Fn(&Facts) -> bool) {
        for at in 0..self.stack.len() {
            if must(&self.stack[at].facts) {
                let of = self.stack[at].expr.of_type();
                let var = self.variable(of);
                let expr = mem::replace(&mut self.stack[at].expr, Expr::Var(var, of));
                self.stack[at].facts = Facts { variables: vec![var], ..Facts::default() };
                self.out.push(Stmt::Set(var, expr));
            }
        }
    }

    /// A block may run in part, or again: nothing that waits may be evaluated within.
    fn settle_all(&mut self) {
        let locals = self.types.len();
        self.settle(|facts| {
            facts.memory
                || facts.global
                || facts.effect
                || facts.traps
                || facts.variables.iter().any(|var| *var < locals)
        });
    }

    fn variable(&mut self, of: Type) -> Var {
        self.types.push(of);
        self.types.len() - 1
    }

    /// The expression, or a variable that holds it already.
    fn settled(&mut self, expr: Expr, must: impl Fn(&Facts) -> bool) -> Expr {
        if !must(&Facts::of(&expr)) {
            return expr;
        }
        let of = expr.of_type();
        let var = self.variable(of);
        self.statement(Stmt::Set(var, expr));
        Expr::Var(var, of)
    }

    fn store(&mut self, access: Access, offset: u32) {
        let value = self.pop();
        let address = self.pop();
        // A narrow store reads the word that it changes: a call within the value could have changed it in between.
        let has_effect = Facts::of(&value).effect;
        let address = if has_effect {
            self.settled(address, |facts| facts.memory || facts.global || facts.effect)
        } else {
            address
        };
        let value = self.settled(value, |facts| facts.effect);
        self.statement(Stmt::Store(access, address, offset, value));
    }

    fn select(&mut self) {
        // Only one of the two is evaluated in PHP, so that neither may do or stop anything.
        let waiting = self.stack.len() - 3;
        let must = |facts: &Facts| facts.effect || facts.traps;
        if self.stack[waiting..waiting + 2].iter().any(|waiting| must(&waiting.facts)) {
            self.settle(must);
        }
        let condition = self.pop();
        let otherwise = self.pop();
        let value = self.pop();
        self.push(Expr::Select(condition.into(), value.into(), otherwise.into()));
    }

    fn discard(&mut self) {
        let value = self.pop();
        let facts = Facts::of(&value);
        if facts.effect || facts.traps || facts.memory {
            self.statement(Stmt::Drop(value));
        }
    }
}

fn in_memory(offset: u64) -> Result<u32, Error> {
    u32::try_from(offset).map_err(|_| Error::Unsupported("an offset of 64 bits".into()))
}
