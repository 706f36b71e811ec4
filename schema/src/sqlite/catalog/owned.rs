//! What belongs to a table: its indexes, and the triggers that watch it.

use super::{Catalog, Database, Index, ObjectPath, Trigger};
use crate::catalog::{Key, Map};
use std::sync::Arc;

/// The keys of indexes and triggers by what they belong to.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Owned {
    /// By the table.
    indexes: Map<(Key, Key), ()>,
    /// By the table or view, which may be of another database.
    triggers: Map<(ObjectPath, Key), ()>,
}

impl Database {
    /// Adds an index, or puts it in the place of itself.
    pub(crate) fn put_index(&mut self, index: Index) {
        let key = Key::new(&index.name);
        self.take_index(&key);
        let owner = (index.table.clone(), key.clone());
        self.owned.indexes.insert(owner, ());
        self.indexes.insert(key, Arc::new(index));
    }

    /// Takes an index away.
    pub(crate) fn take_index(&mut self, key: &Key) -> Option<Arc<Index>> {
        let index = self.indexes.remove(key)?;
        let owner = (index.table.clone(), key.clone());
        self.owned.indexes.remove(&owner);
        Some(index)
    }

    /// Adds a trigger, or puts it in the place of itself.
    pub(crate) fn put_trigger(&mut self, trigger: Trigger) {
        let key = Key::new(&trigger.name);
        self.take_trigger(&key);
        let owner = (watched(&trigger), key.clone());
        self.owned.triggers.insert(owner, ());
        self.triggers.insert(key, Arc::new(trigger));
    }

    /// Takes a trigger away.
    pub(crate) fn take_trigger(&mut self, key: &Key) -> Option<Arc<Trigger>> {
        let trigger = self.triggers.remove(key)?;
        let owner = (watched(&trigger), key.clone());
        self.owned.triggers.remove(&owner);
        Some(trigger)
    }

    /// The indexes of a table, in the order of their keys.
    pub fn indexes_of(&self, table: &Key) -> impl Iterator<Item = (&Key, &Arc<Index>)> {
        let from = self.owned.indexes.skip_to(|(other, _)| other < table);
        from.take_while(move |((other, _), ())| other == table)
            .filter_map(|((_, key), ())| Some((key, self.indexes.get(key)?)))
    }
}

impl Catalog {
    /// The triggers that watch a table or view, with the positions of their databases: those of `temp` first.
    pub fn triggers_on(
        &self,
        path: &ObjectPath,
    ) -> impl Iterator<Item = (usize, &Key, &Arc<Trigger>)> {
        let databases = self
            .search_path()
            .filter_map(|position| Some((position, self.databases.get(position)?)));
        databases.flat_map(move |(position, database)| {
            let from = database.owned.triggers.skip_to(|(other, _)| other < path);
            from.take_while(move |((other, _), ())| other == path)
                .filter_map(move |((_, key), ())| {
                    Some((position, key, database.triggers.get(key)?))
                })
        })
    }
}

fn watched(trigger: &Trigger) -> ObjectPath {
    ObjectPath {
        database: trigger.database,
        key: trigger.table.clone(),
    }
}
