//! Views and materialized views.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::text::Span;

/// UNLOGGED of what has no rows of its own.
pub(crate) fn unlogged(what: &str, span: Span) -> Diagnostic {
    let message = format!("{what} cannot be unlogged");
    Diagnostic::new(Code::InvalidView, message, span, "").with_help("leave out UNLOGGED")
}

/// A view that would change rows.
pub(crate) fn modifying(noun: &str, span: Span) -> Diagnostic {
    let message = format!("a {noun} cannot change rows");
    Diagnostic::new(
        Code::InvalidView,
        message,
        span,
        "a part of WITH changes rows",
    )
}

/// A materialized view over something temporary.
pub(crate) fn reads_temporary(span: Span) -> Diagnostic {
    let message = "a materialized view cannot read from temporary tables or views";
    Diagnostic::new(
        Code::InvalidView,
        message,
        span,
        "reads something temporary",
    )
}

/// WITH CHECK OPTION of a recursive view.
pub(crate) fn check_of_recursive(span: Span) -> Diagnostic {
    let message = "a recursive view cannot have WITH CHECK OPTION";
    Diagnostic::new(Code::InvalidView, message, span, "not with RECURSIVE")
}

/// WITH CHECK OPTION where rows cannot be written.
pub(crate) fn not_updatable(why: &str, span: Span) -> Diagnostic {
    let message = "WITH CHECK OPTION needs a view through which rows can be changed";
    Diagnostic::new(Code::InvalidView, message, span, "nothing to check").with_note(why)
}

/// More names than columns.
pub(crate) fn too_many_names(what: &str, span: Span, columns: usize) -> Diagnostic {
    let message = format!("CREATE {what} names more columns than its query returns");
    Diagnostic::new(
        Code::WrongColumnCount,
        message,
        span,
        "no column for this name",
    )
    .with_note(format!("the query returns {columns}"))
}

/// Two columns of one name.
pub(crate) fn column_twice(name: &str, span: Option<Span>, statement: Span) -> Diagnostic {
    let message = format!("column `{name}` is there twice");
    Diagnostic::new(
        Code::DuplicateColumn,
        message,
        span.unwrap_or(statement),
        "two columns of one name",
    )
    .with_help("give one of them another name with AS")
}

/// OR REPLACE that would change a column.
pub(crate) fn cannot_replace(
    message: String,
    name: &str,
    span: Span,
    declared: Option<Span>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::InvalidView,
        message,
        span,
        "new columns can only follow",
    );
    let diagnostic = match declared {
        Some(declared) => diagnostic.with_label(declared, "created here"),
        None => diagnostic,
    };
    diagnostic.with_help(format!("write `DROP VIEW {name};` before it"))
}

/// An option that is none of the kind.
pub(crate) fn unknown_option<'a>(
    noun: &str,
    name: &str,
    span: Span,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message = format!("`{name}` is no option of a {noun}");
    let diagnostic = Diagnostic::new(Code::InvalidView, message, span, "not an option");
    match nearest(name, known) {
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
        None => diagnostic,
    }
}

/// A value that an option does not take.
pub(crate) fn invalid_option(name: &str, value: &str, span: Span) -> Diagnostic {
    let message = format!("option `{name}` cannot be `{value}`");
    Diagnostic::new(Code::InvalidView, message, span, "not a value of it")
}

/// An option that is there twice.
pub(crate) fn option_twice(name: &str, span: Span) -> Diagnostic {
    let message = format!("option `{name}` is there twice");
    Diagnostic::new(Code::InvalidView, message, span, "again")
}

/// CONCURRENTLY with WITH NO DATA.
pub(crate) fn concurrently_without_data(span: Span) -> Diagnostic {
    let message = "CONCURRENTLY and WITH NO DATA contradict each other";
    Diagnostic::new(Code::SyntaxError, message, span, "not with WITH NO DATA")
}

/// CONCURRENTLY where there are no rows.
pub(crate) fn concurrently_unpopulated(name: &str, span: Span) -> Diagnostic {
    let message = format!("materialized view `{name}` has no rows to compare with");
    Diagnostic::new(Code::InvalidView, message, span, "it was made WITH NO DATA")
        .with_help("leave out CONCURRENTLY the first time")
}

/// CONCURRENTLY where rows cannot be told apart.
pub(crate) fn concurrently_without_index(
    name: &str,
    span: Span,
    declared: Option<Span>,
) -> Diagnostic {
    let message = format!("materialized view `{name}` cannot be refreshed concurrently");
    let diagnostic = Diagnostic::new(Code::InvalidView, message, span, "needs a unique index");
    let diagnostic = match declared {
        Some(declared) => diagnostic.with_label(declared, "created here"),
        None => diagnostic,
    };
    diagnostic.with_help("create a unique index on columns of it, without WHERE")
}
