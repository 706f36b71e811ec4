//! CREATE INDEX.

use super::{IndexRequest, KeyRequest};
use crate::diagnostic::Code;
use crate::errors::postgres::{indexes as errors, tables};
use crate::postgres::ast::{self, CreateIndex, IndexElement, NullsOrder, SortDirection};
use crate::postgres::catalog::{IndexTerm, Relation, RelationKind};
use crate::postgres::replay::Replay;
use crate::postgres::replay::options::OptionsOf;
use crate::postgres::replay::relations::Wanted;
use crate::postgres::tree::Expr;
use crate::postgres::types::Oid;
use crate::text::Span;
use std::sync::Arc;

impl Replay {
    /// CREATE INDEX.
    pub(crate) fn create_index(&mut self, create: &CreateIndex) {
        let name = &create.table.name;
        let Some(table) = self.relation_named(name, Wanted::Table, false) else {
            return;
        };
        if create.concurrently.is_some()
            && self.refuse_in_transaction("CREATE INDEX CONCURRENTLY", create.span)
        {
            // It is there all the same for what follows.
        }
        if self.refuse_system(&table, name.span) || !self.can_be_indexed(&table, create) {
            return;
        }
        let Some(method) = self.access_method(create.method.as_ref()) else {
            return;
        };
        let keys = create.elements.iter();
        let keys: Vec<Option<KeyRequest>> = keys
            .map(|element| self.key_of_element(&table, element, method))
            .collect();
        let include = create.include.iter();
        let include: Vec<Option<i16>> = include
            .map(|element| self.included(&table, element))
            .collect();
        let predicate = create
            .filter
            .as_ref()
            .map(|filter| self.index_predicate(table.oid, filter));
        let keys: Option<Vec<KeyRequest>> = keys.into_iter().collect();
        let include: Option<Vec<i16>> = include.into_iter().collect();
        let (Some(keys), Some(include)) = (keys, include) else {
            return;
        };
        let predicate = match predicate {
            Some(None) => return,
            Some(Some(predicate)) => Some(predicate),
            None => None,
        };
        let options = self.storage_options(&create.parameters, OptionsOf::Index(method));
        if let Some(tablespace) = &create.tablespace {
            self.check_tablespace(tablespace);
        }
        self.define_index(IndexRequest {
            table: table.oid,
            name: create
                .name
                .as_ref()
                .map(|name| (Arc::clone(&name.name), name.span)),
            if_not_exists: create.if_not_exists,
            method,
            keys,
            include,
            predicate,
            unique: create.unique,
            nulls_not_distinct: create.nulls_not_distinct,
            constraint: None,
            options,
            tablespace: create.tablespace.as_ref().map(|it| Arc::clone(&it.name)),
            only: create.table.only,
            parent: None,
            parent_constraint: None,
            span: create.span,
        });
    }

    fn can_be_indexed(&mut self, table: &Relation, create: &CreateIndex) -> bool {
        let span = create.table.span;
        match &table.kind {
            RelationKind::Table | RelationKind::MaterializedView(_) => true,
            RelationKind::Partitioned(_) => {
                if create.concurrently.is_some() {
                    let message = format!(
                        "an index of the partitioned table `{}` cannot be made concurrently",
                        table.name
                    );
                    self.report(errors::refused(message, span));
                    return false;
                }
                true
            }
            RelationKind::Foreign(_)
            | RelationKind::View(_)
            | RelationKind::Sequence(_)
            | RelationKind::Index(_)
            | RelationKind::PartitionedIndex(_)
            | RelationKind::Composite => {
                let noun = table.kind.noun();
                let message = format!("the {noun} `{}` cannot be indexed", table.name);
                let diagnostic = tables::refused(Code::WrongObjectKind, message, span);
                self.report(diagnostic);
                false
            }
        }
    }

    fn included(&mut self, table: &Relation, element: &IndexElement) -> Option<i16> {
        let span = element.span;
        let refusal = if element.collation.is_some() {
            Some("a collation")
        } else if element.operator_class.is_some() {
            Some("an operator class")
        } else if element.direction.is_some() || element.nulls.is_some() {
            Some("ASC, DESC or NULLS FIRST")
        } else {
            None
        };
        if let Some(what) = refusal {
            let message = format!("a column of INCLUDE takes no {what}");
            self.report(errors::refused(message, span));
            return None;
        }
        match &element.key {
            ast::IndexKey::Column(name) => self.column_named(table, name),
            ast::IndexKey::Expr(_) => {
                let message = "INCLUDE takes columns, no expressions";
                self.report(errors::refused(message, span));
                None
            }
        }
    }

    /// A key of an index as it is written; nothing if a mistake was reported.
    pub(crate) fn key_of_element(
        &mut self,
        table: &Relation,
        element: &IndexElement,
        method: Oid,
    ) -> Option<KeyRequest> {
        let (term, typed, name) = self.index_term(table, &element.key, element.span)?;
        let typed = match &element.collation {
            Some(collation) => self.with_collation(typed, collation),
            None => typed,
        };
        let class = element.operator_class.as_ref();
        let mut key = self.index_key(term, typed, class, method, element.span)?;
        key.class_options = self.class_options(&element.parameters, key.class);
        key.descending = element.direction == Some(SortDirection::Descending);
        key.nulls_first = match element.nulls {
            Some(NullsOrder::First) => true,
            Some(NullsOrder::Last) => false,
            None => key.descending,
        };
        Some(KeyRequest { key, name, typed })
    }

    /// The column or expression of a key, its type, and what names the index's column.
    pub(crate) fn index_term(
        &mut self,
        table: &Relation,
        key: &ast::IndexKey,
        span: Span,
    ) -> Option<(
        IndexTerm,
        crate::postgres::types::ValueType,
        Option<Arc<str>>,
    )> {
        match key {
            ast::IndexKey::Column(name) => {
                let number = self.column_named(table, name)?;
                let typed = table.column_at(number)?.typed;
                Some((
                    IndexTerm::Column(number),
                    typed,
                    Some(Arc::clone(&name.name)),
                ))
            }
            ast::IndexKey::Expr(expression) => {
                let resolved = self.index_expression(table.oid, expression, span)?;
                let typed = resolved.value_type();
                let name = self.column_label(expression);
                Some((term_of(&resolved), typed, name))
            }
        }
    }
}

/// What an expression compares, beside its collation: `(column)` and `(column COLLATE c)` are the column
/// (`ComputeIndexAttrs`, `ComputePartitionAttrs`).
pub(crate) fn term_of(expression: &Arc<Expr>) -> IndexTerm {
    let mut inner = &**expression;
    while let Expr::Collate(collate) = inner {
        inner = &collate.operand;
    }
    match inner {
        Expr::Column(column) if column.number != 0 => IndexTerm::Column(column.number),
        _ if std::ptr::eq(inner, &raw const **expression) => {
            IndexTerm::Expression(Arc::clone(expression))
        }
        _ => IndexTerm::Expression(Arc::new(inner.clone())),
    }
}
