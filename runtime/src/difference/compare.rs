//! Comparing two schemas.

use super::{Difference, Object, Property};
use crate::schema::{Column, ForeignKey, Place, Schema, Table};
use std::borrow::Cow;
use std::collections::BTreeSet;
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
        let table = Changes {
            object: Object::Table {
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
            return self.list.extend(table.changed(
                Property::Module,
                module(expected),
                module(found),
            ));
        }
        if expected.module.is_some() {
            // Its module makes its columns from its arguments.
            return;
        }
        let with = |flag: bool| if flag { "on" } else { "off" };
        self.list.extend(table.changed(
            Property::Strict,
            with(expected.strict),
            with(found.strict),
        ));
        self.list.extend(table.changed(
            Property::WithoutRowid,
            with(expected.without_rowid),
            with(found.without_rowid),
        ));
        self.list.extend(table.changed(
            Property::AutoIncrement,
            with(expected.autoincrement),
            with(found.autoincrement),
        ));
        self.list
            .extend(table.changed(Property::PrimaryKey, key(expected), key(found)));
        self.columns(&table, expected, found);
        self.constraints(expected, found);
    }

    fn columns(&mut self, table: &Changes<'_>, expected: &'a Table, found: &'a Table) {
        let object = |column: &Column| Object::Column {
            table: expected.name.to_string(),
            name: column.name.to_string(),
        };
        let mut common = BTreeSet::new();
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
                    common.insert(fold(&column.name));
                    let place = column.place.as_ref().or(expected.place.as_ref());
                    self.column(
                        &Changes {
                            object: object(column),
                            place,
                        },
                        column,
                        other,
                    );
                }
            }
        }
        let order = |table: &Table| {
            let names = table.columns.iter().map(|column| fold(&column.name));
            names
                .filter(|name| common.contains(name))
                .collect::<Vec<_>>()
                .join(", ")
        };
        self.list
            .extend(table.changed(Property::ColumnOrder, order(expected), order(found)));
    }

    fn column(&mut self, column: &Changes<'_>, expected: &Column, found: &Column) {
        if normal_form(&expected.declared_type) != normal_form(&found.declared_type) {
            let text = |column: &Column| match &*column.declared_type {
                "" => "none".to_owned(),
                declared => declared.to_owned(),
            };
            self.list
                .extend(column.changed(Property::Type, text(expected), text(found)));
        }
        let nullability = |column: &Column| if column.not_null { "NOT NULL" } else { "NULL" };
        self.list.extend(column.changed(
            Property::Nullability,
            nullability(expected),
            nullability(found),
        ));
        let default = |column: &Column| column.default.as_deref().unwrap_or("none").to_owned();
        self.list
            .extend(column.changed(Property::Default, default(expected), default(found)));
        let generated = |column: &Column| match &column.generated {
            Some(generated) if generated.stored => {
                format!("as ( {} ) stored", generated.expression)
            }
            Some(generated) => format!("as ( {} ) virtual", generated.expression),
            None => "not generated".to_owned(),
        };
        self.list.extend(column.changed(
            Property::Generated,
            generated(expected),
            generated(found),
        ));
        let collation =
            |column: &Column| column.collation.as_deref().unwrap_or("binary").to_owned();
        self.list.extend(column.changed(
            Property::Collation,
            collation(expected),
            collation(found),
        ));
    }

    fn constraints(&mut self, expected: &'a Table, found: &'a Table) {
        let (table, place) = (&expected.name, expected.place.as_ref());
        for pair in pairs(&expected.unique, &found.unique, |unique| {
            unique.columns.clone()
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
        for pair in pairs(&expected.checks, &found.checks, Clone::clone) {
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
        for pair in pairs(&expected.constraints, &found.constraints, Clone::clone) {
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
            (key.columns.clone(), key.table.clone())
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
                        object: object(key),
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
        self.list.extend(key.changed(
            Property::References,
            references(self.expected, expected),
            references(self.found, found),
        ));
        self.list
            .extend(key.changed(Property::OnUpdate, &*expected.on_update, &*found.on_update));
        self.list
            .extend(key.changed(Property::OnDelete, &*expected.on_delete, &*found.on_delete));
        let deferred = |key: &ForeignKey| {
            if key.deferred {
                "deferred"
            } else {
                "immediate"
            }
        };
        self.list
            .extend(key.changed(Property::Deferred, deferred(expected), deferred(found)));
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
                        object: object(&index.name),
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
                        object: object(&view.name),
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
                        object: object(&trigger.name),
                        place: trigger.place.as_ref(),
                    };
                    self.definition(&changes, &trigger.definition, &other.definition);
                }
            }
        }
    }

    fn definition(&mut self, changes: &Changes<'_>, expected: &str, found: &str) {
        self.list
            .extend(changes.changed(Property::Definition, expected, found));
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
    object: Object,
    place: Option<&'a Place>,
}

impl Changes<'_> {
    fn changed(
        &self,
        property: Property,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Option<Difference> {
        let (expected, found) = (expected.into(), found.into());
        (expected != found).then(|| Difference::Changed {
            object: self.object.clone(),
            property,
            expected,
            found,
            place: self.place.cloned(),
        })
    }
}

enum Pair<'a, T> {
    Expected(&'a T),
    Found(&'a T),
    Both(&'a T, &'a T),
}

/// Brings two lists together by a key; equal keys in one list are paired one by one.
fn pairs<'a, T, K: Ord>(
    expected: &'a [T],
    found: &'a [T],
    key: impl Fn(&T) -> K,
) -> Vec<Pair<'a, T>> {
    let sorted = |list: &'a [T]| {
        let mut list: Vec<(K, &'a T)> = list.iter().map(|item| (key(item), item)).collect();
        list.sort_by(|(a, _), (b, _)| a.cmp(b));
        list.into_iter().peekable()
    };
    let (mut expected, mut found) = (sorted(expected), sorted(found));
    let mut pairs = Vec::new();
    loop {
        let pair = match (expected.peek(), found.peek()) {
            (Some((a, _)), Some((b, _))) if a == b => expected
                .next()
                .zip(found.next())
                .map(|((_, a), (_, b))| Pair::Both(a, b)),
            (Some((a, _)), Some((b, _))) if a > b => {
                found.next().map(|(_, item)| Pair::Found(item))
            }
            (Some(_), _) => expected.next().map(|(_, item)| Pair::Expected(item)),
            (None, _) => found.next().map(|(_, item)| Pair::Found(item)),
        };
        match pair {
            Some(pair) => pairs.push(pair),
            None => return pairs,
        }
    }
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
