//! Indexes (`index_create`).

use super::NewRelation;
use crate::catalog::Provenance;
use crate::postgres::catalog::{
    Address, Catalog, Class, Column, Dependency, Index, IndexTerm, RelationKind, RelationOption,
};
use crate::postgres::types::{Oid, well_known};
use std::sync::Arc;

/// An index to be made.
#[derive(Debug, Clone)]
pub struct NewIndex {
    /// Its name.
    pub name: Arc<str>,
    /// What it is.
    pub index: Index,
    /// Its columns: names and types of its keys and of INCLUDE.
    pub columns: Vec<Column>,
    /// Whether its table is partitioned.
    pub partitioned: bool,
    /// Storage parameters.
    pub options: Vec<RelationOption>,
    /// The tablespace.
    pub tablespace: Option<Arc<str>>,
    /// The index of the parent's that it is a part of.
    pub parent: Option<Oid>,
    /// Where it came from.
    pub provenance: Option<Provenance>,
}

impl Catalog {
    /// Makes an index on its table. The constraint that it belongs to is made before it.
    pub fn create_index(&mut self, new: NewIndex) -> Oid {
        let index = new.index;
        let table = index.table;
        let Some((namespace, persistence)) = self
            .relation(table)
            .map(|it| (it.namespace, it.persistence))
        else {
            return table;
        };
        let kind = match new.partitioned {
            true => RelationKind::PartitionedIndex(Arc::new(index.clone())),
            false => RelationKind::Index(Arc::new(index.clone())),
        };
        let relation = NewRelation {
            persistence,
            options: new.options,
            tablespace: new.tablespace,
            access_method: Some(index.method),
            ..NewRelation::new(new.name, namespace, kind, new.columns, new.provenance)
        };
        let oid = self.create_relation(relation);
        let this = Address::relation(oid);
        // An index is in the schema of its table, and its columns are of the table's types.
        self.dependencies.forget(this);
        match index.constraint {
            Some(constraint) => {
                let constraint = Address::new(Class::Constraint, constraint);
                self.dependencies
                    .add(this, constraint, Dependency::Internal);
            }
            None => {
                let keys = index.keys.iter().filter_map(|key| key.term.column());
                let columns: Vec<i16> = keys.chain(index.included.iter().copied()).collect();
                let whole = columns.is_empty().then(|| Address::relation(table));
                let columns = columns.iter().map(|it| Address::column(table, *it));
                for referenced in columns.chain(whole) {
                    self.dependencies.add(this, referenced, Dependency::Auto);
                }
            }
        }
        if let Some(parent) = new.parent {
            self.depend_on_parent_index(oid, parent, table);
        }
        self.depend_on_keys(this, &index);
        self.relations.change(table, |it| {
            it.indexes.push(oid);
            it.indexes.sort_unstable();
        });
        oid
    }

    /// Has an index depend on the classes and collations of its keys, and on what its expressions read.
    fn depend_on_keys(&mut self, this: Address, index: &Index) {
        for key in &index.keys {
            let class = Address::new(Class::OperatorClass, key.class);
            self.dependencies.add(this, class, Dependency::Normal);
            if let Some(collation) = key.collation
                && collation != well_known::DEFAULT_COLLATION
            {
                let collation = Address::new(Class::Collation, collation);
                self.dependencies.add(this, collation, Dependency::Normal);
            }
        }
        let expressions = index.keys.iter().filter_map(|key| match &key.term {
            IndexTerm::Expression(expression) => Some(expression),
            IndexTerm::Column(_) => None,
        });
        for expression in expressions.chain(&index.predicate) {
            let (own, other) = (Dependency::Auto, Dependency::Normal);
            self.depend_on_expression(this, expression, index.table, own, other);
        }
    }

    /// Puts an index in the place of what it was before: its keys are other ones, over the same columns.
    pub fn replace_index(&mut self, oid: Oid, index: Index) {
        let this = Address::relation(oid);
        let edges: Vec<_> = self.dependencies.of(this).collect();
        for (dependent, referenced, kind) in edges {
            let is_of_keys = matches!(referenced.class, Class::OperatorClass | Class::Collation)
                || kind == Dependency::Normal;
            if is_of_keys {
                self.dependencies.remove(dependent, referenced, kind);
            }
        }
        self.depend_on_keys(this, &index);
        self.relations.change(oid, |it| {
            if let Some(found) = it.index_mut() {
                *found = index;
            }
        });
    }

    /// Has the index of a partition belong to the one of its parent (`IndexSetParentIndex`).
    pub fn depend_on_parent_index(&mut self, child: Oid, parent: Oid, table: Oid) {
        let this = Address::relation(child);
        self.dependencies.add(
            this,
            Address::relation(parent),
            Dependency::PartitionPrimary,
        );
        self.dependencies.add(
            this,
            Address::relation(table),
            Dependency::PartitionSecondary,
        );
        self.relations.change(child, |it| it.parents = vec![parent]);
        self.relations.change(parent, |it| {
            it.children.push(child);
            it.children.sort_unstable();
        });
    }

    /// The index of a table's primary key.
    pub fn primary_key(&self, table: Oid) -> Option<(Oid, &Index)> {
        let indexes = self.relation(table)?.indexes.iter();
        let mut indexes = indexes.filter_map(|oid| Some((*oid, self.relation(*oid)?.index()?)));
        indexes.find(|(_, index)| index.primary)
    }
}
