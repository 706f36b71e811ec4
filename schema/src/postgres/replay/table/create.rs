//! CREATE TABLE (`transformCreateStmt`, `DefineRelation`).

use super::column::ColumnHome;
use super::{ColumnParts, NewCheck, NewColumn, NewForeignKey, NewKey};
use crate::catalog::Provenance;
use crate::diagnostic::Code;
use crate::errors::postgres::tables as errors;
use crate::postgres::ast::Persistence;
use crate::postgres::ast::{
    ColumnOptions, CreateTable, Ident, LikeClause, OnCommit, TableBody, TableConstraint,
    TableConstraintKind, TableElement, TypedTableElement,
};
use crate::postgres::catalog::{
    Address, Candidate, Class, Constraint, Dependency, ForeignTable, PartitionKey,
    PartitionStrategy, Relation, RelationKind,
};
use crate::postgres::replay::options::OptionsOf;
use crate::postgres::replay::store::NewRelation;
use crate::postgres::replay::{Replay, sequence};
use crate::postgres::types::{Oid, TypeKind};
use crate::text::Span;
use std::sync::Arc;

/// As many columns as a table has (`MaxHeapAttributeNumber`).
const MAX_COLUMNS: usize = 1_600;

/// A table while its statement is read.
#[derive(Debug, Default)]
pub(crate) struct Draft<'a> {
    /// Its columns.
    pub columns: Vec<NewColumn<'a>>,
    /// CHECK.
    pub checks: Vec<NewCheck<'a>>,
    /// PRIMARY KEY, UNIQUE, EXCLUDE.
    pub keys: Vec<NewKey<'a>>,
    /// FOREIGN KEY.
    pub foreign_keys: Vec<NewForeignKey<'a>>,
    /// LIKE, and what each names.
    pub likes: Vec<(&'a LikeClause, Arc<Relation>)>,
    /// CHECKs that are inherited, or copied by LIKE, with the table that they are of.
    pub inherited: Vec<(Arc<Constraint>, Arc<Relation>)>,
}

impl<'a> Draft<'a> {
    fn add(&mut self, parts: ColumnParts<'a>) {
        self.columns.push(parts.column);
        self.checks.extend(parts.checks);
        self.keys.extend(parts.keys);
        self.foreign_keys.extend(parts.foreign_keys);
    }
}

impl Replay {
    /// CREATE TABLE and CREATE FOREIGN TABLE.
    pub(crate) fn create_table(&mut self, create: &CreateTable) {
        let name = &create.name;
        let Some(namespace) = self.place_of_new(name, create.persistence) else {
            return;
        };
        if !self.is_name_free(namespace, &name.name, create.if_not_exists, true) {
            return;
        }
        let mut draft = Draft::default();
        let mut parents: Vec<Arc<Relation>> = Vec::new();
        let mut of_type = None;
        match &create.body {
            TableBody::Columns { elements, inherits } => {
                self.elements(&mut draft, elements, create.foreign.is_some());
                parents = self.parents(inherits, create);
                self.inherit_columns(&mut draft, &parents);
            }
            TableBody::OfType {
                type_name,
                elements,
            } => {
                of_type = self.columns_of_type(&mut draft, type_name);
                self.typed_elements(&mut draft, elements, "a table of a type");
            }
            TableBody::PartitionOf {
                parent, elements, ..
            } => {
                if let Some(found) = self.partitioned_parent(parent, create) {
                    self.columns_of_parent(&mut draft, &found);
                    parents.push(found);
                    self.typed_elements(&mut draft, elements, "a partition");
                }
            }
        }
        self.check_column_names(&mut draft.columns, name.span);
        self.require_key_columns(&mut draft);
        let is_temporary = create.persistence == Persistence::Temporary;
        if create.on_commit == Some(OnCommit::Drop) && self.transaction_around().is_none() {
            // Gone with the statement's own transaction.
            return;
        }
        if create.on_commit.is_some() && !is_temporary {
            let message = "ON COMMIT is for temporary tables only";
            let span = name.span;
            self.report(errors::refused(Code::InvalidConstraint, message, span));
        }
        let foreign = create.foreign.as_ref();
        let server = foreign.and_then(|it| self.server_named(&it.server));
        let kind = self.kind_of(create, server);
        let of = match create.partition_by {
            Some(_) => OptionsOf::Partitioned,
            None => OptionsOf::NewTable,
        };
        let options = self.storage_options(&create.parameters, of);
        if let Some(tablespace) = &create.tablespace {
            self.check_tablespace(tablespace);
        }
        let access_method = create.access_method.as_ref();
        let access_method = access_method.and_then(|it| self.table_method(it));
        let relation = NewRelation {
            persistence: match namespace == crate::postgres::catalog::Catalog::TEMPORARY {
                true => crate::postgres::catalog::Persistence::Temporary,
                false => sequence::persistence(create.persistence),
            },
            options,
            access_method,
            tablespace: create.tablespace.as_ref().map(|it| Arc::clone(&it.name)),
            of_type,
            ..NewRelation::new(
                Arc::clone(&name.name.name),
                namespace,
                kind,
                draft.columns.iter().map(|it| it.column.clone()).collect(),
                Some(Provenance::new(name.span)),
            )
        };
        let oid = self.catalog.create_relation(relation);
        if let Some(server) = server {
            let server = Address::new(Class::ForeignServer, server);
            let this = Address::relation(oid);
            let dependencies = &mut self.catalog.dependencies;
            dependencies.add(this, server, Dependency::Normal);
        }
        if self.is_incomplete(create, &draft, &parents) {
            self.catalog
                .relations
                .change(oid, |it| it.incomplete = true);
        }
        if let TableBody::PartitionOf { bound, .. } = &create.body {
            if let Some(parent) = parents.first() {
                self.attach_new_partition(oid, parent, bound);
            }
        } else {
            for parent in &parents {
                self.catalog.inherit(oid, parent.oid);
            }
        }
        if let Some(partition_by) = &create.partition_by {
            self.partition_by(oid, partition_by);
        }
        self.store_defaults(oid, &draft.columns);
        self.store_inherited_checks(oid, &draft);
        for check in &draft.checks {
            // There are no rows that NOT VALID could speak of.
            let mut check = check.clone();
            check.attributes.not_valid = false;
            self.add_check(oid, &check, false);
        }
        if let (TableBody::PartitionOf { .. }, Some(parent)) = (&create.body, parents.first()) {
            self.clone_indexes(parent.oid, oid);
            self.clone_foreign_keys(parent.oid, oid);
            self.clone_triggers(parent.oid, oid);
        }
        self.add_keys(oid, &draft.keys, false);
        for (like, source) in &draft.likes {
            self.copy_like(oid, like, source);
        }
        for key in &draft.foreign_keys {
            let mut key = key.clone();
            key.attributes.not_valid = false;
            self.add_foreign_key(oid, &key, false);
        }
    }

    fn kind_of(&mut self, create: &CreateTable, server: Option<Oid>) -> RelationKind {
        if let Some(foreign) = &create.foreign {
            let options = foreign.options.iter();
            return RelationKind::Foreign(ForeignTable {
                server: server.unwrap_or(Oid(0)),
                options: options
                    .map(|option| {
                        let value = option.value.as_deref().unwrap_or_default();
                        (Arc::clone(&option.name.name), value.into())
                    })
                    .collect(),
            });
        }
        if create.partition_by.is_some() {
            return RelationKind::Partitioned(Arc::new(PartitionKey {
                strategy: PartitionStrategy::Range,
                terms: Vec::new(),
                default_partition: None,
            }));
        }
        RelationKind::Table
    }

    /// Whether a parent, a type or what LIKE names is not known, and with it some of the columns.
    fn is_incomplete(
        &self,
        create: &CreateTable,
        draft: &Draft<'_>,
        parents: &[Arc<Relation>],
    ) -> bool {
        let is_whole = match &create.body {
            TableBody::Columns { elements, inherits } => {
                let likes = elements
                    .iter()
                    .filter(|it| matches!(it, TableElement::Like(_)));
                parents.len() == inherits.len()
                    && draft.likes.len() == likes.count()
                    && !draft.likes.iter().any(|(_, source)| source.incomplete)
            }
            TableBody::OfType { type_name, .. } => {
                let found = self.catalog.find_type(type_name).map(|it| it.kind);
                match found {
                    Some(TypeKind::Composite { relation }) => !self.is_half_known(relation),
                    Some(_) | None => false,
                }
            }
            TableBody::PartitionOf { .. } => parents.len() == 1,
        };
        !is_whole || parents.iter().any(|parent| parent.incomplete)
    }

    /// Columns, constraints and LIKE.
    fn elements<'a>(&mut self, draft: &mut Draft<'a>, elements: &'a [TableElement], foreign: bool) {
        let home = ColumnHome {
            foreign,
            typed: None,
        };
        for element in elements {
            match element {
                TableElement::Column(column) => {
                    let parts = self.column_definition(column, home);
                    draft.add(parts);
                }
                TableElement::Constraint(constraint) => {
                    self.table_constraint(draft, constraint, foreign);
                }
                TableElement::Like(like) => self.like(draft, like),
            }
        }
    }

    /// What is added to columns that a type or the parent gives.
    fn typed_elements<'a>(
        &mut self,
        draft: &mut Draft<'a>,
        elements: &'a [TypedTableElement],
        of: &'static str,
    ) {
        let mut named: Vec<&Ident> = Vec::new();
        for element in elements {
            match element {
                TypedTableElement::Column(options) => {
                    let name = &options.name;
                    match named.iter().find(|other| other.name == name.name) {
                        Some(first) => {
                            self.report(errors::duplicate_column(name, Some(first.span)));
                        }
                        None => self.column_options(draft, options, of),
                    }
                    named.push(name);
                }
                TypedTableElement::Constraint(constraint) => {
                    self.table_constraint(draft, constraint, false);
                }
            }
        }
    }

    fn column_options<'a>(
        &mut self,
        draft: &mut Draft<'a>,
        options: &'a ColumnOptions,
        of: &'static str,
    ) {
        let name = &options.name;
        let position = draft
            .columns
            .iter()
            .position(|it| it.column.name == name.name);
        let Some(column) = position.and_then(|it| draft.columns.get(it).cloned()) else {
            let others = draft.columns.iter().map(|it| Candidate::column(&it.column));
            let unknown =
                crate::errors::postgres::relations::unknown_column(name, of, None, others);
            return self.report(unknown);
        };
        let mut parts = ColumnParts {
            column,
            checks: Vec::new(),
            keys: Vec::new(),
            foreign_keys: Vec::new(),
        };
        let home = ColumnHome {
            foreign: false,
            typed: Some(of),
        };
        self.column_constraints(&mut parts, name, &options.constraints, None, home);
        if let Some(place) = position.and_then(|it| draft.columns.get_mut(it)) {
            *place = parts.column;
        }
        draft.checks.extend(parts.checks);
        draft.keys.extend(parts.keys);
        draft.foreign_keys.extend(parts.foreign_keys);
    }

    fn table_constraint<'a>(
        &mut self,
        draft: &mut Draft<'a>,
        constraint: &'a TableConstraint,
        foreign: bool,
    ) {
        if foreign && constraint.kind.is_key() {
            let span = constraint.span;
            return self.report(errors::of_foreign_table("a key", span));
        }
        match self.new_constraint(constraint) {
            Some(NewConstraint::Check(check)) => draft.checks.push(check),
            Some(NewConstraint::Key(key)) => draft.keys.push(key),
            Some(NewConstraint::ForeignKey(key)) => draft.foreign_keys.push(key),
            Some(NewConstraint::NotNull(column)) => {
                let mut columns = draft.columns.iter_mut();
                if let Some(found) = columns.find(|it| it.column.name == column.name) {
                    found.column.not_null = true;
                }
            }
            None => {
                let message = "an index of a table that is still to be made cannot be used";
                let span = constraint.span;
                self.report(errors::refused(Code::InvalidConstraint, message, span));
            }
        }
    }

    /// A constraint of a table as it is written; nothing for one that takes an index that is there.
    pub(crate) fn new_constraint<'a>(
        &mut self,
        constraint: &'a TableConstraint,
    ) -> Option<NewConstraint<'a>> {
        use super::parts::NewKeyKind;
        let name = constraint.name.as_ref();
        let attributes = constraint.attributes;
        let span = constraint.span;
        let key = |kind, index| {
            NewConstraint::Key(NewKey {
                name,
                kind,
                index,
                attributes,
                span,
            })
        };
        Some(match &constraint.kind {
            TableConstraintKind::Check {
                expression,
                no_inherit,
            } => NewConstraint::Check(NewCheck {
                name,
                expression,
                no_inherit: *no_inherit,
                attributes,
                span,
            }),
            TableConstraintKind::NotNull { column, .. } => NewConstraint::NotNull(column),
            TableConstraintKind::Unique {
                nulls_not_distinct,
                columns,
                index,
                ..
            } => key(
                NewKeyKind::Unique(columns.clone(), *nulls_not_distinct),
                index,
            ),
            TableConstraintKind::PrimaryKey { columns, index, .. } => {
                key(NewKeyKind::Primary(columns.clone()), index)
            }
            TableConstraintKind::Exclude {
                method,
                elements,
                index,
                filter,
            } => key(
                NewKeyKind::Exclude {
                    method: method.as_ref(),
                    elements,
                    filter: filter.as_ref(),
                },
                index,
            ),
            TableConstraintKind::ForeignKey {
                columns, reference, ..
            } => NewConstraint::ForeignKey(NewForeignKey {
                name,
                columns: columns.clone(),
                reference,
                attributes,
                span,
            }),
            TableConstraintKind::UniqueIndex(_) | TableConstraintKind::PrimaryKeyIndex(_) => {
                return None;
            }
        })
    }

    /// The columns of a composite type.
    fn columns_of_type(
        &mut self,
        draft: &mut Draft<'_>,
        name: &crate::postgres::ast::QualifiedName,
    ) -> Option<Oid> {
        let found = self.catalog.find_type(name).map(|it| (it.oid, it.kind));
        let Some((oid, kind)) = found else {
            if !self.is_partly_unknown() {
                let message = format!("no type `{}` exists at this point", name.name.name);
                self.report(errors::refused(Code::UnknownType, message, name.span));
            }
            return None;
        };
        let relation = match kind {
            TypeKind::Composite { relation } => self.relation_of(relation),
            _ => None,
        };
        let relation = relation.filter(|it| matches!(it.kind, RelationKind::Composite));
        let Some(relation) = relation else {
            let message = format!("`{}` is not a composite type", name.name.name);
            self.report(errors::refused(Code::WrongObjectKind, message, name.span));
            return None;
        };
        for column in relation.live_columns() {
            let mut column = column.clone();
            column.provenance = Some(Provenance::new(name.span));
            draft.columns.push(NewColumn {
                column,
                default: None,
                identity: None,
                span: name.span,
            });
        }
        Some(oid)
    }

    /// Numbers the columns, and leaves out those whose names are taken.
    fn check_column_names(&mut self, columns: &mut Vec<NewColumn<'_>>, span: Span) {
        let mut seen: Vec<(Arc<str>, Span)> = Vec::new();
        let mut kept: Vec<NewColumn<'_>> = Vec::new();
        for new in columns.drain(..) {
            let ident = Ident {
                name: Arc::clone(&new.column.name),
                quoted: false,
                span: new.span,
            };
            let first = seen.iter().find(|(name, _)| *name == ident.name);
            if let Some((_, first)) = first {
                self.diagnostics
                    .push(errors::duplicate_column(&ident, Some(*first)));
                continue;
            }
            if crate::postgres::resolve::system_column(&ident.name).is_some() {
                self.report(errors::system_column(&ident));
                continue;
            }
            seen.push((ident.name, new.span));
            kept.push(new);
        }
        if kept.len() > MAX_COLUMNS {
            self.report(errors::too_many_columns(MAX_COLUMNS, span));
            kept.truncate(MAX_COLUMNS);
        }
        for (number, new) in (1..).zip(&mut kept) {
            new.column.number = number;
        }
        *columns = kept;
    }

    /// The columns of the primary key refuse NULL.
    fn require_key_columns(&mut self, draft: &mut Draft<'_>) {
        use super::parts::NewKeyKind;
        for key in &draft.keys {
            let NewKeyKind::Primary(names) = &key.kind else {
                continue;
            };
            for new in &mut draft.columns {
                if names.iter().any(|name| name.name == new.column.name) {
                    new.column.not_null = true;
                }
            }
        }
    }

    fn server_named(&mut self, name: &Ident) -> Option<Oid> {
        let class = crate::postgres::catalog::Class::ForeignServer;
        let found = self.catalog.plain.all_named(None, &name.name);
        let found = found.iter().find(|it| it.class == class).map(|it| it.oid);
        if found.is_none() {
            let message = format!("no server `{}` exists at this point", name.name);
            self.report(errors::refused(Code::UnknownTable, message, name.span));
        }
        found
    }
}

/// A constraint of a table that is to be made.
#[derive(Debug, Clone)]
pub(crate) enum NewConstraint<'a> {
    /// CHECK.
    Check(NewCheck<'a>),
    /// PRIMARY KEY, UNIQUE, EXCLUDE.
    Key(NewKey<'a>),
    /// FOREIGN KEY.
    ForeignKey(NewForeignKey<'a>),
    /// NOT NULL.
    NotNull(&'a Ident),
}
