//! CREATE, ALTER and DROP ROLE, GRANT of roles, DROP OWNED and REASSIGN OWNED.
//!
//! Roles belong to the server. Those that a migration makes are known from then on; those that the configuration names are
//! there from the start.

use super::Replay;
use crate::catalog::Provenance;
use crate::errors::postgres::{objects as object_errors, privileges as errors, routines};
use crate::postgres::ast::{
    AlterGroup, AlterRole, AlterSettings, CreateRole, DropRole, GrantRole, Ident, Owned, RoleName,
    RoleNameKind, RoleOption,
};
use crate::postgres::catalog::{Address, Catalog, Class, Departure, Role};
use crate::postgres::types::Oid;
use crate::text::Span;
use std::collections::BTreeSet;

impl Replay {
    /// Makes the roles known that the configuration says are there.
    pub(crate) fn know_roles<'a>(&mut self, names: impl IntoIterator<Item = &'a str>) {
        for name in names {
            if self.catalog.roles.named(None, name).is_none() {
                let oid = self.catalog.next_oid();
                self.catalog.roles.put(Role {
                    oid,
                    name: name.into(),
                    superuser: false,
                    member_of: Vec::new(),
                    provenance: None,
                });
            }
        }
    }

    /// Names that the engine keeps for itself.
    pub(super) fn check_role_name(&mut self, name: &Ident) -> bool {
        let is_reserved = name.name.starts_with("pg_") || matches!(&*name.name, "public" | "none");
        if is_reserved {
            let why = "this name is reserved";
            let diagnostic = object_errors::reserved("role", &name.name, name.span, why);
            self.report(diagnostic);
        }
        !is_reserved
    }

    pub(super) fn create_role(&mut self, create: &CreateRole) {
        let name = &create.name;
        if !self.check_role_name(name) {
            return;
        }
        if let Some(found) = self.catalog.roles.named(None, &name.name) {
            let declared = self.declared(Address::new(Class::Role, found.oid));
            let diagnostic = object_errors::exists("role", &name.name, name.span, declared);
            return self.report(diagnostic);
        }
        let member_of = self.role_options(&create.options);
        let superuser = create
            .options
            .iter()
            .any(|it| it.name == "superuser" && !it.negated);
        let oid = self.catalog.next_oid();
        self.catalog.roles.put(Role {
            oid,
            name: name.name.clone(),
            superuser,
            member_of,
            provenance: Some(Provenance::new(name.span)),
        });
    }

    /// Checks the options of a role; gives the roles that it becomes a member of.
    fn role_options(&mut self, options: &[RoleOption]) -> Vec<Oid> {
        let mut seen: Vec<&RoleOption> = Vec::new();
        let mut member_of = Vec::new();
        for option in options {
            if let Some(first) = seen.iter().find(|it| it.name == option.name) {
                let diagnostic = routines::conflicting(option.span, first.span);
                self.report(diagnostic);
                continue;
            }
            seen.push(option);
            for role in &option.roles {
                if let Some(role) = self.role(role)
                    && option.name == "addroleto"
                {
                    member_of.push(role);
                }
            }
        }
        member_of
    }

    pub(super) fn alter_role(&mut self, alter: &AlterRole) {
        self.role(&alter.role);
        self.role_options(&alter.options);
    }

    pub(super) fn alter_group(&mut self, alter: &AlterGroup) {
        self.role(&alter.role);
        for member in &alter.members {
            self.role(member);
        }
    }

    /// `ALTER ROLE … SET` and `ALTER DATABASE … SET` hold for later connections.
    pub(super) fn alter_settings(&mut self, alter: &AlterSettings) {
        if let Some(role) = &alter.role {
            self.role(role);
        }
        self.check_setting(&alter.set);
    }

    pub(super) fn drop_role(&mut self, drop: &DropRole) {
        for role in &drop.roles {
            let RoleNameKind::Named(name) = &role.kind else {
                self.report(object_errors::no_single_role(role.span));
                continue;
            };
            let found = self.catalog.roles.named(None, &name.name).map(|it| it.oid);
            match found {
                Some(Catalog::OWNER) => self.report(errors::current_role(role.span)),
                Some(oid) => self.drop_one_role(oid, name),
                None if drop.if_exists => {}
                None => {
                    let diagnostic = self.unknown_role(name);
                    self.report(diagnostic);
                }
            }
        }
    }

    fn drop_one_role(&mut self, oid: Oid, name: &Ident) {
        let uses = self.uses_of_role(oid);
        if !uses.is_empty() {
            let diagnostic = errors::role_in_use(&name.name, &uses, name.span);
            return self.report(diagnostic);
        }
        let address = Address::new(Class::Role, oid);
        self.catalog.depart(address, Departure::Dropped, name.span);
        self.catalog.delete_object(address);
        let members: Vec<Oid> = self
            .catalog
            .roles
            .iter()
            .filter(|it| it.member_of.contains(&oid))
            .map(|it| it.oid)
            .collect();
        for member in members {
            self.catalog
                .roles
                .change(member, |it| it.member_of.retain(|it| *it != oid));
        }
    }

    /// What depends on a role: what it owns, what it was granted, policies for it.
    fn uses_of_role(&self, role: Oid) -> Vec<String> {
        let owned = self.owned_by(role);
        let owned = owned
            .iter()
            .map(|it| format!("it owns {}", self.catalog.describe(*it)));
        let grants = self.catalog.grants.iter();
        let grants = grants.filter(|(grant, _)| grant.grantee == Some(role));
        let granted: BTreeSet<Address> = grants.map(|(grant, _)| grant.on).collect();
        let granted = granted
            .iter()
            .map(|it| format!("it has privileges on {}", self.catalog.describe(*it)));
        let policies = self.catalog.policies.iter();
        let policies = policies.filter(|it| it.roles.contains(&Some(role)));
        let policies = policies.map(|it| {
            let address = Address::new(Class::Policy, it.oid);
            format!("{} is for it", self.catalog.describe(address))
        });
        owned.chain(granted).chain(policies).collect()
    }

    /// What a role owns.
    fn owned_by(&self, role: Oid) -> Vec<Address> {
        let catalog = &self.catalog;
        let mut owned = Vec::new();
        let own = Some(role);
        let namespaces = catalog.namespaces.iter().filter(|it| it.owner == role);
        owned.extend(namespaces.map(|it| Address::new(Class::Namespace, it.oid)));
        let relations = catalog.relations.iter().filter(|it| it.owner == role);
        let relations = relations.filter(|it| it.index().is_none());
        owned.extend(relations.map(|it| Address::relation(it.oid)));
        let types = catalog
            .types
            .iter()
            .filter(|it| it.owner == own && !it.object.is_array);
        let types = types.filter(|it| {
            !matches!(
                it.object.kind,
                crate::postgres::types::TypeKind::Composite { .. }
            )
        });
        owned.extend(types.map(|it| Address::new(Class::Type, it.object.oid)));
        let routines = catalog.routines.iter().filter(|it| it.owner == own);
        owned.extend(routines.map(|it| Address::new(Class::Routine, it.object.oid)));
        let publications = catalog.publications.iter().filter(|it| it.owner == role);
        owned.extend(publications.map(|it| Address::new(Class::Publication, it.oid)));
        let statistics = catalog.statistics.iter().filter(|it| it.owner == role);
        owned.extend(statistics.map(|it| Address::new(Class::Statistics, it.oid)));
        let plain = catalog.plain.iter().filter(|it| it.owner == own);
        owned.extend(plain.map(|it| Address::new(it.class, it.oid)));
        owned
    }

    pub(super) fn grant_role(&mut self, grant: &GrantRole) {
        let roles = grant.roles.iter().map(|name| RoleName {
            kind: RoleNameKind::Named(name.clone()),
            span: name.span,
        });
        let roles: Vec<RoleName> = roles.collect();
        let granted: Vec<(Oid, Span)> = roles
            .iter()
            .filter_map(|role| self.role(role).map(|oid| (oid, role.span)))
            .collect();
        if let Some(grantor) = &grant.grantor {
            self.role(grantor);
        }
        for member in &grant.grantees {
            let Some(member) = self.role(member) else {
                continue;
            };
            for (role, span) in &granted {
                if grant.grant {
                    self.add_member(*role, member, *span);
                } else {
                    self.catalog
                        .roles
                        .change(member, |it| it.member_of.retain(|it| it != role));
                }
            }
        }
    }

    fn add_member(&mut self, role: Oid, member: Oid, span: Span) {
        if self.is_member(role, member) {
            let name = |oid: Oid| {
                let found = self.catalog.roles.get(oid);
                found.map_or_else(String::new, |it| it.name.to_string())
            };
            let diagnostic = errors::circular(&name(role), &name(member), span);
            return self.report(diagnostic);
        }
        self.catalog.roles.change(member, |it| {
            if !it.member_of.contains(&role) {
                it.member_of.push(role);
            }
        });
    }

    /// Whether a role is another one, or a member of it, however indirectly.
    fn is_member(&self, role: Oid, of: Oid) -> bool {
        let mut pending = vec![role];
        let mut seen = BTreeSet::new();
        while let Some(oid) = pending.pop() {
            if oid == of {
                return true;
            }
            if seen.insert(oid)
                && let Some(found) = self.catalog.roles.get(oid)
            {
                pending.extend(found.member_of.iter().copied());
            }
        }
        false
    }

    pub(super) fn owned(&mut self, owned: &Owned) {
        let roles: Vec<Oid> = owned
            .roles
            .iter()
            .filter_map(|role| self.role(role))
            .collect();
        match &owned.reassign {
            Some(to) => {
                let Some(to) = self.role(to) else {
                    return;
                };
                if roles.contains(&Catalog::OWNER) {
                    let message =
                        "what the system needs cannot be given to another role".to_owned();
                    return self.report(object_errors::not_supported(message, owned.span));
                }
                for role in roles {
                    for object in self.owned_by(role) {
                        self.set_owner(object, to);
                    }
                }
            }
            None => {
                if roles.contains(&Catalog::OWNER) {
                    let message = "what the system needs cannot be dropped".to_owned();
                    return self.report(object_errors::not_supported(message, owned.span));
                }
                for role in roles {
                    self.forget_grants(role);
                    let objects = self.owned_by(role);
                    let named = objects.into_iter().map(|it| (it, owned.span));
                    let named: Vec<(Address, Span)> = named.collect();
                    self.drop_objects(&named, owned.cascade);
                }
            }
        }
    }

    /// Takes a role's privileges away, and the role out of policies.
    fn forget_grants(&mut self, role: Oid) {
        let grants = self.catalog.grants.iter();
        let grants = grants.filter(|(grant, _)| grant.grantee == Some(role));
        let grants: Vec<_> = grants.map(|(grant, _)| *grant).collect();
        for grant in grants {
            self.catalog.grants.remove(&grant);
        }
        let policies = self.catalog.policies.iter();
        let policies = policies.filter(|it| it.roles.contains(&Some(role)));
        let policies: Vec<(Oid, bool)> = policies.map(|it| (it.oid, it.roles.len() == 1)).collect();
        for (policy, only) in policies {
            match only {
                true => self
                    .catalog
                    .delete_object(Address::new(Class::Policy, policy)),
                false => {
                    self.catalog
                        .policies
                        .change(policy, |it| it.roles.retain(|it| *it != Some(role)));
                }
            }
        }
    }
}
