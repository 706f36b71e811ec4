//! From a reference to an object (`get_object_address`): a file for each way in which objects are named.

mod globals;
mod in_schema;
mod of_table;
mod operators;
mod relations;
mod type_names;

pub(in crate::postgres::replay) use relations::column_number;

use crate::diagnostic::{Code, Diagnostic};
use crate::errors::postgres::{objects as errors, relations as relation_errors};
use crate::postgres::ast::{Ident, ObjectReference, QualifiedName};
use crate::postgres::catalog::{Address, Candidate, Class};
use crate::postgres::replay::Replay;

/// What looking for an object gives.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::postgres::replay) enum Search {
    /// It is there.
    Found(Address),
    /// It is not, of which IF EXISTS makes nothing; nor are perhaps its schema or its table.
    Missing(Box<Diagnostic>),
    /// Something is wrong that IF EXISTS does not help with.
    Failed(Box<Diagnostic>),
    /// A mistake that was told keeps from knowing it.
    Unknown,
}

impl Search {
    pub(super) fn missing(diagnostic: Diagnostic) -> Search {
        Search::Missing(Box::new(diagnostic))
    }

    pub(super) fn failed(diagnostic: Diagnostic) -> Search {
        Search::Failed(Box::new(diagnostic))
    }
}

/// A name as it was written, with its schema.
pub(in crate::postgres::replay) fn text_of(name: &QualifiedName) -> String {
    match &name.schema {
        Some(schema) => format!("{}.{}", schema.name, name.name.name),
        None => name.name.name.to_string(),
    }
}

impl Replay {
    /// The object that a statement names; nothing if a mistake was reported or is known already.
    pub(in crate::postgres::replay) fn object(
        &mut self,
        object: &ObjectReference,
    ) -> Option<Address> {
        let found = self.search(object);
        self.settle(found)
    }

    /// The object of a search; reports why there is none.
    pub(in crate::postgres::replay) fn settle(&mut self, found: Search) -> Option<Address> {
        match found {
            Search::Found(address) => Some(address),
            Search::Missing(diagnostic) | Search::Failed(diagnostic) => {
                self.report(*diagnostic);
                None
            }
            Search::Unknown => None,
        }
    }

    /// Looks for the object that a statement names.
    pub(in crate::postgres::replay) fn search(&self, object: &ObjectReference) -> Search {
        if let Some(database) = object.database() {
            return Search::failed(relation_errors::other_database(database));
        }
        match object {
            ObjectReference::Relation(word, name) => self.search_relation(*word, name),
            ObjectReference::Column { relation, column } => self.search_column(relation, column),
            ObjectReference::InSchema(word, name) => self.search_in_schema(*word, name),
            ObjectReference::Global(word, name) => self.search_global(*word, name),
            ObjectReference::Type(name) => self.search_type(name),
            ObjectReference::Domain(name) => match self.search_type(name) {
                Search::Found(address) => self.as_domain(address, name.span),
                other => other,
            },
            ObjectReference::Routine(routine) => self.search_routine(routine),
            ObjectReference::Operator(operator) => self.search_operator(operator),
            ObjectReference::OperatorClass { name, method } => {
                self.search_operator_class(name, method)
            }
            ObjectReference::OperatorFamily { name, method } => {
                self.search_operator_family(name, method)
            }
            ObjectReference::Constraint { name, table } => self.search_constraint(name, table),
            ObjectReference::DomainConstraint { name, domain } => {
                self.search_domain_constraint(name, domain)
            }
            ObjectReference::OfTable { word, name, table } => {
                self.search_of_table(*word, name, table)
            }
            ObjectReference::Cast {
                source,
                target,
                span,
            } => self.search_cast(source, target, *span),
            ObjectReference::Transform {
                type_name,
                language,
            } => self.search_transform(type_name, language),
            ObjectReference::LargeObject(_, span) => {
                let message = "large objects are data, of which migrations know nothing";
                let diagnostic = Diagnostic::new(Code::NotInMigrations, message, *span, "");
                Search::missing(diagnostic)
            }
        }
    }

    /// Says of a schema that is named before a name if it is not there.
    pub(in crate::postgres::replay) fn missing_schema(
        &self,
        name: &QualifiedName,
    ) -> Option<Diagnostic> {
        let schema = name.schema.as_ref()?;
        match self.catalog.namespace_named(&schema.name) {
            Some(_) => None,
            None => Some(self.unknown_schema(schema)),
        }
    }

    /// A schema that is not there.
    pub(in crate::postgres::replay) fn unknown_schema(&self, schema: &Ident) -> Diagnostic {
        relation_errors::unknown_schema(&self.catalog, schema)
    }

    /// Something that is missing from a schema.
    pub(in crate::postgres::replay) fn missing_in_schema<'a>(
        &self,
        code: Code,
        class: Class,
        noun: &str,
        name: &QualifiedName,
        others: impl IntoIterator<Item = Candidate<'a>>,
    ) -> Diagnostic {
        if let Some(diagnostic) = self.missing_schema(name) {
            return diagnostic;
        }
        let text = text_of(name);
        let it = errors::Missing {
            code,
            noun,
            name: &text,
            place: None,
            span: name.span,
        };
        let fate = self.catalog.fate_in_reach(class, name);
        errors::missing(it, fate, self.catalog.meant(name, others))
    }
}
