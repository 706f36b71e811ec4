//! Transactions, and what may not run in one.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::postgres::ast::Ident;
use crate::postgres::replay::Around;
use crate::text::Span;

const BY_RUNNER: &str =
    "the runner puts every file in a transaction unless the comment `-- no-transaction` leads it";

fn with_beginning(diagnostic: Diagnostic, around: Around) -> Diagnostic {
    match around {
        Around::File(begun) => diagnostic.with_label(begun, "it began here"),
        Around::Runner { seems_ended: None } => diagnostic.with_note(BY_RUNNER),
        Around::Runner {
            seems_ended: Some(ended),
        } => diagnostic
            .with_label(ended, "this does not end the runner's transaction")
            .with_note(BY_RUNNER),
    }
}

/// A statement that the engine runs outside of transactions only.
pub(crate) fn needs_no_transaction(what: &str, span: Span, around: Around) -> Diagnostic {
    let message = format!("{what} cannot run inside a transaction");
    let diagnostic = Diagnostic::new(Code::NeedsNoTransaction, message, span, "one is open here");
    let diagnostic = with_beginning(diagnostic, around);
    match around {
        Around::File(_) => diagnostic.with_help("COMMIT first"),
        Around::Runner { .. } => {
            diagnostic.with_help("put it in a file of its own, with `-- no-transaction` at the top")
        }
    }
}

/// A statement that the engine runs inside of transactions only.
pub(crate) fn needs_transaction(what: &str, span: Span) -> Diagnostic {
    let message = format!("{what} can only be used in a transaction");
    Diagnostic::new(Code::TransactionState, message, span, "none is open here")
        .with_help("write BEGIN before it")
}

/// ROLLBACK in a file that has begun no transaction of its own.
pub(crate) fn undoes_files(span: Span) -> Diagnostic {
    let message = "the migration has begun no transaction to roll back";
    let label = "this would undo the migrations before it";
    Diagnostic::new(Code::TransactionState, message, span, label)
        .with_note(BY_RUNNER)
        .with_help("write BEGIN where it should go back to, or leave it out")
}

/// A file that leaves a transaction open.
pub(crate) fn open_transaction(span: Span) -> Diagnostic {
    let message = "the migration leaves a transaction open";
    let label = "it begins here and is never ended";
    Diagnostic::new(Code::TransactionState, message, span, label)
        .with_help("write `COMMIT` at the end of the file")
}

/// A transaction of two phases, which outlives the connection.
pub(crate) fn prepared(span: Span) -> Diagnostic {
    let message = "a migration cannot prepare a transaction";
    let label = "this would take the migration out of the runner's hands";
    Diagnostic::new(Code::TransactionState, message, span, label)
}

/// RELEASE or ROLLBACK TO of a savepoint that is not open.
pub(crate) fn unknown_savepoint(name: &Ident, open: &[&str]) -> Diagnostic {
    let message = format!("no savepoint `{}` is open", name.name);
    let label = "no such savepoint";
    let diagnostic = Diagnostic::new(Code::UnknownSavepoint, message, name.span, label);
    match nearest(&name.name, open.iter().copied()) {
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
        None => diagnostic,
    }
}
