//! A trigger that makes every write to its table fail.

use super::Lint;
use crate::config::Level;
use crate::diagnostic::Code;

pub(super) const LINT: Lint = Lint {
    code: Code::BrokenTrigger,
    default: Level::Deny,
};
