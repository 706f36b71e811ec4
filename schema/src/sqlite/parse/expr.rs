//! Expressions: how tightly operators bind.

use super::cursor::{Parser, Syntax};
use super::names::is_name;
use crate::sqlite::ast::{Expr, ExprKind};
use tablature_lexer::{Keyword, Symbol};

/// How tightly operators bind, loosest first. Those of one line group to the left, except as noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Precedence {
    /// Looser than any operator.
    Lowest,
    Or,
    And,
    /// `NOT x`, and the NOT before NULL, LIKE, IN and BETWEEN; groups to the right.
    Not,
    /// `=`, `!=`, IS, IN, LIKE, MATCH, BETWEEN, ISNULL, NOTNULL.
    Equality,
    /// `<`, `<=`, `>`, `>=`.
    Comparison,
    /// `&`, `|`, `<<`, `>>`.
    Bitwise,
    /// `+`, `-`.
    Sum,
    /// `*`, `/`, `%`.
    Product,
    /// `||`, `->`, `->>`.
    Concat,
    Collate,
    /// `-x`, `+x`, `~x`.
    Prefix,
}

impl Parser<'_> {
    pub(super) fn expr(&mut self) -> Syntax<Expr> {
        self.expr_above(Precedence::Lowest, false)
    }

    pub(super) fn boxed_expr(&mut self) -> Syntax<Box<Expr>> {
        self.expr().map(Box::new)
    }

    /// An expression whose operators bind tighter than `floor`. With `and_ends`, an AND that is not inside another
    /// operator's operand ends it, as between the bounds of BETWEEN.
    pub(super) fn expr_above(&mut self, floor: Precedence, and_ends: bool) -> Syntax<Expr> {
        let start = self.position();
        let mut left = self.operand()?;
        while let Some(precedence) = self.infix_precedence() {
            let is_looser =
                precedence <= floor && !(precedence == Precedence::Not && floor == Precedence::Not);
            if is_looser || (and_ends && precedence == Precedence::And) {
                break;
            }
            left = self.infix(start, left)?;
        }
        Ok(left)
    }

    /// An expression of a kind, from the token `start` to the last that was taken.
    pub(super) fn finish_expr(&self, start: usize, kind: ExprKind, height: u32) -> Syntax<Expr> {
        let span = self.span_from(start);
        self.check_height(height, span)?;
        Ok(Expr { kind, span, height })
    }

    /// `(expr, …)`, perhaps empty, the parenthesis of which has been taken.
    pub(super) fn closed_list(&mut self, entries: usize) -> Syntax<Vec<Expr>> {
        let mut values = Vec::new();
        if !self.is_at(Symbol::RightParen) {
            values.push(self.nested(entries, Self::expr)?);
            while self.accept(Symbol::Comma) {
                values.push(self.nested(entries + 2, Self::expr)?);
            }
        }
        self.expect(Symbol::RightParen)?;
        Ok(values)
    }

    /// Whether a query follows, rather than an expression or a table.
    pub(super) fn is_at_query(&self) -> bool {
        self.is_at_any(&[Keyword::Select, Keyword::Values, Keyword::With])
    }

    /// Whether `name.*` follows.
    pub(super) fn is_at_table_star(&self) -> bool {
        let begins_an_operand = self.is_at_any(&[
            Keyword::Cast,
            Keyword::Raise,
            Keyword::CurrentDate,
            Keyword::CurrentTime,
            Keyword::CurrentTimestamp,
        ]);
        self.peek().is_some_and(is_name)
            && !begins_an_operand
            && self.peek_at(1) == Some(Symbol::Dot.into())
            && self.peek_at(2) == Some(Symbol::Star.into())
    }
}

/// The greatest height among some expressions.
pub(super) fn tallest(values: &[Expr]) -> u32 {
    values.iter().map(|value| value.height).max().unwrap_or(0)
}
