//! SELECT, INSERT, UPDATE and DELETE: their names are resolved, and the catalog stays as it is.

use super::Replay;
use crate::ast::{Statement, StatementKind};
use crate::diagnostic::Diagnostic;
use crate::lints;
use crate::resolve::{self, Resolution};

impl Replay {
    pub(super) fn query(&mut self, statement: &Statement) {
        let resolution = resolve::statement(self.environment(), statement);
        let findings = self.filters_on_new_columns(&resolution);
        self.diagnostics.extend(findings);
        match &statement.kind {
            StatementKind::Insert(insert) => self.rows_inserted(insert, &resolution.references),
            StatementKind::Update(update) => self.rows_updated(update, &resolution.references),
            _ => {}
        }
        let is_resolved = resolution.diagnostics.is_empty();
        self.diagnostics.extend(resolution.diagnostics);
        if is_resolved {
            self.check_enforced_keys(statement);
        }
    }

    pub(super) fn filters_on_new_columns(&self, resolution: &Resolution) -> Vec<Diagnostic> {
        let written = &self.rows.written;
        lints::filters_on_new_columns(&self.catalog, &self.start, resolution, written)
    }
}
