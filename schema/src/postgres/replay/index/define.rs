//! Makes an index and the constraint that it keeps, on a table and on its partitions.

use crate::catalog::Provenance;
use crate::diagnostic::Code;
use crate::errors::postgres::{indexes as errors, relations, tables};
use crate::postgres::ast::Ident;
use crate::postgres::catalog::identifier::{IndexLabel, index_columns};
use crate::postgres::catalog::{
    Address, Column, Constraint, ConstraintKind, ConstraintOn, Index, IndexKey, IndexTerm,
    KeyConstraint, Relation, RelationKind, RelationOption, Timing,
};
use crate::postgres::replay::Replay;
use crate::postgres::replay::store::NewIndex;
use crate::postgres::tree;
use crate::postgres::types::{
    AccessMethodKind, Objects as _, Oid, TypeKind, ValueType, well_known,
};
use crate::text::Span;
use std::sync::Arc;

/// `btree`, the method where none is named.
pub(crate) const BTREE: Oid = Oid(403);

/// An index to be made, its expressions resolved.
#[derive(Debug, Clone)]
pub(crate) struct IndexRequest {
    /// The table.
    pub table: Oid,
    /// Its name, if it was given one, and where.
    pub name: Option<(Arc<str>, Span)>,
    /// IF NOT EXISTS.
    pub if_not_exists: bool,
    /// The access method.
    pub method: Oid,
    /// The keys.
    pub keys: Vec<KeyRequest>,
    /// INCLUDE.
    pub include: Vec<i16>,
    /// WHERE.
    pub predicate: Option<Arc<tree::Expr>>,
    /// UNIQUE, PRIMARY KEY.
    pub unique: bool,
    /// NULLS NOT DISTINCT.
    pub nulls_not_distinct: bool,
    /// What constraint it keeps.
    pub constraint: Option<ConstraintRequest>,
    /// WITH.
    pub options: Vec<RelationOption>,
    /// TABLESPACE.
    pub tablespace: Option<Arc<str>>,
    /// ON ONLY: not on the partitions.
    pub only: bool,
    /// The index of the parent's that it is a part of.
    pub parent: Option<Oid>,
    /// The constraint of the parent's that its own comes from.
    pub parent_constraint: Option<Oid>,
    /// The statement or clause.
    pub span: Span,
}

/// A key of an index to be made.
#[derive(Debug, Clone)]
pub(crate) struct KeyRequest {
    /// The key.
    pub key: IndexKey,
    /// What names the index's column; nothing for an expression without a name.
    pub name: Option<Arc<str>>,
    /// Its type.
    pub typed: ValueType,
}

/// A constraint that an index keeps.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ConstraintRequest {
    /// PRIMARY KEY, else UNIQUE or EXCLUDE.
    pub primary: bool,
    /// The operators of EXCLUDE.
    pub exclusion: Option<Vec<Oid>>,
    /// DEFERRABLE.
    pub timing: Timing,
}

impl Replay {
    /// An access method by its name.
    pub(crate) fn access_method(&mut self, name: Option<&Ident>) -> Option<Oid> {
        let Some(name) = name else {
            return Some(BTREE);
        };
        // Its name of old.
        let wanted: &str = match &*name.name {
            "rtree" => "gist",
            other => other,
        };
        let found = self.catalog.access_method_named(wanted);
        match found {
            Some((oid, true)) => Some(oid),
            Some((_, false)) | None => {
                if !self.is_partly_unknown() {
                    self.report(errors::unknown_method(&name.name, name.span));
                }
                None
            }
        }
    }

    /// Makes an index; gives its number unless a mistake keeps it from being.
    pub(crate) fn define_index(&mut self, request: IndexRequest) -> Option<Oid> {
        let table = self.relation_of(request.table)?;
        let is_primary = request.constraint.as_ref().is_some_and(|it| it.primary);
        if is_primary && let Some((known, _)) = self.catalog.primary_key(table.oid) {
            let first = self.declared(Address::relation(known));
            self.report(tables::second_primary_key(&table.name, request.span, first));
            return None;
        }
        self.check_method(&request);
        if request.unique || request.constraint.is_some() {
            self.check_partition_key(&request, &table);
        }
        let columns = index_columns(request.keys.iter().map(|key| key.name.as_deref()).chain(
            request.include.iter().map(|number| {
                let column = table.column_at(*number);
                column.map(|column| &*column.name)
            }),
        ));
        let name = self.index_name(&request, &table, &columns)?;
        let key_columns: Vec<i16> = request
            .keys
            .iter()
            .map(|key| key.key.term.column().unwrap_or(0))
            .collect();
        if let Some(ConstraintRequest { primary: true, .. }) = request.constraint {
            self.set_key_not_null(request.table, &key_columns);
        }
        let constraint_oid = request
            .constraint
            .is_some()
            .then(|| self.catalog.next_oid());
        let types = request.keys.iter().map(|key| key.typed);
        let include = request.include.iter().map(|number| {
            let column = table.column_at(*number);
            column.map_or(tree::UNKNOWN, |column| column.typed)
        });
        let index_column = |(number, (name, typed)): (i16, (&String, ValueType))| {
            Column::new(number, name.as_str().into(), typed)
        };
        let index_columns: Vec<Column> = (1..)
            .zip(columns.iter().zip(types.chain(include)))
            .map(index_column)
            .collect();
        let is_partitioned = matches!(table.kind, RelationKind::Partitioned(_));
        let primary = request.constraint.as_ref().is_some_and(|it| it.primary);
        let exclusion = request
            .constraint
            .as_ref()
            .and_then(|it| it.exclusion.clone());
        let timing = request.constraint.as_ref().map(|it| it.timing);
        let provenance = Some(Provenance::new(
            request
                .name
                .as_ref()
                .map_or(request.span, |(_, span)| *span),
        ));
        let index = Index {
            table: request.table,
            method: request.method,
            keys: request.keys.iter().map(|key| key.key.clone()).collect(),
            included: request.include.clone(),
            predicate: request.predicate.clone(),
            unique: request.unique,
            nulls_not_distinct: request.nulls_not_distinct,
            primary,
            exclusion: exclusion.is_some(),
            immediate: timing.is_none_or(|timing| !timing.deferrable),
            valid: !(is_partitioned && request.only && !table.children.is_empty()),
            clustered: false,
            constraint: constraint_oid,
        };
        if let (Some(oid), Some(asked)) = (constraint_oid, &request.constraint) {
            let key = KeyConstraint {
                // The number of the index, which is made after its constraint.
                index: oid,
                columns: key_columns,
            };
            let kind = match (asked.primary, exclusion) {
                (true, _) => ConstraintKind::PrimaryKey(key),
                (false, Some(operators)) => ConstraintKind::Exclude { key, operators },
                (false, None) => ConstraintKind::Unique(key),
            };
            self.catalog.create_constraint(Constraint {
                oid,
                name: Arc::clone(&name),
                namespace: table.namespace,
                on: ConstraintOn::Table(request.table),
                kind,
                timing: asked.timing,
                validated: true,
                enforced: true,
                local: request.parent_constraint.is_none(),
                inherited: u16::from(request.parent_constraint.is_some()),
                no_inherit: !is_partitioned,
                parent: request.parent_constraint,
                provenance: provenance.clone(),
            });
        }
        let oid = self.catalog.create_index(NewIndex {
            name,
            index,
            columns: index_columns,
            partitioned: is_partitioned,
            options: request.options.clone(),
            tablespace: request.tablespace.clone(),
            parent: request.parent,
            provenance,
        });
        if let Some(constraint) = constraint_oid {
            self.catalog.constraints.change(constraint, |it| {
                if let Some(key) = it.kind.key_mut() {
                    key.index = oid;
                }
            });
        }
        if is_partitioned && !request.only {
            self.define_on_partitions(&request, &table, oid, constraint_oid);
        }
        Some(oid)
    }

    /// What indexes of the method cannot do.
    fn check_method(&mut self, request: &IndexRequest) {
        let found = self.catalog.access_method_kind(request.method);
        let Some(AccessMethodKind::Index {
            can_order,
            can_unique,
            can_multi_column,
            can_exclude,
            can_include,
        }) = found
        else {
            return;
        };
        let method = self.catalog.access_method_name(request.method);
        let span = request.span;
        let is_exclusion = request
            .constraint
            .as_ref()
            .is_some_and(|it| it.exclusion.is_some());
        let is_ordered = request
            .keys
            .iter()
            .any(|key| key.key.descending || key.key.nulls_first);
        let is_wide = request.keys.len() > 1;
        let checks = [
            (request.unique && !can_unique, "UNIQUE"),
            (!request.include.is_empty() && !can_include, "INCLUDE"),
            (is_wide && !can_multi_column, "more than one column"),
            (is_exclusion && !can_exclude, "EXCLUDE"),
            (is_ordered && !can_order, "ASC, DESC and NULLS FIRST"),
        ];
        if let Some((_, what)) = checks.into_iter().find(|(wrong, _)| *wrong) {
            self.report(errors::not_of_method(&method, what, span));
        }
    }

    /// A unique key of a partitioned table holds its whole partition key.
    fn check_partition_key(&mut self, request: &IndexRequest, table: &Relation) {
        let Some(key) = table.partition_key() else {
            return;
        };
        let what = match &request.constraint {
            Some(it) if it.primary => "a primary key",
            Some(it) if it.exclusion.is_some() => {
                if self.catalog.version < 17 {
                    let message = "a partitioned table cannot have an exclusion constraint";
                    self.report(errors::refused(message, request.span));
                }
                return;
            }
            Some(_) => "a UNIQUE constraint",
            None => "a unique index",
        };
        for term in &key.terms {
            let IndexTerm::Column(number) = term.term else {
                let message =
                    format!("{what} cannot be on a table that is partitioned by an expression");
                self.report(errors::refused(message, request.span));
                return;
            };
            let mut keys = request.keys.iter();
            if !keys.any(|key| key.key.term.column() == Some(number)) {
                let column = table.column_at(number).map_or("", |it| &it.name);
                let span = request.span;
                let name = &table.name;
                self.report(errors::without_partition_key(what, column, name, span));
                return;
            }
        }
    }

    /// The name of the index, which no other relation has; nothing if it is taken, which is reported.
    fn index_name(
        &mut self,
        request: &IndexRequest,
        table: &Relation,
        columns: &[String],
    ) -> Option<Arc<str>> {
        let Some((name, span)) = &request.name else {
            let label = match &request.constraint {
                Some(it) if it.primary => IndexLabel::PrimaryKey,
                Some(it) if it.exclusion.is_some() => IndexLabel::Exclude,
                Some(_) => IndexLabel::Unique,
                None => IndexLabel::Index,
            };
            let keys = columns.get(..request.keys.len() + request.include.len());
            let keys = keys.unwrap_or(columns);
            let chosen = self
                .catalog
                .choose_index_name(&table.name, keys, label, table.namespace);
            return Some(chosen.into());
        };
        let ident = Ident {
            name: Arc::clone(name),
            quoted: false,
            span: *span,
        };
        if let Some(found) = self.catalog.relation_named(table.namespace, name) {
            // The engine looks at the name after everything else (`index_create`).
            if request.if_not_exists {
                return None;
            }
            let made = super::super::relations::declared(found);
            let diagnostic = relations::exists(found.kind.noun(), &ident, made);
            self.report(diagnostic);
            return None;
        }
        if request.constraint.is_some()
            && let Some(found) = self.catalog.constraint_of(request.table, name)
        {
            let made = found.provenance.as_ref().map(|it| it.created);
            let diagnostic = tables::constraint_exists(name, &table.name, *span, made);
            self.report(diagnostic);
            return None;
        }
        Some(Arc::clone(name))
    }

    /// The columns of a primary key refuse NULL, also in the tables that inherit them.
    fn set_key_not_null(&mut self, table: Oid, columns: &[i16]) {
        let names: Vec<Arc<str>> = self.relation_of(table).map_or_else(Vec::new, |relation| {
            let columns = columns.iter().filter_map(|it| relation.column_at(*it));
            columns.map(|it| Arc::clone(&it.name)).collect()
        });
        for oid in self.catalog.with_descendants(table) {
            let Some(relation) = self.relation_of(oid) else {
                continue;
            };
            for name in &names {
                if let Some(column) = relation.column(name) {
                    let number = column.number;
                    self.catalog
                        .change_column(oid, number, |it| it.not_null = true);
                }
            }
        }
    }

    /// A key of an index on a column or expression: its operator class and collation.
    pub(crate) fn index_key(
        &mut self,
        term: IndexTerm,
        typed: ValueType,
        class: Option<&crate::postgres::ast::QualifiedName>,
        method: Oid,
        span: Span,
    ) -> Option<IndexKey> {
        if typed.oid == tree::UNKNOWN.oid {
            return None;
        }
        let kind = self.catalog.type_by_oid(typed.oid).map(|it| it.kind);
        if matches!(kind, Some(TypeKind::Pseudo)) && typed.oid != well_known::RECORD {
            let name = self.catalog.type_text(typed.oid);
            let message = format!("the pseudo-type `{name}` cannot be indexed");
            self.report(tables::refused(Code::InvalidIndex, message, span));
            return None;
        }
        let class = self.operator_class(class, typed.oid, method, span)?;
        Some(IndexKey {
            term,
            class,
            class_options: Vec::new(),
            collation: typed.collation,
            descending: false,
            nulls_first: false,
        })
    }
}
