//! What an engine accepts and nobody wants.

use crate::config::Level;
use crate::diagnostic::{Code, Diagnostic, Severity, nearest};
use crate::lints::{self, Lint};
use crate::text::Span;

/// A name that is no lint's.
pub(crate) fn unknown(code: Code, name: &str, span: Span) -> Diagnostic {
    if Code::ALL.iter().any(|code| code.name() == name) {
        let message = format!("`{name}` is no lint: its level cannot be changed");
        return Diagnostic::new(code, message, span, "always an error");
    }
    let diagnostic = Diagnostic::new(code, format!("unknown lint `{name}`"), span, "no such lint");
    let names: Vec<&str> = lints::ALL.iter().map(|lint| lint.name()).collect();
    match nearest(name, names.iter().copied()) {
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
        None => diagnostic.with_help(format!("the lints are `{}`", names.join("`, `"))),
    }
}

/// A finding of a lint, with the severity of its default level.
pub(crate) fn finding(
    code: Code,
    message: impl Into<String>,
    span: Span,
    label: impl Into<String>,
) -> Diagnostic {
    let denied = Lint::of(code).is_none_or(|lint| lint.default == Level::Deny);
    Diagnostic {
        severity: if denied {
            Severity::Error
        } else {
            Severity::Warning
        },
        ..Diagnostic::new(code, message, span, label)
    }
}

/// A migration without a statement.
pub(crate) fn empty_migration(span: Span) -> Diagnostic {
    let message = "the migration holds no statement";
    finding(Code::EmptyMigration, message, span, "")
        .with_note("it is recorded as applied, and nothing can be added to it then")
}

/// COMMIT in a file that has begun nothing.
pub(crate) fn commit_without_begin(span: Span) -> Diagnostic {
    let message = "this ends no transaction: the file has begun none";
    finding(Code::UnbalancedTransaction, message, span, "no effect here")
        .with_note("the runner ends its own transaction when the migration is done")
        .with_help("leave it out, or write `-- no-transaction` at the head of the file")
}

/// BEGIN, or a savepoint, that the file does not end.
pub(crate) fn begin_without_commit(span: Span) -> Diagnostic {
    let message = "the file does not end the transaction that it begins";
    finding(Code::UnbalancedTransaction, message, span, "begun here")
        .with_note("what it does is committed with the migration")
        .with_help("leave it out: the runner begins a transaction of its own")
}
