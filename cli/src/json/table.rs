use super::{Column, ForeignKey, History};
use serde::Serialize;
use tablature_schema::sqlite::catalog;
use tablature_schema::text::Sources;

/// A table.
#[derive(Debug, Serialize)]
pub(crate) struct Table<'a> {
    name: &'a str,
    /// `table` or `virtual`.
    kind: &'static str,
    strict: bool,
    without_rowid: bool,
    /// Hidden columns of virtual tables are left out.
    columns: Vec<Column<'a>>,
    /// In the order in which they were written.
    foreign_keys: Vec<ForeignKey<'a>>,
    /// The columns of each UNIQUE constraint; neither the primary key nor unique indexes.
    unique: Vec<Vec<&'a str>>,
    #[serde(flatten)]
    history: History<'a>,
}

impl<'a> Table<'a> {
    pub(crate) fn new(
        table: &'a catalog::Table,
        kind: &'static str,
        sources: &'a Sources,
    ) -> Table<'a> {
        Table {
            name: &table.name,
            kind,
            strict: table.strict,
            without_rowid: table.without_rowid,
            columns: table
                .columns
                .iter()
                .enumerate()
                .filter(|(_, column)| !column.hidden)
                .map(|(position, column)| Column::new(table, position, column, sources))
                .collect(),
            foreign_keys: table
                .foreign_keys
                .iter()
                .map(|key| ForeignKey::new(table, key))
                .collect(),
            unique: table
                .unique
                .iter()
                .map(|constraint| names(table, &constraint.columns))
                .collect(),
            history: History::new(&table.provenance, sources),
        }
    }
}

/// The names of the columns at some positions.
pub(super) fn names<'a>(table: &'a catalog::Table, positions: &[usize]) -> Vec<&'a str> {
    positions
        .iter()
        .filter_map(|position| table.columns.get(*position))
        .map(|column| &*column.name)
        .collect()
}
