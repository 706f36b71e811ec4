//! Arrays, casts and collations.

use super::resolver::{Resolver, is_unknown, is_untyped};
use crate::errors::postgres::expressions as errors;
use crate::postgres::ast::{self, ExprKind};
use crate::postgres::tree::{ArrayConstructor, CoercionForm, Collate, Expr};
use crate::postgres::types::{CastContext, ValueType, well_known};
use crate::text::Span;

impl<'a> Resolver<'a> {
    /// `ARRAY[…]` (`transformArrayExpr`). `wanted` is the array type of a cast around it.
    pub(super) fn array(
        &mut self,
        elements: &'a [ast::Expr],
        wanted: Option<ValueType>,
        span: Span,
    ) -> Expr {
        let element_wanted = wanted.and_then(|it| self.element_of(it.oid));
        let mut nested = false;
        let mut values = Vec::new();
        let mut spans = Vec::new();
        for element in elements {
            let value = match &element.kind {
                ExprKind::Array(inner) => {
                    nested = true;
                    self.array(inner, wanted, element.span)
                }
                _ => {
                    let value = self.expression(element);
                    // An array of arrays has more dimensions.
                    nested |= self.element_of(value.value_type().oid).is_some()
                        && value.value_type().oid != well_known::INT2VECTOR;
                    value
                }
            };
            values.push(value);
            spans.push(element.span);
        }
        if values.iter().any(is_unknown) {
            return Expr::Unknown;
        }
        let (array_type, element_type, explicit) = match (wanted, element_wanted) {
            (Some(array), Some(element)) => (array.oid, element, true),
            _ => {
                if values.is_empty() {
                    return self.mistake(errors::empty_array(span));
                }
                let Some(common) = self.common_type(&values, &spans, "ARRAY") else {
                    return Expr::Unknown;
                };
                if nested {
                    let Some(element) = self.element_of(common.oid) else {
                        let type_name = self.type_name(common.oid);
                        return self.mistake(errors::no_element_type(span, &type_name));
                    };
                    (common.oid, element, false)
                } else {
                    let Some(array) = self.array_of(common.oid) else {
                        let type_name = self.type_name(common.oid);
                        return self.mistake(errors::no_array_type(span, &type_name));
                    };
                    (array, common.oid, false)
                }
            }
        };
        let wanted = ValueType::plain(if nested { array_type } else { element_type });
        let modifier = wanted.typmod;
        let elements: Vec<Expr> = values
            .into_iter()
            .zip(&spans)
            .map(|(value, span)| {
                let typed = ValueType {
                    typmod: modifier,
                    ..wanted
                };
                match explicit {
                    true => self.cast_to(value, typed, CoercionForm::Explicit, *span),
                    false => self.coerced_or_mistake(value, typed, *span),
                }
            })
            .collect();
        let typed = self.collected(ValueType::plain(array_type), &elements);
        Expr::Array(Box::new(ArrayConstructor {
            elements,
            element_type,
            nested,
            typed,
        }))
    }

    /// A cast (`transformTypeCast`).
    pub(super) fn cast(
        &mut self,
        value: &'a ast::Expr,
        type_name: &'a ast::TypeName,
        _syntax: ast::CastSyntax,
        span: Span,
    ) -> Expr {
        let Some(typed) = self.type_named(type_name) else {
            // What is cast may hold mistakes of its own.
            let _ = self.expression(value);
            return Expr::Unknown;
        };
        let operand = match &value.kind {
            ExprKind::Array(elements) => {
                // ARRAY[] is of the type that it is cast to.
                let base = self.base_of(typed);
                match self.element_of(base.oid) {
                    Some(_) => self.array(elements, Some(base), value.span),
                    None => self.expression(value),
                }
            }
            _ => self.expression(value),
        };
        let place = match self.is_literal(&operand) {
            true => value.span,
            false => span,
        };
        self.cast_to(operand, typed, CoercionForm::Explicit, place)
    }

    fn is_literal(&self, operand: &Expr) -> bool {
        is_untyped(operand)
    }

    /// Converts as a cast that is written does.
    pub(super) fn cast_to(
        &mut self,
        value: Expr,
        typed: ValueType,
        form: CoercionForm,
        span: Span,
    ) -> Expr {
        if is_unknown(&value) {
            return Expr::Unknown;
        }
        let source = value.value_type().oid;
        match self.coerced(value, typed, CastContext::Explicit, form, span) {
            Some(value) => value,
            None => {
                let (source, target) = (self.type_name(source), self.type_name(typed.oid));
                self.mistake(errors::no_cast(span, &source, &target))
            }
        }
    }

    pub(super) fn collate(
        &mut self,
        value: &'a ast::Expr,
        collation: &'a ast::QualifiedName,
    ) -> Expr {
        let operand = self.expression(value);
        let found = self.collation_named(collation);
        let typed = operand.value_type();
        if is_unknown(&operand) {
            return Expr::Unknown;
        }
        if !self.is_collatable(typed.oid) && !is_untyped(&operand) {
            let type_name = self.type_name(typed.oid);
            return self.mistake(errors::no_collations(collation.span, &type_name));
        }
        match found {
            Some(collation) => Expr::Collate(Box::new(Collate { operand, collation })),
            None => Expr::Unknown,
        }
    }
}
