//! What a partition gets from its table: indexes, foreign keys, triggers.

use super::check::renumbered;
use super::foreign_key::numbers_in;
use crate::postgres::catalog::{
    Address, Class, Constraint, ConstraintKind, Dependency, Index, Relation, RelationKind, Trigger,
};
use crate::postgres::replay::Replay;
use crate::postgres::replay::index::{ConstraintRequest, IndexRequest, KeyRequest, index_for};
use crate::postgres::types::Oid;
use crate::text::Span;
use std::sync::Arc;

impl Replay {
    /// Gives a partition the indexes of its table, or takes those that it has for them.
    pub(crate) fn clone_indexes(&mut self, parent: Oid, child: Oid) {
        let Some(table) = self.relation_of(parent) else {
            return;
        };
        for oid in &table.indexes {
            let Some(index) = self.relation_of(*oid) else {
                continue;
            };
            if let Some(request) = self.request_for(&index, &table, &table) {
                let constraint = index.index().and_then(|it| it.constraint);
                self.define_on_partition(&request, &table, child, *oid, constraint);
            }
        }
    }

    /// Makes an index as one of another table, for LIKE.
    pub(crate) fn copy_index(&mut self, oid: Oid, from: &Arc<Relation>, to: Oid, span: Span) {
        let (Some(index), Some(table)) = (self.relation_of(oid), self.relation_of(to)) else {
            return;
        };
        if let Some(request) = self.request_for(&index, from, &table) {
            let made = self.define_index(IndexRequest {
                table: to,
                if_not_exists: false,
                span,
                ..request
            });
            let comment = self.catalog.comments.get(&Address::relation(oid)).cloned();
            if let (Some(made), Some(comment)) = (made, comment) {
                self.catalog
                    .comments
                    .insert(Address::relation(made), comment);
            }
        }
    }

    /// What would make an index again, on a table with columns of the same names.
    fn request_for(
        &self,
        relation: &Relation,
        from: &Relation,
        to: &Relation,
    ) -> Option<IndexRequest> {
        let index: Index = index_for(relation.index()?, from, to);
        let keys = index.keys.iter().zip(&relation.columns);
        let keys = keys.map(|(key, column)| KeyRequest {
            key: key.clone(),
            name: Some(Arc::clone(&column.name)),
            typed: column.typed,
        });
        let constraint = index.constraint.and_then(|oid| {
            let constraint = self.catalog.constraints.get(oid)?;
            Some(ConstraintRequest {
                primary: matches!(constraint.kind, ConstraintKind::PrimaryKey(_)),
                exclusion: match &constraint.kind {
                    ConstraintKind::Exclude { operators, .. } => Some(operators.clone()),
                    _ => None,
                },
                timing: constraint.timing,
            })
        });
        Some(IndexRequest {
            table: to.oid,
            if_not_exists: false,
            name: None,
            method: index.method,
            keys: keys.collect(),
            include: index.included.clone(),
            predicate: index.predicate.clone(),
            unique: index.unique,
            nulls_not_distinct: index.nulls_not_distinct,
            constraint,
            options: relation.options.clone(),
            tablespace: relation.tablespace.clone(),
            only: false,
            parent: None,
            parent_constraint: None,
            span: relation
                .provenance
                .as_ref()
                .map_or_else(|| super::inherit::span_of(to), |it| it.created),
        })
    }

    /// Gives a partition the foreign keys of its table, and those that reference its table a part that references it.
    pub(crate) fn clone_foreign_keys(&mut self, parent: Oid, child: Oid) {
        let Some(table) = self.relation_of(parent) else {
            return;
        };
        let own: Vec<Arc<Constraint>> = self
            .catalog
            .constraints
            .inside(Some(parent))
            .cloned()
            .collect();
        for constraint in own {
            if let ConstraintKind::ForeignKey(key) = &constraint.kind
                && !self.is_to_partition(&constraint)
            {
                self.clone_foreign_key(&constraint, key, &table, child);
            }
        }
        let edges = self.catalog.dependencies.on(Address::relation(parent));
        let mut referencing: Vec<Oid> = edges
            .filter(|(dependent, _, _)| dependent.class == Class::Constraint)
            .map(|(dependent, ..)| dependent.oid)
            .collect();
        referencing.sort_unstable();
        referencing.dedup();
        for oid in referencing {
            let Some(constraint) = self.catalog.constraints.get(oid).cloned() else {
                continue;
            };
            if let (ConstraintKind::ForeignKey(key), Some(of)) =
                (&constraint.kind, constraint.on.table())
                && key.table == parent
            {
                self.reference_partition(&constraint, of, key, child);
            }
        }
    }

    /// Whether a foreign key is a part of one that references a partitioned table.
    pub(crate) fn is_to_partition(&self, constraint: &Constraint) -> bool {
        let parent = constraint
            .parent
            .and_then(|it| self.catalog.constraints.get(it));
        parent.is_some_and(|parent| parent.on == constraint.on)
    }

    /// Gives a partition the triggers of its table that fire for each row.
    pub(crate) fn clone_triggers(&mut self, parent: Oid, child: Oid) {
        let (Some(table), Some(partition)) = (self.relation_of(parent), self.relation_of(child))
        else {
            return;
        };
        let triggers: Vec<Arc<Trigger>> = self
            .catalog
            .triggers
            .inside(Some(parent))
            .cloned()
            .collect();
        for trigger in triggers {
            if trigger.for_each_row {
                self.clone_trigger(&trigger, &table, &partition);
            }
        }
    }

    /// Gives a partition, and its own partitions, a trigger of its table.
    pub(crate) fn clone_trigger(
        &mut self,
        trigger: &Trigger,
        table: &Relation,
        partition: &Relation,
    ) {
        let oid = self.catalog.next_oid();
        let copy = Trigger {
            oid,
            table: partition.oid,
            columns: numbers_in(table, partition, &trigger.columns),
            condition: trigger
                .condition
                .as_ref()
                .map(|it| Arc::new(renumbered(it, table, partition))),
            parent: Some(trigger.oid),
            ..trigger.clone()
        };
        let this = Address::new(Class::Trigger, oid);
        let function = Address::new(Class::Routine, trigger.function);
        let parent = Address::new(Class::Trigger, trigger.oid);
        let on = Address::relation(partition.oid);
        let edges = [
            (on, Dependency::Auto),
            (function, Dependency::Normal),
            (parent, Dependency::PartitionPrimary),
            (on, Dependency::PartitionSecondary),
        ];
        for (referenced, kind) in edges {
            self.catalog.dependencies.add(this, referenced, kind);
        }
        self.catalog.triggers.put(copy.clone());
        if matches!(partition.kind, RelationKind::Partitioned(_)) {
            for child in &partition.children {
                if let Some(child) = self.relation_of(*child) {
                    self.clone_trigger(&copy, partition, &child);
                }
            }
        }
    }
}
