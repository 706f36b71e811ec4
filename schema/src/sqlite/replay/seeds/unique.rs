//! What must be unique in a table, and what becomes of a row that repeats another.

use super::store::Unique;
use crate::sqlite::ast::{ConflictAction, ConflictResolution, Insert};
use crate::sqlite::catalog::{Catalog, Index, IndexKind, ObjectPath, Table};
use crate::text::Span;
use std::sync::Arc;

/// The keys of a table, with the places where they are declared.
pub(super) fn of_table(catalog: &Catalog, path: &ObjectPath, table: &Table) -> Vec<(Unique, Span)> {
    let primary = table.primary_key.iter();
    let primary = primary.map(|key| (&key.columns, &key.collations, key.span));
    let others = table.unique.iter();
    let others = others.map(|unique| (&unique.columns, &unique.collations, unique.span));
    let constraints = primary.chain(others);
    let constraints = constraints.filter_map(|(columns, collations, span)| {
        let terms = columns.iter().enumerate();
        let terms = terms.map(|(at, column)| (*column, collations.get(at).cloned().flatten()));
        Some((unique(table, terms)?, span))
    });
    let content = catalog.databases.get(path.database);
    let indexes = content.into_iter();
    let indexes = indexes.flat_map(|content| content.indexes_of(&path.key));
    let indexes = indexes.filter(|(_, index)| index.unique);
    let indexes = indexes.filter_map(|(_, index)| Some((of_index(table, index)?, index.span)));
    let mut keys: Vec<(Unique, Span)> = Vec::new();
    for (unique, span) in constraints.chain(indexes) {
        // An index may repeat a constraint.
        if !keys.iter().any(|(known, _)| *known == unique) {
            keys.push((unique, span));
        }
    }
    keys
}

/// Whether the keys of a table are all that is unique in it: no index is over some rows only, or over expressions.
pub(super) fn are_all_plain(catalog: &Catalog, path: &ObjectPath, table: &Table) -> bool {
    let content = catalog.databases.get(path.database);
    let indexes = content.into_iter();
    let mut indexes = indexes.flat_map(|content| content.indexes_of(&path.key));
    indexes.all(|(_, index)| !index.unique || of_index(table, index).is_some())
}

/// The columns of an index over all rows; none if it is a partial one or has expressions.
pub(super) fn of_index(table: &Table, index: &Index) -> Option<Unique> {
    let terms = index.columns.iter().map(|term| match term.kind {
        IndexKind::Column(column) => Some((column, term.collation.clone())),
        IndexKind::Rowid | IndexKind::Expression(_) => None,
    });
    let terms: Vec<_> = terms.collect::<Option<_>>()?;
    let is_whole = index.filter.is_none() && !terms.is_empty();
    unique(table, terms.into_iter()).filter(|_| is_whole)
}

fn unique(table: &Table, terms: impl Iterator<Item = (usize, Option<Arc<str>>)>) -> Option<Unique> {
    let term = |(column, collation): (usize, Option<Arc<str>>)| {
        let column = table.columns.get(column)?;
        let collation = collation.or_else(|| column.collation.clone());
        let collation = collation.map_or_else(|| "BINARY".to_owned(), |name| name.to_string());
        Some((column.provenance.created, collation))
    };
    let terms: Unique = terms.map(term).collect::<Option<_>>()?;
    (!terms.is_empty()).then_some(terms)
}

/// The names of the columns of a key, in backticks.
pub(super) fn names(unique: &Unique, table: &Table) -> String {
    let names = unique.iter().filter_map(|(place, _)| {
        let mut columns = table.columns.iter();
        let column = columns.find(|column| column.provenance.created == *place)?;
        Some(format!("`{}`", column.name))
    });
    names.collect::<Vec<_>>().join(", ")
}

/// What the constraints of a table do with a row that repeats another, where the INSERT does not say.
pub(super) fn conflicts(table: &Table) -> impl Iterator<Item = ConflictResolution> {
    let primary = table.primary_key.iter().filter_map(|key| key.conflict);
    primary.chain(table.unique.iter().filter_map(|unique| unique.conflict))
}

fn resolves(insert: &Insert, table: &Table, resolution: ConflictResolution) -> bool {
    match insert.or {
        Some(or) => or == resolution,
        None => conflicts(table).any(|conflict| conflict == resolution),
    }
}

/// Whether an INSERT may delete or change rows that are there.
pub(super) fn changes_others(insert: &Insert, table: &Table) -> bool {
    let mut upserts = insert.upserts.iter();
    resolves(insert, table, ConflictResolution::Replace)
        || upserts.any(|upsert| matches!(upsert.action, ConflictAction::Update { .. }))
}

/// Whether an INSERT may leave out a row as another one is there.
pub(super) fn may_skip(insert: &Insert, table: &Table) -> bool {
    resolves(insert, table, ConflictResolution::Ignore) || !insert.upserts.is_empty()
}
