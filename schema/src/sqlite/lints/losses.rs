//! What is not there any more after a migration and its down file.

use super::destructive;
use super::trail::{Goal, Trail};
use crate::catalog::Key;
use crate::check::{Cause, Loss, Written};
use crate::sqlite::catalog::{Catalog, Column, Table, TableKind};
use crate::sqlite::replay::changed::{Changed, ChangedKind};
use crate::sqlite::replay::rows::{Rows, identity};
use crate::text::Span;
use std::collections::BTreeSet;
use std::ptr;
use std::sync::Arc;

/// What a migration found, made and, by its down file, left behind.
pub(crate) struct RoundTrip<'a> {
    pub(crate) before: &'a Catalog,
    pub(crate) middle: &'a Catalog,
    pub(crate) after: &'a Catalog,
    pub(crate) up: &'a Rows,
    pub(crate) down: &'a Rows,
}

/// A loss, and where what was lost is defined again.
pub(super) struct Unreturned {
    pub(super) loss: Loss,
    pub(super) again: Option<Span>,
}

impl RoundTrip<'_> {
    /// What was there before the migration and is not in its place afterwards.
    pub(super) fn unreturned(&self) -> Vec<Unreturned> {
        let rows = self.up.and_back(self.down);
        let trail = Trail {
            end: self.after,
            rows: &rows,
        };
        let mut lost = Vec::new();
        let mut gone = BTreeSet::new();
        for table in self.before.main().tables() {
            if !holds_rows(table) {
                continue;
            }
            let known = lost.len();
            let after = self.after.main().relations.get(&Key::new(&table.name));
            self.table(&trail, table, after.and_then(|it| it.table()), &mut lost);
            let news = lost.iter().skip(known);
            if news
                .into_iter()
                .any(|one: &Unreturned| one.loss.columns.is_empty())
            {
                gone.insert(table.provenance.created);
            }
        }
        let up = self.up.changed.iter().filter(|up| !self.is_answered(up));
        let down = self.down.changed.iter();
        let down = down.filter(|down| down.everything && !self.is_made_good(down));
        let changed = up.chain(down);
        let changed = changed.filter(|changed| !gone.contains(&changed.table));
        for one in changed.filter_map(|changed| self.changed(changed)) {
            let is_told = lost.iter().any(|told| {
                told.loss.table == one.loss.table && told.loss.columns == one.loss.columns
            });
            if !is_told {
                lost.push(one);
            }
        }
        lost.sort_by_key(|one| one.loss.span);
        lost
    }

    /// What has no place after the down file, those places aside where something of before is lost.
    pub(super) fn written_since(&self, before: &[Unreturned]) -> Vec<Loss> {
        let told: BTreeSet<Span> = before.iter().map(|one| one.loss.span).collect();
        let dropped = destructive::lost(self.middle, self.after, self.down);
        let dropped = dropped.into_iter().map(|lost| Loss {
            table: lost.table,
            columns: lost.columns,
            written: Written::Since,
            cause: Cause::Dropped,
            span: lost.span,
        });
        let deleted = self.down.changed.iter().filter_map(|changed| {
            let table = created_in(self.middle, changed.table)?;
            // What the migration has put there is meant to go.
            let is_filled = is_written(table, self.up);
            let is_deleted = matches!(changed.kind, ChangedKind::Deleted) && !is_filled;
            is_deleted.then(|| Loss {
                table: Arc::clone(&table.name),
                columns: Vec::new(),
                written: Written::Since,
                cause: Cause::Deleted,
                span: changed.span,
            })
        });
        let losses = dropped.chain(deleted);
        losses.filter(|loss| !told.contains(&loss.span)).collect()
    }

    fn table(
        &self,
        trail: &Trail<'_>,
        table: &Table,
        after: Option<&Table>,
        lost: &mut Vec<Unreturned>,
    ) {
        if after.is_some_and(|after| ptr::eq(after, table)) {
            // Catalogs share the tables that no statement has changed, and most are such.
            return;
        }
        let from = table.provenance.created;
        let is_same = after.is_some_and(|after| after.provenance.created == from);
        let goal = after.map_or(Goal::Anywhere, |after| {
            Goal::Table(after.provenance.created)
        });
        let is_there = is_same
            || after.is_none() && created_in(self.after, from).is_some()
            || trail.is_copied(from, goal)
            || after.is_some_and(|after| self.is_filled_again(after));
        if !is_there {
            lost.extend(trail.last_drop(from, None).map(|span| Unreturned {
                loss: Loss {
                    table: Arc::clone(&table.name),
                    columns: Vec::new(),
                    written: Written::Before,
                    cause: Cause::Dropped,
                    span,
                },
                again: after.map(|after| after.provenance.created),
            }));
            return;
        }
        let Some(after) = after else {
            return;
        };
        let columns = table.columns.iter();
        for column in columns.filter(|column| column.generated.is_none() && !column.hidden) {
            let now = after.column_index(&column.name);
            let now = now.and_then(|position| after.columns.get(position));
            if is_same && is_in(after, column) || now.is_some_and(|now| now.generated.is_some()) {
                continue;
            }
            let is_in = |places: &BTreeSet<Span>| {
                now.is_none_or(|now| places.contains(&now.provenance.created))
            };
            // What the down file computes may well be what was there.
            let is_back = now.is_some() && is_in(&self.down.computed);
            let is_kept =
                || is_in(&trail.rows.written) && trail.is_kept(from, &identity(column), goal);
            if is_back || is_kept() {
                continue;
            }
            let Some(span) = trail.last_drop(from, Some(column)) else {
                continue;
            };
            let told = lost
                .iter_mut()
                .find(|told| told.loss.table == table.name && told.loss.span == span);
            match told {
                Some(told) => told.loss.columns.push(Arc::clone(&column.name)),
                None => lost.push(Unreturned {
                    loss: Loss {
                        table: Arc::clone(&table.name),
                        columns: vec![Arc::clone(&column.name)],
                        written: Written::Before,
                        cause: Cause::Dropped,
                        span,
                    },
                    again: now.map(|now| now.provenance.created),
                }),
            }
        }
    }

    /// Whether the down file copies rows into a table, from wherever they were kept.
    pub(super) fn is_filled_again(&self, table: &Table) -> bool {
        let mut copies = self.down.copies.iter();
        copies.any(|copy| copy.to == table.provenance.created)
    }

    /// What a statement has deleted or overwritten, if it was there before.
    pub(super) fn changed(&self, changed: &Changed) -> Option<Unreturned> {
        let table = created_in(self.before, changed.table)?;
        let (columns, cause) = match &changed.kind {
            ChangedKind::Deleted => (Vec::new(), Cause::Deleted),
            ChangedKind::Overwritten(column) => {
                let mut columns = table.columns.iter();
                let column = columns.find(|it| it.provenance.created == column.0)?;
                (vec![Arc::clone(&column.name)], Cause::Overwritten)
            }
        };
        Some(Unreturned {
            loss: Loss {
                table: Arc::clone(&table.name),
                columns,
                written: Written::Before,
                cause,
                span: changed.span,
            },
            again: None,
        })
    }

    /// Whether the down file writes where the up file has deleted or overwritten something, to bring it back.
    pub(super) fn is_answered(&self, changed: &Changed) -> bool {
        let Some(before) = created_in(self.before, changed.table) else {
            return false;
        };
        let after = self.after.main().relations.get(&Key::new(&before.name));
        let Some(after) = after.and_then(|relation| relation.table()) else {
            return false;
        };
        match &changed.kind {
            ChangedKind::Deleted => is_written(after, self.down),
            ChangedKind::Overwritten(column) => {
                let mut columns = before.columns.iter();
                let column = columns.find(|it| it.provenance.created == column.0);
                let now = column.and_then(|column| after.column_index(&column.name));
                let now = now.and_then(|position| after.columns.get(position));
                now.is_some_and(|now| self.down.written.contains(&now.provenance.created))
            }
        }
    }

    /// Whether the down file also writes something else where it has deleted or overwritten everything.
    pub(super) fn is_made_good(&self, changed: &Changed) -> bool {
        match &changed.kind {
            ChangedKind::Deleted => created_in(self.after, changed.table)
                .is_some_and(|table| is_written(table, self.down)),
            ChangedKind::Overwritten(column) => {
                let mut others = self.down.changed.iter().filter(|other| !other.everything);
                others.any(|other| {
                    matches!(&other.kind, ChangedKind::Overwritten(other) if other == column)
                })
            }
        }
    }
}

pub(super) fn holds_rows(table: &Table) -> bool {
    match table.kind {
        TableKind::Ordinary | TableKind::Virtual { .. } => table.is_declared(),
        TableKind::Shadow { .. } | TableKind::Internal => false,
    }
}

pub(super) fn created_in(catalog: &Catalog, created: Span) -> Option<&Table> {
    let relations = catalog.main().relations.values();
    let mut tables = relations.filter_map(|relation| relation.table());
    tables.find(|table| table.provenance.created == created)
}

pub(super) fn is_in(table: &Table, column: &Column) -> bool {
    table
        .columns
        .iter()
        .any(|it| identity(it) == identity(column))
}

/// Whether a file has written to any column of a table.
fn is_written(table: &Table, rows: &Rows) -> bool {
    let mut columns = table.columns.iter();
    columns.any(|column| rows.written.contains(&column.provenance.created))
}
