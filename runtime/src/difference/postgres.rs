//! Comparing two schemas of PostgreSQL.

use super::compare::{Pair, pairs};
use super::{Difference, Object, Property};
use crate::schema::Place;
use std::borrow::Cow;
use tablature_model::postgres::{
    Column, Constraint, Policy, QualifiedName, Routine, Schema, Sequence, Table,
};

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

/// What the lists of a schema have in common.
trait Thing {
    fn object(&self) -> Object;
    fn place(&self) -> Option<&Place>;
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

    fn types(&mut self) {
        for (one, other) in self.both(&self.expected.enums, &self.found.enums) {
            let labels = |labels: &[Cow<'_, str>]| labels.join(", ");
            self.changed(
                one,
                Property::Labels,
                &labels(&one.labels),
                &labels(&other.labels),
            );
        }
        for (one, other) in self.both(&self.expected.domains, &self.found.domains) {
            self.changed(one, Property::Base, &one.base, &other.base);
            self.changed(
                one,
                Property::Nullability,
                null(one.not_null),
                null(other.not_null),
            );
            self.changed(
                one,
                Property::Default,
                or_none(&one.default),
                or_none(&other.default),
            );
            self.changed(
                one,
                Property::Collation,
                &collation(&one.collation),
                &collation(&other.collation),
            );
            self.constraints(
                &shown(&one.name),
                one.place.as_ref(),
                &one.constraints,
                &other.constraints,
            );
        }
        for (one, other) in self.both(&self.expected.composites, &self.found.composites) {
            let columns = |columns: &[Column]| {
                listed(columns.iter().map(|column| {
                    format!(
                        "{} {}{}",
                        column.name,
                        column.data_type,
                        match &column.collation {
                            Some(collation) => format!(" collate {}", shown(collation)),
                            None => String::new(),
                        }
                    )
                }))
            };
            self.changed(
                one,
                Property::Columns,
                &columns(&one.attributes),
                &columns(&other.attributes),
            );
        }
        for (one, other) in self.both(&self.expected.ranges, &self.found.ranges) {
            self.changed(one, Property::Base, &one.subtype, &other.subtype);
        }
    }

    fn sequences(&mut self) {
        let numbers = |it: &Sequence| {
            format!(
                "{} start {} increment {} from {} to {}{}",
                it.data_type,
                it.start,
                it.increment,
                it.minimum,
                it.maximum,
                if it.cycle { " cycle" } else { "" }
            )
        };
        let owner = |it: &Sequence| match &it.owner {
            Some(owner) => format!("{}.{}", shown(&owner.table), owner.column),
            None => "none".to_owned(),
        };
        for (one, other) in self.both(&self.expected.sequences, &self.found.sequences) {
            self.changed(one, Property::Numbers, &numbers(one), &numbers(other));
            self.changed(one, Property::Owner, &owner(one), &owner(other));
        }
    }

    fn tables(&mut self) {
        for (one, other) in self.both(&self.expected.tables, &self.found.tables) {
            let kind = |it: &Table| match &*it.kind {
                "p" => "a partitioned table",
                "f" => "a foreign table",
                _ => "an ordinary table",
            };
            self.changed(one, Property::Kind, kind(one), kind(other));
            let on = |flag: bool| if flag { "on" } else { "off" };
            self.changed(
                one,
                Property::Unlogged,
                on(one.unlogged),
                on(other.unlogged),
            );
            self.changed(
                one,
                Property::PartitionKey,
                or_none(&one.partition_key),
                or_none(&other.partition_key),
            );
            self.changed(
                one,
                Property::PartitionBound,
                or_none(&one.partition_bound),
                or_none(&other.partition_bound),
            );
            let parents = |it: &Table| listed(it.parents.iter().map(shown));
            self.changed(one, Property::Parents, &parents(one), &parents(other));
            let security = |it: &Table| match (it.row_security, it.force_row_security) {
                (false, false) => "off",
                (true, false) => "on",
                (false, true) => "off but forced",
                (true, true) => "forced",
            };
            self.changed(one, Property::RowSecurity, security(one), security(other));
            self.columns(one, other);
            self.constraints(
                &shown(&one.name),
                one.place.as_ref(),
                &one.constraints,
                &other.constraints,
            );
        }
    }

    fn columns<'a>(&mut self, one: &'a Table, other: &'a Table) {
        let of = |table: &'a Table| -> Vec<OfTable<'a>> {
            let columns = table.columns.iter();
            let name = shown(&one.name);
            columns
                .map(|column| OfTable {
                    table: name.clone(),
                    column,
                    place: column.place.as_ref().or(one.place.as_ref()),
                })
                .collect()
        };
        let (ones, others) = (of(one), of(other));
        for (column, found) in self.both(&ones, &others) {
            let (expected, found) = (column.column, found.column);
            self.changed(
                column,
                Property::Type,
                &expected.data_type,
                &found.data_type,
            );
            self.changed(
                column,
                Property::Nullability,
                null(expected.not_null),
                null(found.not_null),
            );
            self.changed(
                column,
                Property::Default,
                or_none(&expected.default),
                or_none(&found.default),
            );
            let identity = |it: &Column| match &*it.identity {
                "a" => "always",
                "d" => "by default",
                _ => "none",
            };
            self.changed(
                column,
                Property::Identity,
                identity(expected),
                identity(found),
            );
            let generated = |it: &Column| match &it.generated {
                Some(generated) if generated.kind == "v" => {
                    format!("{} virtual", generated.expression)
                }
                Some(generated) => generated.expression.to_string(),
                None => "none".to_owned(),
            };
            self.changed(
                column,
                Property::Generated,
                &generated(expected),
                &generated(found),
            );
            self.changed(
                column,
                Property::Collation,
                &collation(&expected.collation),
                &collation(&found.collation),
            );
        }
        let names = |columns: &[OfTable<'_>], others: &[OfTable<'_>]| {
            let is_there = |it: &&OfTable<'_>| {
                let mut others = others.iter();
                others.any(|other| other.column.name == it.column.name)
            };
            listed(
                columns
                    .iter()
                    .filter(is_there)
                    .map(|it| it.column.name.to_string()),
            )
        };
        self.changed(
            one,
            Property::ColumnOrder,
            &names(&ones, &others),
            &names(&others, &ones),
        );
    }

    fn constraints(
        &mut self,
        owner: &str,
        place: Option<&Place>,
        expected: &[Constraint],
        found: &[Constraint],
    ) {
        let of = |constraints: &[Constraint]| -> Vec<Named<'_>> {
            constraints
                .iter()
                .map(|constraint| Named {
                    owner: owner.to_owned(),
                    constraint: constraint.clone(),
                    place,
                })
                .collect()
        };
        let (ones, others) = (of(expected), of(found));
        for (one, other) in self.both(&ones, &others) {
            self.changed(
                one,
                Property::Definition,
                &one.constraint.definition,
                &other.constraint.definition,
            );
        }
    }

    fn views(&mut self) {
        for (one, other) in self.both(&self.expected.views, &self.found.views) {
            let kind = |is_materialized: bool| match is_materialized {
                true => "a materialized view",
                false => "a view",
            };
            self.changed(
                one,
                Property::Kind,
                kind(one.materialized),
                kind(other.materialized),
            );
            let columns = |view: &tablature_model::postgres::View| {
                let columns = view.columns.iter();
                listed(columns.map(|column| format!("{} {}", column.name, column.data_type)))
            };
            self.changed(one, Property::Columns, &columns(one), &columns(other));
            self.changed(
                one,
                Property::Options,
                &one.options.join(", "),
                &other.options.join(", "),
            );
        }
    }

    fn indexes(&mut self) {
        let relations = |schema: &Schema| -> Vec<QualifiedName> {
            let tables = schema.tables.iter().map(|table| table.name.clone());
            let views = schema.views.iter().map(|view| view.name.clone());
            tables.chain(views).collect()
        };
        let (known, there) = (relations(self.expected), relations(self.found));
        let on = |index: &tablature_model::postgres::Index, relations: &[QualifiedName]| {
            relations
                .iter()
                .any(|name| name.name == index.table && name.schema == index.name.schema)
        };
        let mut expected = self.expected.indexes.to_vec();
        expected.retain(|index| on(index, &there));
        let mut found = self.found.indexes.to_vec();
        found.retain(|index| on(index, &known));
        for (one, other) in self.both(&expected, &found) {
            self.changed(
                one,
                Property::Definition,
                &one.definition,
                &other.definition,
            );
            let state = |is_valid: bool| if is_valid { "valid" } else { "invalid" };
            self.changed(
                one,
                Property::Validity,
                state(one.valid),
                state(other.valid),
            );
        }
    }

    fn routines(&mut self) {
        let attributes = |it: &Routine| {
            let volatility = match &*it.volatility {
                "i" => "immutable",
                "s" => "stable",
                _ => "volatile",
            };
            let strict = if it.strict { " strict" } else { "" };
            let definer = if it.security_definer {
                " security definer"
            } else {
                ""
            };
            format!("{} {volatility}{strict}{definer}", it.language)
        };
        for (one, other) in self.both(&self.expected.routines, &self.found.routines) {
            self.changed(one, Property::Kind, &one.kind, &other.kind);
            self.changed(
                one,
                Property::Result,
                or_none(&one.result),
                or_none(&other.result),
            );
            self.changed(
                one,
                Property::Attributes,
                &attributes(one),
                &attributes(other),
            );
            if let (Some(body), Some(found)) = (&one.body, &other.body) {
                let (body, found) = first_difference(body, found);
                self.changed(one, Property::Body, &body, &found);
            }
        }
    }

    fn on_tables(&mut self) {
        let (expected, found) = (self.expected, self.found);
        let has = |schema: &Schema, name: &QualifiedName| {
            schema.tables.iter().any(|table| table.name == *name)
                || schema.views.iter().any(|view| view.name == *name)
        };
        let both = |name: &QualifiedName| has(expected, name) && has(found, name);
        let triggers = |schema: &Schema| {
            let mut triggers = schema.triggers.to_vec();
            triggers.retain(|trigger| both(&trigger.table));
            triggers
        };
        for (one, other) in self.both(&triggers(expected), &triggers(found)) {
            self.changed(
                one,
                Property::Definition,
                &one.definition,
                &other.definition,
            );
            self.changed(one, Property::Enabled, &one.enabled, &other.enabled);
        }
        let policies = |schema: &Schema| {
            let mut policies = schema.policies.to_vec();
            policies.retain(|policy| both(&policy.table));
            policies
        };
        for (one, other) in self.both(&policies(expected), &policies(found)) {
            let command = |it: &Policy| {
                let kind = if it.permissive {
                    "permissive"
                } else {
                    "restrictive"
                };
                let command = match &*it.command {
                    "r" => "SELECT",
                    "a" => "INSERT",
                    "w" => "UPDATE",
                    "d" => "DELETE",
                    _ => "ALL",
                };
                format!("{kind} for {command}")
            };
            self.changed(one, Property::Command, &command(one), &command(other));
            self.changed(
                one,
                Property::Roles,
                &one.roles.join(", "),
                &other.roles.join(", "),
            );
            let conditions =
                |it: &Policy| format!("using {} check {}", or_none(&it.using), or_none(&it.check));
            self.changed(
                one,
                Property::Conditions,
                &conditions(one),
                &conditions(other),
            );
        }
        let rules = |schema: &Schema| {
            let mut rules = schema.rules.to_vec();
            rules.retain(|rule| both(&rule.table));
            rules
        };
        for (one, other) in self.both(&rules(expected), &rules(found)) {
            self.changed(one, Property::Command, &one.event, &other.event);
        }
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

/// The first lines in which two bodies differ, with their number.
fn first_difference(expected: &str, found: &str) -> (String, String) {
    let mut found_lines = found.lines();
    for (number, line) in (1..).zip(expected.lines()) {
        let other = found_lines.next();
        if other != Some(line) {
            let other = other.unwrap_or("the end");
            return (format!("{number}: {line}"), format!("{number}: {other}"));
        }
    }
    match found_lines.next() {
        Some(line) => ("the end".to_owned(), line.to_owned()),
        // They may still differ in how they end, which says nothing.
        None => (String::new(), String::new()),
    }
}

/// A column, and its table.
struct OfTable<'a> {
    table: String,
    column: &'a Column,
    place: Option<&'a Place>,
}

impl Thing for OfTable<'_> {
    fn object(&self) -> Object {
        Object::Column {
            table: self.table.clone(),
            name: self.column.name.to_string(),
        }
    }

    fn place(&self) -> Option<&Place> {
        self.place
    }
}

/// A constraint, and what it is of.
struct Named<'a> {
    owner: String,
    constraint: Constraint,
    place: Option<&'a Place>,
}

impl Thing for Named<'_> {
    fn object(&self) -> Object {
        Object::NamedConstraint {
            owner: self.owner.clone(),
            name: self.constraint.name.to_string(),
        }
    }

    fn place(&self) -> Option<&Place> {
        self.place
    }
}

macro_rules! things {
    ($($thing:ident => $object:expr;)*) => {
        $(
            impl Thing for tablature_model::postgres::$thing {
                fn object(&self) -> Object {
                    let object: fn(&Self) -> Object = $object;
                    object(self)
                }

                fn place(&self) -> Option<&Place> {
                    self.place.as_ref()
                }
            }
        )*
    };
}

things! {
    Namespace => |it| Object::Schema { name: it.name.to_string() };
    Extension => |it| Object::Extension { name: it.name.to_string() };
    Enum => |it| Object::Type { name: shown(&it.name) };
    Domain => |it| Object::Type { name: shown(&it.name) };
    Composite => |it| Object::Type { name: shown(&it.name) };
    Range => |it| Object::Type { name: shown(&it.name) };
    Sequence => |it| Object::Sequence { name: shown(&it.name) };
    Table => |it| Object::Table { name: shown(&it.name) };
    View => |it| Object::View { name: shown(&it.name) };
    Index => |it| Object::Index { name: shown(&it.name) };
    Routine => |it| Object::Routine { name: format!("{}({})", shown(&it.name), it.arguments) };
    Trigger => |it| Object::Trigger { name: format!("{}.{}", shown(&it.table), it.name) };
    Policy => |it| Object::Policy { table: shown(&it.table), name: it.name.to_string() };
    Rule => |it| Object::Rule { table: shown(&it.table), name: it.name.to_string() };
}

/// Whether a difference is no more than an additive migration makes: something that `found` has besides what is expected,
/// and that keeps no row from being written by a program that does not know it.
pub(crate) fn is_postgres_addition(difference: &Difference, found: &Schema) -> bool {
    let object = match difference {
        Difference::Unexpected { object } => object,
        // What a newer program has added values to.
        Difference::Missing { .. } | Difference::Changed { .. } => return false,
    };
    match object {
        Object::Column { table, name } => {
            let mut tables = found.tables.iter();
            let table = tables.find(|it| shown(&it.name) == *table);
            let mut columns = table.into_iter().flat_map(|table| table.columns.iter());
            columns.any(|column| {
                *column.name == **name
                    && (!column.not_null
                        || column.default.is_some()
                        || column.generated.is_some()
                        || !column.identity.is_empty())
            })
        }
        Object::Index { name } => {
            let mut indexes = found.indexes.iter();
            indexes.any(|index| {
                shown(&index.name) == *name && !index.definition.starts_with("CREATE UNIQUE")
            })
        }
        Object::Table { .. }
        | Object::View { .. }
        | Object::Schema { .. }
        | Object::Extension { .. }
        | Object::Type { .. }
        | Object::Sequence { .. }
        | Object::Routine { .. } => true,
        Object::Unique { .. }
        | Object::Check { .. }
        | Object::Constraint { .. }
        | Object::ForeignKey { .. }
        | Object::NamedConstraint { .. }
        | Object::Trigger { .. }
        | Object::Policy { .. }
        | Object::Rule { .. } => false,
    }
}
