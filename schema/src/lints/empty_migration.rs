//! A migration that does nothing.

use super::Lint;
use crate::config::Level;
use crate::diagnostic::Code;

pub(super) const LINT: Lint = Lint {
    code: Code::EmptyMigration,
    default: Level::Warn,
};
