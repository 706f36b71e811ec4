//! A view that no query can use.

use super::Lint;
use crate::config::Level;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::lints::broken_body;

pub(super) const LINT: Lint = Lint {
    code: Code::BrokenView,
    default: Level::Deny,
};

/// A view whose query has a mistake.
pub(crate) fn broken_view(name: &str, mistake: &Diagnostic) -> Diagnostic {
    broken_body(Code::BrokenView, "view", name, mistake)
}
