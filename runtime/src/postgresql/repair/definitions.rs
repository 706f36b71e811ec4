//! The statements of what the compiled-in schema only names: read from an empty database to which the migrations were
//! applied, as the engine prints them.

use super::super::client::Client;
use super::super::rows::{self, Rows, number, optional, text};
use super::parts::qualified;
use crate::difference::shown;
use crate::error::Error;
use std::collections::BTreeMap;
use tablature_model::postgres::{QualifiedName, Schema};

const QUERY: &str = include_str!("definitions.sql");

/// What has a statement of which a schema as data keeps only a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    View,
    Routine,
    Rule,
    Range,
    Extension,
    /// The numbers of an identity column.
    Identity,
}

impl Kind {
    fn of(word: &str) -> Option<Kind> {
        Some(match word {
            "view" => Kind::View,
            "routine" => Kind::Routine,
            "rule" => Kind::Rule,
            "range" => Kind::Range,
            "extension" => Kind::Extension,
            "identity" => Kind::Identity,
            _ => return None,
        })
    }
}

/// Statements by what they make, and how many rows the migrations leave in each table of an empty database.
#[derive(Debug, Default)]
pub(in super::super) struct Definitions {
    statements: BTreeMap<(Kind, String), String>,
    seeds: BTreeMap<String, u64>,
}

impl Definitions {
    /// Reads those of a database, in a transaction that is undone.
    pub(in super::super) async fn read<C: Client>(
        client: &mut C,
        schema: &Schema,
    ) -> Result<Definitions, Error> {
        let mut definitions = Definitions::of_database(client).await?;
        let counts: Vec<String> = schema
            .tables
            .iter()
            .filter(|table| table.kind != "f")
            .map(|table| format!("SELECT pg_catalog.count(*) FROM {}", qualified(&table.name)))
            .collect();
        let tables = schema.tables.iter().filter(|table| table.kind != "f");
        let counted = rows::each(client, &counts.join("; ")).await?;
        for (table, rows) in tables.zip(counted) {
            let count = rows.first().map_or(0, |row| number(row, 0));
            definitions
                .seeds
                .insert(shown(&table.name), count.unsigned_abs());
        }
        Ok(definitions)
    }

    /// The statements alone, of any database; `search_path` is afterwards what it was.
    pub(super) async fn of_database<C: Client>(client: &mut C) -> Result<Definitions, Error> {
        let mut definitions = Definitions::default();
        for row in qualifying(client, QUERY).await? {
            let name = QualifiedName {
                schema: text(&row, 1).to_owned().into(),
                name: text(&row, 2).to_owned().into(),
            };
            if let (Some(kind), Some(sql)) = (Kind::of(text(&row, 0)), optional(&row, 3)) {
                let key = (kind, shown(&name));
                definitions.statements.insert(key, sql.trim().to_owned());
            }
        }
        Ok(definitions)
    }

    /// The statement that makes something, by its name as a difference tells it.
    pub(super) fn statement(&self, kind: Kind, name: &str) -> Option<&str> {
        let key = (kind, name.to_owned());
        self.statements.get(&key).map(String::as_str)
    }

    /// How many rows the migrations leave in a table of an empty database.
    pub(super) fn seeds(&self, table: &str) -> u64 {
        self.seeds.get(table).copied().unwrap_or(0)
    }
}

/// The rows of a query that prints names with their schemas; `search_path` is afterwards what it was.
pub(super) async fn qualifying<C: Client>(client: &mut C, query: &str) -> Result<Rows, Error> {
    let sql = format!(
        "SELECT set_config('tablature.search_path', current_setting('search_path'), true),
           set_config('search_path', '', true);
         {query};
         SELECT set_config('search_path', current_setting('tablature.search_path'), true)"
    );
    let mut answer = rows::each(client, &sql).await?;
    answer.pop();
    Ok(answer.pop().unwrap_or_default())
}
