//! Constraints: added, taken from an index, changed, validated, dropped.

use super::Target;
use crate::catalog::ChangeKind;
use crate::errors::postgres::{alter as errors, relations, tables};
use crate::postgres::ast::{
    ConstraintAttributes, ConstraintChange, Ident, TableConstraint, TableConstraintKind,
};
use crate::postgres::catalog::{
    Address, Candidate, Class, Constraint, ConstraintKind, ConstraintOn, Departed, Dependency,
    KeyConstraint, Relation, RelationKind,
};
use crate::postgres::replay::Replay;
use crate::postgres::replay::drop::at;
use crate::postgres::replay::index::BTREE;
use crate::postgres::replay::store::note_change;
use crate::postgres::replay::table::{NewConstraint, NewKey};
use crate::postgres::types::Oid;
use std::sync::Arc;

impl Replay {
    pub(super) fn add_constraint(
        &mut self,
        relation: &Relation,
        target: Target,
        constraint: &TableConstraint,
    ) {
        let oid = relation.oid;
        if constraint.kind.is_key() && matches!(relation.kind, RelationKind::Foreign(_)) {
            return self.report(tables::of_foreign_table("a key", constraint.span));
        }
        match self.new_constraint(constraint) {
            Some(NewConstraint::Check(check)) => self.add_check_to_rows(oid, &check, target.only),
            Some(NewConstraint::Key(key)) => {
                self.add_keys(oid, &[key] as &[NewKey<'_>], target.only);
            }
            Some(NewConstraint::ForeignKey(key)) => self.add_foreign_key(oid, &key, target.only),
            Some(NewConstraint::NotNull(column)) => self.set_not_null(relation, target, column),
            None => match &constraint.kind {
                TableConstraintKind::PrimaryKeyIndex(index) => {
                    self.constraint_of_index(relation, constraint, index, true);
                }
                TableConstraintKind::UniqueIndex(index) => {
                    self.constraint_of_index(relation, constraint, index, false);
                }
                _ => {}
            },
        }
    }

    /// PRIMARY KEY or UNIQUE … USING INDEX (`ATExecAddIndexConstraint`).
    fn constraint_of_index(
        &mut self,
        relation: &Relation,
        written: &TableConstraint,
        name: &Ident,
        primary: bool,
    ) {
        if relation.partition_key().is_some() {
            let message = "a constraint of a partitioned table cannot be made of an index";
            return self.report(errors::refused(message, written.span));
        }
        let found = self.catalog.relation_named(relation.namespace, &name.name);
        let found = found.filter(|it| it.index().is_some_and(|index| index.table == relation.oid));
        let Some((oid, index)) = found.and_then(|it| Some((it.oid, it.index()?.clone()))) else {
            let name = crate::postgres::ast::QualifiedName::bare(name.clone());
            return self.report(relations::unknown("index", &name, None, None));
        };
        let columns: Option<Vec<i16>> = index.keys.iter().map(|it| it.term.column()).collect();
        let is_sorted = index.keys.iter().any(|key| {
            let of = relation.column_at(key.term.column().unwrap_or(0));
            let default =
                of.and_then(|it| self.catalog.default_operator_class(it.typed.oid, BTREE));
            key.descending
                || key.nulls_first
                || default.is_none_or(|class| class.oid != key.class)
                || of.is_none_or(|it| it.typed.collation != key.collation)
        });
        let message = if index.constraint.is_some() {
            Some("belongs to a constraint already")
        } else if !index.valid {
            Some("is not valid")
        } else if !index.unique {
            Some("is not unique")
        } else if columns.is_none() {
            Some("has expressions")
        } else if index.predicate.is_some() {
            Some("is partial")
        } else if index.method != BTREE {
            Some("is no btree index")
        } else if is_sorted {
            Some("does not sort as a constraint's does")
        } else {
            None
        };
        if let Some(message) = message {
            let message = format!("index `{}` {message}", name.name);
            return self.report(errors::refused(message, name.span));
        }
        if primary && self.catalog.primary_key(relation.oid).is_some() {
            let span = written.span;
            return self.report(tables::second_primary_key(&relation.name, span, None));
        }
        let columns = columns.unwrap_or_default();
        if primary {
            for number in &columns {
                self.catalog
                    .change_column(relation.oid, *number, |it| it.not_null = true);
            }
        }
        let constraint_name = written.name.as_ref().unwrap_or(name);
        if let Some(found) = self
            .catalog
            .constraint_of(relation.oid, &constraint_name.name)
        {
            let made = found.provenance.as_ref().map(|it| it.created);
            let text = &constraint_name.name;
            let span = constraint_name.span;
            let taken = tables::constraint_exists(text, &relation.name, span, made);
            return self.report(taken);
        }
        // The index takes the name of its constraint.
        if constraint_name.name != name.name {
            self.catalog
                .rename_relation(oid, &constraint_name.name, constraint_name.span);
        }
        let key = KeyConstraint {
            index: oid,
            columns: columns.clone(),
        };
        let constraint = self.catalog.next_oid();
        self.catalog.create_constraint(Constraint {
            oid: constraint,
            name: Arc::clone(&constraint_name.name),
            namespace: relation.namespace,
            on: ConstraintOn::Table(relation.oid),
            kind: match primary {
                true => ConstraintKind::PrimaryKey(key),
                false => ConstraintKind::Unique(key),
            },
            timing: crate::postgres::catalog::Timing {
                deferrable: written.attributes.deferrable,
                deferred: written.attributes.initially_deferred,
            },
            validated: true,
            enforced: true,
            local: true,
            inherited: 0,
            no_inherit: true,
            parent: None,
            provenance: Some(crate::catalog::Provenance::new(written.span)),
        });
        let attributes: ConstraintAttributes = written.attributes;
        self.catalog.relations.change(oid, |it| {
            if let Some(index) = it.index_mut() {
                index.primary = primary;
                index.constraint = Some(constraint);
                index.immediate = !attributes.deferrable;
            }
        });
        let this = Address::relation(oid);
        for number in columns.iter().chain(&index.included) {
            let column = Address::column(relation.oid, *number);
            self.catalog
                .dependencies
                .remove(this, column, Dependency::Auto);
        }
        let constraint = Address::new(Class::Constraint, constraint);
        self.catalog
            .dependencies
            .add(this, constraint, Dependency::Internal);
    }

    /// A constraint by its name; reports if it is not there.
    fn constraint_named(&mut self, relation: &Relation, name: &Ident) -> Option<Arc<Constraint>> {
        let found = self
            .catalog
            .constraints
            .named(Some(relation.oid), &name.name);
        let found = found.cloned();
        if found.is_none() && !relation.incomplete {
            let constraints = self.catalog.constraints.inside(Some(relation.oid));
            let names = constraints.map(|it| Candidate::alone(&**it));
            let is_of_it = |it: &Departed| it.container == Some(relation.oid);
            let departed = self.catalog.fate(Class::Constraint, &name.name, is_of_it);
            let diagnostic = relations::unknown_constraint(name, &relation.name, departed, names);
            self.report(diagnostic);
        }
        found
    }

    pub(super) fn alter_constraint(
        &mut self,
        relation: &Relation,
        name: &Ident,
        change: ConstraintChange,
    ) {
        let Some(constraint) = self.constraint_named(relation, name) else {
            return;
        };
        if !matches!(constraint.kind, ConstraintKind::ForeignKey(_)) {
            let message = format!("constraint `{}` is not a foreign key", name.name);
            return self.report(errors::refused(message, name.span));
        }
        if constraint.parent.is_some() {
            return self.report(errors::inherited("constraint", &name.name, name.span));
        }
        self.set_timing(&constraint, change);
    }

    fn set_timing(&mut self, constraint: &Constraint, change: ConstraintChange) {
        let deferred = change.initially_deferred.unwrap_or(false);
        let deferrable = change.deferrable.unwrap_or(deferred);
        self.catalog.constraints.change(constraint.oid, |it| {
            it.timing.deferrable = deferrable;
            it.timing.deferred = deferred;
        });
        let this = Address::new(Class::Constraint, constraint.oid);
        let children: Vec<Oid> = self
            .catalog
            .dependencies
            .on(this)
            .filter(|(child, ..)| child.class == Class::Constraint)
            .map(|(child, ..)| child.oid)
            .collect();
        for child in children {
            if let Some(child) = self.catalog.constraints.get(child).cloned() {
                self.set_timing(&child, change);
            }
        }
    }

    pub(super) fn validate_constraint(
        &mut self,
        relation: &Relation,
        target: Target,
        name: &Ident,
    ) {
        let Some(constraint) = self.constraint_named(relation, name) else {
            return;
        };
        let is_check = match constraint.kind {
            ConstraintKind::Check { .. } => true,
            ConstraintKind::ForeignKey(_) => false,
            _ => {
                let message = format!(
                    "constraint `{}` is neither a foreign key nor a CHECK",
                    name.name
                );
                return self.report(errors::refused(message, name.span));
            }
        };
        if constraint.validated {
            return;
        }
        if is_check && !constraint.no_inherit && target.only && !relation.children.is_empty() {
            return self.report(errors::needs_children(target.span));
        }
        let tables = match is_check && !constraint.no_inherit {
            true => self.catalog.with_descendants(relation.oid),
            false => vec![relation.oid],
        };
        for table in tables {
            let found = self
                .catalog
                .constraint_of(table, &name.name)
                .map(|it| it.oid);
            if let Some(oid) = found {
                self.catalog.constraints.change(oid, |it| {
                    it.validated = true;
                    let change = ChangeKind::ConstraintChanged;
                    note_change(&mut it.provenance, name.span, change);
                });
            }
        }
    }

    pub(super) fn drop_constraint(
        &mut self,
        relation: &Relation,
        target: Target,
        name: &Ident,
        if_exists: bool,
        cascade: bool,
    ) {
        let is_there = self
            .catalog
            .constraint_of(relation.oid, &name.name)
            .is_some();
        if if_exists && !is_there {
            return;
        }
        let Some(constraint) = self.constraint_named(relation, name) else {
            return;
        };
        if constraint.inherited > 0 {
            return self.report(errors::inherited("constraint", &name.name, name.span));
        }
        let is_check = matches!(constraint.kind, ConstraintKind::Check { .. });
        let reaches = is_check && !constraint.no_inherit;
        if reaches
            && target.only
            && relation.partition_key().is_some()
            && !relation.children.is_empty()
        {
            return self.report(errors::needs_children(target.span));
        }
        let mut dropped = vec![Address::new(Class::Constraint, constraint.oid)];
        if reaches {
            self.drop_from_heirs(relation, &name.name, target.only, &mut dropped);
        }
        self.drop_objects(&at(&dropped, name.span), cascade);
    }

    /// The CHECKs of the tables that inherit it, which go too unless they are there in their own right.
    fn drop_from_heirs(
        &mut self,
        relation: &Relation,
        name: &str,
        only: bool,
        dropped: &mut Vec<Address>,
    ) {
        for child in &relation.children {
            let found = self.catalog.constraint_of(*child, name);
            let Some((oid, inherited, local)) = found.map(|it| (it.oid, it.inherited, it.local))
            else {
                continue;
            };
            if !only && inherited == 1 && !local {
                dropped.push(Address::new(Class::Constraint, oid));
                if let Some(child) = self.relation_of(*child) {
                    self.drop_from_heirs(&child, name, false, dropped);
                }
                continue;
            }
            self.catalog.constraints.change(oid, |it| {
                it.inherited = it.inherited.saturating_sub(1);
                it.local |= only;
            });
        }
    }
}
