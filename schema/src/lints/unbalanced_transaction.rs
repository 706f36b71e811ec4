//! A transaction of a file's own that is ended and not begun, or begun and not ended.

use super::Lint;
use crate::config::Level;
use crate::diagnostic::Code;

pub(super) const LINT: Lint = Lint {
    code: Code::UnbalancedTransaction,
    default: Level::Warn,
};
