//! Where the rows of a table are when statements are done.

use crate::sqlite::catalog::{Catalog, Column};
use crate::sqlite::replay::changed::ChangedKind;
use crate::sqlite::replay::left_out::How;
use crate::sqlite::replay::rows::{Copy, Dropped, Identity, LeftOut, Rows, identity};
use crate::text::Span;
use std::collections::BTreeSet;

/// Follows rows through the copies of some statements.
pub(super) struct Trail<'a> {
    /// What the statements left behind.
    pub(super) end: &'a Catalog,
    /// What they did.
    pub(super) rows: &'a Rows,
}

/// Where rows have to arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Goal {
    /// In any table that is there at the end and is not temporary.
    Anywhere,
    /// In the table that was created in this place.
    Table(Span),
}

impl Trail<'_> {
    /// The copies that read a table.
    pub(super) fn copies_of(&self, table: Span) -> impl Iterator<Item = &Copy> {
        let copies = self.rows.copies.iter();
        copies.filter(move |copy| copy.from == table)
    }

    /// Whether all rows of a table were copied to the goal.
    pub(super) fn is_copied(&self, table: Span, goal: Goal) -> bool {
        let mut copies = self.copies_of(table);
        copies.any(|copy| copy.left_out.is_none() && self.arrives(copy, goal, &mut Vec::new()))
    }

    /// Whether what was copied is in the goal at the end, perhaps by yet another copy.
    pub(super) fn arrives(&self, copy: &Copy, goal: Goal, seen: &mut Vec<Span>) -> bool {
        if self.emptied(copy).is_some() {
            return false;
        }
        if self.is_reached(copy.to, goal) {
            return true;
        }
        if seen.contains(&copy.to) {
            return false;
        }
        seen.push(copy.to);
        self.copies_of(copy.to)
            .any(|next| next.left_out.is_none() && self.arrives(next, goal, seen))
    }

    /// Whether the values of a column were copied to the goal.
    pub(super) fn is_kept(&self, table: Span, column: &Identity, goal: Goal) -> bool {
        self.keeps(table, column, goal, &mut BTreeSet::new())
    }

    fn keeps(
        &self,
        table: Span,
        column: &Identity,
        goal: Goal,
        seen: &mut BTreeSet<Identity>,
    ) -> bool {
        if !seen.insert(column.clone()) {
            return false;
        }
        let mut copies = self.copies_of(table).filter(|copy| carries(copy, column));
        copies.any(|copy| {
            let into = namesake(copy, column).filter(|_| copy.to != table);
            self.is_reached(copy.to, goal)
                || match into {
                    Some(next) => self.keeps(copy.to, &identity(next), goal, seen),
                    None => self.arrives(copy, goal, &mut Vec::new()),
                }
        })
    }

    /// The place where the last table, or column, was dropped that held the rows, or the values of the column, of a table.
    pub(super) fn last_drop(&self, table: Span, column: Option<&Column>) -> Option<Span> {
        let mut holders = vec![(table, column.map(identity))];
        let mut next = 0;
        while let Some((from, column)) = holders.get(next).cloned() {
            next += 1;
            let copies = self.copies_of(from);
            let copies = copies.filter(|copy| match &column {
                Some(column) => carries(copy, column),
                None => copy.left_out.is_none(),
            });
            for copy in copies {
                let into = column.as_ref().and_then(|column| namesake(copy, column));
                let holder = (copy.to, into.map(identity));
                if !holders.contains(&holder) {
                    holders.push(holder);
                }
            }
        }
        let mut dropped = self.rows.dropped.iter().rev();
        dropped.find_map(|dropped| match dropped {
            Dropped::Table { table, span } => {
                let mut holders = holders.iter();
                let held = holders.any(|(holder, _)| *holder == table.provenance.created);
                held.then_some(*span)
            }
            Dropped::Column {
                table,
                column,
                span,
            } => {
                let holder = (table.provenance.created, Some(identity(column)));
                holders.contains(&holder).then_some(*span)
            }
        })
    }

    /// The DELETE that takes away all that a copy has put into a table.
    pub(super) fn emptied(&self, copy: &Copy) -> Option<Span> {
        let mut changed = self.rows.changed.iter();
        let deleted = changed.find(|changed| {
            let is_later =
                changed.span.file == copy.span.file && changed.span.start > copy.span.start;
            let deletes = matches!(changed.kind, ChangedKind::Deleted) && changed.everything;
            changed.table == copy.to && is_later && deletes
        });
        deleted.map(|changed| changed.span)
    }

    fn is_reached(&self, table: Span, goal: Goal) -> bool {
        match goal {
            Goal::Table(wanted) => table == wanted,
            Goal::Anywhere => self.is_there(table),
        }
    }

    /// Whether a table is there at the end.
    fn is_there(&self, table: Span) -> bool {
        let databases = self.end.databases.iter().enumerate();
        let databases = databases.filter(|(position, _)| *position != Catalog::TEMP);
        let relations = databases.flat_map(|(_, database)| database.relations.values());
        let mut tables = relations.filter_map(|relation| relation.table());
        tables.any(|it| it.provenance.created == table)
    }
}

/// Whether a copy takes the values of a column with it.
pub(super) fn carries(copy: &Copy, column: &Identity) -> bool {
    // A column that decides which rows are copied how is not lost with those that are not.
    let left_out = copy.left_out.as_ref();
    let is_kept = |left_out: &LeftOut| match left_out.how {
        How::Merged => true,
        How::Filtered => left_out.by.contains(&column.0),
    };
    copy.columns.contains(column) && left_out.is_none_or(is_kept)
}

/// The column of the table that is written which is named like one that is read.
pub(super) fn namesake<'a>(copy: &'a Copy, column: &Identity) -> Option<&'a Column> {
    let position = copy.into.column_index(column.1.as_str())?;
    copy.into.columns.get(position)
}
