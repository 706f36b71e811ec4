//! What is asked of the type system, with the mistakes that its answers are.

use super::call::Arguments;
use super::relation::object_name;
use super::resolver::{Resolver, is_unknown};
use super::suggest;
use crate::errors::postgres::{
    expressions as errors, operators, relations as relation_errors, types as type_errors,
};
use crate::postgres::ast::{OperatorName, QualifiedName};
use crate::postgres::tree::{Expr, LabelPart, UNKNOWN, Value};
use crate::postgres::types::{
    self, Call, CallMistake, CastContext, FunctionKind, Input, Objects as _, Oid, OperatorMistake,
    ParameterMode, TypeKind, Typing, Typmod, ValueType, well_known,
};
use crate::text::Span;
use std::sync::Arc;

pub(super) use crate::postgres::types::Pathway as Path;

/// A call, as far as its function is looked for by it.
pub(super) struct CallSearch<'c> {
    pub(super) name: &'c QualifiedName,
    pub(super) arguments: &'c Arguments,
    /// Whether the last argument is written with VARIADIC.
    pub(super) variadic: bool,
    /// Whether it is CALL.
    pub(super) procedure: bool,
}

/// What a call means.
pub(super) struct Callee {
    /// The function; 0 for a conversion.
    pub(super) function: Oid,
    /// Which kind it is; none for a conversion in the form of a call.
    pub(super) kind: Option<FunctionKind>,
    /// The types of the arguments, in the order of the call.
    pub(super) declared: Vec<Oid>,
    pub(super) result: Oid,
    pub(super) returns_set: bool,
    /// The inputs that the arguments with names are for.
    pub(super) positions: Vec<usize>,
    /// The first argument that a VARIADIC parameter gathers.
    pub(super) gathered_from: Option<usize>,
    /// Whether they become an array; `VARIADIC "any"` takes them as they are.
    pub(super) gathers: bool,
}

/// The operators by which values of a type are sorted and told apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Orderings {
    pub(super) less: Oid,
    pub(super) equal: Oid,
    pub(super) greater: Oid,
    pub(super) hashable: bool,
}

/// The access methods that sort and hash.
const BTREE: Oid = Oid(403);
const HASH: Oid = Oid(405);

impl<'a> Resolver<'a> {
    pub(super) fn typing(&self) -> Typing<'a> {
        let catalog = self.catalog;
        Typing::new(catalog)
    }

    /// The name of a type as messages have it.
    pub(super) fn type_name(&self, oid: Oid) -> String {
        self.typing().name(oid)
    }

    pub(super) fn can_coerce(&self, source: Oid, target: Oid, context: CastContext) -> bool {
        self.typing().can_coerce(source, target, context)
    }

    pub(super) fn pathway(&self, source: Oid, target: Oid, context: CastContext) -> Option<Path> {
        self.typing().pathway(target, source, context)
    }

    pub(super) fn modifier_path(&self, target: Oid) -> Option<Path> {
        self.typing().modifier_pathway(target)
    }

    /// The type under a domain.
    pub(super) fn base_of(&self, typed: ValueType) -> ValueType {
        let (oid, typmod) = self.typing().base_type_and_typmod(typed.oid, typed.typmod);
        ValueType {
            oid,
            typmod,
            collation: typed.collation,
        }
    }

    /// The type of the elements of a true array.
    pub(super) fn element_of(&self, oid: Oid) -> Option<Oid> {
        self.typing().element_type(oid)
    }

    /// The type of arrays of a type.
    pub(super) fn array_of(&self, oid: Oid) -> Option<Oid> {
        self.typing().array_type(oid)
    }

    /// The relation of a composite type, also under a domain.
    pub(super) fn row_relation(&self, oid: Oid) -> Option<Oid> {
        self.typing().row_relation(self.typing().base_type(oid))
    }

    pub(super) fn is_row_type(&self, oid: Oid) -> bool {
        oid == well_known::RECORD || self.row_relation(oid).is_some()
    }

    pub(super) fn is_collatable(&self, oid: Oid) -> bool {
        self.typing().collation_of(oid).is_some()
    }

    pub(super) fn collation_of_type(&self, oid: Oid) -> Option<Oid> {
        self.typing().collation_of(oid)
    }

    /// The type that values are brought to, their modifier included; nothing if a mistake was reported or made before.
    pub(super) fn common_type(
        &mut self,
        values: &[Expr],
        spans: &[Span],
        construct: &str,
    ) -> Option<ValueType> {
        if values.iter().any(is_unknown) {
            return None;
        }
        let typed: Vec<ValueType> = values.iter().map(Expr::value_type).collect();
        let oids: Vec<Oid> = typed.iter().map(|it| it.oid).collect();
        match self.typing().common_type(&oids) {
            Ok(oid) => Some(ValueType {
                oid,
                typmod: self.typing().common_typmod(oid, &typed),
                collation: self.collation_of_type(oid),
            }),
            Err((one, two)) => {
                let base = |oid: &Oid| self.typing().base_type(*oid);
                let position = oids.iter().position(|oid| base(oid) == two);
                let span = position.and_then(|at| spans.get(at)).or(spans.first());
                let (one, two) = (self.type_name(one), self.type_name(two));
                if let Some(span) = span {
                    self.report(errors::types_do_not_match(*span, construct, &one, &two));
                }
                None
            }
        }
    }

    /// The type that values are brought to, if all of them can be.
    pub(super) fn common_type_or_nothing(&self, values: &[Expr]) -> Option<Oid> {
        let oids: Vec<Oid> = values.iter().map(|it| it.value_type().oid).collect();
        let common = self.typing().common_type(&oids).ok()?;
        let implicit = CastContext::Implicit;
        let all = oids
            .iter()
            .all(|oid| self.can_coerce(*oid, common, implicit));
        all.then_some(common)
    }

    /// The operator that a name means between operands of some types.
    pub(super) fn operator_named(
        &mut self,
        name: &OperatorName,
        left: Option<Oid>,
        right: Oid,
    ) -> Option<Oid> {
        if !self.is_of_this_database(name.catalog.as_ref()) {
            return None;
        }
        let schema = name.schema.as_ref().map(|it| &*it.name);
        if let Some(schema) = &name.schema
            && self.catalog.namespace_named(&schema.name).is_none()
        {
            self.report(relation_errors::unknown_schema(self.catalog, schema));
            return None;
        }
        match self.typing().find_operator(schema, &name.name, left, right) {
            Ok(found) => Some(found.oid),
            Err(mistake) => {
                if self.may_be_of_extension() {
                    return None;
                }
                let types = (left.map(|it| self.type_name(it)), self.type_name(right));
                let operation = operators::Operation {
                    name: &name.name,
                    left: types.0.as_deref(),
                    right: &types.1,
                    span: name.span,
                };
                let mistake = match mistake {
                    OperatorMistake::NotFound(others) => {
                        let extension = suggest::extension_of_operator(self, name, left, right);
                        operators::no_operator(operation, !others.is_empty(), extension)
                    }
                    OperatorMistake::Ambiguous(_) => operators::ambiguous_operator(operation),
                };
                self.report(mistake);
                None
            }
        }
    }

    /// Whether an extension is there of which nothing is known: what is missed may be one of its objects.
    pub(super) fn may_be_of_extension(&self) -> bool {
        self.catalog.is_partly_unknown()
    }

    /// The function that a call means; nothing if a mistake was reported.
    pub(super) fn callee(&mut self, search: &CallSearch<'_>, span: Span) -> Option<Callee> {
        if !self.is_of_this_database(search.name.catalog.as_ref()) {
            return None;
        }
        if let Some(schema) = &search.name.schema
            && self.catalog.namespace_named(&schema.name).is_none()
        {
            self.report(relation_errors::unknown_schema(self.catalog, schema));
            return None;
        }
        match self.found(search) {
            Ok(found) => Some(found),
            Err(mistake) => {
                if self.may_be_of_extension() {
                    return None;
                }
                let types = search.arguments.types();
                let signature = self.typing().names(&types);
                let mistake = match mistake {
                    CallMistake::NotFound(others) => {
                        suggest::unknown_function(self, search, &signature, &others, span)
                    }
                    CallMistake::Ambiguous(_) => {
                        errors::ambiguous_function(search.name, span, &signature)
                    }
                };
                self.report(mistake);
                None
            }
        }
    }

    /// The function that a call means, if there is one.
    pub(super) fn callee_or_nothing(&self, search: &CallSearch<'_>) -> Option<Callee> {
        self.found(search).ok()
    }

    fn found(&self, search: &CallSearch<'_>) -> Result<Callee, CallMistake> {
        let inputs = search.arguments.types();
        let names: Vec<&str> = search.arguments.names.iter().map(|it| &**it).collect();
        let is_literal = matches!(search.arguments.values.as_slice(), [Expr::Constant(_)]);
        let name = object_name(search.name);
        let call = Call {
            schema: name.schema,
            name: name.name,
            inputs: &inputs,
            names: &names,
            expand_variadic: !search.variadic,
            expand_defaults: true,
            include_outputs: search.procedure,
            is_literal,
        };
        let found = match self.typing().find_function(&call)? {
            types::Callee::Conversion(oid) => {
                return Ok(Callee {
                    function: Oid(0),
                    kind: None,
                    declared: vec![oid],
                    result: oid,
                    returns_set: false,
                    positions: Vec::new(),
                    gathered_from: None,
                    gathers: false,
                });
            }
            types::Callee::Function(found) => found,
        };
        let function = found.function;
        let plain = inputs.len().saturating_sub(names.len());
        let gathered_from =
            (found.gathered > 0).then(|| inputs.len().saturating_sub(found.gathered));
        Ok(Callee {
            function: function.oid,
            kind: Some(function.kind),
            declared: found.declared,
            result: function.result,
            returns_set: function.returns_set,
            positions: found.positions.into_iter().skip(plain).collect(),
            gathered_from,
            gathers: function.variadic.is_some_and(|it| it != well_known::ANY),
        })
    }

    /// What a string is as a value of a type; nothing if a mistake was reported.
    pub(super) fn input(
        &mut self,
        typed: ValueType,
        text: &str,
        span: Span,
    ) -> Option<crate::postgres::tree::Value> {
        match self.typing().input(typed, text, self.version) {
            Ok(Input::Value(value)) => match self.uncommitted_label(typed.oid, &value) {
                Some((enumeration, label)) => {
                    let of = self.type_name(enumeration);
                    let label = self.typing().label_text(enumeration, label);
                    self.report(type_errors::unsafe_label(&label, &of, span));
                    None
                }
                None => Some(value),
            },
            Ok(Input::Moment) if self.context().is_kept() => {
                self.report(errors::moment_kept(span, text, self.context()));
                None
            }
            Ok(Input::Moment | Input::Unsure(_)) => {
                Some(crate::postgres::tree::Value::Text(text.into()))
            }
            Err(_) if self.may_be_of_extension() && !typed.oid.is_builtin() => {
                Some(crate::postgres::tree::Value::Text(text.into()))
            }
            Err(mistake) => {
                let detail = mistake.detail.as_deref();
                let diagnostic = errors::invalid_literal(span, &mistake.message, detail);
                self.report(suggest::with_label(self, diagnostic, typed.oid, text));
                None
            }
        }
    }

    /// A label in a value that is of no use before the transaction ends, and its enum (`check_safe_enum_use`).
    fn uncommitted_label(&self, oid: Oid, value: &Value) -> Option<(Oid, Oid)> {
        let typing = self.typing();
        let base = typing.base_type(oid);
        let (enumeration, labels): (Oid, Vec<Oid>) = match value {
            Value::Text(_) | Value::Object(_) => return None,
            Value::Label(label) => (base, vec![*label]),
            Value::Labels(parts) => {
                let labels = parts.iter().filter_map(|part| match part {
                    LabelPart::Text(_) => None,
                    LabelPart::Label(label) => Some(*label),
                });
                let element = typing.base_type(typing.element_type(base)?);
                (element, labels.collect())
            }
        };
        let mut labels = labels.into_iter();
        labels
            .find(|label| self.catalog.is_uncommitted_label(enumeration, *label))
            .map(|label| (enumeration, label))
    }

    /// The types that the arguments of a call have to be of, and that of its result.
    pub(super) fn made_concrete(
        &mut self,
        actual: &[Oid],
        declared: &[Oid],
        result: Oid,
        span: Span,
    ) -> Option<(Vec<Oid>, Oid)> {
        match self.typing().polymorphic_types(actual, declared, result) {
            Ok(found) => Some(found),
            Err(mistake) => {
                let reason = suggest::polymorphic(self, &mistake);
                self.report(errors::not_consistent(span, &reason));
                None
            }
        }
    }

    /// The columns of the rows that a function gives that is declared to return `record`: its output parameters.
    pub(super) fn record_of(&self, function: Oid) -> Vec<(Arc<str>, ValueType)> {
        let Some(function) = self.catalog.function(function) else {
            return Vec::new();
        };
        let outputs = function.parameters.iter().filter(|parameter| {
            matches!(
                parameter.mode,
                ParameterMode::Out | ParameterMode::InOut | ParameterMode::Table
            )
        });
        outputs
            .enumerate()
            .map(|(position, parameter)| {
                let name = match parameter.name.is_empty() {
                    true => format!("column{}", position + 1).into(),
                    false => Arc::from(&*parameter.name),
                };
                let typed = ValueType {
                    collation: self.collation_of_type(parameter.value),
                    ..ValueType::plain(parameter.value)
                };
                (name, typed)
            })
            .collect()
    }

    /// The default operator class of a type for an access method (`GetDefaultOpClass`).
    fn default_family(&self, oid: Oid, method: Oid) -> Option<(Oid, Oid)> {
        let typing = self.typing();
        let oid = typing.base_type(oid);
        let classes = self.catalog.operator_classes(method);
        let classes = classes.into_iter().filter(|class| class.is_default);
        let mut compatible = None;
        for class in classes {
            if class.input == oid {
                return Some((class.family, class.input));
            }
            let preferred = typing.category(class.input).1;
            if typing.is_binary_coercible(oid, class.input) && (preferred || compatible.is_none()) {
                compatible = Some((class.family, class.input));
            }
        }
        compatible
    }

    /// The operators that sort values of a type (`get_sort_group_operators`).
    pub(super) fn orderings(&self, oid: Oid) -> Option<Orderings> {
        let base = self.typing().base_type(oid);
        // An array sorts by its elements, a row by its fields, a range by its bounds.
        let sorts = match self.element_of(base) {
            Some(element) => self.orderings(element).is_some(),
            None => match self.row_relation(base) {
                Some(relation) => {
                    let columns = self.catalog.attributes(relation);
                    columns
                        .iter()
                        .all(|it| it.value.oid != base && self.orderings(it.value.oid).is_some())
                }
                None => true,
            },
        };
        if !sorts {
            return None;
        }
        let (family, input) = self.default_family(base, BTREE)?;
        let members = self.catalog.family_members(family);
        let of = |strategy: i16| {
            let mut members = members.iter();
            members
                .find(|it| it.strategy == strategy && it.left == input && it.right == input)
                .map(|it| it.operator)
        };
        Some(Orderings {
            less: of(1)?,
            equal: of(3)?,
            greater: of(5)?,
            hashable: self.default_family(base, HASH).is_some(),
        })
    }

    /// The operator that tells values of a type apart that cannot be sorted.
    pub(super) fn equality(&self, oid: Oid) -> Option<Oid> {
        let base = self.typing().base_type(oid);
        if let Some(element) = self.element_of(base)
            && self.equality(element).is_none()
            && self.orderings(element).is_none()
        {
            return None;
        }
        let (family, input) = self.default_family(base, HASH)?;
        let members = self.catalog.family_members(family);
        let mut members = members.iter();
        members
            .find(|it| it.strategy == 1 && it.left == input && it.right == input)
            .map(|it| it.operator)
    }

    pub(super) fn is_hashable(&self, _equality: Oid, oid: Oid) -> bool {
        self.default_family(oid, HASH).is_some()
    }

    /// The families of btree that an operator is of, and its part there.
    fn strategies(&self, operator: Oid) -> Vec<(Oid, i16, Oid, Oid)> {
        let classes = self.catalog.operator_classes(BTREE);
        let mut families: Vec<Oid> = classes.iter().map(|class| class.family).collect();
        families.sort_unstable();
        families.dedup();
        let mut found = Vec::new();
        for family in families {
            for member in self.catalog.family_members(family) {
                if member.operator == operator {
                    found.push((family, member.strategy, member.left, member.right));
                }
            }
        }
        found
    }

    /// The equality operator that goes with an operator that sorts, and whether that sorts downwards.
    pub(super) fn equality_for_ordering(&self, operator: Oid) -> Option<(Oid, bool)> {
        let found = self.strategies(operator);
        let (family, strategy, left, right) = found
            .into_iter()
            .find(|(_, strategy, ..)| matches!(strategy, 1 | 5))?;
        let members = self.catalog.family_members(family);
        let mut members = members.iter();
        let equality =
            members.find(|it| it.strategy == 3 && it.left == left && it.right == right)?;
        Some((equality.operator, strategy == 5))
    }

    /// The part that all operators of a row comparison play in some families of btree; 6 for inequality.
    pub(super) fn row_strategy(&self, operators: &[Oid]) -> Option<(i16, Vec<Oid>)> {
        let interpretations: Vec<Vec<(Oid, i16)>> = operators
            .iter()
            .map(|operator| {
                let own = self.strategies(*operator);
                let mut own: Vec<(Oid, i16)> = own.into_iter().map(|it| (it.0, it.1)).collect();
                if own.is_empty() {
                    // The negation of an equality.
                    let negator = self.catalog.operator(*operator).and_then(|it| it.negator);
                    let of_negator = negator.map(|it| self.strategies(it)).unwrap_or_default();
                    let equalities = of_negator.into_iter().filter(|it| it.1 == 3);
                    own.extend(equalities.map(|it| (it.0, 6)));
                }
                own
            })
            .collect();
        for strategy in 1..=6 {
            let families: Option<Vec<Oid>> = interpretations
                .iter()
                .map(|it| it.iter().find(|(_, part)| *part == strategy).map(|it| it.0))
                .collect();
            if let Some(families) = families {
                return Some((strategy, families));
            }
        }
        None
    }

    /// A collation by its name; nothing if a mistake was reported.
    pub(super) fn collation_named(&mut self, name: &QualifiedName) -> Option<Oid> {
        if !self.is_of_this_database(name.catalog.as_ref()) {
            return None;
        }
        let wanted = object_name(name);
        let catalog = self.catalog;
        let found = match wanted.schema {
            Some(schema) => catalog
                .namespace_named(schema)
                .and_then(|it| types::Objects::collation_named(catalog, it, wanted.name)),
            None => catalog
                .search_path()
                .iter()
                .find_map(|it| types::Objects::collation_named(catalog, *it, wanted.name)),
        };
        if found.is_none() && !self.may_be_of_extension() {
            self.report(errors::unknown_collation(name));
        }
        found.map(|it| it.oid)
    }

    /// The handler of a sampling method.
    pub(super) fn sample_method(&mut self, name: &QualifiedName) -> Option<Oid> {
        let functions = self.catalog.functions_named(&name.name.name);
        let found = functions
            .into_iter()
            .find(|it| it.result == TSM_HANDLER && *it.inputs == [well_known::INTERNAL]);
        let found = found.map(|it| it.oid);
        if found.is_none() && !self.may_be_of_extension() {
            self.report(errors::unknown_sample_method(name));
        }
        found
    }

    /// Whether values of a type can be told apart by a domain's or enum's own rules; unknown types are not.
    pub(super) fn type_kind(&self, oid: Oid) -> Option<TypeKind> {
        self.catalog.type_by_oid(oid).map(|it| it.kind)
    }

    /// A type without a modifier, with the collation of its own.
    pub(super) fn plain_type(&self, oid: Oid) -> ValueType {
        match oid == UNKNOWN.oid {
            true => UNKNOWN,
            false => ValueType {
                oid,
                typmod: Typmod::NONE,
                collation: self.collation_of_type(oid),
            },
        }
    }
}

/// `tsm_handler`
const TSM_HANDLER: Oid = Oid(3310);
