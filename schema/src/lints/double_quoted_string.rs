//! SQLite takes a double-quoted name that it does not know for a string.

use super::Lint;
use crate::config::Level;
use crate::diagnostic::Code;

pub(super) const LINT: Lint = Lint {
    code: Code::DoubleQuotedString,
    default: Level::Deny,
    documentation: "\
SQLite takes a double-quoted name that nothing in scope has for a string literal, so that a misspelled column becomes
a constant and the statement succeeds. Write a string in single quotes, and a name as it is declared.
",
};
