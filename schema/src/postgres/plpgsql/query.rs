//! Rows of queries over the system catalogs, VALUES and arrays.

use super::evaluate::{Scope, truth};
use super::facts;
use super::value::{Known, Row, Value};
use crate::postgres::ast::{
    Expr, ExprKind, FromItem, FromItemKind, GroupItem, JoinCondition, JoinKind, Query, QueryBody,
    Select, SetOperator, Target,
};
use std::sync::Arc;

/// How many combinations of rows are looked at before a query counts as one whose rows are not known.
const MAX_ROWS: usize = 100_000;

/// The rows of the FROM items, combined: each with the names of the items.
type Combined = Vec<(Arc<str>, Row)>;

impl Scope<'_> {
    /// Whether a query has rows.
    pub(super) fn exists(self, query: &Query) -> Option<bool> {
        if query.limit.offset.is_some() || query.with.is_some() {
            return None;
        }
        if let Some(count) = &query.limit.count
            && self.value(count)?.as_number()? < 1
        {
            return Some(false);
        }
        match &query.body {
            QueryBody::Values(_) => Some(true),
            QueryBody::Select(select) if is_plain(select) && !has_aggregate(&select.targets) => {
                let (rows, maybe) = self.selected(select)?;
                match (rows.is_empty(), maybe) {
                    (false, _) => Some(true),
                    (true, true) => None,
                    (true, false) => Some(false),
                }
            }
            QueryBody::Select(select) if is_plain(select) => Some(true),
            QueryBody::Select(_) => None,
            QueryBody::SetOperation {
                operator: SetOperator::Union,
                left,
                right,
                ..
            } => match (self.exists(left), self.exists(right)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            },
            QueryBody::SetOperation { .. } => None,
        }
    }

    /// The first column of a query's rows.
    pub(super) fn first_column(self, query: &Query) -> Option<Vec<Known>> {
        let rows = self.rows_of(query)?;
        let first = |row: Row| row.into_iter().next().and_then(|(_, value)| value);
        Some(rows.into_iter().map(first).collect())
    }

    /// The rows of a query, in an order that is only known if there is none or one, or if they are written out.
    pub(super) fn rows_of(self, query: &Query) -> Option<Vec<Row>> {
        if query.with.is_some() || query.limit.offset.is_some() {
            return None;
        }
        let mut rows = match &query.body {
            QueryBody::Values(rows) => {
                let rows = rows.iter().map(|row| {
                    let columns = row.iter().enumerate();
                    columns
                        .map(|(index, value)| {
                            (format!("column{}", index + 1).into(), self.value(value))
                        })
                        .collect()
                });
                rows.collect()
            }
            QueryBody::Select(select) => self.select_rows(select)?,
            QueryBody::SetOperation {
                operator: SetOperator::Union,
                all: true,
                left,
                right,
                ..
            } => {
                let mut rows = self.rows_of(left)?;
                rows.extend(self.rows_of(right)?);
                rows
            }
            QueryBody::SetOperation { .. } => return None,
        };
        if let Some(count) = &query.limit.count {
            let most = usize::try_from(self.value(count)?.as_number()?).ok()?;
            if rows.len() > most && most > 0 && !query.order_by.is_empty() {
                return None;
            }
            rows.truncate(most);
        }
        Some(rows)
    }

    fn select_rows(self, select: &Select) -> Option<Vec<Row>> {
        if !is_plain(select) {
            return None;
        }
        let (combined, maybe) = self.selected(select)?;
        if maybe {
            return None;
        }
        if has_aggregate(&select.targets) {
            return self
                .aggregated(&select.targets, &combined)
                .map(|row| vec![row]);
        }
        let mut rows = Vec::new();
        for items in &combined {
            self.output(&select.targets, items, &mut rows)?;
        }
        Some(rows)
    }

    /// The only row of a query of `count(*)` and the like.
    fn aggregated(self, targets: &[Target], rows: &[Combined]) -> Option<Row> {
        let count = i64::try_from(rows.len()).ok()?;
        targets
            .iter()
            .map(|target| match &target.value.kind {
                ExprKind::Function(call) if call.star && &*call.name.name.name == "count" => {
                    let name = target.label.as_ref().map_or("count", |label| &*label.name);
                    Some((name.into(), Some(Value::Number(count))))
                }
                _ => None,
            })
            .collect()
    }

    /// The rows that the targets make of the FROM items' rows: several if one is `unnest`.
    fn output(self, targets: &[Target], items: &Combined, rows: &mut Vec<Row>) -> Option<()> {
        let all: Combined = self.rows.iter().chain(items).cloned().collect();
        let inner = Scope { rows: &all, ..self };
        let mut row = Row::new();
        let mut unnested = None;
        for target in targets {
            if let ExprKind::Column {
                parts,
                star: Some(_),
            } = &target.value.kind
            {
                let item = parts.last().map(|part| &part.name);
                let wanted = items
                    .iter()
                    .filter(|(name, _)| item.is_none_or(|item| item == name));
                row.extend(wanted.flat_map(|(_, row)| row.iter().cloned()));
                continue;
            }
            let name: Arc<str> = match &target.label {
                Some(label) => label.name.clone(),
                None => name_of(&target.value),
            };
            if let Some(array) = unnest(&target.value) {
                let Value::List(list) = inner.value(array)? else {
                    return None;
                };
                unnested = Some((row.len(), list));
                row.push((name, None));
                continue;
            }
            row.push((name, inner.value(&target.value)));
        }
        let Some((place, list)) = unnested else {
            rows.push(row);
            return Some(());
        };
        for value in list {
            let mut row = row.clone();
            row.get_mut(place)?.1 = Some(value);
            rows.push(row);
        }
        Some(())
    }

    /// The combined rows that satisfy WHERE, and whether there may be others.
    fn selected(self, select: &Select) -> Option<(Vec<Combined>, bool)> {
        let mut combined: Vec<Combined> = vec![Vec::new()];
        for item in &select.from {
            combined = self.with_item(combined, item)?;
        }
        let Some(filter) = &select.filter else {
            return Some((combined, false));
        };
        let mut certain = Vec::new();
        let mut maybe = false;
        for items in combined {
            match self.holds(filter, &items) {
                Some(true) => certain.push(items),
                Some(false) => {}
                None => maybe = true,
            }
        }
        Some((certain, maybe))
    }

    /// Whether a condition is true of a row.
    fn holds(self, condition: &Expr, items: &Combined) -> Option<bool> {
        let all: Combined = self.rows.iter().chain(items).cloned().collect();
        let inner = Scope { rows: &all, ..self };
        Some(truth(&inner.value(condition)?)? == Some(true))
    }

    /// Rows combined with those of one more FROM item.
    fn with_item(self, left: Vec<Combined>, item: &FromItem) -> Option<Vec<Combined>> {
        let mut combined = Vec::new();
        match &item.kind {
            FromItemKind::Join {
                kind: JoinKind::Inner,
                left: first,
                right: second,
                condition,
                ..
            } => {
                let rows = self.with_item(left, first)?;
                let rows = self.with_item(rows, second)?;
                for items in rows {
                    if self.joins(condition, &items)? {
                        combined.push(items);
                    }
                }
            }
            FromItemKind::Join { .. } => return None,
            _ => {
                let (name, rows) = self.item_rows(item)?;
                if left.len().saturating_mul(rows.len()) > MAX_ROWS {
                    return None;
                }
                for items in left {
                    for row in &rows {
                        let mut items = items.clone();
                        items.push((name.clone(), row.clone()));
                        combined.push(items);
                    }
                }
            }
        }
        Some(combined)
    }

    fn joins(self, condition: &JoinCondition, items: &Combined) -> Option<bool> {
        match condition {
            JoinCondition::None => Some(true),
            JoinCondition::On(condition) => self.holds(condition, items),
            JoinCondition::Using { columns, .. } => {
                let (right, left) = items.split_last()?;
                for column in columns {
                    let of = |row: &Row| {
                        let mut columns = row.iter();
                        let found = columns.find(|(name, _)| *name == column.name);
                        found.and_then(|(_, value)| value.clone())
                    };
                    let right = of(&right.1)?;
                    let left = left.iter().rev().find_map(|(_, row)| of(row))?;
                    if self.binary("=", &left, &right)? != Value::Bool(true) {
                        return Some(false);
                    }
                }
                Some(true)
            }
            JoinCondition::Natural => None,
        }
    }

    /// The rows of a table, query or function, and what it is called.
    fn item_rows(self, item: &FromItem) -> Option<(Arc<str>, Vec<Row>)> {
        match &item.kind {
            FromItemKind::Table {
                relation,
                alias,
                sample: None,
            } => {
                let schema = relation.name.schema.as_ref().map(|schema| &*schema.name);
                let rows = facts::rows(self.catalog, schema, &relation.name.name.name)?;
                let name = match alias {
                    Some(alias) if alias.columns.is_empty() => &alias.name.name,
                    Some(_) => return None,
                    None => &relation.name.name.name,
                };
                Some((name.clone(), rows))
            }
            FromItemKind::Query { query, alias, .. } => {
                let alias = alias.as_ref()?;
                let rows = self.rows_of(query)?;
                let rows = rows.into_iter().map(|row| renamed(row, &alias.columns));
                Some((alias.name.name.clone(), rows.collect()))
            }
            FromItemKind::Function {
                functions,
                rows_from: false,
                ordinality: false,
                alias,
                columns,
                ..
            } if columns.is_empty() => {
                let [function] = functions.as_slice() else {
                    return None;
                };
                let Value::List(list) = self.value(unnest(&function.function)?)? else {
                    return None;
                };
                let name: Arc<str> = match alias {
                    Some(alias) => alias.name.name.clone(),
                    None => "unnest".into(),
                };
                let column = alias.as_ref().and_then(|alias| alias.columns.first());
                let column = column.map_or_else(|| name.clone(), |column| column.name.clone());
                let rows = list
                    .into_iter()
                    .map(|value| vec![(column.clone(), Some(value))]);
                Some((name, rows.collect()))
            }
            _ => None,
        }
    }
}

/// A row whose first columns have other names.
fn renamed(mut row: Row, names: &[crate::postgres::ast::Ident]) -> Row {
    for (column, name) in row.iter_mut().zip(names) {
        column.0 = name.name.clone();
    }
    row
}

/// The argument of `unnest`.
fn unnest(expr: &Expr) -> Option<&Expr> {
    match &expr.kind {
        ExprKind::Function(call) if &*call.name.name.name == "unnest" => {
            match call.arguments.as_slice() {
                [only] => Some(&only.value),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether a SELECT has no more than FROM and WHERE.
fn is_plain(select: &Select) -> bool {
    let no_groups: &[GroupItem] = &select.group_by;
    no_groups.is_empty()
        && select.having.is_none()
        && select.windows.is_empty()
        && select.distinct.is_none()
}

fn has_aggregate(targets: &[Target]) -> bool {
    targets.iter().any(|target| match &target.value.kind {
        ExprKind::Function(call) => {
            call.star
                || matches!(
                    &*call.name.name.name,
                    "count"
                        | "max"
                        | "min"
                        | "sum"
                        | "avg"
                        | "array_agg"
                        | "string_agg"
                        | "bool_or"
                        | "bool_and"
                )
        }
        _ => false,
    })
}

/// What the engine calls a column without a label.
fn name_of(expr: &Expr) -> Arc<str> {
    match &expr.kind {
        ExprKind::Column { parts, .. } => match parts.last() {
            Some(part) => part.name.clone(),
            None => "?column?".into(),
        },
        ExprKind::Function(call) => call.name.name.name.clone(),
        ExprKind::Cast { value, .. } => name_of(value),
        _ => "?column?".into(),
    }
}
