//! What is no longer there under its name, and what became of it.

use super::{Catalog, Index, ObjectPath, Table};
use crate::catalog::{ChangeKind, Key};
use crate::text::Span;
use std::sync::Arc;

/// Something that is no longer there under its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departed {
    /// What it was.
    pub kind: DepartedKind,
    /// The position of its database.
    pub database: usize,
    /// The name under which it is missed.
    pub key: Key,
    /// How it left.
    pub departure: Departure,
    /// The place in the statement that removed or renamed it.
    pub span: Span,
    /// An index as it was.
    pub index: Option<Arc<Index>>,
}

/// What has gone.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the objects of the language")]
pub enum DepartedKind {
    Table,
    View,
    Index,
    Trigger,
    Column { table: Key },
}

/// How it left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Departure {
    /// It was dropped.
    Dropped,
    /// It was dropped with the table or view that it belonged to.
    DroppedWith(Arc<str>),
    /// Its table was dropped and created again without it.
    LeftOut,
    /// It was temporary, or in an attached database, and its file ended.
    FileEnded,
    /// What had created it was rolled back.
    RolledBack,
    /// It has this name now.
    RenamedTo(Arc<str>),
}

impl Catalog {
    /// What became of the last table, view, index or trigger of a name, step by step; nothing if none was ever there.
    ///
    /// The last step says where it is now, or how it went.
    #[must_use]
    pub fn fate(
        &self,
        kinds: &[DepartedKind],
        database: Option<usize>,
        name: &Key,
    ) -> Vec<&Departed> {
        self.follow(
            0,
            |departed, name| {
                departed.key == *name
                    && kinds.contains(&departed.kind)
                    && database.is_none_or(|position| position == departed.database)
            },
            |departed, now| {
                let database = self.databases.get(departed.database);
                database.is_some_and(|database| database.relations.contains_key(now))
            },
            name,
        )
    }

    /// What became of a column that a table has had, as [`fate`](Self::fate) says it.
    #[must_use]
    pub fn fate_of_column(&self, path: &ObjectPath, name: &Key) -> Vec<&Departed> {
        let relation = self
            .databases
            .get(path.database)
            .and_then(|database| database.relations.get(&path.key));
        let table = relation.and_then(super::Relation::table);
        let names = table.map_or_else(|| vec![path.key.clone()], names_of);
        let first = table.map_or(0, |table| self.beginning(path, table));
        self.follow(
            first,
            |departed, name| {
                let is_of_it = match &departed.kind {
                    DepartedKind::Column { table } => names.contains(table),
                    DepartedKind::Table
                    | DepartedKind::View
                    | DepartedKind::Index
                    | DepartedKind::Trigger => false,
                };
                is_of_it && departed.key == *name && departed.database == path.database
            },
            |_, now| table.is_some_and(|table| table.column_index(now.as_str()).is_some()),
            name,
        )
    }

    /// The position from which on columns that departed from a table of its name are its own: an earlier one of its name
    /// is of no interest.
    fn beginning(&self, path: &ObjectPath, table: &Table) -> usize {
        let own = &table.provenance;
        if own.successor_of.is_some() {
            return 0;
        }
        let is_own = |departed: &Departed| {
            own.changes
                .newest_first()
                .any(|it| it.span == departed.span)
        };
        let mut departed = self.departed.oldest_first().into_iter();
        let last = departed.rposition(|departed| {
            departed.kind == DepartedKind::Table
                && departed.key == path.key
                && departed.database == path.database
                && !is_own(departed)
        });
        last.map_or(0, |position| position + 1)
    }

    fn follow(
        &self,
        first: usize,
        is_it: impl Fn(&Departed, &Key) -> bool,
        is_there: impl Fn(&Departed, &Key) -> bool,
        name: &Key,
    ) -> Vec<&Departed> {
        let mut steps: Vec<&Departed> = Vec::new();
        let all = self.departed.oldest_first();
        let mut at = all.iter().rposition(|it| is_it(it, name));
        at = at.filter(|position| *position >= first);
        while let Some(step) = at.and_then(|position| all.get(position)) {
            steps.push(*step);
            let Departure::RenamedTo(now) = &step.departure else {
                break;
            };
            let now = Key::new(now);
            if is_there(step, &now) {
                break;
            }
            let from = at.map_or(0, |position| position + 1);
            let mut later = all.iter().enumerate().skip(from);
            at = later
                .find(|(_, it)| is_it(it, &now))
                .map(|(position, _)| position);
        }
        steps
    }
}

/// The names that a table has and has had.
fn names_of(table: &Table) -> Vec<Key> {
    let earlier = table.provenance.changes.newest_first();
    let earlier = earlier.filter_map(|change| match &change.kind {
        ChangeKind::RenamedFrom(name) => Some(Key::new(name)),
        ChangeKind::ColumnAdded(_)
        | ChangeKind::ColumnDropped(_)
        | ChangeKind::ColumnRenamed { .. }
        | ChangeKind::ConstraintChanged
        | ChangeKind::Rewritten
        | ChangeKind::CreatedAgain => None,
    });
    earlier.chain([Key::new(&table.name)]).collect()
}
