//! Rows that are copied into a table which demands more of them than the one they come from.

use super::Replay;
use super::changed::ChangedKind;
use super::left_out::leaves_out;
use super::table::Parts;
use crate::sqlite::ast::{
    ColumnConstraintKind, ConflictResolution, Expr, ExprKind, FromSource, Insert, InsertSource,
    QualifiedName, Query, ResultColumn, Select, SelectCore,
};
use crate::sqlite::catalog::{Column, Found, ObjectPath, Table};
use crate::sqlite::lints::{self, Copied, Moved};
use crate::sqlite::resolve::{Clause, Reference, Target};

impl Replay {
    /// Complains of columns that may hold NULL and are copied into NOT NULL ones.
    pub(super) fn check_copied_nulls(&mut self, insert: &Insert, references: &[Reference]) {
        let Some(target) = self.catalog.relation(&insert.target.name) else {
            return;
        };
        let (InsertSource::Query(query), Some(target)) = (&insert.source, target.object.table())
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
                if self.gives_way(target, into, insert.or) {
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

impl Replay {
    /// Whether a row with NULL in a NOT NULL column is left out, or gets another value there: REPLACE takes the default,
    /// and is ABORT without one (sqlite.org/lang_conflict.html).
    fn gives_way(&self, table: &Table, column: &Column, or: Option<ConflictResolution>) -> bool {
        let definition = self.parsed(&table.definition);
        let parts = definition.and_then(|it| Parts::of(it, &table.definition.tokens));
        let columns = parts.iter().flat_map(|parts| parts.columns);
        let mut own = columns.filter(|own| own.name.name.eq_ignore_ascii_case(&column.name));
        let constraints = own.next().map(|own| own.constraints.as_slice());
        let mut constraints = constraints.unwrap_or_default().iter().rev();
        let own = constraints.find_map(|constraint| match &constraint.kind {
            ColumnConstraintKind::NotNull { conflict } => Some(*conflict),
            _ => None,
        });
        match or.or(own.flatten()) {
            Some(ConflictResolution::Ignore) => true,
            Some(ConflictResolution::Replace) => {
                column.default.as_ref().is_some_and(|default| !default.null)
            }
            Some(
                ConflictResolution::Abort | ConflictResolution::Fail | ConflictResolution::Rollback,
            )
            | None => false,
        }
    }

    /// Complains of rows that are copied into a new table which asks more of them than the old one.
    pub(super) fn check_tightened(&mut self, insert: &Insert) {
        let found = self.moved(insert).map(|moved| lints::tightened(&moved));
        self.diagnostics.extend(found.into_iter().flatten());
    }

    /// What INSERT copies, if it is all rows of one table that nothing has corrected before.
    fn moved<'a>(&'a self, insert: &Insert) -> Option<Moved<'a>> {
        let InsertSource::Query(query) = &insert.source else {
            return None;
        };
        let (select, source) = whole_table(query)?;
        if insert.with.is_some() || !insert.upserts.is_empty() {
            return None;
        }
        let into = self.catalog.relation(&insert.target.name)?.object.table()?;
        let Found { path, object } = self.catalog.relation(source)?;
        let from = object.table()?;
        let mut changed = self.rows.changed.iter();
        let is_cleaned = changed.any(|changed| match changed.kind {
            ChangedKind::Deleted => changed.table == from.provenance.created,
            ChangedKind::Overwritten(_) => false,
        });
        if is_cleaned {
            return None;
        }
        let read = select.columns.iter().flat_map(|it| columns_read(it, from));
        let pairs = written_columns(insert, into).into_iter().zip(read);
        let columns = pairs.filter_map(|(column, position)| {
            let source = from.columns.get(position?)?;
            let is_written = self.rows.written.contains(&source.provenance.created);
            let into = into.column_index(&column.name).filter(|_| !is_written);
            Some((into?, position?))
        });
        Some(Moved {
            start: &self.start,
            now: &self.catalog,
            columns: columns.collect(),
            from,
            path,
            into,
            or: insert.or,
            span: insert.target.name.name.span,
        })
    }
}

/// The table all of whose rows a query returns, one for one.
fn whole_table(query: &Query) -> Option<(&Select, &QualifiedName)> {
    let ([arm], None, None) = (query.arms.as_slice(), &query.with, &query.limit) else {
        return None;
    };
    let SelectCore::Select(select) = &arm.core else {
        return None;
    };
    let [item] = select.from.as_slice() else {
        return None;
    };
    let FromSource::Table { name, .. } = &item.source else {
        return None;
    };
    let filter = select.filter.as_ref();
    let is_whole = !filter.is_some_and(|filter| leaves_out(filter, false))
        && !select.distinct
        && select.group_by.is_empty()
        && select.having.is_none();
    is_whole.then_some((select, name))
}

/// The positions of the columns of its one table that a result column returns; none for anything else.
fn columns_read(column: &ResultColumn, table: &Table) -> Vec<Option<usize>> {
    match column {
        ResultColumn::Expr { value, .. } => vec![match &value.kind {
            ExprKind::Name(name) | ExprKind::Qualified { column: name, .. } => {
                table.column_index(&name.name)
            }
            _ => None,
        }],
        ResultColumn::Star(_) | ResultColumn::TableStar(_) => {
            let columns = table.columns.iter().enumerate();
            let shown = columns.filter(|(_, column)| !column.hidden);
            shown.map(|(position, _)| Some(position)).collect()
        }
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
