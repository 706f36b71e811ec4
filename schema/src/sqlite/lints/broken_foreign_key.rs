//! A foreign key that no row can satisfy.

use crate::catalog::Key;
use crate::diagnostic::Diagnostic;
use crate::errors::sqlite::lints as errors;
use crate::sqlite::catalog::{
    Catalog, Database, ForeignKey, Index, IndexKind, Relation, Table, TableKind,
};
use std::sync::Arc;

/// The foreign keys without a parent when the last migration is done.
pub(super) fn judge(catalog: &Catalog) -> Vec<Diagnostic> {
    let tables = catalog.databases.iter().flat_map(|database| {
        let tables = database.tables().into_iter();
        tables.map(move |table| (database, table))
    });
    tables
        .filter(|(_, table)| table.kind == TableKind::Ordinary)
        .flat_map(|(database, table)| {
            let keys = table.foreign_keys.iter();
            keys.filter_map(move |key| mistake(catalog, database, table, key))
        })
        .collect()
}

/// What is wrong with the foreign key of a table in a database.
pub(crate) fn unusable_foreign_key(
    catalog: &Catalog,
    database: usize,
    table: &Table,
    key: &ForeignKey,
) -> Option<Diagnostic> {
    mistake(catalog, catalog.databases.get(database)?, table, key)
}

/// What is wrong with a foreign key, as the engine says it when a row is written (`sqlite3FkLocateIndex`).
fn mistake(
    catalog: &Catalog,
    database: &Database,
    table: &Table,
    key: &ForeignKey,
) -> Option<Diagnostic> {
    let parent = match database.relations.get(&Key::new(&key.table)) {
        Some(Relation::Table(parent)) => parent,
        Some(Relation::View(view)) => {
            return Some(errors::view_as_parent(table, key, view));
        }
        None => return Some(errors::missing_parent(catalog, table, key)),
    };
    if parent.incomplete {
        return None;
    }
    if key.references.is_empty() {
        return refers_to_primary_key(table, key, parent);
    }
    let mut positions = Vec::with_capacity(key.references.len());
    for name in &key.references {
        match parent.column_index(name) {
            Some(position) => positions.push(position),
            None => return Some(errors::missing_parent_column(table, key, parent, name)),
        }
    }
    let is_key = positions.len() == 1 && parent.rowid_alias() == positions.first().copied();
    let name = Key::new(&parent.name);
    let mut indexes = database.indexes_of(&name).map(|(_, index)| index);
    if is_key
        || has_unique(parent, &positions)
        || indexes.any(|index| covers(parent, index, &positions))
    {
        None
    } else {
        let mut departed = catalog.departed.newest_first();
        let dropped = departed.find(|departed| {
            let mut index = departed.index.iter();
            index.any(|index| index.table == name && covers(parent, index, &positions))
        });
        Some(errors::parent_not_unique(table, key, parent, dropped))
    }
}

fn refers_to_primary_key(
    table: &Table,
    key: &ForeignKey,
    parent: &Arc<Table>,
) -> Option<Diagnostic> {
    match &parent.primary_key {
        None => Some(errors::parent_without_key(table, key, parent)),
        Some(primary) if primary.columns.len() != key.columns.len() => {
            Some(errors::parent_key_width(table, key, parent, primary))
        }
        Some(_) => None,
    }
}

/// Whether a constraint of the parent makes the columns unique, with the columns' own collations.
fn has_unique(parent: &Table, positions: &[usize]) -> bool {
    let primary = parent.primary_key.iter();
    let primary = primary.map(|key| (&key.columns, &key.collations));
    let unique = parent.unique.iter();
    let unique = unique.map(|unique| (&unique.columns, &unique.collations));
    primary.chain(unique).any(|(columns, collations)| {
        is_same_set(columns, positions) && collations.iter().all(Option::is_none)
    })
}

fn covers(parent: &Table, index: &Index, positions: &[usize]) -> bool {
    let columns: Option<Vec<usize>> = index
        .columns
        .iter()
        .map(|column| match &column.kind {
            IndexKind::Column(position) => {
                let own = parent.columns.get(*position);
                let own = own.and_then(|column| column.collation.as_deref());
                let own = own.unwrap_or("BINARY");
                let collation = column.collation.as_deref().unwrap_or(own);
                collation.eq_ignore_ascii_case(own).then_some(*position)
            }
            IndexKind::Rowid | IndexKind::Expression(_) => None,
        })
        .collect();
    let is_it = columns.is_some_and(|columns| is_same_set(&columns, positions));
    index.unique && index.filter.is_none() && is_it
}

fn is_same_set(columns: &[usize], positions: &[usize]) -> bool {
    columns.len() == positions.len() && columns.iter().all(|column| positions.contains(column))
}
