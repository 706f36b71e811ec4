//! FROM and joins.

use super::invalid;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::sqlite::names::counted;
use crate::text::Span;

pub(crate) fn not_a_function(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::WrongObjectKind,
        format!("`{name}` is not a table-valued function"),
        span,
        "cannot take arguments",
    )
}

pub(crate) fn too_many_table_arguments(span: Span, name: &str, most: usize) -> Diagnostic {
    Diagnostic::new(
        Code::WrongArgumentCount,
        format!("`{name}` takes at most {}", counted(most, "argument")),
        span,
        "one too many",
    )
}

pub(crate) fn natural_with_constraint(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidJoin,
        "a NATURAL join cannot have ON or USING",
        span,
        "NATURAL says which columns are joined",
    )
}

/// `side` is `left` or `right`.
pub(crate) fn using_column_missing(span: Span, name: &str, side: &str) -> Diagnostic {
    Diagnostic::new(
        Code::UnknownColumn,
        format!("no column `{name}` on the {side} side of the join"),
        span,
        "both sides must have it",
    )
}

pub(crate) fn using_column_ambiguous(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::AmbiguousColumn,
        format!("column `{name}` is ambiguous"),
        span,
        "more than one table on the left side of the join has it",
    )
}

pub(crate) fn names_to_the_right(span: Span, argument: bool) -> Diagnostic {
    let place = if argument {
        "an argument of a table-valued function"
    } else {
        "ON of an outer join"
    };
    Diagnostic::new(
        Code::InvalidJoin,
        format!("{place} cannot use a table to its right"),
        span,
        "a column of a table that is joined later",
    )
}

pub(crate) fn too_many_tables(span: Span, most: usize) -> Diagnostic {
    let message = format!("a join can have at most {most} tables");
    Diagnostic::new(Code::LimitExceeded, message, span, "one too many")
}

pub(crate) fn star_without_tables(span: Span) -> Diagnostic {
    invalid(span, "`*` needs FROM", "no tables to show")
}
