//! Changes of rows.

use super::invalid;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::sqlite::names::counted;
use crate::sqlite::catalog::TriggerEventKind;
use crate::text::Span;

pub(crate) fn not_writable(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::NotWritable,
        format!("table `{name}` cannot be changed"),
        span,
        "read only",
    )
}

/// A change of `sqlite_schema`, which the engine accepts with `PRAGMA writable_schema`.
pub(crate) fn schema_table_not_writable(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::NotWritable,
        format!("table `{name}` cannot be changed"),
        span,
        "what is written here cannot be checked",
    )
    .with_help("rebuild the table: create the new one, copy the rows, drop the old, rename")
}

pub(crate) fn view_not_writable(
    span: Span,
    name: &str,
    event: TriggerEventKind,
    declared: Span,
) -> Diagnostic {
    let event = match event {
        TriggerEventKind::Insert => "INSERT",
        TriggerEventKind::Update => "UPDATE",
        TriggerEventKind::Delete => "DELETE",
    };
    Diagnostic::new(
        Code::NotWritable,
        format!("view `{name}` cannot be changed"),
        span,
        "a view",
    )
    .with_label(declared, "the view is declared here")
    .with_help(format!("create an INSTEAD OF {event} trigger on it first"))
}

pub(crate) fn generated_column_written(
    span: Span,
    name: &str,
    declared: Option<Span>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::NotWritable,
        format!("generated column `{name}` cannot be written"),
        span,
        "a generated column",
    )
    .with_help("leave it out: the engine computes it");
    match declared {
        Some(declared) => diagnostic.with_label(declared, "declared here"),
        None => diagnostic,
    }
}

pub(crate) fn value_count(span: Span, count: usize, columns: usize) -> Diagnostic {
    Diagnostic::new(
        Code::WrongValueCount,
        format!(
            "{} for {}",
            counted(count, "value"),
            counted(columns, "column")
        ),
        span,
        format!("{} wanted", counted(columns, "value")),
    )
}

pub(crate) fn table_value_count(
    span: Span,
    table: &str,
    columns: usize,
    count: usize,
    declared: Option<Span>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::WrongValueCount,
        format!(
            "table `{table}` has {}, not {count}",
            counted(columns, "column")
        ),
        span,
        format!("{} wanted", counted(columns, "value")),
    );
    match declared {
        Some(declared) => diagnostic.with_label(declared, "the table is declared here"),
        None => diagnostic,
    }
}

pub(crate) fn target_in_from(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidJoin,
        format!("`{name}` is the table that is changed and cannot be in FROM under that name"),
        span,
        "the same table",
    )
    .with_help("give it an alias")
}

pub(crate) fn returning_table_star(span: Span, table: &str) -> Diagnostic {
    let message = format!("RETURNING cannot use `{table}.*`");
    invalid(span, message, "a table before the star").with_help("write `*`")
}

pub(crate) fn returning_on_virtual_table(span: Span, table: &str) -> Diagnostic {
    Diagnostic::new(
        Code::NotWritable,
        format!("UPDATE and DELETE of virtual table `{table}` cannot have RETURNING"),
        span,
        "not available",
    )
}

pub(crate) fn upsert_on(span: Span, what: &str) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidConflictTarget,
        format!("{what} cannot have ON CONFLICT"),
        span,
        "not available",
    )
}

pub(crate) fn nulls_in_conflict_target(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidConflictTarget,
        "an ON CONFLICT target cannot say where NULLs go",
        span,
        "not available",
    )
}

/// `partial` says that the target matches a partial index whose WHERE it leaves out.
pub(crate) fn conflict_target(
    span: Span,
    table: &str,
    partial: bool,
    declared: Option<Span>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::InvalidConflictTarget,
        format!("no unique key of `{table}` matches the ON CONFLICT target"),
        span,
        "not a unique key",
    );
    let diagnostic = match declared {
        Some(declared) => diagnostic.with_label(declared, "the table is declared here"),
        None => diagnostic,
    };
    if partial {
        diagnostic.with_help("repeat the WHERE of the partial unique index after the target")
    } else {
        diagnostic
            .with_help("name the columns of a PRIMARY KEY, a UNIQUE constraint or a unique index")
    }
}
