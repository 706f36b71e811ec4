//! A down file that does not undo its migration.

use super::Lint;
use crate::catalog::{Catalog, differences};
use crate::config::Level;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::down_files as errors;
use crate::text::{FileId, Span};

pub(super) const LINT: Lint = Lint {
    code: Code::Irreversible,
    default: Level::Warn,
};

/// Compares what a down file left behind with what its migration found.
///
/// `file` is the down file, `statement` its first statement.
pub(crate) fn judge(
    before: &Catalog,
    after: &Catalog,
    file: FileId,
    statement: Option<Span>,
) -> Option<Diagnostic> {
    let differences = differences(before.main(), after.main());
    let span = statement.unwrap_or(Span::new(file, 0..0));
    (!differences.is_empty()).then(|| errors::does_not_restore(differences, span))
}

/// What an error of a down file is: the way up is sound, so that the migrations are accepted all the same.
pub(crate) fn failed(error: Diagnostic) -> Diagnostic {
    errors::fails(error)
}
