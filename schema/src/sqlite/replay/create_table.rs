//! CREATE TABLE.

use super::table::{self, Parts};
use super::tokens;
use super::{Replay, names, options as table_options};
use crate::catalog::Key;
use crate::diagnostic::Diagnostic;
use crate::errors::sqlite::{definitions, objects as errors};
use crate::lints::Lint;
use crate::sqlite::ast::{CreateTable, Statement, TableBody};
use crate::sqlite::catalog::{GeneratedKind, Relation, Table, TableKind};
use crate::sqlite::lints;
use crate::sqlite::resolve::{self, Resolution, Target};
use crate::sqlite::split::RawStatement;
use crate::text::{Ident, Span};
use std::collections::BTreeSet;
use std::sync::Arc;

impl Replay {
    pub(super) fn create_table(
        &mut self,
        raw: &RawStatement,
        create: &CreateTable,
        statement: &Arc<Statement>,
    ) {
        let database = match self.target("table", &create.name, create.temporary) {
            Ok(database) => database,
            Err(diagnostic) => return self.report(*diagnostic),
        };
        let name = &create.name.name;
        if let TableBody::Columns { options, .. } = &create.body {
            self.diagnostics.extend(table_options::unknown(options));
        }
        if !self.is_free(database, name, create.if_not_exists) {
            if !create.if_not_exists {
                self.expect_columns(database, name, &create.body);
            }
            return;
        }
        match &create.body {
            TableBody::Columns {
                columns,
                constraints,
                options,
            } => {
                let parts = Parts {
                    name,
                    columns,
                    constraints,
                    options,
                    tokens: &raw.tokens,
                };
                self.create_from_columns(database, parts, statement);
            }
            TableBody::Query(query) => self.create_from_query(database, name, query, raw.span),
        }
    }

    /// Whether a table or view of a name can be made. A name that is taken stops the statement; one that belongs to the
    /// engine or to an index is complained of, and the object is made all the same for the statements that use it.
    pub(super) fn is_free(&mut self, database: usize, name: &Ident, if_not_exists: bool) -> bool {
        let key = Key::new(&name.name);
        // A reserved name is none even where IF NOT EXISTS would leave a table of that name as it is.
        let is_reserved = !self.check_reserved(name);
        if let Some(relation) = self.relation_at(database, &key) {
            if !if_not_exists && !is_reserved {
                let diagnostic = errors::relation_exists(name, relation);
                self.report(diagnostic);
            }
            return false;
        }
        if is_reserved {
            return true;
        }
        let content = self.catalog.databases.get(database);
        if let Some(index) = content.and_then(|content| content.indexes.get(&key)) {
            let diagnostic = errors::index_exists(name, index);
            self.report(diagnostic);
        }
        true
    }

    /// Does not miss the columns that a statement would have brought whose table exists already.
    fn expect_columns(&mut self, database: usize, name: &Ident, body: &TableBody) {
        let key = Key::new(&name.name);
        let Some(table) = self.relation_at(database, &key).and_then(Relation::table) else {
            return;
        };
        let is_new = match body {
            TableBody::Columns { columns, .. } => columns
                .iter()
                .any(|column| table.column_index(&column.name.name).is_none()),
            TableBody::Query(_) => true,
        };
        if is_new {
            self.mark_incomplete(database, &key);
        }
    }

    fn create_from_columns(
        &mut self,
        database: usize,
        parts: Parts<'_>,
        statement: &Arc<Statement>,
    ) {
        let definition =
            tokens::definition("CREATE TABLE", parts.tokens, parts.name, Some(statement));
        let built = table::build(parts, definition);
        let mut made = built.table;
        self.diagnostics.extend(built.diagnostics);
        let resolution = resolve::table_expressions(
            self.environment(),
            database,
            &made,
            parts.columns,
            parts.constraints,
        );
        if !fails(&resolution.diagnostics)
            && let Some(column) = generated_loop(&made, &resolution, &[GeneratedKind::Virtual])
        {
            let column = made.columns.get(column);
            self.diagnostics
                .extend(column.map(definitions::generated_loop));
        }
        self.diagnostics.extend(resolution.diagnostics);
        if let Some(of) = self.shadowed_by(database, &made.name) {
            made.kind = TableKind::Shadow { of };
        }
        let key = made.primary_key.as_ref();
        if key.is_some_and(|key| key.autoincrement) {
            self.need_sequence_table(database, parts.name.span);
        }
        if !made.strict {
            let words = parts.columns.iter().filter_map(lints::inert_type_word);
            self.diagnostics.extend(words);
        }
        if made.kind == TableKind::Ordinary {
            self.seeds.table_created(&made);
        }
        self.add_table(database, made);
    }

    /// The engine makes `sqlite_sequence` with the first AUTOINCREMENT and never drops it.
    fn need_sequence_table(&mut self, database: usize, span: Span) {
        self.need_internal_table(database, "CREATE TABLE sqlite_sequence(name,seq)", span);
    }

    /// Makes a table of the engine's own, if it is not there yet.
    pub(super) fn need_internal_table(&mut self, database: usize, sql: &str, span: Span) {
        let Some(mut table) = self.written_table(sql, span) else {
            return;
        };
        if self.relation_at(database, &Key::new(&table.name)).is_none() {
            table.kind = TableKind::Internal;
            self.add_table(database, table);
        }
    }

    /// A table from a statement that nobody wrote.
    pub(super) fn written_table(&self, sql: &str, span: Span) -> Option<Table> {
        let tokens = tokens::written(sql, span);
        let statement = crate::sqlite::parse::statement(&tokens, &self.rules).statement?;
        let parts = Parts::of(&statement, &tokens)?;
        let definition = tokens::definition("CREATE TABLE", &tokens, parts.name, None);
        Some(table::build(parts, definition).table)
    }

    /// Leaves something behind for the statements that use a table which could not be made.
    pub(super) fn add_incomplete_table(&mut self, database: usize, name: &Ident) {
        let key = Key::new(&name.name);
        if self.relation_at(database, &key).is_some() || names::is_reserved(&name.name) {
            return;
        }
        let parts = Parts {
            name,
            columns: &[],
            constraints: &[],
            options: &[],
            tokens: &[],
        };
        let mut table = table::build(parts, tokens::no_definition()).table;
        table.incomplete = true;
        self.add_table(database, table);
    }

    /// Marks a table whose change failed, so that what the change would have brought is not missed.
    pub(super) fn mark_incomplete(&mut self, database: usize, key: &Key) {
        if let Some(Relation::Table(table)) = self.relation_at(database, key) {
            let mut table = Table::clone(table);
            table.incomplete = true;
            self.put_table(database, table);
        }
    }
}

/// Whether a diagnostic stops a statement: findings of lints do not.
pub(super) fn fails(diagnostics: &[Diagnostic]) -> bool {
    let mut codes = diagnostics.iter().map(|diagnostic| diagnostic.code);
    codes.any(|code| Lint::of(code).is_none())
}

/// The position of a column that needs its own value by way of generated columns of some kinds, if there is one. To make or
/// read a table the engine computes the virtual ones, and to write a row all.
pub(super) fn generated_loop(
    table: &Table,
    resolution: &Resolution,
    kinds: &[GeneratedKind],
) -> Option<usize> {
    let own = Key::new(&table.name);
    let needs: Vec<BTreeSet<usize>> = table
        .columns
        .iter()
        .map(|column| {
            let generated = column.generated.as_ref();
            let Some(generated) = generated.filter(|it| kinds.contains(&it.kind)) else {
                return BTreeSet::new();
            };
            let inside = |span: Span| {
                span.file == generated.span.file
                    && span.start >= generated.span.start
                    && span.end <= generated.span.end
            };
            let references = resolution.references.iter();
            references
                .filter(|reference| inside(reference.span))
                .filter_map(|reference| match &reference.target {
                    Target::Column { relation, column } if relation.key == own => Some(*column),
                    Target::Column { .. } | Target::Relation(_) => None,
                })
                .collect()
        })
        .collect();
    (0..table.columns.len()).find(|start| {
        let mut seen = BTreeSet::new();
        let mut next: Vec<usize> = needs.get(*start).into_iter().flatten().copied().collect();
        while let Some(column) = next.pop() {
            if column == *start {
                return true;
            }
            if seen.insert(column) {
                next.extend(needs.get(column).into_iter().flatten());
            }
        }
        false
    })
}
