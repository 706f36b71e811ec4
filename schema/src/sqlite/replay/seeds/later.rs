//! Changes of a table that rows which are certain to be in it stop.

use super::demands::Demand;
use super::unique;
use crate::diagnostic::Diagnostic;
use crate::errors::sqlite::{lints as findings, rows as errors};
use crate::sqlite::ast::{ColumnConstraintKind, ColumnDefinition, Expr};
use crate::sqlite::catalog::{Index, Table};
use crate::sqlite::constant::{self, Names, Value};
use crate::sqlite::replay::Replay;
use crate::text::Span;

impl Replay {
    /// Takes in what the rows of a table hold in a column that is added as its last one, and complains of a CHECK in its
    /// definition that they break.
    pub(in crate::sqlite::replay) fn column_added_to_rows(
        &mut self,
        table: &Table,
        definition: &ColumnDefinition,
    ) -> Option<Diagnostic> {
        let column = table.columns.last()?;
        let position = table.columns.len().checked_sub(1)?;
        let value = Demand::of(table, position, definition).default?;
        let value = constant::stored(value, column.affinity)?;
        self.seeds
            .column_added(table, column.provenance.created, value);
        let constraints = definition.constraints.iter();
        let mut checks = constraints.filter_map(|constraint| match &constraint.kind {
            ColumnConstraintKind::Check(check) => Some((check, constraint.span)),
            _ => None,
        });
        checks.find_map(|(check, span)| self.added_check_on_rows(table, check, span))
    }

    /// ALTER COLUMN … SET NOT NULL over a NULL.
    pub(in crate::sqlite::replay) fn set_not_null_on_rows(
        &self,
        table: &Table,
        position: usize,
        span: Span,
    ) -> Option<Diagnostic> {
        let column = table.columns.get(position)?;
        let is_null = |values: &[Option<Value>]| values.get(position) == Some(&Some(Value::Null));
        let mut rows = self.seeds.rows(table);
        let (row, _) = rows.find(|(_, values)| is_null(values))?;
        Some(errors::certain(findings::set_not_null(column, span), row))
    }

    /// ADD CHECK over a row that breaks it.
    pub(in crate::sqlite::replay) fn added_check_on_rows(
        &self,
        table: &Table,
        check: &Expr,
        span: Span,
    ) -> Option<Diagnostic> {
        let breaks = |values: &[Option<Value>]| {
            let names = Names::Row {
                table,
                values,
                rules: &self.rules,
                queries: None,
                alias: None,
            };
            names.truth(check) == Some(Some(false))
        };
        if self.settings.ignores_checks {
            return None;
        }
        let mut rows = self.seeds.rows(table);
        let (row, _) = rows.find(|(_, values)| breaks(values))?;
        Some(errors::certain(findings::added_check(table, span), row))
    }

    /// CREATE UNIQUE INDEX over rows that repeat each other.
    pub(in crate::sqlite::replay) fn unique_index_on_rows(
        &self,
        table: &Table,
        index: &Index,
    ) -> Option<Diagnostic> {
        if !index.unique || self.explained {
            return None;
        }
        let unique = unique::of_index(table, index)?;
        let (first, again) = self.seeds.repetition(table, &unique)?;
        let finding = errors::certain(findings::unique_index(table, index), first);
        Some(finding.with_label(again, "the same again"))
    }
}
