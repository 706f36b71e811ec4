//! Columns of results, and orders.

use super::cursor::{Parser, Syntax};
use super::expr::{Place, Precedence};
use super::query::star;
use crate::postgres::ast::{NullsOrder, OrderTerm, SortDirection, Target};
use tablature_lexer::postgres::{Keyword, Symbol, TokenKind};

impl Parser<'_> {
    /// The columns of a result (`target_list`).
    ///
    /// # Errors
    ///
    /// If none follows.
    pub fn targets(&mut self) -> Syntax<Vec<Target>> {
        self.list(Self::target)
    }

    /// `RETURNING …`, if it is next.
    pub(super) fn returning(&mut self) -> Syntax<Vec<Target>> {
        match self.accept(Keyword::Returning) {
            true => self.targets(),
            false => Ok(Vec::new()),
        }
    }

    fn target(&mut self) -> Syntax<Target> {
        let span = self.span();
        if self.accept(Symbol::Star) {
            return Ok(Target {
                value: star(span),
                label: None,
            });
        }
        let value = self.expr_above(Precedence::Loosest, Place::Target)?;
        let label = if self.accept(Keyword::As) {
            Some(self.label("a name")?)
        } else if self.is_at_bare_label() {
            Some(self.take_name()?)
        } else {
            None
        };
        Ok(Target { value, label })
    }

    /// Whether a token after the next one cannot belong to a column of a result: what ends the list, or one column.
    pub(super) fn ends_target(&self, distance: usize) -> bool {
        match self.peek_at(distance) {
            None => true,
            Some(TokenKind::Symbol(symbol)) => matches!(
                symbol,
                Symbol::Comma | Symbol::RightParen | Symbol::Semicolon
            ),
            Some(TokenKind::Keyword(keyword)) => matches!(
                keyword,
                Keyword::Into
                    | Keyword::From
                    | Keyword::Where
                    | Keyword::Group
                    | Keyword::Having
                    | Keyword::Window
                    | Keyword::Union
                    | Keyword::Intersect
                    | Keyword::Except
                    | Keyword::Order
                    | Keyword::Limit
                    | Keyword::Offset
                    | Keyword::Fetch
                    | Keyword::For
                    | Keyword::On
                    | Keyword::Returning
                    | Keyword::With
                    // The next element of CREATE SCHEMA.
                    | Keyword::Create
                    | Keyword::Grant
            ),
            Some(_) => false,
        }
    }

    /// `ORDER BY …`, if it is next.
    ///
    /// # Errors
    ///
    /// If no term follows.
    pub fn order_by(&mut self) -> Syntax<Vec<OrderTerm>> {
        match self.accept_start(Keyword::Order, &[Keyword::By])? {
            true => self.list(Self::order_term),
            false => Ok(Vec::new()),
        }
    }

    fn order_term(&mut self) -> Syntax<OrderTerm> {
        let start = self.position();
        let value = self.expr()?;
        let (direction, using) = match self.accept(Keyword::Using) {
            true => (None, Some(self.operator()?)),
            false => (self.direction(), None),
        };
        Ok(OrderTerm {
            value,
            direction,
            using,
            nulls: self.nulls_order(),
            span: self.span_from(start),
        })
    }

    /// ASC or DESC, if it is next.
    pub fn direction(&mut self) -> Option<SortDirection> {
        if self.accept(Keyword::Asc) {
            return Some(SortDirection::Ascending);
        }
        self.accept(Keyword::Desc)
            .then_some(SortDirection::Descending)
    }

    /// NULLS FIRST or NULLS LAST, if it is next.
    pub fn nulls_order(&mut self) -> Option<NullsOrder> {
        if self.accept_phrase(&[Keyword::Nulls, Keyword::First]) {
            return Some(NullsOrder::First);
        }
        self.accept_phrase(&[Keyword::Nulls, Keyword::Last])
            .then_some(NullsOrder::Last)
    }
}
