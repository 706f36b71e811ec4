//! Where an object came from.

use super::{Address, Catalog, Class, Object, Objects};
use crate::catalog::Provenance;
use crate::postgres::types::Oid;

impl Catalog {
    /// Where an object or column came from; nothing for what the engine or an extension brought.
    #[must_use]
    pub fn provenance_of(&self, object: Address) -> Option<&Provenance> {
        let oid = object.oid;
        match object.class {
            Class::Relation | Class::Default if object.part != 0 => {
                let column = self.relation(oid)?.column_at(object.part)?;
                column.provenance.as_ref()
            }
            Class::Relation | Class::Default => of(&self.relations, oid),
            Class::Namespace => of(&self.namespaces, oid),
            Class::Type => of(&self.types, oid),
            Class::Routine => of(&self.routines, oid),
            Class::Constraint => of(&self.constraints, oid),
            Class::Trigger => of(&self.triggers, oid),
            Class::Rule => of(&self.rules, oid),
            Class::Policy => of(&self.policies, oid),
            Class::Operator => of(&self.operators, oid),
            Class::OperatorClass => of(&self.operator_classes, oid),
            Class::OperatorFamily => of(&self.operator_families, oid),
            Class::Cast => of(&self.casts, oid),
            Class::Collation => of(&self.collations, oid),
            Class::Language => of(&self.languages, oid),
            Class::AccessMethod => of(&self.access_methods, oid),
            Class::Extension => of(&self.extensions, oid),
            Class::Statistics => of(&self.statistics, oid),
            Class::Publication => of(&self.publications, oid),
            Class::Role => of(&self.roles, oid),
            Class::Transform
            | Class::Conversion
            | Class::TextSearchParser
            | Class::TextSearchDictionary
            | Class::TextSearchTemplate
            | Class::TextSearchConfiguration
            | Class::ForeignDataWrapper
            | Class::ForeignServer
            | Class::UserMapping
            | Class::Subscription
            | Class::EventTrigger => of(&self.plain, oid),
            Class::PublicationRelation => self.publication_with(oid)?.0.provenance.as_ref(),
            // They are parts of others, or no part of a database.
            Class::OperatorOfFamily
            | Class::FunctionOfFamily
            | Class::PublicationNamespace
            | Class::DefaultPrivileges
            | Class::Tablespace
            | Class::Database
            | Class::LargeObject => None,
        }
    }
}

fn of<T: Object>(objects: &Objects<T>, oid: Oid) -> Option<&Provenance> {
    objects.get(oid)?.provenance()
}
