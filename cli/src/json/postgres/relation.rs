use super::Source;
use crate::json::History;
use serde::Serialize;
use tablature_schema::postgres::catalog::{self, IndexTerm, Relation, RelationKind};

/// An index that no constraint keeps.
#[derive(Debug, Serialize)]
pub(super) struct Index<'a> {
    schema: &'a str,
    name: &'a str,
    table: &'a str,
    unique: bool,
    /// The keys: null for an expression. Columns of INCLUDE are none.
    columns: Vec<Option<&'a str>>,
    /// Whether it has WHERE.
    partial: bool,
    #[serde(flatten)]
    history: Option<History<'a>>,
}

/// A view or materialized view.
#[derive(Debug, Serialize)]
pub(super) struct View<'a> {
    schema: &'a str,
    name: &'a str,
    materialized: bool,
    /// Null where a mistake keeps from knowing them.
    columns: Option<Vec<&'a str>>,
    #[serde(flatten)]
    history: Option<History<'a>>,
}

/// A trigger.
#[derive(Debug, Serialize)]
pub(super) struct Trigger<'a> {
    schema: &'a str,
    name: &'a str,
    /// The table or view.
    table: &'a str,
    #[serde(flatten)]
    history: Option<History<'a>>,
}

/// A sequence; those of serial and identity columns too.
#[derive(Debug, Serialize)]
pub(super) struct Sequence<'a> {
    schema: &'a str,
    name: &'a str,
    #[serde(flatten)]
    history: Option<History<'a>>,
}

impl<'a> Index<'a> {
    pub(super) fn new(relation: &'a Relation, source: Source<'a>) -> Option<Index<'a>> {
        let index = relation.index().filter(|it| it.constraint.is_none())?;
        let table = source.catalog.relation(index.table)?;
        let keys = index.keys.iter().map(|key| match &key.term {
            IndexTerm::Column(number) => Some(&*table.column_at(*number)?.name),
            IndexTerm::Expression(_) => None,
        });
        Some(Index {
            schema: source.schema(relation.namespace),
            name: &relation.name,
            table: &table.name,
            unique: index.unique,
            columns: keys.collect(),
            partial: index.predicate.is_some(),
            history: source.history(relation.provenance.as_ref()),
        })
    }
}

impl<'a> View<'a> {
    pub(super) fn new(relation: &'a Relation, source: Source<'a>) -> Option<View<'a>> {
        relation.view()?;
        let columns = relation.live_columns().map(|column| &*column.name);
        Some(View {
            schema: source.schema(relation.namespace),
            name: &relation.name,
            materialized: matches!(relation.kind, RelationKind::MaterializedView(_)),
            columns: (!relation.incomplete).then(|| columns.collect()),
            history: source.history(relation.provenance.as_ref()),
        })
    }
}

impl<'a> Trigger<'a> {
    pub(super) fn new(trigger: &'a catalog::Trigger, source: Source<'a>) -> Option<Trigger<'a>> {
        let table = source.catalog.relation(trigger.table)?;
        source.catalog.is_lasting(table.namespace).then(|| Trigger {
            schema: source.schema(table.namespace),
            name: &trigger.name,
            table: &table.name,
            history: source.history(trigger.provenance.as_ref()),
        })
    }
}

impl<'a> Sequence<'a> {
    pub(super) fn new(relation: &'a Relation, source: Source<'a>) -> Option<Sequence<'a>> {
        relation.sequence()?;
        Some(Sequence {
            schema: source.schema(relation.namespace),
            name: &relation.name,
            history: source.history(relation.provenance.as_ref()),
        })
    }
}
