//! INSERT (`transformInsertStmt`).

use super::context::Context;
use super::resolver::Resolver;
use super::scope::Level;
use crate::errors::postgres::changes as errors;
use crate::postgres::ast::{self, ExprKind, InsertSource, QueryBody};
use crate::postgres::catalog::{Column, Generated, Identity, Relation};
use crate::postgres::tree::{
    Alias, Command, Expr, FromItem, Overriding, Query, RangeEntry, RangeKind, Target,
};
use crate::text::Span;
use std::sync::Arc;

/// A column that is given values: its place in the list, if there is one.
struct Slot<'a, 'r> {
    column: &'r Column,
    target: Option<&'a ast::AssignmentTarget>,
}

impl<'a> Resolver<'a> {
    /// INSERT; says whether a mistake keeps from knowing all columns of RETURNING.
    pub(super) fn insert(&mut self, insert: &'a ast::Insert) -> (Query, bool) {
        let tables = match &insert.with {
            Some(with) => self.with(with),
            None => Vec::new(),
        };
        let Some(relation) = self.target_relation(&insert.table, Command::Insert) else {
            self.level_mut().incomplete = true;
            self.insert_into_nothing(insert);
            return (Query::default(), true);
        };
        let alias = Resolver::target_alias(insert.alias.as_ref());
        let item = self.relation_item(relation, alias, true, insert.table.span, false);
        let entry = item.entry;
        self.level_mut().target = Some(entry);
        let slots = self.slots(relation, &insert.columns);
        let known = slots.is_some();
        let slots = slots.unwrap_or_default();
        let overriding = insert.overriding.map(|it| match it {
            ast::Overriding::UserValue => Overriding::User,
            ast::Overriding::SystemValue => Overriding::System,
        });
        let mut query = Query {
            command: Command::Insert,
            result: Some(entry),
            overriding,
            ..Query::default()
        };
        match &insert.source {
            InsertSource::DefaultValues => {
                let (span, conflict) = (insert.table.span, insert.on_conflict.is_some());
                self.check_rows(relation, &[Vec::new()], span, conflict);
            }
            InsertSource::Query(source) => {
                self.insert_source(insert, source, relation, &slots, known, &mut query);
            }
        }
        let written: Vec<(i16, Span)> = slots
            .iter()
            .filter_map(|slot| slot.target.map(|it| (slot.column.number, it.span)))
            .collect();
        self.check_view(relation, Command::Insert, &written, insert.table.span);
        self.level_mut().items.push(item.clone());
        if let Some(conflict) = &insert.on_conflict {
            query.on_conflict = self.on_conflict(conflict, relation, &item);
        }
        let mut incomplete = relation.incomplete;
        if !insert.returning.is_empty() {
            let returning = self.targets(&insert.returning, Context::Returning);
            incomplete |= returning.incomplete;
            query.returning = returning.targets;
            self.settle_unknowns(&mut query.returning, insert.span);
        }
        query.recursive = insert.with.as_ref().is_some_and(|with| with.recursive);
        query.common_tables = self.finished_with(tables);
        query.has_modifying_common_table = self.level().has_modifying_common_table;
        query.range_table = std::mem::take(&mut self.level_mut().range_table);
        (query, incomplete)
    }

    /// What can be judged of an INSERT into something unknown: its query.
    fn insert_into_nothing(&mut self, insert: &'a ast::Insert) {
        if let InsertSource::Query(source) = &insert.source
            && !matches!(source.body, QueryBody::Values(_))
        {
            self.enter(Level::default());
            let _ = self.query_in_level(source);
            self.leave();
        }
    }

    /// The columns that are given values (`checkInsertTargets`).
    fn slots<'r>(
        &mut self,
        relation: &'r Relation,
        listed: &'a [ast::AssignmentTarget],
    ) -> Option<Vec<Slot<'a, 'r>>> {
        if listed.is_empty() {
            let columns = relation.live_columns();
            let slots = columns.map(|column| Slot {
                column,
                target: None,
            });
            return (!relation.incomplete).then(|| slots.collect());
        }
        let mut slots: Vec<Slot<'a, 'r>> = Vec::new();
        let mut known = true;
        for target in listed {
            let Some(column) = self.target_column(relation, target) else {
                known = false;
                continue;
            };
            let earlier = slots.iter().find(|it| it.column.number == column.number);
            if let Some(earlier) = earlier {
                // Parts of one column may be given one by one.
                let parts = !target.indirection.is_empty()
                    && earlier.target.is_some_and(|it| !it.indirection.is_empty());
                if !parts {
                    let first = earlier.target.map_or(target.span, |it| it.span);
                    self.report(errors::column_twice(&target.column, first));
                    known = false;
                    continue;
                }
            }
            slots.push(Slot {
                column,
                target: Some(target),
            });
        }
        known.then_some(slots)
    }

    fn insert_source(
        &mut self,
        insert: &'a ast::Insert,
        source: &'a ast::Query,
        relation: &Relation,
        slots: &[Slot<'a, '_>],
        known: bool,
        query: &mut Query,
    ) {
        match &source.body {
            QueryBody::Values(rows) if source.is_bare() => match rows.as_slice() {
                [row] => {
                    let values = self.values_row(row, Context::ValuesRow);
                    if !self.fits(insert, row.len(), values.len(), slots, known, row_span(row)) {
                        return;
                    }
                    self.check_generated(slots, insert, &[row]);
                    for ((value, written), slot) in values.into_iter().zip(row).zip(slots) {
                        let value = self.value_for(
                            value,
                            relation,
                            slot.column,
                            slot.target,
                            Some(written),
                            written.span,
                        );
                        query.targets.push(target(value, slot.column));
                    }
                    let places = row.iter().map(|it| it.span);
                    let given = query.targets.iter().zip(places);
                    let given: Vec<_> = given
                        .map(|(target, span)| (target.number, &target.expression, span))
                        .collect();
                    let conflict = insert.on_conflict.is_some();
                    self.check_rows(relation, &[given], list_span(insert), conflict);
                }
                rows => self.insert_rows(insert, rows, relation, slots, known, query),
            },
            _ => self.insert_query(insert, source, relation, slots, known, query),
        }
    }

    /// The values of a row; DEFAULT stands for itself.
    fn values_row(&mut self, row: &'a [ast::Expr], context: Context) -> Vec<Expr> {
        let mut values = Vec::with_capacity(row.len());
        for value in row {
            match &value.kind {
                ExprKind::Default => {
                    values.push(Expr::Default(crate::postgres::tree::UNKNOWN));
                }
                _ => {
                    let list = std::slice::from_ref(value);
                    let mut found = self.within(context, |it| it.expression_list(list));
                    values.append(&mut found);
                }
            }
        }
        values
    }

    /// Whether there are as many values as columns (`transformInsertRow`).
    fn fits(
        &mut self,
        insert: &'a ast::Insert,
        _written: usize,
        count: usize,
        slots: &[Slot<'a, '_>],
        known: bool,
        span: Span,
    ) -> bool {
        if !known {
            return false;
        }
        if count > slots.len() {
            self.report(errors::too_many_values(
                span,
                &insert.table,
                count,
                slots.len(),
            ));
            return false;
        }
        if !insert.columns.is_empty() && count < slots.len() {
            let missing = slots.get(count).and_then(|it| it.target);
            let place = missing.map_or(span, |it| it.span);
            self.report(errors::too_few_values(place, span, count, slots.len()));
            return false;
        }
        true
    }

    fn insert_rows(
        &mut self,
        insert: &'a ast::Insert,
        rows: &'a [Vec<ast::Expr>],
        relation: &Relation,
        slots: &[Slot<'a, '_>],
        known: bool,
        query: &mut Query,
    ) {
        let mut resolved: Vec<Vec<Expr>> = Vec::new();
        let width = rows.first().map_or(0, Vec::len);
        let mut good = true;
        for row in rows {
            let values = self.values_row(row, Context::Values);
            if row.len() != width {
                let mistake = crate::errors::postgres::queries::values_of_two_widths(
                    row_span(row),
                    width,
                    row.len(),
                );
                self.report(mistake);
                return;
            }
            if good {
                good = self.fits(insert, row.len(), values.len(), slots, known, row_span(row));
            }
            if !good {
                continue;
            }
            let mut converted = Vec::new();
            for ((value, written), slot) in values.into_iter().zip(row).zip(slots) {
                converted.push(self.value_for(
                    value,
                    relation,
                    slot.column,
                    slot.target,
                    Some(written),
                    written.span,
                ));
            }
            resolved.push(converted);
        }
        if !good {
            return;
        }
        let written = resolved.iter().zip(rows).map(|(values, row)| {
            let numbers = slots.iter().map(|slot| slot.column.number);
            let given = numbers.zip(values).zip(row);
            given
                .map(|((number, value), written)| (number, value, written.span))
                .collect()
        });
        let written: Vec<Vec<_>> = written.collect();
        let conflict = insert.on_conflict.is_some();
        self.check_rows(relation, &written, list_span(insert), conflict);
        let rows: Vec<&Vec<ast::Expr>> = rows.iter().collect();
        self.check_generated(slots, insert, &rows);
        let count = resolved.first().map_or(0, Vec::len);
        let columns: Vec<_> = slots.iter().take(count).map(|it| it.column.typed).collect();
        let names = Resolver::plain_columns(&columns);
        let kind = RangeKind::Values {
            rows: resolved,
            columns,
        };
        let name = Arc::from("*VALUES*");
        let item = self.derived_item(kind, &name, None, names, false, false, insert.span);
        query.from = vec![FromItem::Entry(item.entry)];
        for (column, slot) in item.columns.iter().zip(slots) {
            query.targets.push(target(column.seen_from(0), slot.column));
        }
    }

    fn insert_query(
        &mut self,
        insert: &'a ast::Insert,
        source: &'a ast::Query,
        relation: &Relation,
        slots: &[Slot<'a, '_>],
        known: bool,
        query: &mut Query,
    ) {
        let planned = self.level().planned;
        self.enter(Level {
            leaves_unknowns: true,
            planned,
            ..Level::default()
        });
        let (resolved, incomplete) = self.query_in_level(source);
        self.leave();
        let shown: Vec<&Target> = resolved.targets.iter().filter(|it| !it.junk).collect();
        let spans = select_places(source);
        let first = spans.first().copied().unwrap_or(source.span);
        if incomplete || !self.fits(insert, shown.len(), shown.len(), slots, known, first) {
            return;
        }
        let entry = self.level().range_table.len();
        let mut values = Vec::new();
        for (position, shown) in shown.iter().enumerate() {
            // A literal is read as the column wants it.
            let value = match &shown.expression {
                Expr::Constant(_) if super::resolver::is_untyped(&shown.expression) => {
                    shown.expression.clone()
                }
                Expr::Unknown => Expr::Unknown,
                other => Expr::Column(crate::postgres::tree::Column::new(
                    entry,
                    super::relation::number_of(position),
                    other.value_type(),
                )),
            };
            values.push(value);
        }
        self.check_generated_query(slots, insert, values.len());
        for (position, (value, slot)) in values.into_iter().zip(slots).enumerate() {
            let place = spans.get(position).copied().unwrap_or(first);
            let value = self.value_for(value, relation, slot.column, slot.target, None, place);
            query.targets.push(target(value, slot.column));
        }
        let names = shown.iter().map(|it| it.name.clone().unwrap_or_default());
        let reference = Alias {
            name: "*SELECT*".into(),
            columns: names.collect(),
        };
        let entry = self.add_entry(RangeEntry {
            kind: RangeKind::Subquery {
                query: Box::new(resolved),
                security_barrier: false,
            },
            alias: Some(Alias {
                columns: Vec::new(),
                ..reference.clone()
            }),
            reference,
            lateral: false,
            in_from: false,
        });
        query.from = vec![FromItem::Entry(entry)];
    }

    /// Columns that the engine computes take no values (`rewriteTargetListIU`).
    fn check_generated(
        &mut self,
        slots: &[Slot<'a, '_>],
        insert: &'a ast::Insert,
        rows: &[&Vec<ast::Expr>],
    ) {
        for (position, slot) in slots.iter().enumerate() {
            if !refuses(slot.column, insert.overriding) {
                continue;
            }
            let value = rows.iter().find_map(|row| {
                let value = row.get(position)?;
                (!matches!(value.kind, ExprKind::Default)).then_some(value.span)
            });
            if let Some(span) = value {
                self.report_generated(slot, span);
            }
        }
    }

    fn check_generated_query(
        &mut self,
        slots: &[Slot<'a, '_>],
        insert: &'a ast::Insert,
        count: usize,
    ) {
        for slot in slots.iter().take(count) {
            if refuses(slot.column, insert.overriding) {
                let span = slot.target.map_or(insert.table.span, |it| it.span);
                self.report_generated(slot, span);
            }
        }
    }

    fn report_generated(&mut self, slot: &Slot<'a, '_>, span: Span) {
        let declared = slot.column.provenance.as_ref().map(|it| it.created);
        let identity = slot.column.generated.is_none();
        self.report(errors::generated_value(
            span,
            &slot.column.name,
            identity,
            declared,
        ));
    }
}

/// Whether a column takes no value but DEFAULT.
fn refuses(column: &Column, overriding: Option<ast::Overriding>) -> bool {
    match (column.generated, column.identity) {
        (Some(Generated::Stored | Generated::Virtual), _) => true,
        (None, Some(Identity::Always)) => overriding.is_none(),
        (None, Some(Identity::ByDefault) | None) => false,
    }
}

fn target(expression: Expr, column: &Column) -> Target {
    Target {
        expression,
        name: Some(Arc::clone(&column.name)),
        number: column.number,
        junk: false,
        sort_reference: 0,
        origin: None,
    }
}

/// Where a column would have to be listed.
fn list_span(insert: &ast::Insert) -> Span {
    match (insert.columns.first(), insert.columns.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => insert.table.span,
    }
}

fn row_span(row: &[ast::Expr]) -> Span {
    match (row.first(), row.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        // The grammar knows no row of nothing.
        _ => Span::new(crate::text::FileId(0), 0..0),
    }
}

fn select_places(query: &ast::Query) -> Vec<Span> {
    match &query.body {
        QueryBody::Select(select) => {
            let starred = select
                .targets
                .iter()
                .any(|it| matches!(it.value.kind, ExprKind::Column { star: Some(_), .. }));
            match starred {
                true => select
                    .targets
                    .first()
                    .map(|it| it.value.span)
                    .into_iter()
                    .collect(),
                false => select.targets.iter().map(|it| it.value.span).collect(),
            }
        }
        QueryBody::Values(rows) => match rows.first() {
            Some(row) => row.iter().map(|it| it.span).collect(),
            None => Vec::new(),
        },
        QueryBody::SetOperation { left, .. } => select_places(left),
    }
}
