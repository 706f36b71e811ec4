//! Casts and transforms.

use super::Replay;
use crate::catalog::Provenance;
use crate::errors::postgres::{objects as object_errors, types as errors};
use crate::postgres::ast::{self, CreateCast, CreateTransform, GlobalWord, ObjectReference};
use crate::postgres::catalog::{Address, CastName, Class, Dependency, Made, Plain};
use crate::postgres::types::{self, CastContext, CastMethod, Oid, TypeKind, Typing};

impl Replay {
    pub(super) fn create_cast(&mut self, create: &CreateCast) {
        let (Some(source), Some(target)) = (
            self.type_named(&create.source),
            self.type_named(&create.target),
        ) else {
            return;
        };
        let (source, target) = (source.oid, target.oid);
        let method = match &create.method {
            ast::CastMethod::InOut => CastMethod::InOut,
            ast::CastMethod::WithoutFunction => CastMethod::Binary,
            ast::CastMethod::Function(function) => {
                let found = self.object(&ObjectReference::Routine(function.clone()));
                let Some(found) = found else {
                    return;
                };
                CastMethod::Function(found.oid)
            }
        };
        let pseudo = [(source, &create.source), (target, &create.target)];
        let pseudo = pseudo.iter().find(|(oid, _)| {
            let found = self.catalog.type_of(*oid);
            found.is_some_and(|it| it.kind == TypeKind::Pseudo)
        });
        if let Some((oid, name)) = pseudo {
            let message = format!(
                "`{}` is a pseudo-type, of which there are no values",
                self.catalog.type_text(*oid)
            );
            return self.report(errors::refused(message, name.span));
        }
        if let Some(message) = self.why_no_cast(source, target, method) {
            return self.report(errors::refused(message, create.span));
        }
        if types::Objects::cast(&self.catalog, source, target).is_some() {
            let text = format!(
                "{} AS {}",
                self.catalog.type_text(source),
                self.catalog.type_text(target)
            );
            let made = self.catalog.casts.inside(Some(source));
            let declared = made.into_iter().find(|it| it.object.target == target);
            let declared = declared
                .and_then(|it| it.provenance.as_ref())
                .map(|it| it.created);
            return self.report(object_errors::exists("cast", &text, create.span, declared));
        }
        let oid = self.catalog.next_oid();
        self.catalog.casts.put(Made {
            object: types::Cast {
                source,
                target,
                context: match create.context {
                    ast::CastContext::Explicit => CastContext::Explicit,
                    ast::CastContext::Assignment => CastContext::Assignment,
                    ast::CastContext::Implicit => CastContext::Implicit,
                },
                method,
            },
            more: CastName(oid),
            owner: None,
            provenance: Some(Provenance::new(create.span)),
        });
        let this = Address::new(Class::Cast, oid);
        self.depend_on_types(this, &[source], target);
        if let CastMethod::Function(function) = method {
            let function = Address::new(Class::Routine, function);
            self.catalog
                .dependencies
                .add(this, function, Dependency::Normal);
        }
    }

    /// Why there can be no such cast (`CreateCast`).
    fn why_no_cast(&self, source: Oid, target: Oid, method: CastMethod) -> Option<String> {
        let typing = Typing::new(&self.catalog);
        let one_argument = match method {
            CastMethod::Function(function) => {
                let function = types::Objects::function(&self.catalog, function)?;
                let count = function.inputs.len();
                if !(1..=3).contains(&count) {
                    return Some("the function of a cast takes one to three arguments".to_owned());
                }
                let input = function.inputs.first().copied()?;
                if !typing.is_binary_coercible(source, input) {
                    return Some(
                        "the function's argument is not of the type that is converted".to_owned(),
                    );
                }
                if !typing.is_binary_coercible(function.result, target) {
                    return Some("the function does not return the type that comes out".to_owned());
                }
                if function.returns_set {
                    return Some("the function of a cast cannot return a set".to_owned());
                }
                count == 1
            }
            CastMethod::Binary => return self.why_not_binary(source, target),
            CastMethod::InOut => true,
        };
        (source == target && one_argument).then(|| "a cast converts between two types".to_owned())
    }

    fn why_not_binary(&self, source: Oid, target: Oid) -> Option<String> {
        if source == target {
            return Some("a cast converts between two types".to_owned());
        }
        let (source, target) = (self.catalog.type_of(source)?, self.catalog.type_of(target)?);
        let noun = |kind: TypeKind, is_array: bool| match kind {
            TypeKind::Composite { .. } => Some("composite types"),
            TypeKind::Enum => Some("enums"),
            TypeKind::Range { .. } | TypeKind::Multirange { .. } => Some("ranges"),
            TypeKind::Domain { .. } => Some("domains"),
            _ if is_array => Some("arrays"),
            _ => None,
        };
        let found =
            noun(source.kind, source.is_array).or_else(|| noun(target.kind, target.is_array));
        if let Some(found) = found {
            return Some(format!(
                "the values of {found} are not stored as those of another type"
            ));
        }
        (source.length != target.length)
            .then(|| "values of the two types are not stored alike".to_owned())
    }

    pub(super) fn create_transform(&mut self, create: &CreateTransform) {
        let Some(typed) = self.type_named(&create.type_name) else {
            return;
        };
        let search = self.search_global(GlobalWord::Language, &create.language);
        let Some(language) = self.settle(search) else {
            return;
        };
        let functions = create.from_sql.iter().chain(&create.to_sql);
        let mut found = Vec::new();
        for function in functions {
            let Some(function) = self.object(&ObjectReference::Routine(function.clone())) else {
                return;
            };
            found.push(function);
        }
        let name = language.oid.to_string();
        let taken = self.catalog.plain.all_named(Some(typed.oid), &name);
        let taken = taken
            .into_iter()
            .find(|it| it.class == Class::Transform)
            .map(|it| it.oid);
        if let Some(taken) = taken {
            if !create.or_replace {
                let declared = self.declared(Address::new(Class::Transform, taken));
                let text = self.catalog.type_text(typed.oid);
                let span = create.type_name.span;
                self.report(object_errors::exists("transform", &text, span, declared));
            }
            return;
        }
        let oid = self.catalog.next_oid();
        self.catalog.plain.put(Plain {
            oid,
            name: name.into(),
            class: Class::Transform,
            container: Some(typed.oid),
            owner: None,
            provenance: Some(Provenance::new(create.type_name.span)),
        });
        let this = Address::new(Class::Transform, oid);
        let of = Address::new(Class::Type, typed.oid);
        for referenced in found.into_iter().chain([of, language]) {
            self.catalog
                .dependencies
                .add(this, referenced, Dependency::Normal);
        }
    }
}
