//! The rows that an INSERT gives: where they are written in it, or read from a table whose rows are certain.

use crate::config;
use crate::sqlite::ast::{
    CompoundOperator, Expr, ExprKind, FromSource, FunctionArguments, Insert, InsertSource, Query,
    QueryArm, ResultColumn, Select, SelectCore,
};
use crate::sqlite::catalog::{Relation, Table, TableKind};
use crate::sqlite::constant::{self, Names, Queries, Value};
use crate::sqlite::replay::Replay;
use crate::text::Span;

/// A row that is certain to be given.
#[derive(Debug, Default)]
pub(in crate::sqlite::replay) struct Row {
    /// In the order in which they are written.
    pub(in crate::sqlite::replay) values: Vec<Given>,
    /// The row of another table that it is made from.
    pub(super) from: Option<Span>,
}

/// A value of a row.
#[derive(Debug)]
pub(in crate::sqlite::replay) struct Given {
    /// None if it is not certain.
    pub(in crate::sqlite::replay) value: Option<Value>,
    /// What gives it.
    pub(in crate::sqlite::replay) span: Span,
}

/// What is certain of the rows that a query gives.
#[derive(Debug, Default)]
pub(in crate::sqlite::replay) struct Rows {
    /// Rows that it gives.
    pub(in crate::sqlite::replay) certain: Vec<Row>,
    /// Whether it gives no others.
    pub(super) are_all: bool,
}

/// What a query can look at.
#[derive(Debug, Clone, Copy)]
enum Within {
    /// The tables of the catalog, and queries within its expressions.
    Statement,
    /// A common table may stand for any of them.
    CommonTables,
    /// It stands in an expression that is looked at once for each row: small tables, and no further queries.
    Expression,
}

/// How many rows a table may have that an expression reads for each row of another.
const SMALL: usize = 100;

impl Rows {
    fn all(certain: Vec<Row>) -> Rows {
        Rows {
            certain,
            are_all: true,
        }
    }

    fn and(mut self, other: Rows) -> Rows {
        self.certain.extend(other.certain);
        self.are_all &= other.are_all;
        self
    }
}

impl Queries for Replay {
    fn exists(&self, query: &Query) -> Option<bool> {
        let rows = self.rows_within(query)?;
        match rows.certain.as_slice() {
            [_, ..] => Some(true),
            [] => rows.are_all.then_some(false),
        }
    }

    fn scalar(&self, query: &Query) -> Option<Value> {
        let rows = self.rows_within(query).filter(|rows| rows.are_all)?;
        match rows.certain.as_slice() {
            [] => Some(Value::Null),
            [row] => row.values.first()?.value.clone(),
            // The first of them is the engine's choice.
            [_, _, ..] => None,
        }
    }
}

impl Replay {
    /// The rows of an INSERT, as far as they are certain.
    pub(in crate::sqlite::replay) fn given_rows(&self, insert: &Insert) -> Rows {
        match &insert.source {
            InsertSource::DefaultValues => Rows::all(vec![Row::default()]),
            InsertSource::Query(query) => {
                let hides_tables = insert.with.is_some() || query.with.is_some();
                let within = match hides_tables {
                    true => Within::CommonTables,
                    false => Within::Statement,
                };
                self.rows_of(query, within)
            }
        }
    }

    /// The rows of a query within an expression.
    fn rows_within(&self, query: &Query) -> Option<Rows> {
        let limit = query.limit.as_ref();
        let has_first = limit.is_none_or(|limit| {
            let count = constant::value(&limit.count);
            limit.offset.is_none() && matches!(count, Some(Value::Integer(1..)))
        });
        // Only the first row counts.
        let is_plain = query.with.is_none() && has_first;
        is_plain.then(|| self.rows_of_arms(query, Within::Expression))
    }

    fn rows_of(&self, query: &Query, within: Within) -> Rows {
        match query.limit {
            Some(_) => Rows::default(),
            None => self.rows_of_arms(query, within),
        }
    }

    fn rows_of_arms(&self, query: &Query, within: Within) -> Rows {
        let mut operators = query.arms.iter().filter_map(|arm| arm.operator.as_ref());
        if operators.any(|(it, _)| *it != CompoundOperator::UnionAll) {
            return Rows::default();
        }
        let of_arm = |arm: &QueryArm| match &arm.core {
            SelectCore::Values(rows) => {
                let rows = rows.iter();
                Rows::all(rows.map(|(row, _)| self.written(row, within)).collect())
            }
            SelectCore::Select(select) if select.from.is_empty() => self.selected(select, within),
            SelectCore::Select(select) => self.read(select, within).unwrap_or_default(),
        };
        let arms = query.arms.iter().map(of_arm);
        arms.fold(Rows::all(Vec::new()), Rows::and)
    }

    /// What is known of queries in the expressions of a query.
    fn queries(&self, within: Within) -> Option<&dyn Queries> {
        match within {
            Within::Statement => Some(self),
            Within::CommonTables | Within::Expression => None,
        }
    }

    fn written<'a>(&self, values: impl IntoIterator<Item = &'a Expr>, within: Within) -> Row {
        let names = Names::Database {
            rules: &self.rules,
            queries: self.queries(within),
        };
        let given = |value: &Expr| Given {
            value: names.value(value),
            span: value.span,
        };
        Row {
            values: values.into_iter().map(given).collect(),
            from: None,
        }
    }

    /// The row of a SELECT without FROM.
    fn selected(&self, select: &Select, within: Within) -> Rows {
        let values = select.columns.iter().map(|column| match column {
            ResultColumn::Expr { value, .. } => Some(value),
            ResultColumn::Star(_) | ResultColumn::TableStar(_) => None,
        });
        let is_plain = select.group_by.is_empty() && select.having.is_none();
        let Some(values) = values.collect::<Option<Vec<&Expr>>>().filter(|_| is_plain) else {
            return Rows::default();
        };
        let names = Names::Database {
            rules: &self.rules,
            queries: self.queries(within),
        };
        match select.filter.as_ref().map(|it| names.truth(it)) {
            None | Some(Some(Some(true))) => Rows::all(vec![self.written(values, within)]),
            // An aggregate gives a row of nothing, too.
            Some(Some(Some(false) | None)) if values.iter().all(|it| has_no_aggregate(it)) => {
                Rows::all(Vec::new())
            }
            Some(_) => Rows::default(),
        }
    }

    /// What a SELECT makes of the certain rows of one table, each by itself.
    fn read(&self, select: &Select, within: Within) -> Option<Rows> {
        let [item] = select.from.as_slice() else {
            return None;
        };
        let FromSource::Table { name, .. } = &item.source else {
            return None;
        };
        let Relation::Table(table) = self.find_relation(name)?.object else {
            return None;
        };
        let counted = counted(select, &self.rules);
        let is_plain = !select.distinct
            && select.group_by.is_empty()
            && select.having.is_none()
            && table.kind == TableKind::Ordinary
            && (counted.is_some() || select.columns.iter().all(is_of_one_row));
        let may_be_read = match within {
            Within::Statement => true,
            Within::CommonTables => false,
            Within::Expression => self.seeds.rows(&table).nth(SMALL).is_none(),
        };
        if !is_plain || !may_be_read {
            return None;
        }
        let mut rows = Rows {
            certain: Vec::new(),
            are_all: self.seeds.are_all(&table),
        };
        for (from, held) in self.seeds.rows(&table) {
            let names = Names::Row {
                table: &table,
                values: &held,
                rules: &self.rules,
                queries: self.queries(within),
                alias: Some(&item.alias.as_ref().unwrap_or(&name.name).name),
            };
            match select.filter.as_ref().map(|it| names.truth(it)) {
                None | Some(Some(Some(true))) => {
                    let columns = select.columns.iter();
                    rows.certain.push(Row {
                        values: columns.flat_map(|it| shown(it, names, &table)).collect(),
                        from: Some(from),
                    });
                }
                Some(Some(Some(false) | None)) => {}
                Some(None) => rows.are_all = false,
            }
        }
        match counted {
            None => Some(rows),
            Some(span) => {
                let count = i64::try_from(rows.certain.len()).ok();
                let value = count.filter(|_| rows.are_all).map(Value::Integer);
                Some(Rows::all(vec![Row {
                    values: vec![Given { value, span }],
                    from: None,
                }]))
            }
        }
    }
}

/// The place of `count(*)`, where it is all that is selected.
fn counted(select: &Select, rules: &config::Rules) -> Option<Span> {
    let [ResultColumn::Expr { value, .. }] = select.columns.as_slice() else {
        return None;
    };
    let ExprKind::Function(call) = &value.kind else {
        return None;
    };
    let is_plain = call.filter.is_none()
        && call.over.is_none()
        && call.arguments == FunctionArguments::Star
        && call.name.name.eq_ignore_ascii_case("count")
        && !rules.is_registered("count");
    is_plain.then_some(value.span)
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
