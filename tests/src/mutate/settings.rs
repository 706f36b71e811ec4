//! Statements that change the connection, not the schema.

use crate::differential::Migration;
use crate::random::Random;

const STATEMENTS: &[&str] = &[
    "PRAGMA foreign_keys = ON",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA legacy_alter_table = ON",
    "PRAGMA legacy_alter_table = OFF",
    "PRAGMA defer_foreign_keys = ON",
    "PRAGMA ignore_check_constraints = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA foreign_key_check",
    "PRAGMA integrity_check",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA user_version = 7",
    "PRAGMA encoding = 'UTF-8'",
    "PRAGMA query_only = ON",
    "PRAGMA no_such_pragma = 1",
    "PRAGMA case_sensitive_like = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA auto_vacuum = FULL",
    "BEGIN",
    "BEGIN IMMEDIATE",
    "COMMIT",
    "ROLLBACK",
    "END TRANSACTION",
    "SAVEPOINT s",
    "RELEASE s",
    "ROLLBACK TO s",
    "VACUUM",
    "ANALYZE",
    "REINDEX",
];

/// Puts one of them before the statement at `at`, and now and then another after it.
pub(super) fn insert(
    random: &mut Random,
    migrations: &mut [Migration],
    at: usize,
) -> Option<&'static str> {
    let statements = &mut migrations.first_mut()?.statements;
    let at = at.min(statements.len());
    statements.insert(at, (*random.pick(STATEMENTS)?).to_owned());
    if random.once_in(2) {
        let later = at + 1 + random.below(statements.len() - at);
        statements.insert(later, (*random.pick(STATEMENTS)?).to_owned());
    }
    Some("a setting changed")
}
