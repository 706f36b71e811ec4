//! A statement that loses data.

use super::Lint;
use crate::config::Level;
use crate::diagnostic::Code;

pub(super) const LINT: Lint = Lint {
    code: Code::Destructive,
    default: Level::Warn,
    documentation: "\
DROP TABLE and DROP COLUMN lose what the table or the column holds. A rebuild (create a new table, copy the rows, drop
the old table, give the new one its name) is not reported.
",
};
