//! Subscripts and fields (`transformIndirection`).

use super::resolver::{Resolver, is_unknown};
use super::suggest;
use crate::errors::postgres::expressions as errors;
use crate::postgres::ast::{self, Indirection};
use crate::postgres::tree::{Expr, Subscript, Subscripts};
use crate::postgres::types::{CastContext, Oid, ValueType, well_known};
use crate::text::Span;

impl<'a> Resolver<'a> {
    /// `value[1].field`.
    pub(super) fn indirection(&mut self, value: &'a ast::Expr, steps: &'a [Indirection]) -> Expr {
        let mut current = self.expression(value);
        let mut rest = steps;
        while let Some(first) = rest.first() {
            match first {
                Indirection::Field(name) => {
                    rest = rest.get(1..).unwrap_or_default();
                    if is_unknown(&current) {
                        continue;
                    }
                    current = match self.field_of(current, &name.name) {
                        Ok(field) => field,
                        Err(row) => self.call_of_value(row, name),
                    };
                }
                Indirection::Star(span) => {
                    return self.mistake(errors::star_here(*span));
                }
                Indirection::Subscript(_) | Indirection::Slice { .. } => {
                    let count = rest.iter().take_while(|it| is_subscript(it)).count();
                    let (taken, left) = rest.split_at(count);
                    rest = left;
                    current = self.subscripted(current, taken, None, value.span);
                }
            }
        }
        current
    }

    fn call_of_value(&mut self, row: Expr, name: &'a ast::Ident) -> Expr {
        let of = row.value_type().oid;
        match self.function_on_row(name, row) {
            Some(call) => call,
            None => self.mistake(suggest::no_field(self, name, of)),
        }
    }

    /// Elements or a slice (`transformContainerSubscripts`); `assigned` is the value that is stored there.
    pub(super) fn subscripted(
        &mut self,
        container: Expr,
        steps: &'a [Indirection],
        assigned: Option<(Expr, Span)>,
        span: Span,
    ) -> Expr {
        let mut subscripts = Vec::new();
        let is_slice = steps
            .iter()
            .any(|it| matches!(it, Indirection::Slice { .. }));
        let base = self.base_of(container.value_type());
        let is_json = base.oid == well_known::JSONB;
        for step in steps {
            match step {
                Indirection::Subscript(index) => {
                    let index = self.subscript(index, is_json);
                    subscripts.push(match is_slice {
                        true => Subscript::Slice(None, Some(index)),
                        false => Subscript::Index(index),
                    });
                }
                Indirection::Slice { lower, upper, span } => {
                    if is_json {
                        return self.mistake(errors::slice_of_json(*span));
                    }
                    let lower = lower.as_deref().map(|it| self.subscript(it, false));
                    let upper = upper.as_deref().map(|it| self.subscript(it, false));
                    subscripts.push(Subscript::Slice(lower, upper));
                }
                Indirection::Field(_) | Indirection::Star(_) => {}
            }
        }
        if is_unknown(&container) {
            return Expr::Unknown;
        }
        let Some(element) = self.subscript_element(base.oid) else {
            let type_name = self.type_name(container.value_type().oid);
            return self.mistake(errors::no_subscripts(span, &type_name));
        };
        let result = match is_slice || is_json {
            true => base.oid,
            false => element,
        };
        let assigned_value = match assigned {
            None => None,
            Some((value, place)) => {
                let wanted = ValueType {
                    oid: result,
                    ..base
                };
                Some(self.assigned_or_mistake(value, wanted, None, place))
            }
        };
        let stores = assigned_value.is_some();
        Expr::Subscripts(Box::new(Subscripts {
            container,
            container_type: base.oid,
            element_type: element,
            subscripts,
            assigned: assigned_value,
            typed: ValueType {
                oid: if stores { base.oid } else { result },
                ..base
            },
        }))
    }

    fn subscript(&mut self, index: &'a ast::Expr, is_json: bool) -> Expr {
        let value = self.expression(index);
        if is_unknown(&value) {
            return Expr::Unknown;
        }
        if is_json {
            let integer = ValueType::plain(well_known::INT4);
            let source = value.value_type().oid;
            let implicit = CastContext::Implicit;
            if source != well_known::UNKNOWN && self.can_coerce(source, integer.oid, implicit) {
                return self.coerced_or_mistake(value, integer, index.span);
            }
            let text = ValueType::plain(well_known::TEXT);
            return self.coerced_or_mistake(value, text, index.span);
        }
        let source = value.value_type().oid;
        let integer = ValueType::plain(well_known::INT4);
        let form = crate::postgres::tree::CoercionForm::Implicit;
        match self.coerced(value, integer, CastContext::Assignment, form, index.span) {
            Some(value) => value,
            None => {
                let type_name = self.type_name(source);
                self.mistake(errors::subscript_type(index.span, &type_name))
            }
        }
    }

    fn subscript_element(&self, oid: Oid) -> Option<Oid> {
        if oid == well_known::JSONB {
            return Some(well_known::JSONB);
        }
        use crate::postgres::types::Objects as _;
        let found = self.catalog.type_by_oid(oid)?;
        found.element
    }
}

fn is_subscript(step: &Indirection) -> bool {
    matches!(step, Indirection::Subscript(_) | Indirection::Slice { .. })
}
