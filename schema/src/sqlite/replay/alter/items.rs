//! The columns and constraints of a CREATE TABLE, by its tokens alone.
//!
//! ALTER COLUMN and ADD and DROP CONSTRAINT edit the text of the definition without parsing it; these are the rules by
//! which they find their way (`dropConstraintFunc`, `addConstraintFunc` of the engine).

use crate::catalog::Key;
use crate::sqlite::replay::tokens::{is_symbol, name_of};
use crate::text::Token;
use std::ops::Range;
use tablature_lexer::{Keyword, Symbol, TokenKind};

/// What a step through a definition came upon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Keyword(Keyword),
    /// Everything from `(` to its `)`.
    Group,
    Comma,
    /// The `)` that ends the definition, or the end of the tokens.
    End,
    Other,
}

/// A constraint that a definition has, or not.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The tokens to leave out.
    At(Range<usize>),
    /// One that cannot be dropped, such as a PRIMARY KEY.
    Kept(usize),
    Nothing,
}

/// What is to be found.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wanted<'a> {
    /// A constraint by its name.
    Named(&'a Key),
    /// NOT NULL of the column at this position.
    NotNull(usize),
}

/// Finds a constraint and the tokens that go with it.
pub(super) fn find(tokens: &[Token], wanted: Wanted<'_>) -> Found {
    let mut at = first_item(tokens);
    let mut item = 0;
    loop {
        let start = at;
        let (step, next) = step(tokens, at);
        at = next;
        let is_wanted_item = match wanted {
            Wanted::Named(_) => true,
            Wanted::NotNull(column) => item == column,
        };
        match step {
            Step::Keyword(Keyword::Constraint) if is_wanted_item => {
                let constraint = named_constraint(tokens, at);
                at = constraint.end;
                let found = match wanted {
                    Wanted::Named(name) => constraint.name.as_ref() == Some(name),
                    Wanted::NotNull(_) => constraint.kind == Step::Keyword(Keyword::Not),
                };
                if found {
                    return match constraint.kind {
                        // A name is all there is.
                        Step::End
                        | Step::Keyword(
                            Keyword::Not | Keyword::Check | Keyword::References | Keyword::Foreign,
                        ) => Found::At(with_comma(tokens, start..at)),
                        Step::Keyword(_) | Step::Group | Step::Comma | Step::Other => {
                            Found::Kept(start)
                        }
                    };
                }
            }
            Step::Keyword(Keyword::Not) => {
                if let Wanted::NotNull(column) = wanted
                    && item == column
                {
                    let end = constraint_end(tokens, at);
                    return Found::At(with_comma(tokens, start..end));
                }
            }
            Step::Comma => item += 1,
            Step::End => return Found::Nothing,
            Step::Keyword(_) | Step::Group | Step::Other => {}
        }
    }
}

/// Whether a definition has a constraint of a name, be it within a clause.
pub(super) fn has_name(tokens: &[Token], name: &Key) -> bool {
    let tokens = tokens.get(first_item(tokens)..).unwrap_or_default();
    let is_constraint = |token: &Token| token.kind == TokenKind::Keyword(Keyword::Constraint);
    let mut pairs = tokens.iter().zip(tokens.iter().skip(1));
    pairs.any(|(word, next)| is_constraint(word) && name_of(next).as_ref() == Some(name))
}

/// Where a constraint is added: behind the column at a position, or before the `)` that ends the definition.
pub(super) fn end_of_item(tokens: &[Token], column: Option<usize>) -> usize {
    let mut at = first_item(tokens);
    let mut item = 0;
    loop {
        let (step, next) = step(tokens, at);
        match step {
            Step::Comma if column == Some(item) => return at,
            Step::Comma => item += 1,
            Step::End => return at,
            Step::Keyword(_) | Step::Group | Step::Other => {}
        }
        at = next;
    }
}

/// The position behind the first `(`.
fn first_item(tokens: &[Token]) -> usize {
    let open = tokens
        .iter()
        .position(|token| is_symbol(token, Symbol::LeftParen));
    open.map_or(tokens.len(), |open| open + 1)
}

fn step(tokens: &[Token], at: usize) -> (Step, usize) {
    let Some(token) = tokens.get(at) else {
        return (Step::End, at);
    };
    match token.kind {
        TokenKind::Keyword(keyword) => (Step::Keyword(keyword), at + 1),
        TokenKind::Symbol(Symbol::LeftParen) => (Step::Group, after_group(tokens, at)),
        TokenKind::Symbol(Symbol::RightParen) => (Step::End, at),
        TokenKind::Symbol(Symbol::Comma) => (Step::Comma, at + 1),
        _ => (Step::Other, at + 1),
    }
}

fn after_group(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_usize;
    for (position, token) in tokens.iter().enumerate().skip(open) {
        if is_symbol(token, Symbol::LeftParen) {
            depth += 1;
        } else if is_symbol(token, Symbol::RightParen) {
            depth -= 1;
            if depth == 0 {
                return position + 1;
            }
        }
    }
    tokens.len()
}

struct NamedConstraint {
    name: Option<Key>,
    /// What it begins with; the end if a name is all there is.
    kind: Step,
    end: usize,
}

/// Reads what follows CONSTRAINT.
fn named_constraint(tokens: &[Token], at: usize) -> NamedConstraint {
    let name = tokens.get(at).and_then(name_of);
    let at = at + 1;
    let (kind, next) = step(tokens, at);
    let end = match kind {
        Step::Keyword(
            Keyword::Constraint
            | Keyword::Default
            | Keyword::Collate
            | Keyword::Generated
            | Keyword::As,
        )
        | Step::Comma
        | Step::End => {
            return NamedConstraint {
                name,
                kind: Step::End,
                end: at,
            };
        }
        Step::Keyword(Keyword::References) => reference_end(tokens, next),
        Step::Keyword(Keyword::Foreign) => {
            let (_, references) = step(tokens, constraint_end(tokens, next));
            reference_end(tokens, references)
        }
        Step::Keyword(_) | Step::Group | Step::Other => constraint_end(tokens, next),
    };
    NamedConstraint { name, kind, end }
}

/// The parent's name may be a word that would begin the next constraint.
fn reference_end(tokens: &[Token], at: usize) -> usize {
    let (_, after_name) = step(tokens, at);
    constraint_end(tokens, after_name)
}

/// Where the next constraint, column or the end of the definition begins.
fn constraint_end(tokens: &[Token], at: usize) -> usize {
    let mut at = at;
    loop {
        let (step, next) = step(tokens, at);
        match step {
            Step::Keyword(
                Keyword::Constraint
                | Keyword::Primary
                | Keyword::Not
                | Keyword::Unique
                | Keyword::Check
                | Keyword::Default
                | Keyword::Collate
                | Keyword::References
                | Keyword::Foreign
                | Keyword::As
                | Keyword::Generated,
            )
            | Step::Comma
            | Step::End => return at,
            Step::Keyword(_) | Step::Group | Step::Other => at = next,
        }
    }
}

/// With the comma before it, where a comma or the end follows.
fn with_comma(tokens: &[Token], range: Range<usize>) -> Range<usize> {
    let ends = matches!(step(tokens, range.end).0, Step::Comma | Step::End);
    let before = range.start.checked_sub(1);
    let before = before.filter(|before| {
        let token = tokens.get(*before);
        ends && token.is_some_and(|token| is_symbol(token, Symbol::Comma))
    });
    before.unwrap_or(range.start)..range.end
}
