//! Constraints (`CreateConstraintEntry`).

use crate::postgres::catalog::{
    Address, Catalog, Class, Constraint, ConstraintKind, ConstraintOn, Dependency,
};
use crate::postgres::types::Oid;

impl Catalog {
    /// Puts a constraint into the catalog with what it depends on. An index of its own is made to depend on it with
    /// [`create_index`](Catalog::create_index).
    pub fn create_constraint(&mut self, constraint: Constraint) -> Oid {
        let oid = constraint.oid;
        let this = Address::new(Class::Constraint, oid);
        match constraint.on {
            ConstraintOn::Domain(domain) => {
                let domain = Address::new(Class::Type, domain);
                self.dependencies.add(this, domain, Dependency::Auto);
            }
            ConstraintOn::Table(table) => {
                let columns = constraint.kind.columns();
                let whole = columns.is_empty().then(|| Address::relation(table));
                let columns = columns.iter().filter(|number| **number != 0);
                let columns = columns.map(|number| Address::column(table, *number));
                for referenced in columns.chain(whole) {
                    self.dependencies.add(this, referenced, Dependency::Auto);
                }
            }
        }
        match &constraint.kind {
            ConstraintKind::ForeignKey(key) => {
                let columns = key.referenced.iter();
                for number in columns {
                    let column = Address::column(key.table, *number);
                    self.dependencies.add(this, column, Dependency::Normal);
                }
                let index = Address::relation(key.index);
                self.dependencies.add(this, index, Dependency::Normal);
                for operator in &key.operators {
                    let operator = Address::new(Class::Operator, *operator);
                    self.dependencies.add(this, operator, Dependency::Normal);
                }
            }
            ConstraintKind::Exclude { operators, .. } => {
                for operator in operators {
                    let operator = Address::new(Class::Operator, *operator);
                    self.dependencies.add(this, operator, Dependency::Normal);
                }
            }
            ConstraintKind::Check {
                condition: Some(condition),
                ..
            } => {
                let normal = Dependency::Normal;
                let on = match constraint.on {
                    ConstraintOn::Table(table) => table,
                    ConstraintOn::Domain(domain) => domain,
                };
                self.depend_on_expression(this, condition, on, normal, normal);
            }
            ConstraintKind::Check {
                condition: None, ..
            }
            | ConstraintKind::NotNull { .. }
            | ConstraintKind::PrimaryKey(_)
            | ConstraintKind::Unique(_)
            | ConstraintKind::Trigger => {}
        }
        if let (Some(parent), Some(table)) = (constraint.parent, constraint.on.table()) {
            self.depend_on_parent_constraint(oid, parent, table);
        }
        self.constraints.put(constraint);
        oid
    }

    /// Puts a constraint in the place of what it was before.
    pub fn replace_constraint(&mut self, constraint: Constraint) {
        let this = Address::new(Class::Constraint, constraint.oid);
        // What the constraint of a partition belongs to, and what is dropped with it, stays.
        let kept = self.dependencies.of(this).filter(|(_, referenced, kind)| {
            referenced.class == Class::Constraint || matches!(kind, Dependency::Internal)
        });
        let kept: Vec<_> = kept.collect();
        self.dependencies.forget(this);
        self.create_constraint(constraint);
        for (dependent, referenced, kind) in kept {
            self.dependencies.add(dependent, referenced, kind);
        }
    }

    /// Has the constraint of a partition belong to the one of its parent (`ConstraintSetParentConstraint`).
    pub fn depend_on_parent_constraint(&mut self, child: Oid, parent: Oid, table: Oid) {
        let this = Address::new(Class::Constraint, child);
        let parent = Address::new(Class::Constraint, parent);
        self.dependencies
            .add(this, parent, Dependency::PartitionPrimary);
        let table = Address::relation(table);
        self.dependencies
            .add(this, table, Dependency::PartitionSecondary);
    }

    /// Undoes [`depend_on_parent_constraint`](Self::depend_on_parent_constraint).
    pub fn forget_parent(&mut self, this: Address) {
        self.dependencies
            .forget_kind(this, Dependency::PartitionPrimary);
        self.dependencies
            .forget_kind(this, Dependency::PartitionSecondary);
    }
}

impl ConstraintKind {
    /// The columns of its own table that it is about, by number; 0 is an expression.
    pub fn columns(&self) -> &[i16] {
        match self {
            ConstraintKind::Check { columns, .. } => columns,
            ConstraintKind::NotNull { column } => std::slice::from_ref(column),
            ConstraintKind::PrimaryKey(key)
            | ConstraintKind::Unique(key)
            | ConstraintKind::Exclude { key, .. } => &key.columns,
            ConstraintKind::ForeignKey(key) => &key.columns,
            ConstraintKind::Trigger => &[],
        }
    }
}
