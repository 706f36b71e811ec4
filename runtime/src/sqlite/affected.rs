//! Which tables migrations can have affected: whose rows they change, or whose keys.
//!
//! To affect a table a statement has to name it, or fire a trigger that does. So these are the tables whose names occur
//! anywhere in the migrations' text, or in that of a trigger on such a table: too many rather than too few. What a
//! migration renames, creates or drops, it names.

use super::history;
use crate::migration::Migration;
use rusqlite::Connection;
use std::collections::BTreeSet;
use tablature_lexer::{TokenKind, dequote, tokenize};

/// A set of tables.
#[derive(Debug)]
pub(super) enum Affected {
    /// Every table: there was none, or a migration writes the schema itself, or has a step, of which nothing is known.
    All,
    /// Those with these names, folded; not each name is that of a table.
    Named(BTreeSet<String>),
}

impl Affected {
    /// Those that migrations can affect that have not run yet, on a database as it is.
    pub(super) fn by(migrations: &[Migration], connection: &Connection) -> rusqlite::Result<Self> {
        // Where there is no table yet, the migrations' text would only say that all are theirs.
        let has_step = |migration: &Migration| migration.step.is_some();
        if history::is_alone(connection)? || migrations.iter().any(has_step) {
            return Ok(Affected::All);
        }
        let mut names = BTreeSet::new();
        for migration in migrations {
            names.extend(self::names(&migration.sql));
        }
        let mut triggers: Vec<(String, String)> = connection
            .prepare("SELECT lower(tbl_name), sql FROM main.sqlite_master WHERE type = 'trigger'")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        loop {
            let (fired, rest): (Vec<_>, Vec<_>) = triggers
                .into_iter()
                .partition(|(table, _)| names.contains(table));
            if fired.is_empty() {
                break;
            }
            names.extend(fired.iter().flat_map(|(_, sql)| self::names(sql)));
            triggers = rest;
        }
        let writes_schema = ["sqlite_schema", "sqlite_master", "writable_schema"]
            .iter()
            .any(|name| names.contains(*name));
        Ok(if writes_schema {
            Affected::All
        } else {
            Affected::Named(names)
        })
    }

    /// Whether a table is one of them.
    pub(super) fn contains(&self, table: &str) -> bool {
        match self {
            Affected::All => true,
            Affected::Named(names) => names.contains(&table.to_ascii_lowercase()),
        }
    }
}

/// Whatever in a text can be a name, folded.
fn names(sql: &str) -> impl Iterator<Item = String> {
    tokenize(sql).into_iter().filter_map(|token| {
        let text = sql.get(token.start..token.end)?;
        match token.kind {
            TokenKind::Keyword(_) | TokenKind::Word => Some(text.to_ascii_lowercase()),
            // The engine takes a string for a name where only a name can stand.
            TokenKind::QuotedName(_) | TokenKind::String => {
                Some(dequote(text).to_ascii_lowercase())
            }
            TokenKind::Space
            | TokenKind::Comment
            | TokenKind::Integer
            | TokenKind::Float
            | TokenKind::Blob
            | TokenKind::Variable
            | TokenKind::Symbol(_)
            | TokenKind::Illegal => None,
        }
    })
}
