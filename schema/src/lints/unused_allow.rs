//! An allow that nothing needs.

use super::Lint;
use crate::config::Level;
use crate::diagnostic::Code;

pub(super) const LINT: Lint = Lint {
    code: Code::UnusedAllow,
    default: Level::Warn,
    documentation: "\
The `-- tablature: allow(…)` comment names a lint that finds nothing in the statement after it. Remove the comment,
lest it hide a finding that is yet to come.
",
};
