//! SELECT (`transformSelectStmt`).

use super::context::Context;
use super::resolver::{Resolver, is_unknown};
use crate::errors::postgres::queries;
use crate::postgres::ast::{self, QueryBody};
use crate::postgres::tree::{
    Expr, LockStrength, LockWait, Query, RangeKind, RowLock, Visitor, walk_expression, walk_query,
};
use crate::postgres::types::{ValueType, well_known};
use crate::text::Span;

impl<'a> Resolver<'a> {
    /// A query whose level was entered; says whether a mistake keeps from knowing all of its columns.
    pub(super) fn query_in_level(&mut self, query: &'a ast::Query) -> (Query, bool) {
        if let Some(with) = &query.with {
            let tables = self.with(with);
            let (mut resolved, incomplete) = self.query_body(query);
            resolved.recursive = with.recursive;
            resolved.common_tables = self.finished_with(tables);
            resolved.has_modifying_common_table = self.level().has_modifying_common_table;
            return (resolved, incomplete);
        }
        self.query_body(query)
    }

    fn query_body(&mut self, query: &'a ast::Query) -> (Query, bool) {
        match &query.body {
            QueryBody::Select(select) => self.select(query, select),
            QueryBody::Values(rows) => self.values(query, rows),
            QueryBody::SetOperation { .. } => self.set_operation(query),
        }
    }

    fn select(&mut self, query: &'a ast::Query, select: &'a ast::Select) -> (Query, bool) {
        if let Some(into) = &select.into {
            // Replay takes INTO of a statement off before it is resolved.
            self.report(queries::into_here(into.span));
        }
        self.name_windows(&select.windows);
        let from = self.read_clause(&select.from);
        let targets = self.targets(&select.targets, Context::Select);
        let incomplete = targets.incomplete;
        let mut targets = targets.targets;
        self.level_mut().incomplete |= incomplete;
        let spans: Vec<Span> = select.targets.iter().map(|it| it.value.span).collect();
        let filter = select
            .filter
            .as_ref()
            .map(|filter| self.condition(filter, Context::Where, "WHERE"));
        let having = select
            .having
            .as_ref()
            .map(|having| self.condition(having, Context::Having, "HAVING"));
        let order_by = self.order_by(&query.order_by, &mut targets);
        let (group_by, grouping_sets) = self.group_by(&select.group_by, &mut targets, &order_by);
        let first = spans.first().copied().unwrap_or(query.span);
        let distinct = self.distinct_clause(
            select.distinct.as_ref(),
            &mut targets,
            &order_by,
            &spans,
            first,
        );
        let offset = self.limit(query.limit.offset.as_ref(), Context::Offset, "OFFSET");
        let limit = self.limit(query.limit.count.as_ref(), Context::Limit, "LIMIT");
        if query.limit.with_ties && query.order_by.is_empty() {
            self.report(queries::ties_without_order(query.span));
        }
        let windows = self.windows(&mut targets);
        if !self.level().leaves_unknowns {
            self.settle_unknowns(&mut targets, first);
        }
        let has_aggregates = self.level().has_aggregates;
        let mut resolved = Query {
            range_table: std::mem::take(&mut self.level_mut().range_table),
            from,
            filter,
            targets,
            group_by,
            group_distinct: select.group_distinct,
            grouping_sets,
            having,
            windows,
            distinct,
            order_by,
            offset,
            limit,
            with_ties: query.limit.with_ties,
            has_aggregates,
            has_sets: self.level().has_sets,
            ..Query::default()
        };
        let mut clauses: Vec<(Span, bool)> = spans.iter().map(|span| (*span, true)).collect();
        clauses.extend(select.having.iter().map(|it| (it.span, true)));
        clauses.extend(query.order_by.iter().map(|it| (it.value.span, true)));
        self.check_grouping(&mut resolved, &clauses);
        self.lock_rows(query, &mut resolved, select);
        (resolved, incomplete)
    }

    /// LIMIT or OFFSET (`transformLimitClause`).
    pub(super) fn limit(
        &mut self,
        clause: Option<&'a ast::Expr>,
        context: Context,
        construct: &str,
    ) -> Option<Expr> {
        let clause = clause?;
        let value = self.in_context(clause, context);
        let wanted = ValueType::plain(well_known::INT8);
        let value = self.value_of_type(value, wanted, construct, clause.span);
        if has_own_columns(&value) {
            return Some(self.mistake(queries::column_in_limit(clause.span, construct)));
        }
        Some(value)
    }

    /// FOR UPDATE and its like (`transformLockingClause`).
    fn lock_rows(&mut self, query: &'a ast::Query, resolved: &mut Query, select: &'a ast::Select) {
        for locking in &query.locking {
            let reason = if select.distinct.is_some() {
                Some("DISTINCT")
            } else if !select.group_by.is_empty() {
                Some("GROUP BY")
            } else if select.having.is_some() {
                Some("HAVING")
            } else if resolved.has_aggregates {
                Some("aggregate functions")
            } else if !resolved.windows.is_empty() {
                Some("window functions")
            } else if resolved.has_sets {
                Some("functions that return sets among the columns")
            } else {
                None
            };
            if let Some(reason) = reason {
                self.report(queries::cannot_lock(locking.span, reason));
                continue;
            }
            let strength = match locking.strength {
                ast::LockStrength::KeyShare => LockStrength::KeyShare,
                ast::LockStrength::Share => LockStrength::Share,
                ast::LockStrength::NoKeyUpdate => LockStrength::NoKeyUpdate,
                ast::LockStrength::Update => LockStrength::Update,
            };
            let wait = match locking.wait {
                ast::LockWait::Block => LockWait::Block,
                ast::LockWait::SkipLocked => LockWait::SkipLocked,
                ast::LockWait::NoWait => LockWait::NoWait,
            };
            let mut entries = Vec::new();
            if locking.of.is_empty() {
                let table = resolved.range_table.iter().enumerate();
                entries.extend(
                    table
                        .filter(|(_, entry)| {
                            matches!(
                                entry.kind,
                                RangeKind::Relation { .. } | RangeKind::Subquery { .. }
                            )
                        })
                        .map(|(position, _)| position),
                );
            }
            for name in &locking.of {
                if name.schema.is_some() {
                    self.report(queries::qualified_lock(name));
                    continue;
                }
                let item = self.level().items.iter();
                let mut item = item.filter(|it| it.name == name.name.name);
                match item.next().map(|item| item.entry) {
                    Some(entry) => match resolved.range_table.get(entry).map(|it| &it.kind) {
                        Some(RangeKind::Relation { .. } | RangeKind::Subquery { .. }) => {
                            entries.push(entry);
                        }
                        Some(RangeKind::Unknown) | None => {}
                        Some(_) => self.report(queries::no_rows_to_lock(name)),
                    },
                    None if self.level().incomplete => {}
                    None => self.report(queries::unknown_lock(name)),
                }
            }
            for entry in entries {
                resolved.row_locks.push(RowLock {
                    entry,
                    strength,
                    wait,
                    pushed_down: false,
                });
            }
        }
    }

    /// A list of VALUES (`transformValuesClause`).
    fn values(&mut self, query: &'a ast::Query, rows: &'a [Vec<ast::Expr>]) -> (Query, bool) {
        let width = rows.first().map_or(0, Vec::len);
        let mut resolved_rows: Vec<Vec<Expr>> = Vec::new();
        for row in rows {
            if row.len() != width {
                let span = row.first().map_or(query.span, |it| it.span);
                self.report(queries::values_of_two_widths(span, width, row.len()));
                return (Query::default(), true);
            }
            let values = self.within(Context::Values, |it| it.expression_list(row));
            resolved_rows.push(values);
        }
        let mut columns = Vec::new();
        for position in 0..width {
            let values: Vec<Expr> = resolved_rows
                .iter()
                .filter_map(|row| row.get(position).cloned())
                .collect();
            let spans: Vec<Span> = rows
                .iter()
                .filter_map(|row| row.get(position).map(|it| it.span))
                .collect();
            let typed = self.common_type(&values, &spans, "VALUES");
            for (row, span) in resolved_rows.iter_mut().zip(&spans) {
                if let Some(value) = row.get_mut(position) {
                    let old = std::mem::replace(value, Expr::Unknown);
                    *value = match typed {
                        Some(typed) => self.coerced_or_mistake(old, typed, *span),
                        None => Expr::Unknown,
                    };
                }
            }
            let column: Vec<Expr> = resolved_rows
                .iter()
                .filter_map(|row| row.get(position).cloned())
                .collect();
            columns.push(match typed {
                Some(typed) => self.collected(typed, &column),
                None => crate::postgres::tree::UNKNOWN,
            });
        }
        let names = Resolver::plain_columns(&columns);
        let kind = RangeKind::Values {
            rows: resolved_rows,
            columns,
        };
        let name = std::sync::Arc::from("*VALUES*");
        let item = self.derived_item(kind, &name, None, names, false, false, query.span);
        let entry = item.entry;
        let mut targets: Vec<crate::postgres::tree::Target> = item
            .columns
            .iter()
            .enumerate()
            .map(|(position, column)| crate::postgres::tree::Target {
                expression: column.seen_from(0),
                name: Some(std::sync::Arc::clone(&column.name)),
                number: super::relation::number_of(position),
                junk: false,
                sort_reference: 0,
                origin: None,
            })
            .collect();
        self.level_mut().items.push(item);
        let order_by = self.order_by(&query.order_by, &mut targets);
        let offset = self.limit(query.limit.offset.as_ref(), Context::Offset, "OFFSET");
        let limit = self.limit(query.limit.count.as_ref(), Context::Limit, "LIMIT");
        for locking in &query.locking {
            self.report(queries::cannot_lock(locking.span, "VALUES"));
        }
        if !self.level().leaves_unknowns {
            self.settle_unknowns(&mut targets, query.span);
        }
        let resolved = Query {
            range_table: std::mem::take(&mut self.level_mut().range_table),
            from: vec![crate::postgres::tree::FromItem::Entry(entry)],
            targets,
            order_by,
            offset,
            limit,
            with_ties: query.limit.with_ties,
            ..Query::default()
        };
        (resolved, false)
    }
}

/// Whether there is a column of the query itself.
pub(super) fn has_own_columns(expression: &Expr) -> bool {
    struct Search {
        depth: usize,
        found: bool,
    }

    impl Visitor for Search {
        fn expression(&mut self, expression: &Expr) {
            if let Expr::Column(column) = expression {
                self.found |= column.levels_up == self.depth;
            }
            walk_expression(self, expression);
        }

        fn query(&mut self, query: &Query) {
            self.depth += 1;
            walk_query(self, query);
            self.depth -= 1;
        }
    }

    let mut search = Search {
        depth: 0,
        found: false,
    };
    search.expression(expression);
    search.found && !is_unknown(expression)
}
