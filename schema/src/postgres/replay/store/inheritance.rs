//! Which table inherits from which, and is a partition of which.

use crate::postgres::catalog::{
    Address, Catalog, Class, Dependency, IndexTerm, PartitionBound, PartitionTerm, RelationKind,
};
use crate::postgres::types::Oid;
use std::sync::Arc;

impl Catalog {
    /// Has a table inherit from another (`StoreCatalogInheritance1`).
    pub fn inherit(&mut self, child: Oid, parent: Oid) {
        self.add_child(child, parent, Dependency::Normal);
    }

    /// Makes a table a partition of another.
    pub fn become_partition(&mut self, child: Oid, parent: Oid, bound: Arc<PartitionBound>) {
        self.add_child(child, parent, Dependency::Auto);
        let is_default = matches!(*bound, PartitionBound::Default);
        self.relations.change(child, |it| it.bound = Some(bound));
        if is_default {
            self.set_default_partition(parent, Some(child));
        }
    }

    fn add_child(&mut self, child: Oid, parent: Oid, kind: Dependency) {
        self.relations.change(child, |it| it.parents.push(parent));
        self.relations.change(parent, |it| {
            it.children.push(child);
            it.children.sort_unstable();
        });
        let (child, parent) = (Address::relation(child), Address::relation(parent));
        self.dependencies.add(child, parent, kind);
    }

    /// Has a table no longer inherit from another, nor be a partition of it.
    pub fn disinherit(&mut self, child: Oid, parent: Oid) {
        self.relations.change(child, |it| {
            it.parents.retain(|other| *other != parent);
            it.bound = None;
        });
        self.relations
            .change(parent, |it| it.children.retain(|other| *other != child));
        for kind in [Dependency::Normal, Dependency::Auto] {
            let (child, parent) = (Address::relation(child), Address::relation(parent));
            self.dependencies.remove(child, parent, kind);
        }
        let default = self.relation(parent).and_then(|it| it.partition_key());
        if default.is_some_and(|key| key.default_partition == Some(child)) {
            self.set_default_partition(parent, None);
        }
    }

    fn set_default_partition(&mut self, parent: Oid, partition: Option<Oid>) {
        self.relations.change(parent, |it| {
            if let RelationKind::Partitioned(key) = &mut it.kind {
                Arc::make_mut(key).default_partition = partition;
            }
        });
    }

    /// Has a table depend on what its partition key refers to (`StorePartitionKey`).
    pub fn depend_on_partition_key(&mut self, table: Oid, terms: &[PartitionTerm]) {
        let this = Address::relation(table);
        for term in terms {
            let class = Address::new(Class::OperatorClass, term.class);
            self.dependencies.add(this, class, Dependency::Normal);
            match &term.term {
                // A column of the key cannot go without the table.
                IndexTerm::Column(number) => {
                    let column = Address::column(table, *number);
                    self.dependencies.add(column, this, Dependency::Internal);
                }
                IndexTerm::Expression(expression) => {
                    for referenced in self.references_of(expression, &[table]) {
                        match referenced.whole() == this {
                            true if referenced.part != 0 => {
                                self.dependencies
                                    .add(referenced, this, Dependency::Internal);
                            }
                            true => {}
                            false => self.dependencies.add(this, referenced, Dependency::Normal),
                        }
                    }
                }
            }
        }
    }

    /// A relation and all that inherit from it, however far down, each once, parents before their children
    /// (`find_all_inheritors`).
    pub fn with_descendants(&self, oid: Oid) -> Vec<Oid> {
        let mut all = vec![oid];
        let mut next = 0;
        while let Some(parent) = all.get(next).copied() {
            next += 1;
            let children = self.relation(parent).map(|it| it.children.as_slice());
            for child in children.unwrap_or_default() {
                if !all.contains(child) {
                    all.push(*child);
                }
            }
        }
        all
    }
}
