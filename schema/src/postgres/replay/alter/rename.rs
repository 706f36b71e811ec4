//! RENAME and SET SCHEMA of relations, columns and constraints.

use super::Target;
use crate::catalog::ChangeKind;
use crate::errors::postgres::{alter as errors, relations, tables};
use crate::postgres::ast::Ident;
use crate::postgres::catalog::{
    Address, Candidate, Catalog, Class, Departure, Relation, RelationKind,
};
use crate::postgres::replay::Replay;
use crate::postgres::replay::relations::declared;
use crate::postgres::replay::store::note_change;
use crate::postgres::types::{Oid, well_known};
use crate::text::Span;
use std::sync::Arc;

impl Replay {
    /// RENAME TO (`RenameRelation`).
    pub(super) fn rename_table(&mut self, relation: &Relation, to: &Ident) {
        let has_type = relation.row_type.is_some();
        if !self.is_name_free(relation.namespace, to, false, has_type) {
            return;
        }
        // The constraint that an index keeps has the name of the index.
        if let Some(constraint) = relation.index().and_then(|it| it.constraint) {
            let of = relation.index().map(|it| it.table);
            let taken = of.and_then(|of| self.catalog.constraint_of(of, &to.name));
            if let Some(taken) = taken {
                let made = taken.provenance.as_ref().map(|it| it.created);
                let span = to.span;
                let taken = tables::constraint_exists(&to.name, &relation.name, span, made);
                return self.report(taken);
            }
            self.name_constraint(constraint, to);
        }
        self.catalog
            .rename_relation(relation.oid, &to.name, to.span);
    }

    pub(super) fn name_constraint(&mut self, oid: Oid, to: &Ident) {
        let address = Address::new(Class::Constraint, oid);
        let departure = Departure::RenamedTo(Arc::clone(&to.name));
        self.catalog.depart(address, departure, to.span);
        self.catalog.constraints.change(oid, |it| {
            let before = std::mem::replace(&mut it.name, Arc::clone(&to.name));
            note_change(&mut it.provenance, to.span, ChangeKind::RenamedFrom(before));
        });
    }

    /// RENAME COLUMN (`renameatt`).
    pub(super) fn rename_column(
        &mut self,
        relation: &Relation,
        target: Target,
        name: &Ident,
        to: &Ident,
    ) {
        let fits = match relation.kind {
            RelationKind::Table
            | RelationKind::Partitioned(_)
            | RelationKind::Foreign(_)
            | RelationKind::View(_)
            | RelationKind::MaterializedView(_)
            | RelationKind::Composite
            | RelationKind::Index(_)
            | RelationKind::PartitionedIndex(_) => true,
            RelationKind::Sequence(_) => false,
        };
        if !fits {
            let noun = relation.kind.noun();
            let made = declared(relation);
            return self.report(errors::not_for(&relation.name, noun, target.span, made));
        }
        if relation.of_type.is_some() {
            let message = format!(
                "`{}` is a table of a type: its columns are the type's",
                relation.name
            );
            return self.report(errors::refused(message, target.span));
        }
        let Some(number) = self.altered_column(relation, name) else {
            return;
        };
        let inherited = relation.column_at(number).map_or(0, |it| it.inherited);
        if inherited > 0 {
            return self.report(errors::inherited("column", &name.name, name.span));
        }
        if target.only && !relation.children.is_empty() {
            return self.report(errors::needs_children(target.span));
        }
        for (oid, number) in self.same_column(relation, number, target.only) {
            self.rename_one_column(oid, number, to);
        }
    }

    fn rename_one_column(&mut self, oid: Oid, number: i16, to: &Ident) {
        let Some(relation) = self.relation_of(oid) else {
            return;
        };
        if let Some(taken) = relation.column(&to.name) {
            let made = taken.provenance.as_ref().map(|it| it.created);
            return self.report(tables::duplicate_column(to, made));
        }
        if crate::postgres::resolve::system_column(&to.name).is_some() {
            return self.report(tables::system_column(to));
        }
        let Some(column) = relation.column_at(number) else {
            return;
        };
        let from = Arc::clone(&column.name);
        self.column_renamed(oid, column, to);
        self.catalog.change_column(oid, number, |it| {
            it.name = Arc::clone(&to.name);
            let change = ChangeKind::RenamedFrom(Arc::clone(&from));
            note_change(&mut it.provenance, to.span, change);
        });
        self.catalog.relations.change(oid, |it| {
            let to_name = Arc::clone(&to.name);
            let change = ChangeKind::ColumnRenamed {
                from: Arc::clone(&from),
                to: to_name,
            };
            note_change(&mut it.provenance, to.span, change);
        });
        // The columns of indexes are named after those of their table.
        for index in &relation.indexes {
            let keys = self.catalog.relation(*index).and_then(Relation::index);
            let Some(index_of) = keys else {
                continue;
            };
            let terms = index_of.keys.iter().map(|key| key.term.column());
            let included = index_of.included.iter().map(|number| Some(*number));
            let positions: Vec<i16> = (1..)
                .zip(terms.chain(included))
                .filter(|(_, column)| *column == Some(number))
                .map(|(position, _)| position)
                .collect();
            for position in positions {
                let name = Arc::clone(&to.name);
                self.catalog
                    .change_column(*index, position, |it| it.name = name);
            }
        }
    }

    /// RENAME CONSTRAINT (`rename_constraint_internal`).
    pub(super) fn rename_constraint(
        &mut self,
        relation: &Relation,
        target: Target,
        name: &Ident,
        to: &Ident,
    ) {
        let found = self
            .catalog
            .constraint_of(relation.oid, &name.name)
            .cloned();
        let Some(constraint) = found else {
            if !relation.incomplete {
                let others = self.catalog.constraints.inside(Some(relation.oid));
                let others = others.map(|it| Candidate::alone(&**it));
                let unknown = relations::unknown_constraint(name, &relation.name, None, others);
                self.report(unknown);
            }
            return;
        };
        let is_check = matches!(
            constraint.kind,
            crate::postgres::catalog::ConstraintKind::Check { .. }
        );
        if constraint.inherited > 0 {
            return self.report(errors::inherited("constraint", &name.name, name.span));
        }
        let reaches = is_check && !constraint.no_inherit;
        if reaches && target.only && !relation.children.is_empty() {
            return self.report(errors::needs_children(target.span));
        }
        if let Some(key) = constraint.kind.key() {
            if let Some(index) = self.relation_of(key.index) {
                self.rename_table(&index, to);
            }
            return;
        }
        let tables = match reaches {
            true => self.catalog.with_descendants(relation.oid),
            false => vec![relation.oid],
        };
        for table in tables {
            let found = self
                .catalog
                .constraint_of(table, &name.name)
                .map(|it| it.oid);
            let Some(oid) = found else {
                continue;
            };
            if let Some(taken) = self.catalog.constraint_of(table, &to.name) {
                let made = taken.provenance.as_ref().map(|it| it.created);
                let span = to.span;
                let taken = tables::constraint_exists(&to.name, &relation.name, span, made);
                return self.report(taken);
            }
            self.name_constraint(oid, to);
        }
    }

    /// SET SCHEMA (`AlterTableNamespace`).
    pub(super) fn set_schema(&mut self, relation: &Relation, to: &Ident, span: Span) {
        let Some(namespace) = self.schema_named(to) else {
            return;
        };
        if matches!(
            relation.kind,
            RelationKind::Index(_) | RelationKind::PartitionedIndex(_)
        ) {
            let message = format!("index `{}` is in the schema of its table", relation.name);
            return self.report(errors::refused(message, span));
        }
        if let Some((table, ..)) = self.catalog.owner_of_sequence(relation.oid) {
            let table = self.catalog.relation(table).map_or("", |it| &it.name);
            let message = format!(
                "sequence `{}` belongs to table `{table}` and moves with it",
                relation.name
            );
            return self.report(errors::refused(message, span));
        }
        if namespace == relation.namespace {
            return;
        }
        let from_temporary = relation.namespace == Catalog::TEMPORARY;
        let message = if from_temporary || namespace == Catalog::TEMPORARY {
            Some("an object cannot be moved into or out of the temporary schema")
        } else if namespace == Catalog::TOAST || namespace == well_known::PG_CATALOG {
            Some("an object cannot be moved into a schema of the system")
        } else {
            None
        };
        if let Some(message) = message {
            return self.report(errors::refused(message, to.span));
        }
        let taken = Ident {
            name: Arc::clone(&relation.name),
            quoted: false,
            span: to.span,
        };
        if !self.is_name_free(namespace, &taken, false, relation.row_type.is_some()) {
            return;
        }
        self.catalog.move_relation(relation.oid, namespace, span);
    }
}
