//! The statements that make a catalog in an empty database.
//!
//! They are written from the catalog, in an order in which each finds what it needs. What the catalog only knows by name
//! (operators, aggregates, casts, text search, foreign servers) is made by the statements of the migrations themselves.
//! Owners, roles, privileges and tablespaces are left out, as they are not a part of a schema alone.

mod column;
mod comment;
mod index;
mod order;
mod relation;
mod routine;
mod table;
mod table_objects;
mod types;

use super::catalog::{Address, Catalog, Class};
use super::types::{Oid, Typing, ValueType};
use crate::catalog::Provenance;
use crate::text::Span;
use order::Order;
use std::collections::BTreeSet;
use tablature_lexer::postgres::quote_name_since;

/// The statements that make a catalog, without their semicolons. `written` finds the statement of a migration that a place
/// is in: its own place, and its text without the semicolon.
#[must_use]
pub fn script(catalog: &Catalog, written: &dyn Fn(Span) -> Option<(Span, String)>) -> Vec<String> {
    let mut catalog = catalog.clone();
    catalog.set_search_path(["public".into()].into());
    let Order { objects, inline } = order::order(&catalog);
    let mut script = Script {
        catalog: &catalog,
        written,
        inline,
        repeated: BTreeSet::new(),
        statements: Vec::new(),
    };
    for object in objects {
        script.object(object);
    }
    script.comments();
    let mut statements = script.statements;
    if statements.is_empty() {
        return statements;
    }
    let mut settings = vec!["SET search_path = public".to_owned()];
    if catalog.routines.iter().next().is_some() {
        // Bodies name what is made after them.
        settings.push("SET check_function_bodies = off".to_owned());
    }
    statements.splice(0..0, settings);
    statements
}

struct Script<'a> {
    catalog: &'a Catalog,
    written: &'a dyn Fn(Span) -> Option<(Span, String)>,
    /// Defaults and constraints that are in the statement of their table.
    inline: BTreeSet<Address>,
    /// The statements of migrations that are among the statements already.
    repeated: BTreeSet<Span>,
    statements: Vec<String>,
}

impl<'a> Script<'a> {
    fn push(&mut self, statement: String) {
        self.statements.push(statement);
    }

    fn object(&mut self, object: Address) {
        let catalog = self.catalog;
        let oid = object.oid;
        match object.class {
            Class::Namespace => {
                let name = catalog.namespace_name(oid).unwrap_or_default();
                self.push(format!("CREATE SCHEMA {}", self.name(name)));
            }
            Class::Extension => {
                if let Some(extension) = catalog.extensions.get(oid) {
                    let schema = catalog.namespace_name(extension.namespace);
                    let schema = schema.filter(|it| !it.starts_with("pg_"));
                    let schema = schema.map(|it| format!(" SCHEMA {}", self.name(it)));
                    let name = self.name(&extension.name);
                    self.push(format!(
                        "CREATE EXTENSION IF NOT EXISTS {name}{}",
                        schema.unwrap_or_default()
                    ));
                }
            }
            Class::Relation => self.relation(oid),
            Class::Default => self.set_default(oid, object.part),
            Class::Type => self.type_made(oid),
            Class::Routine => self.routine(oid),
            Class::Constraint => self.constraint(oid),
            Class::Trigger => self.trigger(oid),
            Class::Rule => self.rule(oid),
            Class::Policy => self.policy(oid),
            Class::Statistics => self.extended_statistics(oid),
            Class::Publication => self.publication(oid),
            Class::Operator => {
                self.as_written(
                    catalog
                        .operators
                        .get(oid)
                        .and_then(|it| it.provenance.as_ref()),
                );
            }
            Class::OperatorClass => {
                let found = catalog.operator_classes.get(oid);
                self.as_written(found.and_then(|it| it.provenance.as_ref()));
            }
            Class::OperatorFamily => {
                let found = catalog.operator_families.get(oid);
                self.as_written(found.and_then(|it| it.provenance.as_ref()));
            }
            Class::Cast => {
                self.as_written(catalog.casts.get(oid).and_then(|it| it.provenance.as_ref()));
            }
            Class::Collation => {
                let found = catalog.collations.get(oid);
                self.as_written(found.and_then(|it| it.provenance.as_ref()));
            }
            Class::Language => {
                let found = catalog.languages.get(oid);
                self.as_written(found.and_then(|it| it.provenance.as_ref()));
            }
            Class::AccessMethod => {
                let found = catalog.access_methods.get(oid);
                self.as_written(found.and_then(|it| it.provenance.as_ref()));
            }
            Class::Transform
            | Class::Conversion
            | Class::TextSearchParser
            | Class::TextSearchDictionary
            | Class::TextSearchTemplate
            | Class::TextSearchConfiguration
            | Class::ForeignDataWrapper
            | Class::ForeignServer
            | Class::UserMapping
            | Class::EventTrigger => {
                self.as_written(catalog.plain.get(oid).and_then(|it| it.provenance.as_ref()));
            }
            // No part of a database's own schema, or of another object's statement.
            Class::OperatorOfFamily
            | Class::FunctionOfFamily
            | Class::PublicationRelation
            | Class::PublicationNamespace
            | Class::Subscription
            | Class::DefaultPrivileges
            | Class::Role
            | Class::Tablespace
            | Class::Database
            | Class::LargeObject => {}
        }
    }

    /// The statements of the migrations that have made and changed an object, each once.
    fn as_written(&mut self, provenance: Option<&Provenance>) {
        let Some(provenance) = provenance else {
            return;
        };
        let mut places: Vec<Span> = provenance.own_changes().map(|it| it.span).collect();
        places.push(provenance.created);
        for place in places.into_iter().rev() {
            if let Some((span, text)) = (self.written)(place)
                && self.repeated.insert(span)
            {
                self.push(text);
            }
        }
    }

    fn name(&self, name: &str) -> String {
        let version = u8::try_from(self.catalog.version).unwrap_or(u8::MAX);
        quote_name_since(name, version)
    }

    fn names<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> String {
        let names: Vec<String> = names.into_iter().map(|name| self.name(name)).collect();
        names.join(", ")
    }

    fn relation_name(&self, oid: Oid) -> String {
        let relation = self.catalog.relation(oid);
        relation.map_or_else(String::new, |it| self.catalog.relation_text(it))
    }

    /// A name in a schema, which stands before it unless the search path has it.
    fn in_schema(&self, namespace: Oid, name: &str) -> String {
        let is_visible = self.catalog.creation_namespace() == Some(namespace);
        self.catalog.qualified_unless(is_visible, namespace, name)
    }

    fn typed(&self, typed: ValueType) -> String {
        Typing::new(self.catalog).format(typed.oid, typed.typmod)
    }

    /// The collation of a value in words, if it is another one than its type has.
    fn collation(&self, collation: Option<Oid>, of: Oid) -> Option<String> {
        let own = self.catalog.type_of(of)?.collation;
        let oid = collation.filter(|it| Some(*it) != own)?;
        let found = super::types::Objects::collation(self.catalog, oid)?;
        let is_visible = self.catalog.search_path().contains(&found.namespace);
        let catalog = self.catalog;
        Some(catalog.qualified_unless(is_visible, found.namespace, &found.name))
    }
}

/// A text as a literal.
fn literal(text: &str) -> String {
    let quoted = text.replace('\'', "''");
    match text.contains('\\') {
        true => format!("E'{}'", quoted.replace('\\', "\\\\")),
        false => format!("'{quoted}'"),
    }
}
