//! The only places where the catalog is written.

use super::bodies::{Body, BodyKind};
use super::{Replay, tokens};
use crate::catalog::Key;
use crate::sqlite::catalog::{
    Database, Departed, DepartedKind, Departure, Index, ObjectPath, Relation, Table, Trigger, View,
};
use crate::text::Span;
use std::sync::Arc;

impl Replay {
    /// The place of the next object of a database.
    fn next_place(&mut self, database: usize) -> u32 {
        let Some(database) = self.catalog.databases.get_mut(database) else {
            return 0;
        };
        database.created = database.created.saturating_add(1);
        database.created
    }

    fn database_mut(&mut self, database: usize) -> Option<&mut Database> {
        self.catalog.databases.get_mut(database)
    }

    /// Adds a new table.
    pub(super) fn add_table(&mut self, database: usize, mut table: Table) {
        table.place = self.next_place(database);
        self.succeed_table(database, &mut table);
        self.name_given(DepartedKind::Table, database, Key::new(&table.name));
        self.put_table(database, table);
    }

    /// Puts a table in the place of itself.
    pub(super) fn put_table(&mut self, database: usize, table: Table) {
        let key = Key::new(&table.name);
        if let Some(database) = self.database_mut(database) {
            let relation = Relation::Table(Arc::new(table));
            database.relations.insert(key.clone(), relation);
        }
        self.touch(&key);
    }

    /// Adds a new view, whose columns are yet to be found out.
    pub(super) fn add_view(&mut self, database: usize, mut view: View) {
        view.place = self.next_place(database);
        self.succeed_view(database, &mut view);
        let key = Key::new(&view.name);
        self.name_given(DepartedKind::View, database, key.clone());
        let body = Body::new(database, key.clone(), BodyKind::View);
        self.bodies.add(body);
        self.put_view(database, view);
        self.touch(&key);
    }

    /// Puts a view in the place of itself.
    pub(super) fn put_view(&mut self, database: usize, view: View) {
        let key = Key::new(&view.name);
        let body = Body::new(database, key.clone(), BodyKind::View);
        let names = tokens::names(&view.definition.tokens);
        self.bodies.mentions.put(body, names);
        if let Some(database) = self.database_mut(database) {
            database
                .relations
                .insert(key, Relation::View(Arc::new(view)));
        }
    }

    /// Adds a new index.
    pub(super) fn add_index(&mut self, database: usize, mut index: Index) {
        index.place = self.next_place(database);
        self.succeed_index(database, &mut index);
        self.name_given(DepartedKind::Index, database, Key::new(&index.name));
        self.put_index(database, index);
    }

    /// Puts an index in the place of itself.
    pub(super) fn put_index(&mut self, database: usize, index: Index) {
        if let Some(database) = self.database_mut(database) {
            database.put_index(index);
        }
    }

    /// Adds a new trigger.
    pub(super) fn add_trigger(&mut self, database: usize, mut trigger: Trigger) {
        trigger.place = self.next_place(database);
        self.succeed_trigger(database, &mut trigger);
        let key = Key::new(&trigger.name);
        self.name_given(DepartedKind::Trigger, database, key.clone());
        self.bodies.add(Body::new(database, key, BodyKind::Trigger));
        self.put_trigger(database, trigger);
    }

    /// Puts a trigger in the place of itself.
    pub(super) fn put_trigger(&mut self, database: usize, trigger: Trigger) {
        let key = Key::new(&trigger.name);
        let body = Body::new(database, key, BodyKind::Trigger);
        let names = tokens::names(&trigger.definition.tokens);
        self.bodies.mentions.put(body, names);
        if let Some(database) = self.database_mut(database) {
            database.put_trigger(trigger);
        }
    }

    /// Removes a table or view with its indexes and triggers, those in `temp` included.
    pub(super) fn remove_relation(&mut self, path: &ObjectPath, span: Span) {
        let Some(database) = self.database_mut(path.database) else {
            return;
        };
        let Some(relation) = database.relations.remove(&path.key) else {
            return;
        };
        let indexes = database.indexes_of(&path.key);
        let indexes: Vec<Key> = indexes.map(|(key, _)| key.clone()).collect();
        let kind = match relation {
            Relation::Table(_) => DepartedKind::Table,
            Relation::View(_) => DepartedKind::View,
        };
        self.depart(
            kind,
            path.database,
            path.key.clone(),
            Departure::Dropped,
            span,
        );
        for key in indexes {
            let departure = Departure::DroppedWith(relation.name().into());
            self.remove_index(path.database, &key, departure, span);
        }
        let triggers = self.catalog.triggers_on(path);
        let triggers: Vec<(usize, Key)> = triggers
            .map(|(database, key, _)| (database, key.clone()))
            .collect();
        for (database, key) in triggers {
            let departure = Departure::DroppedWith(relation.name().into());
            self.remove_trigger(database, &key, departure, span);
        }
        self.bodies
            .remove(&Body::new(path.database, path.key.clone(), BodyKind::View));
        self.touch(&path.key);
    }

    /// Takes a table out of its place to put it elsewhere.
    pub(super) fn take_relation(&mut self, path: &ObjectPath) -> Option<Relation> {
        let relation = self
            .database_mut(path.database)?
            .relations
            .remove(&path.key);
        self.touch(&path.key);
        relation
    }

    /// Removes an index.
    pub(super) fn remove_index(
        &mut self,
        database: usize,
        key: &Key,
        departure: Departure,
        span: Span,
    ) {
        let content = self.database_mut(database);
        let index = content.and_then(|content| content.take_index(key));
        self.catalog.departed.push(Departed {
            kind: DepartedKind::Index,
            database,
            key: key.clone(),
            departure,
            span,
            index,
        });
    }

    /// Removes a trigger.
    pub(super) fn remove_trigger(
        &mut self,
        database: usize,
        key: &Key,
        departure: Departure,
        span: Span,
    ) {
        if let Some(database) = self.database_mut(database) {
            database.take_trigger(key);
        }
        self.bodies
            .remove(&Body::new(database, key.clone(), BodyKind::Trigger));
        let kind = DepartedKind::Trigger;
        self.depart(kind, database, key.clone(), departure, span);
    }

    /// Records that something is no longer there under its name.
    pub(super) fn depart(
        &mut self,
        kind: DepartedKind,
        database: usize,
        key: Key,
        departure: Departure,
        span: Span,
    ) {
        self.catalog.departed.push(Departed {
            kind,
            database,
            key,
            departure,
            span,
            index: None,
        });
    }
}
