//! A trigger that makes every write to its table fail.

use super::Lint;
use crate::config::Level;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::lints::broken_body;

pub(super) const LINT: Lint = Lint {
    code: Code::BrokenTrigger,
    default: Level::Deny,
    documentation: "\
When the migration ends, the trigger's body names a table, a column or a function that is not there. SQLite keeps such
a trigger and fails each time it fires. Create the trigger again in the migration that changes what it touches.
",
};

/// A trigger whose body has a mistake.
pub(crate) fn broken_trigger(name: &str, mistake: &Diagnostic) -> Diagnostic {
    broken_body(Code::BrokenTrigger, "trigger", name, mistake)
}
