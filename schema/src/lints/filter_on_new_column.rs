//! Rows are chosen by a column that holds nothing yet.

use super::Lint;
use crate::config::Level;
use crate::diagnostic::Code;

pub(super) const LINT: Lint = Lint {
    code: Code::FilterOnNewColumn,
    default: Level::Warn,
    documentation: "\
WHERE of an UPDATE or DELETE reads a column that the same migration added, where every row still has its default. A
runner that prepares the whole file before it runs it fails on such a statement.
",
};
