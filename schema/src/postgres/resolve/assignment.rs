//! Values for columns (`transformAssignedExpr`).

use super::resolver::{Resolver, is_unknown};
use super::suggest;
use crate::errors::postgres::changes as errors;
use crate::postgres::ast::{self, AssignmentTarget, ExprKind, Indirection};
use crate::postgres::catalog::{Column, Relation};
use crate::postgres::tree::{self, CoercionForm, Expr, FieldStore};
use crate::postgres::types::{CastContext, Objects as _, ValueType};
use crate::text::Span;
use std::sync::Arc;

impl<'a> Resolver<'a> {
    /// The column that is written to; nothing if a mistake was reported.
    pub(super) fn target_column<'r>(
        &mut self,
        relation: &'r Relation,
        target: &AssignmentTarget,
    ) -> Option<&'r Column> {
        let name = &target.column;
        if let Some(column) = relation.column(&name.name) {
            return Some(column);
        }
        if relation.incomplete {
            return None;
        }
        if super::names::system_column(&name.name).is_some()
            && Resolver::has_system_columns(&relation.kind)
        {
            self.report(errors::system_column(name));
            return None;
        }
        let mut mistake = suggest::unknown_target(self, relation, name);
        // `SET t.a = 1`: columns that are written to take no qualifier.
        if let Some(Indirection::Field(field)) = target.indirection.first()
            && self.is_item(&name.name)
            && relation.column(&field.name).is_some()
        {
            mistake = mistake.with_help(format!("write `{}` without the table", field.name));
        }
        self.report(mistake);
        None
    }

    /// A value for a column, or for a part of it.
    pub(super) fn value_for(
        &mut self,
        value: Expr,
        relation: &Relation,
        column: &Column,
        target: Option<&'a AssignmentTarget>,
        written: Option<&'a ast::Expr>,
        span: Span,
    ) -> Expr {
        let steps = target.map_or(&[][..], |it| &it.indirection);
        if written.is_some_and(|it| matches!(it.kind, ExprKind::Default)) {
            if let Some(target) = target
                && !steps.is_empty()
            {
                return self.mistake(errors::default_for_part(target.span));
            }
            return Expr::Default(column.typed);
        }
        if steps.is_empty() {
            let value = self.assigned_or_mistake(value, column.typed, Some(&column.name), span);
            self.check_constant(&value, column, span);
            return value;
        }
        let before = self.column_before(relation, column);
        self.stored(before, column.typed, steps, value, &column.name, span)
    }

    /// The value that a column has before it is changed in part; NULL in INSERT.
    fn column_before(&self, _relation: &Relation, column: &Column) -> Expr {
        let level = self.level();
        let entry = level.target.filter(|_| level.is_update);
        match entry {
            Some(entry) => Expr::Column(tree::Column::new(entry, column.number, column.typed)),
            None => Expr::Constant(tree::Constant {
                typed: column.typed,
                value: None,
            }),
        }
    }

    /// A value with a part of it replaced (`transformAssignmentIndirection`).
    fn stored(
        &mut self,
        container: Expr,
        typed: ValueType,
        steps: &'a [Indirection],
        value: Expr,
        name: &Arc<str>,
        span: Span,
    ) -> Expr {
        let Some(first) = steps.first() else {
            return self.assigned_or_mistake(value, typed, Some(name), span);
        };
        match first {
            Indirection::Star(_) => Expr::Unknown,
            Indirection::Field(field) => {
                let base = self.base_of(typed);
                let Some(relation) = self.row_relation(base.oid) else {
                    let type_name = self.type_name(typed.oid);
                    return self.mistake(errors::no_fields(field, &type_name));
                };
                let columns = self.catalog.attributes(relation);
                let Some(found) = columns.into_iter().find(|it| *it.name == *field.name) else {
                    let type_name = self.type_name(typed.oid);
                    return self.mistake(errors::no_field(field, &type_name));
                };
                let part = Expr::CaseTest(found.value);
                let rest = steps.get(1..).unwrap_or_default();
                let stored = self.stored(part, found.value, rest, value, name, span);
                let store = Expr::FieldStore(Box::new(FieldStore {
                    row: container,
                    fields: vec![(found.number, stored)],
                    row_type: base.oid,
                }));
                self.in_domain(store, base, typed.oid, CoercionForm::Implicit, false, span)
            }
            Indirection::Subscript(_) | Indirection::Slice { .. } => {
                let count = steps
                    .iter()
                    .take_while(|it| {
                        matches!(it, Indirection::Subscript(_) | Indirection::Slice { .. })
                    })
                    .count();
                let (taken, rest) = steps.split_at(count);
                if rest.is_empty() {
                    return self.subscripted(container, taken, Some((value, span)), span);
                }
                // A field of an element: the element is a row of its own.
                let whole = self.subscripted(container.clone(), taken, None, span);
                let element = whole.value_type();
                if is_unknown(&whole) {
                    return Expr::Unknown;
                }
                let part = Expr::CaseTest(element);
                let stored = self.stored(part, element, rest, value, name, span);
                self.subscripted(container, taken, Some((stored, span)), span)
            }
        }
    }

    /// A value as a column stores it; `column` is told where it does not fit.
    pub(super) fn assigned_or_mistake(
        &mut self,
        value: Expr,
        typed: ValueType,
        column: Option<&Arc<str>>,
        span: Span,
    ) -> Expr {
        if is_unknown(&value) {
            return Expr::Unknown;
        }
        let source = value.value_type().oid;
        let form = CoercionForm::Implicit;
        match self.coerced(value, typed, CastContext::Assignment, form, span) {
            Some(value) => value,
            None => {
                let castable = self.can_coerce(source, typed.oid, CastContext::Explicit);
                let (source, target) = (self.type_name(source), self.type_name(typed.oid));
                let explicit = castable.then_some(&*target);
                let column = column.map(|it| &**it);
                self.mistake(errors::wrong_type(span, column, &source, &target, explicit))
            }
        }
    }
}
