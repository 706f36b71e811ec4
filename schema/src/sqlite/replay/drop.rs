//! DROP of every kind.

use super::rows::Dropped;
use super::{Replay, names};
use crate::catalog::Key;
use crate::errors::sqlite::objects as errors;
use crate::sqlite::ast::{Drop, DropKind};
use crate::sqlite::catalog::{Departure, ObjectPath, Relation, Table, TableKind};
use crate::sqlite::split::RawStatement;
use crate::text::Span;
use std::sync::Arc;

impl Replay {
    pub(super) fn drop(&mut self, raw: &RawStatement, drop: &Drop) {
        match drop.kind {
            DropKind::Table | DropKind::View => self.drop_relation(raw, drop),
            DropKind::Index => self.drop_index(raw, drop),
            DropKind::Trigger => self.drop_trigger(raw, drop),
        }
    }

    fn drop_relation(&mut self, raw: &RawStatement, drop: &Drop) {
        let Some(found) = self.find_relation(&drop.name) else {
            if !self.check_runners(&drop.name.name) {
                return;
            }
            if !drop.if_exists {
                let diagnostic = match drop.kind {
                    DropKind::View => errors::unknown_view(&self.catalog, &drop.name),
                    _ => errors::unknown_table(&self.catalog, &drop.name),
                };
                self.report(diagnostic);
            }
            return;
        };
        let name = &drop.name.name;
        match &found.object {
            Relation::Table(table) if is_kept(table) => {
                return self.report(errors::undroppable(name));
            }
            Relation::Table(table) if drop.kind == DropKind::Table => {
                // Its rows are deleted first, and foreign keys may delete others.
                if self.settings.foreign_keys {
                    self.seeds.forget_all();
                }
                let dropped = Dropped::Table {
                    table: Arc::clone(table),
                    span: drop.name.span(),
                };
                self.rows_dropped(&found.path, dropped);
            }
            Relation::View(_) if drop.kind == DropKind::View => {}
            Relation::Table(table) if table.incomplete => {}
            relation @ (Relation::Table(_) | Relation::View(_)) => {
                return self.report(errors::wrong_drop(name, relation));
            }
        }
        self.remove_relation(&found.path, raw.span);
        self.remove_shadows(found.path.database, &found.path.key, raw.span);
    }

    fn remove_shadows(&mut self, database: usize, owner: &Key, span: Span) {
        let Some(content) = self.catalog.databases.get(database) else {
            return;
        };
        let is_shadow = |relation: &Relation| {
            let table = relation.table();
            table.is_some_and(|table| match &table.kind {
                TableKind::Shadow { of } => of == owner,
                TableKind::Ordinary | TableKind::Virtual { .. } | TableKind::Internal => false,
            })
        };
        let shadows = content.relations.iter();
        let shadows: Vec<Key> = shadows
            .filter(|(_, relation)| is_shadow(relation))
            .map(|(key, _)| key.clone())
            .collect();
        for key in shadows {
            let path = ObjectPath { database, key };
            self.remove_relation(&path, span);
        }
    }

    fn drop_index(&mut self, raw: &RawStatement, drop: &Drop) {
        if let Some(found) = self.catalog.index(&drop.name) {
            let path = found.path;
            return self.remove_index(path.database, &path.key, Departure::Dropped, raw.span);
        }
        if self.is_automatic_index(&drop.name.name.name) {
            return self.report(errors::index_of_constraint(&drop.name.name));
        }
        if !drop.if_exists {
            let diagnostic = errors::unknown_index(&self.catalog, &drop.name);
            self.report(diagnostic);
        }
    }

    /// Whether a name is that of the index of a constraint: `sqlite_autoindex_`, the table, `_`, a number.
    fn is_automatic_index(&self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        let Some((table, number)) = name
            .strip_prefix("sqlite_autoindex_")
            .and_then(|rest| rest.rsplit_once('_'))
        else {
            return false;
        };
        let key = Key::new(table);
        let databases = self.catalog.databases.iter();
        let relations = databases.filter_map(|database| database.relations.get(&key));
        let tables = relations.filter_map(Relation::table);
        let number: usize = number.parse().unwrap_or(0);
        let mut counts = tables.map(|table| {
            let key = table.primary_key.as_ref();
            let primary = key.is_some_and(|key| !key.rowid_alias);
            table.unique.len() + usize::from(primary)
        });
        number > 0 && counts.any(|count| number <= count)
    }

    fn drop_trigger(&mut self, raw: &RawStatement, drop: &Drop) {
        if let Some(found) = self.catalog.trigger(&drop.name) {
            let path = found.path;
            return self.remove_trigger(path.database, &path.key, Departure::Dropped, raw.span);
        }
        if !drop.if_exists {
            let diagnostic = errors::unknown_trigger(&self.catalog, &drop.name);
            self.report(diagnostic);
        }
    }
}

/// Whether the engine keeps a table (`tableMayNotBeDropped`): all of its own but the statistics.
fn is_kept(table: &Table) -> bool {
    let rest = table.name.get(7..).unwrap_or_default().to_ascii_lowercase();
    names::is_reserved(&table.name) && !rest.starts_with("stat") && !rest.starts_with("parameters")
}
