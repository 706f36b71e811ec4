//! UNION, INTERSECT and EXCEPT (`transformSetOperationStmt`).

use super::context::Context;
use super::relation::number_of;
use super::resolver::{Resolver, is_unknown, is_untyped};
use super::scope::{Item, ItemColumn, Level};
use crate::errors::postgres::queries as errors;
use crate::postgres::ast::{self, QueryBody, SetOperator};
use crate::postgres::tree::{
    Alias, Column, Expr, Query, RangeEntry, RangeKind, SetKind, SetOperand, SetOperation, SortTerm,
    Target, UNKNOWN,
};
use crate::postgres::types::{Oid, ValueType};
use crate::text::Span;
use std::sync::Arc;

/// A side of a set operation with its columns.
struct Side {
    operand: SetOperand,
    columns: Vec<Value>,
    incomplete: bool,
}

/// A column of a side: an expression of a query, or the result of another set operation.
#[derive(Clone)]
struct Value {
    name: Arc<str>,
    expression: Expr,
    /// The entry of the query whose target it is, and its position there.
    place: Option<(usize, usize)>,
    span: Span,
}

impl<'a> Resolver<'a> {
    pub(super) fn set_operation(&mut self, query: &'a ast::Query) -> (Query, bool) {
        let QueryBody::SetOperation {
            operator,
            all,
            left,
            right,
            operator_span: _,
        } = &query.body
        else {
            return (Query::default(), true);
        };
        for locking in &query.locking {
            self.report(errors::cannot_lock(
                locking.span,
                "UNION, INTERSECT or EXCEPT",
            ));
        }
        let recursive = self.level().common_table.is_some();
        let side = self.operation(*operator, *all, left, right, recursive);
        let SetOperand::Operation(operation) = side.operand else {
            return (Query::default(), true);
        };
        if recursive {
            self.check_recursive_query(query);
        }
        let incomplete = side.incomplete;
        let first = leftmost(&operation);
        let mut targets: Vec<Target> = Vec::new();
        let mut columns = Vec::new();
        for (position, column) in side.columns.iter().enumerate() {
            let typed = operation.columns.get(position).copied().unwrap_or(UNKNOWN);
            let number = number_of(position);
            let value = Column::new(first, number, typed);
            let expression = match typed.oid == UNKNOWN.oid {
                true => Expr::Unknown,
                false => Expr::Column(value),
            };
            targets.push(Target {
                expression,
                name: Some(Arc::clone(&column.name)),
                number,
                junk: false,
                sort_reference: 0,
                origin: None,
            });
            columns.push(ItemColumn {
                name: Arc::clone(&column.name),
                column: value,
                hidden: false,
            });
        }
        // ORDER BY sees the names of the result and nothing else.
        let item = Item {
            name: "*SELECT*".into(),
            aliased: true,
            columns,
            entry: first,
            name_visible: false,
            columns_visible: true,
            lateral_only: false,
            lateral_allowed: true,
            unknown: incomplete,
            system_columns: false,
            scalar: false,
            span: query.span,
        };
        let before = std::mem::replace(&mut self.level_mut().items, vec![item]);
        let shown = targets.len();
        let mut order_by = self.order_by(&query.order_by, &mut targets);
        if targets.len() > shown {
            let extra = targets
                .iter()
                .skip(shown)
                .all(|it| is_unknown(&it.expression));
            if let Some(term) = query.order_by.first()
                && !extra
            {
                self.report(errors::order_of_set_operation(term.span));
            }
            targets.truncate(shown);
            order_by.retain(|it| {
                targets
                    .iter()
                    .any(|target| target.sort_reference == it.target)
            });
        }
        self.level_mut().items = before;
        let offset = self.limit(query.limit.offset.as_ref(), Context::Offset, "OFFSET");
        let limit = self.limit(query.limit.count.as_ref(), Context::Limit, "LIMIT");
        let resolved = Query {
            range_table: std::mem::take(&mut self.level_mut().range_table),
            targets,
            order_by,
            offset,
            limit,
            with_ties: query.limit.with_ties,
            set_operation: Some(operation),
            ..Query::default()
        };
        (resolved, incomplete)
    }

    fn operation(
        &mut self,
        operator: SetOperator,
        all: bool,
        left: &'a ast::Query,
        right: &'a ast::Query,
        top: bool,
    ) -> Side {
        let (kind, construct) = match operator {
            SetOperator::Union => (SetKind::Union, "UNION"),
            SetOperator::Intersect => (SetKind::Intersect, "INTERSECT"),
            SetOperator::Except => (SetKind::Except, "EXCEPT"),
        };
        let (bars_left, bars_right) = match operator {
            SetOperator::Union => (None, None),
            SetOperator::Intersect if all => (Some("INTERSECT ALL"), Some("INTERSECT ALL")),
            SetOperator::Intersect => (None, None),
            SetOperator::Except if all => (Some("EXCEPT ALL"), Some("EXCEPT ALL")),
            SetOperator::Except => (None, Some("the right side of EXCEPT")),
        };
        let one = self.barring_recursion(bars_left, |it| it.side(left));
        if top && operator == SetOperator::Union {
            let columns: Vec<(Arc<str>, ValueType)> = one
                .columns
                .iter()
                .map(|it| (Arc::clone(&it.name), self.settled_type(&it.expression)))
                .collect();
            self.begin_recursion(&columns, one.incomplete);
        }
        let two = self.barring_recursion(bars_right, |it| it.side(right));
        let incomplete = one.incomplete || two.incomplete;
        if one.columns.len() != two.columns.len() && !incomplete {
            let place = right_place(right);
            self.report(errors::set_operation_widths(
                place,
                construct,
                one.columns.len(),
                two.columns.len(),
            ));
        }
        let broken = incomplete || one.columns.len() != two.columns.len();
        let mut columns = Vec::new();
        let mut types = Vec::new();
        let mut groups = Vec::new();
        for (position, (left, right)) in one.columns.iter().zip(&two.columns).enumerate() {
            let pair = [left.expression.clone(), right.expression.clone()];
            let typed = match broken {
                true => None,
                false => self.common_type(&pair, &[left.span, right.span], construct),
            };
            let typed = typed.unwrap_or(UNKNOWN);
            for (value, side) in pair.into_iter().zip([left, right]) {
                self.convert_leaf(value, side, typed);
            }
            if top && typed.oid != UNKNOWN.oid {
                self.check_recursion_type(left, typed, position);
            }
            if !all && typed.oid != UNKNOWN.oid {
                match self.set_term(typed.oid, position) {
                    Some(term) => groups.push(term),
                    None => {
                        let type_name = self.type_name(typed.oid);
                        self.report(crate::errors::postgres::expressions::no_equality(
                            left.span, &type_name,
                        ));
                    }
                }
            }
            types.push(typed);
            columns.push(Value {
                name: Arc::clone(&left.name),
                expression: match typed.oid == UNKNOWN.oid {
                    true => Expr::Unknown,
                    false => Expr::CaseTest(typed),
                },
                place: None,
                span: left.span,
            });
        }
        Side {
            operand: SetOperand::Operation(Box::new(SetOperation {
                kind,
                all,
                left: one.operand,
                right: two.operand,
                columns: types,
                groups,
            })),
            columns,
            incomplete: broken,
        }
    }

    fn settled_type(&self, expression: &Expr) -> ValueType {
        match is_untyped(expression) {
            true => self.plain_type(crate::postgres::types::well_known::TEXT),
            false => expression.value_type(),
        }
    }

    fn set_term(&self, oid: Oid, position: usize) -> Option<SortTerm> {
        let target = position + 1;
        match self.orderings(oid) {
            Some(orderings) => Some(SortTerm {
                target,
                equality: orderings.equal,
                sort: Some(orderings.less),
                nulls_first: false,
                hashable: orderings.hashable,
            }),
            None => Some(SortTerm {
                target,
                equality: self.equality(oid)?,
                sort: None,
                nulls_first: false,
                hashable: true,
            }),
        }
    }

    /// A side: another set operation without a clause of its own, or any other query.
    fn side(&mut self, query: &'a ast::Query) -> Side {
        if let QueryBody::SetOperation {
            operator,
            all,
            left,
            right,
            operator_span: _,
        } = &query.body
            && query.is_bare()
        {
            return self.operation(*operator, *all, left, right, false);
        }
        // Nothing in FROM can be seen from a side, but what is around the whole query can.
        let lateral = self.level().lateral;
        let planned = self.level().planned;
        self.enter(Level {
            leaves_unknowns: true,
            planned,
            ..Level::default()
        });
        let (resolved, incomplete) = self.query_in_level(query);
        self.leave();
        self.level_mut().lateral = lateral;
        let entry = self.level().range_table.len();
        let spans = target_places(query);
        let columns = resolved
            .targets
            .iter()
            .filter(|target| !target.junk)
            .enumerate()
            .map(|(position, target)| Value {
                name: target.name.clone().unwrap_or_default(),
                expression: target.expression.clone(),
                place: Some((entry, position)),
                span: spans.get(position).copied().unwrap_or(query.span),
            })
            .collect();
        let name: Arc<str> = format!("*SELECT* {}", entry + 1).into();
        let names = resolved.targets.iter().filter(|target| !target.junk);
        let names = names.map(|target| target.name.clone().unwrap_or_default());
        let reference = Alias {
            name,
            columns: names.collect(),
        };
        self.add_entry(RangeEntry {
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
        Side {
            operand: SetOperand::Entry(entry),
            columns,
            incomplete,
        }
    }

    /// A literal of a side becomes a value of the common type, which is where a bad one shows; other values must be
    /// able to.
    fn convert_leaf(&mut self, value: Expr, side: &Value, typed: ValueType) {
        if typed.oid == UNKNOWN.oid || is_unknown(&value) {
            return;
        }
        let literal = is_untyped(&value);
        let converted = self.coerced_or_mistake(value, typed, side.span);
        let Some((entry, position)) = side.place.filter(|_| literal) else {
            return;
        };
        let entry = self.level_mut().range_table.get_mut(entry);
        if let Some(RangeKind::Subquery { query, .. }) = entry.map(|it| &mut it.kind) {
            let mut targets = query.targets.iter_mut().filter(|target| !target.junk);
            if let Some(target) = targets.nth(position) {
                target.expression = converted;
            }
        }
    }

    /// The columns of a recursive query are of the types of its first part.
    fn check_recursion_type(&mut self, left: &Value, typed: ValueType, position: usize) {
        let first = self.settled_type(&left.expression);
        if first.oid == typed.oid && first.typmod == typed.typmod {
            return;
        }
        let Some(name) = self.level().common_table.clone() else {
            return;
        };
        let typing = self.typing();
        let one = typing.format(first.oid, first.typmod);
        let two = typing.format(typed.oid, typed.typmod);
        self.report(errors::recursive_types(
            left.span,
            &name,
            position + 1,
            &one,
            &two,
        ));
    }
}

fn leftmost(operation: &SetOperation) -> usize {
    let mut current = &operation.left;
    loop {
        match current {
            SetOperand::Entry(entry) => return *entry,
            SetOperand::Operation(operation) => current = &operation.left,
        }
    }
}

/// Where the columns of a query are written.
fn target_places(query: &ast::Query) -> Vec<Span> {
    match &query.body {
        QueryBody::Select(select) => select.targets.iter().map(|it| it.value.span).collect(),
        QueryBody::Values(rows) => match rows.first() {
            Some(row) => row.iter().map(|it| it.span).collect(),
            None => Vec::new(),
        },
        QueryBody::SetOperation { left, .. } => target_places(left),
    }
}

fn right_place(query: &ast::Query) -> Span {
    target_places(query).first().copied().unwrap_or(query.span)
}
