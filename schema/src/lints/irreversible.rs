//! A down file that does not undo its migration.

use super::Lint;
use crate::config::Level;
use crate::diagnostic::Code;

pub(super) const LINT: Lint = Lint {
    code: Code::Irreversible,
    default: Level::Warn,
    documentation: "\
Replayed after its up file, the down file fails or leaves a schema that differs from the one before the migration.
Only the schema is compared: rows that the up file deleted or changed do not come back.
",
};
