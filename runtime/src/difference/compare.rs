//! Comparing two schemas.

use super::{Difference, Object, Property};
use crate::schema::{Column, ForeignKey, Place, Schema, Table};
use std::borrow::Cow;
use tablature_lexer::normal_form;

/// Lists how the schema of a database, `found`, differs from the one that the migrations define, `expected`.
///
/// The list is empty when they mean the same: quoting, letter case and spacing do not count, nor does the order of
/// constraints. What is on a table that is missing or unexpected as a whole is not listed again. Tables come first, each
/// followed by what differs in it, then indexes, views and triggers, each in the order of their names.
#[must_use]
pub fn differences(expected: &Schema, found: &Schema) -> Vec<Difference> {
    let mut comparison = Comparison {
        expected,
        found,
        list: Vec::new(),
    };
    comparison.tables();
    comparison.indexes();
    comparison.views();
    comparison.triggers();
    comparison.list
}

struct Comparison<'a> {
    expected: &'a Schema,
    found: &'a Schema,
    list: Vec<Difference>,
}

impl<'a> Comparison<'a> {
    fn tables(&mut self) {
        for pair in pairs(&self.expected.tables, &self.found.tables, |table| {
            fold(&table.name)
        }) {
            let object = |table: &Table| Object::Table {
                name: table.name.to_string(),
            };
            match pair {
                Pair::Expected(table) => self.missing(object(table), table.place.as_ref()),
                Pair::Found(table) => self.unexpected(object(table)),
                Pair::Both(expected, found) => self.table(expected, found),
            }
        }
    }

    fn table(&mut self, expected: &'a Table, found: &'a Table) {
        let table = &Changes {
            object: &|| Object::Table {
                name: expected.name.to_string(),
            },
            place: expected.place.as_ref(),
        };
        let module = |table: &Table| match &table.module {
            Some(module) => format!("a virtual table using {module}"),
            None => "an ordinary table".to_owned(),
        };
        if expected.module != found.module {
            // Nothing else of the two can be compared.
            return self.changed(table, Property::Module, &module(expected), &module(found));
        }
        if expected.module.is_some() {
            // Its module makes its columns from its arguments.
            return;
        }
        let with = |flag: bool| if flag { "on" } else { "off" };
        self.changed(
            table,
            Property::Strict,
            with(expected.strict),
            with(found.strict),
        );
        self.changed(
            table,
            Property::WithoutRowid,
            with(expected.without_rowid),
            with(found.without_rowid),
        );
        self.changed(
            table,
            Property::AutoIncrement,
            with(expected.autoincrement),
            with(found.autoincrement),
        );
        self.changed(table, Property::PrimaryKey, &key(expected), &key(found));
        self.columns(table, expected, found);
        self.constraints(expected, found);
    }

    fn columns(&mut self, table: &Changes<'_>, expected: &'a Table, found: &'a Table) {
        let object = |column: &Column| Object::Column {
            table: expected.name.to_string(),
            name: column.name.to_string(),
        };
        for pair in pairs(&expected.columns, &found.columns, |column| {
            fold(&column.name)
        }) {
            match pair {
                Pair::Expected(column) => self.missing(
                    object(column),
                    column.place.as_ref().or(expected.place.as_ref()),
                ),
                Pair::Found(column) => self.unexpected(object(column)),
                Pair::Both(column, other) => {
                    let place = column.place.as_ref().or(expected.place.as_ref());
                    self.column(
                        &Changes {
                            object: &|| object(column),
                            place,
                        },
                        column,
                        other,
                    );
                }
            }
        }
        let names = |table: &Table| -> Vec<String> {
            let names = table.columns.iter().map(|column| fold(&column.name));
            names.collect()
        };
        let (mut one, mut other) = (names(expected), names(found));
        if one != other {
            let (all, others) = (one.clone(), other.clone());
            one.retain(|name| others.contains(name));
            other.retain(|name| all.contains(name));
            self.changed(
                table,
                Property::ColumnOrder,
                &one.join(", "),
                &other.join(", "),
            );
        }
    }

    fn column(&mut self, column: &Changes<'_>, expected: &Column, found: &Column) {
        let (one, other) = (&*expected.declared_type, &*found.declared_type);
        if one != other && normal_form(one) != normal_form(other) {
            fn text(declared: &str) -> &str {
                if declared.is_empty() {
                    "none"
                } else {
                    declared
                }
            }
            self.changed(column, Property::Type, text(one), text(other));
        }
        let nullability = |column: &Column| if column.not_null { "NOT NULL" } else { "NULL" };
        self.changed(
            column,
            Property::Nullability,
            nullability(expected),
            nullability(found),
        );
        self.changed(
            column,
            Property::Default,
            expected.default.as_deref().unwrap_or("none"),
            found.default.as_deref().unwrap_or("none"),
        );
        if expected.generated != found.generated {
            let generated = |column: &Column| match &column.generated {
                Some(generated) if generated.stored => {
                    format!("as ( {} ) stored", generated.expression)
                }
                Some(generated) => format!("as ( {} ) virtual", generated.expression),
                None => "not generated".to_owned(),
            };
            self.changed(
                column,
                Property::Generated,
                &generated(expected),
                &generated(found),
            );
        }
        self.changed(
            column,
            Property::Collation,
            expected.collation.as_deref().unwrap_or("binary"),
            found.collation.as_deref().unwrap_or("binary"),
        );
    }

    fn constraints(&mut self, expected: &'a Table, found: &'a Table) {
        let (table, place) = (&expected.name, expected.place.as_ref());
        for pair in pairs(&expected.unique, &found.unique, |unique| {
            joined(&unique.columns)
        }) {
            let object = |columns: &[Cow<'_, str>]| Object::Unique {
                table: table.to_string(),
                columns: strings(columns),
            };
            match pair {
                Pair::Expected(unique) => self.missing(object(&unique.columns), place),
                Pair::Found(unique) => self.unexpected(object(&unique.columns)),
                Pair::Both(..) => {}
            }
        }
        for pair in pairs(&expected.checks, &found.checks, |check| check.to_string()) {
            let object = |check: &str| Object::Check {
                table: table.to_string(),
                expression: check.to_owned(),
            };
            match pair {
                Pair::Expected(check) => self.missing(object(check), place),
                Pair::Found(check) => self.unexpected(object(check)),
                Pair::Both(..) => {}
            }
        }
        for pair in pairs(&expected.constraints, &found.constraints, |constraint| {
            constraint.to_string()
        }) {
            let object = |definition: &str| Object::Constraint {
                table: table.to_string(),
                definition: definition.to_owned(),
            };
            match pair {
                Pair::Expected(definition) => self.missing(object(definition), place),
                Pair::Found(definition) => self.unexpected(object(definition)),
                Pair::Both(..) => {}
            }
        }
        for pair in pairs(&expected.foreign_keys, &found.foreign_keys, |key| {
            format!("{}{SEPARATOR}{}", key.table, joined(&key.columns))
        }) {
            let object = |key: &ForeignKey| Object::ForeignKey {
                table: table.to_string(),
                columns: strings(&key.columns),
                parent: key.table.to_string(),
            };
            match pair {
                Pair::Expected(key) => self.missing(object(key), place),
                Pair::Found(key) => self.unexpected(object(key)),
                Pair::Both(key, other) => self.foreign_key(
                    &Changes {
                        object: &|| object(key),
                        place,
                    },
                    key,
                    other,
                ),
            }
        }
    }

    fn foreign_key(&mut self, key: &Changes<'_>, expected: &ForeignKey, found: &ForeignKey) {
        let references = |schema: &Schema, key: &ForeignKey| match strings(&key.references) {
            columns if columns.is_empty() => primary_key(schema, &key.table).join(", "),
            columns => columns.join(", "),
        };
        self.changed(
            key,
            Property::References,
            &references(self.expected, expected),
            &references(self.found, found),
        );
        self.changed(
            key,
            Property::OnUpdate,
            &expected.on_update,
            &found.on_update,
        );
        self.changed(
            key,
            Property::OnDelete,
            &expected.on_delete,
            &found.on_delete,
        );
        let deferred = |key: &ForeignKey| {
            if key.deferred {
                "deferred"
            } else {
                "immediate"
            }
        };
        self.changed(key, Property::Deferred, deferred(expected), deferred(found));
    }

    fn indexes(&mut self) {
        for pair in pairs(&self.expected.indexes, &self.found.indexes, |index| {
            fold(&index.name)
        }) {
            let object = |name: &str| Object::Index {
                name: name.to_owned(),
            };
            match pair {
                Pair::Expected(index) if !has_relation(self.found, &index.table) => {}
                Pair::Found(index) if !has_relation(self.expected, &index.table) => {}
                Pair::Expected(index) => self.missing(object(&index.name), index.place.as_ref()),
                Pair::Found(index) => self.unexpected(object(&index.name)),
                Pair::Both(index, other) => {
                    let changes = Changes {
                        object: &|| object(&index.name),
                        place: index.place.as_ref(),
                    };
                    self.definition(&changes, &index.definition, &other.definition);
                }
            }
        }
    }

    fn views(&mut self) {
        for pair in pairs(&self.expected.views, &self.found.views, |view| {
            fold(&view.name)
        }) {
            let object = |name: &str| Object::View {
                name: name.to_owned(),
            };
            match pair {
                Pair::Expected(view) => self.missing(object(&view.name), view.place.as_ref()),
                Pair::Found(view) => self.unexpected(object(&view.name)),
                Pair::Both(view, other) => {
                    let changes = Changes {
                        object: &|| object(&view.name),
                        place: view.place.as_ref(),
                    };
                    self.definition(&changes, &view.definition, &other.definition);
                }
            }
        }
    }

    fn triggers(&mut self) {
        for pair in pairs(&self.expected.triggers, &self.found.triggers, |trigger| {
            fold(&trigger.name)
        }) {
            let object = |name: &str| Object::Trigger {
                name: name.to_owned(),
            };
            match pair {
                Pair::Expected(trigger) if !has_relation(self.found, &trigger.table) => {}
                Pair::Found(trigger) if !has_relation(self.expected, &trigger.table) => {}
                Pair::Expected(trigger) => {
                    self.missing(object(&trigger.name), trigger.place.as_ref())
                }
                Pair::Found(trigger) => self.unexpected(object(&trigger.name)),
                Pair::Both(trigger, other) => {
                    let changes = Changes {
                        object: &|| object(&trigger.name),
                        place: trigger.place.as_ref(),
                    };
                    self.definition(&changes, &trigger.definition, &other.definition);
                }
            }
        }
    }

    fn definition(&mut self, changes: &Changes<'_>, expected: &str, found: &str) {
        self.changed(changes, Property::Definition, expected, found);
    }

    fn changed(&mut self, thing: &Changes<'_>, property: Property, expected: &str, found: &str) {
        if expected != found {
            self.list.push(Difference::Changed {
                object: (thing.object)(),
                property,
                expected: expected.to_owned(),
                found: found.to_owned(),
                place: thing.place.cloned(),
            });
        }
    }

    fn missing(&mut self, object: Object, place: Option<&Place>) {
        let place = place.cloned();
        self.list.push(Difference::Missing { object, place });
    }

    fn unexpected(&mut self, object: Object) {
        self.list.push(Difference::Unexpected { object });
    }
}

/// The thing whose properties are compared.
struct Changes<'a> {
    /// Says what it is; most things have not changed, and nobody asks.
    object: &'a dyn Fn() -> Object,
    place: Option<&'a Place>,
}

pub(super) enum Pair<'a, T> {
    Expected(&'a T),
    Found(&'a T),
    Both(&'a T, &'a T),
}

/// Brings two lists together by a key; equal keys in one list are paired one by one.
pub(super) fn pairs<'a, T>(
    expected: &'a [T],
    found: &'a [T],
    key: impl Fn(&T) -> String,
) -> Vec<Pair<'a, T>> {
    let keys = |list: &[T]| list.iter().map(&key).collect();
    let pairs = paired(keys(expected), keys(found)).into_iter();
    pairs
        .filter_map(|places| match places {
            (Some(one), Some(other)) => Some(Pair::Both(expected.get(one)?, found.get(other)?)),
            (Some(one), None) => expected.get(one).map(Pair::Expected),
            (None, Some(other)) => found.get(other).map(Pair::Found),
            (None, None) => None,
        })
        .collect()
}

/// The places in two lists that have the same key, in the order of the keys. It is apart from what there is a list of, so
/// that a program has it once.
fn paired(expected: Vec<String>, found: Vec<String>) -> Vec<(Option<usize>, Option<usize>)> {
    let sorted = |keys: Vec<String>| {
        let mut keys: Vec<(String, usize)> = keys.into_iter().zip(0..).collect();
        keys.sort();
        keys.into_iter().peekable()
    };
    let (mut expected, mut found) = (sorted(expected), sorted(found));
    let mut places = Vec::new();
    loop {
        let (one, other) = match (expected.peek(), found.peek()) {
            (Some((a, _)), Some((b, _))) if a == b => (expected.next(), found.next()),
            (Some((a, _)), Some((b, _))) if a > b => (None, found.next()),
            (Some(_), _) => (expected.next(), None),
            (None, Some(_)) => (None, found.next()),
            (None, None) => return places,
        };
        places.push((one.map(|(_, place)| place), other.map(|(_, place)| place)));
    }
}

/// What no name contains.
const SEPARATOR: char = '\0';

/// A key of several names.
fn joined(names: &[Cow<'_, str>]) -> String {
    names.join(&*SEPARATOR.to_string())
}

fn fold(name: &str) -> String {
    name.to_ascii_lowercase()
}

fn strings(names: &[Cow<'_, str>]) -> Vec<String> {
    names.iter().map(|name| name.to_string()).collect()
}

fn has_relation(schema: &Schema, name: &str) -> bool {
    let is = |other: &str| other.eq_ignore_ascii_case(name);
    schema.tables.iter().any(|table| is(&table.name))
        || schema.views.iter().any(|view| is(&view.name))
}

fn key(table: &Table) -> String {
    let mut columns: Vec<&Column> = table
        .columns
        .iter()
        .filter(|column| column.primary_key > 0)
        .collect();
    columns.sort_by_key(|column| column.primary_key);
    match columns.as_slice() {
        [] => "none".to_owned(),
        columns => columns
            .iter()
            .map(|column| fold(&column.name))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// The columns of a table's primary key, folded; empty if there is no such table.
fn primary_key(schema: &Schema, table: &str) -> Vec<String> {
    let table = schema
        .tables
        .iter()
        .find(|candidate| candidate.name.eq_ignore_ascii_case(table));
    let columns = table.map(|table| &*table.columns).unwrap_or_default();
    let mut columns: Vec<&Column> = columns
        .iter()
        .filter(|column| column.primary_key > 0)
        .collect();
    columns.sort_by_key(|column| column.primary_key);
    columns.iter().map(|column| fold(&column.name)).collect()
}
