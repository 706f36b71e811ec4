//! A primary key column that may hold NULL.

use crate::diagnostic::Diagnostic;
use crate::errors::sqlite::lints as errors;
use crate::sqlite::catalog::{Catalog, Table, TableKind};

/// The primary keys that may hold NULL when the last migration is done.
pub(super) fn judge(catalog: &Catalog) -> Vec<Diagnostic> {
    let tables = catalog.main().tables().into_iter();
    tables.filter_map(nullable).collect()
}

fn nullable(table: &Table) -> Option<Diagnostic> {
    let key = table.primary_key.as_ref()?;
    // What could not be read of an incomplete one may say NOT NULL.
    if table.incomplete {
        return None;
    }
    if table.kind != TableKind::Ordinary || key.rowid_alias || table.without_rowid || table.strict {
        return None;
    }
    let columns = key.columns.iter();
    let mut columns = columns.filter_map(|position| table.columns.get(*position));
    let column = columns.find(|column| !column.not_null)?;
    Some(errors::nullable_primary_key(table, column, key))
}
