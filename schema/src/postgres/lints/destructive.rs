//! A migration that loses data: tables and columns that it has found and drops.

use crate::diagnostic::Diagnostic;
use crate::errors::postgres::lints as errors;
use crate::postgres::ast::{DataStatement, Statement, StatementKind};
use crate::postgres::catalog::{Catalog, Persistence, Relation};
use crate::postgres::split::Token;
use crate::postgres::types::Oid;
use crate::text::Span;
use std::sync::Arc;

/// A table or column that is gone after a statement.
#[derive(Debug, Clone)]
pub(crate) struct Dropped {
    pub(crate) table: Oid,
    /// The name of the table then.
    pub(crate) name: Arc<str>,
    /// The name of the column then; none for the whole table.
    pub(crate) column: Option<Arc<str>>,
    pub(crate) span: Span,
}

/// What a migration drops, and the statements by which it may have kept what was in it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lost {
    pub(crate) dropped: Vec<Dropped>,
    /// The words of statements that write rows.
    pub(crate) written: Vec<Vec<Arc<str>>>,
}

impl Lost {
    /// Whether a statement that writes rows names a table, or one of its columns.
    pub(crate) fn mentions(&self, table: &str, column: Option<&str>) -> bool {
        let table = table.to_lowercase();
        let column = column.map(str::to_lowercase);
        self.written.iter().any(|words| {
            let has = |name: &str| words.iter().any(|it| **it == *name);
            has(&table) && column.as_deref().is_none_or(has)
        })
    }

    /// Adds the text of a body that is run.
    pub(crate) fn add_body(&mut self, text: &str) {
        self.written.push(kept_words(text).collect());
    }
}

/// The tables and columns that a statement has dropped.
pub(crate) fn dropped(before: &Catalog, after: &Catalog) -> Vec<Dropped> {
    // What is gone is told by what was noted of it, so that a long history is not compared for each statement.
    let mut found: Vec<Dropped> = Vec::new();
    for departed in after.departed.since(&before.departed) {
        let Some(table) = before.relation(departed.oid) else {
            continue;
        };
        if !table.is_table() || table.persistence == Persistence::Temporary {
            continue;
        }
        let now = after.relations.get(table.oid);
        let columns: Vec<Option<Arc<str>>> = match (departed.is_column, now) {
            (false, None) => vec![None],
            (true, Some(now)) => gone(table, now),
            (true, None) | (false, Some(_)) => continue,
        };
        for column in columns {
            let is_told = |it: &Dropped| it.table == table.oid && it.column == column;
            if !found.iter().any(is_told) {
                found.push(Dropped {
                    table: table.oid,
                    name: Arc::clone(&table.name),
                    column,
                    span: departed.span,
                });
            }
        }
    }
    found
}

/// The columns that a table no longer has. What is computed can be computed again.
fn gone(before: &Relation, after: &Relation) -> Vec<Option<Arc<str>>> {
    let columns = before.live_columns();
    columns
        .filter(|it| after.column_at(it.number).is_none() && it.generated.is_none())
        .map(|it| Some(Arc::clone(&it.name)))
        .collect()
}

/// The words of a statement that writes rows, by which it may keep what is dropped later.
pub(crate) fn mentions(statement: &Statement, tokens: &[Token]) -> Option<Vec<Arc<str>>> {
    let writes = match &statement.kind {
        StatementKind::Data(data) => match data {
            DataStatement::Insert(_) | DataStatement::Update(_) | DataStatement::Merge(_) => true,
            DataStatement::Query(_) | DataStatement::Delete(_) => false,
        },
        StatementKind::CreateTableAs(_) => true,
        StatementKind::Do(_) => {
            let texts = tokens.iter();
            let words = texts.flat_map(|it| kept_words(&it.text));
            return Some(words.collect());
        }
        // Everything else writes no rows, or writes them anew where they are.
        _ => false,
    };
    let tokens = tokens.iter();
    writes.then(|| tokens.flat_map(|it| words(&it.text)).collect())
}

/// The words of a body but for those of its statements that drop something.
fn kept_words(text: &str) -> impl Iterator<Item = Arc<str>> + '_ {
    let statements = text.split(';');
    let kept = statements.filter(|it| words(it).all(|word| &*word != "drop"));
    kept.flat_map(words)
}

fn words(text: &str) -> impl Iterator<Item = Arc<str>> + '_ {
    let words = text.split(|it: char| !it.is_alphanumeric() && it != '_');
    let words = words.filter(|it| !it.is_empty());
    words.map(|it| it.to_lowercase().into())
}

/// What is said of a migration: what it has found and dropped, unless a statement of it that writes rows names it.
pub(crate) fn lost(released: &Catalog, lost: &Lost) -> Vec<Diagnostic> {
    lost.dropped
        .iter()
        .filter(|it| {
            let table = released.relations.get(it.table);
            // A column that the migrations since the last release have added holds nothing yet.
            table.is_some_and(|table| match &it.column {
                Some(column) => table.column(column).is_some(),
                None => true,
            })
        })
        .filter(|it| !lost.mentions(&it.name, it.column.as_deref()))
        .map(|it| errors::dropped(&it.name, it.column.as_deref(), it.span))
        .collect()
}
