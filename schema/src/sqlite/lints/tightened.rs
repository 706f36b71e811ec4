//! Rows that are copied into a new table which asks more of them than the one they come from, as in a rebuild: a rule of
//! `fails_on_rows`.

use super::fails_on_rows::has_rows;
use crate::catalog::Key;
use crate::diagnostic::Diagnostic;
use crate::errors::sqlite::rebuilds as errors;
use crate::sqlite::ast::ConflictResolution;
use crate::sqlite::catalog::{Catalog, Check, Column, Index, IndexKind, ObjectPath, Table};
use crate::sqlite::replay::tokens::{names, within};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// A copy of all rows of one table into another.
pub(crate) struct Moved<'a> {
    /// The catalog as the migration found it.
    pub(crate) start: &'a Catalog,
    pub(crate) now: &'a Catalog,
    pub(crate) from: &'a Table,
    pub(crate) path: ObjectPath,
    pub(crate) into: &'a Table,
    /// The positions of columns of `into`, with those of the columns of `from` that are copied there as they are.
    pub(crate) columns: BTreeMap<usize, usize>,
    /// INSERT OR.
    pub(crate) or: Option<ConflictResolution>,
    /// The name of `into` in the statement.
    pub(crate) span: Span,
}

/// What the new table asks for and the old one does not.
pub(crate) fn tightened(moved: &Moved<'_>) -> Vec<Diagnostic> {
    let is_new = !super::existed(moved.start, moved.into);
    if !is_new || !has_rows(moved.start, &moved.path, moved.from) {
        return Vec::new();
    }
    let mut found = moved.keys();
    found.extend(moved.checks());
    found.extend(moved.types());
    found
}

/// A key of the new table.
struct Unique {
    columns: Vec<usize>,
    conflict: Option<ConflictResolution>,
    span: Span,
}

impl Moved<'_> {
    /// What is unique from now on.
    fn keys(&self) -> Vec<Diagnostic> {
        let held = self.held_keys();
        let wanted = self.wanted_keys().into_iter();
        let wanted = wanted.filter(|key| match self.or.or(key.conflict) {
            Some(ConflictResolution::Ignore | ConflictResolution::Replace) => false,
            Some(
                ConflictResolution::Abort | ConflictResolution::Fail | ConflictResolution::Rollback,
            )
            | None => true,
        });
        let found = wanted.filter_map(|key| {
            let columns = self.sources(&key.columns)?;
            let places: BTreeSet<Span> = columns.iter().map(|it| it.provenance.created).collect();
            let is_held = held.iter().any(|held| held.is_subset(&places));
            (!is_held).then(|| errors::copied_repeats(self.from, &columns, self.span, key.span))
        });
        found.collect()
    }

    fn wanted_keys(&self) -> Vec<Unique> {
        let into = self.into;
        let primary = into.primary_key.iter().map(|key| Unique {
            columns: key.columns.clone(),
            conflict: key.conflict,
            span: key.span,
        });
        let unique = into.unique.iter().map(|unique| Unique {
            columns: unique.columns.clone(),
            conflict: unique.conflict,
            span: unique.span,
        });
        let indexes = unique_indexes(self.now, into).into_iter();
        let indexes = indexes.filter_map(|index| {
            Some(Unique {
                columns: whole_columns(index)?,
                conflict: None,
                span: index.span,
            })
        });
        primary.chain(unique).chain(indexes).collect()
    }

    /// The columns of the old table that were unique together before, each by the place that created it.
    fn held_keys(&self) -> Vec<BTreeSet<Span>> {
        let before = super::existing(self.start, self.from);
        let tables = [(self.now, Some(self.from)), (self.start, before)];
        let mut held = Vec::new();
        for (catalog, table) in tables {
            let Some(table) = table else {
                continue;
            };
            let primary = table.primary_key.iter().map(|key| key.columns.clone());
            let unique = table.unique.iter().map(|unique| unique.columns.clone());
            let indexes = unique_indexes(catalog, table).into_iter();
            let indexes = indexes.filter_map(whole_columns);
            let keys = primary.chain(unique).chain(indexes);
            held.extend(keys.filter(|key| !key.is_empty()).map(|key| {
                let columns = key
                    .iter()
                    .filter_map(|position| table.columns.get(*position));
                columns.map(|it| it.provenance.created).collect()
            }));
        }
        held
    }

    /// The checks of the new table on columns of which the old one has none, or one that lets more values pass.
    fn checks(&self) -> Vec<Diagnostic> {
        if self.or == Some(ConflictResolution::Ignore) {
            return Vec::new();
        }
        let checks = self.into.checks.iter();
        let found = checks.filter_map(|check| {
            let sources = self.sources(&columns_of(self.into, check))?;
            self.is_new(check, &sources)
                .then(|| errors::copied_past_check(self.from, &sources, self.span, check.span))
        });
        found.collect()
    }

    /// Whether rows of the old table, which are copied from these columns, can break a check.
    fn is_new(&self, check: &Check, sources: &[&Column]) -> bool {
        let mut old = self.from.checks.iter();
        let is_unchecked = old.all(|old| {
            let columns = columns_of(self.from, old);
            let mut columns = columns.iter().filter_map(|it| self.from.columns.get(*it));
            !columns.any(|column| sources.contains(&column))
        });
        let mut lists = check.one_of.iter();
        is_unchecked || lists.any(|(position, values)| self.is_shorter(*position, values))
    }

    /// Whether a column of the new table may not hold a value that it could hold in the old one.
    fn is_shorter(&self, position: usize, values: &[String]) -> bool {
        let source = self.columns.get(&position);
        let old = self.from.checks.iter().flat_map(|check| &check.one_of);
        let mut old = old.filter(|(position, _)| Some(position) == source);
        old.any(|(_, old)| old.iter().any(|value| !values.contains(value)))
    }

    /// The types of a STRICT table, where the rows come from one that is not.
    fn types(&self) -> Option<Diagnostic> {
        if !self.into.strict || self.from.strict {
            return None;
        }
        let pairs = self.columns.iter().filter(|(into, from)| {
            self.into.rowid_alias() != Some(**into) && self.from.rowid_alias() != Some(**from)
        });
        let columns = pairs.filter_map(|(into, from)| {
            let is_any = self
                .into
                .columns
                .get(*into)?
                .declared_type
                .eq_ignore_ascii_case("ANY");
            let column = self.from.columns.get(*from)?;
            let mut checks = self.from.checks.iter();
            let is_checked = checks.any(|check| columns_of(self.from, check).contains(from));
            (!is_any && !is_checked).then_some(column)
        });
        let columns: Vec<&Column> = columns.collect();
        let created = self.into.provenance.created;
        (!columns.is_empty())
            .then(|| errors::copied_into_strict(self.from, &columns, self.span, created))
    }

    /// The columns of the old table that are copied into some of the new one; none unless all are.
    fn sources(&self, positions: &[usize]) -> Option<Vec<&Column>> {
        let sources = positions.iter();
        let sources = sources.map(|position| self.from.columns.get(*self.columns.get(position)?));
        sources
            .collect::<Option<Vec<&Column>>>()
            .filter(|it| !it.is_empty())
    }
}

fn unique_indexes<'a>(catalog: &'a Catalog, table: &Table) -> Vec<&'a Index> {
    let key = Key::new(&table.name);
    let databases = catalog.databases.iter();
    let indexes = databases.flat_map(|database| database.indexes_of(&key));
    let indexes = indexes.map(|(_, index)| index.as_ref());
    indexes
        .filter(|index| index.unique && index.filter.is_none())
        .collect()
}

/// The columns of an index; none if there is anything else in it.
fn whole_columns(index: &Index) -> Option<Vec<usize>> {
    let columns = index.columns.iter();
    columns
        .map(|column| match column.kind {
            IndexKind::Column(position) => Some(position),
            IndexKind::Rowid | IndexKind::Expression(_) => None,
        })
        .collect()
}

/// The columns that a check of a table names.
fn columns_of(table: &Table, check: &Check) -> Vec<usize> {
    let tokens = within(&table.definition.tokens, check.span);
    let names = names(tokens);
    let columns = table.columns.iter().enumerate();
    let named = columns.filter(|(_, column)| names.contains(&Key::new(&column.name)));
    named.map(|(position, _)| position).collect()
}
