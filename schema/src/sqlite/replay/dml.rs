//! SELECT, INSERT, UPDATE and DELETE: their names are resolved, and the catalog stays as it is.

use super::Replay;
use super::create_table::generated_loop;
use crate::diagnostic::Diagnostic;
use crate::errors::sqlite::definitions as errors;
use crate::sqlite::ast::{InsertSource, Statement, StatementKind};
use crate::sqlite::catalog::{Found, GeneratedKind};
use crate::sqlite::lints;
use crate::sqlite::resolve::{self, Resolution};

impl Replay {
    pub(super) fn query(&mut self, statement: &Statement) {
        let resolution = resolve::statement(self.environment(), statement);
        let findings = self.filters_on_new_columns(&resolution);
        self.diagnostics.extend(findings);
        match &statement.kind {
            StatementKind::Insert(insert) => self.rows_inserted(insert, &resolution.references),
            StatementKind::Update(update) => self.rows_updated(update, &resolution.references),
            StatementKind::Delete(delete) => self.rows_deleted(delete),
            _ => {}
        }
        let is_resolved = resolution.diagnostics.is_empty();
        self.diagnostics.extend(resolution.diagnostics);
        if is_resolved {
            self.check_generated_loop(statement);
            self.check_enforced_keys(statement);
            match &statement.kind {
                StatementKind::Insert(insert) => {
                    let known = self.diagnostics.len();
                    if let InsertSource::Query(query) = &insert.source {
                        self.check_limit(query);
                    }
                    self.insert_given_rows(insert);
                    // Of a copy that fails for certain no more is said.
                    if !self.failed_since(known) {
                        self.check_copied_nulls(insert, &resolution.references);
                        self.check_tightened(insert);
                    }
                }
                StatementKind::Select(query) => self.check_limit(query),
                StatementKind::Update(update) => self.update_given_rows(update),
                StatementKind::Delete(delete) => self.delete_given_rows(delete),
                _ => {}
            }
        }
    }

    /// Complains of a row whose stored columns need each other: CREATE TABLE looks at the virtual ones only.
    fn check_generated_loop(&mut self, statement: &Statement) {
        let name = match &statement.kind {
            StatementKind::Insert(insert) => &insert.target.name,
            StatementKind::Update(update) => &update.target.name,
            _ => return,
        };
        let Some(Found { path, object }) = self.catalog.relation(name) else {
            return;
        };
        let Some(table) = object.table() else {
            return;
        };
        if table
            .columns
            .iter()
            .all(|column| column.generated.is_none())
        {
            return;
        }
        let resolution = self.resolve_table(&path, table);
        let kinds = [GeneratedKind::Virtual, GeneratedKind::Stored];
        let column = generated_loop(table, &resolution, &kinds);
        if let Some(column) = column.and_then(|position| table.columns.get(position)) {
            let diagnostic = errors::written_loop(name.span(), column);
            self.report(diagnostic);
        }
    }

    pub(super) fn filters_on_new_columns(&self, resolution: &Resolution) -> Vec<Diagnostic> {
        let written = &self.rows.written;
        lints::filters_on_new_columns(&self.catalog, &self.start, resolution, written)
    }
}
