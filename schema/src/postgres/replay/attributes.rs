//! ALTER TYPE … ADD, DROP, ALTER and RENAME ATTRIBUTE.

use super::Replay;
use super::find::text_of;
use crate::catalog::ChangeKind;
use crate::errors::postgres::types as errors;
use crate::postgres::ast::{AlterAttribute, AttributeAction, Ident, QualifiedName};
use crate::postgres::catalog::{Address, Candidate, Class, Departure, Relation, RelationKind};
use crate::postgres::replay::Wanted;
use crate::postgres::types::{Oid, TypeKind};
use crate::text::Span;
use std::collections::BTreeSet;
use std::sync::Arc;

impl Replay {
    /// The relation of a composite type.
    fn composite(&mut self, name: &QualifiedName) -> Option<Arc<Relation>> {
        let relation = self.relation_named(name, Wanted::Relation, false)?;
        if matches!(relation.kind, RelationKind::Composite) {
            return Some(relation);
        }
        let declared = self.declared(Address::relation(relation.oid));
        let noun = "composite type";
        self.report(errors::not_a(noun, &text_of(name), name.span, declared));
        None
    }

    pub(super) fn alter_attributes(&mut self, name: &QualifiedName, actions: &[AlterAttribute]) {
        let Some(relation) = self.composite(name) else {
            return;
        };
        let oid = relation.oid;
        // As in every ALTER, what is dropped goes first, then types change, then columns are added.
        let rank = |action: &AlterAttribute| match action.action {
            AttributeAction::Drop { .. } => 0,
            AttributeAction::Alter(_) => 1,
            AttributeAction::Add(_) => 2,
        };
        let mut sorted: Vec<&AlterAttribute> = actions.iter().collect();
        sorted.sort_by_key(|action| rank(action));
        for action in sorted {
            self.alter_attribute(oid, action);
        }
    }

    fn alter_attribute(&mut self, oid: Oid, alter: &AlterAttribute) {
        let Some(relation) = self.relation_of(oid) else {
            return;
        };
        if !self.check_typed_tables(&relation, alter.cascade, alter.span) {
            return;
        }
        let tables = self.typed_tables(&relation);
        match &alter.action {
            AttributeAction::Add(attribute) => {
                let name = &attribute.name;
                if let Some(column) = relation.column(&name.name) {
                    let declared = self.declared(Address::column(oid, column.number));
                    return self.report(errors::attribute_twice(&name.name, name.span, declared));
                }
                for target in std::iter::once(oid).chain(tables) {
                    let count = self.relation_of(target).map_or(0, |it| it.columns.len());
                    let Some(column) = self.attribute(attribute, count + 1) else {
                        return;
                    };
                    if target == oid && self.contains(column.typed.oid, oid) {
                        let span = attribute.type_name.span;
                        return self.report(errors::contains_itself(&relation.name, span));
                    }
                    self.catalog.add_column(target, column);
                }
            }
            AttributeAction::Drop { if_exists, name } => {
                let Some(column) = relation.column(&name.name) else {
                    if !if_exists {
                        let names = Candidate::columns(&relation);
                        let diagnostic =
                            errors::unknown_attribute(&name.name, &relation.name, name.span, names);
                        self.report(diagnostic);
                    }
                    return;
                };
                let address = Address::column(oid, column.number);
                self.drop_objects(&[(address, name.span)], alter.cascade);
                for table in tables {
                    let found = self.relation_of(table);
                    let number = found.and_then(|it| it.column(&name.name).map(|it| it.number));
                    if let Some(number) = number {
                        self.drop_objects(&[(Address::column(table, number), name.span)], true);
                    }
                }
            }
            AttributeAction::Alter(attribute) => {
                let name = &attribute.name;
                let Some(column) = relation.column(&name.name) else {
                    let names = Candidate::columns(&relation);
                    let diagnostic =
                        errors::unknown_attribute(&name.name, &relation.name, name.span, names);
                    return self.report(diagnostic);
                };
                let number = column.number;
                if let Some((place, declared)) = self.stored_in(&relation) {
                    let noun = "type";
                    let diagnostic =
                        errors::stored(noun, &relation.name, &place, alter.span, declared);
                    return self.report(diagnostic);
                }
                let Some(changed) = self.attribute(attribute, usize::from(number.unsigned_abs()))
                else {
                    return;
                };
                for target in std::iter::once(oid).chain(tables) {
                    let found = self.relation_of(target);
                    let number = found.and_then(|it| it.column(&name.name).map(|it| it.number));
                    let Some(number) = number else {
                        continue;
                    };
                    let typed = changed.typed;
                    self.catalog
                        .dependencies
                        .forget(Address::column(target, number));
                    self.catalog
                        .change_column(target, number, |it| it.typed = typed);
                    let column = self
                        .relation_of(target)
                        .and_then(|it| it.column_at(number).cloned());
                    if let Some(column) = column {
                        self.catalog.depend_on_type(target, &column);
                    }
                }
            }
        }
    }

    pub(super) fn rename_attribute(
        &mut self,
        name: &QualifiedName,
        from: &Ident,
        to: &Ident,
        cascade: bool,
    ) {
        let Some(relation) = self.composite(name) else {
            return;
        };
        if !self.check_typed_tables(&relation, cascade, name.span) {
            return;
        }
        let Some(column) = relation.column(&from.name) else {
            let names = Candidate::columns(&relation);
            let diagnostic =
                errors::unknown_attribute(&from.name, &relation.name, from.span, names);
            return self.report(diagnostic);
        };
        if let Some(taken) = relation.column(&to.name) {
            let declared = self.declared(Address::column(relation.oid, taken.number));
            return self.report(errors::attribute_twice(&to.name, to.span, declared));
        }
        let number = column.number;
        let tables = self.typed_tables(&relation);
        for target in std::iter::once(relation.oid).chain(tables) {
            let found = self.relation_of(target);
            let here = found.and_then(|it| it.column(&from.name).map(|it| it.number));
            let here = if target == relation.oid {
                Some(number)
            } else {
                here
            };
            if let Some(here) = here {
                let departure = Departure::RenamedTo(Arc::clone(&to.name));
                self.catalog
                    .depart(Address::column(target, here), departure, from.span);
                self.catalog
                    .change_column(target, here, |it| it.name = Arc::clone(&to.name));
            }
        }
        self.catalog.relations.change(relation.oid, |it| {
            let kind = ChangeKind::ColumnRenamed {
                from: Arc::clone(&from.name),
                to: Arc::clone(&to.name),
            };
            super::store::note_change(&mut it.provenance, to.span, kind);
        });
    }

    /// The tables that are of a composite type (`CREATE TABLE … OF`).
    fn typed_tables(&self, composite: &Relation) -> Vec<Oid> {
        let all = self.catalog.relations.iter();
        let all = all.filter(|it| it.of_type.is_some() && it.of_type == composite.row_type);
        all.map(|it| it.oid).collect()
    }

    fn check_typed_tables(&mut self, composite: &Relation, cascade: bool, span: Span) -> bool {
        let tables = self.typed_tables(composite);
        let Some(first) = tables.first().filter(|_| !cascade) else {
            return true;
        };
        let table = self.catalog.describe(Address::relation(*first));
        self.report(errors::of_typed_table(&composite.name, &table, span));
        false
    }

    /// A column of a table that stores values of a type (`find_composite_type_dependencies`), as messages name it.
    pub(super) fn stored_in(&self, composite: &Relation) -> Option<(String, Option<Span>)> {
        self.stored_values(composite.row_type?, true)
    }

    /// A column of a table that stores values of a type; `directly` counts columns of the type itself.
    pub(super) fn stored_values(&self, of: Oid, directly: bool) -> Option<(String, Option<Span>)> {
        let mut pending = vec![(of, directly)];
        let mut seen = BTreeSet::new();
        while let Some((oid, directly)) = pending.pop() {
            if !seen.insert(oid) {
                continue;
            }
            let this = Address::new(Class::Type, oid);
            for (dependent, _, _) in self.catalog.dependencies.on(this) {
                match dependent.class {
                    Class::Type => {
                        // A column of a domain over a domain is one of that as well.
                        let is_over = self.catalog.type_of(dependent.oid).is_some_and(
                            |it| matches!(it.kind, TypeKind::Domain { base } if base.oid == oid),
                        );
                        pending.push((dependent.oid, directly || !is_over));
                    }
                    Class::Relation if dependent.part != 0 => {
                        let Some(relation) = self.catalog.relation(dependent.oid) else {
                            continue;
                        };
                        match relation.kind {
                            RelationKind::Table
                            | RelationKind::Partitioned(_)
                            | RelationKind::MaterializedView(_)
                                if directly =>
                            {
                                let column = relation.column_at(dependent.part);
                                let column = column.map_or("", |it| &it.name);
                                let name = self.catalog.relation_text(relation);
                                return Some((
                                    format!("`{name}.{column}`"),
                                    self.declared(dependent),
                                ));
                            }
                            RelationKind::Composite => {
                                pending.extend(relation.row_type.map(|it| (it, true)));
                            }
                            RelationKind::Table | RelationKind::Partitioned(_) => {
                                // The rows of a table can be stored in another one.
                                pending.extend(relation.row_type.map(|it| (it, true)));
                            }
                            _ => {}
                        }
                    }
                    _ => {}
                }
            }
        }
        None
    }

    /// Whether a type is a composite type or has it as a part.
    pub(super) fn contains(&self, of: Oid, composite: Oid) -> bool {
        let mut pending = vec![of];
        let mut seen = BTreeSet::new();
        while let Some(oid) = pending.pop() {
            if !seen.insert(oid) {
                continue;
            }
            let Some(found) = self.catalog.type_of(oid) else {
                continue;
            };
            match found.kind {
                TypeKind::Composite { relation } => {
                    if relation == composite {
                        return true;
                    }
                    let columns = self.catalog.relation(relation);
                    let columns = columns.into_iter().flat_map(Relation::live_columns);
                    pending.extend(columns.map(|it| it.typed.oid));
                }
                TypeKind::Domain { base } => pending.push(base.oid),
                TypeKind::Range { subtype, .. } => pending.push(subtype),
                _ => pending.extend(found.element.filter(|_| found.is_array)),
            }
        }
        false
    }
}
