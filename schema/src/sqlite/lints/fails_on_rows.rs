//! A statement that succeeds on an empty table only.

use crate::catalog::Key;
use crate::diagnostic::Diagnostic;
use crate::errors::sqlite::lints as errors;
use crate::sqlite::ast::{ColumnConstraintKind, ColumnDefinition};
use crate::sqlite::catalog::{Catalog, Column, GeneratedKind, Index, IndexKind, ObjectPath, Table};
use crate::text::Span;

/// ADD COLUMN to a table that was there before the migration.
pub(crate) fn added_column(
    start: &Catalog,
    path: &ObjectPath,
    table: &Table,
    column: &Column,
    definition: &ColumnDefinition,
    foreign_keys: bool,
    is_seeded: bool,
) -> Option<Diagnostic> {
    if !is_seeded && !has_rows(start, path, table) {
        return None;
    }
    let span = definition.span;
    if let Some(generated) = &column.generated {
        let stored = generated.kind == GeneratedKind::Stored;
        return stored.then(|| errors::added_stored(column, span));
    }
    let default = column.default.as_ref().filter(|default| !default.null);
    let reference = definition.constraints.iter();
    let mut reference = reference
        .filter(|constraint| matches!(constraint.kind, ColumnConstraintKind::References(_)));
    match default {
        None if column.not_null => Some(errors::added_not_null(column, span)),
        Some(default) if !default.constant => {
            Some(errors::added_computed_default(column, default.span))
        }
        Some(default) if foreign_keys && reference.next().is_some() => {
            Some(errors::added_reference(column, default.span))
        }
        Some(_) | None => None,
    }
}

/// CREATE UNIQUE INDEX over rows that were there before the migration.
pub(crate) fn unique_index_on_rows(
    start: &Catalog,
    path: &ObjectPath,
    table: &Table,
    index: &Index,
) -> Option<Diagnostic> {
    if !index.unique || !has_rows(start, path, table) {
        return None;
    }
    let before = super::existing(start, table)?;
    let positions: Vec<usize> = index
        .columns
        .iter()
        .filter_map(|column| match column.kind {
            IndexKind::Column(position) => Some(position),
            IndexKind::Rowid | IndexKind::Expression(_) => None,
        })
        .collect();
    // A column that the migration added holds NULL, which never repeats, or what the migration has put there.
    let is_new = |position: &usize| {
        let column = table.columns.get(*position);
        column.is_some_and(|column| {
            let mut old = before.columns.iter();
            !old.any(|old| old.provenance.created == column.provenance.created)
        })
    };
    let holds_key = table.primary_key.as_ref().is_some_and(|key| {
        key.columns
            .iter()
            .all(|position| positions.contains(position))
            && !key.columns.is_empty()
    });
    let was_unique = table.unique.iter().any(|unique| {
        unique
            .columns
            .iter()
            .all(|position| positions.contains(position))
    });
    if positions.iter().any(is_new) || holds_key || was_unique || was_indexed(start, table, index) {
        return None;
    }
    Some(errors::unique_index(table, index))
}

/// Whether an equal unique index was there when the migration began.
fn was_indexed(start: &Catalog, table: &Table, index: &Index) -> bool {
    let Some(before) = super::existing(start, table) else {
        return false;
    };
    let names = |table: &Table, index: &Index| -> Vec<Option<String>> {
        let columns = index.columns.iter();
        columns
            .map(|column| match &column.kind {
                IndexKind::Column(position) => {
                    let column = table.columns.get(*position)?;
                    Some(column.name.to_ascii_lowercase())
                }
                IndexKind::Rowid => Some("rowid".to_owned()),
                IndexKind::Expression(text) => Some(text.clone()),
            })
            .collect()
    };
    let wanted = names(table, index);
    let key = Key::new(&before.name);
    let databases = start.databases.iter();
    let mut indexes = databases.flat_map(|database| database.indexes_of(&key));
    indexes.any(|(_, old)| {
        old.unique
            && (old.filter.is_none() || old.filter == index.filter)
            && names(before, old) == wanted
    })
}

/// ALTER COLUMN … SET NOT NULL.
pub(crate) fn set_not_null(
    start: &Catalog,
    path: &ObjectPath,
    table: &Table,
    column: usize,
    span: Span,
) -> Option<Diagnostic> {
    let column = table.columns.get(column)?;
    let rows = has_rows(start, path, table) && !column.not_null;
    rows.then(|| errors::set_not_null(column, span))
}

/// ADD CHECK.
pub(crate) fn added_check(
    start: &Catalog,
    path: &ObjectPath,
    table: &Table,
    span: Span,
) -> Option<Diagnostic> {
    has_rows(start, path, table).then(|| errors::added_check(table, span))
}

/// A column that is copied into a NOT NULL one.
pub(crate) struct Copied<'a> {
    pub(crate) table: &'a Table,
    pub(crate) path: &'a ObjectPath,
    pub(crate) position: usize,
    pub(crate) into: &'a Column,
    /// Where the copy reads it.
    pub(crate) span: Span,
}

/// INSERT … SELECT of columns that may hold NULL into NOT NULL ones, where the rows were there before the migration.
pub(crate) fn copied_nulls(start: &Catalog, copied: &[Copied<'_>]) -> Option<Diagnostic> {
    let found: Vec<(&Column, &Column, Span)> = copied
        .iter()
        .filter(|copied| has_rows(start, copied.path, copied.table))
        .filter_map(|copied| {
            let column = copied.table.columns.get(copied.position)?;
            let before = super::existing(start, copied.table)?;
            let mut old = before.columns.iter();
            let is_old = old.any(|old| old.provenance.created == column.provenance.created);
            let may_be_null = is_old && !never_null(copied.table, copied.position, column);
            may_be_null.then_some((column, copied.into, copied.span))
        })
        .collect();
    errors::copied_nulls(&found)
}

/// Whether a column is known to hold no NULL, or is not meant to.
fn never_null(table: &Table, position: usize, column: &Column) -> bool {
    let key = table.primary_key.as_ref();
    let in_key = key.is_some_and(|key| key.columns.contains(&position));
    let mut checks = table.checks.iter();
    let name = column.name.to_ascii_lowercase();
    column.not_null
        || column.generated.is_some()
        || column.hidden
        || in_key
        || checks.any(|check| check.expression.contains(&name))
}

/// Whether a table may hold rows that the migration has not written.
pub(super) fn has_rows(start: &Catalog, path: &ObjectPath, table: &Table) -> bool {
    path.database != Catalog::TEMP && super::existed(start, table)
}
