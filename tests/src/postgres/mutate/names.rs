//! Names that a mutant can put where another one stood.

use crate::mutate;
use crate::postgres::describe::{Description, Part};
use crate::random::Random;

/// The names of a catalog, in quotes where they must be, with their schema unless that is `public`.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Tables and their columns, indexes, views, triggers.
    pub shared: mutate::Names,
    /// Enums, domains and other types.
    pub types: Vec<String>,
    /// Labels of enums, as literals.
    pub labels: Vec<String>,
    /// Sequences.
    pub sequences: Vec<String>,
    /// Functions with the types of their arguments.
    pub functions: Vec<String>,
    /// Constraints.
    pub constraints: Vec<String>,
    /// Schemas.
    pub schemas: Vec<String>,
}

impl Names {
    /// Those of a schema.
    #[must_use]
    pub fn of(schema: &Description) -> Names {
        let mut names = Names::default();
        for fact in schema.facts() {
            let Some((kind, object)) = kind_and_name(&fact.object) else {
                continue;
            };
            let shared = &mut names.shared;
            if fact.part == Part::Head {
                let object = object.to_owned();
                match kind {
                    "table" => shared.tables.push((object, Vec::new())),
                    "view" | "materialized view" => shared.views.push(object),
                    "sequence" => names.sequences.push(object),
                    "type" | "domain" => names.types.push(object),
                    "function" | "procedure" => names.functions.push(object),
                    "schema" => names.schemas.push(object),
                    _ => {}
                }
                continue;
            }
            let Some((word, rest)) = fact.line.split_once(' ') else {
                continue;
            };
            let name = first_name(rest).to_owned();
            match (fact.part, word) {
                (Part::Members, "column") if kind == "table" && !rest.contains(" comment ") => {
                    if let Some((_, columns)) = shared.tables.last_mut() {
                        columns.push(name);
                    }
                }
                (Part::Members, "label") => {
                    names.labels.push(format!("'{}'", rest.replace('\'', "''")));
                }
                (Part::Constraints, "constraint") => names.constraints.push(name),
                (Part::Indexes, _) => {
                    let after = rest.split_once("INDEX ").map_or(rest, |(_, after)| after);
                    shared.indexes.push(first_name(after).to_owned());
                }
                (Part::Triggers, _) => {
                    let after = rest.split_once("TRIGGER ").map_or(rest, |(_, after)| after);
                    shared.triggers.push(first_name(after).to_owned());
                }
                _ => {}
            }
        }
        names
            .shared
            .tables
            .retain(|(_, columns)| !columns.is_empty());
        if names.shared.tables.is_empty() {
            let nothing = ("t".to_owned(), vec!["a".to_owned()]);
            names.shared.tables.push(nothing);
        }
        names
    }

    /// A table and its columns.
    pub fn table(&self, random: &mut Random) -> Option<&(String, Vec<String>)> {
        self.shared.table(random)
    }

    /// Any name.
    pub fn any(&self, random: &mut Random) -> Option<String> {
        let others = [
            &self.types,
            &self.sequences,
            &self.constraints,
            &self.schemas,
        ];
        match random.below(6) {
            0 => random
                .pick(&others)
                .and_then(|names| random.pick(names))
                .cloned(),
            _ => self.shared.any(random),
        }
    }

    /// A type: one of the engine's as a rule.
    pub fn any_type(&self, random: &mut Random) -> Option<String> {
        const TYPES: &[&str] = &[
            "integer",
            "bigint",
            "smallint",
            "text",
            "varchar(20)",
            "varchar",
            "char(3)",
            "boolean",
            "numeric(10,2)",
            "numeric",
            "real",
            "double precision",
            "timestamptz",
            "timestamp",
            "date",
            "time",
            "interval",
            "uuid",
            "jsonb",
            "json",
            "bytea",
            "text[]",
            "int[]",
            "inet",
            "serial",
            "bigserial",
            "int4range",
            "tsvector",
            "bit(4)",
            "name",
            "oid",
            "regclass",
            "nowhere",
            "money",
            "xml",
            "point",
            "void",
            "anyelement",
            "\"char\"",
            "timestamptz(3)",
            "float(30)",
        ];
        match random.below(6) {
            0 => random.pick(&self.types).cloned(),
            _ => random.pick(TYPES).map(|name| (*name).to_owned()),
        }
    }
}

/// The kind of an object and its name, without the schema `public`.
fn kind_and_name(object: &str) -> Option<(&'static str, &str)> {
    const KINDS: &[&str] = &[
        "table",
        "view",
        "materialized view",
        "sequence",
        "type",
        "domain",
        "function",
        "procedure",
        "schema",
    ];
    KINDS.iter().find_map(|kind| {
        let name = object.strip_prefix(kind)?.strip_prefix(' ')?;
        Some((*kind, name.strip_prefix("public.").unwrap_or(name)))
    })
}

/// The name that a text begins with, in its quotes if it has some.
fn first_name(text: &str) -> &str {
    let end = match text.strip_prefix('"') {
        Some(rest) => rest.find('"').map(|at| at + 2),
        None => text.find([' ', '.']),
    };
    text.get(..end.unwrap_or(text.len())).unwrap_or(text)
}
