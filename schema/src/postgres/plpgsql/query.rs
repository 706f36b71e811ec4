//! Rows of queries over the system catalogs, VALUES and arrays.

use super::effects::call_of;
use super::evaluate::{Scope, simple_array, truth};
use super::facts;
use super::value::{Known, Row, Value};
use crate::postgres::ast::{
    Expr, ExprKind, FromItem, FromItemKind, FunctionCall, GroupItem, JoinCondition, JoinKind,
    Query, QueryBody, Select, SetOperator, Target,
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
            QueryBody::Select(select) if select.targets.iter().any(|it| is_set(&it.value)) => {
                self.rows_of(query).map(|rows| !rows.is_empty())
            }
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
    pub(crate) fn first_column(self, query: &Query) -> Option<Vec<Known>> {
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
        let columns = targets.iter().map(|target| {
            let name = match &target.label {
                Some(label) => label.name.clone(),
                None => name_of(&target.value),
            };
            (name, self.aggregate(&target.value, rows))
        });
        Some(columns.collect())
    }

    /// The value of an aggregate over all rows. In which order `string_agg` and `array_agg` take them is not known, and makes no
    /// difference to statements that are put together of them.
    fn aggregate(self, expr: &Expr, rows: &[Combined]) -> Known {
        let call = match &expr.kind {
            ExprKind::Function(call) => call,
            ExprKind::Cast {
                value, type_name, ..
            } => return self.cast(self.aggregate(value, rows)?, type_name),
            _ => return None,
        };
        if call.distinct || call.filter.is_some() || call.over.is_some() {
            return None;
        }
        let argument = |index: usize| -> Option<Vec<Value>> {
            let argument = call.arguments.get(index)?;
            let mut values = Vec::new();
            for row in rows {
                let all: Combined = self.rows.iter().chain(row).cloned().collect();
                values.push(Scope { rows: &all, ..self }.value(&argument.value)?);
            }
            Some(values)
        };
        let is_value = |value: &Value| *value != Value::Null;
        match &*call.name.name.name {
            "count" if call.star => Some(Value::Number(i64::try_from(rows.len()).ok()?)),
            "count" => {
                let count = argument(0)?.iter().filter(|value| is_value(value)).count();
                Some(Value::Number(i64::try_from(count).ok()?))
            }
            "array_agg" => match argument(0)? {
                values if values.is_empty() => Some(Value::Null),
                values => Some(Value::List(values)),
            },
            "string_agg" => {
                let values = argument(0)?;
                let separator = match argument(1)?.into_iter().next() {
                    Some(separator) => separator.as_text()?,
                    None => return Some(Value::Null),
                };
                let values = values.into_iter().filter(is_value);
                let texts: Option<Vec<Arc<str>>> = values.map(|value| value.as_text()).collect();
                match texts? {
                    texts if texts.is_empty() => Some(Value::Null),
                    texts => Some(Value::text(&texts.join(&*separator))),
                }
            }
            _ => None,
        }
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
            if let Some(list) = inner.set(&target.value) {
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

    /// The rows of `unnest` and `generate_series`, if they are known.
    fn set(self, expr: &Expr) -> Option<Vec<Value>> {
        let ExprKind::Function(call) = &expr.kind else {
            return None;
        };
        let argument = |index: usize| self.value(&call.arguments.get(index)?.value);
        match (&*call.name.name.name, call.arguments.len()) {
            ("unnest", 1) => match argument(0)? {
                Value::List(list) => Some(list),
                Value::Text(text) => simple_array(&text),
                _ => None,
            },
            ("generate_series", 2) => {
                let (from, to) = (argument(0)?, argument(1)?);
                let (Value::Number(from), Value::Number(to)) = (from, to) else {
                    return None;
                };
                let count = usize::try_from(to.checked_sub(from)?).ok();
                if count.is_some_and(|count| count > MAX_ROWS) {
                    return None;
                }
                Some((from..=to).map(Value::Number).collect())
            }
            _ => None,
        }
    }

    /// The calls that are columns of a query or items of its FROM, with their arguments, for each of its rows; nothing if its
    /// rows are not known.
    pub(super) fn calls_of(self, query: &Query) -> Option<Vec<(&FunctionCall, Vec<Known>)>> {
        let QueryBody::Select(select) = &query.body else {
            return None;
        };
        if query.with.is_some() || query.limit.offset.is_some() || query.limit.count.is_some() {
            return None;
        }
        let mut found = Vec::new();
        // A function in FROM is called once.
        let mut items = Vec::new();
        for item in &select.from {
            match &item.kind {
                FromItemKind::Function { functions, .. }
                    if functions.iter().all(|it| !is_set(&it.function)) =>
                {
                    for function in functions {
                        let call = call_of(&function.function)?;
                        found.push((call, self.arguments_of(call)));
                    }
                }
                _ => items.push(item.clone()),
            }
        }
        if items.is_empty() && select.filter.is_none() {
            for target in &select.targets {
                if let Some(call) = call_of(&target.value) {
                    found.push((call, self.arguments_of(call)));
                }
            }
            return Some(found);
        }
        if !is_plain(select) || items.len() != select.from.len() {
            return None;
        }
        let (rows, maybe) = self.selected(select)?;
        if maybe {
            return None;
        }
        for row in &rows {
            let all: Combined = self.rows.iter().chain(row).cloned().collect();
            let inner = Scope { rows: &all, ..self };
            for target in &select.targets {
                if let Some(call) = call_of(&target.value) {
                    found.push((call, inner.arguments_of(call)));
                }
            }
        }
        Some(found)
    }

    fn arguments_of(self, call: &FunctionCall) -> Vec<Known> {
        let arguments = call.arguments.iter();
        arguments
            .map(|argument| self.value(&argument.value))
            .collect()
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
            FromItemKind::Join {
                kind: JoinKind::Left,
                left: first,
                right: second,
                condition,
                ..
            } => {
                for items in self.with_item(left, first)? {
                    let mut is_joined = false;
                    for joined in self.with_item(vec![items.clone()], second)? {
                        if self.joins(condition, &joined)? {
                            is_joined = true;
                            combined.push(joined);
                        }
                    }
                    if !is_joined {
                        let (name, rows) = self.item_rows(second)?;
                        let columns = rows.into_iter().next()?.into_iter();
                        let nulls = columns.map(|(column, _)| (column, Some(Value::Null)));
                        let mut items = items;
                        items.push((name, nulls.collect()));
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
                let list = self.set(&function.function)?;
                let name: Arc<str> = match alias {
                    Some(alias) => alias.name.name.clone(),
                    None => name_of(&function.function),
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

/// Whether an expression is a function of the engine that gives several rows.
fn is_set(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::Function(call)
        if matches!(&*call.name.name.name, "unnest" | "generate_series"))
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
    targets.iter().any(|target| is_aggregate(&target.value))
}

fn is_aggregate(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Cast { value, .. } => is_aggregate(value),
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
    }
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
