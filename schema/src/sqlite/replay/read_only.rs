//! What cannot be done while `PRAGMA query_only` is on: whatever begins a write transaction (`OP_Transaction`), even if it
//! then writes nothing.

use super::Replay;
use crate::errors::sqlite::transactions as errors;
use crate::sqlite::ast::{PragmaValue, QualifiedName, Statement, StatementKind, TransactionKind};
use crate::sqlite::catalog::Catalog;
use crate::sqlite::split::RawStatement;
use std::sync::Arc;

/// How a statement writes.
enum Writes {
    Always,
    Never,
    /// Unless its IF EXISTS or IF NOT EXISTS leaves it with nothing to do.
    IfNeeded,
}

impl Replay {
    /// Refuses a statement that writes while nothing can be written; false if it is yet to be run.
    pub(super) fn refuse_to_write(
        &mut self,
        raw: &RawStatement,
        statement: &Arc<Statement>,
    ) -> bool {
        let Some(pragma) = self.settings.read_only.filter(|_| !self.explained) else {
            return false;
        };
        match self.writes(&statement.kind) {
            Writes::Never => return false,
            Writes::Always => {}
            Writes::IfNeeded => {
                let before = self.snapshot();
                let earlier = self.catalog.clone();
                let known = self.diagnostics.len();
                self.run(raw, statement);
                if !self.has_changed_since(&earlier) {
                    return true;
                }
                self.restore(before);
                self.diagnostics.truncate(known);
            }
        }
        self.report(errors::read_only(raw.span, pragma));
        true
    }

    /// Whether an object was made or taken away.
    fn has_changed_since(&self, earlier: &Catalog) -> bool {
        let made = |catalog: &Catalog| -> Vec<u32> {
            let databases = catalog.databases.iter();
            databases.map(|database| database.created).collect()
        };
        let mut gone = self.catalog.departed.since(&earlier.departed);
        gone.next().is_some() || made(&self.catalog) != made(earlier)
    }

    fn writes(&self, kind: &StatementKind) -> Writes {
        let always = |always: bool| {
            if always {
                Writes::Always
            } else {
                Writes::Never
            }
        };
        let unless = |finds_nothing_to_do: bool| match finds_nothing_to_do {
            true => Writes::IfNeeded,
            false => Writes::Always,
        };
        match kind {
            StatementKind::CreateTable(it) => unless(it.if_not_exists),
            StatementKind::CreateVirtualTable(it) => unless(it.if_not_exists),
            StatementKind::CreateView(it) => unless(it.if_not_exists),
            StatementKind::CreateIndex(it) => unless(it.if_not_exists),
            StatementKind::CreateTrigger(it) => unless(it.if_not_exists),
            StatementKind::Drop(it) => unless(it.if_exists),
            StatementKind::AlterTable(_)
            | StatementKind::Insert(_)
            | StatementKind::Update(_)
            | StatementKind::Delete(_)
            | StatementKind::Reindex { .. }
            | StatementKind::Analyze { .. }
            | StatementKind::Vacuum { .. } => Writes::Always,
            // Within a transaction of the runner's it is a savepoint.
            StatementKind::Begin(TransactionKind::Immediate | TransactionKind::Exclusive) => {
                always(self.transaction_around().is_none())
            }
            StatementKind::Pragma { name, value } => {
                always(self.pragma_writes(name, value.as_ref()))
            }
            StatementKind::Begin(TransactionKind::Deferred)
            | StatementKind::Commit
            | StatementKind::Rollback { .. }
            | StatementKind::Savepoint(_)
            | StatementKind::Release(_)
            | StatementKind::Select(_)
            | StatementKind::Attach { .. }
            | StatementKind::Detach { .. } => Writes::Never,
        }
    }

    /// Whether a pragma of a database that there is begins a write transaction (`pragma.c`).
    fn pragma_writes(&self, name: &QualifiedName, value: Option<&PragmaValue>) -> bool {
        let database = name.database.as_ref();
        let database = database.map_or(Some(Catalog::MAIN), |it| self.catalog.database(&it.name));
        let Some(database) = database.and_then(|it| self.catalog.databases.get(it)) else {
            return false;
        };
        match name.name.name.to_ascii_lowercase().as_str() {
            "incremental_vacuum" => true,
            "user_version" | "application_id" | "schema_version" | "default_cache_size" => {
                value.is_some()
            }
            // In a file that holds something it is too late for another value.
            "auto_vacuum" => {
                let vacuums = value.is_some_and(|value| {
                    let words = ["1", "2", "full", "incremental"];
                    words
                        .iter()
                        .any(|word| value.text.eq_ignore_ascii_case(word))
                });
                vacuums && database.created == 0
            }
            _ => false,
        }
    }
}
