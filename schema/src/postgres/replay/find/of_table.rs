//! What has a name in its table or its domain: constraints, triggers, policies, rules.

use super::Search;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::postgres::objects as errors;
use crate::postgres::ast::{Ident, QualifiedName, TableObjectWord};
use crate::postgres::catalog::{Address, Class, Near, Object as _};
use crate::postgres::replay::Replay;
use crate::postgres::types::Oid;

impl Replay {
    pub(super) fn search_constraint(&self, name: &Ident, table: &QualifiedName) -> Search {
        let found = match self.search_any_relation(table) {
            Search::Found(found) => found,
            other => return other,
        };
        let constraint = self.catalog.constraint_of(found.oid, &name.name);
        match constraint {
            Some(constraint) => Search::Found(Address::new(Class::Constraint, constraint.oid)),
            None if self.is_half_known(found.oid) => Search::Unknown,
            None => Search::missing(self.missing_of(
                Code::UnknownConstraint,
                Class::Constraint,
                name,
                found,
            )),
        }
    }

    /// Whether a mistake keeps from knowing a relation as a whole.
    pub(in crate::postgres::replay) fn is_half_known(&self, relation: Oid) -> bool {
        let found = self.catalog.relation(relation);
        found.is_none_or(|it| it.incomplete)
    }

    /// Something that a table or domain does not have.
    pub(in crate::postgres::replay) fn missing_of(
        &self,
        code: Code,
        class: Class,
        name: &Ident,
        of: Address,
    ) -> Diagnostic {
        let catalog = &self.catalog;
        let place = format!("on {}", catalog.describe(of));
        let container = Some(of.oid);
        let names: Vec<&str> = match class {
            Class::Constraint => catalog
                .constraints
                .inside(container)
                .map(|it| it.name())
                .collect(),
            Class::Trigger => catalog
                .triggers
                .inside(container)
                .map(|it| it.name())
                .collect(),
            Class::Rule => catalog
                .rules
                .inside(container)
                .map(|it| it.name())
                .collect(),
            Class::Policy => catalog
                .policies
                .inside(container)
                .map(|it| it.name())
                .collect(),
            _ => Vec::new(),
        };
        let it = errors::Missing {
            code,
            noun: class.noun(),
            name: &name.name,
            place: Some(&place),
            span: name.span,
        };
        let fate = self
            .catalog
            .fate(class, &name.name, |it| it.container == container);
        errors::missing(it, fate, Near::named(&name.name, names))
    }

    pub(super) fn search_domain_constraint(&self, name: &Ident, domain: &QualifiedName) -> Search {
        let Some(found) = self.catalog.find_type(domain) else {
            return Search::missing(self.missing_type(domain));
        };
        let address = Address::new(Class::Type, found.oid);
        match self.as_domain(address, domain.span) {
            Search::Found(_) => {}
            other => return other,
        }
        let constraint = self.catalog.constraint_of(found.oid, &name.name);
        match constraint {
            Some(constraint) => Search::Found(Address::new(Class::Constraint, constraint.oid)),
            None => Search::missing(self.missing_of(
                Code::UnknownConstraint,
                Class::Constraint,
                name,
                address,
            )),
        }
    }

    pub(super) fn search_of_table(
        &self,
        word: TableObjectWord,
        name: &Ident,
        table: &QualifiedName,
    ) -> Search {
        let found = match self.search_any_relation(table) {
            Search::Found(found) => found,
            other => return other,
        };
        let container = Some(found.oid);
        let catalog = &self.catalog;
        let (class, code, oid) = match word {
            TableObjectWord::Trigger => {
                let oid = catalog
                    .triggers
                    .named(container, &name.name)
                    .map(|it| it.oid);
                (Class::Trigger, Code::UnknownTrigger, oid)
            }
            TableObjectWord::Rule => {
                let oid = catalog.rules.named(container, &name.name).map(|it| it.oid);
                (Class::Rule, Code::UnknownObject, oid)
            }
            TableObjectWord::Policy => {
                let oid = catalog
                    .policies
                    .named(container, &name.name)
                    .map(|it| it.oid);
                (Class::Policy, Code::UnknownObject, oid)
            }
        };
        match oid {
            Some(oid) => Search::Found(Address::new(class, oid)),
            None if self.is_half_known(found.oid) => Search::Unknown,
            None => Search::missing(self.missing_of(code, class, name, found)),
        }
    }
}
