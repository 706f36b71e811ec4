//! A migration that loses data.

use super::trail::{Goal, Trail};
use crate::diagnostic::Diagnostic;
use crate::errors::sqlite::lints as errors;
use crate::sqlite::catalog::{Catalog, Column, Table};
use crate::sqlite::replay::rows::{Copy, Dropped, Rows, identity};
use crate::text::Span;
use std::sync::Arc;

/// What a file dropped and left no copy of.
pub(super) struct Lost {
    /// The table, by the name that the file found it under.
    pub(super) table: Arc<str>,
    /// The columns whose values are lost; if there are none, rows are.
    pub(super) columns: Vec<Arc<str>>,
    /// The name of what was dropped, in the statement that did.
    pub(super) span: Span,
    pub(super) finding: Diagnostic,
}

/// What the lint says of a migration.
pub(crate) fn lost_rows(start: &Catalog, end: &Catalog, rows: &Rows) -> Vec<Diagnostic> {
    let lost = lost(start, end, rows).into_iter();
    lost.map(|lost| lost.finding).collect()
}

/// The tables and columns that were there before a file, that it dropped, and whose values are in no other table when it is
/// done.
pub(super) fn lost(start: &Catalog, end: &Catalog, rows: &Rows) -> Vec<Lost> {
    let trail = Trail { end, rows };
    let dropped = rows.dropped.iter();
    dropped
        .filter_map(|dropped| match dropped {
            Dropped::Table { table, span } => {
                lost_table(&trail, super::existing(start, table)?, table, *span)
            }
            Dropped::Column {
                table,
                column,
                span,
            } => lost_column(&trail, super::existing(start, table)?, column, *span),
        })
        .collect()
}

fn lost_table(trail: &Trail<'_>, before: &Table, table: &Table, span: Span) -> Option<Lost> {
    let from = table.provenance.created;
    let lost = |columns: &[&Column], finding| Lost {
        table: Arc::clone(&before.name),
        columns: columns
            .iter()
            .filter_map(|column| Some(Arc::clone(&old(before, column)?.name)))
            .collect(),
        span,
        finding,
    };
    let copies: Vec<&Copy> = trail
        .copies_of(from)
        .filter(|copy| copy.to != from)
        .collect();
    let mut whole = copies.iter().filter(|copy| {
        copy.left_out.is_none() && trail.arrives(copy, Goal::Anywhere, &mut Vec::new())
    });
    let Some(whole) = whole.next() else {
        let partial = copies.iter().find_map(|copy| copy.left_out.as_ref());
        let emptied = copies.iter().find_map(|copy| trail.emptied(copy));
        let copy = copies.first().map(|copy| copy.span);
        let finding = match (partial, emptied, copy) {
            (Some(clause), _, _) => errors::partly_copied_table(table, span, clause.place),
            (None, Some(deleted), _) => errors::emptied_copy_of_table(table, span, deleted),
            (None, None, Some(copy)) => errors::lost_copy_of_table(table, span, copy),
            (None, None, None) => errors::dropped_table(table, span),
        };
        return Some(lost(&[], finding));
    };
    let columns: Vec<&Column> = table
        .columns
        .iter()
        .filter(|column| column.generated.is_none() && !column.hidden)
        .filter(|column| old(before, column).is_some())
        .filter(|column| !trail.is_kept(from, &identity(column), Goal::Anywhere))
        .collect();
    let first = columns.first()?;
    let names: Vec<&str> = columns.iter().map(|column| &*column.name).collect();
    let finding = errors::left_column(&names, table, first, span, whole.span);
    Some(lost(&columns, finding))
}

fn lost_column(trail: &Trail<'_>, before: &Table, column: &Column, span: Span) -> Option<Lost> {
    let table = before.provenance.created;
    let old = old(before, column)?;
    let is_lost =
        column.generated.is_none() && !trail.is_kept(table, &identity(column), Goal::Anywhere);
    is_lost.then(|| Lost {
        table: Arc::clone(&before.name),
        columns: vec![Arc::clone(&old.name)],
        span,
        finding: errors::dropped_column(column, span),
    })
}

/// A column as a table of before has it.
fn old<'a>(before: &'a Table, column: &Column) -> Option<&'a Column> {
    let mut columns = before.columns.iter();
    columns.find(|old| old.provenance.created == column.provenance.created)
}
