//! Statements for types, sequences, policies and triggers.

use super::super::client::Client;
use super::super::quote::literal;
use super::action::Action;
use super::build::Builder;
use super::definitions::Kind;
use super::make::by_definition;
use super::parts::{self, find};
use crate::difference::{Difference, Object, Property};
use tablature_model::postgres::{
    Column, Composite, Constraint, Domain, Enum, Policy, QualifiedName, Schema, Sequence, Trigger,
};

/// What makes a type.
pub(super) fn missing_type<C: Client>(
    builder: &mut Builder<'_, '_, '_, C>,
    difference: &Difference,
    name: &str,
) -> Option<Action> {
    match created(&builder.target.expected, name) {
        Some(statement) => Some(Action::by(difference, statement)),
        None => by_definition(builder, difference, Kind::Range, name),
    }
}

/// The statement that makes a type; none for a range, of which the schema tells only a part.
fn created(schema: &Schema, name: &str) -> Option<String> {
    if let Some(it) = find::enumeration(schema, name) {
        return Some(enumeration(it));
    }
    if let Some(it) = find::domain(schema, name) {
        return Some(domain(it));
    }
    find::composite(schema, name).map(composite)
}

fn enumeration(it: &Enum) -> String {
    let labels: Vec<String> = it.labels.iter().map(|label| value(label)).collect();
    format!(
        "CREATE TYPE {} AS ENUM ({})",
        parts::qualified(&it.name),
        labels.join(", ")
    )
}

/// A text as people write it, where it needs no escapes.
fn value(text: &str) -> String {
    match text.contains(['\\', '\0']) {
        true => literal(text),
        false => format!("'{}'", text.replace('\'', "''")),
    }
}

fn domain(it: &Domain) -> String {
    let mut sql = format!(
        "CREATE DOMAIN {} AS {}",
        parts::qualified(&it.name),
        it.base
    );
    if let Some(collation) = &it.collation {
        sql.push_str(&collate(collation));
    }
    if let Some(default) = &it.default {
        sql.push_str(&format!(" DEFAULT {default}"));
    }
    if it.not_null {
        sql.push_str(" NOT NULL");
    }
    for Constraint { name, definition } in it.constraints.iter() {
        // One that is not valid is so for the values of then; a new domain has none.
        let definition = definition.trim_end_matches(" NOT VALID");
        sql.push_str(&format!(" CONSTRAINT {} {definition}", parts::name(name)));
    }
    sql
}

pub(super) fn collate(collation: &QualifiedName) -> String {
    format!(" COLLATE {}", parts::qualified(collation))
}

fn composite(it: &Composite) -> String {
    let attributes: Vec<String> = it.attributes.iter().map(attribute).collect();
    format!(
        "CREATE TYPE {} AS ({})",
        parts::qualified(&it.name),
        attributes.join(", ")
    )
}

fn attribute(it: &Column) -> String {
    let collation = it.collation.as_ref().map(collate).unwrap_or_default();
    format!("{} {}{collation}", parts::name(&it.name), it.data_type)
}

/// What brings a type to what it is to be.
pub(super) fn changed_type<C: Client>(
    builder: &mut Builder<'_, '_, '_, C>,
    difference: &Difference,
    live: &Schema,
) -> Option<Action> {
    let (Object::Type { name }, Difference::Changed { property, .. }) =
        (difference.object(), difference)
    else {
        return None;
    };
    let object = difference.object();
    let expected = &builder.target.expected;
    match property {
        Property::Labels => {
            let (one, other) = (
                find::enumeration(expected, name)?,
                find::enumeration(live, name)?,
            );
            let added = added(one, other);
            if added.is_none() {
                builder.by_hand(
                    object,
                    "PostgreSQL removes no value of an enum and changes no order: rename the value that has another name \
                     (`ALTER TYPE … RENAME VALUE`), or make the type anew and convert its columns",
                );
            }
            added.map(|statements| Action::mends(difference, statements))
        }
        Property::Default => {
            let it = find::domain(expected, name)?;
            let default = match &it.default {
                Some(default) => format!("SET DEFAULT {default}"),
                None => "DROP DEFAULT".to_owned(),
            };
            let of = parts::qualified(&it.name);
            Some(Action::by(
                difference,
                format!("ALTER DOMAIN {of} {default}"),
            ))
        }
        Property::Nullability => {
            let it = find::domain(expected, name)?;
            let verb = if it.not_null { "SET" } else { "DROP" };
            let of = parts::qualified(&it.name);
            Some(Action::by(
                difference,
                format!("ALTER DOMAIN {of} {verb} NOT NULL"),
            ))
        }
        Property::Base | Property::Collation | Property::Columns => {
            let drop = dropped(live, name)?;
            let create = match created(expected, name) {
                Some(create) => create,
                None => {
                    let definitions = builder.target.definitions.as_ref()?;
                    definitions.statement(Kind::Range, name)?.to_owned()
                }
            };
            let anew = Action::mends(difference, vec![drop, create]);
            let altered = find::composite(expected, name)
                .zip(find::composite(live, name))
                .map(|(one, other)| attributes(one, other));
            Some(match altered {
                Some(statements) => anew.or(statements),
                None => anew,
            })
        }
        _ => None,
    }
}

/// The statement that drops a type.
pub(super) fn dropped(schema: &Schema, name: &str) -> Option<String> {
    let kind = "TYPE";
    let (kind, of) = None
        .or(find::enumeration(schema, name).map(|it| (kind, &it.name)))
        .or(find::domain(schema, name).map(|it| ("DOMAIN", &it.name)))
        .or(find::composite(schema, name).map(|it| (kind, &it.name)))
        .or(find::range(schema, name).map(|it| (kind, &it.name)))?;
    Some(format!("DROP {kind} {}", parts::qualified(of)))
}

/// The statements that add the values that an enum lacks; none if it has others, or in another order.
fn added(expected: &Enum, found: &Enum) -> Option<Vec<String>> {
    let mut statements = Vec::new();
    let mut rest = found.labels.iter().peekable();
    let mut before: Option<&str> = None;
    for label in expected.labels.iter() {
        if rest.next_if(|next| *next == label).is_none() {
            if found.labels.contains(label) {
                return None;
            }
            let place = match (before, found.labels.first()) {
                (Some(before), _) => format!(" AFTER {}", value(before)),
                (None, Some(first)) => format!(" BEFORE {}", value(first)),
                (None, None) => String::new(),
            };
            statements.push(format!(
                "ALTER TYPE {} ADD VALUE {}{place}",
                parts::qualified(&expected.name),
                value(label)
            ));
        }
        before = Some(label);
    }
    rest.next().is_none().then_some(statements)
}

/// The statements that bring the attributes of a type in use to what they are to be, as far as the server can.
fn attributes(expected: &Composite, found: &Composite) -> Vec<String> {
    let of = parts::qualified(&expected.name);
    let mut statements = Vec::new();
    for it in found.attributes.iter() {
        if !expected
            .attributes
            .iter()
            .any(|other| other.name == it.name)
        {
            statements.push(format!(
                "ALTER TYPE {of} DROP ATTRIBUTE {}",
                parts::name(&it.name)
            ));
        }
    }
    for it in expected.attributes.iter() {
        match found.attributes.iter().find(|other| other.name == it.name) {
            None => statements.push(format!("ALTER TYPE {of} ADD ATTRIBUTE {}", attribute(it))),
            Some(other) if other.data_type != it.data_type || other.collation != it.collation => {
                let collation = it.collation.as_ref().map(collate).unwrap_or_default();
                statements.push(format!(
                    "ALTER TYPE {of} ALTER ATTRIBUTE {} TYPE {}{collation}",
                    parts::name(&it.name),
                    it.data_type
                ));
            }
            Some(_) => {}
        }
    }
    statements
}

/// The statement that makes a sequence, which belongs to no column yet.
pub(super) fn sequence(it: &Sequence) -> String {
    format!(
        "CREATE SEQUENCE {} {}",
        parts::qualified(&it.name),
        numbers(it)
    )
}

fn numbers(it: &Sequence) -> String {
    format!(
        "AS {} START WITH {} INCREMENT BY {} MINVALUE {} MAXVALUE {}{}",
        it.data_type,
        it.start,
        it.increment,
        it.minimum,
        it.maximum,
        if it.cycle { " CYCLE" } else { " NO CYCLE" }
    )
}

/// What brings a sequence to what it is to be.
pub(super) fn changed_sequence<C: Client>(
    builder: &Builder<'_, '_, '_, C>,
    difference: &Difference,
    property: Property,
) -> Option<Action> {
    let Object::Sequence { name } = difference.object() else {
        return None;
    };
    let it = find::sequence(&builder.target.expected, name)?;
    let of = parts::qualified(&it.name);
    Some(match (property, &it.owner) {
        (Property::Owner, Some(owner)) => {
            let (table, column) = (parts::qualified(&owner.table), parts::name(&owner.column));
            let mut statements = vec![format!("ALTER SEQUENCE {of} OWNED BY {table}.{column}")];
            if builder.made_sequences.contains(name) {
                // It goes on after the numbers that are there.
                statements.push(format!(
                    "SELECT pg_catalog.setval({}, pg_catalog.max({column})) FROM {table} HAVING pg_catalog.max({column}) IS NOT NULL",
                    literal(&of)
                ));
            }
            Action::mends(difference, statements)
        }
        (Property::Owner, None) => {
            Action::by(difference, format!("ALTER SEQUENCE {of} OWNED BY NONE"))
        }
        _ => Action::by(difference, format!("ALTER SEQUENCE {of} {}", numbers(it))),
    })
}

/// The statement that makes a policy.
pub(super) fn policy(it: &Policy) -> String {
    let command = match &*it.command {
        "r" => "SELECT",
        "a" => "INSERT",
        "w" => "UPDATE",
        "d" => "DELETE",
        _ => "ALL",
    };
    let roles: Vec<String> = it
        .roles
        .iter()
        .map(|role| match &**role {
            "public" => "PUBLIC".to_owned(),
            role => parts::name(role),
        })
        .collect();
    let mut sql = format!(
        "CREATE POLICY {} ON {} AS {} FOR {command} TO {}",
        parts::name(&it.name),
        parts::qualified(&it.table),
        if it.permissive {
            "PERMISSIVE"
        } else {
            "RESTRICTIVE"
        },
        roles.join(", ")
    );
    if let Some(using) = &it.using {
        sql.push_str(&format!(" USING ({using})"));
    }
    if let Some(check) = &it.check {
        sql.push_str(&format!(" WITH CHECK ({check})"));
    }
    sql
}

/// The statement that says whether a trigger fires.
pub(super) fn enabling(it: &Trigger) -> Option<String> {
    let verb = match &*it.enabled {
        "O" => "ENABLE TRIGGER",
        "D" => "DISABLE TRIGGER",
        "R" => "ENABLE REPLICA TRIGGER",
        "A" => "ENABLE ALWAYS TRIGGER",
        _ => return None,
    };
    Some(format!(
        "ALTER TABLE {} {verb} {}",
        parts::qualified(&it.table),
        parts::name(&it.name)
    ))
}

/// Whether a constraint differs only in that its rows were not checked.
pub(super) fn is_only_validated(expected: &str, found: &str) -> bool {
    found.strip_suffix(" NOT VALID") == Some(expected)
}
