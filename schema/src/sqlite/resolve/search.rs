//! Looking for a name among the sources of one scope (the loop over FROM of `lookupName`).

use super::names::Name;
use super::resolver::Resolver;
use super::scope::Scope;
use super::source::{Source, SourceKind, is_rowid_name};
use std::sync::Arc;

/// A column of a source; no column is its rowid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Match {
    pub(super) source: usize,
    pub(super) column: Option<usize>,
}

/// What looking through the sources of one scope has found so far.
#[derive(Debug, Default)]
pub(super) struct Search {
    /// How many columns have the name.
    pub(super) count: usize,
    /// How many sources have a rowid.
    pub(super) rowids: usize,
    /// The last of either.
    pub(super) last: Option<Match>,
    /// The columns that a FULL JOIN merges into one.
    pub(super) merged: Vec<Match>,
}

impl Resolver<'_> {
    /// Looks for a name among the columns of the sources of one scope.
    pub(super) fn search(&self, name: Name<'_>, level: &Scope<'_>) -> Search {
        let database = name
            .database
            .map(|database| self.environment.catalog.database(database));
        let mut search = Search::default();
        for (position, source) in level.sources.iter().enumerate() {
            if source.kind == SourceKind::Group
                && (search.in_group(name, position, source) || name.table.is_none())
            {
                continue;
            }
            if let Some(table) = name.table {
                let elsewhere = database.is_some_and(|database| {
                    database != source.database || database.is_none() && name.database != Some("*")
                });
                if elsewhere || !source.answers_to(table, name.database.is_some()) {
                    continue;
                }
            }
            if let Some(column) = source.column(name.column) {
                search.add(
                    source,
                    name.column,
                    Match {
                        source: position,
                        column: Some(column),
                    },
                );
            }
            if search.count == 0 && source.rowid {
                search.rowids += 1;
                search.last = Some(Match {
                    source: position,
                    column: None,
                });
            }
        }
        search
    }
}

impl Search {
    fn add(&mut self, source: &Source, column: &str, found: Match) {
        if self.count > 0 {
            let previous = self.last;
            if !source.uses(column) || source.kind == SourceKind::Group && self.is_in(found.source)
            {
                self.merged.clear();
            } else if !source.join.keeps_right {
                // The left one is shown, which has the same value wherever there is one.
                return;
            } else if !source.join.keeps_left {
                self.count = 0;
                self.merged.clear();
            } else {
                self.merged.extend(previous);
            }
        }
        self.count += 1;
        self.last = Some(found);
    }

    fn is_in(&self, source: usize) -> bool {
        self.last.is_some_and(|last| last.source == source)
    }

    /// Looks for a name among the names of a group. Says whether a column has it.
    fn in_group(&mut self, name: Name<'_>, position: usize, source: &Source) -> bool {
        let mut hit = false;
        for (column, inner) in source.columns.iter().enumerate() {
            let Some(inner) = &inner.inner else { continue };
            let qualified = |wanted: Option<&str>, part: &Arc<str>| {
                wanted.is_none_or(|wanted| wanted.eq_ignore_ascii_case(part))
            };
            let named = if inner.rowid {
                is_rowid_name(name.column)
            } else {
                inner.column.eq_ignore_ascii_case(name.column)
            };
            if !named
                || !qualified(name.database, &inner.database)
                || !qualified(name.table, &inner.table)
            {
                continue;
            }
            let found = Match {
                source: position,
                column: Some(column),
            };
            if inner.rowid {
                if self.count == 0 {
                    self.rowids += 1;
                    self.last = Some(found);
                }
                continue;
            }
            let before = self.count;
            self.add(source, name.column, found);
            if self.last != Some(found) && self.count == before {
                continue;
            }
            hit = true;
            self.rowids += 1;
            if inner.using {
                break;
            }
        }
        hit
    }
}
