//! A trigger that makes every write to its table fail.

use super::Lint;
use crate::config::Level;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::lints::broken_body;

pub(super) const LINT: Lint = Lint {
    code: Code::BrokenTrigger,
    default: Level::Deny,
};

/// A trigger whose body has a mistake.
pub(crate) fn broken_trigger(name: &str, mistake: &Diagnostic) -> Diagnostic {
    broken_body(Code::BrokenTrigger, "trigger", name, mistake)
}
