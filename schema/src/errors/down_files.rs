//! Down files that do not undo their migration.

use super::lints::finding;
use crate::check::{Cause, Loss};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::text::{FileId, Span};

/// A down file that the engine refuses, with what it refuses.
pub(crate) fn fails(error: Diagnostic) -> Diagnostic {
    Diagnostic {
        code: Code::Irreversible,
        severity: Severity::Warning,
        message: format!("the down file fails: {}", error.message),
        ..error
    }
}

/// A down file that leaves another schema behind than the one that its migration found.
pub(crate) fn does_not_restore(differences: Vec<String>, span: Span) -> Diagnostic {
    let message = "the down file does not restore the schema that its migration found";
    Diagnostic {
        notes: differences,
        ..finding(Code::Irreversible, message, span, "")
    }
}

/// A down file that brings the schema back without everything that it held.
///
/// With each loss goes the place where what is lost is defined again; `file` is the down file and `span` its first
/// statement.
pub(crate) fn loses_data(lost: &[(&Loss, Option<Span>)], file: FileId, span: Span) -> Diagnostic {
    let message = "the down file restores the schema, not the data";
    let (message, notes) = match lost {
        [(one, _)] => (format!("{message}: {one} stay lost"), Vec::new()),
        several => {
            let notes = several.iter().map(|(loss, _)| format!("{loss} stay lost"));
            (message.to_owned(), notes.collect())
        }
    };
    let own = lost.iter().find(|(loss, _)| loss.span.file == file);
    let again = || {
        lost.iter().find_map(|(loss, again)| {
            let label = match loss.columns.as_slice() {
                [] => "it comes back empty",
                _ => "it comes back without its values",
            };
            again
                .filter(|span| span.file == file)
                .map(|span| (span, label))
        })
    };
    let (span, label) = match own {
        Some((own, _)) => (own.span, cause(own)),
        None => again().unwrap_or((span, "nothing here brings them back")),
    };
    let label = if span.start == span.end { "" } else { label };
    let diagnostic = finding(Code::Irreversible, message, span, label);
    let others = lost.iter().filter(|(loss, _)| loss.span != span);
    let diagnostic = others.fold(diagnostic, |diagnostic, (loss, _)| {
        diagnostic.with_label(loss.span, cause(loss))
    });
    let help = "keep a copy in another table on the way up, and copy it back on the way down";
    Diagnostic {
        notes,
        help: own.is_none().then(|| help.to_owned()),
        ..diagnostic
    }
}

fn cause(loss: &Loss) -> &'static str {
    match loss.cause {
        Cause::Dropped => "dropped here",
        Cause::Deleted => "deleted here",
        Cause::Overwritten => "overwritten here",
        Cause::Replaced => "taken away here",
    }
}
