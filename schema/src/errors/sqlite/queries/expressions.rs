//! Values, rows of values, and what may not stand in a definition.

use super::invalid;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::sqlite::names::counted;
use crate::sqlite::resolve::DefinitionKind;
use crate::text::Span;

// Values and rows of values.

const ROW_OF_VALUES: &str = "a row of values cannot stand here";

pub(crate) fn row_value(span: Span) -> Diagnostic {
    invalid(span, ROW_OF_VALUES, "one value is wanted")
}

/// Whether a mistake is that of [`row_value`].
pub(crate) fn is_about_a_row(mistake: &Diagnostic) -> bool {
    mistake.message == ROW_OF_VALUES
}

pub(crate) fn comparison_width(span: Span, left: usize, right: usize) -> Diagnostic {
    Diagnostic::new(
        Code::WrongColumnCount,
        format!("{} cannot be compared with {right}", counted(left, "value")),
        span,
        "both sides must have the same number of values",
    )
}

pub(crate) fn subquery_width(span: Span, count: usize, wanted: usize) -> Diagnostic {
    Diagnostic::new(
        Code::WrongColumnCount,
        format!("the subquery returns {}", counted(count, "column")),
        span,
        format!("{} wanted", counted(wanted, "column")),
    )
}

pub(crate) fn in_table_width(span: Span, table: &str, count: usize, wanted: usize) -> Diagnostic {
    Diagnostic::new(
        Code::WrongColumnCount,
        format!("table `{table}` has {}", counted(count, "column")),
        span,
        format!("{} wanted", counted(wanted, "column")),
    )
    .with_help(format!(
        "write a subquery, as in `IN (SELECT column_name FROM {table})`"
    ))
}

pub(crate) fn assigned_width(span: Span, columns: usize, values: usize) -> Diagnostic {
    Diagnostic::new(
        Code::WrongValueCount,
        format!(
            "{} cannot be set to {}",
            counted(columns, "column"),
            counted(values, "value")
        ),
        span,
        format!("{} wanted", counted(columns, "value")),
    )
}

pub(crate) fn hexadecimal_too_big(span: Span) -> Diagnostic {
    invalid(
        span,
        "the hexadecimal literal is too big",
        "more than 64 bits",
    )
}

// What may not stand in a definition.

/// `what` begins with an article, and so does `place`.
pub(crate) fn not_allowed(span: Span, what: &str, place: &str) -> Diagnostic {
    invalid(
        span,
        format!("{what} cannot stand in {place}"),
        "not allowed here",
    )
}

pub(crate) fn not_deterministic(span: Span, name: &str, place: &str) -> Diagnostic {
    invalid(
        span,
        format!("`{name}` cannot be used in {place}"),
        "does not always give the same result",
    )
}

pub(crate) fn qualified_name(span: Span, column: &str, place: &str) -> Diagnostic {
    invalid(
        span,
        format!("a column in {place} cannot be qualified"),
        "a table before the column",
    )
    .with_help(format!("write `{column}`"))
}

pub(crate) fn direct_only(span: Span, name: &str) -> Diagnostic {
    invalid(
        span,
        format!("`{name}` cannot be used by the schema"),
        "only statements may use it",
    )
}

pub(crate) fn parameter_in_definition(span: Span, kind: DefinitionKind) -> Diagnostic {
    let (code, noun) = definition(kind);
    let message = format!("a {noun} cannot have parameters");
    Diagnostic::new(code, message, span, "a parameter")
}

pub(crate) fn foreign_database(
    span: Span,
    database: &str,
    home: &str,
    kind: DefinitionKind,
) -> Diagnostic {
    let (code, noun) = definition(kind);
    let message = format!("a {noun} in `{home}` cannot refer to database `{database}`");
    Diagnostic::new(code, message, span, "another database")
        .with_help(format!("make it a TEMP {noun}"))
}

fn definition(kind: DefinitionKind) -> (Code, &'static str) {
    match kind {
        DefinitionKind::View => (Code::InvalidView, "view"),
        DefinitionKind::Trigger => (Code::InvalidTrigger, "trigger"),
    }
}

pub(crate) fn default_not_constant(span: Span, column: &str, declared: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidDefault,
        format!("the default of column `{column}` is not constant"),
        span,
        "differs from row to row",
    )
    .with_label(declared, "the column")
}
