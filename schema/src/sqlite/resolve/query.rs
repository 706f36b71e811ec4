//! Queries.

use super::common_table::{Frame, Recursion};
use super::from::From;
use super::output::{Columns, OtherValue, Output, Rows};
use super::resolution::Clause;
use super::resolver::Resolver;
use super::scope::{Phase, Scope};
use super::source::Source;
use super::value::{Value, Width};
use crate::errors::sqlite::queries as errors;
use crate::sqlite::ast::{
    CompoundOperator, Expr, ExprKind, Limit, OrderTerm, Query, QueryArm, ResultColumn, Select,
    SelectCore, With,
};
use crate::sqlite::catalog::{Content, StorageClasses};
use crate::text::Span;
use std::cell::Cell;
use std::sync::Arc;

/// An arm of a compound query, or the only one, when it is resolved.
#[derive(Debug, Default)]
pub(super) struct Arm {
    /// Its columns.
    pub(super) columns: Columns,
    /// Its FROM clause.
    pub(super) sources: Vec<Source>,
    /// Whether it is an aggregate query.
    pub(super) aggregate: bool,
    /// Whether it calls window functions.
    pub(super) window: bool,
    /// Whether it has exactly one row.
    one_row: bool,
    /// What the rows of VALUES after the first have in the places of the columns.
    rows: Vec<Vec<OtherValue>>,
}

/// What the arms of a query are resolved for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Purpose<'a> {
    /// ORDER BY of an only arm.
    pub(super) order_by: &'a [OrderTerm],
    /// The table that recursive arms read.
    pub(super) recursion: Option<&'a Recursion<'a>>,
    /// What becomes of their rows.
    pub(super) rows: Use,
}

/// What becomes of the rows of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Use {
    /// They are used.
    #[default]
    Rows,
    /// It is of interest whether there are any: the engine resolves the names in the columns and no more.
    Existence,
    /// They are thrown away, as those of SELECT in a trigger: the engine forgets ORDER BY.
    Nothing,
}

/// The most columns of a result, those that `*` stands for included, and the most tables of a join.
pub(super) const MOST_COLUMNS: usize = 2000;
const MOST_TABLES: usize = 64;

impl Resolver<'_> {
    /// Resolves a query inside a scope.
    pub(super) fn query(&mut self, query: &Query, outer: &Scope<'_>) -> Rows {
        self.query_for(query, Use::Rows, outer)
    }

    /// Resolves a query for what becomes of its rows.
    pub(super) fn query_for(&mut self, query: &Query, rows: Use, outer: &Scope<'_>) -> Rows {
        let mut result = Rows::default();
        self.with(query.with.as_ref(), outer, |resolver, scope| {
            result = resolver.query_without_with(query, rows, scope);
        });
        if rows == Use::Nothing {
            self.unchecked(|resolver| resolver.query(query, outer));
        }
        result
    }

    fn query_without_with(&mut self, query: &Query, rows: Use, outer: &Scope<'_>) -> Rows {
        let single = query.arms.len() == 1;
        let order_by: &[OrderTerm] = match rows {
            Use::Rows | Use::Existence => &query.order_by,
            Use::Nothing => &[],
        };
        let purpose = Purpose {
            order_by: if single { order_by } else { &[] },
            rows: if single { rows } else { Use::Rows },
            recursion: None,
        };
        let (mut rows, arms) = self.arms(&query.arms, purpose, outer);
        if !single {
            let all: Vec<&Arm> = arms.iter().collect();
            self.check_arms(&query.arms, &all);
            self.compound_order(order_by, &all, outer);
        }
        self.limit(query.limit.as_ref(), outer);
        rows.one_row &= single && query.limit.is_none();
        rows
    }

    /// Resolves something with the tables of a WITH clause in sight.
    pub(super) fn with(
        &mut self,
        with: Option<&With>,
        outer: &Scope<'_>,
        resolve: impl FnOnce(&mut Self, &Scope<'_>),
    ) {
        let Some(with) = with else {
            return resolve(self, outer);
        };
        let frame = Frame::new(with, outer.tables);
        let scope = Scope {
            tables: Some(&frame),
            ..Scope::within(outer, &[])
        };
        resolve(self, &scope);
        self.unused_common_tables(&frame, &scope);
    }

    /// Resolves the arms of a query one by one.
    pub(super) fn arms(
        &mut self,
        arms: &[QueryArm],
        purpose: Purpose<'_>,
        outer: &Scope<'_>,
    ) -> (Rows, Vec<Arm>) {
        let resolved: Vec<Arm> = arms
            .iter()
            .enumerate()
            .map(|(position, arm)| match &arm.core {
                SelectCore::Select(select) => self.select(select, arm.span, purpose, outer),
                SelectCore::Values(rows) => {
                    self.values(rows, position == 0 && arms.len() > 1, outer)
                }
            })
            .collect();
        let Some(first) = resolved.first() else {
            return (Rows::default(), resolved);
        };
        let mut others: Vec<Vec<OtherValue>> = first.rows.clone();
        others.resize(first.columns.outputs.len(), Vec::new());
        for (arm, resolved) in arms.iter().zip(&resolved).skip(1) {
            let operator = arm
                .operator
                .map_or(CompoundOperator::UnionAll, |(operator, _)| operator);
            for (others, output) in others.iter_mut().zip(&resolved.columns.outputs) {
                others.push(OtherValue::new(operator, &output.value));
            }
            for (others, rows) in others.iter_mut().zip(&resolved.rows) {
                others.extend_from_slice(rows);
            }
        }
        let rows = Rows {
            columns: first.columns.clone(),
            others,
            one_row: first.one_row,
        };
        (rows, resolved)
    }

    /// Checks that the arms of a compound query have the same number of columns.
    pub(super) fn check_arms(&mut self, arms: &[QueryArm], resolved: &[&Arm]) {
        let pairs = resolved.iter().zip(resolved.iter().skip(1));
        for (arm, (before, after)) in arms.iter().skip(1).zip(pairs) {
            let known = before.columns.complete && after.columns.complete;
            let (left, right) = (before.columns.outputs.len(), after.columns.outputs.len());
            if let Some((operator, span)) = arm.operator
                && known
                && left != right
            {
                self.report(errors::compound_width(span, operator, left, right));
                return;
            }
        }
        let distinct = arms.iter().any(|arm| {
            arm.operator
                .is_some_and(|(operator, _)| operator != CompoundOperator::UnionAll)
        });
        if distinct {
            self.need_compound_collations(resolved);
        }
    }

    /// Checks the collations that the rows of a compound query are compared with: of each column that of the first
    /// arm which has one.
    fn need_compound_collations(&mut self, resolved: &[&Arm]) {
        let width = resolved.first().map_or(0, |arm| arm.columns.outputs.len());
        for column in 0..width {
            let deciding = resolved
                .iter()
                .filter_map(|arm| arm.columns.outputs.get(column))
                .map(|output| &output.value)
                .find(|value| value.collation.is_some())
                .cloned();
            if let Some(value) = deciding {
                self.need_collation(&value);
            }
        }
    }

    fn select(
        &mut self,
        select: &Select,
        span: Span,
        purpose: Purpose<'_>,
        outer: &Scope<'_>,
    ) -> Arm {
        let from = self.from(&select.from, outer, purpose.recursion);
        if let Some(source) = from.sources.get(MOST_TABLES) {
            self.report(errors::too_many_tables(
                source.span.unwrap_or(span),
                MOST_TABLES,
            ));
        }
        let scope = Scope {
            windows: &select.windows,
            aggregates: Cell::new(true),
            window_functions: Cell::new(true),
            phase: Cell::new(Phase::Columns),
            ..Scope::within(outer, &from.sources)
        };
        // The engine makes nothing of the columns of EXISTS but their names.
        let used = self.home.names_only;
        self.home.names_only |= purpose.rows == Use::Existence;
        let mut columns = self.outputs(&select.columns, &scope);
        if select.distinct && purpose.rows == Use::Rows {
            for output in &columns.outputs {
                self.need_collation(&output.value);
            }
        }
        self.home.names_only = used;
        if columns.outputs.len() > MOST_COLUMNS {
            self.report_table(errors::too_many_columns(span, MOST_COLUMNS));
            // What shows these columns has too many as well, and that is no mistake of its own.
            columns.outputs.clear();
            columns.complete = false;
        }
        let grouped = !select.group_by.is_empty();
        let aggregate = grouped || scope.has_aggregate.get();
        let window = scope.has_window.get();
        if aggregate && !grouped {
            // Without GROUP BY there is a row even where the tables have none.
            for output in &mut columns.outputs {
                output.value.nullable |= output.value.bare;
            }
        }
        self.clauses(select, purpose, aggregate, &from, &columns, outer);
        Arm {
            columns,
            aggregate,
            window,
            one_row: aggregate && !grouped && select.having.is_none(),
            sources: from.sources,
            rows: Vec::new(),
        }
    }

    /// Resolves what comes after the columns, where their aliases can be used.
    fn clauses(
        &mut self,
        select: &Select,
        purpose: Purpose<'_>,
        aggregate: bool,
        from: &From<'_>,
        columns: &Columns,
        outer: &Scope<'_>,
    ) {
        let scope = Scope {
            windows: &select.windows,
            outputs: &columns.outputs,
            aggregates: Cell::new(aggregate),
            ..Scope::within(outer, &from.sources)
        };
        if let Some(having) = &select.having {
            if aggregate {
                scope.phase.set(Phase::Aggregated { aggregate });
                self.filter(having, &scope);
            } else {
                self.report(errors::having_without_aggregate(having.span));
                self.unchecked(|resolver| resolver.expr(having, &scope));
            }
        }
        scope.phase.set(Phase::Rows);
        if let Some(filter) = &select.filter {
            self.filter(filter, &scope);
        }
        self.conditions(from, &scope);
        scope.aggregates.set(true);
        scope.window_functions.set(true);
        scope.phase.set(Phase::Aggregated { aggregate });
        let used = self.home.names_only;
        self.home.names_only |= purpose.rows == Use::Existence;
        self.order_terms(purpose.order_by, columns, &scope);
        self.home.names_only = used;
        scope.window_functions.set(false);
        scope.phase.set(Phase::GroupBy);
        self.group_terms(&select.group_by, columns, &scope);
        scope.aggregates.set(true);
        self.window_clause(&select.windows, &scope);
    }

    /// Resolves an expression that chooses rows, and marks the references in it.
    pub(super) fn filter(&mut self, filter: &Expr, scope: &Scope<'_>) {
        let around = scope.clause.replace(Clause::Filter);
        self.scalar(filter, scope);
        scope.clause.set(around);
    }

    /// Resolves the columns of SELECT or RETURNING.
    pub(super) fn outputs(&mut self, columns: &[ResultColumn], scope: &Scope<'_>) -> Columns {
        let mut resolved = Columns {
            outputs: Vec::new(),
            complete: true,
        };
        for column in columns {
            match column {
                ResultColumn::Expr { value, alias, text } => {
                    let name = alias.as_ref().map(|alias| alias.name.clone());
                    let output = self.output(value, scope);
                    resolved.outputs.push(Output {
                        name,
                        text: Some(text.as_str().into()),
                        ..output
                    });
                }
                ResultColumn::Star(span) => self.star(*span, None, scope, &mut resolved),
                ResultColumn::TableStar(table) => {
                    self.star(table.span, Some(table), scope, &mut resolved);
                }
            }
        }
        resolved
    }

    fn output(&mut self, expr: &Expr, scope: &Scope<'_>) -> Output {
        let (value, cursors, aggregate, window) =
            self.noting(scope, |resolver| resolver.scalar(expr, scope));
        Output {
            name: None,
            written: written_name(expr),
            text: None,
            value,
            cursors,
            aggregate,
            window,
            inner: None,
            merged: false,
        }
    }

    /// Resolves an expression and notes which sources it reads and whether it calls aggregate or window functions.
    pub(super) fn noting(
        &mut self,
        scope: &Scope<'_>,
        resolve: impl FnOnce(&mut Self) -> Value,
    ) -> (Value, Vec<u32>, bool, bool) {
        let had_aggregate = scope.has_aggregate.replace(false);
        let had_window = scope.has_window.replace(false);
        let seen = self.seen.len();
        let value = resolve(self);
        let cursors = self.seen.get(seen..).unwrap_or_default().to_vec();
        let aggregate = scope
            .has_aggregate
            .replace(had_aggregate | scope.has_aggregate.get());
        let window = scope
            .has_window
            .replace(had_window | scope.has_window.get());
        (value, cursors, aggregate, window)
    }

    /// Resolves VALUES. A single row is a query of its own, in which aggregate functions mean something, and so is each of
    /// the rows that another arm follows.
    fn values(&mut self, rows: &[(Vec<Expr>, Span)], followed: bool, outer: &Scope<'_>) -> Arm {
        let phase = if followed || rows.len() == 1 {
            Phase::Columns
        } else {
            Phase::Rows
        };
        let scope = Scope {
            aggregates: Cell::new(true),
            window_functions: Cell::new(true),
            phase: Cell::new(phase),
            ..Scope::within(outer, &[])
        };
        let mut arm = Arm {
            columns: Columns {
                outputs: Vec::new(),
                complete: true,
            },
            one_row: rows.len() == 1,
            ..Arm::default()
        };
        let mut mismatch = None;
        let width = rows.first().map_or(0, |(values, _)| values.len());
        for (position, (values, span)) in rows.iter().enumerate() {
            if values.len() != width && mismatch.is_none() {
                mismatch = Some((*span, values.len()));
            }
            let outputs: Vec<Output> = values
                .iter()
                .map(|value| {
                    let output = self.output(value, &scope);
                    Output {
                        written: None,
                        value: Value {
                            column: None,
                            shown: None,
                            ..output.value
                        },
                        ..output
                    }
                })
                .collect();
            if position == 0 {
                arm.rows = vec![Vec::new(); outputs.len()];
                arm.columns.outputs = outputs;
            } else {
                for (rows, output) in arm.rows.iter_mut().zip(&outputs) {
                    rows.push(OtherValue::new(CompoundOperator::UnionAll, &output.value));
                }
            }
        }
        if rows.len() > 1 {
            for output in &arm.columns.outputs {
                self.need_collation(&output.value);
            }
        }
        if let Some((span, count)) = mismatch {
            self.report(errors::values_width(span, width, count));
        }
        arm.aggregate = scope.has_aggregate.get();
        arm.window = scope.has_window.get();
        arm
    }

    /// Resolves LIMIT and OFFSET, which see no names.
    pub(super) fn limit(&mut self, limit: Option<&Limit>, outer: &Scope<'_>) {
        let Some(limit) = limit else { return };
        let scope = Scope {
            tables: outer.tables,
            ..Scope::empty()
        };
        self.scalar(&limit.count, &scope);
        if let Some(offset) = &limit.offset {
            self.scalar(offset, &scope);
        }
    }

    pub(super) fn subquery(&mut self, expr: &Expr, query: &Query, scope: &Scope<'_>) -> Value {
        if scope.place.is_definition() {
            let noun = scope.place.noun();
            self.report(errors::not_allowed(expr.span, "a subquery", noun));
            return self.unknown();
        }
        let rows = self.query(query, scope);
        let value = self.any_value();
        let Some(first) = rows.columns.outputs.first() else {
            return self.unknown();
        };
        let (affinity, declared_type) = rows.value_type();
        Value {
            affinity,
            declared_type,
            nullable: first.value.nullable || !rows.one_row,
            content: rows.value_content(),
            finite: first.value.finite && rows.one_row,
            data: super::names::data_of(affinity),
            width: match rows.width() {
                Some(count) => Width::Subquery(count),
                None => Width::Unknown,
            },
            ..value
        }
    }

    pub(super) fn exists(&mut self, expr: &Expr, query: &Query, scope: &Scope<'_>) -> Value {
        if scope.place.is_definition() {
            let noun = scope.place.noun();
            self.report(errors::not_allowed(expr.span, "a subquery", noun));
            return self.unknown();
        }
        self.query_for(query, Use::Existence, scope);
        let value = self.any_value();
        Value {
            nullable: false,
            content: Content::of(StorageClasses::INTEGER),
            finite: true,
            data: super::value::DataTypes::NUMERIC,
            ..value
        }
    }
}

/// The last part of the name that an expression consists of.
fn written_name(expr: &Expr) -> Option<Arc<str>> {
    match &super::folding::uncollated(expr).kind {
        ExprKind::Name(name) => Some(name.name.clone()),
        ExprKind::Qualified { column, .. } => Some(column.name.clone()),
        _ => None,
    }
}
