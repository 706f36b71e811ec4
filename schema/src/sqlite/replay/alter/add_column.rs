//! ADD COLUMN.

use super::Altered;
use crate::catalog::{ChangeKind, Key};
use crate::errors::sqlite::{alter as errors, definitions, rows};
use crate::sqlite::ast::{ColumnConstraintKind, ColumnDefinition};
use crate::sqlite::catalog::{Definition, DepartedKind, GeneratedKind, ObjectPath, Table};
use crate::sqlite::lints;
use crate::sqlite::replay::create_table::{fails, generated_loop};
use crate::sqlite::replay::table::{self, Parts};
use crate::sqlite::replay::{Replay, names, tokens};
use crate::sqlite::resolve;
use crate::sqlite::split::RawStatement;
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
        let Some(edited) = with_column(table, raw, range) else {
            return self.mark_incomplete(path.database, &path.key);
        };
        let built = table::with_column(table, definition, &raw.tokens, &edited);
        let made = match built {
            Some(built) => Some((built.table, built.diagnostics)),
            None => self.rederived(table, edited, raw.span, Some),
        };
        let Some((mut made, refused)) = made else {
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
            return self.rederive_indexes_with_strings(path);
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
        self.rederive_indexes_with_strings(path);
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

    /// Reads the indexes again in which a string in double quotes may be the new column's name. No others change: the
    /// column is the last.
    fn rederive_indexes_with_strings(&mut self, path: &ObjectPath) {
        let table = self.table_at(path);
        let is_open = table.is_some_and(|table| table.incomplete);
        let mut indexes = self.indexes_of(path).into_iter();
        if is_open || indexes.any(|index| index.definition.may_hold_strings()) {
            self.rederive_indexes(path);
        }
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
    pub(in crate::sqlite::replay) fn failed_since(&self, known: usize) -> bool {
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

/// The definition of a table with a column behind its last, which a statement has at `range`.
fn with_column(table: &Table, raw: &RawStatement, range: Range<usize>) -> Option<Definition> {
    let old = &table.definition;
    let end = old.tokens.len().checked_sub(table.tokens_after_columns)?;
    let mut added: Vec<_> = raw.tokens.get(range)?.to_vec();
    let first = added.first_mut()?;
    first.before = Arc::from(" ");
    let comma = tokens::comma(first.span);
    let with = std::iter::once(comma).chain(added);
    Some(tokens::splice(old, end..end, with))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Rules;
    use crate::sqlite::ast::{AlterAction, StatementKind};
    use crate::sqlite::parse;
    use crate::sqlite::split::split;
    use crate::text::FileId;

    /// A table with a column added to what was read of it, and read as a whole.
    fn both(create: &str, add: &str) -> (Option<Table>, Table) {
        let rules = Rules::default();
        let file = split(FileId(0), &format!("{create}; ALTER TABLE t ADD {add}"));
        let [created, altered] = file.statements.as_slice() else {
            panic!("{create} or {add} is not one statement");
        };
        let read = |definition: Definition| {
            let parts = definition.statement(&rules);
            let parts = parts.and_then(|it| Parts::of(it, &definition.tokens));
            table::build(parts.unwrap(), definition.clone()).table
        };
        let table = read(Definition::new(created.tokens.clone()));
        let parsed = parse::statement(&altered.tokens, &rules).statement.unwrap();
        let StatementKind::AlterTable(alter) = parsed.kind else {
            panic!("{add} is no ALTER TABLE");
        };
        let AlterAction::AddColumn {
            definition,
            first,
            end,
        } = &alter.action
        else {
            panic!("{add} is no ADD COLUMN");
        };
        let range = first.0 as usize..end.0 as usize;
        let edited = with_column(&table, altered, range).unwrap();
        let added = table::with_column(&table, definition, &altered.tokens, &edited);
        (added.map(|built| built.table), read(edited))
    }

    #[test]
    fn a_column_that_is_added_is_what_reading_the_table_again_gives() {
        for create in [
            "CREATE TABLE t (a)",
            "CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT, b TEXT UNIQUE CHECK (b IN ('x', 'y')))",
            "CREATE TABLE t (a TEXT REFERENCES o, b) STRICT",
            "CREATE TABLE t (a TEXT, b INT, PRIMARY KEY (b, a)) WITHOUT ROWID, STRICT",
            "CREATE TABLE t (a INT, b, FOREIGN KEY (a) REFERENCES o, CHECK (a > b))",
        ] {
            for add in [
                "c",
                "c ANY COLLATE nocase",
                "COLUMN c varchar (10) /* d */ NOT NULL DEFAULT ( 'x'  || 'y' )",
                "c INT AS (a + 1)",
                "c TEXT CHECK (c IN ('p', 'q') AND a)",
                "c REFERENCES o (x) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED",
                "c DEFERRABLE",
            ] {
                if let (Some(added), read) = both(create, add) {
                    assert_eq!(added, read, "{create}; {add}");
                }
            }
        }
    }

    #[test]
    fn a_table_is_read_again_where_its_own_constraints_or_strings_could_change() {
        for (create, add) in [
            ("CREATE TABLE t (a CHECK (\"c\" = 'x'))", "c"),
            ("CREATE TABLE t (a, CHECK (a))", "c CHECK (c)"),
            ("CREATE TABLE t (a)", "c UNIQUE"),
        ] {
            assert_eq!(both(create, add).0, None, "{create}; {add}");
        }
        assert!(both("CREATE TABLE t (a, CHECK (a))", "c").0.is_some());
    }
}
