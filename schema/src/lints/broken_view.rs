//! A view that no query can use.

use super::Lint;
use crate::config::Level;
use crate::diagnostic::Code;

pub(super) const LINT: Lint = Lint {
    code: Code::BrokenView,
    default: Level::Deny,
};
