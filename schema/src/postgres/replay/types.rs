//! CREATE TYPE but for enums, and ALTER TYPE of attributes.

use super::Replay;
use super::enums::empty_type;
use super::find::text_of;
use super::store::{NewRelation, NewType};
use crate::catalog::Provenance;
use crate::errors::postgres::{objects as object_errors, types as errors};
use crate::postgres::ast::{
    AlterType, AlterTypeAction, CompositeAttribute, CreateType, CreateTypeKind, Define, Ident,
    Parameter, Persistence, QualifiedName,
};
use crate::postgres::catalog::{
    Address, Class, Column, Dependency, RangeDetails, RelationKind, RoutineDetails, TypeDetails,
    identifier,
};
use crate::postgres::types::{
    self, Function, FunctionKind, Name, Oid, Storage, TypeKind, Typing, ValueType, Volatility,
    well_known,
};
use crate::text::Span;
use std::sync::Arc;

impl Replay {
    pub(super) fn create_type(&mut self, create: &CreateType) {
        match &create.kind {
            CreateTypeKind::Shell => match self.place_of_new_type(&create.name) {
                Some((namespace, None)) => {
                    self.make_shell(namespace, &create.name.name);
                }
                Some((_, Some(shell))) => {
                    let declared = self.declared(Address::new(Class::Type, shell));
                    let name = &create.name.name;
                    let diagnostic = object_errors::exists("type", &name.name, name.span, declared);
                    self.report(diagnostic);
                }
                None => {}
            },
            CreateTypeKind::Enum(labels) => self.create_enum(&create.name, labels),
            CreateTypeKind::Composite(attributes) => {
                self.create_composite(&create.name, attributes)
            }
            CreateTypeKind::Range(options) => self.create_range(&create.name, options),
        }
    }

    /// The schema of a new type, and the shell that it takes the place of. A type that was made for arrays makes room.
    pub(super) fn place_of_new_type(&mut self, name: &QualifiedName) -> Option<(Oid, Option<Oid>)> {
        let namespace = self.schema_of_new(name)?;
        let found = self.catalog.type_in(namespace, &name.name.name);
        let Some((oid, kind, is_array)) = found.map(|it| (it.oid, it.kind, it.is_array)) else {
            return Some((namespace, None));
        };
        if kind == TypeKind::Shell {
            return Some((namespace, Some(oid)));
        }
        if is_array && self.catalog.move_array_type(namespace, &name.name.name) {
            return Some((namespace, None));
        }
        let declared = self.declared(Address::new(Class::Type, oid));
        let noun = match kind {
            TypeKind::Composite { relation } => self
                .catalog
                .relation(relation)
                .map_or("type", |it| it.kind.noun()),
            _ => "type",
        };
        let text = &name.name.name;
        let diagnostic = match noun {
            "type" | "composite type" => object_errors::exists("type", text, name.span, declared),
            other => object_errors::clashes("type", other, text, name.span, declared),
        };
        self.report(diagnostic);
        None
    }

    /// The number of a new type: that of the shell that it takes the place of.
    pub(super) fn oid_of_new_type(&mut self, shell: Option<Oid>) -> Oid {
        match shell {
            Some(shell) => {
                self.catalog.types.remove(shell);
                shell
            }
            None => self.catalog.next_oid(),
        }
    }

    pub(super) fn make_shell(&mut self, namespace: Oid, name: &Ident) -> Oid {
        let oid = self.catalog.next_oid();
        self.catalog.store_type(crate::postgres::catalog::Made {
            object: types::Type {
                kind: TypeKind::Shell,
                category: 'P',
                length: 4,
                storage: Storage::Plain,
                ..empty_type(oid, namespace, &name.name)
            },
            more: TypeDetails::None,
            owner: Some(crate::postgres::catalog::Catalog::OWNER),
            provenance: Some(Provenance::new(name.span)),
        });
        oid
    }

    fn create_composite(&mut self, name: &QualifiedName, attributes: &[CompositeAttribute]) {
        let mut columns: Vec<Column> = Vec::new();
        let mut first: Vec<Span> = Vec::new();
        let mut incomplete = false;
        for attribute in attributes {
            let column = &attribute.name;
            if let Some(position) = columns.iter().position(|it| it.name == column.name) {
                let other = first.get(position).copied();
                self.report(errors::attribute_twice(&column.name, column.span, other));
                continue;
            }
            match self.attribute(attribute, columns.len() + 1) {
                Some(made) => {
                    first.push(column.span);
                    columns.push(made);
                }
                None => incomplete = true,
            }
        }
        let Some(namespace) = self.place_of_new(name, Persistence::Permanent) else {
            return;
        };
        let Some((_, shell)) = self.place_of_new_type(name) else {
            return;
        };
        if !self.is_name_free(namespace, &name.name, false, false) {
            return;
        }
        if let Some(shell) = shell {
            self.catalog.types.remove(shell);
        }
        let oid = self.catalog.create_relation(NewRelation::new(
            Arc::clone(&name.name.name),
            namespace,
            RelationKind::Composite,
            columns,
            Some(Provenance::new(name.name.span)),
        ));
        self.catalog
            .relations
            .change(oid, |it| it.incomplete = incomplete);
    }

    /// An attribute as a column; nothing if its type is wrong.
    pub(super) fn attribute(
        &mut self,
        attribute: &CompositeAttribute,
        number: usize,
    ) -> Option<Column> {
        let name = &attribute.name;
        let typed = self.type_named(&attribute.type_name)?;
        let span = attribute.type_name.span;
        if attribute.type_name.set_of {
            self.report(errors::set_of(&name.name, span));
            return None;
        }
        if !self.check_attribute_type(&name.name, typed.oid, span) {
            return None;
        }
        let typed = self.collated(typed, attribute.collation.as_ref())?;
        let number = i16::try_from(number).unwrap_or(i16::MAX);
        let dimensions = i16::try_from(attribute.type_name.dimensions.len()).unwrap_or(i16::MAX);
        Some(Column {
            dimensions,
            provenance: Some(Provenance::new(name.span)),
            ..Column::new(number, Arc::clone(&name.name), typed)
        })
    }

    fn check_attribute_type(&mut self, name: &str, oid: Oid, span: Span) -> bool {
        let kind = self.catalog.type_of(oid).map(|it| it.kind);
        match kind {
            Some(TypeKind::Pseudo) => {
                let of = self.catalog.type_text(oid);
                self.report(errors::pseudo_type(name, &of, span));
                false
            }
            Some(TypeKind::Shell) => {
                let of = self.catalog.type_text(oid);
                self.report(errors::only_a_shell(&of, span));
                false
            }
            Some(_) | None => true,
        }
    }

    /// A type with the collation that is written with it.
    pub(super) fn collated(
        &mut self,
        typed: ValueType,
        collation: Option<&QualifiedName>,
    ) -> Option<ValueType> {
        let Some(name) = collation else {
            return Some(typed);
        };
        let reference = crate::postgres::ast::ObjectReference::InSchema(
            crate::postgres::ast::SchemaWord::Collation,
            name.clone(),
        );
        let found = self.object(&reference)?;
        let base = Typing::new(&self.catalog).collation_of(typed.oid);
        if base.is_none() {
            let of = self.catalog.type_text(typed.oid);
            self.report(errors::not_collatable(&of, name.span));
            return None;
        }
        Some(typed.collated(Some(found.oid)))
    }

    pub(super) fn alter_type(&mut self, alter: &AlterType) {
        match &alter.action {
            AlterTypeAction::AddValue {
                if_not_exists,
                label,
                place,
            } => self.add_value(&alter.name, *if_not_exists, label, place.as_ref()),
            AlterTypeAction::RenameValue { from, to } => self.rename_value(&alter.name, from, to),
            AlterTypeAction::RenameAttribute { from, to, cascade } => {
                self.rename_attribute(&alter.name, from, to, *cascade);
            }
            AlterTypeAction::Attributes(actions) => self.alter_attributes(&alter.name, actions),
            AlterTypeAction::Set(_) => {
                let Some(found) = self.altered_type(&alter.name) else {
                    return;
                };
                if found.kind != TypeKind::Base || found.is_array {
                    let declared = self.declared(Address::new(Class::Type, found.oid));
                    let text = text_of(&alter.name);
                    let noun = "base type";
                    self.report(errors::not_a(noun, &text, alter.name.span, declared));
                }
            }
        }
    }

    fn create_range(&mut self, name: &QualifiedName, options: &[Parameter]) {
        const KNOWN: [&str; 6] = [
            "subtype",
            "subtype_opclass",
            "collation",
            "canonical",
            "subtype_diff",
            "multirange_type_name",
        ];
        let Some((namespace, shell)) = self.place_of_new_type(name) else {
            return;
        };
        let mut seen: Vec<&Parameter> = Vec::new();
        for option in options {
            let text = &*option.name.name;
            if !KNOWN.contains(&text) {
                return self.report(errors::unknown_option("a range", text, option.span, KNOWN));
            }
            if let Some(first) = seen.iter().find(|it| it.name.name == option.name.name) {
                return self.report(errors::option_twice(text, option.span, first.span));
            }
            seen.push(option);
        }
        let find = |wanted: &str| seen.iter().copied().find(|it| &*it.name.name == wanted);
        let Some(subtype_option) = find("subtype") else {
            return self.report(errors::option_missing("range", "subtype", name.span));
        };
        let Some(subtype) = self.type_of_option(subtype_option) else {
            return;
        };
        if !self.check_attribute_type("subtype", subtype, subtype_option.span) {
            return;
        }
        let Some(class) = self.class_of_range(subtype, subtype_option, find("subtype_opclass"))
        else {
            return;
        };
        let collation = match find("collation") {
            None => Typing::new(&self.catalog).collation_of(subtype),
            Some(option) => {
                let written = Replay::name_of_option(option);
                let typed = ValueType::plain(subtype);
                match self.collated(typed, written.as_ref()) {
                    Some(typed) => typed.collation,
                    None => return,
                }
            }
        };
        let difference = match find("subtype_diff") {
            None => None,
            Some(option) => {
                let Some(function) = Replay::name_of_option(option) else {
                    return;
                };
                let found = self.routine_of(&function, |it| *it.inputs == [subtype, subtype]);
                let found = found.map(|it| (it.oid, it.result));
                match found {
                    Some((oid, well_known::FLOAT8)) => Some(oid),
                    Some(_) => {
                        let message =
                            "the function that measures a range must return `double precision`";
                        return self.report(errors::refused(message, option.span));
                    }
                    None => {
                        return self.missing_support(&function, &[subtype, subtype], option.span);
                    }
                }
            }
        };
        let oid = self.oid_of_new_type(shell);
        let multirange = self.catalog.next_oid();
        let multirange_name = match find("multirange_type_name").and_then(Replay::name_of_option) {
            Some(name) => name.name.name.to_string(),
            None => identifier::multirange_name(&name.name.name),
        };
        if let Some(taken) = self.catalog.type_in(namespace, &multirange_name) {
            let declared = self.declared(Address::new(Class::Type, taken.oid));
            return self.report(object_errors::exists(
                "type",
                &multirange_name,
                name.span,
                declared,
            ));
        }
        let provenance = Some(Provenance::new(name.name.span));
        self.catalog.create_type(NewType {
            object: types::Type {
                kind: TypeKind::Range {
                    subtype,
                    multirange,
                },
                category: 'R',
                ..empty_type(oid, namespace, &name.name.name)
            },
            more: TypeDetails::Range(RangeDetails {
                class,
                collation,
                canonical: None,
                difference,
            }),
            provenance: provenance.clone(),
        });
        self.catalog.create_type(NewType {
            object: types::Type {
                kind: TypeKind::Multirange { range: oid },
                category: 'R',
                ..empty_type(multirange, namespace, &multirange_name)
            },
            more: TypeDetails::None,
            provenance,
        });
        self.make_constructors(
            oid,
            &name.name.name,
            namespace,
            &[subtype, subtype, well_known::TEXT],
        );
        self.make_multirange_constructors(multirange, &multirange_name, namespace, oid);
        self.make_multirange_casts(oid, multirange);
    }

    /// The operator class that orders the bounds.
    fn class_of_range(
        &mut self,
        subtype: Oid,
        subtype_option: &Parameter,
        option: Option<&Parameter>,
    ) -> Option<Oid> {
        const BTREE: Oid = Oid(403);
        if let Some(option) = option {
            let name = Replay::name_of_option(option)?;
            let method = Ident::supplied("btree", option.span);
            let reference = crate::postgres::ast::ObjectReference::OperatorClass {
                name: name.clone(),
                method,
            };
            let found = self.object(&reference)?;
            let class = types::Objects::operator_class(&self.catalog, found.oid)?;
            if !Typing::new(&self.catalog).is_binary_coercible(subtype, class.input) {
                let of = self.catalog.type_text(subtype);
                let message = format!("operator class `{}` is not for type `{of}`", text_of(&name));
                self.report(errors::refused(message, option.span));
                return None;
            }
            return Some(found.oid);
        }
        let found = Typing::new(&self.catalog)
            .default_class(subtype, BTREE)
            .map(|it| it.oid);
        if found.is_none() {
            let of = self.catalog.type_text(subtype);
            let message = format!("values of type `{of}` have no order");
            self.report(errors::refused(message, subtype_option.span));
        }
        found
    }

    /// The functions that make a range of its bounds.
    fn make_constructors(&mut self, range: Oid, name: &str, namespace: Oid, inputs: &[Oid]) {
        for count in [2, 3] {
            let inputs = inputs.get(..count).unwrap_or_default();
            self.make_constructor(range, name, namespace, inputs, None);
        }
    }

    /// The functions that make several ranges of none, one or any number.
    fn make_multirange_constructors(
        &mut self,
        multirange: Oid,
        name: &str,
        namespace: Oid,
        range: Oid,
    ) {
        self.make_constructor(multirange, name, namespace, &[], None);
        self.make_constructor(multirange, name, namespace, &[range], None);
        let array = self.catalog.type_of(range).and_then(|it| it.array);
        if let Some(array) = array {
            self.make_constructor(multirange, name, namespace, &[array], Some(range));
        }
    }

    fn make_constructor(
        &mut self,
        result: Oid,
        name: &str,
        namespace: Oid,
        inputs: &[Oid],
        variadic: Option<Oid>,
    ) {
        let oid = self.catalog.next_oid();
        self.catalog.routines.put(crate::postgres::catalog::Made {
            object: Function {
                oid,
                namespace,
                name: Name::Owned(name.to_owned()),
                kind: FunctionKind::Function,
                inputs: inputs.into(),
                parameters: Box::default(),
                defaults: 0,
                variadic,
                result,
                returns_set: false,
                strict: variadic.is_some() || inputs.len() < 2,
                volatility: Volatility::Immutable,
                language: Oid(12),
            },
            more: RoutineDetails::default(),
            owner: Some(crate::postgres::catalog::Catalog::OWNER),
            provenance: None,
        });
        let this = Address::new(Class::Routine, oid);
        let of = Address::new(Class::Type, result);
        self.catalog
            .dependencies
            .add(this, of, Dependency::Internal);
    }

    /// A range is a multirange of one.
    fn make_multirange_casts(&mut self, range: Oid, multirange: Oid) {
        let name = self.catalog.type_of(multirange).map(|it| it.name.clone());
        let all = types::Objects::functions_named(&self.catalog, &name.unwrap_or_default());
        let function = all
            .into_iter()
            .find(|it| *it.inputs == [range] && it.result == multirange);
        let Some(function) = function.map(|it| it.oid) else {
            return;
        };
        let oid = self.catalog.next_oid();
        self.catalog.casts.put(crate::postgres::catalog::Made {
            object: types::Cast {
                source: range,
                target: multirange,
                context: types::CastContext::Explicit,
                method: types::CastMethod::Function(function),
            },
            more: crate::postgres::catalog::CastName(oid),
            owner: None,
            provenance: None,
        });
        let this = Address::new(Class::Cast, oid);
        let of = Address::new(Class::Type, range);
        self.catalog
            .dependencies
            .add(this, of, Dependency::Internal);
    }

    /// CREATE TYPE name (INPUT = …): a base type, whose name was announced before its functions were made.
    pub(super) fn create_base_type(&mut self, define: &Define, name: &QualifiedName) {
        let Some((namespace, shell)) = self.place_of_new_type(name) else {
            return;
        };
        let Some(shell) = shell else {
            return self.report(errors::no_shell(&text_of(name), name.span));
        };
        let find = |wanted: &str| define.options.iter().find(|it| &*it.name.name == wanted);
        for required in ["input", "output"] {
            let Some(option) = find(required) else {
                return self.report(errors::option_missing("type", required, name.span));
            };
            let Some(function) = Replay::name_of_option(option) else {
                continue;
            };
            let wanted: &[Oid] = match required {
                "input" => &[well_known::CSTRING],
                _ => &[shell],
            };
            let found = self.routine_of(&function, |it| it.inputs.first() == wanted.first());
            if found.is_none() {
                return self.missing_support(&function, wanted, option.span);
            }
        }
        let like = match find("like") {
            Some(option) => self.type_of_option(option),
            None => None,
        };
        let like = like.and_then(|oid| self.catalog.type_of(oid)).cloned();
        let oid = self.oid_of_new_type(Some(shell));
        let base = empty_type(oid, namespace, &name.name.name);
        self.catalog.create_type(NewType {
            object: types::Type {
                length: like.as_ref().map_or(base.length, |it| it.length),
                storage: like.as_ref().map_or(Storage::Plain, |it| it.storage),
                takes_modifier: find("typmod_in").is_some(),
                ..base
            },
            more: TypeDetails::None,
            provenance: Some(Provenance::new(name.name.span)),
        });
    }
}
