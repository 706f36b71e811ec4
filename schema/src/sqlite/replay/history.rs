//! What new objects take over from those that had their names before, and what a rollback leaves of them.

use super::Replay;
use crate::catalog::Key;
use crate::sqlite::catalog::{
    Catalog, Database, DepartedKind, Departure, Index, ObjectPath, Relation, Table, Trigger, View,
};
use crate::text::Span;

/// Something that a statement has made, or given a name.
#[derive(Debug, Clone)]
pub(super) struct Named {
    kind: DepartedKind,
    database: usize,
    key: Key,
}

impl Replay {
    /// What the migration found under a name in the main database.
    fn found_relation(&self, database: usize, name: &str) -> Option<&Relation> {
        let content = self.start.main();
        let main = (database == Catalog::MAIN).then_some(content)?;
        main.relations.get(&Key::new(name))
    }

    /// Has a table that takes a name go on with the history of the one that had it when the migration began: that is how
    /// tables are rebuilt. Columns that the new one does not have are gone.
    pub(super) fn succeed_table(&mut self, database: usize, table: &mut Table) {
        let found = self.found_relation(database, &table.name);
        let Some(old) = found.and_then(Relation::table).cloned() else {
            return;
        };
        if old.provenance.created == table.provenance.created {
            return;
        }
        let is_first = table.provenance.successor_of.is_none();
        table.provenance = table.provenance.clone().following(&old.provenance);
        for column in &mut table.columns {
            let before = old.column_index(&column.name);
            if let Some(before) = before.and_then(|position| old.columns.get(position)) {
                column.provenance = column.provenance.clone().following(&before.provenance);
            }
        }
        if !is_first || table.incomplete {
            return;
        }
        let path = ObjectPath {
            database,
            key: Key::new(&table.name),
        };
        for column in &old.columns {
            let key = Key::new(&column.name);
            let kind = DepartedKind::Column {
                table: path.key.clone(),
            };
            let is_told = || {
                let mut news = self.catalog.departed.since(&self.start.departed);
                news.any(|departed| departed.kind == kind && departed.key == key)
            };
            if table.column_index(&column.name).is_none() && !is_told() {
                let span = table.provenance.created;
                self.depart(kind, database, key, Departure::LeftOut, span);
            }
        }
    }

    /// Has a view go on with the history of the one that it takes the place of.
    pub(super) fn succeed_view(&self, database: usize, view: &mut View) {
        let found = self.found_relation(database, &view.name);
        if let Some(old) = found.and_then(Relation::view) {
            view.provenance = view.provenance.clone().following(&old.provenance);
        }
    }

    /// Has an index go on with the history of the one that it takes the place of.
    pub(super) fn succeed_index(&self, database: usize, index: &mut Index) {
        let old = self.start.main().indexes.get(&Key::new(&index.name));
        if let Some(old) = old.filter(|_| database == Catalog::MAIN) {
            index.provenance = index.provenance.clone().following(&old.provenance);
        }
    }

    /// Has a trigger go on with the history of the one that it takes the place of.
    pub(super) fn succeed_trigger(&self, database: usize, trigger: &mut Trigger) {
        let old = self.start.main().triggers.get(&Key::new(&trigger.name));
        if let Some(old) = old.filter(|_| database == Catalog::MAIN) {
            trigger.provenance = trigger.provenance.clone().following(&old.provenance);
        }
    }

    /// Remembers what a rollback would take away.
    pub(super) fn name_given(&mut self, kind: DepartedKind, database: usize, key: Key) {
        // Outside of a transaction of the file's own nothing can be rolled back.
        if self.is_in_own_transaction() {
            self.named.push(Named {
                kind,
                database,
                key,
            });
        }
    }

    /// Says of what was made since a snapshot that the statement at `span` has rolled it back.
    pub(super) fn rolled_back(&mut self, since: usize, span: Span) {
        let from = since.min(self.named.len());
        for Named {
            kind,
            database,
            key,
        } in self.named.split_off(from)
        {
            let content = self.catalog.databases.get(database);
            if content.is_some_and(|content| !is_there(content, &kind, &key)) {
                self.depart(kind, database, key, Departure::RolledBack, span);
            }
        }
    }
}

fn is_there(database: &Database, kind: &DepartedKind, key: &Key) -> bool {
    match kind {
        DepartedKind::Table | DepartedKind::View => database.relations.contains_key(key),
        DepartedKind::Index => database.indexes.contains_key(key),
        DepartedKind::Trigger => database.triggers.contains_key(key),
        DepartedKind::Column { table } => {
            let table = database.relations.get(table).and_then(Relation::table);
            table.is_some_and(|table| table.column_index(key.as_str()).is_some())
        }
    }
}
