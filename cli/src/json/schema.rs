use super::{Index, Table, Trigger, View};
use serde::Serialize;
use tablature_schema::sqlite::catalog::{Database, TableKind};
use tablature_schema::text::Sources;

/// A schema. Objects stand in the order of their creation; internal, shadow and temporary ones are left out.
#[derive(Debug, Serialize)]
pub(crate) struct Schema<'a> {
    dialect: &'static str,
    /// The last migration that was replayed; null before the first.
    version: Option<i64>,
    tables: Vec<Table<'a>>,
    indexes: Vec<Index<'a>>,
    views: Vec<View<'a>>,
    triggers: Vec<Trigger<'a>>,
}

impl<'a> Schema<'a> {
    pub(crate) fn new(
        database: &'a Database,
        version: Option<i64>,
        sources: &'a Sources,
    ) -> Schema<'a> {
        Schema {
            dialect: "sqlite",
            version,
            tables: database
                .tables()
                .into_iter()
                .filter_map(|table| match &table.kind {
                    TableKind::Ordinary => Some(Table::new(table, "table", sources)),
                    TableKind::Virtual { .. } => Some(Table::new(table, "virtual", sources)),
                    TableKind::Shadow { .. } | TableKind::Internal => None,
                })
                .collect(),
            indexes: database
                .indexes()
                .into_iter()
                .map(|index| Index::new(index, database, sources))
                .collect(),
            views: database
                .views()
                .into_iter()
                .map(|view| View::new(view, sources))
                .collect(),
            triggers: database
                .triggers()
                .into_iter()
                .map(|trigger| Trigger::new(trigger, sources))
                .collect(),
        }
    }
}
