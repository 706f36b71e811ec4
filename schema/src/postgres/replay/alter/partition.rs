//! ATTACH and DETACH PARTITION, INHERIT and NO INHERIT.

use crate::errors::postgres::{alter as errors, tables};
use crate::postgres::ast::{DetachMode, PartitionBound, QualifiedName};
use crate::postgres::catalog::{Address, Class, Column, ConstraintKind, Persistence, Relation};
use crate::postgres::replay::Replay;
use crate::postgres::replay::index::index_for;
use crate::postgres::replay::relations::Wanted;
use crate::postgres::replay::table::renumbered;
use crate::postgres::tree::UNKNOWN;
use crate::postgres::types::Oid;
use crate::text::Span;
use std::sync::Arc;

impl Replay {
    /// ATTACH PARTITION (`ATExecAttachPartition`).
    pub(super) fn attach_partition(
        &mut self,
        relation: &Relation,
        name: &QualifiedName,
        bound: &PartitionBound,
        span: Span,
    ) {
        let Some(child) = self.relation_named(name, Wanted::Table, false) else {
            return;
        };
        let is_table = child.is_table()
            || matches!(
                child.kind,
                crate::postgres::catalog::RelationKind::Foreign(_)
            );
        let message = if !is_table {
            Some(format!("`{}` is no table", child.name))
        } else if child.bound.is_some() {
            Some(format!("`{}` is a partition already", child.name))
        } else if child.of_type.is_some() {
            Some(format!(
                "`{}` is a table of a type, which cannot be a partition",
                child.name
            ))
        } else if !child.parents.is_empty() {
            Some(format!(
                "`{}` inherits from another table and cannot be a partition",
                child.name
            ))
        } else if !child.children.is_empty() && child.partition_key().is_none() {
            Some(format!(
                "`{}` is inherited from and cannot be a partition",
                child.name
            ))
        } else if self
            .catalog
            .with_descendants(child.oid)
            .contains(&relation.oid)
        {
            Some(format!("`{}` would be a partition of itself", child.name))
        } else if (child.persistence == Persistence::Temporary)
            != (relation.persistence == Persistence::Temporary)
        {
            Some("a partition is temporary if and only if its table is".to_owned())
        } else {
            None
        };
        if let Some(message) = message {
            return self.report(tables::partition(message, name.span));
        }
        // A partition has the columns of its table, no more and no less.
        for column in child.live_columns() {
            if relation.column(&column.name).is_none() && !relation.incomplete {
                let message = format!(
                    "`{}` has a column `{}` that `{}` has not",
                    child.name, column.name, relation.name
                );
                return self.report(tables::partition(message, name.span));
            }
        }
        let Some(bound) = self.partition_bound(relation, bound, &child.name) else {
            return;
        };
        if !self.merge_columns(relation, &child, name.span)
            || self.has_trigger_of(relation.oid, &child, name.span)
        {
            return;
        }
        self.catalog
            .become_partition(child.oid, relation.oid, Arc::new(bound));
        self.clone_indexes(relation.oid, child.oid);
        self.clone_foreign_keys(relation.oid, child.oid);
        self.clone_triggers(relation.oid, child.oid);
        let _ = span;
    }

    /// Whether a table, or a partition of it, has a trigger of the name of one that it is to get; reports if so.
    fn has_trigger_of(&mut self, parent: Oid, child: &Relation, span: Span) -> bool {
        let wanted = self.catalog.triggers.inside(Some(parent));
        let wanted = wanted.filter(|it| it.for_each_row);
        let found = wanted.into_iter().find_map(|trigger| {
            let mut own = self.catalog.triggers.inside(Some(child.oid));
            own.find(|own| own.name == trigger.name).map(|it| it.oid)
        });
        if let Some(oid) = found {
            let address = Address::new(Class::Trigger, oid);
            let (what, declared) = (self.catalog.describe(address), self.declared(address));
            self.report(tables::trigger_in_the_way(&what, span, declared));
            return true;
        }
        child.children.iter().any(|partition| {
            let partition = self.relation_of(*partition);
            partition.is_some_and(|it| self.has_trigger_of(parent, &it, span))
        })
    }

    /// Has a table inherit the columns and CHECKs of another, which it must have (`MergeAttributesIntoExisting`,
    /// `MergeConstraintsIntoExisting`); says whether it does.
    fn merge_columns(&mut self, parent: &Relation, child: &Relation, span: Span) -> bool {
        if parent.incomplete || child.incomplete {
            return true;
        }
        let mut inherited: Vec<i16> = Vec::new();
        for column in parent.live_columns() {
            let Some(own) = child.column(&column.name) else {
                let message = format!("`{}` has no column `{}`", child.name, column.name);
                self.report(tables::partition(message, span));
                return false;
            };
            if let Some(message) = difference(column, own, &child.name) {
                self.report(tables::partition(message, span));
                return false;
            }
            inherited.push(own.number);
        }
        let checks: Vec<_> = self
            .catalog
            .constraints
            .inside(Some(parent.oid))
            .cloned()
            .collect();
        let mut merged: Vec<Oid> = Vec::new();
        for check in checks {
            let ConstraintKind::Check { condition, .. } = &check.kind else {
                continue;
            };
            if check.no_inherit {
                continue;
            }
            let wanted = condition.as_ref().map(|it| renumbered(it, parent, child));
            let own = self.catalog.constraint_of(child.oid, &check.name);
            let found = own.map(|own| match &own.kind {
                ConstraintKind::Check { condition, .. } => {
                    let same = match (condition, &wanted) {
                        (Some(one), Some(other)) => **one == *other,
                        _ => true,
                    };
                    (own.oid, same, own.no_inherit)
                }
                _ => (own.oid, false, false),
            });
            let message = match found {
                None => Some(format!(
                    "`{}` has no constraint `{}`",
                    child.name, check.name
                )),
                Some((_, false, _)) => Some(format!(
                    "`{}` has another constraint `{}`",
                    child.name, check.name
                )),
                Some((_, true, true)) => Some(format!(
                    "constraint `{}` of `{}` is NO INHERIT",
                    check.name, child.name
                )),
                Some((oid, true, false)) => {
                    merged.push(oid);
                    None
                }
            };
            if let Some(message) = message {
                self.report(tables::partition(message, span));
                return false;
            }
        }
        let is_partition = parent.partition_key().is_some();
        for number in inherited {
            self.catalog.change_column(child.oid, number, |it| {
                it.inherited += 1;
                it.local &= !is_partition;
            });
        }
        for oid in merged {
            self.catalog.constraints.change(oid, |it| {
                it.inherited += 1;
                it.local &= !is_partition;
            });
        }
        true
    }

    /// DETACH PARTITION (`ATExecDetachPartition`).
    pub(super) fn detach_partition(
        &mut self,
        relation: &Relation,
        name: &QualifiedName,
        mode: DetachMode,
        span: Span,
    ) {
        let Some(child) = self.relation_named(name, Wanted::Table, false) else {
            return;
        };
        if !child.parents.contains(&relation.oid) {
            let message = format!("`{}` is no partition of `{}`", child.name, relation.name);
            return self.report(errors::refused(message, name.span));
        }
        if mode == DetachMode::Finalize {
            // Only a DETACH CONCURRENTLY that was cancelled leaves something to finish.
            let message = format!("`{}` is not being detached", child.name);
            return self.report(errors::refused(message, span).with_help("leave out FINALIZE"));
        }
        if mode == DetachMode::Concurrently {
            if self.refuse_in_transaction("DETACH PARTITION CONCURRENTLY", span) {
                return;
            }
            let default = relation
                .partition_key()
                .and_then(|key| key.default_partition);
            if default.is_some() {
                let message =
                    "no partition can be detached concurrently while there is a default one";
                return self.report(errors::refused(message, span));
            }
        }
        self.detach(relation, &child);
        let indexes = child.indexes.clone();
        for index in indexes {
            self.detach_index(index);
        }
        self.detach_foreign_keys(&child);
        self.detach_triggers(&child, span);
    }

    /// Undoes what a table inherits from another (`RemoveInheritance`).
    fn detach(&mut self, parent: &Relation, child: &Relation) {
        for column in parent.live_columns() {
            if let Some(own) = child.column(&column.name) {
                self.catalog.change_column(child.oid, own.number, |it| {
                    it.inherited = it.inherited.saturating_sub(1);
                    it.local |= it.inherited == 0;
                });
            }
        }
        let checks: Vec<_> = self
            .catalog
            .constraints
            .inside(Some(parent.oid))
            .cloned()
            .collect();
        for check in checks {
            if !matches!(check.kind, ConstraintKind::Check { .. }) || check.no_inherit {
                continue;
            }
            let own = self
                .catalog
                .constraint_of(child.oid, &check.name)
                .map(|it| it.oid);
            if let Some(own) = own {
                self.catalog.constraints.change(own, |it| {
                    it.inherited = it.inherited.saturating_sub(1);
                    it.local |= it.inherited == 0;
                });
            }
        }
        self.catalog.disinherit(child.oid, parent.oid);
    }

    /// The foreign keys of a partition are its own again; those of others that reached it through its table are gone.
    fn detach_foreign_keys(&mut self, child: &Relation) {
        let own: Vec<_> = self
            .catalog
            .constraints
            .inside(Some(child.oid))
            .cloned()
            .collect();
        for constraint in own {
            let is_of_table = matches!(constraint.kind, ConstraintKind::ForeignKey(_))
                && constraint.parent.is_some()
                && !self.is_to_partition(&constraint);
            if is_of_table {
                let address = Address::new(Class::Constraint, constraint.oid);
                self.catalog.forget_parent(address);
                self.catalog.constraints.change(constraint.oid, |it| {
                    it.parent = None;
                    it.local = true;
                    it.inherited = 0;
                });
            }
        }
        let edges = self.catalog.dependencies.on(Address::relation(child.oid));
        let mut referencing: Vec<Oid> = edges
            .filter(|(dependent, ..)| dependent.class == Class::Constraint)
            .map(|(dependent, ..)| dependent.oid)
            .collect();
        referencing.dedup();
        for oid in referencing {
            let Some(constraint) = self.catalog.constraints.get(oid).cloned() else {
                continue;
            };
            let reaches = constraint
                .kind
                .foreign_key()
                .is_some_and(|key| key.table == child.oid);
            if reaches && self.is_to_partition(&constraint) {
                self.catalog
                    .delete_object(Address::new(Class::Constraint, oid));
            }
        }
    }

    /// The triggers that a partition got from its table go.
    fn detach_triggers(&mut self, child: &Relation, span: Span) {
        let triggers: Vec<Address> = self
            .catalog
            .triggers
            .inside(Some(child.oid))
            .filter(|trigger| trigger.parent.is_some())
            .map(|trigger| Address::new(Class::Trigger, trigger.oid))
            .collect();
        for trigger in triggers {
            self.catalog.forget_parent(trigger);
            self.drop_objects(&[(trigger, span)], true);
        }
    }

    /// INHERIT (`ATExecAddInherit`).
    pub(super) fn inherit(&mut self, relation: &Relation, name: &QualifiedName) {
        let Some(parent) = self.relation_named(name, Wanted::Table, false) else {
            return;
        };
        if !self.can_be_parent(&parent, name.span) {
            return;
        }
        let message = if relation.is_partition() {
            Some("a partition cannot inherit from another table".to_owned())
        } else if relation.partition_key().is_some() {
            return self.report(tables::partitioned_inherits(name.span));
        } else if relation.of_type.is_some() {
            Some("a table of a type cannot inherit from another".to_owned())
        } else if relation.parents.contains(&parent.oid) {
            Some(format!(
                "`{}` inherits from `{}` already",
                relation.name, parent.name
            ))
        } else if self
            .catalog
            .with_descendants(relation.oid)
            .contains(&parent.oid)
        {
            Some(format!("`{}` would inherit from itself", relation.name))
        } else {
            None
        };
        if let Some(message) = message {
            return self.report(errors::refused(message, name.span));
        }
        if self.merge_columns(&parent, relation, name.span) {
            self.catalog.inherit(relation.oid, parent.oid);
        }
    }

    /// NO INHERIT (`ATExecDropInherit`).
    pub(super) fn no_inherit(&mut self, relation: &Relation, name: &QualifiedName) {
        let Some(parent) = self.relation_named(name, Wanted::Table, false) else {
            return;
        };
        let message = if relation.is_partition() {
            Some(format!("`{}` is a partition: detach it", relation.name))
        } else if !relation.parents.contains(&parent.oid) {
            Some(format!(
                "`{}` does not inherit from `{}`",
                relation.name, parent.name
            ))
        } else {
            None
        };
        if let Some(message) = message {
            return self.report(errors::refused(message, name.span));
        }
        self.detach(&parent, relation);
    }

    /// ALTER INDEX … ATTACH PARTITION (`ATExecAttachPartitionIdx`).
    pub(super) fn attach_index_partition(&mut self, relation: &Relation, name: &QualifiedName) {
        let Some(child) = self.relation_of_kind(name, Wanted::Index, false) else {
            return;
        };
        if child.parents.contains(&relation.oid) {
            return;
        }
        let (Some(of_parent), Some(of_child)) = (relation.index(), child.index()) else {
            return;
        };
        let tables = (
            self.relation_of(of_parent.table),
            self.relation_of(of_child.table),
        );
        let (Some(table), Some(partition)) = tables else {
            return;
        };
        let wanted = index_for(of_parent, &table, &partition);
        let message = if !child.parents.is_empty() {
            Some(format!(
                "index `{}` is attached to another one already",
                child.name
            ))
        } else if !table.children.contains(&partition.oid) {
            Some(format!(
                "index `{}` is on no partition of `{}`",
                child.name, table.name
            ))
        } else if !crate::postgres::replay::index::is_same(of_child, &wanted) {
            Some(format!(
                "index `{}` is not defined as `{}` is",
                child.name, relation.name
            ))
        } else if of_parent.constraint.is_some() && of_child.constraint.is_none() {
            Some(format!("index `{}` belongs to no constraint", child.name))
        } else {
            None
        };
        if let Some(message) = message {
            return self.report(errors::refused(message, name.span));
        }
        let constraint = of_parent.constraint;
        self.attach_index(child.oid, relation.oid, constraint, partition.oid);
    }
}

/// What keeps a column from being one that is inherited.
fn difference(parent: &Column, own: &Column, child: &str) -> Option<String> {
    let name = &own.name;
    let is_unknown = parent.typed == UNKNOWN || own.typed == UNKNOWN;
    let same_type = parent.typed.oid == own.typed.oid && parent.typed.typmod == own.typed.typmod;
    if !is_unknown && !same_type {
        return Some(format!("column `{name}` of `{child}` is of another type"));
    }
    if !is_unknown && parent.typed.collation != own.typed.collation {
        return Some(format!(
            "column `{name}` of `{child}` has another collation"
        ));
    }
    if parent.not_null && !own.not_null {
        return Some(format!("column `{name}` of `{child}` must be NOT NULL"));
    }
    if parent.generated.is_some() != own.generated.is_some() {
        return Some(format!(
            "column `{name}` of `{child}` must be generated if and only if its parent's is"
        ));
    }
    None
}
