//! The schema that a database has, read from the engine's own catalogs in one round trip.

use super::client::Client;
use super::fingerprint;
use super::rows::{self, Rows, flag, optional, text};
use crate::error::Error;
use crate::runner::Runner;
use std::borrow::Cow;
use std::collections::BTreeMap;
use tablature_model::postgres::{
    Column, Composite, Constraint, Domain, Enum, Extension, Generated, Index, Namespace,
    OwnerColumn, Policy, QualifiedName, Range, Routine, Rule, Schema, Sequence, Table, Trigger,
    View, ViewColumn,
};
use tokio_postgres::SimpleQueryRow;

type Text = Cow<'static, str>;

/// The queries, in the order in which [`Answer::schema`] takes their rows.
const QUERIES: &str = include_str!("introspect.sql");

/// Reads the schema.
pub(super) async fn schema<C: Client>(client: &mut C) -> Result<Schema, Error> {
    Ok(read(client, "").await?.1)
}

/// Reads the schema, and before it the fingerprint by which it is known to be the same later; `before` are statements to run
/// first, in the same round trip.
pub(super) async fn with_fingerprint<C: Client>(
    client: &mut C,
    runner: &Runner<'_>,
    before: &str,
) -> Result<(String, Schema), Error> {
    let fingerprint = fingerprint::expression(&runner.ignored_tables);
    let (first, schema) = read(client, &format!("{before}SELECT {fingerprint}; ")).await?;
    let rows = first.last().and_then(|rows| rows.first());
    Ok((rows.map_or("", |row| text(row, 0)).to_owned(), schema))
}

/// Runs statements and reads the schema in the same round trip, and gives the rows of those and the schema.
///
/// While it reads, `search_path` is empty, so that names are printed with their schemas, whatever it was before.
async fn read<C: Client>(client: &mut C, before: &str) -> Result<(Vec<Rows>, Schema), Error> {
    let sql = format!(
        "{before}SELECT set_config('tablature.search_path', current_setting('search_path'), true),
           set_config('search_path', '', true);
         {QUERIES};
         SELECT set_config('search_path', current_setting('tablature.search_path'), true)"
    );
    let mut first = rows::each(client, &sql).await?;
    let count = QUERIES.matches(";\n").count();
    let rows = first.split_off(first.len().saturating_sub(count + 1));
    let answer = Answer {
        rows: rows.into_iter(),
    };
    // The path that there was.
    first.pop();
    Ok((first, answer.schema()))
}

/// The rows that the queries have given.
struct Answer {
    rows: std::vec::IntoIter<Rows>,
}

fn owned(row: &SimpleQueryRow, column: usize) -> Text {
    Cow::Owned(text(row, column).to_owned())
}

fn maybe(row: &SimpleQueryRow, column: usize) -> Option<Text> {
    optional(row, column).map(|text| Cow::Owned(text.to_owned()))
}

/// A name, of which the schema stands in one column and the rest in the next.
fn qualified(row: &SimpleQueryRow, column: usize) -> QualifiedName {
    QualifiedName {
        schema: owned(row, column),
        name: owned(row, column + 1),
    }
}

fn maybe_qualified(row: &SimpleQueryRow, column: usize) -> Option<QualifiedName> {
    optional(row, column + 1).map(|_| qualified(row, column))
}

/// The lines of a column.
fn lines(row: &SimpleQueryRow, column: usize) -> Cow<'static, [Text]> {
    let lines = optional(row, column).into_iter().flat_map(str::lines);
    lines.map(|line| Cow::Owned(line.to_owned())).collect()
}

fn collected<T: Clone>(rows: &Rows, make: impl Fn(&SimpleQueryRow) -> T) -> Cow<'static, [T]> {
    rows.iter().map(make).collect()
}

impl Answer {
    fn next(&mut self) -> Rows {
        self.rows.next().unwrap_or_default()
    }

    fn schema(mut self) -> Schema {
        let schemas = collected(&self.next(), |row| Namespace {
            name: owned(row, 0),
            place: None,
        });
        let extensions = collected(&self.next(), |row| Extension {
            name: owned(row, 0),
            place: None,
        });
        let enums = enums(&self.next());
        let domains = self.next();
        let ranges = collected(&self.next(), |row| Range {
            name: qualified(row, 0),
            subtype: owned(row, 2),
            place: None,
        });
        let sequences = collected(&self.next(), sequence);
        let relations = self.next();
        let mut columns = grouped(self.next());
        let mut parents = grouped(self.next());
        let constraints = self.next();
        let mut of_tables: BTreeMap<&str, Vec<Constraint>> = BTreeMap::new();
        let mut of_domains: BTreeMap<(&str, &str), Vec<Constraint>> = BTreeMap::new();
        for row in &constraints {
            let constraint = Constraint {
                name: owned(row, 1),
                definition: owned(row, 2),
            };
            match optional(row, 4) {
                Some(domain) => of_domains
                    .entry((text(row, 3), domain))
                    .or_default()
                    .push(constraint),
                None => of_tables.entry(text(row, 0)).or_default().push(constraint),
            }
        }
        let domains = collected(&domains, |row| Domain {
            name: qualified(row, 0),
            base: owned(row, 2),
            not_null: flag(row, 3),
            default: maybe(row, 4),
            collation: maybe_qualified(row, 5),
            constraints: of_domains
                .get(&(text(row, 0), text(row, 1)))
                .cloned()
                .unwrap_or_default()
                .into(),
            place: None,
        });
        let (mut tables, mut views, mut composites) = (Vec::new(), Vec::new(), Vec::new());
        for row in &relations {
            let id = text(row, 0);
            let columns = columns.remove(id).unwrap_or_default();
            match text(row, 3) {
                "c" => composites.push(Composite {
                    name: qualified(row, 1),
                    attributes: collected(&columns, column),
                    place: None,
                }),
                kind @ ("v" | "m") => views.push(View {
                    name: qualified(row, 1),
                    materialized: kind == "m",
                    columns: collected(&columns, |row| ViewColumn {
                        name: owned(row, 1),
                        data_type: owned(row, 2),
                    }),
                    options: lines(row, 9),
                    place: None,
                }),
                _ => tables.push(Table {
                    name: qualified(row, 1),
                    kind: owned(row, 3),
                    unlogged: flag(row, 4),
                    partition_key: maybe(row, 7),
                    partition_bound: maybe(row, 8),
                    parents: collected(&parents.remove(id).unwrap_or_default(), |row| {
                        qualified(row, 1)
                    }),
                    columns: collected(&columns, column),
                    constraints: of_tables.remove(id).unwrap_or_default().into(),
                    row_security: flag(row, 5),
                    force_row_security: flag(row, 6),
                    place: None,
                }),
            }
        }
        Schema {
            schemas,
            extensions,
            enums,
            domains,
            composites: composites.into(),
            ranges,
            sequences,
            tables: tables.into(),
            views: views.into(),
            indexes: collected(&self.next(), |row| Index {
                name: qualified(row, 0),
                table: owned(row, 2),
                definition: owned(row, 3),
                valid: flag(row, 4),
                place: None,
            }),
            routines: collected(&self.next(), routine),
            triggers: collected(&self.next(), |row| Trigger {
                name: owned(row, 0),
                table: qualified(row, 1),
                definition: owned(row, 3),
                enabled: owned(row, 4),
                place: None,
            }),
            policies: collected(&self.next(), policy),
            rules: collected(&self.next(), |row| Rule {
                name: owned(row, 0),
                table: qualified(row, 1),
                event: owned(row, 3),
                place: None,
            }),
        }
    }
}

/// The rows of each relation, whose number is the first column.
fn grouped(rows: Rows) -> BTreeMap<String, Rows> {
    let mut groups: BTreeMap<String, Rows> = BTreeMap::new();
    for row in rows {
        let relation = text(&row, 0).to_owned();
        groups.entry(relation).or_default().push(row);
    }
    groups
}

/// The enums, of which each has a row for each value, or one without.
fn enums(rows: &Rows) -> Cow<'static, [Enum]> {
    let mut enums: Vec<Enum> = Vec::new();
    for row in rows {
        let name = qualified(row, 0);
        if enums.last().is_none_or(|last| last.name != name) {
            enums.push(Enum {
                name,
                labels: Cow::Owned(Vec::new()),
                place: None,
            });
        }
        if let Some(last) = enums.last_mut() {
            last.labels.to_mut().extend(maybe(row, 2));
        }
    }
    enums.into()
}

fn sequence(row: &SimpleQueryRow) -> Sequence {
    Sequence {
        name: qualified(row, 0),
        data_type: owned(row, 2),
        start: owned(row, 3),
        increment: owned(row, 4),
        minimum: owned(row, 5),
        maximum: owned(row, 6),
        cycle: flag(row, 7),
        owner: maybe(row, 10).map(|column| OwnerColumn {
            table: qualified(row, 8),
            column,
        }),
        place: None,
    }
}

fn column(row: &SimpleQueryRow) -> Column {
    let expression = maybe(row, 6);
    let (default, generated) = match (text(row, 5), expression) {
        ("", default) => (default, None),
        (kind, expression) => {
            let generated = Generated {
                kind: Cow::Owned(kind.to_owned()),
                expression: expression.unwrap_or_default(),
            };
            (None, Some(generated))
        }
    };
    Column {
        name: owned(row, 1),
        data_type: owned(row, 2),
        not_null: flag(row, 3),
        default,
        identity: owned(row, 4),
        generated,
        collation: maybe_qualified(row, 7),
        place: None,
    }
}

fn routine(row: &SimpleQueryRow) -> Routine {
    Routine {
        name: qualified(row, 0),
        arguments: owned(row, 2),
        kind: owned(row, 3),
        result: maybe(row, 4),
        language: owned(row, 5),
        volatility: owned(row, 6),
        strict: flag(row, 7),
        security_definer: flag(row, 8),
        settings: lines(row, 9),
        body: maybe(row, 10),
        place: None,
    }
}

fn policy(row: &SimpleQueryRow) -> Policy {
    Policy {
        name: owned(row, 0),
        table: qualified(row, 1),
        permissive: flag(row, 3),
        command: owned(row, 4),
        roles: lines(row, 5),
        using: maybe(row, 6),
        check: maybe(row, 7),
        place: None,
    }
}
