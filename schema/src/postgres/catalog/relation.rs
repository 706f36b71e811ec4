//! Tables, views, sequences, indexes: what the engine keeps in `pg_class`.

use super::objects::object;
use super::{Column, Index, PartitionBound, PartitionKey, Sequence};
use crate::catalog::Provenance;
use crate::postgres::tree;
use crate::postgres::types::Oid;
use std::sync::Arc;

/// What shares the names of tables.
#[derive(Debug, Clone)]
pub struct Relation {
    /// Its number.
    pub oid: Oid,
    /// Its name.
    pub name: Arc<str>,
    /// Its schema.
    pub namespace: Oid,
    /// The role that owns it.
    pub owner: Oid,
    /// What it is, with what only that kind has.
    pub kind: RelationKind,
    /// Whether it outlives the connection and a crash.
    pub persistence: Persistence,
    /// The type of its rows; none for indexes and sequences, which have no rows.
    pub row_type: Option<Oid>,
    /// Its columns by number: the first has the number 1. Dropped ones keep their place.
    pub columns: Vec<Column>,
    /// Storage parameters and options of views, in the order in which they were set.
    pub options: Vec<RelationOption>,
    /// The tablespace, if it is not the default one.
    pub tablespace: Option<Arc<str>>,
    /// How its rows are stored, by the access method; none for what stores no rows.
    pub access_method: Option<Oid>,
    /// The composite type of `CREATE TABLE … OF`.
    pub of_type: Option<Oid>,
    /// What it inherits from, or is a partition of, in the order of INHERITS; of an index, the one it is attached to.
    pub parents: Vec<Oid>,
    /// What inherits from it, or is a partition of it, in the order of the numbers.
    pub children: Vec<Oid>,
    /// The bound, if it is a partition of its parent.
    pub bound: Option<Arc<PartitionBound>>,
    /// The indexes on it, in the order of their numbers.
    pub indexes: Vec<Oid>,
    /// Row level security.
    pub row_security: RowSecurity,
    /// What logical replication knows of a row.
    pub replica_identity: ReplicaIdentity,
    /// Whether a mistake keeps from knowing it as a whole: what is missed in it is no second mistake.
    pub incomplete: bool,
    /// Where it came from; nothing for the engine's own and those of extensions.
    pub provenance: Option<Provenance>,
}

object!(Relation, |relation| Some(relation.namespace));

/// The kinds of relations (`relkind`).
#[derive(Debug, Clone)]
pub enum RelationKind {
    /// A table.
    Table,
    /// A table whose rows are in its partitions.
    Partitioned(Arc<PartitionKey>),
    /// A table of another server.
    Foreign(ForeignTable),
    /// A view.
    View(View),
    /// A materialized view.
    MaterializedView(View),
    /// A sequence.
    Sequence(Sequence),
    /// An index.
    Index(Arc<Index>),
    /// An index of a partitioned table: only those of the partitions hold anything.
    PartitionedIndex(Arc<Index>),
    /// The columns of a composite type.
    Composite,
}

/// The query of a view.
#[derive(Debug, Clone, Default)]
pub struct View {
    /// The query; nothing where a mistake keeps from knowing it, and for the engine's own views.
    pub query: Option<Arc<tree::Query>>,
    /// WITH CHECK OPTION.
    pub check: Option<ViewCheck>,
    /// Whether a materialized view has rows.
    pub populated: bool,
}

/// WITH CHECK OPTION.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the words of the language")]
pub enum ViewCheck {
    Local,
    Cascaded,
}

/// What only a foreign table has.
#[derive(Debug, Clone, PartialEq)]
pub struct ForeignTable {
    /// The server.
    pub server: Oid,
    /// OPTIONS.
    pub options: Vec<(Arc<str>, Arc<str>)>,
}

/// Whether a relation outlives the connection and a crash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the variants are the words of the language")]
pub enum Persistence {
    Permanent,
    Unlogged,
    Temporary,
}

/// A storage parameter, or an option of a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationOption {
    /// The name, with `toast.` before it for that of the table's out-of-line values.
    pub name: Arc<str>,
    /// The value as `reloptions` keeps it: a word without one is `true`.
    pub value: Arc<str>,
}

/// Row level security of a table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RowSecurity {
    /// ENABLE ROW LEVEL SECURITY.
    pub enabled: bool,
    /// FORCE ROW LEVEL SECURITY: also for the owner.
    pub forced: bool,
}

/// REPLICA IDENTITY.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ReplicaIdentity {
    /// The primary key.
    #[default]
    Default,
    /// Nothing.
    Nothing,
    /// The whole row.
    Full,
    /// An index.
    Index(Oid),
}

impl Relation {
    /// The column of a name. The engine's own (`ctid`, `tableoid`, …) are not among them.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.live_columns().find(|column| &*column.name == name)
    }

    /// The column of a number, unless it is dropped.
    #[must_use]
    pub fn column_at(&self, number: i16) -> Option<&Column> {
        let position = usize::try_from(number).ok()?.checked_sub(1)?;
        let column = self.columns.get(position)?;
        (!column.dropped).then_some(column)
    }

    /// The column of a number, to be changed.
    pub fn column_at_mut(&mut self, number: i16) -> Option<&mut Column> {
        let position = usize::try_from(number).ok()?.checked_sub(1)?;
        let column = self.columns.get_mut(position)?;
        (!column.dropped).then_some(column)
    }

    /// The columns that are not dropped.
    pub fn live_columns(&self) -> impl DoubleEndedIterator<Item = &Column> {
        self.columns.iter().filter(|column| !column.dropped)
    }

    /// The index, if it is one.
    #[must_use]
    pub fn index(&self) -> Option<&Index> {
        match &self.kind {
            RelationKind::Index(index) | RelationKind::PartitionedIndex(index) => Some(index),
            RelationKind::Table
            | RelationKind::Partitioned(_)
            | RelationKind::Foreign(_)
            | RelationKind::View(_)
            | RelationKind::MaterializedView(_)
            | RelationKind::Sequence(_)
            | RelationKind::Composite => None,
        }
    }

    /// The index, to be changed.
    pub fn index_mut(&mut self) -> Option<&mut Index> {
        match &mut self.kind {
            RelationKind::Index(index) | RelationKind::PartitionedIndex(index) => {
                Some(Arc::make_mut(index))
            }
            RelationKind::Table
            | RelationKind::Partitioned(_)
            | RelationKind::Foreign(_)
            | RelationKind::View(_)
            | RelationKind::MaterializedView(_)
            | RelationKind::Sequence(_)
            | RelationKind::Composite => None,
        }
    }

    /// The sequence, if it is one.
    #[must_use]
    pub fn sequence(&self) -> Option<&Sequence> {
        match &self.kind {
            RelationKind::Sequence(sequence) => Some(sequence),
            RelationKind::Table
            | RelationKind::Partitioned(_)
            | RelationKind::Foreign(_)
            | RelationKind::View(_)
            | RelationKind::MaterializedView(_)
            | RelationKind::Index(_)
            | RelationKind::PartitionedIndex(_)
            | RelationKind::Composite => None,
        }
    }

    /// The view or materialized view, if it is one.
    #[must_use]
    pub fn view(&self) -> Option<&View> {
        match &self.kind {
            RelationKind::View(view) | RelationKind::MaterializedView(view) => Some(view),
            RelationKind::Table
            | RelationKind::Partitioned(_)
            | RelationKind::Foreign(_)
            | RelationKind::Sequence(_)
            | RelationKind::Index(_)
            | RelationKind::PartitionedIndex(_)
            | RelationKind::Composite => None,
        }
    }

    /// How rows are divided among the partitions, if it is partitioned.
    #[must_use]
    pub fn partition_key(&self) -> Option<&Arc<PartitionKey>> {
        match &self.kind {
            RelationKind::Partitioned(key) => Some(key),
            RelationKind::Table
            | RelationKind::Foreign(_)
            | RelationKind::View(_)
            | RelationKind::MaterializedView(_)
            | RelationKind::Sequence(_)
            | RelationKind::Index(_)
            | RelationKind::PartitionedIndex(_)
            | RelationKind::Composite => None,
        }
    }

    /// Whether it is a table or a partitioned table.
    #[must_use]
    pub fn is_table(&self) -> bool {
        matches!(
            self.kind,
            RelationKind::Table | RelationKind::Partitioned(_)
        )
    }

    /// Whether it is a partition of another table or index.
    #[must_use]
    pub fn is_partition(&self) -> bool {
        match &self.kind {
            RelationKind::Index(_) | RelationKind::PartitionedIndex(_) => !self.parents.is_empty(),
            _ => self.bound.is_some(),
        }
    }
}

impl RelationKind {
    /// What the engine calls it in messages and comments: `table`, `view`, …
    #[must_use]
    pub fn noun(&self) -> &'static str {
        match self {
            RelationKind::Table | RelationKind::Partitioned(_) => "table",
            RelationKind::Foreign(_) => "foreign table",
            RelationKind::View(_) => "view",
            RelationKind::MaterializedView(_) => "materialized view",
            RelationKind::Sequence(_) => "sequence",
            RelationKind::Index(_) | RelationKind::PartitionedIndex(_) => "index",
            RelationKind::Composite => "composite type",
        }
    }
}
