//! The rows that an INSERT gives: where they are written in it, or read from a table whose rows are certain.

use crate::ast::{
    CompoundOperator, Expr, ExprKind, FromSource, FunctionArguments, Insert, InsertSource, Query,
    QueryArm, ResultColumn, Select, SelectCore,
};
use crate::catalog::{Relation, Table, TableKind};
use crate::constant::{Names, Value};
use crate::replay::Replay;
use crate::text::Span;

/// A row that is certain to be given.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// In the order in which they are written.
    pub(super) values: Vec<Given>,
    /// The row of another table that it is made from.
    pub(super) from: Option<Span>,
}

/// A value of a row.
#[derive(Debug)]
pub(super) struct Given {
    /// None if it is not certain.
    pub(super) value: Option<Value>,
    /// What gives it.
    pub(super) span: Span,
}

impl Replay {
    /// The rows of an INSERT that are certain, as far as they are known.
    pub(super) fn given_rows(&self, insert: &Insert) -> Vec<Row> {
        match &insert.source {
            InsertSource::DefaultValues => vec![Row::default()],
            InsertSource::Query(query) => {
                let hides_tables = insert.with.is_some() || query.with.is_some();
                self.rows_of(query, hides_tables)
            }
        }
    }

    fn rows_of(&self, query: &Query, hides_tables: bool) -> Vec<Row> {
        let mut operators = query.arms.iter().filter_map(|arm| arm.operator.as_ref());
        let keeps_all = operators.all(|(it, _)| *it == CompoundOperator::UnionAll);
        if query.limit.is_some() || !keeps_all {
            return Vec::new();
        }
        let rows = query.arms.iter().flat_map(|arm| match arm {
            QueryArm {
                core: SelectCore::Values(rows),
                ..
            } => rows.iter().map(|(row, _)| self.written(row)).collect(),
            QueryArm {
                core: SelectCore::Select(select),
                ..
            } if select.from.is_empty() => self.selected(select).into_iter().collect(),
            QueryArm {
                core: SelectCore::Select(select),
                ..
            } if !hides_tables => self.read(select).unwrap_or_default(),
            QueryArm { .. } => Vec::new(),
        });
        rows.collect()
    }

    fn written<'a>(&self, values: impl IntoIterator<Item = &'a Expr>) -> Row {
        let names = Names::Rules(&self.rules);
        let given = |value: &Expr| Given {
            value: names.value(value),
            span: value.span,
        };
        Row {
            values: values.into_iter().map(given).collect(),
            from: None,
        }
    }

    /// The one row of a SELECT without FROM.
    fn selected(&self, select: &Select) -> Option<Row> {
        let is_plain =
            select.filter.is_none() && select.group_by.is_empty() && select.having.is_none();
        let values = select.columns.iter().map(|column| match column {
            ResultColumn::Expr { value, .. } => Some(value),
            ResultColumn::Star(_) | ResultColumn::TableStar(_) => None,
        });
        let values: Vec<&Expr> = values.collect::<Option<_>>().filter(|_| is_plain)?;
        Some(self.written(values))
    }

    /// What a SELECT makes of the certain rows of one table, each by itself.
    fn read(&self, select: &Select) -> Option<Vec<Row>> {
        let [item] = select.from.as_slice() else {
            return None;
        };
        let FromSource::Table { name, .. } = &item.source else {
            return None;
        };
        let Relation::Table(table) = self.find_relation(name)?.object else {
            return None;
        };
        let is_plain = !select.distinct
            && select.group_by.is_empty()
            && select.having.is_none()
            && table.kind == TableKind::Ordinary
            && select.columns.iter().all(is_of_one_row);
        if !is_plain {
            return None;
        }
        let rows = self.seeds.rows(&table);
        let rows = rows.filter_map(|(from, held)| {
            let names = Names::Row {
                table: &table,
                values: &held,
                rules: &self.rules,
            };
            if let Some(filter) = &select.filter
                && names.truth(filter) != Some(Some(true))
            {
                return None;
            }
            let columns = select.columns.iter();
            Some(Row {
                values: columns.flat_map(|it| shown(it, names, &table)).collect(),
                from: Some(from),
            })
        });
        Some(rows.collect())
    }
}

/// What a column of a result holds for a row of a table.
fn shown(column: &ResultColumn, names: Names<'_>, table: &Table) -> Vec<Given> {
    match column {
        ResultColumn::Expr { value, .. } => vec![Given {
            value: names.value(value),
            span: value.span,
        }],
        ResultColumn::Star(span) => all(names, table, *span),
        ResultColumn::TableStar(name) => all(names, table, name.span),
    }
}

fn all(names: Names<'_>, table: &Table, span: Span) -> Vec<Given> {
    let columns = table.columns.iter();
    let given = columns.map(|column| Given {
        value: names.value_of(&column.name),
        span,
    });
    given.collect()
}

/// Whether a column of a result is made of each row by itself: not by an aggregate function.
fn is_of_one_row(column: &ResultColumn) -> bool {
    match column {
        ResultColumn::Star(_) | ResultColumn::TableStar(_) => true,
        ResultColumn::Expr { value, .. } => has_no_aggregate(value),
    }
}

/// Whether an expression is of the kinds in which it is plain that nothing is an aggregate function.
fn has_no_aggregate(value: &Expr) -> bool {
    const OF_ONE_ROW: &[&str] = &[
        "abs",
        "coalesce",
        "date",
        "datetime",
        "hex",
        "ifnull",
        "iif",
        "json",
        "length",
        "lower",
        "nullif",
        "printf",
        "random",
        "randomblob",
        "replace",
        "round",
        "strftime",
        "substr",
        "trim",
        "typeof",
        "unixepoch",
        "upper",
    ];
    match &value.kind {
        ExprKind::Literal(_) | ExprKind::Name(_) | ExprKind::Qualified { .. } => true,
        ExprKind::Parenthesized(inner)
        | ExprKind::IsNull(inner)
        | ExprKind::NotNull(inner)
        | ExprKind::Unary { operand: inner, .. }
        | ExprKind::Cast { value: inner, .. }
        | ExprKind::Collate { value: inner, .. } => has_no_aggregate(inner),
        ExprKind::Binary { left, right, .. } => has_no_aggregate(left) && has_no_aggregate(right),
        ExprKind::Case {
            operand,
            whens,
            otherwise,
        } => {
            let ends = operand.iter().chain(otherwise);
            let mut whens = whens.iter();
            ends.into_iter().all(|it| has_no_aggregate(it))
                && whens.all(|it| has_no_aggregate(&it.condition) && has_no_aggregate(&it.result))
        }
        ExprKind::Function(call) => match &call.arguments {
            FunctionArguments::List(arguments) => {
                let mut names = OF_ONE_ROW.iter();
                names.any(|name| call.name.name.eq_ignore_ascii_case(name))
                    && call.over.is_none()
                    && call.filter.is_none()
                    && arguments.iter().all(has_no_aggregate)
            }
            FunctionArguments::Star => false,
        },
        _ => false,
    }
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
    pub(super) fn in_row<'a>(&self, row: &'a Row, position: usize) -> Option<&'a Given> {
        let place = self.columns.get(position).copied().flatten()?;
        row.values.get(place)
    }
}
