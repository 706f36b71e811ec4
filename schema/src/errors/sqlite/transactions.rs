//! Transactions, pragmas, attached databases.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::sqlite::ast::PragmaValue;
use crate::sqlite::replay::transaction::Around;
use crate::text::{Ident, Span};

const BY_RUNNER: &str =
    "the runner puts every file in a transaction unless the comment `-- no-transaction` leads it";

/// BEGIN inside a transaction of the file's own, which began at `begun`.
pub(crate) fn nested_transaction(span: Span, begun: Span) -> Diagnostic {
    let message = "a transaction cannot begin inside another";
    Diagnostic::new(Code::TransactionState, message, span, "one is open here")
        .with_label(begun, "it began here")
        .with_help("COMMIT the first, or use SAVEPOINT")
}

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

/// COMMIT or ROLLBACK without a transaction.
pub(crate) fn no_transaction(what: &str, span: Span, ended: Option<Span>) -> Diagnostic {
    let message = format!("there is no transaction to {what}");
    let diagnostic = Diagnostic::new(Code::TransactionState, message, span, "none is open here");
    match ended {
        Some(ended) => diagnostic.with_label(ended, "the last one ended here"),
        None => diagnostic,
    }
}

/// ROLLBACK in a file that has begun no transaction of its own, but perhaps a savepoint.
pub(crate) fn undoes_files(span: Span, savepoint: Option<Span>) -> Diagnostic {
    let message = "the migration has begun no transaction to roll back";
    let label = "this would undo the migrations before it";
    let diagnostic =
        Diagnostic::new(Code::TransactionState, message, span, label).with_note(BY_RUNNER);
    match savepoint {
        Some(savepoint) => diagnostic
            .with_label(
                savepoint,
                "a savepoint begins no transaction inside another",
            )
            .with_help("write ROLLBACK TO and the name of the savepoint"),
        None => diagnostic.with_help("write BEGIN where it should go back to, or leave it out"),
    }
}

/// A file that leaves a transaction open.
pub(crate) fn open_transaction(span: Span) -> Diagnostic {
    let message = "the migration leaves a transaction open";
    let label = "it begins here and is never ended";
    Diagnostic::new(Code::TransactionState, message, span, label)
        .with_help("write `COMMIT` at the end of the file")
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

/// A statement that the engine runs outside of transactions only.
pub(crate) fn needs_no_transaction(what: &str, span: Span, around: Around) -> Diagnostic {
    let message = format!("{what} cannot run inside a transaction");
    let diagnostic = Diagnostic::new(Code::NeedsNoTransaction, message, span, "one is open here");
    leave(diagnostic, around)
}

/// Says how a statement gets out of a transaction.
fn leave(diagnostic: Diagnostic, around: Around) -> Diagnostic {
    let diagnostic = with_beginning(diagnostic, around);
    match around {
        Around::File(_) => diagnostic.with_help("COMMIT first"),
        Around::Runner { .. } => {
            diagnostic.with_help("put it in a file of its own, with `-- no-transaction` at the top")
        }
    }
}

/// A change after PRAGMA query_only.
pub(crate) fn read_only(span: Span, pragma: Span) -> Diagnostic {
    let message = "nothing can be written while `PRAGMA query_only` is on";
    Diagnostic::new(Code::InvalidPragma, message, span, "this writes")
        .with_label(pragma, "turned on here")
}

/// A table that a pragma is to check and that is not there.
pub(crate) fn unknown_checked_table(value: &PragmaValue, names: &[&str]) -> Diagnostic {
    let message = format!("no table `{}` exists at this point", value.text);
    let diagnostic = Diagnostic::new(Code::UnknownTable, message, value.span, "no such table");
    match nearest(&value.text, names.iter().copied()) {
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
        None => diagnostic,
    }
}

/// The name of a database that only the engine could compute.
pub(crate) fn computed_database(span: Span) -> Diagnostic {
    let message = "the name of a database must be written out";
    let label = "this is known only when it runs";
    Diagnostic::new(Code::InvalidAttach, message, span, label)
}

/// One more database than the engine takes.
pub(crate) fn too_many_databases(span: Span) -> Diagnostic {
    let message = "too many databases are attached";
    Diagnostic::new(Code::InvalidAttach, message, span, "the engine takes 10")
}

/// ATTACH under a name that is taken.
pub(crate) fn database_in_use(name: &str, span: Span) -> Diagnostic {
    let message = format!("database `{name}` is already attached");
    Diagnostic::new(Code::InvalidAttach, message, span, "this name is taken")
}

/// DETACH of a database that is not attached.
pub(crate) fn unknown_detached<'a>(
    name: &str,
    span: Span,
    names: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message = format!("no database `{name}` is attached");
    let diagnostic = Diagnostic::new(Code::UnknownDatabase, message, span, "not attached");
    match nearest(name, names) {
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
        None => diagnostic,
    }
}

/// DETACH of `main` or `temp`.
pub(crate) fn kept_database(name: &str, span: Span) -> Diagnostic {
    let message = format!("database `{name}` cannot be detached");
    Diagnostic::new(Code::InvalidAttach, message, span, "always there")
}

/// DETACH of a database that the open transaction holds.
pub(crate) fn locked_database(name: &str, span: Span, around: Around) -> Diagnostic {
    let message = format!("database `{name}` cannot be detached inside a transaction that uses it");
    let diagnostic = Diagnostic::new(Code::InvalidAttach, message, span, "it is locked here");
    leave(diagnostic, around)
}
