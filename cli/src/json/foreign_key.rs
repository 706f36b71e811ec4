use super::table::names;
use serde::Serialize;
use tablature_schema::sqlite::catalog;

/// A foreign key.
#[derive(Debug, Serialize)]
pub(crate) struct ForeignKey<'a> {
    /// The child's columns.
    columns: Vec<&'a str>,
    /// The parent table.
    table: &'a str,
    /// The parent's columns; empty means its primary key.
    references: Vec<&'a str>,
    /// As `PRAGMA foreign_key_list` reports it: `NO ACTION`, `SET NULL`.
    on_update: &'static str,
    on_delete: &'static str,
}

impl<'a> ForeignKey<'a> {
    pub(crate) fn new(table: &'a catalog::Table, key: &'a catalog::ForeignKey) -> ForeignKey<'a> {
        ForeignKey {
            columns: names(table, &key.columns),
            table: &key.table,
            references: key.references.iter().map(AsRef::as_ref).collect(),
            on_update: key.on_update.keywords(),
            on_delete: key.on_delete.keywords(),
        }
    }
}
