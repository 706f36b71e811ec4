//! What lasts as long as the connection: temporary objects and attached databases.
//!
//! A database at an earlier version is opened anew, so that a file cannot build on what another has left there: the
//! runner takes it away at the end of each file, and a replay forgets it before the next.

use super::Replay;
use super::bodies::{Body, BodyKind};
use crate::catalog::Key;
use crate::sqlite::catalog::{Catalog, Database, DepartedKind, Departure, Relation};
use crate::sqlite::lints;
use crate::text::Span;

impl Replay {
    /// Begins a file on a connection that has the main database alone.
    pub(super) fn begin_connection(&mut self) {
        self.told_temporary.clear();
        while self.catalog.databases.len() > Catalog::TEMP + 1 {
            self.remove_database(self.catalog.databases.len() - 1);
        }
        let Some(temp) = self.catalog.databases.get_mut(Catalog::TEMP) else {
            return;
        };
        let old = std::mem::replace(temp, Database::new(&temp.name));
        let created: Vec<(DepartedKind, Key, Span)> = gone(&old, temp);
        for (kind, key, span) in created {
            for kind in [BodyKind::View, BodyKind::Trigger] {
                self.bodies
                    .remove(&Body::new(Catalog::TEMP, key.clone(), kind));
            }
            self.touch(&key);
            self.depart(kind, Catalog::TEMP, key, Departure::FileEnded, span);
        }
    }

    /// Says of temporary objects that another statement of the file will find them gone if the file fails before it.
    pub(super) fn judge_connection(&mut self) {
        if self.transaction_around().is_some() {
            return;
        }
        for finding in lints::temporary_objects(&self.catalog) {
            if self.told_temporary.insert(finding.primary.span) {
                self.report(finding);
            }
        }
    }
}

/// What one database has and another does not, and where it was made.
fn gone(old: &Database, new: &Database) -> Vec<(DepartedKind, Key, Span)> {
    let relations = old.relations.iter();
    let relations = relations.filter(|(key, _)| !new.relations.contains_key(key));
    let relations = relations.map(|(key, relation)| {
        let kind = match relation {
            Relation::Table(_) => DepartedKind::Table,
            Relation::View(_) => DepartedKind::View,
        };
        (kind, key.clone(), relation.provenance().created)
    });
    let triggers = old.triggers.iter();
    let triggers = triggers.map(|(key, it)| {
        let kind = DepartedKind::Trigger;
        (kind, key.clone(), it.provenance.created)
    });
    let indexes = old.indexes.iter();
    let indexes = indexes.map(|(key, it)| {
        let kind = DepartedKind::Index;
        (kind, key.clone(), it.provenance.created)
    });
    relations.chain(triggers).chain(indexes).collect()
}
