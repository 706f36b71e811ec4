//! What a down file leaves behind beside what its migration found: the schema, and what of the data is gone.

use super::Replay;
use crate::check::{Cause, Loss, Reversal, Written};
use crate::diagnostic::Diagnostic;
use crate::errors::down_files as errors;
use crate::postgres::ast::{DataStatement, Statement, StatementKind};
use crate::postgres::catalog::{Catalog, Persistence, Relation, differences};
use crate::postgres::types::Oid;
use crate::text::Span;
use std::sync::Arc;

/// A change of rows that may lose what they held.
#[derive(Debug, Clone)]
pub(super) struct Changed {
    /// The table.
    pub(super) table: Oid,
    /// Its name then.
    pub(super) name: Arc<str>,
    /// How.
    pub(super) cause: Cause,
    /// The statement.
    pub(super) span: Span,
}

/// What a migration found, made and, by its down file, left behind.
pub(super) struct RoundTrip<'a> {
    pub(super) before: &'a Catalog,
    pub(super) middle: &'a Catalog,
    pub(super) after: &'a Catalog,
    pub(super) up: &'a [Changed],
    pub(super) down: &'a [Changed],
}

impl Replay {
    /// The change of rows that a statement makes, before it is applied.
    pub(super) fn change_of_rows(&self, statement: &Statement) -> Vec<Changed> {
        let tables = match &statement.kind {
            StatementKind::Data(DataStatement::Update(update)) => {
                vec![(&update.table.name, Cause::Overwritten)]
            }
            StatementKind::Data(DataStatement::Delete(delete)) => {
                vec![(&delete.table.name, Cause::Deleted)]
            }
            StatementKind::Data(DataStatement::Merge(merge)) => {
                vec![(&merge.table.name, Cause::Overwritten)]
            }
            StatementKind::Truncate(truncate) => {
                let tables = truncate.tables.iter();
                tables.map(|table| (&table.name, Cause::Deleted)).collect()
            }
            _ => Vec::new(),
        };
        let found = tables.into_iter().filter_map(|(name, cause)| {
            let table = self.catalog.find_relation(name)?;
            Some(Changed {
                table: table.oid,
                name: Arc::clone(&table.name),
                cause,
                span: statement.span,
            })
        });
        found.collect()
    }
}

/// Compares what a down file left behind with what its migration found. `span` is the down file's first statement.
///
/// Nothing is followed from one table or column to another: what was dropped or changed on the way counts as lost, even
/// where the down file writes it again.
pub(super) fn judge(round_trip: &RoundTrip<'_>, span: Span) -> (Reversal, Option<Diagnostic>) {
    let differences = differences(round_trip.before, round_trip.after);
    let losses = round_trip.losses(span);
    if !differences.is_empty() {
        let finding = errors::does_not_restore(differences.clone(), span);
        let reversal = Reversal::Differs {
            differences,
            losses,
        };
        return (reversal, Some(finding));
    }
    let before: Vec<(&Loss, Option<Span>)> = losses
        .iter()
        .filter(|loss| loss.written == Written::Before && loss.cause == Cause::Dropped)
        .map(|loss| (loss, None))
        .collect();
    let finding = (!before.is_empty()).then(|| errors::loses_data(&before, span.file, span));
    (Reversal::Restores { losses }, finding)
}

impl RoundTrip<'_> {
    fn losses(&self, span: Span) -> Vec<Loss> {
        let mut losses = Vec::new();
        for table in tables(self.before) {
            let dropped = self.dropped(table, self.after, Written::Before, span);
            losses.extend(dropped);
        }
        for table in tables(self.middle) {
            if self.before.relations.get(table.oid).is_none() {
                losses.extend(self.dropped(table, self.after, Written::Since, span));
            }
        }
        for (changed, written) in [(self.up, Written::Before), (self.down, Written::Since)] {
            for change in changed {
                let was_there = match written {
                    Written::Before => self.before.relations.get(change.table).is_some(),
                    Written::Since => true,
                };
                if was_there {
                    losses.push(Loss {
                        table: Arc::clone(&change.name),
                        columns: Vec::new(),
                        written,
                        cause: change.cause,
                        span: change.span,
                    });
                }
            }
        }
        losses.sort_by_key(|loss| loss.span);
        losses.dedup();
        losses
    }

    /// What of a table is not there at the end: the table, or some of its columns.
    fn dropped(
        &self,
        table: &Relation,
        end: &Catalog,
        written: Written,
        span: Span,
    ) -> Option<Loss> {
        let columns: Vec<Arc<str>> = match end.relations.get(table.oid) {
            None => Vec::new(),
            Some(after) => {
                let gone = table
                    .live_columns()
                    .filter(|column| after.column_at(column.number).is_none());
                let gone: Vec<Arc<str>> = gone.map(|column| Arc::clone(&column.name)).collect();
                if gone.is_empty() {
                    return None;
                }
                gone
            }
        };
        let departed = [&self.middle.departed, &end.departed];
        let departed = departed.into_iter().find_map(|log| {
            let mut log = log.newest_first();
            log.find(|it| it.oid == table.oid && it.is_column != columns.is_empty())
        });
        Some(Loss {
            table: Arc::clone(&table.name),
            columns,
            written,
            cause: Cause::Dropped,
            span: departed.map_or(span, |departed| departed.span),
        })
    }
}

/// The tables that hold rows.
fn tables(catalog: &Catalog) -> impl Iterator<Item = &Relation> {
    let relations = catalog.relations.iter().map(AsRef::as_ref);
    relations.filter(|relation: &&Relation| {
        relation.is_table() && relation.persistence != Persistence::Temporary
    })
}
