//! A statement that loses data.

use super::Lint;
use crate::catalog::{Catalog, Column, ObjectPath, Table};
use crate::config::Level;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::lints as errors;
use crate::text::{Ident, Span};

pub(super) const LINT: Lint = Lint {
    code: Code::Destructive,
    default: Level::Warn,
};

/// DROP TABLE of a table that was there before the migration and whose rows the migration has not read.
pub(crate) fn dropped_table(
    start: &Catalog,
    path: &ObjectPath,
    table: &Table,
    is_copied: bool,
    span: Span,
) -> Option<Diagnostic> {
    let is_old = path.database != Catalog::TEMP && super::existed(start, table);
    (is_old && !is_copied).then(|| errors::dropped_table(table, span))
}

/// DROP COLUMN of a column that was there before the migration and whose values the migration has not read.
pub(crate) fn dropped_column(
    start: &Catalog,
    path: &ObjectPath,
    table: &Table,
    column: &Column,
    is_copied: bool,
    name: &Ident,
) -> Option<Diagnostic> {
    let is_old = path.database != Catalog::TEMP && column_existed(start, table, column);
    (is_old && !is_copied).then(|| errors::dropped_column(column, name))
}

fn column_existed(start: &Catalog, table: &Table, column: &Column) -> bool {
    let table = super::existing(start, table);
    let mut columns = table.into_iter().flat_map(|table| &table.columns);
    columns.any(|old| old.provenance.created == column.provenance.created)
}
