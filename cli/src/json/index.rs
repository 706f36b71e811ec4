use super::History;
use serde::Serialize;
use tablature_schema::sqlite::catalog::{self, Database, IndexKind};
use tablature_schema::text::Sources;

/// An index that CREATE INDEX made.
#[derive(Debug, Serialize)]
pub(crate) struct Index<'a> {
    name: &'a str,
    /// In its creator's letter case.
    table: &'a str,
    unique: bool,
    /// As `PRAGMA index_info` names them: null for the rowid and for an expression.
    columns: Vec<Option<&'a str>>,
    /// Whether it has WHERE.
    partial: bool,
    #[serde(flatten)]
    history: History<'a>,
}

impl<'a> Index<'a> {
    pub(crate) fn new(
        index: &'a catalog::Index,
        database: &'a Database,
        sources: &'a Sources,
    ) -> Index<'a> {
        let relation = database.relations.get(&index.table);
        let table = relation.and_then(catalog::Relation::table);
        Index {
            name: &index.name,
            table: relation.map_or(index.table.as_str(), catalog::Relation::name),
            unique: index.unique,
            columns: index
                .columns
                .iter()
                .map(|column| match &column.kind {
                    IndexKind::Column(position) => Some(&*table?.columns.get(*position)?.name),
                    IndexKind::Rowid | IndexKind::Expression(_) => None,
                })
                .collect(),
            partial: index.filter.is_some(),
            history: History::new(&index.provenance, sources),
        }
    }
}
