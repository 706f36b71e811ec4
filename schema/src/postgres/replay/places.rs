//! Where new objects go, where those that are there were created, and how those that a statement makes are written down.

use super::Replay;
use crate::catalog::{Change, ChangeKind, Provenance};
use crate::errors::postgres::{objects as errors, relations as relation_errors};
use crate::postgres::ast::{Ident, QualifiedName};
use crate::postgres::catalog::{Address, Catalog, Class, Dependency, Plain};
use crate::postgres::types::Oid;
use crate::text::Span;

impl Replay {
    /// The schema of a new object that is no relation (`QualifiedNameGetCreationNamespace`).
    pub(super) fn schema_of_new(&mut self, name: &QualifiedName) -> Option<Oid> {
        if let Some(catalog) = &name.catalog {
            self.report(relation_errors::other_database(catalog));
        }
        match &name.schema {
            Some(schema) => self.schema_named(schema),
            None => {
                let found = self.catalog.creation_namespace();
                if found.is_none() {
                    self.report(errors::no_creation_schema(name.span));
                }
                found
            }
        }
    }

    /// Where an object was created, or got the name that it has.
    pub(super) fn declared(&self, object: Address) -> Option<Span> {
        let provenance = self.catalog.provenance_of(object)?;
        let mut changes = provenance.own_changes();
        let renamed = changes.find(|it| matches!(it.kind, ChangeKind::RenamedFrom(_)));
        Some(renamed.map_or(provenance.created, |it: &Change| it.span))
    }

    /// Makes an object of which little more matters than that it is there.
    pub(super) fn make_plain(&mut self, class: Class, name: &Ident, container: Option<Oid>) -> Oid {
        let oid = self.catalog.next_oid();
        self.catalog.plain.put(Plain {
            oid,
            name: name.name.clone(),
            class,
            container,
            owner: Some(Catalog::OWNER),
            provenance: Some(Provenance::new(name.span)),
        });
        oid
    }

    /// Has an object be in a schema.
    pub(super) fn put_in_schema(&mut self, object: Address, namespace: Oid) {
        let namespace = Address::new(Class::Namespace, namespace);
        self.catalog
            .dependencies
            .add(object, namespace, Dependency::Normal);
    }
}
