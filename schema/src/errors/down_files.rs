//! Down files that do not undo their migration.

use super::lints::finding;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::text::Span;

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
