//! The relations that statements name, and the places of new ones.

use super::Replay;
use crate::diagnostic::Diagnostic;
use crate::errors::postgres::{objects, relations as errors};
use crate::postgres::ast::{Ident, Persistence, QualifiedName, RelationWord};
use crate::postgres::catalog::{Candidate, Catalog, Class, Relation, RelationKind};
use crate::postgres::types::{Oid, well_known};
use crate::text::Span;
use std::sync::Arc;

/// What a statement wants a relation to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the kinds of relations")]
pub enum Wanted {
    Table,
    Index,
    Sequence,
    View,
    MaterializedView,
    ForeignTable,
    /// Any of them.
    Relation,
}

impl Wanted {
    /// What messages call it.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Wanted::Table => "table",
            Wanted::Index => "index",
            Wanted::Sequence => "sequence",
            Wanted::View => "view",
            Wanted::MaterializedView => "materialized view",
            Wanted::ForeignTable => "foreign table",
            Wanted::Relation => "relation",
        }
    }

    /// Whether a relation is of the kind.
    pub(crate) fn is(self, kind: &RelationKind) -> bool {
        match self {
            Wanted::Table => matches!(kind, RelationKind::Table | RelationKind::Partitioned(_)),
            Wanted::Index => matches!(
                kind,
                RelationKind::Index(_) | RelationKind::PartitionedIndex(_)
            ),
            Wanted::Sequence => matches!(kind, RelationKind::Sequence(_)),
            Wanted::View => matches!(kind, RelationKind::View(_)),
            Wanted::MaterializedView => matches!(kind, RelationKind::MaterializedView(_)),
            Wanted::ForeignTable => matches!(kind, RelationKind::Foreign(_)),
            Wanted::Relation => true,
        }
    }
}

impl From<RelationWord> for Wanted {
    fn from(word: RelationWord) -> Wanted {
        match word {
            RelationWord::Table => Wanted::Table,
            RelationWord::View => Wanted::View,
            RelationWord::MaterializedView => Wanted::MaterializedView,
            RelationWord::Index => Wanted::Index,
            RelationWord::Sequence => Wanted::Sequence,
            RelationWord::ForeignTable => Wanted::ForeignTable,
        }
    }
}

impl Replay {
    /// The schema of a name, which is reported if it is not there.
    pub fn schema_named(&mut self, schema: &Ident) -> Option<Oid> {
        let found = self.catalog.namespace_named(&schema.name);
        if found.is_none() {
            let diagnostic = self.unknown_schema(schema);
            self.report(diagnostic);
        }
        found
    }

    /// Where a new relation goes; nothing if a mistake was reported (`RangeVarGetCreationNamespace`).
    pub fn place_of_new(&mut self, name: &QualifiedName, persistence: Persistence) -> Option<Oid> {
        if let Some(catalog) = &name.catalog {
            self.report(errors::other_database(catalog));
        }
        let is_temporary = persistence == Persistence::Temporary;
        let namespace = match &name.schema {
            Some(schema) => self.schema_named(schema)?,
            None if is_temporary => Catalog::TEMPORARY,
            None => match self.catalog.creation_namespace() {
                Some(namespace) => namespace,
                None => {
                    self.report(objects::no_creation_schema(name.span));
                    return None;
                }
            },
        };
        if is_temporary && namespace != Catalog::TEMPORARY {
            self.report(errors::temporary_elsewhere(name));
            return None;
        }
        if namespace == well_known::PG_CATALOG || namespace == Catalog::TOAST {
            self.report(errors::reserved_schema(name));
            return None;
        }
        Some(namespace)
    }

    /// Whether a new relation can have a name; reports if not. With IF NOT EXISTS another relation of the name is no
    /// mistake, but a type is.
    pub fn is_name_free(
        &mut self,
        namespace: Oid,
        name: &Ident,
        if_not_exists: bool,
        has_type: bool,
    ) -> bool {
        if let Some(found) = self.catalog.relation_named(namespace, &name.name) {
            if !if_not_exists {
                let diagnostic = errors::exists(found.kind.noun(), name, declared(found));
                self.report(diagnostic);
            }
            return false;
        }
        let taken = self.catalog.type_in(namespace, &name.name);
        // A type that was made for arrays makes room.
        if let Some(taken) = taken.filter(|it| has_type && !it.is_array) {
            let made = self.catalog.made_type(taken.oid);
            let declared = made.and_then(|it| it.provenance.as_ref());
            let declared = declared.map(|it| it.created);
            self.report(errors::type_exists(name, declared));
            return false;
        }
        true
    }

    /// The relation that a statement names; nothing if it is not there, which is reported unless it says IF EXISTS.
    pub fn relation_named(
        &mut self,
        name: &QualifiedName,
        wanted: Wanted,
        if_exists: bool,
    ) -> Option<Arc<Relation>> {
        if let Some(catalog) = &name.catalog {
            self.report(errors::other_database(catalog));
            return None;
        }
        let found = self.catalog.find_relation(name).map(|found| found.oid);
        if let Some(oid) = found {
            return self.relation_of(oid);
        }
        if if_exists || self.is_partly_unknown() {
            return None;
        }
        if let Some(schema) = &name.schema
            && self.schema_named(schema).is_none()
        {
            return None;
        }
        let diagnostic = self.missing_relation(wanted, name);
        self.report(diagnostic);
        None
    }

    /// The relation that a statement names and wants to be of a kind; another kind is reported.
    pub fn relation_of_kind(
        &mut self,
        name: &QualifiedName,
        wanted: Wanted,
        if_exists: bool,
    ) -> Option<Arc<Relation>> {
        let relation = self.relation_named(name, wanted, if_exists)?;
        if wanted.is(&relation.kind) {
            return Some(relation);
        }
        let is = relation.kind.noun();
        let diagnostic = objects::wrong_kind(
            &relation.name,
            is,
            wanted.noun(),
            name.span,
            declared(&relation),
        );
        self.report(diagnostic);
        None
    }

    /// A relation by its number, as it is now.
    pub(crate) fn relation_of(&self, oid: Oid) -> Option<Arc<Relation>> {
        match self.catalog.relations.get(oid) {
            Some(relation) => Some(Arc::clone(relation)),
            None => self.catalog.relation(oid).cloned().map(Arc::new),
        }
    }

    /// Refuses a change of what belongs to the system; says whether it does.
    pub fn refuse_system(&mut self, relation: &Relation, span: Span) -> bool {
        let is_of_system = relation.oid.is_builtin();
        if is_of_system {
            self.report(errors::of_system(&relation.name, span));
        }
        is_of_system
    }

    /// Whether something is there of which not all is known: what is missed may be a part of it.
    pub(crate) fn is_partly_unknown(&self) -> bool {
        self.catalog.is_partly_unknown()
    }

    /// A relation that is not there.
    pub(super) fn missing_relation(&self, wanted: Wanted, name: &QualifiedName) -> Diagnostic {
        let relations = self.catalog.relations.iter();
        let relations = relations.filter(|it| wanted.is(&it.kind));
        let others = relations.map(|it| Candidate::in_schema(&**it));
        let near = self.catalog.meant(name, others);
        let departed = self.catalog.fate_in_reach(Class::Relation, name);
        errors::unknown(wanted.noun(), name, departed, near)
    }

    /// The number of a column of a relation; reports if it is not there.
    pub fn column_named(&mut self, relation: &Relation, name: &Ident) -> Option<i16> {
        if let Some(column) = relation.column(&name.name) {
            return Some(column.number);
        }
        if !relation.incomplete {
            let diagnostic = self.unknown_column(relation, name);
            self.report(diagnostic);
        }
        None
    }

    /// What is said of a column that is not there.
    pub(crate) fn unknown_column(&self, relation: &Relation, name: &Ident) -> Diagnostic {
        let departed = self.catalog.fate_of_column(relation.oid, &name.name);
        let others = Candidate::columns(relation);
        errors::unknown_column(name, &relation.name, departed, others)
    }
}

/// Where a relation was created.
pub(crate) fn declared(relation: &Relation) -> Option<Span> {
    relation.provenance.as_ref().map(|it| it.created)
}
