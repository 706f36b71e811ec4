//! A foreign key that no row can satisfy.

use super::Lint;
use crate::config::Level;
use crate::diagnostic::Code;

pub(super) const LINT: Lint = Lint {
    code: Code::BrokenForeignKey,
    default: Level::Deny,
    documentation: "\
When the last migration ends, the parent table or its columns are missing, or nothing makes those columns unique.
SQLite says so only when a row is written. Declare the parent, or a PRIMARY KEY or UNIQUE constraint on its columns.
",
};
