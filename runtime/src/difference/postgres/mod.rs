//! Comparing two schemas of PostgreSQL.

mod addition;
mod on_tables;
mod relations;
mod routines;
mod tables;
mod things;
mod types;

pub(crate) use addition::is_postgres_addition;

use super::compare::{Pair, pairs};
use super::{Difference, Property};
use std::borrow::Cow;
use tablature_model::postgres::{QualifiedName, Schema};
use things::Thing;

/// Lists how the schema of a PostgreSQL database, `found`, differs from the one that the migrations define, `expected`.
///
/// The order of the lists does not count. What is on a table that is missing or unexpected as a whole is not listed again,
/// and neither is what is in a schema that is.
#[must_use]
pub fn postgres_differences(expected: &Schema, found: &Schema) -> Vec<Difference> {
    let mut comparison = Comparison {
        expected,
        found,
        list: Vec::new(),
    };
    comparison.names();
    comparison.types();
    comparison.sequences();
    comparison.tables();
    comparison.views();
    comparison.indexes();
    comparison.routines();
    comparison.on_tables();
    comparison.list
}

/// A qualified name as it is told: without the schema if that is `public`.
pub(crate) fn shown(name: &QualifiedName) -> String {
    match &*name.schema {
        "public" => name.name.to_string(),
        schema => format!("{schema}.{}", name.name),
    }
}

struct Comparison<'a> {
    expected: &'a Schema,
    found: &'a Schema,
    list: Vec<Difference>,
}

impl Comparison<'_> {
    /// Brings two lists together, tells what only one of them has, and gives what both have.
    fn both<'a, T: Thing>(&mut self, expected: &'a [T], found: &'a [T]) -> Vec<(&'a T, &'a T)> {
        let mut both = Vec::new();
        for pair in pairs(expected, found, |thing| format!("{:?}", thing.object())) {
            match pair {
                Pair::Expected(thing) => self.list.push(Difference::Missing {
                    object: thing.object(),
                    place: thing.place().cloned(),
                }),
                Pair::Found(thing) => self.list.push(Difference::Unexpected {
                    object: thing.object(),
                }),
                Pair::Both(one, other) => both.push((one, other)),
            }
        }
        both
    }

    fn changed(&mut self, thing: &impl Thing, property: Property, expected: &str, found: &str) {
        if expected != found {
            self.list.push(Difference::Changed {
                object: thing.object(),
                property,
                expected: expected.to_owned(),
                found: found.to_owned(),
                place: thing.place().cloned(),
            });
        }
    }

    fn names(&mut self) {
        self.both(&self.expected.schemas, &self.found.schemas);
        self.both(&self.expected.extensions, &self.found.extensions);
    }
}

fn listed(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

fn null(not_null: bool) -> &'static str {
    if not_null { "NOT NULL" } else { "NULL" }
}

fn or_none<'a>(text: &'a Option<Cow<'static, str>>) -> &'a str {
    text.as_deref().unwrap_or("none")
}

fn collation(collation: &Option<QualifiedName>) -> String {
    collation
        .as_ref()
        .map_or_else(|| "default".to_owned(), shown)
}
