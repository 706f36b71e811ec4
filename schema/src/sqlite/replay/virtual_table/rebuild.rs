//! `INSERT INTO t(t) VALUES ('rebuild')`: FTS5 reads the table that holds the content, and finds out what it has no more.

use super::{Call, fts5};
use crate::diagnostic::Diagnostic;
use crate::errors::sqlite::virtual_tables as errors;
use crate::sqlite::ast::{Insert, ModuleArgument, StatementKind};
use crate::sqlite::catalog::{ObjectPath, Table, TableKind};
use crate::sqlite::constant::Value;
use crate::sqlite::parse;
use crate::sqlite::replay::{Replay, tokens};
use crate::sqlite::resolve;
use crate::text::Span;

impl Replay {
    /// Complains of the command `rebuild` where the content cannot be read.
    pub(in crate::sqlite::replay) fn failing_rebuild(
        &self,
        insert: &Insert,
        path: &ObjectPath,
        table: &Table,
    ) -> Option<Diagnostic> {
        let TableKind::Virtual { module } = &table.kind else {
            return None;
        };
        let span = self
            .rebuild(insert, table)
            .filter(|_| module.as_str() == "fts5")?;
        let statement = self.parsed(&table.definition)?;
        let StatementKind::CreateVirtualTable(create) = &statement.kind else {
            return None;
        };
        let arguments = create.arguments.iter();
        let arguments = arguments.filter(|argument| !argument.text.is_empty());
        let scan = fts5::scan(Call {
            module: &create.module.name,
            name: &table.name,
            database: &self.catalog.databases.get(path.database)?.name,
            arguments: &arguments.collect::<Vec<&ModuleArgument>>(),
            catalog: &self.catalog,
            rules: &self.rules,
            span,
        })?;
        let reason = match scan {
            Err(reason) => reason.to_owned(),
            Ok(sql) => {
                let read = parse::statement(&tokens::written(&sql, span), &self.rules).statement?;
                let resolution = resolve::statement(self.environment(), &read);
                resolution.diagnostics.into_iter().next()?.message
            }
        };
        Some(errors::rebuild(table, &reason, span))
    }

    /// The place of the command, if that is what is inserted.
    fn rebuild(&self, insert: &Insert, table: &Table) -> Option<Span> {
        let mut listed = insert.columns.iter();
        let position = listed.position(|name| name.name.eq_ignore_ascii_case(&table.name))?;
        let rows = self.given_rows(insert).certain;
        let mut given = rows
            .into_iter()
            .filter_map(|row| row.values.into_iter().nth(position));
        let command = given.find(|given| {
            matches!(&given.value, Some(Value::Text(text)) if text.eq_ignore_ascii_case("rebuild"))
        });
        command.map(|given| given.span)
    }
}
