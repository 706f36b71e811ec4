use super::{Column, Source};
use crate::json::History;
use serde::Serialize;
use tablature_schema::postgres::catalog::{
    self, Constraint, ConstraintKind, ForeignKeyAction, Relation, RelationKind,
};

/// A table; a partitioned one and a partition are tables too.
#[derive(Debug, Serialize)]
pub(super) struct Table<'a> {
    schema: &'a str,
    name: &'a str,
    /// `table`, or `foreign` for one of another server.
    kind: &'static str,
    /// What only SQLite's tables can be.
    strict: bool,
    without_rowid: bool,
    columns: Vec<Column<'a>>,
    /// In the order in which they were made.
    foreign_keys: Vec<ForeignKey<'a>>,
    /// The columns of each UNIQUE constraint; neither the primary key nor unique indexes.
    unique: Vec<Vec<&'a str>>,
    #[serde(flatten)]
    history: Option<History<'a>>,
}

/// A foreign key.
#[derive(Debug, Serialize)]
struct ForeignKey<'a> {
    /// The child's columns.
    columns: Vec<&'a str>,
    /// The schema of the parent table.
    schema: &'a str,
    /// The parent table.
    table: &'a str,
    /// The parent's columns: always named, as the engine keeps them.
    references: Vec<&'a str>,
    on_update: &'static str,
    on_delete: &'static str,
}

impl<'a> Table<'a> {
    pub(super) fn new(table: &'a Relation, source: Source<'a>) -> Option<Table<'a>> {
        let kind = match &table.kind {
            RelationKind::Table | RelationKind::Partitioned(_) => "table",
            RelationKind::Foreign(_) => "foreign",
            RelationKind::View(_)
            | RelationKind::MaterializedView(_)
            | RelationKind::Sequence(_)
            | RelationKind::Index(_)
            | RelationKind::PartitionedIndex(_)
            | RelationKind::Composite => return None,
        };
        let constraints = source.catalog.constraints.inside(Some(table.oid));
        let mut constraints: Vec<&Constraint> = constraints.map(AsRef::as_ref).collect();
        constraints.sort_by_key(|it| it.oid);
        let key = constraints.iter().find_map(|it| match &it.kind {
            ConstraintKind::PrimaryKey(key) => Some(key.columns.as_slice()),
            _ => None,
        });
        let key = key.unwrap_or_default();
        Some(Table {
            schema: source.schema(table.namespace),
            name: &table.name,
            kind,
            strict: false,
            without_rowid: false,
            columns: table
                .live_columns()
                .map(|column| Column::new(table, column, key, source))
                .collect(),
            foreign_keys: constraints
                .iter()
                .filter_map(|it| ForeignKey::new(table, it, source))
                .collect(),
            unique: constraints
                .iter()
                .filter_map(|it| match &it.kind {
                    ConstraintKind::Unique(key) => Some(names(table, &key.columns)),
                    _ => None,
                })
                .collect(),
            history: source.history(table.provenance.as_ref()),
        })
    }
}

impl<'a> ForeignKey<'a> {
    fn new(
        table: &'a Relation,
        constraint: &'a Constraint,
        source: Source<'a>,
    ) -> Option<ForeignKey<'a>> {
        let key: &catalog::ForeignKey = constraint.kind.foreign_key()?;
        // For each partition of a parent the engine keeps another one, which is no one's own.
        let of_partition = constraint.parent.is_some_and(|parent| {
            let parent = source.catalog.constraints.get(parent);
            parent.is_some_and(|it| it.on == constraint.on)
        });
        if of_partition {
            return None;
        }
        let parent = source.catalog.relation(key.table)?;
        Some(ForeignKey {
            columns: names(table, &key.columns),
            schema: source.schema(parent.namespace),
            table: &parent.name,
            references: names(parent, &key.referenced),
            on_update: action(key.on_update),
            on_delete: action(key.on_delete),
        })
    }
}

fn action(action: ForeignKeyAction) -> &'static str {
    match action {
        ForeignKeyAction::NoAction => "NO ACTION",
        ForeignKeyAction::Restrict => "RESTRICT",
        ForeignKeyAction::Cascade => "CASCADE",
        ForeignKeyAction::SetNull => "SET NULL",
        ForeignKeyAction::SetDefault => "SET DEFAULT",
    }
}

/// The names of columns by their numbers.
fn names<'a>(table: &'a Relation, numbers: &[i16]) -> Vec<&'a str> {
    let columns = numbers.iter().filter_map(|it| table.column_at(*it));
    columns.map(|column| &*column.name).collect()
}
