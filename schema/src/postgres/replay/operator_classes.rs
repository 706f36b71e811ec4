//! Operator classes and families.

use super::Replay;
use super::find::text_of;
use crate::catalog::Provenance;
use crate::errors::postgres::{objects as object_errors, types as errors};
use crate::postgres::ast::{
    self, AlterOperatorFamily, CreateOperatorClass, CreateOperatorFamily, GlobalWord, Ident,
    ObjectReference, OperatorClassItem, OperatorClassItemKind, OperatorFamilyAction,
};
use crate::postgres::catalog::{Address, Catalog, Class, Dependency, FamilyMembers, Made};
use crate::postgres::types::{
    self, FamilyMember, Name, Oid, OperatorClass, OperatorFamily, well_known,
};
use crate::text::Span;

impl Replay {
    fn method(&mut self, method: &Ident) -> Option<Oid> {
        let search = self.search_global(GlobalWord::AccessMethod, method);
        self.settle(search).map(|it| it.oid)
    }

    pub(super) fn create_operator_family(&mut self, create: &CreateOperatorFamily) {
        let Some(method) = self.method(&create.method) else {
            return;
        };
        let Some(namespace) = self.schema_of_new(&create.name) else {
            return;
        };
        let name = &create.name.name;
        let all = self
            .catalog
            .operator_families
            .all_named(Some(namespace), &name.name);
        let taken = all.into_iter().find(|it| it.object.method == method);
        if let Some(taken) = taken.map(|it| it.object.oid) {
            let declared = self.declared(Address::new(Class::OperatorFamily, taken));
            let noun = "operator family";
            return self.report(object_errors::exists(noun, &name.name, name.span, declared));
        }
        self.make_family(&name.name, namespace, method, name.span);
    }

    fn make_family(&mut self, name: &str, namespace: Oid, method: Oid, span: Span) -> Oid {
        let oid = self.catalog.next_oid();
        self.catalog.operator_families.put(Made {
            object: OperatorFamily {
                oid,
                namespace,
                name: Name::Owned(name.to_owned()),
                method,
            },
            more: FamilyMembers::default(),
            owner: Some(Catalog::OWNER),
            provenance: Some(Provenance::new(span)),
        });
        self.put_in_schema(Address::new(Class::OperatorFamily, oid), namespace);
        oid
    }

    pub(super) fn create_operator_class(&mut self, create: &CreateOperatorClass) {
        let Some(method) = self.method(&create.method) else {
            return;
        };
        let Some(typed) = self.type_named(&create.type_name) else {
            return;
        };
        let Some(namespace) = self.schema_of_new(&create.name) else {
            return;
        };
        let name = &create.name.name;
        let all = self
            .catalog
            .operator_classes
            .all_named(Some(namespace), &name.name);
        let taken = all.into_iter().find(|it| it.object.method == method);
        if let Some(taken) = taken.map(|it| it.object.oid) {
            let declared = self.declared(Address::new(Class::OperatorClass, taken));
            let noun = "operator class";
            return self.report(object_errors::exists(noun, &name.name, name.span, declared));
        }
        let family = match &create.family {
            Some(family) => {
                let reference = ObjectReference::OperatorFamily {
                    name: family.clone(),
                    method: create.method.clone(),
                };
                match self.object(&reference) {
                    Some(found) => Some(found.oid),
                    None => return,
                }
            }
            None => self.operator_family(&create.name, method),
        };
        let Some((members, functions)) = self.class_items(&create.items, typed.oid, &create.method)
        else {
            return;
        };
        let is_default = create.is_default;
        let mut others = types::Objects::operator_classes(&self.catalog, method).into_iter();
        if is_default && others.any(|it| it.is_default && it.input == typed.oid) {
            let of = self.catalog.type_text(typed.oid);
            let message = format!("type `{of}` already has a default operator class");
            return self.report(errors::refused(message, create.name.span));
        }
        let family =
            family.unwrap_or_else(|| self.make_family(&name.name, namespace, method, name.span));
        self.add_to_family(family, &members, &functions);
        let oid = self.catalog.next_oid();
        self.catalog.operator_classes.put(Made {
            object: OperatorClass {
                oid,
                namespace,
                name: Name::Owned(name.name.to_string()),
                method,
                family,
                input: typed.oid,
                is_default,
            },
            more: (),
            owner: Some(Catalog::OWNER),
            provenance: Some(Provenance::new(name.span)),
        });
        let this = Address::new(Class::OperatorClass, oid);
        self.put_in_schema(this, namespace);
        let of = Address::new(Class::Type, typed.oid);
        self.catalog.dependencies.add(this, of, Dependency::Normal);
        let family = Address::new(Class::OperatorFamily, family);
        self.catalog
            .dependencies
            .add(this, family, Dependency::Auto);
        for member in &members {
            let operator = Address::new(Class::Operator, member.operator);
            self.catalog
                .dependencies
                .add(this, operator, Dependency::Normal);
        }
        for (.., function) in &functions {
            let function = Address::new(Class::Routine, *function);
            self.catalog
                .dependencies
                .add(this, function, Dependency::Normal);
        }
    }

    fn add_to_family(
        &mut self,
        family: Oid,
        members: &[FamilyMember],
        functions: &[(i16, Oid, Oid, Oid)],
    ) {
        let members: Vec<FamilyMember> = members
            .iter()
            .map(|it| FamilyMember { family, ..*it })
            .collect();
        self.catalog.operator_families.change(family, |it| {
            it.more.operators.extend(members);
            it.more.functions.extend_from_slice(functions);
        });
    }

    /// The operators and functions of a class; nothing if a mistake was reported.
    #[expect(
        clippy::type_complexity,
        reason = "the two lists that a family consists of"
    )]
    fn class_items(
        &mut self,
        items: &[OperatorClassItem],
        of: Oid,
        method: &Ident,
    ) -> Option<(Vec<FamilyMember>, Vec<(i16, Oid, Oid, Oid)>)> {
        let greatest = match &*method.name {
            "btree" => Some(5),
            "hash" => Some(1),
            _ => None,
        };
        let mut members = Vec::new();
        let mut functions = Vec::new();
        for item in items {
            match &item.kind {
                OperatorClassItemKind::Operator {
                    number,
                    name,
                    operands,
                    order_family,
                } => {
                    if let Some(greatest) = greatest
                        && !(1..=greatest).contains(number)
                    {
                        let message = format!(
                            "an operator of {} has a number from 1 to {greatest}",
                            method.name
                        );
                        self.report(errors::refused(message, item.span));
                        return None;
                    }
                    let (left, right) = match operands.as_deref() {
                        None => (Some(of), of),
                        Some((left, right)) => {
                            let left = match left {
                                Some(left) => Some(self.type_named(left)?.oid),
                                None => None,
                            };
                            (left, self.type_named(right.as_ref()?)?.oid)
                        }
                    };
                    let found = self
                        .operator_of(name, left, right)
                        .map(|it| (it.oid, it.result));
                    let Some((operator, result)) = found else {
                        let reference = ast::OperatorReference {
                            name: name.clone(),
                            left: None,
                            right: None,
                            span: item.span,
                        };
                        self.object(&ObjectReference::Operator(reference));
                        return None;
                    };
                    if order_family.is_none() && result != Some(well_known::BOOL) {
                        let message = "an operator that an index searches by returns boolean";
                        self.report(errors::refused(message, item.span));
                        return None;
                    }
                    members.push(FamilyMember {
                        family: Oid(0),
                        left: left.unwrap_or(of),
                        right,
                        strategy: i16::try_from(*number).unwrap_or_default(),
                        operator,
                        orders: order_family.is_some(),
                    });
                }
                OperatorClassItemKind::Function {
                    number,
                    types,
                    function,
                } => {
                    let mut ends = [of, of];
                    for (end, name) in ends.iter_mut().zip(types) {
                        *end = self.type_named(name)?.oid;
                    }
                    let found = self.object(&ObjectReference::Routine(function.clone()))?;
                    let [left, right] = ends;
                    let number = i16::try_from(*number).unwrap_or_default();
                    functions.push((number, left, right, found.oid));
                }
                OperatorClassItemKind::Storage(type_name) => {
                    let typed = self.type_named(type_name)?;
                    if typed.oid != of && greatest.is_some() {
                        let message = format!(
                            "an index of {} holds values of the type itself",
                            method.name
                        );
                        self.report(errors::refused(message, item.span));
                        return None;
                    }
                }
            }
        }
        Some((members, functions))
    }

    pub(super) fn alter_operator_family(&mut self, alter: &AlterOperatorFamily) {
        let reference = ObjectReference::OperatorFamily {
            name: alter.name.clone(),
            method: alter.method.clone(),
        };
        let Some(family) = self.object(&reference) else {
            return;
        };
        match &alter.action {
            OperatorFamilyAction::Add(items) => {
                let of = well_known::INT4;
                if let Some((members, functions)) = self.class_items(items, of, &alter.method) {
                    self.add_to_family(family.oid, &members, &functions);
                }
            }
            OperatorFamilyAction::Drop(items) => {
                for item in items {
                    let mut ends = Vec::new();
                    for name in &item.types {
                        let Some(typed) = self.type_named(name) else {
                            return;
                        };
                        ends.push(typed.oid);
                    }
                    let number = i16::try_from(item.number).unwrap_or_default();
                    let mut found = false;
                    self.catalog.operator_families.change(family.oid, |it| {
                        let before = it.more.operators.len() + it.more.functions.len();
                        match item.function {
                            true => it.more.functions.retain(|(other, left, _, _)| {
                                !(*other == number && ends.first() == Some(left))
                            }),
                            false => it.more.operators.retain(|other| {
                                !(other.strategy == number && ends.first() == Some(&other.left))
                            }),
                        }
                        found = before != it.more.operators.len() + it.more.functions.len();
                    });
                    if !found {
                        let noun = if item.function {
                            "function"
                        } else {
                            "operator"
                        };
                        let text = text_of(&alter.name);
                        let message = format!("operator family `{text}` has no such {noun}");
                        self.report(errors::refused(message, item.span));
                    }
                }
            }
        }
    }
}
