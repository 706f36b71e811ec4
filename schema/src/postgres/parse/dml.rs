//! INSERT, UPDATE and DELETE, and what holds one of them or a query.

use super::cursor::{Parser, Syntax};
use crate::errors::postgres::grammar as errors;
use crate::postgres::ast::{
    Assignment, AssignmentTarget, ConflictAction, ConflictTarget, DataStatement, Delete, Expr,
    ExprKind, Indirection, Insert, InsertSource, OnConflict, Overriding, Update, With,
};
use tablature_lexer::postgres::{Keyword, Symbol};

impl Parser<'_> {
    /// Whether a statement that reads or changes rows is next.
    #[must_use]
    pub fn is_at_data_statement(&self) -> bool {
        self.is_at_any(&[
            Keyword::Select,
            Keyword::Values,
            Keyword::Table,
            Keyword::With,
            Keyword::Insert,
            Keyword::Update,
            Keyword::Delete,
            Keyword::Merge,
        ]) || self.is_at_parenthesized_query()
    }

    /// A statement that reads or changes rows (`PreparableStmt`).
    ///
    /// # Errors
    ///
    /// If none follows.
    pub fn data_statement(&mut self) -> Syntax<DataStatement> {
        let start = self.position();
        let with = self.with()?;
        match self.keyword() {
            Some(Keyword::Insert) => Ok(DataStatement::Insert(Box::new(self.insert(with, start)?))),
            Some(Keyword::Update) => Ok(DataStatement::Update(Box::new(self.update(with, start)?))),
            Some(Keyword::Delete) => Ok(DataStatement::Delete(Box::new(self.delete(with, start)?))),
            Some(Keyword::Merge) => Ok(DataStatement::Merge(Box::new(self.merge(with, start)?))),
            _ => Ok(DataStatement::Query(Box::new(self.query_after_with(with)?))),
        }
    }

    fn insert(&mut self, with: Option<With>, start: usize) -> Syntax<Insert> {
        self.expect(Keyword::Insert)?;
        self.expect(Keyword::Into)?;
        let table = self.qualified_name("a table")?;
        let alias = match self.accept(Keyword::As) {
            true => Some(self.column_id("a name")?),
            false => None,
        };
        let is_list = self.is_at(Symbol::LeftParen) && !self.is_at_parenthesized_query();
        let columns = match is_list {
            true => self.parenthesized_list(Self::assignment_target)?,
            false => Vec::new(),
        };
        let overriding = self.overriding()?;
        let could_be_default = !is_list && overriding.is_none();
        let is_default =
            could_be_default && self.accept_start(Keyword::Default, &[Keyword::Values])?;
        let source = match is_default {
            true => InsertSource::DefaultValues,
            false => {
                let query = self.query()?;
                self.forbid_into(&query)?;
                InsertSource::Query(Box::new(query))
            }
        };
        let on_conflict = self.on_conflict()?;
        let returning = self.returning()?;
        Ok(Insert {
            with,
            table,
            alias,
            columns,
            overriding,
            source,
            on_conflict,
            returning,
            span: self.span_from(start),
        })
    }

    /// `OVERRIDING USER VALUE`, if it is next.
    pub(super) fn overriding(&mut self) -> Syntax<Option<Overriding>> {
        if !self.accept(Keyword::Overriding) {
            return Ok(None);
        }
        let overriding = match self.accept(Keyword::User) {
            true => Overriding::UserValue,
            false => {
                self.expect(Keyword::System)?;
                Overriding::SystemValue
            }
        };
        self.expect(Keyword::Value)?;
        Ok(Some(overriding))
    }

    fn on_conflict(&mut self) -> Syntax<Option<OnConflict>> {
        let start = self.position();
        if !self.accept_start(Keyword::On, &[Keyword::Conflict])? {
            return Ok(None);
        }
        let target_start = self.position();
        let target = if self.accept_start(Keyword::On, &[Keyword::Constraint])? {
            Some(ConflictTarget::Constraint(self.column_id("a constraint")?))
        } else if self.is_at(Symbol::LeftParen) {
            let elements = self.parenthesized_list(Self::index_element)?;
            let filter = self.filter()?;
            Some(ConflictTarget::Inferred {
                elements,
                filter,
                span: self.span_from(target_start),
            })
        } else {
            None
        };
        self.expect(Keyword::Do)?;
        let action = match self.accept(Keyword::Nothing) {
            true => ConflictAction::Nothing,
            false => {
                let keyword = self.span();
                self.expect(Keyword::Update)?;
                if target.is_none() {
                    return Err(Box::new(errors::conflict_without_target(keyword)));
                }
                self.expect(Keyword::Set)?;
                ConflictAction::Update {
                    assignments: self.list(Self::assignment)?,
                    filter: self.filter()?,
                }
            }
        };
        Ok(Some(OnConflict {
            target,
            action,
            span: self.span_from(start),
        }))
    }

    /// A column that is given a value (`set_target`, `insert_column_item`).
    pub(super) fn assignment_target(&mut self) -> Syntax<AssignmentTarget> {
        let start = self.position();
        let column = self.column_id("a column")?;
        let indirection = self.indirection_steps()?;
        if let Some(Indirection::Star(span)) = indirection.last() {
            return Err(Box::new(errors::assigned_star(*span)));
        }
        Ok(AssignmentTarget {
            column,
            indirection,
            span: self.span_from(start),
        })
    }

    /// A term of SET (`set_clause`).
    pub(super) fn assignment(&mut self) -> Syntax<Assignment> {
        if self.is_at(Symbol::LeftParen) {
            let targets = self.parenthesized_list(Self::assignment_target)?;
            self.expect(Symbol::Equal)?;
            let value = self.expr()?;
            return Ok(Assignment::Many { targets, value });
        }
        let target = self.assignment_target()?;
        self.expect(Symbol::Equal)?;
        let value = self.expr()?;
        Ok(Assignment::One { target, value })
    }

    /// `WHERE condition` or `WHERE CURRENT OF cursor`, if it is next.
    fn row_filter(&mut self) -> Syntax<Option<Expr>> {
        if !self.accept_phrase(&[Keyword::Where, Keyword::Current, Keyword::Of]) {
            return self.filter();
        }
        let cursor = self.column_id("a cursor")?;
        let span = cursor.span;
        Ok(Some(Expr {
            kind: ExprKind::CurrentOf(cursor),
            span,
        }))
    }

    fn update(&mut self, with: Option<With>, start: usize) -> Syntax<Update> {
        self.expect(Keyword::Update)?;
        let (table, alias) = self.changed_relation()?;
        self.expect(Keyword::Set)?;
        let assignments = self.list(Self::assignment)?;
        let from = match self.accept(Keyword::From) {
            true => self.table_items()?,
            false => Vec::new(),
        };
        let filter = self.row_filter()?;
        let returning = self.returning()?;
        Ok(Update {
            with,
            table,
            alias,
            assignments,
            from,
            filter,
            returning,
            span: self.span_from(start),
        })
    }

    fn delete(&mut self, with: Option<With>, start: usize) -> Syntax<Delete> {
        self.expect(Keyword::Delete)?;
        self.expect(Keyword::From)?;
        let (table, alias) = self.changed_relation()?;
        let using = match self.accept(Keyword::Using) {
            true => self.table_items()?,
            false => Vec::new(),
        };
        let filter = self.row_filter()?;
        let returning = self.returning()?;
        Ok(Delete {
            with,
            table,
            alias,
            using,
            filter,
            returning,
            span: self.span_from(start),
        })
    }
}
