//! CREATE SCHEMA.

use super::Replay;
use crate::catalog::Provenance;
use crate::errors::postgres::objects as errors;
use crate::postgres::ast::{CreateSchema, Ident, RoleNameKind, Statement, StatementKind};
use crate::postgres::catalog::{Address, Catalog, Class, Namespace};
use crate::postgres::types::Oid;
use crate::text::Span;
use std::sync::Arc;

impl Replay {
    pub(super) fn create_schema(&mut self, create: &CreateSchema) {
        let owner = match &create.owner {
            Some(role) => match self.role(role) {
                Some(owner) => owner,
                None if create.name.is_none() => return,
                None => Catalog::OWNER,
            },
            None => Catalog::OWNER,
        };
        let Some((name, span)) = self.name_of_schema(create, owner) else {
            return;
        };
        if let Some(found) = self.catalog.namespace_named(&name) {
            if !create.if_not_exists {
                let declared = self.declared(Address::new(Class::Namespace, found));
                self.report(errors::exists("schema", &name, span, declared));
            }
            return;
        }
        if !self.check_schema_name(&name, span) {
            return;
        }
        let oid = self.catalog.next_oid();
        self.catalog.namespaces.put(Namespace {
            oid,
            name: Arc::clone(&name),
            owner,
            provenance: Some(Provenance::new(span)),
        });
        self.catalog.renew_search_path();
        self.create_elements(&name, &create.elements);
    }

    fn name_of_schema(&self, create: &CreateSchema, owner: Oid) -> Option<(Arc<str>, Span)> {
        if let Some(name) = &create.name {
            return Some((Arc::clone(&name.name), name.span));
        }
        let role = create.owner.as_ref()?;
        match &role.kind {
            RoleNameKind::Named(name) => Some((Arc::clone(&name.name), role.span)),
            _ => {
                let name = self.catalog.roles.get(owner)?.name.clone();
                Some((name, role.span))
            }
        }
    }

    /// Names that begin with `pg_` are the system's.
    pub(super) fn check_schema_name(&mut self, name: &str, span: Span) -> bool {
        let is_reserved = name.starts_with("pg_");
        if is_reserved {
            let why = "names that begin with `pg_` are the system's own";
            self.report(errors::reserved("schema", name, span, why));
        }
        !is_reserved
    }

    /// What is created with the schema: tables first, then what may refer to them, as `transformCreateSchemaStmtElements`
    /// sorts them. Names without a schema are looked for in the new one first.
    fn create_elements(&mut self, schema: &Arc<str>, elements: &[Statement]) {
        if elements.is_empty() {
            return;
        }
        let before = Arc::clone(self.catalog.search_path_setting());
        let inside: Vec<Arc<str>> = std::iter::once(Arc::clone(schema))
            .chain(before.iter().cloned())
            .collect();
        self.catalog.set_search_path(inside.into());
        let mut order: Vec<&Statement> = elements.iter().collect();
        order.sort_by_key(|element| match element.kind {
            StatementKind::CreateSequence(_) => 0,
            StatementKind::CreateTable(_) => 1,
            StatementKind::CreateView(_) => 2,
            StatementKind::CreateIndex(_) => 3,
            StatementKind::CreateTrigger(_) => 4,
            _ => 5,
        });
        for element in order {
            if let Some(named) = schema_of_element(element)
                && named.name != *schema
            {
                let message = format!(
                    "what is created with schema `{schema}` cannot be in schema `{}`",
                    named.name
                );
                self.report(errors::not_supported(message, named.span));
                continue;
            }
            self.apply(element);
        }
        self.catalog.set_search_path(before);
    }
}

/// The schema that is written before the name of what is created.
fn schema_of_element(element: &Statement) -> Option<&Ident> {
    match &element.kind {
        StatementKind::CreateSequence(create) => create.name.schema.as_ref(),
        StatementKind::CreateTable(create) => create.name.schema.as_ref(),
        StatementKind::CreateView(create) => create.name.schema.as_ref(),
        StatementKind::CreateIndex(create) => create.table.name.schema.as_ref(),
        StatementKind::CreateTrigger(create) => create.table.schema.as_ref(),
        _ => None,
    }
}
