//! The indexes of partitions, which follow those of their table.

use super::IndexRequest;
use crate::postgres::catalog::{
    Address, Class, Index, IndexKey, IndexTerm, Relation, RelationKind,
};
use crate::postgres::replay::Replay;
use crate::postgres::tree::Expr;
use crate::postgres::types::Oid;
use std::sync::Arc;

impl Replay {
    /// Makes an index of a partitioned table on its partitions, or takes one that is there and the same.
    pub(super) fn define_on_partitions(
        &mut self,
        request: &IndexRequest,
        table: &Relation,
        parent: Oid,
        parent_constraint: Option<Oid>,
    ) {
        for child in &table.children {
            self.define_on_partition(request, table, *child, parent, parent_constraint);
        }
    }

    pub(crate) fn define_on_partition(
        &mut self,
        request: &IndexRequest,
        table: &Relation,
        child: Oid,
        parent: Oid,
        parent_constraint: Option<Oid>,
    ) {
        let Some(partition) = self.relation_of(child) else {
            return;
        };
        if matches!(partition.kind, RelationKind::Foreign(_)) {
            return;
        }
        let Some(wanted) = self.relation_of(parent).and_then(|it| it.index().cloned()) else {
            return;
        };
        let wanted = index_for(&wanted, table, &partition);
        let same = partition.indexes.iter().copied().find(|oid| {
            let index = self.relation_of(*oid);
            index.is_some_and(|it| {
                it.parents.is_empty()
                    && it.index().is_some_and(|index| is_same(index, &wanted))
                    && (parent_constraint.is_none()
                        || it.index().is_some_and(|index| index.constraint.is_some()))
            })
        });
        if let Some(same) = same {
            self.attach_index(same, parent, parent_constraint, child);
            return;
        }
        let mut keys = request.keys.clone();
        for (key, of_partition) in keys.iter_mut().zip(&wanted.keys) {
            key.key = of_partition.clone();
        }
        self.define_index(IndexRequest {
            table: child,
            if_not_exists: false,
            name: None,
            keys,
            include: wanted.included.clone(),
            predicate: wanted.predicate.clone(),
            parent: Some(parent),
            parent_constraint,
            ..request.clone()
        });
    }

    /// Makes an index of a partition a part of its table's.
    pub(crate) fn attach_index(
        &mut self,
        child: Oid,
        parent: Oid,
        parent_constraint: Option<Oid>,
        partition: Oid,
    ) {
        self.catalog
            .depend_on_parent_index(child, parent, partition);
        let own = self.relation_of(child);
        let own = own.and_then(|it| it.index().and_then(|index| index.constraint));
        if let (Some(own), Some(parent)) = (own, parent_constraint) {
            self.catalog.constraints.change(own, |it| {
                it.parent = Some(parent);
                it.local = false;
                it.inherited += 1;
            });
            self.catalog
                .depend_on_parent_constraint(own, parent, partition);
        }
        self.validate_index(parent);
    }

    /// Makes an index of a partitioned table valid when every partition has its own.
    fn validate_index(&mut self, oid: Oid) {
        let Some(index) = self.relation_of(oid) else {
            return;
        };
        let Some(of) = index.index() else {
            return;
        };
        let partitions = self.relation_of(of.table).map_or(0, |it| it.children.len());
        let valid = index.children.iter().filter(|child| {
            let child = self.catalog.relation(**child);
            child.and_then(Relation::index).is_some_and(|it| it.valid)
        });
        if !of.valid && valid.count() == partitions {
            self.catalog.relations.change(oid, |it| {
                if let Some(index) = it.index_mut() {
                    index.valid = true;
                }
            });
            for parent in &index.parents {
                self.validate_index(*parent);
            }
        }
    }

    /// Makes an index of a partition one of its own again.
    pub(crate) fn detach_index(&mut self, child: Oid) {
        let Some(index) = self.relation_of(child) else {
            return;
        };
        self.catalog.forget_parent(Address::relation(child));
        for parent in &index.parents {
            self.catalog
                .relations
                .change(*parent, |it| it.children.retain(|other| *other != child));
        }
        self.catalog
            .relations
            .change(child, |it| it.parents.clear());
        if let Some(constraint) = index.index().and_then(|it| it.constraint) {
            let address = Address::new(Class::Constraint, constraint);
            self.catalog.forget_parent(address);
            self.catalog.constraints.change(constraint, |it| {
                it.parent = None;
                it.local = true;
                it.inherited = 0;
            });
        }
    }
}

/// An index of a table as one of another that has columns of the same names.
pub(crate) fn index_for(index: &Index, from: &Relation, to: &Relation) -> Index {
    let number = |number: i16| {
        let name = from.column_at(number).map(|it| &it.name);
        let found = name.and_then(|name| to.column(name));
        found.map_or(number, |it| it.number)
    };
    let expression = |expression: &Arc<Expr>| {
        let mut copy = Expr::clone(expression);
        copy.renumber(&number);
        Arc::new(copy)
    };
    let keys = index.keys.iter().map(|key| IndexKey {
        term: match &key.term {
            IndexTerm::Column(column) => IndexTerm::Column(number(*column)),
            IndexTerm::Expression(it) => IndexTerm::Expression(expression(it)),
        },
        ..key.clone()
    });
    Index {
        table: to.oid,
        keys: keys.collect(),
        included: index.included.iter().map(|it| number(*it)).collect(),
        predicate: index.predicate.as_ref().map(expression),
        ..index.clone()
    }
}

/// Whether an index can stand for another of the same table (`CompareIndexInfo`).
pub(crate) fn is_same(one: &Index, other: &Index) -> bool {
    one.unique == other.unique
        && one.nulls_not_distinct == other.nulls_not_distinct
        && one.method == other.method
        && one.included == other.included
        && one.predicate == other.predicate
        && !one.exclusion
        && !other.exclusion
        && one.keys.len() == other.keys.len()
        && one.keys.iter().zip(&other.keys).all(|(one, other)| {
            let terms = match (&one.term, &other.term) {
                (IndexTerm::Column(one), IndexTerm::Column(other)) => one == other,
                (IndexTerm::Expression(one), IndexTerm::Expression(other)) => one == other,
                _ => false,
            };
            terms && one.class == other.class && one.collation == other.collation
        })
}
