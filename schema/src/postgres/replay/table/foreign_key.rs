//! FOREIGN KEY (`ATAddForeignKeyConstraint`).

use super::NewForeignKey;
use super::key::timing_of;
use crate::catalog::Provenance;
use crate::errors::postgres::{relations, tables as errors};
use crate::postgres::ast::{self, Ident};
use crate::postgres::catalog::identifier::joined_columns;
use crate::postgres::catalog::{
    Address, Class, Constraint, ConstraintKind, ConstraintOn, Dependency, ForeignKey,
    ForeignKeyAction, Index, IndexTerm, Persistence, Relation, RelationKind,
};
use crate::postgres::replay::Replay;
use crate::postgres::replay::relations::{Wanted, declared};
use crate::postgres::types::{CastContext, Objects as _, Oid, Typing};
use crate::text::Span;
use std::sync::Arc;

/// Which part equality plays in the operator families of `btree`.
const EQUAL: i16 = 3;

/// How a foreign key of a partition or to a partition belongs to the one that it comes from.
#[derive(Debug, Clone, Copy)]
enum From {
    /// It was written.
    Written,
    /// The one of the partitioned table.
    Partitioned(Oid),
    /// The one to the partitioned table.
    ToPartitioned(Oid),
}

impl Replay {
    /// Adds a foreign key to a table.
    pub(crate) fn add_foreign_key(&mut self, table: Oid, key: &NewForeignKey<'_>, only: bool) {
        let Some(relation) = self.relation_of(table) else {
            return;
        };
        let columns: Option<Vec<i16>> = key
            .columns
            .iter()
            .map(|name| self.foreign_key_column(&relation, name))
            .collect();
        let reference = key.reference;
        let found = self.relation_named(&reference.table, Wanted::Table, false);
        let (Some(referenced), Some(columns)) = (found, columns) else {
            return;
        };
        if !self.can_be_referenced(&relation, &referenced, key, only) {
            return;
        }
        let Some((index, referenced_columns)) = self.referenced_key(&referenced, key) else {
            return;
        };
        if columns.len() != referenced_columns.len() {
            let message = format!(
                "a foreign key of {} columns cannot reference {}",
                columns.len(),
                referenced_columns.len()
            );
            return self.report(errors::foreign_key(message, key.span));
        }
        self.check_actions(&relation, &columns, key);
        let set_columns = reference.on_delete_columns.iter();
        let set_columns: Vec<i16> = set_columns
            .filter_map(|name| self.set_column(&relation, &columns, name))
            .collect();
        let operators = self.key_operators(
            (&relation, &columns),
            (&referenced, &referenced_columns),
            index,
            (&key.columns, key.span),
        );
        let Some(operators) = operators else {
            return;
        };
        let name = match key.name {
            Some(name) => {
                if let Some(found) = self.catalog.constraint_of(table, &name.name) {
                    let made = found.provenance.as_ref().map(|it| it.created);
                    let text = &name.name;
                    let table = &relation.name;
                    let taken = errors::constraint_exists(text, table, name.span, made);
                    return self.report(taken);
                }
                Arc::clone(&name.name)
            }
            None => self.foreign_key_name(&relation, &columns),
        };
        let constraint = Constraint {
            oid: self.catalog.next_oid(),
            name,
            namespace: relation.namespace,
            on: ConstraintOn::Table(table),
            kind: ConstraintKind::ForeignKey(ForeignKey {
                columns,
                table: referenced.oid,
                referenced: referenced_columns,
                index,
                full: reference.match_full,
                on_update: action(reference.on_update),
                on_delete: action(reference.on_delete),
                set_columns,
                operators,
            }),
            timing: timing_of(key.attributes),
            validated: !key.attributes.not_valid,
            enforced: !key.attributes.not_enforced,
            local: true,
            inherited: 0,
            no_inherit: relation.partition_key().is_none(),
            parent: None,
            provenance: Some(Provenance::new(key.span)),
        };
        self.create_foreign_key(constraint, From::Written);
    }

    /// Makes a foreign key, those to the partitions of what it references, and those of the partitions of its table.
    fn create_foreign_key(&mut self, constraint: Constraint, from: From) {
        let (Some(table), Some(key)) = (
            constraint.on.table(),
            constraint.kind.foreign_key().cloned(),
        ) else {
            return;
        };
        let oid = constraint.oid;
        self.catalog.create_constraint(Constraint {
            parent: match from {
                From::Partitioned(parent) => Some(parent),
                From::Written | From::ToPartitioned(_) => None,
            },
            ..constraint.clone()
        });
        if let From::ToPartitioned(parent) = from {
            self.catalog
                .constraints
                .change(oid, |it| it.parent = Some(parent));
            let this = Address::new(Class::Constraint, oid);
            let parent = Address::new(Class::Constraint, parent);
            self.catalog
                .dependencies
                .add(this, parent, Dependency::Internal);
        }
        self.reference_partitions(&constraint, table, &key);
        if !matches!(from, From::ToPartitioned(_)) {
            self.reference_from_partitions(&constraint, table, &key);
        }
    }

    /// The foreign keys to the partitions of the referenced table (`addFkRecurseReferenced`).
    fn reference_partitions(&mut self, constraint: &Constraint, table: Oid, key: &ForeignKey) {
        let Some(referenced) = self.relation_of(key.table) else {
            return;
        };
        if referenced.partition_key().is_none() {
            return;
        }
        for child in &referenced.children {
            self.reference_partition(constraint, table, key, *child);
        }
    }

    /// The part of a foreign key to a partitioned table that references one of its partitions.
    pub(crate) fn reference_partition(
        &mut self,
        constraint: &Constraint,
        table: Oid,
        key: &ForeignKey,
        child: Oid,
    ) {
        let (Some(referenced), Some(relation)) =
            (self.relation_of(key.table), self.relation_of(table))
        else {
            return;
        };
        let Some(partition) = self.relation_of(child) else {
            return;
        };
        let indexes = partition.indexes.iter();
        let mut indexes = indexes.filter_map(|oid| self.relation_of(*oid));
        let Some(index) = indexes.find(|index| index.parents.contains(&key.index)) else {
            return;
        };
        let columns = numbers_in(&referenced, &partition, &key.referenced);
        let oid = self.catalog.next_oid();
        let name = self.foreign_key_name(&relation, &key.columns);
        let of_partition = Constraint {
            oid,
            name,
            kind: ConstraintKind::ForeignKey(ForeignKey {
                table: child,
                referenced: columns,
                index: index.oid,
                ..key.clone()
            }),
            local: false,
            inherited: 1,
            ..constraint.clone()
        };
        self.create_foreign_key(of_partition, From::ToPartitioned(constraint.oid));
    }

    /// The foreign keys of the partitions of the referencing table (`addFkRecurseReferencing`).
    fn reference_from_partitions(&mut self, constraint: &Constraint, table: Oid, key: &ForeignKey) {
        let Some(relation) = self.relation_of(table) else {
            return;
        };
        if relation.partition_key().is_none() {
            return;
        }
        for child in relation.children.clone() {
            self.clone_foreign_key(constraint, key, &relation, child);
        }
    }

    /// Gives a partition a foreign key of its table, or takes one that it has for that.
    pub(crate) fn clone_foreign_key(
        &mut self,
        constraint: &Constraint,
        key: &ForeignKey,
        relation: &Relation,
        child: Oid,
    ) {
        let Some(partition) = self.relation_of(child) else {
            return;
        };
        if matches!(partition.kind, RelationKind::Foreign(_)) {
            return;
        }
        let columns = numbers_in(relation, &partition, &key.columns);
        let same = self.catalog.constraints.inside(Some(child)).find(|other| {
            let of_other = other.kind.foreign_key();
            other.parent.is_none()
                && other.timing == constraint.timing
                && other.validated
                && of_other.is_some_and(|it| {
                    it.columns == columns
                        && it.table == key.table
                        && it.referenced == key.referenced
                        && it.on_update == key.on_update
                        && it.on_delete == key.on_delete
                        && it.full == key.full
                })
        });
        if let Some(same) = same.map(|it| it.oid) {
            self.catalog.constraints.change(same, |it| {
                it.parent = Some(constraint.oid);
                it.local = false;
                it.inherited += 1;
            });
            self.catalog
                .depend_on_parent_constraint(same, constraint.oid, child);
            return;
        }
        let is_taken = self
            .catalog
            .constraint_of(child, &constraint.name)
            .is_some();
        let name = match is_taken {
            true => self.foreign_key_name(&partition, &columns),
            false => Arc::clone(&constraint.name),
        };
        let set_columns = numbers_in(relation, &partition, &key.set_columns);
        let of_partition = Constraint {
            oid: self.catalog.next_oid(),
            name,
            namespace: partition.namespace,
            on: ConstraintOn::Table(child),
            kind: ConstraintKind::ForeignKey(ForeignKey {
                columns,
                set_columns,
                ..key.clone()
            }),
            local: false,
            inherited: 1,
            ..constraint.clone()
        };
        self.create_foreign_key(of_partition, From::Partitioned(constraint.oid));
    }

    fn foreign_key_name(&self, relation: &Relation, columns: &[i16]) -> Arc<str> {
        let names = columns.iter().filter_map(|it| relation.column_at(*it));
        let joined = joined_columns(names.map(|it| &*it.name));
        let none: [&str; 0] = [];
        self.catalog
            .choose_constraint_name(
                &relation.name,
                Some(&joined),
                "fkey",
                relation.namespace,
                &none,
            )
            .into()
    }

    fn foreign_key_column(&mut self, relation: &Relation, name: &Ident) -> Option<i16> {
        if crate::postgres::resolve::system_column(&name.name).is_some() {
            let message = "the system's columns cannot be in a foreign key";
            self.report(errors::foreign_key(message, name.span));
            return None;
        }
        self.column_named(relation, name)
    }

    fn can_be_referenced(
        &mut self,
        relation: &Relation,
        referenced: &Relation,
        key: &NewForeignKey<'_>,
        only: bool,
    ) -> bool {
        let span = key.reference.table.span;
        if !referenced.is_table() {
            let made = declared(referenced);
            let is = referenced.kind.noun();
            let wrong = relations::wrong_kind(&referenced.name, is, "table", span, made);
            self.report(wrong);
            return false;
        }
        if self.refuse_system(referenced, span) {
            return false;
        }
        let message = match (relation.persistence, referenced.persistence) {
            (Persistence::Permanent, Persistence::Permanent)
            | (Persistence::Unlogged, Persistence::Permanent | Persistence::Unlogged)
            | (Persistence::Temporary, Persistence::Temporary) => None,
            (Persistence::Permanent, _) => {
                Some("a permanent table can reference only permanent ones")
            }
            (Persistence::Unlogged, _) => {
                Some("an unlogged table can reference only permanent or unlogged ones")
            }
            (Persistence::Temporary, _) => {
                Some("a temporary table can reference only temporary ones")
            }
        };
        if let Some(message) = message {
            self.report(errors::foreign_key(message, span));
            return false;
        }
        if relation.partition_key().is_some() {
            if only {
                let message = "a foreign key of a partitioned table is one of its partitions too";
                self.report(errors::foreign_key(message, key.span).with_help("leave out ONLY"));
                return false;
            }
            if key.attributes.not_valid && self.catalog.version < 18 {
                let message = "a foreign key of a partitioned table cannot be NOT VALID";
                self.report(errors::foreign_key(message, key.span));
                return false;
            }
        }
        true
    }

    /// The unique index of the referenced columns, and these.
    fn referenced_key(
        &mut self,
        referenced: &Relation,
        key: &NewForeignKey<'_>,
    ) -> Option<(Oid, Vec<i16>)> {
        let reference = key.reference;
        let table = &referenced.name;
        if reference.columns.is_empty() {
            let primary = self.catalog.primary_key(referenced.oid);
            let primary = primary.map(|(oid, index)| (oid, key_columns(index), index.immediate));
            return match primary {
                Some((oid, columns, true)) => Some((oid, columns)),
                Some((_, _, false)) => {
                    let message = format!(
                        "the primary key of `{table}` is deferrable, so that it cannot be referenced"
                    );
                    self.report(errors::foreign_key(message, reference.table.span));
                    None
                }
                None => {
                    if !referenced.incomplete {
                        let message = format!("table `{table}` has no primary key to reference");
                        let diagnostic = errors::foreign_key(message, reference.table.span);
                        let help = "name the referenced columns, which must be unique";
                        self.report(diagnostic.with_help(help));
                    }
                    None
                }
            };
        }
        let columns: Option<Vec<i16>> = reference
            .columns
            .iter()
            .map(|name| self.foreign_key_column(referenced, name))
            .collect();
        let columns = columns?;
        let mut sorted = columns.clone();
        sorted.sort_unstable();
        sorted.dedup();
        if sorted.len() != columns.len() {
            let message = "a column is referenced twice";
            self.report(errors::foreign_key(message, reference.span));
            return None;
        }
        let indexes = referenced.indexes.iter().filter_map(|oid| {
            let index = self.catalog.relation(*oid)?.index()?;
            let mut of_index = key_columns(index);
            of_index.sort_unstable();
            let fits = index.unique
                && index.valid
                && index.predicate.is_none()
                && of_index.len() == index.keys.len()
                && of_index == sorted;
            fits.then_some((*oid, index.immediate))
        });
        let indexes: Vec<(Oid, bool)> = indexes.collect();
        if let Some((oid, _)) = indexes.iter().find(|(_, immediate)| *immediate) {
            return Some((*oid, columns));
        }
        if !indexes.is_empty() {
            let message = format!(
                "the unique key of `{table}` is deferrable, so that it cannot be referenced"
            );
            self.report(errors::foreign_key(message, reference.span));
        } else if !referenced.incomplete {
            let names: Vec<String> = reference
                .columns
                .iter()
                .map(|it| format!("`{}`", it.name))
                .collect();
            let made = declared(referenced);
            let names = names.join(", ");
            self.report(errors::no_referenced_key(
                table,
                &names,
                reference.span,
                made,
            ));
        }
        None
    }

    fn check_actions(&mut self, relation: &Relation, columns: &[i16], key: &NewForeignKey<'_>) {
        let mut of_key = columns.iter().filter_map(|it| relation.column_at(*it));
        if !of_key.any(|column| column.generated.is_some()) {
            return;
        }
        let sets = |action: ast::ForeignKeyAction| {
            matches!(
                action,
                ast::ForeignKeyAction::SetNull | ast::ForeignKeyAction::SetDefault
            )
        };
        let update = key.reference.on_update;
        let mistake = if sets(update) || update == ast::ForeignKeyAction::Cascade {
            Some("ON UPDATE cannot write to a generated column")
        } else if sets(key.reference.on_delete) {
            Some("ON DELETE cannot write to a generated column")
        } else {
            None
        };
        if let Some(message) = mistake {
            self.report(errors::foreign_key(message, key.reference.span));
        }
    }

    fn set_column(&mut self, relation: &Relation, columns: &[i16], name: &Ident) -> Option<i16> {
        let number = self.column_named(relation, name)?;
        if !columns.contains(&number) {
            let message = format!(
                "column `{}` of ON DELETE SET is not in the foreign key",
                name.name
            );
            self.report(errors::foreign_key(message, name.span));
            return None;
        }
        Some(number)
    }

    /// The operators that compare the referenced columns with the referencing ones, which are written at some places.
    pub(crate) fn key_operators(
        &mut self,
        (relation, columns): (&Relation, &[i16]),
        (referenced, referenced_columns): (&Relation, &[i16]),
        index: Oid,
        (names, span): (&[Ident], Span),
    ) -> Option<Vec<Oid>> {
        let index = self.relation_of(index)?;
        let index = index.index()?;
        let mut operators = Vec::new();
        for (position, (own, other)) in columns.iter().zip(referenced_columns).enumerate() {
            let (own, other) = (relation.column_at(*own)?, referenced.column_at(*other)?);
            let unknown = crate::postgres::tree::UNKNOWN.oid;
            if own.typed.oid == unknown || other.typed.oid == unknown {
                return None;
            }
            let of_index = index.keys.iter();
            let mut of_index = of_index.filter(|key| key.term.column() == Some(other.number));
            let class = of_index.next()?.class;
            let found = self.equality(class, other.typed.oid, own.typed.oid);
            match found {
                Some(operator) => operators.push(operator),
                None => {
                    let of = self.catalog.type_text(own.typed.oid);
                    let of_other = self.catalog.type_text(other.typed.oid);
                    let span = names.get(position).map_or(span, |it| it.span);
                    let made = other.provenance.as_ref().map(|it| it.created);
                    let (own, other) = (&own.name, &other.name);
                    let diagnostic =
                        errors::incomparable_key(own, &of, other, &of_other, span, made);
                    self.report(diagnostic);
                    return None;
                }
            }
        }
        Some(operators)
    }

    /// The operator that compares a referenced value with a referencing one for equality.
    fn equality(&self, class: Oid, referenced: Oid, referencing: Oid) -> Option<Oid> {
        let class = self.catalog.operator_class(class)?;
        let (family, input) = (class.family, class.input);
        let members = self.catalog.family_members(family);
        let member = |left: Oid, right: Oid| -> Option<Oid> {
            let mut members = members.iter();
            let found = members.find(|it| {
                it.strategy == EQUAL && it.left == left && it.right == right && !it.orders
            });
            found.map(|it| it.operator)
        };
        let typing = Typing::new(&self.catalog);
        let base = typing.base_type(referencing);
        if let (Some(found), Some(_)) = (member(input, base), member(base, base)) {
            return Some(found);
        }
        let implicit = CastContext::Implicit;
        let fits = typing.can_coerce(referenced, input, implicit)
            && typing.can_coerce(referencing, input, implicit);
        fits.then(|| member(input, input))?
    }
}

/// The columns of an index that has no expressions.
fn key_columns(index: &Index) -> Vec<i16> {
    let terms = index.keys.iter().filter_map(|key| match &key.term {
        IndexTerm::Column(number) => Some(*number),
        IndexTerm::Expression(_) => None,
    });
    terms.collect()
}

/// The numbers that columns of one table have in another, by their names.
pub(crate) fn numbers_in(from: &Relation, to: &Relation, columns: &[i16]) -> Vec<i16> {
    let numbers = columns.iter().map(|number| {
        let name = from.column_at(*number).map(|it| &it.name);
        let found = name.and_then(|name| to.column(name));
        found.map_or(*number, |it| it.number)
    });
    numbers.collect()
}

fn action(written: ast::ForeignKeyAction) -> ForeignKeyAction {
    match written {
        ast::ForeignKeyAction::NoAction => ForeignKeyAction::NoAction,
        ast::ForeignKeyAction::Restrict => ForeignKeyAction::Restrict,
        ast::ForeignKeyAction::Cascade => ForeignKeyAction::Cascade,
        ast::ForeignKeyAction::SetNull => ForeignKeyAction::SetNull,
        ast::ForeignKeyAction::SetDefault => ForeignKeyAction::SetDefault,
    }
}
