//! Functions and how they are called.

use super::invalid;
use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

pub(crate) fn aggregate_here(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedAggregate,
        format!("aggregate function `{name}` cannot be called here"),
        span,
        "no group of rows to work on",
    )
}

pub(crate) fn aggregate_alias(span: Span, alias: &str) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedAggregate,
        format!("`{alias}` calls an aggregate function and cannot be used here"),
        span,
        "no group of rows to work on",
    )
}

pub(crate) fn aggregate_in_group_by(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedAggregate,
        "GROUP BY cannot use aggregate functions",
        span,
        "an aggregate function",
    )
}

pub(crate) fn distinct_arguments(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedAggregate,
        "DISTINCT in an aggregate function takes exactly one argument",
        span,
        "another number of arguments",
    )
}

pub(crate) fn having_without_aggregate(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedAggregate,
        "HAVING needs GROUP BY or an aggregate function",
        span,
        "the query has neither",
    )
    .with_help("write the condition in WHERE")
}

pub(crate) fn not_a_window_function(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedWindow,
        format!("`{name}` is not a window function"),
        span,
        "cannot take OVER",
    )
}

pub(crate) fn window_function_without_over(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedWindow,
        format!("window function `{name}` needs OVER"),
        span,
        "called without OVER",
    )
    .with_help("write `OVER (…)` after it")
}

pub(crate) fn window_function_here(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedWindow,
        format!("window function `{name}` cannot be called here"),
        span,
        "only the columns and ORDER BY of a query may call it",
    )
}

pub(crate) fn window_alias(span: Span, alias: &str) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedWindow,
        format!("`{alias}` calls a window function and cannot be used here"),
        span,
        "only the columns and ORDER BY of a query may call it",
    )
}

pub(crate) fn window_in_group_by(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedWindow,
        "GROUP BY cannot use window functions",
        span,
        "a window function",
    )
}

pub(crate) fn filter_on_scalar(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedAggregate,
        format!("`{name}` is not an aggregate function"),
        span,
        "cannot take FILTER",
    )
}

pub(crate) fn filter_on_window_function(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedWindow,
        format!("window function `{name}` cannot take FILTER"),
        span,
        "only aggregate functions take it",
    )
}

pub(crate) fn order_by_on_scalar(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedAggregate,
        format!("`{name}` is not an aggregate function"),
        span,
        "cannot take ORDER BY among its arguments",
    )
}

pub(crate) fn window_override(span: Span, base: &str, what: &str, declared: Span) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedWindow,
        format!("a window cannot change {what} of window `{base}`"),
        span,
        "extended here",
    )
    .with_label(declared, "the window is defined here")
}

pub(crate) fn range_needs_order(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedWindow,
        "RANGE with an offset needs ORDER BY with exactly one term",
        span,
        "nothing to count by",
    )
}

pub(crate) fn no_operator_function(span: Span, name: &str) -> Diagnostic {
    let operator = name.to_ascii_uppercase();
    Diagnostic::new(
        Code::UnknownFunction,
        format!("operator {operator} needs a function `{name}`, which SQLite does not have"),
        span,
        "no such function",
    )
    .with_help("if the application registers it, list it in `functions` of `tablature.toml`")
}

pub(crate) fn likelihood(span: Span) -> Diagnostic {
    invalid(
        span,
        "the second argument of `likelihood` must be a literal between 0.0 and 1.0",
        "not such a literal",
    )
}

pub(crate) fn raise_outside_trigger(span: Span) -> Diagnostic {
    invalid(span, "RAISE can stand in triggers only", "not in a trigger")
}
