//! SELECT, INSERT, UPDATE and DELETE: their names are resolved, and the catalog stays as it is.

use super::Replay;
use crate::ast::{Statement, StatementKind};
use crate::lints;
use crate::resolve;

impl Replay {
    pub(super) fn query(&mut self, statement: &Statement) {
        let resolution = resolve::statement(self.environment(), statement);
        let findings = lints::filters_on_new_columns(&self.catalog, &self.start, &resolution);
        self.diagnostics.extend(findings);
        match &statement.kind {
            StatementKind::Insert(_) | StatementKind::Update(_) => {
                self.read.rows(&resolution.references);
            }
            _ => {}
        }
        self.diagnostics.extend(resolution.diagnostics);
    }
}
