//! Operators, operator classes and families, casts, transforms.

use super::Replay;
use super::find::{Search, text_of};
use super::views::text_of_value;
use crate::catalog::Provenance;
use crate::errors::postgres::{objects as object_errors, types as errors};
use crate::postgres::ast::{
    self, AlterOperator, AlterOperatorFamily, CreateCast, CreateOperatorClass,
    CreateOperatorFamily, CreateTransform, Define, GlobalWord, Ident, ObjectReference,
    OperatorClassItem, OperatorClassItemKind, OperatorFamilyAction, OperatorName, ParameterValue,
    QualifiedName,
};
use crate::postgres::catalog::{
    Address, CastName, Catalog, Class, Dependency, FamilyMembers, Made, Plain,
};
use crate::postgres::types::{
    self, CastContext, CastMethod, FamilyMember, Name, Oid, Operator, OperatorClass,
    OperatorFamily, TypeKind, Typing, well_known,
};
use crate::text::Span;

impl Replay {
    pub(super) fn create_operator(&mut self, define: &Define, name: &OperatorName) {
        let find = |wanted: &[&str]| {
            let mut all = define.options.iter();
            all.find(|it| wanted.contains(&&*it.name.name))
        };
        let mut operands = [None, None];
        for (operand, option) in operands.iter_mut().zip(["leftarg", "rightarg"]) {
            if let Some(option) = find(&[option]) {
                match self.type_of_option(option) {
                    Some(oid) => *operand = Some(oid),
                    None => return,
                }
            }
        }
        let [left, right] = operands;
        let Some(right) = right else {
            return self.report(errors::option_missing("operator", "rightarg", name.span));
        };
        let Some(option) = find(&["function", "procedure"]) else {
            return self.report(errors::option_missing("operator", "function", name.span));
        };
        let Some(function) = Replay::name_of_option(option) else {
            return;
        };
        let given: Vec<Oid> = left.into_iter().chain([right]).collect();
        let found = self.routine_of(&function, |it| *it.inputs == *given);
        let Some((function, result)) = found.map(|it| (it.oid, it.result)) else {
            return self.missing_support(&function, &given, option.span);
        };
        let is_boolean = result == well_known::BOOL;
        for (word, needs_two) in [
            ("merges", true),
            ("hashes", true),
            ("negator", false),
            ("join", true),
        ] {
            let Some(option) = find(&[word]) else {
                continue;
            };
            let message = if needs_two && left.is_none() {
                format!(
                    "only an operator with two operands can have {}",
                    word.to_uppercase()
                )
            } else if !is_boolean {
                format!(
                    "only an operator that returns boolean can have {}",
                    word.to_uppercase()
                )
            } else {
                continue;
            };
            return self.report(errors::refused(message, option.span));
        }
        let namespace = match &name.schema {
            Some(schema) => self.schema_named(schema),
            None => self.catalog.creation_namespace(),
        };
        let Some(namespace) = namespace else {
            return;
        };
        let taken = self
            .catalog
            .operators
            .all_named(Some(namespace), &name.name);
        let taken = taken
            .into_iter()
            .find(|it| it.object.left == left && it.object.right == right);
        let taken = taken.map(|it| (it.object.oid, it.object.function.is_some()));
        if let Some((oid, true)) = taken {
            let declared = self.declared(Address::new(Class::Operator, oid));
            let diagnostic = object_errors::exists("operator", &name.name, name.span, declared);
            return self.report(diagnostic);
        }
        if let Some(option) = find(&["negator"])
            && let Some(ParameterValue::Operator(negator)) = &option.value
            && negator.name == name.name
            && negator.schema == name.schema
        {
            let message = "an operator cannot be its own opposite";
            return self.report(errors::refused(message, option.span));
        }
        let oid = taken.map_or_else(|| self.catalog.next_oid(), |(oid, _)| oid);
        let commutator = self.other_operator(
            find(&["commutator"]),
            Some(right),
            left.unwrap_or(right),
            (name, oid),
        );
        let negator = self.other_operator(find(&["negator"]), left, right, (name, oid));
        self.catalog.operators.put(Made {
            object: Operator {
                oid,
                namespace,
                name: Name::Owned(name.name.to_string()),
                left,
                right,
                result: Some(result),
                function: Some(function),
                commutator: commutator.filter(|_| left.is_some()),
                negator,
            },
            more: (),
            owner: Some(Catalog::OWNER),
            provenance: Some(Provenance::new(name.span)),
        });
        let this = Address::new(Class::Operator, oid);
        self.put_in_schema(this, namespace);
        let function = Address::new(Class::Routine, function);
        self.catalog
            .dependencies
            .add(this, function, Dependency::Normal);
        self.depend_on_types(this, &given, result);
    }

    /// COMMUTATOR or NEGATOR: an operator that is there, or is announced by it.
    fn other_operator(
        &mut self,
        option: Option<&ast::Parameter>,
        left: Option<Oid>,
        right: Oid,
        own: (&OperatorName, Oid),
    ) -> Option<Oid> {
        let Some(ParameterValue::Operator(other)) = &option?.value else {
            return None;
        };
        if let Some(found) = self.operator_of(other, left, right) {
            return Some(found.oid);
        }
        if other.name == own.0.name {
            return Some(own.1);
        }
        let namespace = self.catalog.creation_namespace()?;
        let oid = self.catalog.next_oid();
        self.catalog.operators.put(Made {
            object: Operator {
                oid,
                namespace,
                name: Name::Owned(other.name.to_string()),
                left,
                right,
                result: None,
                function: None,
                commutator: None,
                negator: None,
            },
            more: (),
            owner: Some(Catalog::OWNER),
            provenance: Some(Provenance::new(other.span)),
        });
        Some(oid)
    }

    pub(super) fn alter_operator(&mut self, alter: &AlterOperator) {
        self.object(&ObjectReference::Operator(alter.operator.clone()));
    }

    pub(super) fn create_cast(&mut self, create: &CreateCast) {
        let (Some(source), Some(target)) = (
            self.type_of_name(&create.source),
            self.type_of_name(&create.target),
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
        let Some(typed) = self.type_of_name(&create.type_name) else {
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
        let Some(typed) = self.type_of_name(&create.type_name) else {
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
                                Some(left) => Some(self.type_of_name(left)?.oid),
                                None => None,
                            };
                            (left, self.type_of_name(right.as_ref()?)?.oid)
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
                        *end = self.type_of_name(name)?.oid;
                    }
                    let found = self.object(&ObjectReference::Routine(function.clone()))?;
                    let [left, right] = ends;
                    let number = i16::try_from(*number).unwrap_or_default();
                    functions.push((number, left, right, found.oid));
                }
                OperatorClassItemKind::Storage(type_name) => {
                    let typed = self.type_of_name(type_name)?;
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
                        let Some(typed) = self.type_of_name(name) else {
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

    pub(super) fn create_collation(&mut self, define: &Define, name: &QualifiedName) {
        const KNOWN: [&str; 8] = [
            "from",
            "locale",
            "lc_collate",
            "lc_ctype",
            "provider",
            "deterministic",
            "version",
            "rules",
        ];
        let value = |wanted: &str| {
            let mut all = define.options.iter();
            let found = all.find(|it| &*it.name.name == wanted)?;
            found.value.as_ref().map(text_of_value)
        };
        for option in &define.options {
            let text = &*option.name.name;
            let is_known = KNOWN.contains(&text) && (text != "rules" || self.catalog.version >= 16);
            if !is_known {
                return self.report(errors::unknown_option(
                    "collation",
                    text,
                    option.span,
                    KNOWN,
                ));
            }
        }
        let provider = value("provider").unwrap_or_else(|| "libc".to_owned());
        let providers: &[&str] = match self.catalog.version {
            0..=16 => &["libc", "icu"],
            _ => &["libc", "icu", "builtin"],
        };
        if !providers.contains(&provider.as_str()) {
            let message = format!("no collation provider `{provider}` exists");
            return self.report(errors::refused(message, define.span));
        }
        let has_locale = value("locale").is_some();
        for required in ["lc_collate", "lc_ctype"] {
            if !has_locale && provider == "libc" && value(required).is_none() {
                return self.report(errors::option_missing("collation", required, name.span));
            }
        }
        if !has_locale && provider != "libc" {
            return self.report(errors::option_missing("collation", "locale", name.span));
        }
        let deterministic = value("deterministic")
            .is_none_or(|it| matches!(it.as_str(), "true" | "on" | "1" | "yes"));
        if !deterministic && provider != "icu" {
            let message = "only collations of ICU can be nondeterministic";
            return self.report(errors::refused(message, define.span));
        }
        self.make_collation(define, name, deterministic);
    }

    pub(super) fn copy_collation(
        &mut self,
        define: &Define,
        name: &QualifiedName,
        from: &QualifiedName,
    ) {
        let reference = ObjectReference::InSchema(ast::SchemaWord::Collation, from.clone());
        let Some(found) = self.object(&reference) else {
            return;
        };
        let deterministic = types::Objects::collation(&self.catalog, found.oid);
        let deterministic = deterministic.is_none_or(|it| it.deterministic);
        self.make_collation(define, name, deterministic);
    }

    fn make_collation(&mut self, define: &Define, name: &QualifiedName, deterministic: bool) {
        let Some(namespace) = self.schema_of_new(name) else {
            return;
        };
        let text = &name.name.name;
        let taken = self
            .catalog
            .collations
            .named(Some(namespace), text)
            .map(|it| it.object.oid);
        if let Some(taken) = taken {
            if !define.if_not_exists {
                let declared = self.declared(Address::new(Class::Collation, taken));
                self.report(object_errors::exists(
                    "collation",
                    text,
                    name.span,
                    declared,
                ));
            }
            return;
        }
        let oid = self.catalog.next_oid();
        self.catalog.collations.put(Made {
            object: types::Collation {
                oid,
                namespace,
                name: Name::Owned(text.to_string()),
                deterministic,
            },
            more: (),
            owner: Some(Catalog::OWNER),
            provenance: Some(Provenance::new(name.name.span)),
        });
        self.put_in_schema(Address::new(Class::Collation, oid), namespace);
    }

    pub(super) fn alter_collation(&mut self, alter: &ast::AlterCollation) {
        let reference = ObjectReference::InSchema(ast::SchemaWord::Collation, alter.name.clone());
        self.object(&reference);
    }

    pub(super) fn create_language(&mut self, create: &ast::CreateLanguage) {
        let name = &create.name;
        if create.handler.is_none() {
            // It is an extension, of whose name nothing may be there.
            let extension = ast::CreateExtension {
                if_not_exists: create.or_replace,
                name: name.clone(),
                schema: None,
                version: None,
                cascade: false,
            };
            return self.create_extension(&extension);
        }
        if let Search::Found(found) = self.search_global(GlobalWord::Language, name) {
            if !create.or_replace {
                let declared = self.declared(found);
                let noun = "language";
                self.report(object_errors::exists(noun, &name.name, name.span, declared));
            }
            return;
        }
        let handlers = create
            .handler
            .iter()
            .chain(&create.inline)
            .chain(&create.validator);
        for handler in handlers {
            if self.routine_of(handler, |_| true).is_none() {
                return self.missing_support(handler, &[], handler.span);
            }
        }
        let oid = self.catalog.next_oid();
        self.catalog.languages.put(Made {
            object: types::Language {
                oid,
                name: Name::Owned(name.name.to_string()),
                trusted: create.trusted,
            },
            more: (),
            owner: Some(Catalog::OWNER),
            provenance: Some(Provenance::new(name.span)),
        });
    }

    pub(super) fn create_access_method(&mut self, create: &ast::CreateAccessMethod) {
        let name = &create.name;
        if let Search::Found(found) = self.search_global(GlobalWord::AccessMethod, name) {
            let declared = self.declared(found);
            let noun = "access method";
            return self.report(object_errors::exists(noun, &name.name, name.span, declared));
        }
        let found = self.routine_of(&create.handler, |it| *it.inputs == [well_known::INTERNAL]);
        if found.is_none() {
            return self.missing_support(
                &create.handler,
                &[well_known::INTERNAL],
                create.handler.span,
            );
        }
        let kind = match create.index {
            false => types::AccessMethodKind::Table,
            true => types::AccessMethodKind::Index {
                can_order: true,
                can_unique: true,
                can_multi_column: true,
                can_exclude: true,
                can_include: true,
            },
        };
        let oid = self.catalog.next_oid();
        self.catalog.access_methods.put(Made {
            object: types::AccessMethod {
                oid,
                name: Name::Owned(name.name.to_string()),
                kind,
            },
            more: (),
            owner: None,
            provenance: Some(Provenance::new(name.span)),
        });
    }

    pub(super) fn create_conversion(&mut self, create: &ast::CreateConversion) {
        let Some(namespace) = self.schema_of_new(&create.name) else {
            return;
        };
        let found = self.routine_of(&create.function, |it| it.inputs.len() >= 5);
        if found.is_none() {
            return self.missing_support(&create.function, &[], create.function.span);
        }
        let name = &create.name.name;
        if let Some(taken) = self.plain_in(namespace, Class::Conversion, &name.name) {
            let declared = self.declared(Address::new(Class::Conversion, taken));
            let noun = "conversion";
            return self.report(object_errors::exists(noun, &name.name, name.span, declared));
        }
        let oid = self.make_plain(Class::Conversion, name, Some(namespace));
        self.put_in_schema(Address::new(Class::Conversion, oid), namespace);
    }
}
