//! The rows that an INSERT gives, where they are written in it.

use crate::ast::{
    CompoundOperator, Expr, Insert, InsertSource, Query, QueryArm, ResultColumn, Select, SelectCore,
};
use crate::catalog::Table;
use crate::text::Span;

/// The values of a row, in the order in which they are written.
pub(super) type Row<'a> = Vec<&'a Expr>;

/// The rows of an INSERT; none if they are read from somewhere, or some may be left out.
pub(super) fn rows(insert: &Insert) -> Option<Vec<Row<'_>>> {
    match &insert.source {
        InsertSource::DefaultValues => Some(vec![Vec::new()]),
        InsertSource::Query(query) => written(query),
    }
}

fn written(query: &Query) -> Option<Vec<Row<'_>>> {
    if query.limit.is_some() || !query.order_by.is_empty() {
        return None;
    }
    let mut rows = Vec::new();
    for arm in &query.arms {
        match arm {
            QueryArm {
                operator: Some((operator, _)),
                ..
            } if *operator != CompoundOperator::UnionAll => return None,
            QueryArm {
                core: SelectCore::Values(values),
                ..
            } => rows.extend(values.iter().map(|(row, _)| row.iter().collect())),
            QueryArm {
                core: SelectCore::Select(select),
                ..
            } => rows.push(selected(select)?),
        }
    }
    Some(rows)
}

/// The one row of a SELECT without FROM.
fn selected(select: &Select) -> Option<Row<'_>> {
    let is_plain = select.from.is_empty()
        && select.filter.is_none()
        && select.group_by.is_empty()
        && select.having.is_none();
    let mut columns = select.columns.iter();
    let row = columns.by_ref().map(|column| match column {
        ResultColumn::Expr { value, .. } => Some(value),
        ResultColumn::Star(_) | ResultColumn::TableStar(_) => None,
    });
    row.collect::<Option<Row<'_>>>().filter(|_| is_plain)
}

/// Where the values of a table's columns stand in each row.
#[derive(Debug)]
pub(super) struct Places {
    /// By the column's position; none for one that is left out.
    columns: Vec<Option<usize>>,
    /// Whether the rowid is given under one of its own names.
    pub(super) names_rowid: bool,
    /// What shows that a column is left out.
    pub(super) list: Span,
}

impl Places {
    pub(super) fn of(insert: &Insert, table: &Table) -> Places {
        let list = match insert.columns.as_slice() {
            [] => insert.target.name.span(),
            [first, .., last] => first.span.to(last.span),
            [only] => only.span,
        };
        let mut places = Places {
            columns: vec![None; table.columns.len()],
            names_rowid: false,
            list,
        };
        let is_default = matches!(insert.source, InsertSource::DefaultValues);
        if insert.columns.is_empty() && !is_default {
            let columns = places.columns.iter_mut().zip(&table.columns);
            let written = columns.filter(|(_, column)| column.generated.is_none());
            for (next, (place, _)) in written.enumerate() {
                *place = Some(next);
            }
        }
        for (next, name) in insert.columns.iter().enumerate() {
            match table.column_index(&name.name) {
                Some(position) => {
                    // Of two values for one column the engine takes the first.
                    if let Some(place @ None) = places.columns.get_mut(position) {
                        *place = Some(next);
                    }
                }
                None => places.names_rowid = true,
            }
        }
        places
    }

    /// What a row gives for a column; none if it gives nothing.
    pub(super) fn in_row<'a>(&self, row: &[&'a Expr], position: usize) -> Option<&'a Expr> {
        let place = self.columns.get(position).copied().flatten()?;
        row.get(place).copied()
    }
}
