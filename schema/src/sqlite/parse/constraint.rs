//! Constraints of a table, and what they share with those of a column.

use super::cursor::{Parser, Syntax, token_index};
use crate::sqlite::ast::{IndexedTerm, TableConstraint, TableConstraintKind};
use crate::text::{Ident, Span};
use tablature_lexer::{Keyword, Symbol, TokenKind};

impl Parser<'_> {
    /// `CONSTRAINT name`, or nothing.
    pub(super) fn constraint_name(&mut self) -> Syntax<Option<Ident>> {
        if self.accept(Keyword::Constraint) {
            self.name("a constraint name").map(Some)
        } else {
            Ok(None)
        }
    }

    pub(super) fn autoincrement(&mut self) -> Option<Span> {
        let span = self.span();
        self.accept(Keyword::Autoincrement).then_some(span)
    }

    pub(super) fn is_at_table_constraint(&self) -> bool {
        self.is_at_any(&[
            Keyword::Constraint,
            Keyword::Primary,
            Keyword::Unique,
            Keyword::Check,
            Keyword::Foreign,
        ])
    }

    /// Table constraints, which need no comma between them.
    pub(super) fn table_constraints(&mut self) -> Syntax<Vec<TableConstraint>> {
        let mut constraints = vec![self.table_constraint()?];
        loop {
            let has_comma = self.accept(Symbol::Comma);
            if self.is_at_table_constraint() {
                constraints.push(self.table_constraint()?);
            } else if has_comma {
                return Err(self.expected("a table constraint"));
            } else {
                return Ok(constraints);
            }
        }
    }

    fn table_constraint(&mut self) -> Syntax<TableConstraint> {
        let start = self.position();
        let name = self.constraint_name()?;
        let kind = match self.peek() {
            Some(TokenKind::Keyword(Keyword::Primary)) => self.table_primary_key()?,
            Some(TokenKind::Keyword(Keyword::Unique)) => {
                self.advance();
                let terms = self.parenthesized_list(Self::indexed_term)?;
                self.check_columns(
                    terms.len(),
                    self.span_from(start),
                    "columns of a constraint",
                );
                let conflict = self.on_conflict()?;
                TableConstraintKind::Unique { terms, conflict }
            }
            Some(TokenKind::Keyword(Keyword::Check)) => {
                self.advance();
                let value = self.expr_in_parentheses(7)?;
                let conflict = self.on_conflict()?;
                TableConstraintKind::Check { value, conflict }
            }
            Some(TokenKind::Keyword(Keyword::Foreign)) => self.table_foreign_key()?,
            _ => TableConstraintKind::NameOnly,
        };
        Ok(TableConstraint {
            name,
            kind,
            span: self.span_from(start),
            first: token_index(start),
            end: self.index(),
        })
    }

    fn table_primary_key(&mut self) -> Syntax<TableConstraintKind> {
        let start = self.position();
        self.advance();
        self.expect(Keyword::Key)?;
        self.expect(Symbol::LeftParen)?;
        let terms = self.list(Self::indexed_term)?;
        let autoincrement = self.autoincrement();
        self.expect(Symbol::RightParen)?;
        self.check_columns(
            terms.len(),
            self.span_from(start),
            "columns of a constraint",
        );
        let conflict = self.on_conflict()?;
        Ok(TableConstraintKind::PrimaryKey {
            terms,
            autoincrement,
            conflict,
        })
    }

    fn table_foreign_key(&mut self) -> Syntax<TableConstraintKind> {
        self.advance();
        self.expect(Keyword::Key)?;
        let columns = self.parenthesized_list(|parser| parser.name("a column name"))?;
        let reference = self.foreign_key_reference()?;
        let deferrable = if self.is_at_any(&[Keyword::Deferrable, Keyword::Not]) {
            Some(self.deferrable()?)
        } else {
            None
        };
        Ok(TableConstraintKind::ForeignKey {
            columns,
            reference,
            deferrable,
        })
    }

    /// `expr [ASC | DESC]`, a term of an index.
    pub(super) fn indexed_term(&mut self) -> Syntax<IndexedTerm> {
        let term = self.nested(8, Self::order_term)?;
        Ok(IndexedTerm {
            value: term.value,
            order: term.order,
            nulls: term.nulls.map(|(_, span)| span),
        })
    }
}
