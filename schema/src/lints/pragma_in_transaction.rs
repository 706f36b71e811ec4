//! A pragma that does nothing inside a transaction.

use super::Lint;
use crate::config::Level;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::lints as errors;
use crate::replay::transaction::Around;
use crate::text::Span;

pub(super) const LINT: Lint = Lint {
    code: Code::PragmaInTransaction,
    default: Level::Warn,
};

/// `PRAGMA foreign_keys` inside a transaction.
pub(crate) fn pragma_in_transaction(span: Span, around: Around) -> Diagnostic {
    errors::pragma_in_transaction(span, around)
}
