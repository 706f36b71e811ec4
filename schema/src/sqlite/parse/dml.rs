//! INSERT, UPDATE and DELETE.

use super::cursor::{Parser, Syntax};
use super::features::Feature;
use crate::errors::sqlite as errors;
use crate::sqlite::ast::{
    Assignment, ConflictAction, ConflictResolution, Delete, ExprKind, Insert, InsertSource,
    OrderTerm, ResultColumn, StatementKind, TargetTable, Update, Upsert, With,
};
use tablature_lexer::{Keyword, Symbol, TokenKind};

impl Parser<'_> {
    /// `[WITH …]` and a query, INSERT, REPLACE, UPDATE or DELETE.
    pub(super) fn with_command(&mut self) -> Syntax<StatementKind> {
        let start = self.position();
        let with = self.with()?;
        match self.peek() {
            Some(TokenKind::Keyword(Keyword::Insert | Keyword::Replace)) => self.insert(with),
            Some(TokenKind::Keyword(Keyword::Update)) => self.update(with),
            Some(TokenKind::Keyword(Keyword::Delete)) => self.delete(with),
            Some(TokenKind::Keyword(Keyword::Select | Keyword::Values)) => self
                .query_after_with(start, with)
                .map(StatementKind::Select),
            _ => Err(self.expected("`SELECT`, `INSERT`, `UPDATE` or `DELETE`")),
        }
    }

    pub(super) fn insert(&mut self, with: Option<With>) -> Syntax<StatementKind> {
        let or = if self.accept(Keyword::Replace) {
            Some(ConflictResolution::Replace)
        } else {
            self.expect(Keyword::Insert)?;
            self.or_conflict()?
        };
        self.expect(Keyword::Into)?;
        let target = self.target_table(false)?;
        let columns = self.optional_column_list()?;
        let source =
            if !self.in_trigger && self.accept_phrase(Keyword::Default, &[Keyword::Values])? {
                InsertSource::DefaultValues
            } else if self.is_at_query() {
                InsertSource::Query(Box::new(self.nested(5, Self::query)?))
            } else {
                return Err(self.expected(if columns.is_empty() {
                    "`(`, `VALUES` or `SELECT`"
                } else {
                    "`VALUES` or `SELECT`"
                }));
            };
        let upserts = if matches!(source, InsertSource::Query(_)) {
            self.upserts()?
        } else {
            Vec::new()
        };
        let returning = self.returning()?;
        Ok(StatementKind::Insert(Box::new(Insert {
            with,
            or,
            target,
            columns,
            source,
            upserts,
            returning,
        })))
    }

    /// `OR …` after INSERT or UPDATE, or nothing.
    fn or_conflict(&mut self) -> Syntax<Option<ConflictResolution>> {
        if self.accept(Keyword::Or) {
            self.conflict_resolution().map(Some)
        } else {
            Ok(None)
        }
    }

    /// `[database.]table [AS alias]`, and INDEXED BY if `with_hint`.
    fn target_table(&mut self, with_hint: bool) -> Syntax<TargetTable> {
        let name = self.qualified_name("a table name")?;
        let alias_start = self.position();
        let alias = if self.accept(Keyword::As) {
            let alias = self.name("an alias")?;
            self.needs(Feature::TargetAlias, self.span_from(alias_start));
            Some(alias)
        } else {
            None
        };
        let hint_start = self.position();
        let hint = if with_hint { self.index_hint()? } else { None };
        if hint.is_some() && self.in_trigger {
            self.report(errors::syntax::index_hint_in_trigger(
                self.span_from(hint_start),
            ));
        }
        Ok(TargetTable { name, alias, hint })
    }

    /// ON CONFLICT clauses. Only the last may do without a target.
    fn upserts(&mut self) -> Syntax<Vec<Upsert>> {
        let mut upserts: Vec<Upsert> = Vec::new();
        loop {
            let start = self.position();
            if !self.accept_phrase(Keyword::On, &[Keyword::Conflict])? {
                return Ok(upserts);
            }
            let (target, target_filter) = if self.is_at(Symbol::LeftParen) {
                let target = self.conflict_target()?;
                (target, self.filter()?)
            } else {
                (Vec::new(), None)
            };
            let has_target = !target.is_empty();
            self.expect(Keyword::Do)?;
            let action = self.conflict_action()?;
            let span = self.span_from(start);
            if !upserts.is_empty()
                || (!has_target && matches!(action, ConflictAction::Update { .. }))
            {
                self.needs(Feature::GeneralUpsert, span);
            } else {
                self.needs(Feature::Upsert, span);
            }
            upserts.push(Upsert {
                target,
                target_filter,
                action,
                span,
            });
            if !has_target {
                return Ok(upserts);
            }
        }
    }

    fn conflict_target(&mut self) -> Syntax<Vec<OrderTerm>> {
        self.expect(Symbol::LeftParen)?;
        let target = self.nested(3, Self::order_terms)?;
        self.expect(Symbol::RightParen)?;
        Ok(target)
    }

    fn conflict_action(&mut self) -> Syntax<ConflictAction> {
        if self.accept(Keyword::Nothing) {
            return Ok(ConflictAction::Nothing);
        }
        if !self.accept(Keyword::Update) {
            return Err(self.expected("`NOTHING` or `UPDATE`"));
        }
        self.expect(Keyword::Set)?;
        Ok(ConflictAction::Update {
            assignments: self.assignments()?,
            filter: self.filter()?,
        })
    }

    fn assignments(&mut self) -> Syntax<Vec<Assignment>> {
        let start = self.position();
        let assignments = self.list(Self::assignment)?;
        let count = assignments
            .iter()
            .map(|assignment| assignment.columns.len())
            .sum();
        self.check_columns(count, self.span_from(start), "columns of SET");
        Ok(assignments)
    }

    fn assignment(&mut self) -> Syntax<Assignment> {
        let start = self.position();
        let parenthesized = self.is_at(Symbol::LeftParen);
        let columns = if parenthesized {
            self.parenthesized_list(|parser| parser.name("a column name"))?
        } else {
            vec![self.name("a column name")?]
        };
        let columns_span = self.span_from(start);
        self.expect(Symbol::Equal)?;
        let value = self.nested(8, Self::expr)?;
        if parenthesized {
            self.needs(Feature::RowValues, columns_span);
            let width = width(&value.kind);
            if let Some(width) = width.filter(|width| *width != columns.len()) {
                self.report(errors::syntax::assignment_width(
                    columns_span,
                    columns.len(),
                    value.span,
                    width,
                ));
            }
        }
        Ok(Assignment {
            columns,
            parenthesized,
            value,
        })
    }

    /// `RETURNING …`, or nothing.
    fn returning(&mut self) -> Syntax<Vec<ResultColumn>> {
        let start = self.position();
        if !self.accept(Keyword::Returning) {
            return Ok(Vec::new());
        }
        let columns = self.result_columns()?;
        let span = self.span_from(start);
        if self.in_trigger {
            self.report(errors::syntax::returning_in_trigger(span));
        }
        self.needs(Feature::Returning, span);
        Ok(columns)
    }

    pub(super) fn update(&mut self, with: Option<With>) -> Syntax<StatementKind> {
        self.expect(Keyword::Update)?;
        let or = self.or_conflict()?;
        let target = self.target_table(true)?;
        self.expect(Keyword::Set)?;
        let assignments = self.assignments()?;
        let from_start = self.position();
        let from = self.optional_from()?;
        if !from.is_empty() {
            self.needs(Feature::UpdateFrom, self.span_from(from_start));
        }
        let filter = self.filter()?;
        let returning = self.returning_outside_trigger()?;
        Ok(StatementKind::Update(Box::new(Update {
            with,
            or,
            target,
            assignments,
            from,
            filter,
            returning,
        })))
    }

    pub(super) fn delete(&mut self, with: Option<With>) -> Syntax<StatementKind> {
        self.expect(Keyword::Delete)?;
        self.expect(Keyword::From)?;
        let target = self.target_table(true)?;
        let filter = self.filter()?;
        let returning = self.returning_outside_trigger()?;
        Ok(StatementKind::Delete(Box::new(Delete {
            with,
            target,
            filter,
            returning,
        })))
    }

    /// The grammar of UPDATE and DELETE in a trigger has no RETURNING.
    fn returning_outside_trigger(&mut self) -> Syntax<Vec<ResultColumn>> {
        if self.in_trigger {
            Ok(Vec::new())
        } else {
            self.returning()
        }
    }
}

/// How many values an expression gives; none if only its columns will tell.
fn width(value: &ExprKind) -> Option<usize> {
    match value {
        ExprKind::Parenthesized(inner) => width(&inner.kind),
        ExprKind::Row(values) => Some(values.len()),
        ExprKind::Subquery(_) => None,
        _ => Some(1),
    }
}
