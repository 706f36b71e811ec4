//! DROP of every kind, and DROP OWNED.

use super::Replay;
use super::find::Search;
use crate::errors::postgres::objects::{self as errors, Dependent};
use crate::postgres::ast::{Drop, ObjectReference, RelationWord, RoutineWord};
use crate::postgres::catalog::{Address, Class, Dependency};
use crate::postgres::types::{self, FunctionKind, well_known};
use crate::text::Span;
use std::collections::BTreeSet;

impl ObjectReference {
    /// Where the object itself is named.
    pub(super) fn span(&self) -> Span {
        match self {
            ObjectReference::Relation(_, name) | ObjectReference::InSchema(_, name) => name.span,
            ObjectReference::Column { relation, column } => relation.span.to(column.span),
            ObjectReference::Global(_, name)
            | ObjectReference::Constraint { name, .. }
            | ObjectReference::DomainConstraint { name, .. }
            | ObjectReference::OfTable { name, .. } => name.span,
            ObjectReference::Type(name) | ObjectReference::Domain(name) => name.span,
            ObjectReference::Routine(routine) => routine.span,
            ObjectReference::Operator(operator) => operator.span,
            ObjectReference::OperatorClass { name, .. }
            | ObjectReference::OperatorFamily { name, .. } => name.span,
            ObjectReference::Cast { span, .. } | ObjectReference::LargeObject(_, span) => *span,
            ObjectReference::Transform { type_name, .. } => type_name.span,
        }
    }
}

impl Replay {
    pub(super) fn drop(&mut self, drop: &Drop, span: Span) {
        if drop.concurrently.is_some() && !self.drop_concurrently(drop, span) {
            return;
        }
        let mut named = Vec::new();
        let mut is_sound = true;
        for object in &drop.objects {
            match self.search(object) {
                Search::Found(address) => {
                    is_sound &= self.check_drop(address, object);
                    if !named.iter().any(|(other, _)| *other == address) {
                        named.push((address, object.span()));
                    }
                }
                Search::Missing(_) if drop.if_exists => {}
                found => {
                    is_sound &= matches!(found, Search::Unknown);
                    self.settle(found);
                }
            }
        }
        if is_sound {
            self.drop_objects(&named, drop.cascade);
        }
    }

    /// CONCURRENTLY is for one index, outside of a transaction.
    fn drop_concurrently(&mut self, drop: &Drop, span: Span) -> bool {
        if let [_, second, ..] = drop.objects.as_slice() {
            let message = "DROP INDEX CONCURRENTLY takes one index only".to_owned();
            self.report(errors::not_supported(message, second.span()));
            return false;
        }
        if drop.cascade {
            let message = "DROP INDEX CONCURRENTLY cannot be combined with CASCADE".to_owned();
            self.report(errors::not_supported(message, span));
            return false;
        }
        let is_index = matches!(
            drop.objects.first(),
            Some(ObjectReference::Relation(RelationWord::Index, _))
        );
        !(is_index && self.refuse_in_transaction("DROP INDEX CONCURRENTLY", span))
    }

    /// Refuses what no DROP takes away.
    fn check_drop(&mut self, address: Address, object: &ObjectReference) -> bool {
        let pinned = match address.class {
            Class::Namespace => address.oid.is_builtin() && address.oid != well_known::PUBLIC,
            // Nothing is recorded of them, and the engine does not pin them.
            Class::Collation
            | Class::TextSearchConfiguration
            | Class::TextSearchDictionary
            | Class::TextSearchParser
            | Class::TextSearchTemplate
            | Class::Conversion
            | Class::Database
            | Class::Tablespace => false,
            Class::Language => address.oid.is_builtin() && address.oid.0 < 13_000,
            _ => address.oid.is_builtin(),
        };
        if let ObjectReference::Routine(routine) = object
            && routine.word == RoutineWord::Function
            && let Some(function) = types::Objects::function(&self.catalog, address.oid)
            && matches!(function.kind, FunctionKind::Aggregate(_))
        {
            let name = self.catalog.signature_text(address.oid);
            let declared = self.declared(address);
            let (is, wanted) = ("aggregate function", "function");
            let diagnostic = errors::wrong_kind(&name, is, wanted, object.span(), declared)
                .with_help("write DROP AGGREGATE");
            self.report(diagnostic);
            return false;
        }
        if pinned {
            let what = self.catalog.describe(address);
            self.report(errors::required_by_system(&what, object.span()));
        }
        !pinned
    }

    /// Drops objects, each with the place where it is named, and all that goes along; without `cascade` what else depends
    /// on them is in the way, and reported. Says whether they are gone (`performMultipleDeletions`).
    pub(super) fn drop_objects(&mut self, named: &[(Address, Span)], cascade: bool) -> bool {
        let Some((first, span)) = named.first().copied() else {
            return true;
        };
        let mut addresses: Vec<Address> = named.iter().map(|(address, _)| *address).collect();
        let contents = self.contents_of_public(&addresses);
        if !contents.is_empty() && !cascade {
            let public = "schema public".to_owned();
            let dependents = contents.iter().map(|it| (*it, public.clone()));
            let diagnostic = errors::still_used(&public, &self.dependents(dependents), span);
            self.report(diagnostic);
            return false;
        }
        addresses.extend(contents);
        let deletion = match self.catalog.deletion(&addresses) {
            Ok(deletion) => deletion,
            Err(required) => {
                let what = self.catalog.describe(required.object);
                let by = self.catalog.describe(required.by);
                let named = named.iter().find(|(it, _)| *it == required.object);
                let span = named.map_or(span, |(_, span)| *span);
                self.report(errors::required(&what, &by, span));
                return false;
            }
        };
        if !cascade && !deletion.dependents.is_empty() {
            let what = self.catalog.describe(first);
            let dependents = deletion.dependents.iter();
            let dependents = dependents.map(|(it, on)| (*it, self.catalog.describe(*on)));
            let diagnostic = errors::still_used(&what, &self.dependents(dependents), span);
            self.report(diagnostic);
            return false;
        }
        self.catalog.delete(&deletion, &addresses, span);
        self.catalog.renew_search_path();
        true
    }

    fn dependents(&self, found: impl Iterator<Item = (Address, String)>) -> Vec<Dependent> {
        let dependents = found.map(|(object, on)| Dependent {
            what: self.catalog.describe(object),
            on,
            declared: self.declared(object),
        });
        dependents.collect()
    }

    /// What is in schema `public` if that is dropped: of it, as a part of every database, no dependencies are recorded.
    fn contents_of_public(&self, dropped: &[Address]) -> Vec<Address> {
        let public = Address::new(Class::Namespace, well_known::PUBLIC);
        if !dropped.contains(&public) {
            return Vec::new();
        }
        let catalog = &self.catalog;
        let inside = Some(well_known::PUBLIC);
        let mut contents: BTreeSet<Address> = BTreeSet::new();
        let relations = catalog
            .relations
            .inside(inside)
            .filter(|it| it.index().is_none());
        contents.extend(relations.map(|it| Address::relation(it.oid)));
        let types = catalog
            .types
            .inside(inside)
            .filter(|it| !it.object.is_array);
        contents.extend(types.map(|it| Address::new(Class::Type, it.object.oid)));
        let routines = catalog.routines.inside(inside);
        contents.extend(routines.map(|it| Address::new(Class::Routine, it.object.oid)));
        let operators = catalog.operators.inside(inside);
        contents.extend(operators.map(|it| Address::new(Class::Operator, it.object.oid)));
        let collations = catalog.collations.inside(inside);
        contents.extend(collations.map(|it| Address::new(Class::Collation, it.object.oid)));
        let statistics = catalog.statistics.inside(inside);
        contents.extend(statistics.map(|it| Address::new(Class::Statistics, it.oid)));
        let plain = catalog.plain.inside(inside);
        contents.extend(plain.map(|it| Address::new(it.class, it.oid)));
        let extensions = catalog
            .extensions
            .iter()
            .filter(|it| it.namespace == well_known::PUBLIC);
        let extensions = extensions.map(|it| Address::new(Class::Extension, it.oid));
        let extensions: BTreeSet<Address> = extensions.collect();
        // What is a part of something else goes with that.
        contents.retain(|object| {
            let mut edges = catalog.dependencies.of(*object);
            !edges.any(|(dependent, _, kind)| dependent == *object && is_of_a_whole(kind))
        });
        contents.extend(extensions);
        contents.into_iter().collect()
    }
}

/// Objects that are dropped because of one name, with its place.
pub(super) fn at(objects: &[Address], span: Span) -> Vec<(Address, Span)> {
    objects.iter().map(|object| (*object, span)).collect()
}

/// Whether a dependent object goes along with the other one, as a part of it.
fn is_of_a_whole(kind: Dependency) -> bool {
    match kind {
        Dependency::Normal | Dependency::AutoExtension => false,
        Dependency::Auto
        | Dependency::Internal
        | Dependency::PartitionPrimary
        | Dependency::PartitionSecondary
        | Dependency::Extension => true,
    }
}
