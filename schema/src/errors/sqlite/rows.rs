//! Rows that their table does not take, whatever else the database holds.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::sqlite::catalog::{Check, Column, Table};
use crate::sqlite::constant::Value;
use crate::text::{Span, Token, text_of};

fn failed(message: String, span: Span, label: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::ConstraintFailed, message, span, label)
}

/// NULL for a NOT NULL column.
pub(crate) fn null(span: Span, column: &Column, table: &str, required: Span) -> Diagnostic {
    let column = &column.name;
    let message = format!("column `{column}` of table `{table}` cannot be NULL");
    failed(message, span, "NULL")
        .with_label(required, format!("`{column}` needs a value"))
        .with_help(format!("write a value for `{column}`"))
}

/// A NOT NULL column that an INSERT leaves out.
pub(crate) fn left_out(span: Span, column: &Column, table: &str, required: Span) -> Diagnostic {
    let column = &column.name;
    let message = format!("column `{column}` of table `{table}` cannot be NULL");
    failed(message, span, format!("`{column}` gets no value here"))
        .with_label(required, format!("`{column}` needs a value"))
        .with_help(format!(
            "give `{column}` a value here, or a DEFAULT in the table"
        ))
}

/// A value that a STRICT table does not take.
pub(crate) fn refused(span: Span, value: &Value, column: &Column, table: &str) -> Diagnostic {
    let name = &column.name;
    let declared = &column.declared_type;
    let message = format!(
        "{} cannot be stored in {declared} column `{name}` of STRICT table `{table}`",
        value.noun()
    );
    failed(message, span, value.noun()).with_label(column.span, format!("`{name}` is {declared}"))
}

/// A rowid that is no integer.
pub(crate) fn rowid(span: Span, value: &Value, column: &Column, key: Span) -> Diagnostic {
    let name = &column.name;
    let message = format!("`{name}` is the rowid and cannot be {}", value.noun());
    failed(message, span, "an integer is wanted")
        .with_label(key, format!("`{name}` is an INTEGER PRIMARY KEY"))
        .with_help(format!(
            "write an integer, or leave `{name}` out and the engine chooses one"
        ))
}

/// A row that breaks a CHECK.
pub(crate) fn check(span: Span, table: &Table, check: Span) -> Diagnostic {
    let message = format!("this row breaks a CHECK of table `{}`", table.name);
    let broken = table.checks.iter().find(|it| it.span == check);
    failed(message, span, "breaks the check")
        .with_label(check, "the check")
        .with_help(match broken {
            Some(check) => what_passes(table, check),
            None => "write a row that the check lets pass".to_owned(),
        })
}

/// What to write for a CHECK: one of the values that it lists, or what it asks for.
fn what_passes(table: &Table, check: &Check) -> String {
    if let [(column, texts)] = check.one_of.as_slice()
        && let Some(column) = table.columns.get(*column)
        && texts.len() <= MOST_VALUES
    {
        let quoted = texts.iter();
        let quoted: Vec<String> = quoted
            .map(|text| format!("`'{}'`", text.replace('\'', "''")))
            .collect();
        if let [rest @ .., last] = quoted.as_slice()
            && !rest.is_empty()
        {
            return format!("write {} or {last} for `{}`", rest.join(", "), column.name);
        }
    }
    let tokens = table.definition.tokens.iter();
    let of_check = tokens.filter(|token| check.span.contains(token.span));
    let of_check: Vec<Token> = of_check.cloned().collect();
    let open = of_check.iter().position(|token| &*token.text == "(");
    let condition = open.and_then(|open| of_check.get(open + 1..of_check.len() - 1));
    match condition.map(text_of) {
        Some(text) if text.chars().count() <= LONGEST && !text.contains('\n') => {
            format!("write a row for which `{text}` holds")
        }
        Some(_) | None => "write a row that the check lets pass".to_owned(),
    }
}

/// The longest condition that is repeated, in characters.
const LONGEST: usize = 80;

/// As many values are named.
const MOST_VALUES: usize = 12;

/// A row that repeats another one. `columns` are in backticks.
pub(crate) fn repeated(
    span: Span,
    columns: &str,
    table: &str,
    first: Span,
    constraint: Span,
) -> Diagnostic {
    let message = format!("this row repeats {columns}, unique in table `{table}`");
    failed(message, span, "the same again")
        .with_label(first, "the row that is there")
        .with_label(constraint, "unique here")
        .with_help("write another value, or leave the row out")
}

/// What makes the finding of a lint, which is about rows that may be there, an error: a row that is there.
pub(crate) fn certain(finding: Diagnostic, row: Span) -> Diagnostic {
    Diagnostic {
        code: Code::ConstraintFailed,
        severity: Severity::Error,
        ..finding
    }
    .with_label(row, "a row that is there")
}

/// LIMIT or OFFSET of something that is no integer.
pub(crate) fn limit(clause: &str, span: Span, value: &Value) -> Diagnostic {
    let message = format!("{clause} cannot be {}", value.noun());
    Diagnostic::new(Code::InvalidLimit, message, span, "an integer is wanted")
}
