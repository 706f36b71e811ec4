//! RENAME TO.

use super::dependants::{Object, Rewritten, foreign_keys, refers_to_table, tokens_of};
use super::{Altered, Moment};
use crate::catalog::{ChangeKind, Key};
use crate::diagnostic::Code;
use crate::errors::sqlite::alter::Broken;
use crate::errors::sqlite::{alter as errors, objects};
use crate::sqlite::ast::{QualifiedName, StatementKind};
use crate::sqlite::catalog::{
    Definition, DepartedKind, Departure, Found, ObjectPath, Relation, Table, TableKind, Trigger,
};
use crate::sqlite::replay::bodies::{Body, BodyKind};
use crate::sqlite::replay::table::Parts;
use crate::sqlite::replay::tokens::Edits;
use crate::sqlite::replay::{Replay, names};
use crate::sqlite::resolve::{Reference, Target};
use crate::text::{Ident, TokenIndex};
use std::sync::Arc;

impl Replay {
    pub(super) fn rename_table(&mut self, name: &QualifiedName, to: &Ident) {
        let Some(Found { path, object }) = self.find_relation(name) else {
            let diagnostic = objects::unknown_table(&self.catalog, name);
            self.report(diagnostic);
            if let Some(meant) = self.meant_table(name) {
                self.untold(|replay| replay.rename_table(&meant, to));
            } else if let Ok(database) = self.target("table", name, false) {
                self.add_incomplete_table(database, to);
            }
            return;
        };
        let Relation::Table(table) = object else {
            let created = object.provenance().created;
            return self.report(errors::not_a_table("a view", &name.name, created));
        };
        if names::is_reserved(&table.name) || table.kind == TableKind::Internal {
            return self.report(errors::unalterable(&name.name));
        }
        if !self.check_reserved(to) || !self.is_free_for_rename(&path, to) {
            return;
        }
        // The schema is looked at when the statement runs.
        if self.explained {
            return;
        }
        let is_legacy = self.settings.legacy_alter_table;
        // A table that follows a broken view gets its name all the same, for the statements that use it.
        let sound = is_legacy || self.schema_is_sound(&path, Moment::Before, to.span);
        let altered = Altered { path, table };
        let rewritten = self.with_new_name(&altered, to, is_legacy);
        self.move_table(&altered, to);
        let moved = ObjectPath {
            database: altered.path.database,
            key: Key::new(&to.name),
        };
        self.rewrite(rewritten, &moved, to.span);
        if !is_legacy && sound {
            self.schema_is_sound(&altered.path, Moment::After, to.span);
        }
        if is_legacy {
            self.own_expressions_hold(&altered.path, to);
        }
    }

    /// With legacy_alter_table the old name stays in the expressions of the table and its indexes, where it means nothing.
    fn own_expressions_hold(&mut self, old: &ObjectPath, to: &Ident) {
        let path = ObjectPath {
            database: old.database,
            key: Key::new(&to.name),
        };
        let Some(table) = self.table_at(&path) else {
            return;
        };
        let own = self.resolve_table(&path, table).diagnostics;
        let of_table = own.into_iter().map(|mistake| Broken {
            kind: "table",
            name: Arc::clone(&to.name),
            mistake,
        });
        let indexes = self.indexes_of(&path).into_iter();
        let of_indexes = indexes.flat_map(|index| {
            let resolution = self.resolve_index(path.database, table, &index.definition);
            let mistakes = resolution.diagnostics.into_iter();
            mistakes.map(move |mistake| Broken {
                kind: "index",
                name: Arc::clone(&index.name),
                mistake,
            })
        });
        let mut mistakes = of_table.chain(of_indexes);
        let found = mistakes.find(|broken| {
            matches!(
                broken.mistake.code,
                Code::UnknownColumn | Code::UnknownTable
            )
        });
        let diagnostic = found.map(|broken| errors::would_break(to.span, &[broken]));
        self.diagnostics.extend(diagnostic);
    }

    fn is_free_for_rename(&mut self, path: &ObjectPath, to: &Ident) -> bool {
        let key = Key::new(&to.name);
        if let Some(relation) = self.relation_at(path.database, &key) {
            let diagnostic = objects::relation_exists(to, relation);
            self.report(diagnostic);
            return false;
        }
        let content = self.catalog.databases.get(path.database);
        if let Some(index) = content.and_then(|content| content.indexes.get(&key)) {
            let diagnostic = objects::index_exists(to, index);
            self.report(diagnostic);
            return false;
        }
        true
    }

    /// Every definition that names the table, with its new name.
    fn with_new_name(&self, altered: &Altered, to: &Ident, is_legacy: bool) -> Rewritten {
        let Altered { path, table } = altered;
        let mut rewritten = Rewritten::default();
        let keys_follow = !is_legacy || self.settings.foreign_keys;
        let write = |tokens: Vec<TokenIndex>| {
            let mut edits = Edits::default();
            for token in tokens {
                edits.quoted_name(token, &to.name);
            }
            edits
        };
        for (other, found) in self.tables_in(path.database) {
            let is_it = other == *path;
            let refers = keys_follow && refers_to_table(&found, &path.key);
            if !is_it && !refers {
                continue;
            }
            let tokens = self.table_tokens(path, &found, is_it, keys_follow, !is_legacy);
            // By now the table is in its new place.
            let key = if is_it { Key::new(&to.name) } else { other.key };
            let object = Object::Table(ObjectPath {
                database: path.database,
                key,
            });
            rewritten.edit(object, &found.definition, &write(tokens));
        }
        for index in self.indexes_of(path) {
            let tokens = self.index_tokens(path, table, &index.definition, !is_legacy);
            let object = Object::Index(path.database, Key::new(&index.name));
            rewritten.edit(object, &index.definition, &write(tokens));
        }
        for body in self.bodies_near(path.database) {
            let Some(definition) = self.definition_of(&body) else {
                continue;
            };
            let tokens = self.body_tokens(path, &body, definition, !is_legacy);
            let object = Object::Body(body.clone());
            rewritten.edit(object, definition, &write(tokens));
        }
        rewritten
    }

    fn table_tokens(
        &self,
        path: &ObjectPath,
        table: &Table,
        is_it: bool,
        keys_follow: bool,
        with_bodies: bool,
    ) -> Vec<TokenIndex> {
        let Some(parsed) = self.parsed(&table.definition) else {
            return Vec::new();
        };
        let mut tokens = Vec::new();
        if let StatementKind::CreateVirtualTable(create) = &parsed.kind
            && is_it
        {
            tokens.push(create.name.name.token);
        }
        let Some(parts) = Parts::of(parsed, &table.definition.tokens) else {
            return tokens;
        };
        if keys_follow {
            let parents = foreign_keys(&parts).into_iter();
            let parents = parents.map(|reference| &reference.table);
            let parents = parents.filter(|parent| Key::new(&parent.name) == path.key);
            tokens.extend(parents.map(|parent| parent.token));
        }
        if is_it {
            tokens.push(parts.name.token);
        }
        if is_it && with_bodies {
            let resolution = self.resolve_table(path, table);
            tokens.extend(tokens_of(&resolution.references, |it| refers_to(it, path)));
        }
        tokens
    }

    fn index_tokens(
        &self,
        path: &ObjectPath,
        table: &Table,
        definition: &Definition,
        with_bodies: bool,
    ) -> Vec<TokenIndex> {
        let Some(parsed) = self.parsed(definition) else {
            return Vec::new();
        };
        let StatementKind::CreateIndex(create) = &parsed.kind else {
            return Vec::new();
        };
        let mut tokens = vec![create.table.token];
        if with_bodies {
            let resolution = self.resolve_index(path.database, table, definition);
            tokens.extend(tokens_of(&resolution.references, |it| refers_to(it, path)));
        }
        tokens
    }

    fn body_tokens(
        &self,
        path: &ObjectPath,
        body: &Body,
        definition: &Definition,
        with_bodies: bool,
    ) -> Vec<TokenIndex> {
        let mut tokens = Vec::new();
        if body.kind == BodyKind::Trigger {
            let content = self.catalog.databases.get(body.database);
            let trigger = content.and_then(|content| content.triggers.get(&body.key));
            let watches = trigger.is_some_and(|trigger| {
                trigger.database == path.database && trigger.table == path.key
            });
            // With legacy_alter_table the engine leaves triggers in `temp` alone.
            if watches && (with_bodies || body.database == path.database) {
                let parsed = self.parsed(definition).map(|statement| &statement.kind);
                if let Some(StatementKind::CreateTrigger(create)) = parsed {
                    tokens.push(create.table.name.token);
                }
            }
        }
        if with_bodies && self.mentions(body, &path.key) {
            let resolution = self.resolve_body(body).unwrap_or_default();
            tokens.extend(tokens_of(&resolution.references, |it| refers_to(it, path)));
        }
        tokens
    }

    /// Takes the table to its new name, with its indexes, triggers and shadow tables.
    fn move_table(&mut self, altered: &Altered, to: &Ident) {
        let Altered { path, table } = altered;
        let new = ObjectPath {
            database: path.database,
            key: Key::new(&to.name),
        };
        let indexes = self.indexes_of(path);
        let triggers = self.catalog.triggers_on(path);
        let triggers: Vec<(usize, Arc<Trigger>)> = triggers
            .map(|(database, _, trigger)| (database, Arc::clone(trigger)))
            .collect();
        self.take_relation(path);
        let change = ChangeKind::RenamedFrom(Arc::clone(&table.name));
        let mut moved = Table {
            name: Arc::clone(&to.name),
            kind: self.kind_under(path.database, table, to),
            provenance: table.provenance.clone().with(to.span, change),
            ..Table::clone(table)
        };
        self.succeed_table(path.database, &mut moved);
        self.put_table(path.database, moved);
        for index in indexes {
            let index = crate::sqlite::catalog::Index {
                table: new.key.clone(),
                ..crate::sqlite::catalog::Index::clone(&index)
            };
            self.put_index(path.database, index);
        }
        for (database, trigger) in triggers {
            let key = Key::new(&trigger.name);
            let trigger = Trigger {
                table: new.key.clone(),
                table_name: Arc::clone(&to.name),
                ..Trigger::clone(&trigger)
            };
            self.put_trigger(database, trigger);
            self.bodies
                .renew(&Body::new(database, key, BodyKind::Trigger));
        }
        let departure = Departure::RenamedTo(Arc::clone(&to.name));
        let kind = DepartedKind::Table;
        self.name_given(kind.clone(), path.database, new.key);
        self.depart(kind, path.database, path.key.clone(), departure, to.span);
        self.move_shadows(path, &table.name, to);
    }

    /// Whether a table is a shadow table goes by its name.
    fn kind_under(&self, database: usize, table: &Table, to: &Ident) -> TableKind {
        match &table.kind {
            TableKind::Ordinary | TableKind::Shadow { .. } => {
                match self.shadowed_by(database, &to.name) {
                    Some(of) => TableKind::Shadow { of },
                    None => TableKind::Ordinary,
                }
            }
            kind @ (TableKind::Virtual { .. } | TableKind::Internal) => kind.clone(),
        }
    }

    fn move_shadows(&mut self, path: &ObjectPath, from: &str, to: &Ident) {
        for (shadow, table) in self.tables_in(path.database) {
            let TableKind::Shadow { of } = &table.kind else {
                continue;
            };
            let suffix = table.name.get(from.len()..);
            let (true, Some(suffix)) = (*of == path.key, suffix) else {
                continue;
            };
            let name: Arc<str> = format!("{}{suffix}", to.name).into();
            let Some(parsed) = self.parsed(&table.definition) else {
                continue;
            };
            let Some(parts) = Parts::of(parsed, &table.definition.tokens) else {
                continue;
            };
            let mut edits = Edits::default();
            edits.quoted_name(parts.name.token, &name);
            let moved = Table {
                name,
                kind: TableKind::Shadow {
                    of: Key::new(&to.name),
                },
                definition: edits.apply(&table.definition),
                ..Table::clone(&table)
            };
            self.take_relation(&shadow);
            self.put_table(path.database, moved);
        }
    }
}

fn refers_to(reference: &Reference, path: &ObjectPath) -> bool {
    match &reference.target {
        Target::Relation(relation) => relation == path,
        Target::Column { .. } => false,
    }
}
