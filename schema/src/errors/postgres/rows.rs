//! Changes of a table that rows stop which the history itself has written.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

/// A new column without a value for the rows that are there.
pub(crate) fn new_column(table: &str, column: &str, span: Span, written: Span) -> Diagnostic {
    let message = format!("column `{column}` has no value for the rows of table `{table}`");
    Diagnostic::new(
        Code::ConstraintFailed,
        message,
        span,
        "NOT NULL without a DEFAULT",
    )
    .with_label(written, "a row is written here")
    .with_help("give it a DEFAULT, or add it without NOT NULL and fill it first")
}

/// NOT NULL for a column that is NULL in a row that is there.
pub(crate) fn null_in_column(table: &str, column: &str, span: Span, null: Span) -> Diagnostic {
    let message = format!("column `{column}` is NULL in a row of table `{table}`");
    Diagnostic::new(
        Code::ConstraintFailed,
        message,
        span,
        "NULL is not allowed from here on",
    )
    .with_label(null, format!("this leaves `{column}` NULL"))
    .with_help(format!(
        "fill it first: `UPDATE {table} SET {column} = … WHERE {column} IS NULL`"
    ))
}
