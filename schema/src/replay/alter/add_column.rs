//! ADD COLUMN.

use super::Altered;
use crate::ast::{ColumnConstraintKind, ColumnDefinition};
use crate::catalog::{ChangeKind, Definition, DepartedKind, GeneratedKind, Key, Table};
use crate::errors::{alter as errors, definitions, rows};
use crate::lints;
use crate::replay::create_table::{fails, generated_loop};
use crate::replay::table::Parts;
use crate::replay::{Replay, names, tokens};
use crate::resolve;
use crate::split::RawStatement;
use crate::text::Ident;
use std::ops::Range;
use std::sync::Arc;

impl Replay {
    pub(super) fn add_column(
        &mut self,
        raw: &RawStatement,
        altered: &Altered,
        definition: &ColumnDefinition,
        range: Range<usize>,
    ) {
        let Altered { path, table } = altered;
        let name = &definition.name;
        if let Some(position) = table.column_index(&name.name) {
            let first = table.columns.get(position);
            return self.report(definitions::duplicate_column(name, first));
        }
        let known = self.diagnostics.len();
        self.refuse_keys(definition);
        if table.has_rowid() && names::is_rowid(&name.name) {
            self.report(errors::rowid_name(name));
        }
        let Some(edited) = self.with_column(altered, raw, range) else {
            return self.mark_incomplete(path.database, &path.key);
        };
        let Some((mut made, refused)) = self.rederived(table, edited, raw.span, Some) else {
            return self.mark_incomplete(path.database, &path.key);
        };
        // A PRIMARY KEY that cannot be added can be a second one as well.
        let is_told = self.failed_since(known);
        self.diagnostics
            .extend(refused.into_iter().filter(|_| !is_told));
        if self.explained {
            return;
        }
        let resolution = resolve::table_expressions(
            self.environment(),
            path.database,
            &made,
            std::slice::from_ref(definition),
            &[],
        );
        self.diagnostics.extend(resolution.diagnostics);
        self.refuse_loop(&made, path.database, known);
        if self.failed_since(known) {
            // The column is there for the statements that use it, as it was meant.
            self.put_table(path.database, made);
            return self.rederive_indexes(path);
        }
        if !made.strict {
            self.diagnostics.extend(lints::inert_type_word(definition));
        }
        if let Some(column) = made.columns.last() {
            let row = self.seeds.first(table);
            let finding = lints::added_column(
                &self.start,
                path,
                &made,
                column,
                definition,
                self.settings.foreign_keys,
                row.is_some(),
            );
            let finding = match (finding, row) {
                (Some(finding), Some(row)) => Some(rows::certain(finding, row)),
                (finding, None) => finding,
                (None, Some(_)) => self.column_added_to_rows(&made, definition),
            };
            self.diagnostics.extend(finding);
        }
        let change = ChangeKind::ColumnAdded(Arc::clone(&name.name));
        made.provenance = made.provenance.with(definition.span, change);
        let kind = DepartedKind::Column {
            table: path.key.clone(),
        };
        self.name_given(kind, path.database, Key::new(&name.name));
        self.put_table(path.database, made);
        // What was a string in double quotes may be the new column.
        self.rederive_indexes(path);
    }

    fn refuse_keys(&mut self, definition: &ColumnDefinition) {
        for constraint in &definition.constraints {
            match constraint.kind {
                ColumnConstraintKind::PrimaryKey { .. } => {
                    self.report(errors::added_key("PRIMARY KEY", constraint.span));
                }
                ColumnConstraintKind::Unique { .. } => {
                    self.report(errors::added_key("UNIQUE", constraint.span));
                }
                _ => {}
            }
        }
    }

    /// The definition with the column behind the last one.
    fn with_column(
        &self,
        altered: &Altered,
        raw: &RawStatement,
        range: Range<usize>,
    ) -> Option<Definition> {
        let old = &altered.table.definition;
        let parsed = self.parsed(old)?;
        let parts = Parts::of(parsed, &old.tokens)?;
        let end = parts.columns.last()?.end.0 as usize;
        let added = raw.tokens.get(range)?;
        let mut added: Vec<_> = added.to_vec();
        let first = added.first_mut()?;
        first.before = Arc::from(" ");
        let comma = tokens::comma(first.span);
        let with = std::iter::once(comma).chain(added);
        Some(tokens::splice(old, end..end, with))
    }

    fn refuse_loop(&mut self, made: &Table, database: usize, known: usize) {
        let is_generated = made
            .columns
            .last()
            .is_some_and(|column| column.generated.is_some());
        if !is_generated || self.failed_since(known) {
            return;
        }
        let Some(parsed) = self.parsed(&made.definition) else {
            return;
        };
        let Some(parts) = Parts::of(parsed, &made.definition.tokens) else {
            return;
        };
        let resolution = resolve::table_expressions(
            self.environment(),
            database,
            made,
            parts.columns,
            parts.constraints,
        );
        if generated_loop(made, &resolution, &[GeneratedKind::Virtual]).is_some() {
            let diagnostic = made.columns.last().map(definitions::generated_loop);
            self.diagnostics.extend(diagnostic);
        }
    }

    /// Whether a diagnostic since then, the first of which is at the position `known`, stops the statement.
    pub(super) fn failed_since(&self, known: usize) -> bool {
        let news = self.diagnostics.get(known..).unwrap_or_default();
        fails(news)
    }

    /// The position of a column that a statement names.
    pub(super) fn column_of(&mut self, altered: &Altered, name: &Ident) -> Option<usize> {
        let position = altered.table.column_index(&name.name);
        if position.is_none() && !altered.table.incomplete {
            let path = &altered.path;
            let diagnostic = errors::unknown_column(&self.catalog, path, &altered.table, name);
            self.report(diagnostic);
        }
        position
    }
}
