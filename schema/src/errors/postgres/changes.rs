//! Changes of rows, and what functions in SQL return.

use super::departed::with_near;
use super::queries::{counted, listed, written};
use crate::diagnostic::{Code, Diagnostic};
use crate::postgres::ast::{Ident, QualifiedName};
use crate::postgres::catalog::Near;
use crate::postgres::tree::Command;
use crate::text::Span;

fn invalid(span: Span, message: impl Into<String>, label: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::InvalidExpression, message, span, label)
}

fn not_written(span: Span, message: impl Into<String>, label: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::NotWritable, message, span, label)
}

fn verb(command: Command) -> &'static str {
    match command {
        Command::Select => "read",
        Command::Insert => "inserted into",
        Command::Update => "updated",
        Command::Delete => "deleted from",
        Command::Merge => "merged into",
    }
}

pub(crate) fn change_of_common_table(name: &QualifiedName, command: Command) -> Diagnostic {
    let message = format!(
        "`{}` is a table of WITH and cannot be {}",
        name.name.name,
        verb(command)
    );
    not_written(name.span, message, "only read")
}

pub(crate) fn not_writable(name: &QualifiedName, kind: &str) -> Diagnostic {
    let message = format!(
        "{kind} `{}` cannot be changed by a statement",
        written(name)
    );
    not_written(name.span, message, format!("a {kind}"))
}

pub(crate) fn view_not_writable(
    span: Span,
    name: &str,
    command: Command,
    reason: &str,
    declared: Option<Span>,
) -> Diagnostic {
    let message = format!(
        "view `{name}` cannot be {}: its query has {reason}",
        verb(command)
    );
    let diagnostic = not_written(span, message, "a view");
    let diagnostic = match declared {
        Some(declared) => diagnostic.with_label(declared, "the view is declared here"),
        None => diagnostic,
    };
    diagnostic.with_help("write to the table itself, or give the view an INSTEAD OF trigger")
}

pub(crate) fn view_column_not_writable(span: Span, column: &str, view: &str) -> Diagnostic {
    let message = format!(
        "column `{column}` of view `{view}` is no column of a table and cannot be written to"
    );
    not_written(span, message, "computed")
}

pub(crate) fn system_column(name: &Ident) -> Diagnostic {
    let message = format!("system column `{}` cannot be given a value", name.name);
    not_written(name.span, message, "a system column")
}

pub(crate) fn default_for_part(span: Span) -> Diagnostic {
    invalid(
        span,
        "a part of a column has no DEFAULT",
        "a part of a column",
    )
}

pub(crate) fn no_fields(field: &Ident, type_name: &str) -> Diagnostic {
    let message = format!("type `{type_name}` has no fields");
    Diagnostic::new(Code::UnknownColumn, message, field.span, "no row")
}

pub(crate) fn no_field(field: &Ident, type_name: &str) -> Diagnostic {
    let message = format!("type `{type_name}` has no field `{}`", field.name);
    Diagnostic::new(Code::UnknownColumn, message, field.span, "no such field")
}

pub(crate) fn wrong_type(
    span: Span,
    column: Option<&str>,
    source: &str,
    target: &str,
    cast: Option<&str>,
) -> Diagnostic {
    let message = match column {
        Some(column) => {
            format!("column `{column}` is of type `{target}`, and the value of type `{source}`")
        }
        None => format!("a value of type `{target}` is wanted, and this is of type `{source}`"),
    };
    let diagnostic = invalid(span, message, format!("of type `{source}`"));
    match cast {
        Some("boolean") if source == "integer" => {
            diagnostic.with_help("write `true` or `false` in place of a number")
        }
        Some(cast) => diagnostic.with_help(format!("cast it: `…::{cast}`")),
        None => diagnostic,
    }
}

pub(crate) fn column_twice(name: &Ident, first: Span) -> Diagnostic {
    let message = format!("column `{}` is listed twice", name.name);
    Diagnostic::new(Code::DuplicateColumn, message, name.span, "again")
        .with_label(first, "here first")
}

pub(crate) fn assigned_twice(name: &Ident, first: Span) -> Diagnostic {
    let message = format!("column `{}` is given two values", name.name);
    Diagnostic::new(Code::DuplicateColumn, message, name.span, "again")
        .with_label(first, "here first")
}

pub(crate) fn too_many_values(
    span: Span,
    table: &QualifiedName,
    count: usize,
    columns: usize,
) -> Diagnostic {
    let message = format!(
        "INSERT into `{}` has {} for {}",
        written(table),
        counted(count, "value"),
        counted(columns, "column")
    );
    Diagnostic::new(
        Code::WrongValueCount,
        message,
        span,
        "more values than columns",
    )
}

pub(crate) fn too_many_merge_values(span: Span, count: usize, columns: usize) -> Diagnostic {
    let message = format!(
        "INSERT of MERGE has {} for {}",
        counted(count, "value"),
        counted(columns, "column")
    );
    Diagnostic::new(
        Code::WrongValueCount,
        message,
        span,
        "more values than columns",
    )
}

pub(crate) fn too_few_values(span: Span, values: Span, count: usize, columns: usize) -> Diagnostic {
    let message = format!(
        "INSERT has {} for {}",
        counted(count, "value"),
        counted(columns, "column")
    );
    let diagnostic = Diagnostic::new(
        Code::WrongValueCount,
        message,
        span,
        "a column without a value",
    );
    match values == span {
        true => diagnostic,
        false => diagnostic.with_label(values, format!("{} here", counted(count, "value"))),
    }
}

pub(crate) fn generated_value(
    span: Span,
    column: &str,
    identity: bool,
    declared: Option<Span>,
) -> Diagnostic {
    let message = match identity {
        true => format!("column `{column}` is GENERATED ALWAYS AS IDENTITY and takes no value"),
        false => format!("column `{column}` is generated and takes no value"),
    };
    let diagnostic = not_written(span, message, "only DEFAULT can stand here");
    let diagnostic = match declared {
        Some(declared) => diagnostic.with_label(declared, "the column is declared here"),
        None => diagnostic,
    };
    match identity {
        true => diagnostic.with_help("write `OVERRIDING SYSTEM VALUE` before VALUES"),
        false => diagnostic.with_help("leave the column out"),
    }
}

pub(crate) fn generated_update(
    span: Span,
    column: &str,
    identity: bool,
    declared: Option<Span>,
) -> Diagnostic {
    let message = match identity {
        true => format!(
            "column `{column}` is GENERATED ALWAYS AS IDENTITY and can only be set to DEFAULT"
        ),
        false => format!("column `{column}` is generated and can only be set to DEFAULT"),
    };
    let diagnostic = not_written(span, message, "not DEFAULT");
    match declared {
        Some(declared) => diagnostic.with_label(declared, "the column is declared here"),
        None => diagnostic,
    }
}

fn failed(
    span: Span,
    message: impl Into<String>,
    label: impl Into<String>,
    declared: Option<Span>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::ConstraintFailed, message, span, label);
    match declared {
        Some(declared) => diagnostic.with_label(declared, "the column is declared here"),
        None => diagnostic,
    }
}

pub(crate) fn null_value(span: Span, column: &str, declared: Option<Span>) -> Diagnostic {
    failed(
        span,
        format!("column `{column}` is NOT NULL"),
        "NULL",
        declared,
    )
}

pub(crate) fn null_default(span: Span, column: &str, declared: Option<Span>) -> Diagnostic {
    let message = format!("column `{column}` is NOT NULL and has no default");
    failed(span, message, "DEFAULT is NULL here", declared)
}

pub(crate) fn no_value(
    span: Span,
    table: &str,
    column: &str,
    declared: Option<Span>,
) -> Diagnostic {
    let message = format!(
        "INSERT into `{table}` gives no value for column `{column}`, which is NOT NULL and has no default"
    );
    failed(span, message, format!("`{column}` is missing"), declared)
}

pub(crate) fn assigned_width(span: Span, columns: usize, values: usize) -> Diagnostic {
    let message = format!(
        "{} cannot be given {}",
        counted(columns, "column"),
        counted(values, "value")
    );
    Diagnostic::new(
        Code::WrongValueCount,
        message,
        span,
        "another number of values",
    )
}

pub(crate) fn assigned_no_row(span: Span) -> Diagnostic {
    invalid(
        span,
        "several columns are given values by a subquery or by ROW(…)",
        "neither of them",
    )
}

pub(crate) fn unreachable_when(span: Span, first: Span) -> Diagnostic {
    invalid(span, "this WHEN can never be reached", "for the same rows")
        .with_label(first, "this one takes all of them")
}

pub(crate) fn merge_of(name: &QualifiedName, kind: &str) -> Diagnostic {
    let message = format!("{kind} `{}` cannot be merged into", written(name));
    not_written(name.span, message, format!("a {kind}"))
}

pub(crate) fn merge_with_rules(name: &QualifiedName) -> Diagnostic {
    let message = format!("`{}` has rules and cannot be merged into", written(name));
    not_written(name.span, message, "has rules")
}

fn conflict(span: Span, message: impl Into<String>, label: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::InvalidConflictTarget, message, span, label)
}

pub(crate) fn conflict_without_target(span: Span) -> Diagnostic {
    conflict(
        span,
        "DO UPDATE needs the columns that conflict",
        "no columns",
    )
    .with_help("write `ON CONFLICT (column) DO UPDATE …`")
}

pub(crate) fn ordered_conflict_target(span: Span) -> Diagnostic {
    conflict(span, "columns of ON CONFLICT have no order", "an order")
}

pub(crate) fn no_arbiter(span: Span, table: &str, keys: &[String]) -> Diagnostic {
    let message = format!("no unique index of `{table}` is on exactly these columns");
    let diagnostic = conflict(span, message, "no unique index");
    match keys.is_empty() {
        true => diagnostic.with_note(format!("`{table}` has no unique index that could be named")),
        false => {
            let keys: Vec<String> = keys.iter().map(|it| format!("({it})")).collect();
            diagnostic.with_note(format!("there are unique indexes on {}", listed(&keys)))
        }
    }
}

pub(crate) fn unknown_constraint(
    name: &Ident,
    table: &str,
    near: Option<Near>,
    is_index: bool,
) -> Diagnostic {
    let message = format!("`{table}` has no constraint `{}` at this point", name.name);
    let diagnostic = Diagnostic::new(
        Code::UnknownConstraint,
        message,
        name.span,
        "no such constraint",
    );
    match (is_index, near) {
        (true, _) => diagnostic
            .with_note("an index of this name is there, but no constraint")
            .with_help("list its columns: `ON CONFLICT (…)`"),
        (false, near) => with_near(diagnostic, near),
    }
}

pub(crate) fn constraint_without_index(name: &Ident) -> Diagnostic {
    let message = format!("constraint `{}` has no unique index", name.name);
    conflict(name.span, message, "neither PRIMARY KEY nor UNIQUE")
}

pub(crate) fn conflict_on_exclusion(name: &Ident) -> Diagnostic {
    let message = "DO UPDATE does not go with an EXCLUDE constraint";
    conflict(name.span, message, "an EXCLUDE constraint")
}

pub(crate) fn deferrable_arbiter(name: &Ident) -> Diagnostic {
    let message = format!(
        "constraint `{}` is DEFERRABLE and cannot decide on conflicts",
        name.name
    );
    conflict(name.span, message, "may be checked later")
}

pub(crate) fn body_without_result(span: Span, wanted: &str) -> Diagnostic {
    let message = format!(
        "the function is declared to return `{wanted}`, and its last statement returns nothing"
    );
    invalid(span, message, "nothing returns it")
        .with_help("end it with SELECT, or with a change of rows that has RETURNING")
}

pub(crate) fn body_width(span: Span, wanted: &str, columns: usize, count: usize) -> Diagnostic {
    let message = format!(
        "the function is declared to return `{wanted}`, which is {}, and its last statement returns {count}",
        counted(columns, "column")
    );
    Diagnostic::new(
        Code::WrongColumnCount,
        message,
        span,
        "another number of columns",
    )
}

pub(crate) fn body_type(
    span: Span,
    wanted: &str,
    column: &str,
    source: &str,
    target: &str,
) -> Diagnostic {
    let message = format!(
        "the function is declared to return `{wanted}`, and its last statement returns `{source}` where `{target}` is wanted"
    );
    invalid(
        span,
        message,
        format!("column `{column}` is of type `{source}`"),
    )
}
