//! Queries and common tables.

use crate::diagnostic::{Code, Diagnostic};
use crate::errors::sqlite::names::counted;
use crate::sqlite::ast::CompoundOperator;
use crate::text::Span;

// Queries.

pub(crate) fn too_many_columns(span: Span, most: usize) -> Diagnostic {
    let message = format!("a query can have at most {most} columns");
    Diagnostic::new(Code::LimitExceeded, message, span, "too many columns")
}

pub(crate) fn nested_too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::LimitExceeded,
        "subqueries are nested too deep",
        span,
        "too many tables within this one",
    )
}

pub(crate) fn compound_width(
    span: Span,
    operator: CompoundOperator,
    left: usize,
    right: usize,
) -> Diagnostic {
    let operator = match operator {
        CompoundOperator::Union => "UNION",
        CompoundOperator::UnionAll => "UNION ALL",
        CompoundOperator::Except => "EXCEPT",
        CompoundOperator::Intersect => "INTERSECT",
    };
    Diagnostic::new(
        Code::WrongColumnCount,
        format!("the queries that {operator} joins have different numbers of columns"),
        span,
        format!("{left} before it, {right} after it"),
    )
}

pub(crate) fn values_width(span: Span, wanted: usize, count: usize) -> Diagnostic {
    Diagnostic::new(
        Code::WrongValueCount,
        "the rows of VALUES have different numbers of values",
        span,
        format!(
            "{} here, {wanted} in the first row",
            counted(count, "value")
        ),
    )
}

pub(crate) fn order_position(span: Span, position: i64, count: usize, clause: &str) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidOrderTerm,
        format!("{clause} has no column {position} to go by"),
        span,
        format!("the query has {}", counted(count, "column")),
    )
}

pub(crate) fn order_term_matches_nothing(span: Span, number: usize) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidOrderTerm,
        format!("term {number} of ORDER BY is no column of the compound query"),
        span,
        "not among the columns of its arms",
    )
    .with_help("write the position of the column, or wrap the compound query in a subquery")
}

// Common tables.

pub(crate) fn circular_common_table(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidCommonTable,
        format!("common table `{name}` needs itself to begin with"),
        span,
        "a circular reference",
    )
    .with_note(
        "a recursive table is `SELECT … UNION ALL SELECT … FROM itself`; only the second part may name it, in FROM",
    )
}

pub(crate) fn second_recursive_reference(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidCommonTable,
        format!("recursive table `{name}` is named more than once"),
        span,
        "the second reference",
    )
}

pub(crate) fn recursive_aggregate(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidCommonTable,
        "the recursive part of a common table cannot use aggregate functions",
        span,
        "an aggregate query",
    )
}

pub(crate) fn recursive_window(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidCommonTable,
        "the recursive part of a common table cannot use window functions",
        span,
        "calls a window function",
    )
}

pub(crate) fn common_table_width(
    span: Span,
    name: &str,
    listed: usize,
    count: usize,
) -> Diagnostic {
    Diagnostic::new(
        Code::WrongColumnCount,
        format!(
            "common table `{name}` lists {} for {count}",
            counted(listed, "name")
        ),
        span,
        format!("its query has {}", counted(count, "column")),
    )
}
