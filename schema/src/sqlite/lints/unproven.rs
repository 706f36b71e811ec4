//! What a down file writes again without a proof that it is what was there.
//!
//! The lint is quiet about these, as most of them are meant well: the author of the down file knows more than can be
//! seen. To go back over a migration without being asked, that is not enough. Proven is what is read from a place to which
//! it was copied before it was taken away.

use super::losses::{RoundTrip, Unreturned, created_in, holds_rows, is_in};
use super::trail::{Goal, Trail, carries, namesake};
use crate::catalog::Key;
use crate::check::{Cause, Loss, Written};
use crate::sqlite::catalog::Table;
use crate::sqlite::replay::changed::{Changed, ChangedKind};
use crate::sqlite::replay::rows::{Columns, Copy, Identity, identity};
use crate::text::Span;
use std::ptr;
use std::sync::Arc;

impl RoundTrip<'_> {
    /// What was there before the migration and was written again by the down file, perhaps otherwise; what is lost for
    /// certain is left out.
    pub(super) fn unproven(&self, lost: &[Unreturned]) -> Vec<Loss> {
        let rows = self.up.and_back(self.down);
        let trail = Trail {
            end: self.after,
            rows: &rows,
        };
        let mut unproven: Vec<Loss> = Vec::new();
        for table in self.before.main().tables() {
            if holds_rows(table) {
                self.table_again(&trail, table, &mut unproven);
            }
        }
        let up = self.up.changed.iter().filter(|up| self.is_answered(up));
        let down = self.down.changed.iter();
        let down = down.filter(|down| down.everything && self.is_made_good(down));
        let changed = up.chain(down).filter(|it| !self.is_put_back(it));
        for one in changed.filter_map(|changed| self.changed(changed)) {
            unproven.push(Loss {
                cause: Cause::Replaced,
                ..one.loss
            });
        }
        let mut told: Vec<&Loss> = lost.iter().map(|one| &one.loss).collect();
        let mut new = Vec::new();
        for loss in &unproven {
            let is_told = told.iter().any(|told| {
                let covers = |name| told.columns.contains(name);
                told.table == loss.table
                    && (told.columns.is_empty() || loss.columns.iter().all(covers))
                    && (!loss.columns.is_empty() || told.columns.is_empty())
            });
            if !is_told {
                told.push(loss);
                new.push(loss.clone());
            }
        }
        new
    }

    /// A table that was dropped, or has lost columns, and is filled again.
    fn table_again(&self, trail: &Trail<'_>, table: &Table, unproven: &mut Vec<Loss>) {
        let after = self.after.main().relations.get(&Key::new(&table.name));
        let Some(after) = after.and_then(|relation| relation.table()) else {
            return;
        };
        if ptr::eq(after, table) {
            return;
        }
        let (from, to) = (table.provenance.created, after.provenance.created);
        let goal = Goal::Table(to);
        let again = |columns, span| Loss {
            table: Arc::clone(&table.name),
            columns,
            written: Written::Before,
            cause: Cause::Replaced,
            span,
        };
        if from != to && !trail.is_copied(from, goal) {
            // What nothing fills again is lost for certain.
            let dropped = trail.last_drop(from, None);
            let dropped = dropped.filter(|_| self.is_filled_again(after));
            unproven.extend(dropped.map(|span| again(Vec::new(), span)));
            return;
        }
        for column in table.columns.iter().filter(|it| it.generated.is_none()) {
            let now = after.column_index(&column.name);
            let Some(now) = now.and_then(|position| after.columns.get(position)) else {
                continue;
            };
            let is_written = self.down.written.contains(&now.provenance.created);
            if from == to && is_in(after, column) || now.generated.is_some() || !is_written {
                continue;
            }
            let is_proven = if from == to {
                let copies = self.up.copies.iter();
                self.comes_back(copies, from, Some(&identity(column)), to)
            } else {
                trail.is_kept(from, &identity(column), goal)
            };
            let dropped = trail.last_drop(from, Some(column));
            let Some(span) = dropped.filter(|_| !is_proven) else {
                continue;
            };
            let mut told = unproven.iter_mut();
            match told.find(|told| told.table == table.name && told.span == span) {
                Some(told) => told.columns.push(Arc::clone(&column.name)),
                None => unproven.push(again(vec![Arc::clone(&column.name)], span)),
            }
        }
    }

    /// Whether what was deleted or overwritten had been copied before, and is copied back.
    fn is_put_back(&self, changed: &Changed) -> bool {
        let Some(before) = created_in(self.before, changed.table) else {
            return true;
        };
        let after = self.after.main().relations.get(&Key::new(&before.name));
        let Some(after) = after.and_then(|relation| relation.table()) else {
            return false;
        };
        let column = match &changed.kind {
            ChangedKind::Deleted => None,
            ChangedKind::Overwritten(column) => Some(column),
        };
        let earlier = self.up.copies.iter().chain(&self.down.copies);
        let earlier = earlier.filter(|copy| {
            let is_same_file = copy.span.file == changed.span.file;
            copy.to != changed.table && (!is_same_file || copy.span.start < changed.span.start)
        });
        self.comes_back(earlier, changed.table, column, after.provenance.created)
    }

    /// Whether one of some copies takes the rows of a table, or the values of a column, to where the down file reads them to
    /// write them into another.
    fn comes_back<'c>(
        &self,
        copies: impl Iterator<Item = &'c Copy>,
        from: Span,
        column: Option<&Identity>,
        to: Span,
    ) -> bool {
        let takes = |copy: &Copy, column: Option<&Identity>| match column {
            Some(column) => carries(copy, column),
            None => copy.left_out.is_none(),
        };
        let holder = |copy: &Copy, column: Option<&Identity>| Holder {
            table: copy.to,
            column: column
                .and_then(|column| namesake(copy, column))
                .map(identity),
        };
        let first = copies.filter(|copy| copy.from == from && takes(copy, column));
        let mut holders: Vec<Holder> = first.map(|copy| holder(copy, column)).collect();
        let mut next = 0;
        while let Some(held) = holders.get(next).cloned() {
            next += 1;
            let mut back = self.down.copies.iter();
            if back.any(|copy| copy.to == to && self.reads(copy, &held, from)) {
                return true;
            }
            for copy in self.up.copies.iter().chain(&self.down.copies) {
                let column = held.column.as_ref();
                let new = holder(copy, column);
                if copy.from == held.table && takes(copy, column) && !holders.contains(&new) {
                    holders.push(new);
                }
            }
        }
        false
    }

    /// Whether a copy reads what is held.
    fn reads(&self, copy: &Copy, held: &Holder, from: Span) -> bool {
        if copy.from != held.table {
            return false;
        }
        match (&held.column, &copy.columns) {
            // In another column of the same table: one that the up file has written.
            (_, Columns::Named(named)) if held.table == from => named
                .iter()
                .any(|(created, _)| self.up.written.contains(created)),
            (Some(column), _) => carries(copy, column),
            (None, _) => true,
        }
    }
}

/// Where rows or values are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Holder {
    table: Span,
    /// The column; none for rows, or where its name there is not known.
    column: Option<Identity>,
}
