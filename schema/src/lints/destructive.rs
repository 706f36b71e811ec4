//! A migration that loses data.

use super::Lint;
use crate::catalog::{Catalog, Column, Table};
use crate::config::Level;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::lints as errors;
use crate::replay::rows::{Copy, Dropped, Identity, Rows, identity};
use crate::text::Span;
use std::collections::BTreeSet;

pub(super) const LINT: Lint = Lint {
    code: Code::Destructive,
    default: Level::Warn,
};

/// The tables and columns that were there before the migration, that it dropped, and whose values are in no other table
/// when it is done.
pub(crate) fn lost_rows(start: &Catalog, end: &Catalog, rows: &Rows) -> Vec<Diagnostic> {
    let migration = Migration { end, rows };
    let dropped = rows.dropped.iter();
    dropped
        .filter_map(|dropped| match dropped {
            Dropped::Table { table, span } => {
                migration.lost_table(super::existing(start, table)?, table, *span)
            }
            Dropped::Column {
                table,
                column,
                span,
            } => migration.lost_column(super::existing(start, table)?, column, *span),
        })
        .collect()
}

struct Migration<'a> {
    end: &'a Catalog,
    rows: &'a Rows,
}

impl Migration<'_> {
    fn lost_table(&self, before: &Table, table: &Table, span: Span) -> Option<Diagnostic> {
        let from = table.provenance.created;
        let copies: Vec<&Copy> = self
            .copies_of(from)
            .filter(|copy| copy.to != from)
            .collect();
        let whole: Vec<&&Copy> = copies
            .iter()
            .filter(|copy| copy.left_out.is_none() && self.arrives(copy, &mut Vec::new()))
            .collect();
        if whole.is_empty() {
            let partial = copies.iter().find_map(|copy| copy.left_out.as_ref());
            let copy = copies.first().map(|copy| copy.span);
            return Some(match (partial, copy) {
                (Some(clause), _) => errors::partly_copied_table(table, span, clause.place),
                (None, Some(copy)) => errors::lost_copy_of_table(table, span, copy),
                (None, None) => errors::dropped_table(table, span),
            });
        }
        let old = |column: &&Column| {
            let mut before = before.columns.iter();
            before.any(|old| old.provenance.created == column.provenance.created)
        };
        let lost: Vec<&Column> = table
            .columns
            .iter()
            .filter(|column| column.generated.is_none() && !column.hidden)
            .filter(old)
            .filter(|column| !self.is_kept(from, &identity(column), &mut BTreeSet::new()))
            .collect();
        let first = lost.first()?;
        let names: Vec<&str> = lost.iter().map(|column| &*column.name).collect();
        let copy = whole.first().map_or(span, |copy| copy.span);
        Some(errors::left_column(&names, table, first, span, copy))
    }

    fn lost_column(&self, before: &Table, column: &Column, span: Span) -> Option<Diagnostic> {
        let mut columns = before.columns.iter();
        let is_old = columns.any(|old| old.provenance.created == column.provenance.created);
        let is_lost = is_old
            && column.generated.is_none()
            && !self.is_kept(
                before.provenance.created,
                &identity(column),
                &mut BTreeSet::new(),
            );
        is_lost.then(|| errors::dropped_column(column, span))
    }

    fn copies_of(&self, table: Span) -> impl Iterator<Item = &Copy> {
        let copies = self.rows.copies.iter();
        copies.filter(move |copy| copy.from == table)
    }

    /// Whether what was copied is there when the migration is done, perhaps in yet another table.
    fn arrives(&self, copy: &Copy, seen: &mut Vec<Span>) -> bool {
        if self.is_there(copy.to) {
            return true;
        }
        if seen.contains(&copy.to) {
            return false;
        }
        seen.push(copy.to);
        self.copies_of(copy.to)
            .any(|next| next.left_out.is_none() && self.arrives(next, seen))
    }

    /// Whether the values of a column are there when the migration is done.
    fn is_kept(&self, table: Span, column: &Identity, seen: &mut BTreeSet<Identity>) -> bool {
        if !seen.insert(column.clone()) {
            return false;
        }
        let copies = self.copies_of(table);
        let mut copies = copies.filter(|copy| copy.columns.contains(column));
        copies.any(|copy| {
            // A column that decides which rows are copied how is not lost with those that are not.
            let left_out = copy.left_out.as_ref();
            let is_whole = left_out.is_none_or(|left_out| left_out.by.contains(&column.0));
            let into = copy.into.column_index(column.1.as_str());
            let into = into.and_then(|position| copy.into.columns.get(position));
            let into = into.filter(|_| copy.to != table);
            is_whole
                && (self.is_there(copy.to)
                    || match into {
                        Some(next) => self.is_kept(copy.to, &identity(next), seen),
                        None => self.arrives(copy, &mut Vec::new()),
                    })
        })
    }

    /// Whether a table outlives the migration.
    fn is_there(&self, table: Span) -> bool {
        let databases = self.end.databases.iter().enumerate();
        let databases = databases.filter(|(position, _)| *position != Catalog::TEMP);
        let relations = databases.flat_map(|(_, database)| database.relations.values());
        let mut tables = relations.filter_map(|relation| relation.table());
        tables.any(|it| it.provenance.created == table)
    }
}
