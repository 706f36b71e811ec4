//! CREATE and ALTER DOMAIN.

use super::Replay;
use super::enums::empty_type;
use super::find::text_of;
use super::store::NewType;
use crate::catalog::Provenance;
use crate::diagnostic::Code;
use crate::errors::postgres::types as errors;
use crate::postgres::ast::{
    AlterDomain, AlterDomainAction, CreateDomain, DomainConstraint, DomainConstraintKind, Expr,
    ObjectReference, QualifiedName,
};
use crate::postgres::catalog::{
    Address, Class, Constraint, ConstraintKind, ConstraintOn, Dependency, DomainDetails, Timing,
    TypeDetails,
};
use crate::postgres::resolve::{self, Context, Place, Rows};
use crate::postgres::tree;
use crate::postgres::types::{self, Oid, TypeKind, ValueType};
use crate::text::Span;
use std::sync::Arc;

impl Replay {
    pub(super) fn create_domain(&mut self, create: &CreateDomain) {
        let Some((namespace, shell)) = self.place_of_new_type(&create.name) else {
            return;
        };
        let Some(typed) = self.type_named(&create.type_name) else {
            return self.make_unknown_type(namespace, &create.name);
        };
        let Some(base) = self.catalog.type_of(typed.oid).cloned() else {
            return;
        };
        if matches!(base.kind, TypeKind::Pseudo | TypeKind::Shell) {
            let span = create.type_name.span;
            self.report(errors::invalid_base(&base.name, span));
            return self.make_unknown_type(namespace, &create.name);
        }
        let typed = match self.collated(typed, create.collation.as_ref()) {
            Some(collated) => collated,
            None => typed,
        };
        let (details, checks) = self.domain_constraints(create, typed);
        let oid = self.oid_of_new_type(shell);
        let dimensions = create.type_name.dimensions.len();
        let default = details.default.clone();
        self.catalog.create_type(NewType {
            object: types::Type {
                kind: TypeKind::Domain { base: typed },
                category: base.category,
                preferred: false,
                length: base.length,
                storage: base.storage,
                element: base.element,
                is_array: false,
                collation: typed.collation,
                ..empty_type(oid, namespace, &create.name.name.name)
            },
            more: TypeDetails::Domain(DomainDetails {
                dimensions: i16::try_from(dimensions).unwrap_or(i16::MAX),
                ..details
            }),
            provenance: Some(Provenance::new(create.name.name.span)),
        });
        if let Some(default) = default {
            self.depend_on_default(oid, &default);
        }
        for check in checks {
            self.add_domain_check(oid, typed, check);
        }
    }

    /// A type of which a mistake keeps from knowing more than its name.
    pub(super) fn make_unknown_type(&mut self, namespace: Oid, name: &QualifiedName) {
        let oid = self.catalog.next_oid();
        self.catalog.create_type(NewType {
            object: empty_type(oid, namespace, &name.name.name),
            more: TypeDetails::Unknown,
            provenance: Some(Provenance::new(name.name.span)),
        });
    }

    fn depend_on_default(&mut self, domain: Oid, default: &tree::Expr) {
        let this = Address::new(Class::Type, domain);
        for referenced in self.catalog.references_of(default, &[]) {
            self.catalog
                .dependencies
                .add(this, referenced, Dependency::Normal);
        }
    }

    /// What the constraints of a new domain say; its CHECKs are made when it is there.
    fn domain_constraints<'a>(
        &mut self,
        create: &'a CreateDomain,
        typed: ValueType,
    ) -> (DomainDetails, Vec<&'a DomainConstraint>) {
        let mut details = DomainDetails::default();
        let mut nullable: Option<bool> = None;
        let mut has_default = false;
        let mut checks = Vec::new();
        for constraint in &create.constraints {
            let span = constraint.span;
            match &constraint.kind {
                DomainConstraintKind::Null | DomainConstraintKind::NotNull => {
                    let is_null = matches!(constraint.kind, DomainConstraintKind::Null);
                    if nullable.is_some_and(|it| it != is_null) {
                        self.report(errors::conflicting(
                            "a domain cannot be NULL and NOT NULL",
                            span,
                        ));
                        continue;
                    }
                    nullable = Some(is_null);
                    details.not_null = !is_null;
                }
                DomainConstraintKind::Default(default) => {
                    if has_default {
                        self.report(errors::conflicting(
                            "a domain cannot have two defaults",
                            span,
                        ));
                        continue;
                    }
                    has_default = true;
                    let name = &create.name.name.name;
                    details.default = self.domain_default(default, typed, name);
                }
                DomainConstraintKind::Check { no_inherit, .. } => {
                    if *no_inherit {
                        self.report(errors::no_domain_constraint("NO INHERIT", span));
                        continue;
                    }
                    checks.push(constraint);
                }
                DomainConstraintKind::Refused(what) => {
                    self.report(errors::no_domain_constraint(what, span));
                }
            }
        }
        (details, checks)
    }

    fn domain_default(
        &mut self,
        default: &Expr,
        typed: ValueType,
        name: &str,
    ) -> Option<Arc<tree::Expr>> {
        let place = Place {
            context: Context::ColumnDefault,
            rows: Rows::None,
            span: default.span,
        };
        let resolved = resolve::stored_expression(self.environment(), place, default, typed, name);
        self.settled(resolved).map(Arc::new)
    }

    /// Adds a CHECK to a domain.
    fn add_domain_check(&mut self, domain: Oid, typed: ValueType, constraint: &DomainConstraint) {
        let DomainConstraintKind::Check { condition, .. } = &constraint.kind else {
            return;
        };
        let Some((namespace, domain_name)) = self
            .catalog
            .type_of(domain)
            .map(|it| (it.namespace, it.name.to_string()))
        else {
            return;
        };
        let name: Arc<str> = match &constraint.name {
            Some(name) => {
                if let Some(taken) = self.catalog.constraint_of(domain, &name.name) {
                    let declared = self.declared(Address::new(Class::Constraint, taken.oid));
                    let diagnostic = errors::domain_constraint_exists(
                        &name.name,
                        &domain_name,
                        name.span,
                        declared,
                    );
                    return self.report(diagnostic);
                }
                Arc::clone(&name.name)
            }
            None => self
                .catalog
                .choose_constraint_name(&domain_name, None, "check", namespace, &[] as &[&str])
                .into(),
        };
        let place = Place {
            context: Context::DomainCheck,
            rows: Rows::Value(typed),
            span: constraint.span,
        };
        let condition = self.condition_at(place, "CHECK", condition);
        let oid = self.catalog.next_oid();
        self.catalog.create_constraint(Constraint {
            oid,
            name,
            namespace,
            on: ConstraintOn::Domain(domain),
            kind: ConstraintKind::Check {
                condition,
                columns: Vec::new(),
            },
            timing: Timing::default(),
            validated: !constraint.not_valid,
            enforced: true,
            local: true,
            inherited: 0,
            no_inherit: false,
            parent: None,
            provenance: Some(Provenance::new(constraint.span)),
        });
    }

    /// The domain of a name.
    fn domain(&mut self, name: &QualifiedName) -> Option<(Oid, ValueType)> {
        let found = self.altered_type(name)?;
        let oid = found.oid;
        if let TypeKind::Domain { base } = found.kind {
            return Some((oid, base));
        }
        let is_unknown = self.catalog.made_type(oid);
        let is_unknown = is_unknown.is_some_and(|it| matches!(it.more, TypeDetails::Unknown));
        if !is_unknown {
            let declared = self.declared(Address::new(Class::Type, oid));
            self.report(errors::not_a("domain", &text_of(name), name.span, declared));
        }
        None
    }

    pub(super) fn alter_domain(&mut self, alter: &AlterDomain) {
        let Some((oid, typed)) = self.domain(&alter.name) else {
            return;
        };
        match &alter.action {
            AlterDomainAction::Default(default) => {
                let name = &alter.name.name.name;
                let default = match default {
                    Some(default) => match self.domain_default(default, typed, name) {
                        Some(default) => Some(default),
                        None => return,
                    },
                    None => None,
                };
                if let Some(default) = &default {
                    self.depend_on_default(oid, default);
                }
                self.change_domain(oid, |it| it.default = default);
            }
            AlterDomainAction::NotNull(not_null) => {
                if *not_null && !self.check_stored(oid, alter.name.span) {
                    return;
                }
                self.change_domain(oid, |it| it.not_null = *not_null);
            }
            AlterDomainAction::Add(constraint) => match &constraint.kind {
                DomainConstraintKind::Check { no_inherit, .. } => {
                    if *no_inherit {
                        let what = "NO INHERIT";
                        return self.report(errors::no_domain_constraint(what, constraint.span));
                    }
                    if !constraint.not_valid && !self.check_stored(oid, alter.name.span) {
                        return;
                    }
                    self.add_domain_check(oid, typed, constraint);
                }
                DomainConstraintKind::NotNull if self.catalog.version >= 17 => {
                    self.change_domain(oid, |it| it.not_null = true);
                }
                DomainConstraintKind::Refused(what) => {
                    self.report(errors::no_domain_constraint(what, constraint.span));
                }
                DomainConstraintKind::Null
                | DomainConstraintKind::NotNull
                | DomainConstraintKind::Default(_) => {
                    let what = "a constraint of this kind by ADD";
                    self.report(errors::no_domain_constraint(what, constraint.span));
                }
            },
            AlterDomainAction::DropConstraint {
                if_exists,
                name,
                cascade,
            } => {
                let found = self.catalog.constraint_of(oid, &name.name).map(|it| it.oid);
                match found {
                    Some(found) => {
                        let address = Address::new(Class::Constraint, found);
                        self.drop_objects(&[(address, name.span)], *cascade);
                    }
                    None if *if_exists => {}
                    None => self.missing_domain_constraint(oid, name),
                }
            }
            AlterDomainAction::Validate(name) => {
                let found = self.catalog.constraint_of(oid, &name.name).map(|it| it.oid);
                match found {
                    Some(found) if self.check_stored(oid, name.span) => {
                        self.catalog
                            .constraints
                            .change(found, |it| it.validated = true);
                    }
                    Some(_) => {}
                    None => self.missing_domain_constraint(oid, name),
                }
            }
            AlterDomainAction::RenameConstraint { from, to } => {
                let reference = ObjectReference::DomainConstraint {
                    name: from.clone(),
                    domain: alter.name.clone(),
                };
                if let Some(found) = self.object(&reference) {
                    self.rename_domain_constraint(found.oid, to);
                }
            }
        }
    }

    fn missing_domain_constraint(&mut self, domain: Oid, name: &crate::postgres::ast::Ident) {
        let of = Address::new(Class::Type, domain);
        let diagnostic = self.missing_of(Code::UnknownConstraint, Class::Constraint, name, of);
        self.report(diagnostic);
    }

    fn change_domain(&mut self, oid: Oid, change: impl FnOnce(&mut DomainDetails)) {
        self.catalog.types.change(oid, |it| {
            if let TypeDetails::Domain(details) = &mut it.more {
                change(details);
            }
        });
    }

    /// A new constraint is checked against columns of the domain; values inside of others cannot be
    /// (`validateDomainConstraint`).
    fn check_stored(&mut self, domain: Oid, span: Span) -> bool {
        let Some((place, declared)) = self.stored_values(domain, false) else {
            return true;
        };
        let name = self.catalog.type_text(domain);
        self.report(errors::stored("domain", &name, &place, span, declared));
        false
    }
}
