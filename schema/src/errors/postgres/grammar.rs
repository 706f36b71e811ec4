//! Expressions, queries and changes of rows that the grammar accepts by its rules and refuses in its actions, or whose
//! refusal needs more words than what was expected.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

fn syntax(message: impl Into<String>, span: Span, label: &str) -> Diagnostic {
    Diagnostic::new(Code::SyntaxError, message, span, label)
}

/// The precision of `float(n)`.
pub(crate) fn float_precision(span: Span, most: i32) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidType,
        format!("the precision of `float` is from 1 to {most} bits"),
        span,
        "",
    )
}

/// `type(name => value) 'text'`
pub(crate) fn named_modifier(span: Span) -> Diagnostic {
    syntax(
        "a type's modifiers have no names",
        span,
        "before a string, this is a type and no function",
    )
}

/// `type(value ORDER BY value) 'text'`
pub(crate) fn ordered_modifiers(span: Span) -> Diagnostic {
    syntax(
        "a type's modifiers have no ORDER BY",
        span,
        "before a string, this is a type and no function",
    )
}

/// `a < b < c`
pub(crate) fn not_associative(span: Span) -> Diagnostic {
    syntax(
        "this operator cannot follow one of its kind",
        span,
        "which of the two comes first is not defined",
    )
    .with_help("put one of the comparisons in parentheses")
}

/// `UNIQUE (SELECT …)`
pub(crate) fn unique_predicate(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidExpression,
        "the engine has no UNIQUE predicate",
        span,
        "",
    )
}

/// `(a, b, c) OVERLAPS (d, e)`
pub(crate) fn overlaps_rows(span: Span) -> Diagnostic {
    syntax("OVERLAPS compares rows of two values", span, "")
        .with_help("write `(start, end) OVERLAPS (start, end)`")
}

/// `a.*.b`
pub(crate) fn misplaced_star(span: Span) -> Diagnostic {
    syntax(
        "`*` can only be the last part of a name",
        span,
        "something follows it",
    )
}

/// `SET a.* = …`
pub(crate) fn assigned_star(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidExpression,
        "`*` cannot be given a value",
        span,
        "expected the name of a field",
    )
}

/// `f(DISTINCT a) WITHIN GROUP (…)`
pub(crate) fn with_within_group(span: Span, clause: &str) -> Diagnostic {
    syntax(
        format!("{clause} cannot be used with WITHIN GROUP"),
        span,
        "",
    )
}

/// `substring(a, b FROM c)`
pub(crate) fn two_syntaxes(span: Span) -> Box<Diagnostic> {
    Box::new(syntax(
        "a call is written either with commas or with words",
        span,
        "expected `)` or `,` after the arguments before it",
    ))
}

/// A frame of a window that ends before it starts.
pub(crate) fn frame(span: Span, why: &str) -> Diagnostic {
    Diagnostic::new(Code::MisusedWindow, why, span, "")
}

/// INTO of a SELECT that is a part of something.
pub(crate) fn misplaced_into(span: Span) -> Diagnostic {
    syntax(
        "INTO cannot stand in a query that is part of a statement",
        span,
        "only a SELECT of its own makes a table",
    )
    .with_help("write `CREATE TABLE … AS SELECT …`")
}

/// A clause that a query in parentheses has already, or an option that is written twice.
pub(crate) fn clause_twice(span: Span, clause: &str) -> Diagnostic {
    syntax(format!("{clause} is written twice"), span, "")
}

/// `FETCH FIRST … WITH TIES` without ORDER BY.
pub(crate) fn ties_without_order(span: Span) -> Diagnostic {
    syntax("WITH TIES needs an ORDER BY", span, "")
}

/// `FETCH FIRST … WITH TIES` with SKIP LOCKED.
pub(crate) fn ties_with_skip_locked(span: Span) -> Diagnostic {
    syntax("SKIP LOCKED cannot be used with WITH TIES", span, "")
}

/// `LIMIT a, b`
pub(crate) fn limit_with_comma(span: Span) -> Diagnostic {
    syntax("LIMIT has one value", span, "expected `OFFSET`")
        .with_help("write `LIMIT count OFFSET start`")
}

/// A query in FROM without a name.
pub(crate) fn subquery_without_alias(span: Span, is_values: bool) -> Diagnostic {
    let what = if is_values { "VALUES" } else { "a query" };
    syntax(
        format!("{what} in FROM needs an alias before PostgreSQL 16"),
        span,
        "",
    )
    .with_help("name it: `… AS name`")
}

/// `ON CONFLICT DO UPDATE` without a target.
pub(crate) fn conflict_without_target(span: Span) -> Diagnostic {
    syntax(
        "DO UPDATE needs to know which conflict",
        span,
        "expected a target between ON CONFLICT and DO",
    )
    .with_help("name the columns of a unique index: `ON CONFLICT (id) DO UPDATE …`")
}

/// WHEN after one of its kind without a condition.
pub(crate) fn unreachable_when(span: Span, earlier: Span) -> Diagnostic {
    syntax(
        "this WHEN clause is never reached",
        span,
        "no row is left for it",
    )
    .with_label(earlier, "this one takes every row of its kind")
}
