//! SQLite takes a double-quoted name that it does not know for a string.

use super::Lint;
use crate::config::Level;
use crate::diagnostic::Code;

pub(super) const LINT: Lint = Lint {
    code: Code::DoubleQuotedString,
    default: Level::Deny,
};
