//! The columns that a query returns, and which of them can be NULL.

use crate::postgres::catalog::Catalog;
use crate::postgres::tree::{
    Column, Command, Expr, FromItem, JoinKind, Origin, Query, RangeKind, SetOperand, SetOperation,
    SubLinkKind, Target,
};
use crate::postgres::types::{Objects as _, ValueType};
use std::sync::Arc;

/// A column that a query returns.
#[derive(Debug, Clone, PartialEq)]
pub struct OutputColumn {
    /// Its name.
    pub name: Arc<str>,
    /// Its type; [`UNKNOWN`](crate::postgres::tree::UNKNOWN) where a mistake keeps from knowing it.
    pub typed: ValueType,
    /// Whether it can be NULL, as far as that is known.
    pub nullable: bool,
    /// The column of a table that it is.
    pub origin: Option<Origin>,
}

/// Queries in queries, as deep as they are looked into.
const DEEPEST: usize = 32;

/// The columns that a query returns.
pub(super) fn output_columns(catalog: &Catalog, query: &Query) -> Vec<OutputColumn> {
    returned(query)
        .map(|target| OutputColumn {
            name: target.name.clone().unwrap_or_default(),
            typed: target.expression.value_type(),
            nullable: target_nullable(catalog, query, target, 0),
            origin: target.origin,
        })
        .collect()
}

fn returned(query: &Query) -> impl Iterator<Item = &Target> {
    let targets = match query.command {
        Command::Select => &query.targets,
        Command::Insert | Command::Update | Command::Delete | Command::Merge => &query.returning,
    };
    targets.iter().filter(|target| !target.junk)
}

fn target_nullable(catalog: &Catalog, query: &Query, target: &Target, depth: usize) -> bool {
    if depth > DEEPEST {
        return true;
    }
    match &query.set_operation {
        Some(operation) => {
            let position = usize::try_from(target.number)
                .unwrap_or(0)
                .saturating_sub(1);
            operation_nullable(catalog, query, operation, position, depth)
        }
        None => nullable(catalog, query, &target.expression, depth),
    }
}

fn operation_nullable(
    catalog: &Catalog,
    query: &Query,
    operation: &SetOperation,
    position: usize,
    depth: usize,
) -> bool {
    let side = |operand: &SetOperand| match operand {
        SetOperand::Entry(entry) => column_of_entry(catalog, query, *entry, position, depth),
        SetOperand::Operation(operation) => {
            operation_nullable(catalog, query, operation, position, depth)
        }
    };
    side(&operation.left) || side(&operation.right)
}

fn column_of_entry(
    catalog: &Catalog,
    query: &Query,
    entry: usize,
    position: usize,
    depth: usize,
) -> bool {
    match query.range_table.get(entry).map(|it| &it.kind) {
        Some(RangeKind::Subquery { query, .. }) => match returned(query).nth(position) {
            Some(target) => target_nullable(catalog, query, target, depth + 1),
            None => true,
        },
        _ => true,
    }
}

fn nullable(catalog: &Catalog, query: &Query, expression: &Expr, depth: usize) -> bool {
    let any = |list: &[Expr]| list.iter().any(|it| nullable(catalog, query, it, depth));
    match expression {
        Expr::Column(column) => column_nullable(catalog, query, *column, depth),
        Expr::Constant(constant) => constant.value.is_none(),
        Expr::Boolean(_, operands) => any(operands),
        Expr::Relabel(it) | Expr::Io(it) | Expr::ToDomain(it) | Expr::ConvertRow(it) => {
            nullable(catalog, query, &it.operand, depth)
        }
        Expr::ArrayCoercion(it) => nullable(catalog, query, &it.operand, depth),
        Expr::Collate(it) => nullable(catalog, query, &it.operand, depth),
        Expr::Coalesce(it) => it
            .arguments
            .iter()
            .all(|it| nullable(catalog, query, it, depth)),
        Expr::MinMax(it) => it
            .arguments
            .iter()
            .all(|it| nullable(catalog, query, it, depth)),
        Expr::Case(it) => {
            let mut results = it.branches.iter().map(|branch| &branch.result);
            results.any(|it| nullable(catalog, query, it, depth))
                || nullable(catalog, query, &it.otherwise, depth)
        }
        Expr::Operator(call) => {
            let name = catalog
                .operator(call.operator)
                .map(|it| it.name.to_string());
            let total = name.is_some_and(|name| {
                matches!(
                    name.as_str(),
                    "=" | "<>"
                        | "<"
                        | "<="
                        | ">"
                        | ">="
                        | "+"
                        | "-"
                        | "*"
                        | "/"
                        | "%"
                        | "||"
                        | "~~"
                        | "!~~"
                        | "~~*"
                        | "!~~*"
                        | "~"
                        | "~*"
                        | "!~"
                        | "!~*"
                        | "@>"
                        | "<@"
                        | "&&"
                )
            });
            !(call.operator.is_builtin() && total) || any(&call.arguments)
        }
        Expr::Aggregate(call) => {
            let name = catalog
                .function(call.function)
                .map(|it| it.name.to_string());
            !(call.function.is_builtin() && name.as_deref() == Some("count"))
        }
        Expr::Window(call) => {
            let name = catalog
                .function(call.function)
                .map(|it| it.name.to_string());
            let total = name.is_some_and(|name| {
                matches!(
                    name.as_str(),
                    "count"
                        | "row_number"
                        | "rank"
                        | "dense_rank"
                        | "percent_rank"
                        | "cume_dist"
                        | "ntile"
                )
            });
            !(call.function.is_builtin() && total)
        }
        Expr::Function(call) => {
            let name = catalog
                .function(call.function)
                .map(|it| it.name.to_string());
            let total = name.is_some_and(|name| {
                matches!(
                    name.as_str(),
                    "now"
                        | "gen_random_uuid"
                        | "nextval"
                        | "random"
                        | "clock_timestamp"
                        | "statement_timestamp"
                        | "transaction_timestamp"
                        | "lower"
                        | "upper"
                        | "length"
                        | "concat"
                        | "jsonb_build_object"
                        | "json_build_object"
                        | "jsonb_build_array"
                        | "json_build_array"
                        | "varchar"
                        | "bpchar"
                        | "numeric"
                        | "int4"
                        | "int8"
                        | "int2"
                        | "float8"
                        | "float4"
                        | "timestamptz"
                        | "timestamp"
                        | "date"
                        | "md5"
                        | "trunc"
                        | "round"
                        | "abs"
                        | "floor"
                        | "ceil"
                )
            });
            !(call.function.is_builtin() && total) || any(&call.arguments)
        }
        Expr::Distinct(_)
        | Expr::NullTest(_)
        | Expr::BooleanTest(_)
        | Expr::Grouping(_)
        | Expr::Array(_)
        | Expr::Row(_)
        | Expr::SqlValue(_)
        | Expr::CurrentOf(_) => false,
        Expr::SubLink(link) => match link.kind {
            SubLinkKind::Exists | SubLinkKind::Array => false,
            SubLinkKind::All
            | SubLinkKind::Any
            | SubLinkKind::Scalar
            | SubLinkKind::MultipleAssignment => true,
        },
        Expr::ArrayComparison(it) => {
            nullable(catalog, query, &it.value, depth) || nullable(catalog, query, &it.array, depth)
        }
        Expr::RowComparison(it) => any(&it.left) || any(&it.right),
        Expr::Named(it) => nullable(catalog, query, &it.argument, depth),
        Expr::Parameter(_)
        | Expr::NullIf(_)
        | Expr::Subscripts(_)
        | Expr::FieldSelect(_)
        | Expr::FieldStore(_)
        | Expr::CaseTest(_)
        | Expr::Xml(_)
        | Expr::DomainValue(_)
        | Expr::Default(_)
        | Expr::Unknown => true,
    }
}

fn column_nullable(catalog: &Catalog, query: &Query, column: Column, depth: usize) -> bool {
    if column.levels_up > 0 || depth > DEEPEST || !query.grouping_sets.is_empty() {
        return true;
    }
    if query
        .from
        .iter()
        .any(|item| is_optional(item, column.entry, false))
    {
        return true;
    }
    let position = usize::try_from(column.number)
        .ok()
        .and_then(|it| it.checked_sub(1));
    match query.range_table.get(column.entry).map(|it| &it.kind) {
        Some(RangeKind::Relation { relation, .. }) => {
            let Some(relation) = catalog.relation(*relation) else {
                return true;
            };
            if column.number <= 0 {
                return false;
            }
            if let Some(view) = relation.view().and_then(|it| it.query.as_deref())
                && let Some(position) = position
                && let Some(target) = returned(view).nth(position)
            {
                return target_nullable(catalog, view, target, depth + 1);
            }
            relation
                .column_at(column.number)
                .is_none_or(|it| !it.not_null)
        }
        Some(RangeKind::Subquery { .. }) => match position {
            Some(position) => column_of_entry(catalog, query, column.entry, position, depth),
            None => false,
        },
        Some(RangeKind::Join(join)) => match position.and_then(|at| join.columns.get(at)) {
            Some(value) => nullable(catalog, query, value, depth + 1),
            None => true,
        },
        Some(RangeKind::Values { rows, .. }) => rows.iter().any(|row| {
            position
                .and_then(|at| row.get(at))
                .is_none_or(|it| nullable(catalog, query, it, depth + 1))
        }),
        Some(RangeKind::CommonTable {
            name, levels_up: 0, ..
        }) => {
            let mut tables = query.common_tables.iter();
            let table = tables.find(|it| it.name == *name && !it.recursive);
            let target =
                table.and_then(|table| Some((table, returned(&table.query).nth(position?)?)));
            match target {
                Some((table, target)) => target_nullable(catalog, &table.query, target, depth + 1),
                None => true,
            }
        }
        Some(
            RangeKind::Function { .. }
            | RangeKind::TableFunction(_)
            | RangeKind::CommonTable { .. }
            | RangeKind::TransitionTable { .. }
            | RangeKind::Unknown,
        )
        | None => true,
    }
}

/// Whether an entry stands on a side of an outer join that can be missing.
fn is_optional(item: &FromItem, entry: usize, optional: bool) -> bool {
    match item {
        FromItem::Entry(other) => *other == entry && optional,
        FromItem::Join(join) => {
            let (left, right) = match join.kind {
                JoinKind::Inner => (false, false),
                JoinKind::Left => (false, true),
                JoinKind::Right => (true, false),
                JoinKind::Full => (true, true),
            };
            is_optional(&join.left, entry, optional || left)
                || is_optional(&join.right, entry, optional || right)
        }
    }
}
