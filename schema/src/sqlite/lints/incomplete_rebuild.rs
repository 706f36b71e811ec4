//! A rebuilt table without the indexes and triggers that went with the old one.

use super::trail::{Goal, Trail};
use crate::catalog::Key;
use crate::diagnostic::Diagnostic;
use crate::errors::sqlite::rebuilds as errors;
use crate::sqlite::catalog::{
    Catalog, DepartedKind, Departure, Index, IndexKind, ObjectPath, Table, Trigger,
};
use crate::sqlite::replay::rows::{Dropped, Rows};
use crate::text::Span;

/// What DROP TABLE took away with a table to which the migration has given a successor of the same name and rows.
pub(crate) fn gone_with_table(start: &Catalog, end: &Catalog, rows: &Rows) -> Vec<Diagnostic> {
    let trail = Trail { end, rows };
    let dropped = rows.dropped.iter();
    dropped
        .filter_map(|dropped| match dropped {
            Dropped::Table { table, span } => {
                let old = super::existing(start, table)?;
                let path = ObjectPath {
                    database: Catalog::MAIN,
                    key: Key::new(&old.name),
                };
                let now = super::table_at(end, &path)?;
                let goal = Goal::Table(now.provenance.created);
                let mut copies = trail.copies_of(table.provenance.created);
                copies
                    .any(|copy| trail.arrives(copy, goal, &mut Vec::new()))
                    .then(|| {
                        Rebuild {
                            start,
                            end,
                            path,
                            old,
                            now,
                            drop: *span,
                        }
                        .judge()
                    })?
            }
            Dropped::Column { .. } => None,
        })
        .collect()
}

/// A table and what took its place.
struct Rebuild<'a> {
    start: &'a Catalog,
    end: &'a Catalog,
    /// Where the old table was, and the new one is.
    path: ObjectPath,
    old: &'a Table,
    now: &'a Table,
    /// The name in DROP TABLE.
    drop: Span,
}

impl Rebuild<'_> {
    fn judge(&self) -> Option<Diagnostic> {
        let indexes: Vec<&Index> = self.indexes();
        let triggers: Vec<&Trigger> = self.triggers();
        let gone = !indexes.is_empty() || !triggers.is_empty();
        gone.then(|| errors::not_created_again(&indexes, &triggers, self.old, self.drop))
    }

    fn indexes(&self) -> Vec<&Index> {
        let indexes = self.start.main().indexes_of(&self.path.key);
        indexes
            .filter(|(key, _)| self.went_with_table(DepartedKind::Index, key))
            .filter(|(key, _)| !self.end.main().indexes.contains_key(key))
            .map(|(_, index)| index.as_ref())
            .filter(|index| self.is_possible(index) && !self.is_covered(index))
            .collect()
    }

    fn triggers(&self) -> Vec<&Trigger> {
        let triggers = self.start.triggers_on(&self.path);
        triggers
            .filter(|(_, key, _)| self.went_with_table(DepartedKind::Trigger, key))
            .filter(|(_, key, _)| !self.end.main().triggers.contains_key(key))
            .map(|(_, _, trigger)| trigger.as_ref())
            .collect()
    }

    /// Whether it was DROP TABLE that took it away: what was dropped by name before is meant to be gone.
    fn went_with_table(&self, kind: DepartedKind, key: &Key) -> bool {
        let departed = self.end.departed.newest_first();
        let mut departed = departed.take_while(|departed| departed.span.file == self.drop.file);
        let last = departed.find(|departed| departed.kind == kind && departed.key == *key);
        last.is_some_and(|departed| match departed.departure {
            Departure::DroppedWith(_) => true,
            Departure::Dropped
            | Departure::LeftOut
            | Departure::FileEnded
            | Departure::RolledBack
            | Departure::RenamedTo(_) => false,
        })
    }

    /// Whether the new table has what the index needs. An expression may need any column.
    fn is_possible(&self, index: &Index) -> bool {
        let is_kept = |name: &str| self.now.column_index(name).is_some();
        let mut needed = index.columns.iter().map(|term| match &term.kind {
            IndexKind::Column(position) => self.old.columns.get(*position),
            IndexKind::Rowid | IndexKind::Expression(_) => None,
        });
        let is_plain = index.filter.is_none() && needed.clone().all(|column| column.is_some());
        match is_plain {
            true => needed.all(|column| column.is_some_and(|column| is_kept(&column.name))),
            false => self.old.columns.iter().all(|column| is_kept(&column.name)),
        }
    }

    /// Whether an index or key of the new table begins with the same columns; if the index is unique, has just those.
    fn is_covered(&self, index: &Index) -> bool {
        let wanted = leading_columns(self.old, index);
        if wanted.len() < index.columns.len() {
            return false;
        }
        let others = self.end.main().indexes_of(&self.path.key);
        let mut others = others.filter(|(_, other)| {
            let is_whole = other.filter.is_none() || other.filter == index.filter;
            is_whole && (!index.unique || other.unique)
        });
        let covers = |found: &[Key], terms: usize| match index.unique {
            true => found == wanted && terms == wanted.len(),
            false => found.starts_with(&wanted),
        };
        let keys = self.now.primary_key.iter().map(|key| &key.columns);
        let mut keys = keys.chain(self.now.unique.iter().map(|unique| &unique.columns));
        others.any(|(_, other)| covers(&leading_columns(self.now, other), other.columns.len()))
            || keys.any(|positions| {
                let columns = positions.iter().filter_map(|it| self.now.columns.get(*it));
                let names: Vec<Key> = columns.map(|column| Key::new(&column.name)).collect();
                covers(&names, names.len())
            })
    }
}

/// The columns with which an index begins, before the first term that is no column.
fn leading_columns(table: &Table, index: &Index) -> Vec<Key> {
    let columns = index.columns.iter().map_while(|term| match &term.kind {
        IndexKind::Column(position) => table.columns.get(*position),
        IndexKind::Rowid | IndexKind::Expression(_) => None,
    });
    columns.map(|column| Key::new(&column.name)).collect()
}
