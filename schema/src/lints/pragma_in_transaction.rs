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
    documentation: "\
`PRAGMA foreign_keys` does nothing inside a transaction, and migrations run in one. Foreign keys are already off while
migrations run here and are checked before the commit; under another runner a table rebuild that relies on the pragma
deletes the rows of child tables. Remove it, or write `-- no-transaction` at the head of the file.
",
};

/// `PRAGMA foreign_keys` inside a transaction.
pub(crate) fn pragma_in_transaction(span: Span, around: Around) -> Diagnostic {
    errors::pragma_in_transaction(span, around)
}
