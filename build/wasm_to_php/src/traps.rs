//! What certainly ends in a trap is one: a module of Rust's compiler that panics writes a message, which nobody reads, and then
//! traps.
//!
//! A function that never returns is not called: its caller traps. What comes just before a trap is left out, since nobody looks
//! at an instance that trapped.

use crate::module::Module;
use crate::simplify::simplify;
use crate::tree::{Expr, Function, Label, Stmt};

/// A trap in the place of each branch to it is shorter than a block, if the branches are few.
const MOST_BRANCHES: usize = 4;

/// Shortens all functions of a module.
pub(crate) fn shorten(module: &mut Module) {
    let returns = which_return(module);
    for function in &mut module.bodies {
        // What is simpler afterwards may end in a trap again.
        for _ in 0..2 {
            let mut body = std::mem::take(&mut function.body);
            shorten_body(&mut body, &returns, &mut function.uses);
            function.body = body;
            simplify(function);
        }
    }
}

/// Whether each function may return, by number. Of imported ones nothing is known.
fn which_return(module: &Module) -> Vec<bool> {
    let imported = module.imports.len();
    let mut returns = vec![true; module.functions.len()];
    loop {
        let mut changed = false;
        for (at, function) in module.bodies.iter().enumerate() {
            if returns[imported + at] && !may_return(function, &returns) {
                returns[imported + at] = false;
                changed = true;
            }
        }
        if !changed {
            return returns;
        }
    }
}

fn may_return(function: &Function, returns: &[bool]) -> bool {
    let mut flow = Flow { returns, reached: vec![false; function.uses.len()], may_return: false };
    flow.completes(&function.body) || flow.may_return
}

/// Follows what can run.
struct Flow<'a> {
    returns: &'a [bool],
    /// Labels that a branch leads to.
    reached: Vec<bool>,
    may_return: bool,
}

impl Flow<'_> {
    /// Whether the end of the statements can be reached.
    fn completes(&mut self, body: &[Stmt]) -> bool {
        body.iter().all(|statement| self.passes(statement))
    }

    fn passes(&mut self, statement: &Stmt) -> bool {
        if never_passes(statement, self.returns) {
            return false;
        }
        match statement {
            Stmt::Block(label, body) => self.completes(body) || self.reached[*label],
            Stmt::Loop(_, body) => self.completes(body),
            Stmt::If(label, _, then, otherwise) => {
                let (then, otherwise) = (self.completes(then), self.completes(otherwise));
                then || otherwise || self.reached[*label]
            }
            Stmt::Branch(label) => {
                self.reached[*label] = true;
                false
            }
            Stmt::Switch(_, targets, default) => {
                for label in targets.iter().chain([default]) {
                    self.reached[*label] = true;
                }
                false
            }
            Stmt::Return(_) => {
                self.may_return = true;
                false
            }
            _ => true,
        }
    }
}

/// Whether the statement itself traps, or an expression in it calls a function that never returns.
fn never_passes(statement: &Stmt, returns: &[bool]) -> bool {
    let mut traps = matches!(statement, Stmt::Unreachable);
    for expr in statement.expressions() {
        expr.walk(&mut |expr| traps |= matches!(expr, Expr::Call(function, ..) if !returns[*function as usize]));
    }
    traps
}

fn shorten_body(body: &mut Vec<Stmt>, returns: &[bool], uses: &mut [usize]) {
    for statement in body.iter_mut() {
        match statement {
            Stmt::Block(_, inner) | Stmt::Loop(_, inner) => shorten_body(inner, returns, uses),
            Stmt::If(_, _, then, otherwise) => {
                shorten_body(then, returns, uses);
                shorten_body(otherwise, returns, uses);
                if is_trap(then) && is_trap(otherwise) {
                    *statement = Stmt::Unreachable;
                }
            }
            _ => {}
        }
    }
    if let Some(place) = body.iter().position(|statement| never_passes(statement, returns)) {
        forget_branches(&body[place..], uses);
        body.truncate(place);
        while body.last().is_some_and(is_straight) {
            body.pop();
        }
        body.push(Stmt::Unreachable);
    }
    trap_instead_of_branch(body, uses);
}

fn is_trap(body: &[Stmt]) -> bool {
    matches!(body, [Stmt::Unreachable])
}

/// Whether the next statement always follows.
const fn is_straight(statement: &Stmt) -> bool {
    matches!(
        statement,
        Stmt::Set(..)
            | Stmt::Drop(_)
            | Stmt::Store(..)
            | Stmt::GlobalSet(..)
            | Stmt::MemoryCopy(..)
            | Stmt::MemoryFill(..)
    )
}

/// The statements are left out: their branches lead nowhere.
fn forget_branches(body: &[Stmt], uses: &mut [usize]) {
    for statement in body {
        match statement {
            Stmt::Branch(label) => uses[*label] -= 1,
            Stmt::Switch(_, targets, default) => {
                for label in targets.iter().chain([default]) {
                    uses[*label] -= 1;
                }
            }
            _ => {}
        }
        for body in statement.bodies() {
            forget_branches(body, uses);
        }
    }
}

/// A block with a trap behind it: what branches to its end traps at once.
fn trap_instead_of_branch(body: &mut [Stmt], uses: &mut [usize]) {
    let [.., Stmt::Block(label, inner), Stmt::Unreachable] = body else { return };
    if (1..=MOST_BRANCHES).contains(&uses[*label]) && count_branches(*label, inner) == uses[*label] {
        replace_branches(*label, inner);
        uses[*label] = 0;
    }
}

fn count_branches(label: Label, body: &[Stmt]) -> usize {
    let count = |statement: &Stmt| {
        let own = usize::from(matches!(statement, Stmt::Branch(to) if *to == label));
        own + statement.bodies().into_iter().map(|body| count_branches(label, body)).sum::<usize>()
    };
    body.iter().map(count).sum()
}

fn replace_branches(label: Label, body: &mut [Stmt]) {
    for statement in body {
        match statement {
            Stmt::Branch(to) if *to == label => *statement = Stmt::Unreachable,
            Stmt::Block(_, inner) | Stmt::Loop(_, inner) => replace_branches(label, inner),
            Stmt::If(_, _, then, otherwise) => {
                replace_branches(label, then);
                replace_branches(label, otherwise);
            }
            _ => {}
        }
    }
}
