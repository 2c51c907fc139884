//! Blocks without need: what a block and its branches say is often what an `if` with an `else` says in fewer words.
//!
//! `block { if (c) { a; br } b }` becomes `if (c) { a } else { b }`. A block that no branch leads to any more is gone.

use crate::tree::{Function, Label, Stmt};

/// Simplifies the body of a function.
pub(crate) fn simplify(function: &mut Function) {
    let body = std::mem::take(&mut function.body);
    function.body = statements(body, &mut function.uses);
}

fn statements(body: Vec<Stmt>, uses: &mut [usize]) -> Vec<Stmt> {
    let mut simple = Vec::with_capacity(body.len());
    for statement in body {
        match statement {
            Stmt::Block(label, body) => {
                let body = within(label, statements(body, uses), uses);
                if uses[label] == 0 {
                    simple.extend(body);
                } else {
                    simple.push(Stmt::Block(label, body));
                }
            }
            Stmt::Loop(label, body) => simple.push(Stmt::Loop(label, statements(body, uses))),
            Stmt::If(label, condition, then, otherwise) => {
                let (then, otherwise) = (statements(then, uses), statements(otherwise, uses));
                let (then, otherwise) = (within(label, then, uses), within(label, otherwise, uses));
                simple.push(Stmt::If(label, condition, then, otherwise));
            }
            other => simple.push(other),
        }
        // A block that is gone may have ended with a branch.
        if simple.last().is_some_and(Stmt::ends) {
            break;
        }
    }
    simple
}

/// The statements at the end of which `label` is, with as few branches to it as possible.
fn within(label: Label, mut body: Vec<Stmt>, uses: &mut [usize]) -> Vec<Stmt> {
    if uses[label] == 0 {
        return body;
    }
    let leaves = |body: &[Stmt]| matches!(body.last(), Some(Stmt::Branch(to)) if *to == label);
    let place = body.iter().position(|statement| {
        matches!(statement, Stmt::If(own, _, then, otherwise) if uses[*own] == 0 && (leaves(then) || leaves(otherwise)))
    });
    if let Some(place) = place {
        let rest = body.split_off(place + 1);
        if let Some(Stmt::If(own, condition, then, otherwise)) = body.pop() {
            let (then, otherwise) =
                if leaves(&then) { (then, joined(otherwise, rest)) } else { (joined(then, rest), otherwise) };
            let (then, otherwise) = (within(label, then, uses), within(label, otherwise, uses));
            body.push(Stmt::If(own, condition, then, otherwise));
        }
        return body;
    }
    match body.pop() {
        Some(Stmt::Branch(to)) if to == label => uses[label] -= 1,
        Some(Stmt::If(own, condition, then, otherwise)) if uses[own] == 0 => {
            let (then, otherwise) = (within(label, then, uses), within(label, otherwise, uses));
            body.push(Stmt::If(own, condition, then, otherwise));
        }
        last => body.extend(last),
    }
    body
}

/// One after the other, unless the first never ends.
fn joined(mut first: Vec<Stmt>, second: Vec<Stmt>) -> Vec<Stmt> {
    if !first.last().is_some_and(Stmt::ends) {
        first.extend(second);
    }
    first
}
