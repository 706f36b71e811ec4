//! Tables, views, sequences, composite types (`heap_create_with_catalog`).

use super::types::NewType;
use crate::catalog::{Change, ChangeKind, Provenance};
use crate::postgres::catalog::{
    Address, Catalog, Class, Column, Departed, Departure, Dependency, Persistence, Relation,
    RelationKind, RelationOption, ReplicaIdentity, RowSecurity, TypeDetails,
};
use crate::postgres::types::{Oid, well_known};
use crate::text::Span;
use std::sync::Arc;

/// A relation to be made.
#[derive(Debug, Clone)]
pub struct NewRelation {
    /// Its name.
    pub name: Arc<str>,
    /// Its schema.
    pub namespace: Oid,
    /// What it is.
    pub kind: RelationKind,
    /// Whether it outlives the connection and a crash.
    pub persistence: Persistence,
    /// Its columns, without defaults.
    pub columns: Vec<Column>,
    /// Storage parameters, options of views.
    pub options: Vec<RelationOption>,
    /// The tablespace.
    pub tablespace: Option<Arc<str>>,
    /// The access method.
    pub access_method: Option<Oid>,
    /// The composite type of OF.
    pub of_type: Option<Oid>,
    /// Where it came from.
    pub provenance: Option<Provenance>,
}

impl NewRelation {
    /// A relation with columns and nothing else.
    pub fn new(
        name: Arc<str>,
        namespace: Oid,
        kind: RelationKind,
        columns: Vec<Column>,
        provenance: Option<Provenance>,
    ) -> NewRelation {
        let persistence = match namespace == Catalog::TEMPORARY {
            true => Persistence::Temporary,
            false => Persistence::Permanent,
        };
        NewRelation {
            name,
            namespace,
            kind,
            persistence,
            columns,
            options: Vec::new(),
            tablespace: None,
            access_method: None,
            of_type: None,
            provenance,
        }
    }
}

impl Catalog {
    /// Makes a relation, and the type of its rows if it has any. Indexes are made by
    /// [`create_index`](Catalog::create_index).
    pub fn create_relation(&mut self, new: NewRelation) -> Oid {
        let oid = self.next_oid();
        let is_composite = matches!(new.kind, RelationKind::Composite);
        let has_rows = !matches!(
            new.kind,
            RelationKind::Sequence(_) | RelationKind::Index(_) | RelationKind::PartitionedIndex(_)
        );
        let row_type = has_rows.then(|| self.row_type(oid, new.namespace, &new.name));
        let columns = new.columns.clone();
        self.relations.put(Relation {
            oid,
            name: Arc::clone(&new.name),
            namespace: new.namespace,
            owner: Catalog::OWNER,
            kind: new.kind,
            persistence: new.persistence,
            row_type: row_type.as_ref().map(|it| it.oid),
            columns: new.columns,
            options: new.options,
            tablespace: new.tablespace,
            access_method: new.access_method,
            of_type: new.of_type,
            parents: Vec::new(),
            children: Vec::new(),
            bound: None,
            indexes: Vec::new(),
            row_security: RowSecurity::default(),
            replica_identity: ReplicaIdentity::default(),
            incomplete: false,
            provenance: new.provenance.clone(),
        });
        if let Some(object) = row_type {
            self.create_type(NewType {
                object,
                more: TypeDetails::None,
                provenance: new.provenance,
            });
        }
        let this = Address::relation(oid);
        // The columns of a composite type are where the type is.
        if !is_composite {
            let namespace = Address::new(Class::Namespace, new.namespace);
            self.dependencies.add(this, namespace, Dependency::Normal);
        }
        if let Some(of) = new.of_type {
            let of = Address::new(Class::Type, of);
            self.dependencies.add(this, of, Dependency::Normal);
        }
        if let Some(method) = new.access_method {
            let method = Address::new(Class::AccessMethod, method);
            self.dependencies.add(this, method, Dependency::Normal);
        }
        for column in &columns {
            self.depend_on_type(oid, column);
        }
        oid
    }

    /// Has a column depend on its type and collation.
    pub fn depend_on_type(&mut self, relation: Oid, column: &Column) {
        let this = Address::column(relation, column.number);
        let of_type = Address::new(Class::Type, column.typed.oid);
        self.dependencies.add(this, of_type, Dependency::Normal);
        if let Some(collation) = column.typed.collation
            && collation != well_known::DEFAULT_COLLATION
        {
            let collation = Address::new(Class::Collation, collation);
            self.dependencies.add(this, collation, Dependency::Normal);
        }
    }

    /// Adds a column to the end of a relation.
    pub fn add_column(&mut self, relation: Oid, column: Column) {
        self.depend_on_type(relation, &column);
        self.relations
            .change(relation, |it| it.columns.push(column));
    }

    /// Changes a relation's column.
    pub fn change_column(&mut self, relation: Oid, number: i16, change: impl FnOnce(&mut Column)) {
        self.relations.change(relation, |it| {
            if let Some(column) = it.column_at_mut(number) {
                change(column);
            }
        });
    }

    /// Gives a relation another name; its row type goes with it, and so does the constraint of an index.
    pub fn rename_relation(&mut self, oid: Oid, name: &Arc<str>, span: Span) {
        let Some(relation) = self.relations.get(oid).cloned() else {
            return;
        };
        self.departed.push(Departed {
            class: Class::Relation,
            oid,
            container: Some(relation.namespace),
            name: Arc::clone(&relation.name),
            is_column: false,
            departure: Departure::RenamedTo(Arc::clone(name)),
            span,
        });
        if let Some(row_type) = relation.row_type {
            self.rename_type(row_type, name);
        }
        self.relations.change(oid, |it| {
            let before = std::mem::replace(&mut it.name, Arc::clone(name));
            note_change(&mut it.provenance, span, ChangeKind::RenamedFrom(before));
        });
    }

    /// Moves a relation, with the type of its rows, its indexes, its constraints and the sequences that it owns, to another
    /// schema.
    pub fn move_relation(&mut self, oid: Oid, to: Oid, span: Span) {
        let Some(relation) = self.relations.get(oid).cloned() else {
            return;
        };
        let schema: Arc<str> = self.namespace_name(to).unwrap_or_default().into();
        self.departed.push(Departed {
            class: Class::Relation,
            oid,
            container: Some(relation.namespace),
            name: Arc::clone(&relation.name),
            is_column: false,
            departure: Departure::MovedTo(schema),
            span,
        });
        self.relations.change(oid, |it| it.namespace = to);
        self.renew_namespace(Address::relation(oid), to);
        if let Some(row_type) = relation.row_type {
            self.move_type(row_type, to);
        }
        let constraints: Vec<Oid> = self
            .constraints
            .inside(Some(oid))
            .map(|it| it.oid)
            .collect();
        for constraint in constraints {
            self.constraints.change(constraint, |it| it.namespace = to);
        }
        for index in relation.indexes.clone() {
            self.relations.change(index, |it| it.namespace = to);
            self.renew_namespace(Address::relation(index), to);
        }
        for sequence in self.owned_sequences(oid) {
            self.relations.change(sequence, |it| it.namespace = to);
            self.renew_namespace(Address::relation(sequence), to);
        }
    }

    /// The sequences that a table's columns own (serial, OWNED BY, identity), in the order of their numbers.
    pub fn owned_sequences(&self, table: Oid) -> Vec<Oid> {
        let edges = self.dependencies.on(Address::relation(table));
        let owned = edges.filter(|(dependent, referenced, kind)| {
            referenced.part != 0
                && dependent.class == Class::Relation
                && dependent.part == 0
                && matches!(kind, Dependency::Auto | Dependency::Internal)
                && self
                    .relation(dependent.oid)
                    .is_some_and(|found| found.sequence().is_some())
        });
        let mut owned: Vec<Oid> = owned.map(|(dependent, ..)| dependent.oid).collect();
        owned.sort_unstable();
        owned
    }

    /// The sequence of a column's identity.
    pub fn identity_sequence(&self, table: Oid, column: i16) -> Option<Oid> {
        self.sequence_of_column(table, column, Dependency::Internal)
    }

    /// The sequence that a column owns in a way.
    pub fn sequence_of_column(&self, table: Oid, column: i16, way: Dependency) -> Option<Oid> {
        let mut edges = self.dependencies.on(Address::column(table, column));
        let found = edges.find(|(dependent, _, kind)| {
            *kind == way
                && dependent.class == Class::Relation
                && self
                    .relation(dependent.oid)
                    .is_some_and(|found| found.sequence().is_some())
        });
        found.map(|(dependent, ..)| dependent.oid)
    }

    /// The column that owns a sequence, and how.
    pub fn owner_of_sequence(&self, sequence: Oid) -> Option<(Oid, i16, Dependency)> {
        let mut edges = self.dependencies.of(Address::relation(sequence));
        let found = edges.find(|(_, referenced, kind)| {
            referenced.part != 0 && matches!(kind, Dependency::Auto | Dependency::Internal)
        });
        found.map(|(_, referenced, kind)| (referenced.oid, referenced.part, kind))
    }
}

/// Remembers a change of something that a migration made.
pub fn note_change(provenance: &mut Option<Provenance>, span: Span, kind: ChangeKind) {
    if let Some(provenance) = provenance {
        provenance.changes.push(Change { span, kind });
    }
}
