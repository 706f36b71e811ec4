//! Foreign keys that are enforced, which is only so in a file that turned them on outside of any transaction.
//!
//! The engine looks for the parent's key when it prepares a change of rows (`sqlite3FkCheck`, `sqlite3FkOldmask`), so that
//! a foreign key without one stops every change that has to look at it, of the child's rows or the parent's.

use super::Replay;
use crate::catalog::Key;
use crate::diagnostic::Diagnostic;
use crate::errors::sqlite::definitions as errors;
use crate::sqlite::ast::{
    Assignment, ConflictAction, ConflictResolution, Statement, StatementKind,
};
use crate::sqlite::ast::{Insert, InsertSource, PragmaValue, QualifiedName, SelectCore};
use crate::sqlite::catalog::{Catalog, ForeignKey, ObjectPath, Relation, Table};
use crate::sqlite::lints;
use crate::text::Span;
use std::sync::Arc;

/// What becomes of the rows of a table.
enum Written<'a> {
    /// They are new, and take the place of no others.
    Added,
    /// They are new or go, and every key is looked at.
    Replaced,
    /// Some of their columns change.
    Set(Vec<&'a str>),
}

impl Replay {
    /// Complains of a change of rows that an enforced foreign key without a parent stops.
    pub(super) fn check_enforced_keys(&mut self, statement: &Statement) {
        if !self.settings.foreign_keys {
            return;
        }
        let (name, changes) = match &statement.kind {
            StatementKind::Insert(insert) => (&insert.target.name, inserted(insert)),
            StatementKind::Update(update) => {
                let written = Written::Set(set_columns(&update.assignments));
                (&update.target.name, vec![written])
            }
            StatementKind::Delete(delete) => (&delete.target.name, vec![Written::Replaced]),
            _ => return,
        };
        let mut changes = changes.iter();
        let found = changes.find_map(|written| self.unusable_key(name, written));
        if let Some((table, mistake)) = found {
            self.report(errors::enforced_foreign_key(name.span(), &table, &mistake));
        }
    }

    /// The first foreign key without a parent that a change has to look at.
    fn unusable_key(
        &self,
        name: &QualifiedName,
        written: &Written<'_>,
    ) -> Option<(Arc<str>, Diagnostic)> {
        let found = self.catalog.relation(name)?;
        let table = found.object.table()?;
        let mistake = self.of_child(&found.path, table, written);
        let mistake = mistake.or_else(|| self.of_parent(&found.path, table, written));
        Some((Arc::clone(&table.name), mistake?))
    }

    /// `PRAGMA foreign_key_check` fails on a key whose parent is there and cannot be its parent.
    pub(super) fn check_foreign_keys(
        &mut self,
        name: &QualifiedName,
        table: Option<&PragmaValue>,
        span: Span,
    ) {
        let database = name.database.as_ref();
        let database = database.and_then(|database| self.catalog.database(&database.name));
        let position = database.unwrap_or(Catalog::MAIN);
        let Some(content) = self.catalog.databases.get(position) else {
            return;
        };
        let only = table.map(|table| Key::new(&table.text));
        let tables = content.relations.iter();
        let tables = tables.filter(|(key, _)| only.as_ref().is_none_or(|only| only == *key));
        let mut keys = tables
            .filter_map(|(_, relation)| relation.table())
            .flat_map(|table| table.foreign_keys.iter().map(move |key| (table, key)))
            .filter(|(_, key)| content.relations.contains_key(&Key::new(&key.table)));
        let found = keys.find_map(|(table, key)| {
            let mistake = lints::unusable_foreign_key(&self.catalog, position, table, key)?;
            Some(errors::unchecked_foreign_key(span, &table.name, &mistake))
        });
        self.diagnostics.extend(found);
    }

    fn of_child(
        &self,
        path: &ObjectPath,
        table: &Table,
        written: &Written<'_>,
    ) -> Option<Diagnostic> {
        let mut keys = table.foreign_keys.iter();
        keys.find_map(|key| {
            let is_looked_at = match written {
                Written::Added | Written::Replaced => true,
                Written::Set(columns) => is_child_set(table, key, columns),
            };
            let looked_at = is_looked_at.then_some(key)?;
            lints::unusable_foreign_key(&self.catalog, path.database, table, looked_at)
        })
    }

    fn of_parent(
        &self,
        path: &ObjectPath,
        table: &Table,
        written: &Written<'_>,
    ) -> Option<Diagnostic> {
        let content = self.catalog.databases.get(path.database)?;
        let children = content.relations.values().filter_map(Relation::table);
        let referring: Vec<(&Table, &ForeignKey)> = children
            .flat_map(|child| child.foreign_keys.iter().map(move |key| (child, key)))
            .filter(|(_, key)| Key::new(&key.table) == path.key)
            .collect();
        let is_looked_at = match written {
            Written::Added => false,
            Written::Replaced => true,
            // If one has to be looked at, all are.
            Written::Set(columns) => {
                let mut own = table.foreign_keys.iter();
                own.any(|key| is_child_set(table, key, columns))
                    || referring
                        .iter()
                        .any(|(_, key)| is_parent_set(table, key, columns))
            }
        };
        let mut looked_at = referring.into_iter().filter(|_| is_looked_at);
        looked_at.find_map(|(child, key)| {
            lints::unusable_foreign_key(&self.catalog, path.database, child, key)
        })
    }
}

fn inserted(insert: &Insert) -> Vec<Written<'_>> {
    // Rows that a query gives are looked at one by one, when others may have been written.
    let is_one_row = match &insert.source {
        InsertSource::DefaultValues => true,
        InsertSource::Query(query) => query.arms.iter().all(|arm| match &arm.core {
            SelectCore::Values(rows) => rows.len() == 1,
            SelectCore::Select(_) => false,
        }),
    };
    let replaces = insert.or == Some(ConflictResolution::Replace);
    let rows = if is_one_row && !replaces {
        Written::Added
    } else {
        Written::Replaced
    };
    let updates = insert
        .upserts
        .iter()
        .filter_map(|upsert| match &upsert.action {
            ConflictAction::Update { assignments, .. } => {
                Some(Written::Set(set_columns(assignments)))
            }
            ConflictAction::Nothing => None,
        });
    std::iter::once(rows).chain(updates).collect()
}

fn set_columns(assignments: &[Assignment]) -> Vec<&str> {
    let columns = assignments.iter().flat_map(|set| &set.columns);
    columns.map(|column| column.name.as_ref()).collect()
}

fn is_child_set(table: &Table, key: &ForeignKey, set: &[&str]) -> bool {
    let mut set = set.iter().filter_map(|name| table.column_index(name));
    set.any(|column| key.columns.contains(&column))
}

fn is_parent_set(table: &Table, key: &ForeignKey, set: &[&str]) -> bool {
    let primary = table.primary_key.as_ref();
    let mut set = set.iter();
    set.any(|name| match key.references.as_slice() {
        [] => primary.is_some_and(|primary| {
            let column = table.column_index(name);
            column.is_some_and(|column| primary.columns.contains(&column))
        }),
        columns => columns
            .iter()
            .any(|column| column.eq_ignore_ascii_case(name)),
    })
}
