//! A view that no query can use.

use super::Lint;
use crate::config::Level;
use crate::diagnostic::Code;

pub(super) const LINT: Lint = Lint {
    code: Code::BrokenView,
    default: Level::Deny,
    documentation: "\
When the migration ends, the view's query names a table, a column or a function that is not there. SQLite keeps such a
view and fails each time it is used. Create the view again in the migration that changes what it reads.
",
};
