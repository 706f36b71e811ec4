//! CREATE and ALTER POLICY.

use super::Replay;
use crate::catalog::Provenance;
use crate::errors::postgres::{objects as object_errors, triggers as errors};
use crate::postgres::ast::{
    self, AlterPolicy, CreatePolicy, Expr, Ident, ObjectReference, QualifiedName, RoleName,
    TableObjectWord,
};
use crate::postgres::catalog::{
    Address, Class, Dependency, Policy, PolicyCommand, Relation, RelationKind,
};
use crate::postgres::replay::Wanted;
use crate::postgres::resolve::{Context, Place, Rows};
use crate::postgres::tree;
use crate::postgres::types::Oid;
use std::sync::Arc;

impl Replay {
    pub(super) fn create_policy(&mut self, create: &CreatePolicy) {
        let permissive = match create.kind.as_ref().map(|it| &*it.name) {
            None | Some("permissive") => true,
            Some("restrictive") => false,
            Some(_) => {
                let span = create.kind.as_ref().map_or(create.span, |it| it.span);
                let message = "a policy is PERMISSIVE or RESTRICTIVE";
                return self.report(errors::refused_definition(message, span));
            }
        };
        let message = match create.command {
            ast::PolicyCommand::Select | ast::PolicyCommand::Delete if create.check.is_some() => {
                Some(
                    "WITH CHECK is for rows that are written: it cannot be applied to SELECT or DELETE",
                )
            }
            ast::PolicyCommand::Insert if create.using.is_some() => {
                Some("USING is for rows that are there: a policy for INSERT takes WITH CHECK only")
            }
            _ => None,
        };
        if let Some(message) = message {
            return self.report(errors::refused_definition(message, create.span));
        }
        let Some(table) = self.table_of_policy(&create.table) else {
            return;
        };
        let roles = self.policy_roles(&create.roles);
        let using = self.policy_condition(create.using.as_deref(), &table, &create.table);
        let check = self.policy_condition(create.check.as_deref(), &table, &create.table);
        let name = &create.name;
        if let Some(taken) = self.catalog.policies.named(Some(table.oid), &name.name) {
            let declared = self.declared(Address::new(Class::Policy, taken.oid));
            let diagnostic = object_errors::exists("policy", &name.name, name.span, declared);
            return self.report(diagnostic);
        }
        let oid = self.catalog.next_oid();
        self.put_policy(Policy {
            oid,
            name: Arc::clone(&name.name),
            table: table.oid,
            permissive,
            command: match create.command {
                ast::PolicyCommand::All => PolicyCommand::All,
                ast::PolicyCommand::Select => PolicyCommand::Select,
                ast::PolicyCommand::Insert => PolicyCommand::Insert,
                ast::PolicyCommand::Update => PolicyCommand::Update,
                ast::PolicyCommand::Delete => PolicyCommand::Delete,
            },
            roles,
            using,
            check,
            provenance: Some(Provenance::new(name.span)),
        });
    }

    /// Policies are of tables only.
    fn table_of_policy(&mut self, name: &QualifiedName) -> Option<Arc<Relation>> {
        let table = self.relation_named(name, Wanted::Table, false)?;
        if !matches!(
            table.kind,
            RelationKind::Table | RelationKind::Partitioned(_)
        ) {
            let diagnostic = object_errors::wrong_kind(
                &table.name,
                table.kind.noun(),
                "table",
                name.span,
                self.declared(Address::relation(table.oid)),
            );
            self.report(diagnostic);
            return None;
        }
        if self.refuse_system(&table, name.span) {
            return None;
        }
        Some(table)
    }

    /// TO; nobody else is needed beside PUBLIC.
    fn policy_roles(&mut self, roles: &[RoleName]) -> Vec<Option<Oid>> {
        if roles.is_empty() {
            return vec![None];
        }
        let roles: Vec<Option<Oid>> = roles.iter().filter_map(|role| self.grantee(role)).collect();
        match roles.contains(&None) {
            true => vec![None],
            false => roles,
        }
    }

    fn policy_condition(
        &mut self,
        condition: Option<&Expr>,
        table: &Relation,
        name: &QualifiedName,
    ) -> Option<Arc<tree::Expr>> {
        let place = Place {
            context: Context::Policy,
            rows: Rows::Of(table),
            span: name.span,
        };
        self.condition_at(place, "POLICY", condition?)
    }

    fn put_policy(&mut self, policy: Policy) {
        let this = Address::new(Class::Policy, policy.oid);
        let table = Address::relation(policy.table);
        self.catalog.dependencies.forget(this);
        self.catalog.dependencies.add(this, table, Dependency::Auto);
        for condition in policy.using.iter().chain(&policy.check) {
            for referenced in self.catalog.references_of(condition, &[policy.table]) {
                if referenced != table {
                    let kind = Dependency::Normal;
                    self.catalog.dependencies.add(this, referenced, kind);
                }
            }
        }
        self.catalog.policies.put(policy);
    }

    pub(super) fn alter_policy(&mut self, alter: &AlterPolicy) {
        let Some(table) = self.table_of_policy(&alter.table) else {
            return;
        };
        let roles = alter.roles.as_ref().map(|roles| self.policy_roles(roles));
        let using = self.policy_condition(alter.using.as_deref(), &table, &alter.table);
        let check = self.policy_condition(alter.check.as_deref(), &table, &alter.table);
        let Some(found) = self.policy_named(&alter.name, &alter.table) else {
            return;
        };
        let message = match found.command {
            PolicyCommand::Select | PolicyCommand::Delete if alter.check.is_some() => {
                Some("a policy for SELECT or DELETE takes USING only")
            }
            PolicyCommand::Insert if alter.using.is_some() => {
                Some("a policy for INSERT takes WITH CHECK only")
            }
            _ => None,
        };
        if let Some(message) = message {
            return self.report(errors::refused_definition(message, alter.name.span));
        }
        let mut policy = (*found).clone();
        policy.roles = roles.unwrap_or(policy.roles);
        policy.using = using.or(policy.using);
        policy.check = check.or(policy.check);
        self.put_policy(policy);
    }

    fn policy_named(&mut self, name: &Ident, table: &QualifiedName) -> Option<Arc<Policy>> {
        let reference = ObjectReference::OfTable {
            word: TableObjectWord::Policy,
            name: name.clone(),
            table: table.clone(),
        };
        let found = self.object(&reference)?;
        self.catalog.policies.get(found.oid).cloned()
    }
}
