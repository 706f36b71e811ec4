//! `*` (`ExpandColumnRefStar`).

use super::names::ItemPlace;
use super::resolver::{Resolver, is_unknown};
use super::suggest;
use crate::errors::postgres::queries as errors;
use crate::postgres::ast::{self, Ident, Indirection};
use crate::postgres::tree::{Expr, FieldSelect, ParameterKind};
use crate::postgres::types::{Objects as _, ValueType, well_known};
use crate::text::Span;
use std::sync::Arc;

/// The columns of a `*`.
pub(super) type Columns = Vec<(Arc<str>, Expr)>;

impl<'a> Resolver<'a> {
    /// The columns of `*` or `t.*`; nothing where a mistake keeps from knowing them.
    pub(super) fn star(&mut self, parts: &'a [Ident], span: Span) -> Option<Columns> {
        if parts.is_empty() {
            return self.all_columns(span);
        }
        if !self.is_item(&parts[parts.len() - 1].name)
            && let Some(value) = self.variable(parts, true)
        {
            return self.fields_of(value, span);
        }
        let place = self.starred_item(parts, span)?;
        self.columns_of(place)
    }

    fn all_columns(&mut self, span: Span) -> Option<Columns> {
        let level = self.level();
        let mut all = Vec::new();
        let mut any = false;
        let mut unknown = level.incomplete;
        for item in level.items.iter().filter(|item| item.columns_visible) {
            any = true;
            unknown |= item.unknown;
            let shown = item.columns.iter().filter(|column| !column.hidden);
            all.extend(shown.map(|column| (Arc::clone(&column.name), column.seen_from(0))));
        }
        if !any && !unknown {
            self.report(errors::star_without_tables(span));
            return None;
        }
        (!unknown).then_some(all)
    }

    fn columns_of(&mut self, place: ItemPlace) -> Option<Columns> {
        let item = self.item(place)?;
        if item.unknown {
            return None;
        }
        let columns = item.columns.iter();
        Some(
            columns
                .map(|column| (Arc::clone(&column.name), column.seen_from(place.levels_up)))
                .collect(),
        )
    }

    /// The columns of `(value).*`.
    pub(super) fn star_of_value(
        &mut self,
        value: &'a ast::Expr,
        steps: &'a [Indirection],
        span: Span,
    ) -> Columns {
        let before = steps.split_last().map_or(steps, |(_, before)| before);
        let value = match before.is_empty() {
            true => self.expression(value),
            false => self.indirection(value, before),
        };
        self.fields_of(value, span).unwrap_or_default()
    }

    /// The fields of a row value (`ExpandRowReference`).
    fn fields_of(&mut self, value: Expr, span: Span) -> Option<Columns> {
        if is_unknown(&value) {
            return None;
        }
        let typed = value.value_type();
        if let Expr::Column(whole) = &value
            && whole.number == 0
        {
            let levels_up = whole.levels_up;
            let items = self.outer(levels_up).map(|it| it.items.as_slice());
            let items = items.unwrap_or_default();
            if let Some(position) = items.iter().position(|it| it.entry == whole.entry) {
                return self.columns_of(ItemPlace {
                    levels_up,
                    position,
                });
            }
        }
        if let Expr::Parameter(parameter) = &value
            && let ParameterKind::External(number) = parameter.kind
            && let Some(columns) = self.variables.and_then(|it| it.columns_of_row(number))
        {
            let columns = columns.iter();
            let columns = columns.map(|column| (Arc::clone(&column.name), column.value()));
            return Some(columns.collect());
        }
        let fields: Vec<(Arc<str>, ValueType)> = match self.row_relation(typed.oid) {
            Some(relation) => self
                .catalog
                .attributes(relation)
                .into_iter()
                .map(|it| (Arc::from(&*it.name), it.value))
                .collect(),
            None => match &value {
                Expr::Function(call) if typed.oid == well_known::RECORD => {
                    self.record_of(call.function)
                }
                Expr::Row(row) => row
                    .names
                    .iter()
                    .cloned()
                    .zip(row.fields.iter().map(Expr::value_type))
                    .collect(),
                _ => Vec::new(),
            },
        };
        if fields.is_empty() {
            let type_name = self.type_name(typed.oid);
            let mistake = match typed.oid == well_known::RECORD {
                true => suggest::record_without_columns(span),
                false => errors::star_of_no_row(span, &type_name),
            };
            self.report(mistake);
            return None;
        }
        let row_type = self.row_relation(typed.oid);
        let columns = row_type.map(|relation| self.catalog.attributes(relation));
        let numbers: Vec<i16> = match columns {
            Some(columns) => columns.iter().map(|it| it.number).collect(),
            None => (0..fields.len()).map(super::relation::number_of).collect(),
        };
        let fields = fields.into_iter().zip(numbers);
        Some(
            fields
                .map(|((name, typed), number)| {
                    let field = Expr::FieldSelect(Box::new(FieldSelect {
                        row: value.clone(),
                        number,
                        typed,
                    }));
                    (name, field)
                })
                .collect(),
        )
    }
}
