//! An allow that nothing needs.

use super::Lint;
use crate::config::Level;
use crate::diagnostic::Code;

pub(super) const LINT: Lint = Lint {
    code: Code::UnusedAllow,
    default: Level::Warn,
};
