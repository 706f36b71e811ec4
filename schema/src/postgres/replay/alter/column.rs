//! ADD COLUMN, DROP COLUMN, DEFAULT, NOT NULL, generated columns.

use super::Target;
use crate::catalog::ChangeKind;
use crate::diagnostic::Code;
use crate::errors::postgres::{alter as errors, tables, types};
use crate::postgres::ast::{ColumnDefinition, Expr, Ident};
use crate::postgres::catalog::{
    Address, Column, Departure, Generated, IndexTerm, Relation, RelationKind, ReplicaIdentity,
};
use crate::postgres::replay::Replay;
use crate::postgres::replay::drop::at;
use crate::postgres::replay::resolution::columns_of;
use crate::postgres::replay::store::note_change;
use crate::postgres::replay::table::{ColumnHome, NewColumn, NewDefault};
use crate::postgres::tree::UNKNOWN;
use crate::postgres::types::Oid;
use std::sync::Arc;

impl Replay {
    pub(super) fn add_column(
        &mut self,
        relation: &Arc<Relation>,
        target: Target,
        definition: &ColumnDefinition,
        if_not_exists: bool,
    ) {
        let name = &definition.name;
        if relation.of_type.is_some() {
            let message = format!(
                "`{}` is a table of a type: its columns are the type's",
                relation.name
            );
            return self.report(errors::refused(message, target.span));
        }
        if relation.is_partition() {
            let message = format!(
                "`{}` is a partition: its columns are those of its table",
                relation.name
            );
            return self.report(errors::refused(message, target.span));
        }
        if let Some(known) = relation.column(&name.name) {
            if !if_not_exists {
                let made = known.provenance.as_ref().map(|it| it.created);
                self.report(tables::duplicate_column(name, made));
            }
            return;
        }
        if crate::postgres::resolve::system_column(&name.name).is_some() {
            return self.report(tables::system_column(name));
        }
        if target.only && !relation.children.is_empty() {
            return self.report(errors::needs_children(target.span));
        }
        let home = ColumnHome {
            foreign: matches!(relation.kind, RelationKind::Foreign(_)),
            typed: None,
        };
        let mut parts = self.column_definition(definition, home);
        if parts.column.identity.is_some()
            && !relation.children.is_empty()
            && self.catalog.version < 17
        {
            let message = "an identity column cannot be added to a table that others inherit";
            self.report(errors::refused(message, target.span));
        }
        if self.contains(parts.column.column.typed.oid, relation.oid) {
            return self.report(types::contains_itself(&relation.name, target.span));
        }
        for key in &parts.keys {
            if key.is_primary() {
                parts.column.column.not_null = true;
            }
        }
        self.append_column(relation.oid, parts.column, false);
        for check in &parts.checks {
            self.add_check_to_rows(relation.oid, check, target.only);
        }
        self.add_keys(relation.oid, &parts.keys, target.only);
        for key in &parts.foreign_keys {
            self.add_foreign_key(relation.oid, key, target.only);
        }
    }

    /// Adds a column to a table and to those that inherit from it, where it may be there already.
    fn append_column(&mut self, table: Oid, mut new: NewColumn<'_>, inherited: bool) {
        let Some(relation) = self.relation_of(table) else {
            return;
        };
        let name = Arc::clone(&new.column.name);
        if let Some(known) = relation.column(&name).filter(|_| inherited) {
            let unknown = known.typed == UNKNOWN || new.column.typed == UNKNOWN;
            if known.typed != new.column.typed && !unknown {
                let message = format!(
                    "`{}` inherits and has a column `{name}` of another type",
                    relation.name
                );
                self.report(errors::refused(message, new.span));
                return;
            }
            let number = known.number;
            self.catalog
                .change_column(table, number, |it| it.inherited += 1);
            return;
        }
        let number = i16::try_from(relation.columns.len() + 1).unwrap_or(i16::MAX);
        new.column.number = number;
        if inherited {
            new.column.local = false;
            new.column.inherited = 1;
            new.column.identity = None;
            new.identity = None;
        }
        let span = new.span;
        self.catalog.add_column(table, new.column.clone());
        self.catalog.relations.change(table, |it| {
            let change = ChangeKind::ColumnAdded(Arc::clone(&name));
            note_change(&mut it.provenance, span, change);
        });
        let known = self.diagnostics.len();
        self.store_defaults(table, std::slice::from_ref(&new));
        if inherited {
            // The mistakes of the default have been told.
            self.diagnostics.truncate(known);
        }
        let changed = self.relation_of(table);
        let default = changed.as_ref().and_then(|it| it.column_at(number));
        // What rows have of the column is computed at once, whether there are any or not.
        if let Some(NewDefault::Written(written)) = &new.default
            && !inherited
            && (matches!(relation.kind, RelationKind::Table) || !relation.children.is_empty())
            && let Some(value) = default.and_then(|it| it.default.clone())
        {
            self.can_be_computed(&value, Some(&name), written.span);
        }
        // Of a serial column all tables take the numbers of one sequence.
        if let (Some(default), Some(NewDefault::Serial(_))) =
            (default.and_then(|it| it.default.clone()), &new.default)
        {
            new.default = Some(NewDefault::Copied(default, None, Arc::clone(&relation)));
        }
        for child in &relation.children {
            self.append_column(*child, new.clone(), true);
        }
    }

    pub(super) fn drop_column(
        &mut self,
        relation: &Relation,
        target: Target,
        name: &Ident,
        if_exists: bool,
        cascade: bool,
    ) {
        if relation.of_type.is_some() {
            let message = format!(
                "`{}` is a table of a type: its columns are the type's",
                relation.name
            );
            return self.report(errors::refused(message, target.span));
        }
        if if_exists && relation.column(&name.name).is_none() {
            return;
        }
        let Some(number) = self.altered_column(relation, name) else {
            return;
        };
        let Some(column) = relation.column_at(number) else {
            return;
        };
        if column.inherited > 0 {
            return self.report(errors::inherited("column", &name.name, name.span));
        }
        if self.is_in_partition_key(relation, number, name) {
            return;
        }
        if target.only && relation.partition_key().is_some() && !relation.children.is_empty() {
            return self.report(errors::needs_children(target.span));
        }
        let mut dropped = vec![Address::column(relation.oid, number)];
        self.drop_from_children(relation, &column.name, target.only, &mut dropped);
        let oid = relation.oid;
        if self.drop_objects(&at(&dropped, name.span), cascade) {
            let change = ChangeKind::ColumnDropped(Arc::clone(&name.name));
            self.catalog.relations.change(oid, |it| {
                note_change(&mut it.provenance, name.span, change);
            });
        }
    }

    /// The columns of the tables that inherit it, which go too unless they are there in their own right.
    fn drop_from_children(
        &mut self,
        relation: &Relation,
        name: &str,
        only: bool,
        dropped: &mut Vec<Address>,
    ) {
        for child in &relation.children {
            let Some(child) = self.relation_of(*child) else {
                continue;
            };
            let Some(column) = child.column(name) else {
                continue;
            };
            let number = column.number;
            if !only && column.inherited == 1 && !column.local {
                dropped.push(Address::column(child.oid, number));
                self.drop_from_children(&child, name, false, dropped);
                continue;
            }
            self.catalog.change_column(child.oid, number, |it| {
                it.inherited = it.inherited.saturating_sub(1);
                it.local |= only;
            });
        }
    }

    /// Reports that a column is a part of the partition key, if it is.
    pub(super) fn is_in_partition_key(
        &mut self,
        relation: &Relation,
        number: i16,
        name: &Ident,
    ) -> bool {
        let Some(key) = relation.partition_key() else {
            return false;
        };
        let is_in = key.terms.iter().any(|term| match &term.term {
            IndexTerm::Column(column) => *column == number,
            IndexTerm::Expression(expression) => columns_of(expression).contains(&number),
        });
        if is_in {
            self.report(errors::in_partition_key(
                &name.name,
                &relation.name,
                name.span,
            ));
        }
        is_in
    }

    /// SET DEFAULT and DROP DEFAULT.
    pub(super) fn set_default(
        &mut self,
        relation: &Relation,
        target: Target,
        name: &Ident,
        value: Option<&Expr>,
    ) {
        let Some(number) = self.altered_column(relation, name) else {
            return;
        };
        let Some(column) = relation.column_at(number) else {
            return;
        };
        let what = if column.identity.is_some() {
            Some("is an identity column")
        } else if column.generated.is_some() {
            Some("is a generated column")
        } else {
            None
        };
        if let Some(what) = what {
            let message = format!("column `{}` {what} and has no default", name.name);
            let diagnostic = tables::refused(Code::InvalidDefault, message, name.span);
            return self.report(diagnostic);
        }
        let resolved = match value {
            Some(value) => match self.default_expression(value, &column.name, column.typed) {
                Some(value) => Some(value),
                None => return,
            },
            None => None,
        };
        for (oid, number) in self.same_column(relation, number, target.only) {
            self.catalog.remove_default(oid, number);
            let is_null = resolved.as_deref().is_some_and(|value| {
                matches!(
                    value,
                    crate::postgres::tree::Expr::Constant(crate::postgres::tree::Constant {
                        value: None,
                        ..
                    })
                )
            });
            if let Some(value) = resolved.clone().filter(|_| !is_null) {
                self.catalog.store_default(oid, number, value, None);
            }
        }
    }

    /// A column, and those of its name in the tables that inherit it unless the statement says ONLY.
    pub(super) fn same_column(
        &self,
        relation: &Relation,
        number: i16,
        only: bool,
    ) -> Vec<(Oid, i16)> {
        let Some(name) = relation.column_at(number).map(|it| Arc::clone(&it.name)) else {
            return Vec::new();
        };
        let all = match only {
            true => vec![relation.oid],
            false => self.catalog.with_descendants(relation.oid),
        };
        let found = all.into_iter().filter_map(|oid| {
            let column = self.catalog.relation(oid)?.column(&name)?;
            Some((oid, column.number))
        });
        found.collect()
    }

    pub(super) fn set_not_null(&mut self, relation: &Relation, target: Target, name: &Ident) {
        let Some(number) = self.altered_column(relation, name) else {
            return;
        };
        if target.only && relation.partition_key().is_some() && !relation.children.is_empty() {
            let mut children = relation.children.iter();
            let all = children.all(|child| {
                let child = self.catalog.relation(*child);
                let column = child.and_then(|child| child.column(&name.name));
                column.is_some_and(|column| column.not_null)
            });
            if !all {
                return self.report(errors::needs_children(target.span));
            }
        }
        for (oid, number) in self.same_column(relation, number, target.only) {
            self.set_column_not_null(oid, number, true, name);
        }
    }

    fn set_column_not_null(&mut self, oid: Oid, number: i16, not_null: bool, name: &Ident) {
        self.catalog.change_column(oid, number, |it| {
            it.not_null = not_null;
            note_change(&mut it.provenance, name.span, ChangeKind::ConstraintChanged);
        });
    }

    pub(super) fn drop_not_null(&mut self, relation: &Relation, target: Target, name: &Ident) {
        let Some(number) = self.altered_column(relation, name) else {
            return;
        };
        let Some(column) = relation.column_at(number) else {
            return;
        };
        let is_in = |oid: &Oid, test: &dyn Fn(&crate::postgres::catalog::Index) -> bool| {
            let index = self.catalog.relation(*oid).and_then(Relation::index);
            index.is_some_and(|index| {
                test(index)
                    && index
                        .keys
                        .iter()
                        .any(|key| key.term.column() == Some(number))
            })
        };
        let mut indexes = relation.indexes.iter();
        let is_primary = indexes.any(|oid| is_in(oid, &|index| index.primary));
        let is_identifying = match relation.replica_identity {
            ReplicaIdentity::Index(oid) => is_in(&oid, &|_| true),
            _ => false,
        };
        let parent = relation.parents.first().filter(|_| relation.is_partition());
        let parent = parent.and_then(|oid| self.catalog.relation(*oid));
        let of_parent = parent.and_then(|parent| parent.column(&name.name));
        let message = if column.identity.is_some() {
            Some(format!(
                "column `{}` is an identity column, which refuses NULL",
                name.name
            ))
        } else if is_primary {
            Some(format!(
                "column `{}` is in the primary key, which refuses NULL",
                name.name
            ))
        } else if is_identifying {
            Some(format!(
                "column `{}` is in the index of the replica identity",
                name.name
            ))
        } else if of_parent.is_some_and(|column| column.not_null) {
            Some(format!(
                "column `{}` is NOT NULL in the partitioned table",
                name.name
            ))
        } else if target.only && relation.partition_key().is_some() && !relation.children.is_empty()
        {
            return self.report(errors::needs_children(target.span));
        } else {
            None
        };
        if let Some(message) = message {
            return self.report(errors::refused(message, target.span));
        }
        for (oid, number) in self.same_column(relation, number, target.only) {
            self.set_column_not_null(oid, number, false, name);
        }
    }

    pub(super) fn set_expression(&mut self, relation: &Relation, name: &Ident, value: &Expr) {
        let Some(number) = self.altered_column(relation, name) else {
            return;
        };
        let Some(column) = relation.column_at(number) else {
            return;
        };
        let Some(kind) = column.generated else {
            let message = format!("column `{}` is not a generated column", name.name);
            return self.report(errors::refused(message, name.span));
        };
        let typed = column.typed;
        let resolved = self.generation_expression(relation, value, &name.name, typed);
        if let Some(value) = resolved {
            self.catalog
                .store_default(relation.oid, number, value, Some(kind));
        }
    }

    pub(super) fn drop_expression(
        &mut self,
        relation: &Relation,
        target: Target,
        name: &Ident,
        if_exists: bool,
    ) {
        let Some(number) = self.altered_column(relation, name) else {
            return;
        };
        let Some(column) = relation.column_at(number) else {
            return;
        };
        if target.only && !relation.children.is_empty() {
            return self.report(errors::needs_children(target.span));
        }
        if column.inherited > 0 {
            return self.report(errors::inherited(
                "the expression of column",
                &name.name,
                name.span,
            ));
        }
        if column.generated != Some(Generated::Stored) {
            if !if_exists {
                let message = format!("column `{}` is not a generated column", name.name);
                self.report(errors::refused(message, name.span));
            }
            return;
        }
        for (oid, number) in self.same_column(relation, number, target.only) {
            self.catalog.remove_default(oid, number);
        }
    }

    /// Remembers where a column went that has another name now.
    pub(super) fn column_renamed(&mut self, table: Oid, column: &Column, to: &Ident) {
        let departure = Departure::RenamedTo(Arc::clone(&to.name));
        let address = Address::column(table, column.number);
        self.catalog.depart(address, departure, to.span);
    }
}
