//! Rows that are copied into a table which demands more of them than the one they come from.

use super::Replay;
use crate::ast::{
    ConflictResolution, Expr, ExprKind, Insert, InsertSource, ResultColumn, SelectCore,
};
use crate::catalog::{Column, ObjectPath, Table};
use crate::lints::{self, Copied};
use crate::resolve::{Clause, Reference, Target};

impl Replay {
    /// Complains of columns that may hold NULL and are copied into NOT NULL ones.
    pub(super) fn check_copied_nulls(&mut self, insert: &Insert, references: &[Reference]) {
        let leaves_out = matches!(
            insert.or,
            Some(ConflictResolution::Ignore | ConflictResolution::Replace)
        );
        let Some(target) = self.catalog.relation(&insert.target.name) else {
            return;
        };
        let (InsertSource::Query(query), Some(target), false) =
            (&insert.source, target.object.table(), leaves_out)
        else {
            return;
        };
        let columns = written_columns(insert, target);
        // NULL in the place of the rowid is a new number.
        let rowid = target.rowid_alias().and_then(|it| target.columns.get(it));
        let mut copied = Vec::new();
        for arm in &query.arms {
            let SelectCore::Select(select) = &arm.core else {
                continue;
            };
            let returned = select.columns.iter().map(|column| match column {
                ResultColumn::Expr { value, .. } => Some(value),
                ResultColumn::Star(_) | ResultColumn::TableStar(_) => None,
            });
            let Some(returned) = returned.collect::<Option<Vec<&Expr>>>() else {
                continue;
            };
            for (into, value) in columns.iter().zip(returned) {
                if !into.not_null || rowid == Some(*into) || !is_name(value) {
                    continue;
                }
                let Some((path, position)) = column_of(value, references) else {
                    continue;
                };
                if is_condition(path, position, references) {
                    continue;
                }
                let Some(table) = self.table_at(path) else {
                    continue;
                };
                let Some(from) = table.columns.get(position) else {
                    continue;
                };
                if !self.rows.written.contains(&from.provenance.created) {
                    copied.push(Copied {
                        table,
                        path,
                        position,
                        into,
                        span: value.span,
                    });
                }
            }
        }
        let finding = lints::copied_nulls(&self.start, &copied);
        self.diagnostics.extend(finding);
    }
}

/// The columns that INSERT writes, in its order.
pub(super) fn written_columns<'a>(insert: &Insert, target: &'a Table) -> Vec<&'a Column> {
    if insert.columns.is_empty() {
        let columns = target.columns.iter();
        return columns
            .filter(|column| column.generated.is_none() && !column.hidden)
            .collect();
    }
    let columns = insert.columns.iter();
    let columns = columns.filter_map(|name| target.column_index(&name.name));
    columns
        .filter_map(|position| target.columns.get(position))
        .collect()
}

fn is_name(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Parenthesized(inner) => is_name(inner),
        ExprKind::Name(_) | ExprKind::Qualified { .. } => true,
        _ => false,
    }
}

/// The column of the catalog that a name stands for.
fn column_of<'a>(value: &Expr, references: &'a [Reference]) -> Option<(&'a ObjectPath, usize)> {
    let mut inside = references.iter().filter(|reference| {
        value.span.start <= reference.span.start && reference.span.end <= value.span.end
    });
    inside.find_map(|reference| match &reference.target {
        Target::Column { relation, column } => Some((relation, *column)),
        Target::Relation(_) => None,
    })
}

/// Whether a column decides which rows are read: those with NULL may be left out.
fn is_condition(path: &ObjectPath, position: usize, references: &[Reference]) -> bool {
    let mut conditions = references.iter().filter(|it| it.clause != Clause::Other);
    conditions.any(|reference| match &reference.target {
        Target::Column { relation, column } => relation == path && *column == position,
        Target::Relation(_) => false,
    })
}
