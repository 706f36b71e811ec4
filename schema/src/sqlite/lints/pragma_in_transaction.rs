//! A pragma that does nothing inside a transaction.

use crate::diagnostic::Diagnostic;
use crate::errors::sqlite::lints as errors;
use crate::sqlite::replay::transaction::Around;
use crate::text::Span;

/// `PRAGMA foreign_keys` inside a transaction.
pub(crate) fn pragma_in_transaction(span: Span, around: Around) -> Diagnostic {
    errors::pragma_in_transaction(span, around)
}
