//! What ALTER does to objects of many kinds: RENAME TO, SET SCHEMA, OWNER TO, DEPENDS ON EXTENSION.

use super::Replay;
use crate::catalog::ChangeKind;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::postgres::{objects as errors, routines, types as type_errors};
use crate::postgres::ast::{AlterObject, GlobalWord, Ident, ObjectAction, RoleName};
use crate::postgres::catalog::{
    Address, Catalog, Class, Departed, Departure, Dependency, Made, Object as _, RelationKind,
};
use crate::postgres::types::{Name, Oid, TypeKind, well_known};
use crate::text::Span;
use std::sync::Arc;

impl Replay {
    pub(super) fn alter_object(&mut self, alter: &AlterObject) {
        let span = alter.object.span();
        let Some(address) = self.object(&alter.object) else {
            return self.check_action_alone(&alter.action);
        };
        match &alter.action {
            ObjectAction::Rename(name) => self.rename_object(address, name, span),
            ObjectAction::SetSchema(schema) => self.move_object(address, schema, span),
            ObjectAction::Owner(role) => self.own_object(address, role, span),
            ObjectAction::DependsOnExtension { no, extension } => {
                self.depend_on_extension(address, *no, extension);
            }
        }
    }

    /// Says what is wrong with an action whatever the object is.
    fn check_action_alone(&mut self, action: &ObjectAction) {
        match action {
            ObjectAction::Owner(role) => drop(self.role(role)),
            ObjectAction::SetSchema(schema) => drop(self.schema_named(schema)),
            ObjectAction::DependsOnExtension { extension, .. } => {
                let found = self.search_global(GlobalWord::Extension, extension);
                self.settle(found);
            }
            ObjectAction::Rename(_) => {}
        }
    }

    /// `[NO] DEPENDS ON EXTENSION`: the object goes along when the extension does.
    pub(super) fn depend_on_extension(&mut self, object: Address, no: bool, extension: &Ident) {
        let found = self.search_global(GlobalWord::Extension, extension);
        let Some(extension) = self.settle(found) else {
            return;
        };
        let kind = Dependency::AutoExtension;
        match no {
            true => self.catalog.dependencies.remove(object, extension, kind),
            false => self.catalog.dependencies.add(object, extension, kind),
        }
    }

    /// A type that is altered as a whole must be no part of another object; says whether it is none.
    pub(super) fn check_own_type(&mut self, oid: Oid, span: Span) -> bool {
        let Some(found) = self.catalog.type_of(oid) else {
            return false;
        };
        let name = found.name.to_string();
        if found.is_array {
            self.report(type_errors::array_type(&name, span));
            return false;
        }
        if let TypeKind::Composite { relation } = found.kind {
            let relation = self.catalog.relation(relation);
            let is_alone = relation.is_none_or(|it| matches!(it.kind, RelationKind::Composite));
            if !is_alone {
                self.report(type_errors::row_type(&name, span));
                return false;
            }
        }
        true
    }

    fn rename_object(&mut self, object: Address, name: &Ident, span: Span) {
        match object.class {
            Class::Type => self.rename_type(object.oid, name, span),
            Class::Constraint => self.rename_domain_constraint(object.oid, name),
            _ => {
                if !self.check_new_name(object, name) {
                    return;
                }
                self.depart_as(object, Departure::RenamedTo(Arc::clone(&name.name)), span);
                self.set_name(object, name);
                if object.class == Class::Namespace {
                    self.catalog.renew_search_path();
                }
            }
        }
    }

    /// Remembers under which name an object was known.
    fn depart_as(&mut self, object: Address, departure: Departure, span: Span) {
        self.catalog.depart(object, departure, span);
    }

    fn rename_type(&mut self, oid: Oid, name: &Ident, span: Span) {
        if !self.check_own_type(oid, span) {
            return;
        }
        let found = self.catalog.type_of(oid).map(|it| (it.namespace, it.kind));
        let Some((namespace, kind)) = found else {
            return;
        };
        if matches!(kind, TypeKind::Composite { .. })
            && !self.is_name_free(namespace, name, false, false)
        {
            return;
        }
        let taken = self.catalog.type_in(namespace, &name.name);
        if let Some(taken) = taken.filter(|it| !it.is_array) {
            let declared = self.declared(Address::new(Class::Type, taken.oid));
            return self.report(errors::exists("type", &name.name, name.span, declared));
        }
        let composite = match kind {
            TypeKind::Composite { relation } => Some(relation),
            _ => None,
        };
        let address = Address::new(Class::Type, oid);
        self.depart_as(address, Departure::RenamedTo(Arc::clone(&name.name)), span);
        match composite {
            Some(relation) => self.catalog.rename_relation(relation, &name.name, span),
            None => self.catalog.rename_type(oid, &name.name),
        }
        self.note_rename(address, name);
    }

    pub(super) fn rename_domain_constraint(&mut self, oid: Oid, name: &Ident) {
        let Some(found) = self.catalog.constraints.get(oid) else {
            return;
        };
        let on = found.on.oid();
        if let Some(other) = self.catalog.constraint_of(on, &name.name) {
            let declared = self.declared(Address::new(Class::Constraint, other.oid));
            return self.report(errors::exists(
                "constraint",
                &name.name,
                name.span,
                declared,
            ));
        }
        self.catalog
            .constraints
            .change(oid, |it| it.name = Arc::clone(&name.name));
    }

    /// Whether an object can have another name where it is; reports if not.
    fn check_new_name(&mut self, object: Address, name: &Ident) -> bool {
        if object.oid.is_builtin() && object.class == Class::Role {
            let why = "this role is the server's";
            self.report(errors::reserved("role", &name.name, name.span, why));
            return false;
        }
        match object.class {
            Class::Namespace if !self.check_schema_name(&name.name, name.span) => return false,
            Class::Role if !self.check_role_name(name) => return false,
            Class::Rule if &*name.name == "_RETURN" => {
                let why = "the rule of a view has this name";
                self.report(errors::reserved("rule", &name.name, name.span, why));
                return false;
            }
            // The engine lets a trigger be renamed to the name that it has.
            Class::Trigger => {
                let same = self.catalog.triggers.get(object.oid);
                if same.is_some_and(|it| it.name == name.name) {
                    return true;
                }
            }
            _ => {}
        }
        let Some(taken) = self.namesake(object, &name.name, None) else {
            return true;
        };
        let declared = self.declared(taken);
        let diagnostic = match object.class {
            Class::Routine => routines::exists(&name.name, name.span, declared),
            class => errors::exists(class.noun(), &name.name, name.span, declared),
        };
        self.report(diagnostic);
        false
    }

    /// The object that has a name in the place of an object, or in another schema.
    fn namesake(&self, object: Address, name: &str, schema: Option<Oid>) -> Option<Address> {
        let catalog = &self.catalog;
        let oid = object.oid;
        let class = object.class;
        let found = match class {
            Class::Namespace => catalog.namespace_named(name),
            Class::Role => catalog.roles.named(None, name).map(|it| it.oid),
            Class::Extension => catalog.extensions.named(None, name).map(|it| it.oid),
            Class::Publication => catalog.publications.named(None, name).map(|it| it.oid),
            Class::Language => self.language(name),
            Class::AccessMethod => self.method_named(name),
            Class::Trigger => {
                let table = catalog.triggers.get(oid)?.table;
                catalog.triggers.named(Some(table), name).map(|it| it.oid)
            }
            Class::Rule => {
                let table = catalog.rules.get(oid)?.table;
                catalog.rules.named(Some(table), name).map(|it| it.oid)
            }
            Class::Policy => {
                let table = catalog.policies.get(oid)?.table;
                catalog.policies.named(Some(table), name).map(|it| it.oid)
            }
            Class::Routine => {
                let routine = &catalog.routines.get(oid)?.object;
                let inside = schema.unwrap_or(routine.namespace);
                let all = catalog.routines.all_named(Some(inside), name);
                let mut all = all.into_iter();
                let same = all.find(|it| it.object.inputs == routine.inputs);
                same.map(|it| it.object.oid)
            }
            Class::Statistics => {
                let inside = schema.or_else(|| Some(catalog.statistics.get(oid)?.namespace));
                catalog.statistics.named(inside, name).map(|it| it.oid)
            }
            Class::Collation => {
                let inside = schema.or_else(|| Some(catalog.collations.get(oid)?.object.namespace));
                catalog
                    .collations
                    .named(inside, name)
                    .map(|it| it.object.oid)
            }
            Class::Operator => {
                let operator = &catalog.operators.get(oid)?.object;
                let inside = schema.unwrap_or(operator.namespace);
                let all = catalog.operators.all_named(Some(inside), name);
                let mut all = all.into_iter();
                let same = all.find(|it| {
                    it.object.left == operator.left && it.object.right == operator.right
                });
                same.map(|it| it.object.oid)
            }
            Class::OperatorClass => {
                let of = &catalog.operator_classes.get(oid)?.object;
                let inside = schema.unwrap_or(of.namespace);
                let all = catalog.operator_classes.all_named(Some(inside), name);
                let mut all = all.into_iter();
                all.find(|it| it.object.method == of.method)
                    .map(|it| it.object.oid)
            }
            Class::OperatorFamily => {
                let of = &catalog.operator_families.get(oid)?.object;
                let inside = schema.unwrap_or(of.namespace);
                let all = catalog.operator_families.all_named(Some(inside), name);
                let mut all = all.into_iter();
                all.find(|it| it.object.method == of.method)
                    .map(|it| it.object.oid)
            }
            _ => {
                let inside = schema.or_else(|| catalog.plain.get(oid)?.container);
                let all = catalog.plain.all_named(inside, name);
                all.into_iter()
                    .find(|it| it.class == class)
                    .map(|it| it.oid)
            }
        };
        found.map(|found| Address::new(class, found))
    }

    fn set_name(&mut self, object: Address, name: &Ident) {
        let catalog = &mut self.catalog;
        let oid = object.oid;
        let new = || Arc::clone(&name.name);
        let owned = || Name::Owned(name.name.to_string());
        match object.class {
            Class::Namespace => drop(catalog.namespaces.change(oid, |it| it.name = new())),
            Class::Role => drop(catalog.roles.change(oid, |it| it.name = new())),
            Class::Extension => drop(catalog.extensions.change(oid, |it| it.name = new())),
            Class::Publication => drop(catalog.publications.change(oid, |it| it.name = new())),
            Class::Trigger => self.rename_trigger(oid, name),
            Class::Rule => drop(catalog.rules.change(oid, |it| it.name = new())),
            Class::Policy => drop(catalog.policies.change(oid, |it| it.name = new())),
            Class::Statistics => drop(catalog.statistics.change(oid, |it| it.name = new())),
            Class::Routine => drop(catalog.routines.change(oid, |it| it.object.name = owned())),
            Class::Collation => drop(
                catalog
                    .collations
                    .change(oid, |it| it.object.name = owned()),
            ),
            Class::Language => drop(catalog.languages.change(oid, |it| it.object.name = owned())),
            Class::AccessMethod => {
                catalog
                    .access_methods
                    .change(oid, |it| it.object.name = owned());
            }
            Class::OperatorClass => {
                catalog
                    .operator_classes
                    .change(oid, |it| it.object.name = owned());
            }
            Class::OperatorFamily => {
                catalog
                    .operator_families
                    .change(oid, |it| it.object.name = owned());
            }
            _ => drop(catalog.plain.change(oid, |it| it.name = new())),
        }
        self.note_rename(object, name);
    }

    /// A trigger has the same name on all partitions of its table.
    fn rename_trigger(&mut self, oid: Oid, name: &Ident) {
        let copies: Vec<Oid> = self
            .catalog
            .triggers
            .iter()
            .filter(|it| it.parent == Some(oid))
            .map(|it| it.oid)
            .collect();
        self.catalog
            .triggers
            .change(oid, |it| it.name = Arc::clone(&name.name));
        for copy in copies {
            self.rename_trigger(copy, name);
        }
    }

    fn note_rename(&mut self, object: Address, name: &Ident) {
        let before = self.catalog.departed.newest_first();
        let mut before = before.filter(|it| it.class == object.class && it.oid == object.oid);
        let Some(Departed { name: old, .. }) = before.next() else {
            return;
        };
        let kind = ChangeKind::RenamedFrom(Arc::clone(old));
        drop(before);
        let note = |provenance: &mut _| super::store::note_change(provenance, name.span, kind);
        let catalog = &mut self.catalog;
        let oid = object.oid;
        match object.class {
            Class::Namespace => drop(
                catalog
                    .namespaces
                    .change(oid, |it| note(&mut it.provenance)),
            ),
            Class::Role => drop(catalog.roles.change(oid, |it| note(&mut it.provenance))),
            Class::Type => drop(catalog.types.change(oid, |it| note(&mut it.provenance))),
            Class::Routine => drop(catalog.routines.change(oid, |it| note(&mut it.provenance))),
            Class::Trigger => drop(catalog.triggers.change(oid, |it| note(&mut it.provenance))),
            Class::Rule => drop(catalog.rules.change(oid, |it| note(&mut it.provenance))),
            Class::Policy => drop(catalog.policies.change(oid, |it| note(&mut it.provenance))),
            Class::Publication => {
                catalog
                    .publications
                    .change(oid, |it| note(&mut it.provenance));
            }
            _ => drop(catalog.plain.change(oid, |it| note(&mut it.provenance))),
        }
    }

    fn move_object(&mut self, object: Address, schema: &Ident, span: Span) {
        let Some(to) = self.schema_named(schema) else {
            return;
        };
        if to == Catalog::TEMPORARY || to == Catalog::TOAST {
            let message = "nothing can be moved into or out of this schema".to_owned();
            return self.report(errors::not_supported(message, schema.span));
        }
        match object.class {
            Class::Extension => return self.move_extension(object.oid, to, span),
            Class::Type => {
                if !self.check_own_type(object.oid, span) {
                    return;
                }
                let name = self.catalog.type_of(object.oid);
                let Some((from, name)) = name.map(|it| (it.namespace, it.name.to_string())) else {
                    return;
                };
                if from == to {
                    return;
                }
                if let Some(taken) = self.catalog.type_in(to, &name) {
                    let declared = self.declared(Address::new(Class::Type, taken.oid));
                    return self.report(errors::exists("type", &name, schema.span, declared));
                }
                self.depart_as(object, Departure::MovedTo(Arc::clone(&schema.name)), span);
                let composite = match self.catalog.type_of(object.oid).map(|it| it.kind) {
                    Some(TypeKind::Composite { relation }) => Some(relation),
                    _ => None,
                };
                match composite {
                    Some(relation) => self.catalog.move_relation(relation, to, span),
                    None => self.catalog.move_type(object.oid, to),
                }
                let constraints = self.catalog.constraints.inside(Some(object.oid));
                let constraints: Vec<Oid> = constraints.map(|it| it.oid).collect();
                for constraint in constraints {
                    self.catalog
                        .constraints
                        .change(constraint, |it| it.namespace = to);
                }
                return;
            }
            _ => {}
        }
        if self.schema_of(object) == Some(to) {
            return;
        }
        let name = self.name_of(object);
        if let Some(taken) = self.namesake(object, &name, Some(to)) {
            let declared = self.declared(taken);
            let diagnostic = errors::exists(object.class.noun(), &name, schema.span, declared);
            return self.report(diagnostic);
        }
        self.depart_as(object, Departure::MovedTo(Arc::clone(&schema.name)), span);
        self.put_into_schema(object, to);
    }

    fn name_of(&self, object: Address) -> String {
        let catalog = &self.catalog;
        let oid = object.oid;
        let name = match object.class {
            Class::Routine => catalog.routines.get(oid).map(|it| it.name()),
            Class::Operator => catalog.operators.get(oid).map(|it| it.name()),
            Class::OperatorClass => catalog.operator_classes.get(oid).map(|it| it.name()),
            Class::OperatorFamily => catalog.operator_families.get(oid).map(|it| it.name()),
            Class::Collation => catalog.collations.get(oid).map(|it| it.name()),
            Class::Statistics => catalog.statistics.get(oid).map(|it| it.name()),
            _ => catalog.plain.get(oid).map(|it| it.name()),
        };
        name.unwrap_or_default().to_owned()
    }

    fn schema_of(&self, object: Address) -> Option<Oid> {
        let catalog = &self.catalog;
        let oid = object.oid;
        match object.class {
            Class::Routine => catalog.routines.get(oid)?.container(),
            Class::Operator => catalog.operators.get(oid)?.container(),
            Class::OperatorClass => catalog.operator_classes.get(oid)?.container(),
            Class::OperatorFamily => catalog.operator_families.get(oid)?.container(),
            Class::Collation => catalog.collations.get(oid)?.container(),
            Class::Statistics => catalog.statistics.get(oid)?.container(),
            _ => catalog.plain.get(oid)?.container(),
        }
    }

    /// Moves an object to another schema.
    pub(super) fn put_into_schema(&mut self, object: Address, to: Oid) {
        let catalog = &mut self.catalog;
        let oid = object.oid;
        match object.class {
            Class::Routine => drop(catalog.routines.change(oid, |it| it.object.namespace = to)),
            Class::Operator => drop(catalog.operators.change(oid, |it| it.object.namespace = to)),
            Class::OperatorClass => {
                catalog
                    .operator_classes
                    .change(oid, |it| it.object.namespace = to);
            }
            Class::OperatorFamily => {
                catalog
                    .operator_families
                    .change(oid, |it| it.object.namespace = to);
            }
            Class::Collation => drop(
                catalog
                    .collations
                    .change(oid, |it| it.object.namespace = to),
            ),
            Class::Statistics => drop(catalog.statistics.change(oid, |it| it.namespace = to)),
            Class::Type => catalog.move_type(oid, to),
            _ => drop(catalog.plain.change(oid, |it| it.container = Some(to))),
        }
        let from: Vec<_> = catalog.dependencies.of(object).collect();
        let had_none = !from.iter().any(|(_, on, _)| on.class == Class::Namespace);
        catalog.renew_namespace(object, to);
        if had_none && to != well_known::PUBLIC {
            self.put_in_schema(object, to);
        }
    }

    fn own_object(&mut self, object: Address, role: &RoleName, span: Span) {
        let Some(owner) = self.role(role) else {
            return;
        };
        match object.class {
            Class::Type if !self.check_own_type(object.oid, span) => return,
            Class::EventTrigger => {
                let is_superuser = self.catalog.roles.get(owner).is_some_and(|it| it.superuser);
                if !is_superuser {
                    let message = "the owner of an event trigger must be a superuser";
                    let diagnostic =
                        Diagnostic::new(Code::InvalidPrivilege, message, role.span, "no superuser");
                    return self.report(diagnostic);
                }
            }
            _ => {}
        }
        self.set_owner(object, owner);
    }

    /// Gives an object another owner.
    pub(super) fn set_owner(&mut self, object: Address, owner: Oid) {
        fn of<T: Clone, More: Clone>(owner: Oid) -> impl FnOnce(&mut Made<T, More>) {
            move |it| it.owner = Some(owner)
        }
        let catalog = &mut self.catalog;
        let oid = object.oid;
        match object.class {
            Class::Relation => drop(catalog.relations.change(oid, |it| it.owner = owner)),
            Class::Namespace => drop(catalog.namespaces.change(oid, |it| it.owner = owner)),
            Class::Publication => drop(catalog.publications.change(oid, |it| it.owner = owner)),
            Class::Statistics => drop(catalog.statistics.change(oid, |it| it.owner = owner)),
            Class::Type => drop(catalog.types.change(oid, of(owner))),
            Class::Routine => drop(catalog.routines.change(oid, of(owner))),
            Class::Operator => drop(catalog.operators.change(oid, of(owner))),
            Class::OperatorClass => drop(catalog.operator_classes.change(oid, of(owner))),
            Class::OperatorFamily => drop(catalog.operator_families.change(oid, of(owner))),
            Class::Collation => drop(catalog.collations.change(oid, of(owner))),
            Class::Language => drop(catalog.languages.change(oid, of(owner))),
            _ => drop(catalog.plain.change(oid, |it| it.owner = Some(owner))),
        }
    }
}
