//! ALTER TABLE.
//!
//! Each change edits the tokens of definitions, and what they define is read from them again.

mod add_column;
mod check;
mod dependants;
mod drop_column;
mod index_strings;
mod items;
mod meant;
mod not_null;
mod rename_column;
mod rename_table;
mod shadowed;

use super::Replay;
use super::create_index;
use super::names;
use super::table::{self, Parts};
use crate::diagnostic::Diagnostic;
use crate::errors::sqlite::alter::Broken;
use crate::errors::sqlite::{alter as errors, objects};
use crate::sqlite::ast::{AlterAction, AlterTable, Statement, StatementKind};
use crate::sqlite::catalog::{Definition, Found, Index, ObjectPath, Relation, Table, TableKind};
use crate::sqlite::split::RawStatement;
use crate::text::Span;
use std::sync::Arc;

/// When the schema is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    Before,
    After,
}

/// The table that a statement changes.
#[derive(Debug, Clone)]
struct Altered {
    path: ObjectPath,
    table: Arc<Table>,
}

impl Replay {
    pub(super) fn alter_table(&mut self, raw: &RawStatement, alter: &AlterTable) {
        if let AlterAction::RenameTable { to } = &alter.action {
            return self.rename_table(&alter.table, to);
        }
        let Some(altered) = self.altered(raw, alter) else {
            return;
        };
        // Nothing is known of a table whose statement could not be read.
        if altered.table.definition.tokens.is_empty() {
            return;
        }
        match &alter.action {
            AlterAction::RenameTable { .. } => {}
            AlterAction::RenameColumn { from, to } => self.rename_column(raw, &altered, from, to),
            AlterAction::AddColumn {
                definition,
                first,
                end,
            } => {
                let range = first.0 as usize..end.0 as usize;
                self.add_column(raw, &altered, definition, range);
            }
            AlterAction::DropColumn { column } => self.drop_column(raw, &altered, column),
            AlterAction::SetNotNull {
                column, first, end, ..
            } => {
                let range = first.0 as usize..end.0 as usize;
                self.set_not_null(raw, &altered, column, range);
            }
            AlterAction::DropNotNull { column, .. } => self.drop_not_null(raw, &altered, column),
            AlterAction::AddCheck {
                name,
                check,
                clause,
                first,
                end,
            } => {
                let range = first.0 as usize..end.0 as usize;
                self.add_check(raw, &altered, name.as_ref(), check, *clause, range);
            }
            AlterAction::DropConstraint { name } => self.drop_constraint(raw, &altered, name),
        }
    }

    /// Finds the table, which must be one that the engine lets itself change.
    fn altered(&mut self, raw: &RawStatement, alter: &AlterTable) -> Option<Altered> {
        let Some(Found { path, object }) = self.find_relation(&alter.table) else {
            let diagnostic = objects::unknown_table(&self.catalog, &alter.table);
            self.report(diagnostic);
            self.alter_as_meant(raw, alter);
            return None;
        };
        let name = &alter.table.name;
        let table = match object {
            Relation::Table(table) => table,
            Relation::View(view) => {
                self.report(errors::not_a_table("a view", name, view.provenance.created));
                return None;
            }
        };
        match &table.kind {
            TableKind::Virtual { .. } => {
                let created = table.provenance.created;
                self.report(errors::not_a_table("a virtual table", name, created));
                None
            }
            TableKind::Internal => {
                self.report(errors::unalterable(name));
                None
            }
            TableKind::Ordinary | TableKind::Shadow { .. } if names::is_reserved(&table.name) => {
                self.report(errors::unalterable(name));
                None
            }
            TableKind::Ordinary | TableKind::Shadow { .. } => Some(Altered { path, table }),
        }
    }

    /// Reads a table from its edited definition. Columns keep what is known of where they came from: the one at a
    /// position was at `origin` before.
    ///
    /// What is wrong outside of the statement was complained of before.
    fn rederived(
        &self,
        old: &Table,
        definition: Definition,
        statement: Span,
        origin: impl Fn(usize) -> Option<usize>,
    ) -> Option<(Table, Vec<Diagnostic>)> {
        let parsed = self.parsed(&definition)?;
        let parts = Parts::of(parsed, &definition.tokens)?;
        let built = table::build(parts, definition.clone());
        let mut table = built.table;
        table.kind = old.kind.clone();
        table.provenance = old.provenance.clone();
        table.place = old.place;
        table.incomplete = old.incomplete;
        for (position, column) in table.columns.iter_mut().enumerate() {
            let before = origin(position).and_then(|before| old.columns.get(before));
            if let Some(before) = before {
                column.provenance = before.provenance.clone();
                // With tokens of a later statement in it, the definition is in no one place any more.
                column.span = before.span;
            }
        }
        let mut diagnostics = built.diagnostics;
        diagnostics.retain(|diagnostic| statement.contains(diagnostic.primary.span));
        Some((table, diagnostics))
    }

    /// What a definition says.
    pub(super) fn parsed<'d>(&self, definition: &'d Definition) -> Option<&'d Statement> {
        definition.statement(&self.rules)
    }

    /// Reads the indexes of a table again, whose columns have moved or are named otherwise.
    fn rederive_indexes(&mut self, path: &ObjectPath) {
        let Some(table) = self.table_at(path).map(Arc::clone) else {
            return;
        };
        for index in self.indexes_of(path) {
            if let Some(index) = self.rederived_index(&index, &table, index.definition.clone()) {
                self.put_index(path.database, index);
            }
        }
    }

    fn rederived_index(&self, old: &Index, table: &Table, definition: Definition) -> Option<Index> {
        let statement = self.parsed(&definition)?;
        let StatementKind::CreateIndex(create) = &statement.kind else {
            return None;
        };
        let index = create_index::build(create, table, &definition.tokens, definition.clone());
        Some(Index {
            span: old.span,
            provenance: old.provenance.clone(),
            place: old.place,
            ..index
        })
    }

    /// The indexes that CREATE INDEX made for a table.
    fn indexes_of(&self, path: &ObjectPath) -> Vec<Arc<Index>> {
        let database = self.catalog.databases.get(path.database);
        let indexes = database.into_iter().flat_map(|it| it.indexes_of(&path.key));
        indexes.map(|(_, index)| Arc::clone(index)).collect()
    }

    /// Complains of a view or trigger that is broken: RENAME and DROP COLUMN look at the whole schema, and fail if any of
    /// it cannot be used, before they change it or after.
    fn schema_is_sound(&mut self, path: &ObjectPath, when: Moment, span: Span) -> bool {
        let broken = self.unsound_bodies(path.database);
        let found = broken.iter().map(|(body, mistake)| Broken {
            kind: body.kind.word(),
            name: self.name_of(body),
            mistake: mistake.clone(),
        });
        let mut found: Vec<Broken> = found.collect();
        if found.is_empty() {
            found.extend(self.shadowed(path.database));
        }
        if found.is_empty() {
            return true;
        }
        let diagnostic = match when {
            Moment::Before => errors::broken_schema(span, &found),
            Moment::After => errors::would_break(span, &found),
        };
        self.report(diagnostic);
        // That they are broken when the migration ends is no mistake of its own.
        for (body, _) in broken {
            self.bodies.excuse(body);
        }
        false
    }
}
