//! Conversions (`parse_coerce.c`).

use super::doors::Path;
use super::resolver::{Resolver, is_unknown, is_untyped};
use crate::errors::postgres::expressions as errors;
use crate::postgres::tree::{
    ArrayCoercion, CoercionForm, Collate, Constant, Conversion, Expr, FunctionCall, Value,
};
use crate::postgres::types::{CastContext, Objects as _, Oid, Typmod, ValueType, well_known};
use crate::text::Span;

impl<'a> Resolver<'a> {
    /// A value of another type (`coerce_to_target_type`); nothing if there is no such conversion.
    pub(super) fn coerced(
        &mut self,
        value: Expr,
        target: ValueType,
        context: CastContext,
        form: CoercionForm,
        span: Span,
    ) -> Option<Expr> {
        if is_unknown(&value) || target == crate::postgres::tree::UNKNOWN {
            return Some(Expr::Unknown);
        }
        let source = value.value_type().oid;
        if !self.can_coerce(source, target.oid, context) {
            return None;
        }
        // COLLATE goes outside of what converts its operand.
        if let Expr::Collate(collate) = value {
            let Collate { operand, collation } = *collate;
            let operand = self.coerced(operand, target, context, form, span)?;
            return Some(match self.is_collatable(target.oid) {
                true => Expr::Collate(Box::new(Collate { operand, collation })),
                false => operand,
            });
        }
        let before = value.clone();
        let converted = self.coerced_type(value, target, context, form, span)?;
        let hide = converted != before && !matches!(converted, Expr::Constant(_));
        Some(self.coerced_modifier(converted, target, context, form, hide, span))
    }

    /// A value of another type, converted without being asked (`coerce_type` with an implicit cast).
    pub(super) fn coerced_or_mistake(
        &mut self,
        value: Expr,
        target: ValueType,
        span: Span,
    ) -> Expr {
        if is_unknown(&value) {
            return Expr::Unknown;
        }
        let source = value.value_type().oid;
        if source == target.oid {
            return value;
        }
        let target_type = ValueType {
            typmod: target.typmod,
            ..target
        };
        let implicit = CastContext::Implicit;
        match self.coerced(value, target_type, implicit, CoercionForm::Implicit, span) {
            Some(value) => value,
            None => {
                let (source, target) = (self.type_name(source), self.type_name(target.oid));
                self.mistake(errors::no_conversion(span, &source, &target))
            }
        }
    }

    /// Arguments as they are declared (`make_fn_arguments`); says whether all could be converted.
    pub(super) fn convert_arguments(
        &mut self,
        arguments: &mut [Expr],
        declared: &[Oid],
        spans: &[Span],
    ) -> bool {
        let mut good = true;
        for (position, argument) in arguments.iter_mut().enumerate() {
            let (Some(declared), Some(span)) = (declared.get(position), spans.get(position)) else {
                continue;
            };
            let value = match argument {
                Expr::Named(named) => &mut named.argument,
                argument => argument,
            };
            if value.value_type().oid == *declared {
                continue;
            }
            let owned = std::mem::replace(value, Expr::Unknown);
            *value = self.coerced_or_mistake(owned, ValueType::plain(*declared), *span);
            good &= !is_unknown(value);
        }
        good
    }

    /// A condition, which must be boolean (`coerce_to_boolean`).
    pub(super) fn boolean_value(&mut self, value: Expr, construct: &str, span: Span) -> Expr {
        let wanted = ValueType::plain(well_known::BOOL);
        self.value_of_type(value, wanted, construct, span)
    }

    /// What a clause demands the type of (`coerce_to_specific_type`).
    pub(super) fn value_of_type(
        &mut self,
        value: Expr,
        wanted: ValueType,
        construct: &str,
        span: Span,
    ) -> Expr {
        if is_unknown(&value) {
            return Expr::Unknown;
        }
        let source = value.value_type().oid;
        if source == wanted.oid {
            return value;
        }
        let assignment = CastContext::Assignment;
        match self.coerced(value, wanted, assignment, CoercionForm::Implicit, span) {
            Some(value) => value,
            None => {
                let (source, target) = (self.type_name(source), self.type_name(wanted.oid));
                self.mistake(errors::must_be(span, construct, &target, &source))
            }
        }
    }

    /// `coerce_type`.
    fn coerced_type(
        &mut self,
        value: Expr,
        target: ValueType,
        context: CastContext,
        form: CoercionForm,
        span: Span,
    ) -> Option<Expr> {
        let source = value.value_type().oid;
        if source == target.oid {
            return Some(value);
        }
        match target.oid {
            well_known::ANY
            | well_known::ANYELEMENT
            | well_known::ANYNONARRAY
            | well_known::ANYCOMPATIBLE
            | well_known::ANYCOMPATIBLENONARRAY => return Some(value),
            well_known::ANYARRAY
            | well_known::ANYENUM
            | well_known::ANYRANGE
            | well_known::ANYMULTIRANGE
            | well_known::ANYCOMPATIBLEARRAY
            | well_known::ANYCOMPATIBLERANGE
            | well_known::ANYCOMPATIBLEMULTIRANGE
                if source != well_known::UNKNOWN =>
            {
                let base = self.base_of(value.value_type());
                return Some(match base.oid == source {
                    true => value,
                    false => relabel(value, base.oid, Typmod::NONE, form),
                });
            }
            _ => {}
        }
        if is_untyped(&value)
            && let Expr::Constant(constant) = value
        {
            return Some(self.literal(constant, target, form, span));
        }
        let base = self.base_of(ValueType::plain(target.oid));
        let converted = match self.pathway(source, target.oid, context) {
            Some(Path::Relabel) => {
                let domain = self.in_domain(value.clone(), base, target.oid, form, false, span);
                match domain == value {
                    true => relabel(value, target.oid, Typmod::NONE, form),
                    false => domain,
                }
            }
            Some(path) => {
                let converted = self.built(value, &path, base, context, form, span);
                match target.oid == base.oid {
                    true => converted,
                    false => self.in_domain(converted, base, target.oid, form, true, span),
                }
            }
            None => self.coerced_row(value, source, target.oid, context, form, span)?,
        };
        Some(converted)
    }

    /// Rows: of a child as its parent's, any as `record`, ROW(…) as a composite type.
    fn coerced_row(
        &mut self,
        value: Expr,
        source: Oid,
        target: Oid,
        context: CastContext,
        form: CoercionForm,
        span: Span,
    ) -> Option<Expr> {
        let is_row = |this: &Self, oid| this.is_row_type(oid);
        if target == well_known::RECORD && is_row(self, source) {
            return Some(value);
        }
        if target == well_known::RECORD_ARRAY {
            return Some(value);
        }
        if source == well_known::RECORD && is_row(self, target) {
            return self.record_as(value, target, context, form, span);
        }
        let (from, to) = (self.row_relation(source)?, self.row_relation(target)?);
        let inherits = self.catalog.inherits(from, to);
        inherits.then(|| {
            Expr::ConvertRow(Box::new(Conversion {
                operand: value,
                typed: ValueType::plain(target),
                form,
            }))
        })
    }

    /// ROW(…) as a composite type (`coerce_record_to_complex`).
    fn record_as(
        &mut self,
        value: Expr,
        target: Oid,
        context: CastContext,
        form: CoercionForm,
        span: Span,
    ) -> Option<Expr> {
        let Expr::Row(mut row) = value else {
            return match value {
                // A whole row of a subquery: its columns are not looked into here.
                Expr::Column(_) | Expr::Parameter(_) => Some(Expr::Unknown),
                _ => None,
            };
        };
        let base = self.base_of(ValueType::plain(target)).oid;
        let relation = self.row_relation(base)?;
        let columns = self.catalog.attributes(relation);
        if row.fields.len() != columns.len() {
            return None;
        }
        let fields = std::mem::take(&mut row.fields).into_iter().zip(columns);
        for (field, column) in fields {
            let field = self.coerced(field, column.value, context, CoercionForm::Implicit, span)?;
            row.fields.push(field);
        }
        row.row_type = base;
        row.form = form;
        let row = Expr::Row(row);
        Some(match base == target {
            true => row,
            false => self.in_domain(row, ValueType::plain(base), target, form, false, span),
        })
    }

    /// A string as a value of a type: the type's input function is asked.
    fn literal(
        &mut self,
        constant: Constant,
        target: ValueType,
        form: CoercionForm,
        span: Span,
    ) -> Expr {
        let base = self.base_of(ValueType::plain(target.oid));
        // Only intervals look at the modifier when they are read.
        let modifier = match base.oid {
            well_known::INTERVAL => target.typmod,
            _ => Typmod::NONE,
        };
        let read_as = ValueType {
            oid: base.oid,
            typmod: modifier,
            collation: self.collation_of_type(base.oid),
        };
        let value = match &constant.value {
            None => None,
            Some(Value::Text(text)) => match self.input(read_as, text, span) {
                Some(value) => Some(value),
                None => return Expr::Unknown,
            },
            Some(other) => Some(other.clone()),
        };
        let typed = match modifier == target.typmod {
            true => read_as,
            false => ValueType {
                typmod: modifier,
                ..read_as
            },
        };
        let literal = Expr::Constant(Constant { typed, value });
        match base.oid == target.oid {
            true => literal,
            false => self.in_domain(literal, base, target.oid, form, false, span),
        }
    }

    /// `coerce_to_domain`.
    pub(super) fn in_domain(
        &mut self,
        value: Expr,
        base: ValueType,
        domain: Oid,
        form: CoercionForm,
        hide: bool,
        span: Span,
    ) -> Expr {
        if base.oid == domain {
            return value;
        }
        let value = match hide {
            true => hidden(value),
            false => value,
        };
        let base_value = self.coerced_modifier(
            value,
            base,
            CastContext::Implicit,
            CoercionForm::Implicit,
            false,
            span,
        );
        let collation = self.collation_of_type(domain);
        let operand_collation = base_value.value_type().collation;
        Expr::ToDomain(Box::new(Conversion {
            operand: base_value,
            typed: ValueType::plain(domain)
                .collated(collation.and(operand_collation.or(collation))),
            form,
        }))
    }

    /// `coerce_type_typmod`.
    fn coerced_modifier(
        &mut self,
        value: Expr,
        target: ValueType,
        context: CastContext,
        form: CoercionForm,
        hide: bool,
        span: Span,
    ) -> Expr {
        if is_unknown(&value) || target.typmod == value.value_type().typmod {
            return value;
        }
        let value = match hide {
            true => hidden(value),
            false => value,
        };
        let path = match target.typmod.is_some() {
            true => self.modifier_path(target.oid),
            false => None,
        };
        match path {
            Some(path) => self.built(value, &path, target, context, form, span),
            None => relabel_once(value, target, form),
        }
    }

    /// A conversion along a path (`build_coercion_expression`).
    fn built(
        &mut self,
        value: Expr,
        path: &Path,
        target: ValueType,
        context: CastContext,
        form: CoercionForm,
        span: Span,
    ) -> Expr {
        let collation = self.collation_of_type(target.oid);
        let own = value.value_type().collation;
        let typed = ValueType {
            collation: collation.map(|it| own.unwrap_or(it)),
            ..target
        };
        match path {
            Path::Relabel => relabel(value, target.oid, target.typmod, form),
            Path::Function(function) => {
                let count = self
                    .catalog
                    .function(*function)
                    .map_or(1, |it| it.inputs.len());
                let mut arguments = vec![value];
                if count >= 2 {
                    arguments.push(super::literal::integer_constant(target.typmod.0));
                }
                if count == 3 {
                    let explicit = context == CastContext::Explicit;
                    arguments.push(super::literal::boolean_constant(explicit));
                }
                Expr::Function(Box::new(FunctionCall {
                    function: *function,
                    arguments,
                    variadic: false,
                    returns_set: false,
                    form,
                    typed,
                }))
            }
            Path::Array => self.built_array(value, typed, context, form, span),
            Path::Io => Expr::Io(Box::new(Conversion {
                operand: value,
                // What is read has no modifier yet.
                typed: ValueType {
                    typmod: Typmod::NONE,
                    ..typed
                },
                form,
            })),
        }
    }

    fn built_array(
        &mut self,
        value: Expr,
        target: ValueType,
        context: CastContext,
        form: CoercionForm,
        span: Span,
    ) -> Expr {
        let source = self.base_of(value.value_type());
        let from = self.element_of(source.oid);
        let to = self.element_of(target.oid);
        let (Some(from), Some(to)) = (from, to) else {
            return Expr::Unknown;
        };
        let item = Expr::CaseTest(ValueType {
            oid: from,
            typmod: source.typmod,
            collation: source.collation,
        });
        let wanted = ValueType {
            oid: to,
            typmod: target.typmod,
            collation: target.collation,
        };
        let Some(element) = self.coerced(item, wanted, context, form, span) else {
            return Expr::Unknown;
        };
        let typmod = element.value_type().typmod;
        Expr::ArrayCoercion(Box::new(ArrayCoercion {
            operand: value,
            element,
            typed: ValueType { typmod, ..target },
            form,
        }))
    }

    /// The type of an expression that is made of others, with the collation that it gets from them.
    pub(super) fn collected(&self, typed: ValueType, operands: &[Expr]) -> ValueType {
        let default = self.collation_of_type(typed.oid);
        if default.is_none() {
            return typed.collated(None);
        }
        let explicit = operands.iter().find_map(|operand| match operand {
            Expr::Collate(collate) => Some(collate.collation),
            _ => None,
        });
        let of_operands = operands.iter().filter_map(|it| it.value_type().collation);
        // One that is not the default wins over it.
        let implicit = of_operands.reduce(|one, two| match one == well_known::DEFAULT_COLLATION {
            true => two,
            false => one,
        });
        typed.collated(explicit.or(implicit).or(default))
    }
}

/// The same value under another type (`makeRelabelType`).
fn relabel(value: Expr, oid: Oid, typmod: Typmod, form: CoercionForm) -> Expr {
    let collation = value.value_type().collation;
    Expr::Relabel(Box::new(Conversion {
        operand: value,
        typed: ValueType {
            oid,
            typmod,
            collation,
        },
        form,
    }))
}

/// The same value under another modifier: two such steps are one, and a constant takes it itself (`applyRelabelType`).
fn relabel_once(value: Expr, typed: ValueType, form: CoercionForm) -> Expr {
    let collation = value.value_type().collation;
    match value {
        Expr::Relabel(inner) => relabel(inner.operand, typed.oid, typed.typmod, form),
        Expr::Constant(constant) => Expr::Constant(Constant {
            typed: typed.collated(collation),
            value: constant.value,
        }),
        other => relabel(other, typed.oid, typed.typmod, form),
    }
}

/// A conversion that is not printed, as one around it is (`hide_coercion_node`).
fn hidden(value: Expr) -> Expr {
    let form = CoercionForm::Implicit;
    match value {
        Expr::Function(call) => Expr::Function(Box::new(FunctionCall { form, ..*call })),
        Expr::Relabel(it) => Expr::Relabel(Box::new(Conversion { form, ..*it })),
        Expr::Io(it) => Expr::Io(Box::new(Conversion { form, ..*it })),
        Expr::ConvertRow(it) => Expr::ConvertRow(Box::new(Conversion { form, ..*it })),
        Expr::ToDomain(it) => Expr::ToDomain(Box::new(Conversion { form, ..*it })),
        Expr::ArrayCoercion(it) => Expr::ArrayCoercion(Box::new(ArrayCoercion { form, ..*it })),
        Expr::Row(mut it) => {
            it.form = form;
            Expr::Row(it)
        }
        other => other,
    }
}
