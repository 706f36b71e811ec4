//! ADD COLUMN of a table that is in use.

use super::Scene;
use super::rewrite::has_checks;
use crate::diagnostic::Diagnostic;
use crate::errors::postgres::lints as errors;
use crate::postgres::ast::{ColumnConstraintKind, ColumnDefinition};
use crate::postgres::catalog::{Column, Generated, Relation};
use crate::postgres::resolve::volatility;
use crate::postgres::types::{TypeKind, Volatility};
use crate::text::Span;

impl Scene<'_> {
    pub(super) fn add_column(
        &self,
        table: &Relation,
        definition: &ColumnDefinition,
        span: Span,
    ) -> Vec<Diagnostic> {
        let name = &definition.name.name;
        let after = self.after.relation(table.oid);
        // With IF NOT EXISTS there may be nothing to do.
        let is_new = table.column(name).is_none();
        let Some(column) = after.and_then(|it| it.column(name)).filter(|_| is_new) else {
            return Vec::new();
        };
        if let Some(what) = self.for_each_row(column) {
            // Its constraints are checked as the rows are written.
            let rewritten = errors::computed_for_each_row(&table.name, name, what, span);
            let indexes = indexes_of(table, definition);
            return std::iter::once(rewritten).chain(indexes).collect();
        }
        let mut found: Vec<Diagnostic> = Vec::new();
        let is_missing = column.not_null && column.default.is_none() && column.generated.is_none();
        if is_missing {
            found.push(errors::column_without_values(&table.name, name, span));
        }
        found.extend(scans_of(table, definition, column));
        found.extend(indexes_of(table, definition));
        found
    }

    /// What makes the value of a new column another one for each row, or has it checked in each: then all are written anew.
    fn for_each_row(&self, column: &Column) -> Option<&'static str> {
        if column.generated == Some(Generated::Stored) {
            return Some("is stored");
        }
        if column.identity.is_some() {
            return Some("is numbered");
        }
        let default = column.default.as_ref();
        let default = default.filter(|_| column.generated.is_none());
        if default.is_some_and(|it| volatility(self.after, it) == Volatility::Volatile) {
            return Some("has a default that is another one for each row");
        }
        let made = self.after.made_type(column.typed.oid)?;
        let is_domain = matches!(made.object.kind, TypeKind::Domain { .. });
        (is_domain && has_checks(self.after, column.typed.oid))
            .then_some("is of a domain with constraints")
    }
}

/// What is compared with every row: a CHECK, and a foreign key if the column holds something.
fn scans_of(
    table: &Relation,
    definition: &ColumnDefinition,
    column: &Column,
) -> impl Iterator<Item = Diagnostic> {
    definition.constraints.iter().filter_map(|constraint| {
        let words = match constraint.kind {
            ColumnConstraintKind::Check { .. } => "CHECK",
            ColumnConstraintKind::References(_) if column.default.is_some() => "FOREIGN KEY",
            ColumnConstraintKind::References(_)
            | ColumnConstraintKind::Null
            | ColumnConstraintKind::NotNull { .. }
            | ColumnConstraintKind::Default(_)
            | ColumnConstraintKind::Unique { .. }
            | ColumnConstraintKind::PrimaryKey { .. }
            | ColumnConstraintKind::Identity { .. }
            | ColumnConstraintKind::Generated { .. } => return None,
        };
        Some(errors::scan_for_new_column(
            &table.name,
            words,
            constraint.span,
        ))
    })
}

/// The indexes that its keys build.
fn indexes_of(table: &Relation, definition: &ColumnDefinition) -> impl Iterator<Item = Diagnostic> {
    definition.constraints.iter().filter_map(|constraint| {
        let words = match constraint.kind {
            ColumnConstraintKind::Unique { .. } => "UNIQUE",
            ColumnConstraintKind::PrimaryKey { .. } => "PRIMARY KEY",
            ColumnConstraintKind::Check { .. }
            | ColumnConstraintKind::References(_)
            | ColumnConstraintKind::Null
            | ColumnConstraintKind::NotNull { .. }
            | ColumnConstraintKind::Default(_)
            | ColumnConstraintKind::Identity { .. }
            | ColumnConstraintKind::Generated { .. } => return None,
        };
        Some(errors::index_of_new_column(
            &table.name,
            words,
            constraint.span,
        ))
    })
}
