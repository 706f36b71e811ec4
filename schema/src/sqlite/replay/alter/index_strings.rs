//! Index terms in double quotes that are no column's name.
//!
//! RENAME and DROP COLUMN write the schema's double-quoted strings in single quotes and then read it with such strings
//! turned off. They miss a string that is a whole term of an index, which then is the name of no column.

use crate::diagnostic::Diagnostic;
use crate::errors::sqlite::alter::Broken;
use crate::errors::sqlite::{alter as errors, names};
use crate::sqlite::ast::StatementKind;
use crate::sqlite::catalog::{Index, Relation, Table};
use crate::sqlite::replay::{Replay, keys};
use crate::text::{Span, TokenIndex};
use std::sync::Arc;
use tablature_lexer::{Quote, TokenKind};

impl Replay {
    /// Complains of the first such term in a database, and says whether there is one.
    pub(super) fn refuses_index_strings(&mut self, database: usize, span: Span) -> bool {
        let Some((name, mistake)) = self.index_string(database) else {
            return false;
        };
        let broken = Broken {
            kind: "index",
            name,
            mistake,
        };
        self.report(errors::would_break(span, &[broken]));
        true
    }

    fn index_string(&self, database: usize) -> Option<(Arc<str>, Diagnostic)> {
        let content = self.catalog.databases.get(database)?;
        content.indexes.values().find_map(|index| {
            let table = content
                .relations
                .get(&index.table)
                .and_then(Relation::table)?;
            Some((Arc::clone(&index.name), self.string_term(index, table)?))
        })
    }

    fn string_term(&self, index: &Index, table: &Table) -> Option<Diagnostic> {
        let StatementKind::CreateIndex(create) = &self.parsed(&index.definition)?.kind else {
            return None;
        };
        let is_quoted = |token: TokenIndex| {
            let token = index.definition.tokens.get(token.0 as usize);
            token.is_some_and(|token| token.kind == TokenKind::QuotedName(Quote::Double))
        };
        let mut terms = create.terms.iter().filter_map(keys::named_column);
        let term = terms.find(|term| {
            term.token.is_some_and(is_quoted) && table.column_index(&term.name).is_none()
        })?;
        let missing = names::Missing {
            column: &term.name,
            owner: Some(names::Owner::table(&table.name)),
            nearest: None,
            fate: Vec::new(),
        };
        Some(names::unknown_column(term.span, &missing))
    }
}
