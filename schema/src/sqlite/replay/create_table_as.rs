//! CREATE TABLE … AS SELECT.

use super::Replay;
use super::create_table::fails;
use crate::sqlite::ast::Query;
use crate::sqlite::catalog::{Affinity, Table, ViewColumn};
use crate::sqlite::resolve;
use crate::text::{Ident, Span};
use std::sync::Arc;
use tablature_lexer::{TokenKind, tokenize};

impl Replay {
    pub(super) fn create_from_query(
        &mut self,
        database: usize,
        name: &Ident,
        query: &Query,
        span: Span,
    ) {
        let resolution = resolve::created_table(self.environment(), query);
        let findings = self.filters_on_new_columns(&resolution);
        self.diagnostics.extend(findings);
        let failed = fails(&resolution.diagnostics);
        self.diagnostics.extend(resolution.diagnostics);
        match resolution.columns {
            Some(columns) if !failed => {
                self.check_limit(query);
                if let Some(table) = self.table_of(name, &columns, span) {
                    let made = Arc::new(table.clone());
                    self.rows_selected(&made, query, &resolution.references);
                    self.add_table(database, table);
                }
            }
            Some(_) | None => self.add_incomplete_table(database, name),
        }
    }

    /// The engine writes a definition of the columns' names and affinities (`createTableStmt`).
    fn table_of(&self, name: &Ident, columns: &[ViewColumn], span: Span) -> Option<Table> {
        let columns: Vec<String> = columns.iter().map(column_text).collect();
        let sql = format!(
            "CREATE TABLE {}({})",
            name_text(&name.name),
            columns.join(",")
        );
        let mut table = self.written_table(&sql, span)?;
        table.provenance.created = name.span;
        Some(table)
    }
}

fn column_text(column: &ViewColumn) -> String {
    let affinity = match column.affinity {
        None | Some(Affinity::Blob) => "",
        Some(Affinity::Text) => " TEXT",
        Some(Affinity::Numeric) => " NUM",
        Some(Affinity::Integer) => " INT",
        Some(Affinity::Real) => " REAL",
    };
    format!("{}{affinity}", name_text(&column.name))
}

/// A name as the engine writes it: in double quotes where it needs them (`identPut`).
fn name_text(name: &str) -> String {
    let is_word = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && matches!(tokenize(name).as_slice(), [token] if token.kind == TokenKind::Word);
    if is_word {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('"', "\"\""))
    }
}
