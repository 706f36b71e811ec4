//! A statement that succeeds on an empty table only.

use super::Lint;
use crate::config::Level;
use crate::diagnostic::Code;

pub(super) const LINT: Lint = Lint {
    code: Code::FailsOnRows,
    default: Level::Warn,
    documentation: "\
The statement succeeds where the table is empty and can fail where it has rows: a NOT NULL column without a default, a
UNIQUE index or a CHECK over values that are already there. Give a default, or correct the rows first.
",
};
