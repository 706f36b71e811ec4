//! A primary key column that may hold NULL.

use super::Lint;
use crate::config::Level;
use crate::diagnostic::Code;

pub(super) const LINT: Lint = Lint {
    code: Code::NullablePrimaryKey,
    default: Level::Warn,
    documentation: "\
SQLite lets a primary key hold NULL unless it is INTEGER PRIMARY KEY, or its table is STRICT or WITHOUT ROWID, and any
number of rows may have it. Write NOT NULL.
",
};
