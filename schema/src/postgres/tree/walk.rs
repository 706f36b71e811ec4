//! Visits the parts of a tree.

use super::call::{Aggregate, WindowCall};
use super::expr::{Expr, Subscript, Subscripts};
use super::from::{FromItem, Join, JoinRange, RangeEntry, RangeKind, TableFunction};
use super::query::{ConflictAction, FrameBound, OnConflict, Query, Target, Window};

/// What is done at each part of a tree. To go deeper, a visitor calls [`walk_expression`] and [`walk_query`].
pub trait Visitor {
    /// An expression.
    fn expression(&mut self, expression: &Expr) {
        walk_expression(self, expression);
    }

    /// A query, in an expression, in FROM or in WITH.
    fn query(&mut self, query: &Query) {
        walk_query(self, query);
    }

    /// The columns of a join, each made of those of the entries that it joins.
    fn join(&mut self, join: &JoinRange) {
        for column in &join.columns {
            self.expression(column);
        }
    }
}

/// Visits the operands of an expression.
pub fn walk_expression<V: Visitor + ?Sized>(visitor: &mut V, expression: &Expr) {
    match expression {
        Expr::Column(_)
        | Expr::Constant(_)
        | Expr::Parameter(_)
        | Expr::Grouping(_)
        | Expr::CaseTest(_)
        | Expr::SqlValue(_)
        | Expr::DomainValue(_)
        | Expr::Default(_)
        | Expr::CurrentOf(_)
        | Expr::Unknown => {}
        Expr::Function(it) => all(visitor, &it.arguments),
        Expr::Aggregate(it) => aggregate(visitor, it),
        Expr::Window(it) => window_call(visitor, it),
        Expr::Operator(it) | Expr::Distinct(it) | Expr::NullIf(it) => all(visitor, &it.arguments),
        Expr::ArrayComparison(it) => {
            visitor.expression(&it.value);
            visitor.expression(&it.array);
        }
        Expr::Boolean(_, operands) => all(visitor, operands),
        Expr::SubLink(it) => {
            all(visitor, &it.operands);
            maybe(visitor, it.comparison.as_deref());
            visitor.query(&it.query);
        }
        Expr::Named(it) => visitor.expression(&it.argument),
        Expr::Subscripts(it) => subscripts(visitor, it),
        Expr::FieldSelect(it) => visitor.expression(&it.row),
        Expr::FieldStore(it) => {
            visitor.expression(&it.row);
            for (_, value) in &it.fields {
                visitor.expression(value);
            }
        }
        Expr::Relabel(it) | Expr::Io(it) | Expr::ConvertRow(it) | Expr::ToDomain(it) => {
            visitor.expression(&it.operand);
        }
        Expr::ArrayCoercion(it) => {
            visitor.expression(&it.operand);
            visitor.expression(&it.element);
        }
        Expr::Collate(it) => visitor.expression(&it.operand),
        Expr::Case(it) => {
            maybe(visitor, it.operand.as_ref());
            for branch in &it.branches {
                visitor.expression(&branch.condition);
                visitor.expression(&branch.result);
            }
            visitor.expression(&it.otherwise);
        }
        Expr::Array(it) => all(visitor, &it.elements),
        Expr::Row(it) => all(visitor, &it.fields),
        Expr::RowComparison(it) => {
            all(visitor, &it.left);
            all(visitor, &it.right);
        }
        Expr::Coalesce(it) => all(visitor, &it.arguments),
        Expr::MinMax(it) => all(visitor, &it.arguments),
        Expr::Xml(it) => {
            for (_, value) in &it.named {
                visitor.expression(value);
            }
            all(visitor, &it.arguments);
        }
        Expr::NullTest(it) => visitor.expression(&it.operand),
        Expr::BooleanTest(it) => visitor.expression(&it.operand),
    }
}

/// Visits the expressions and subqueries of a query, those of its range table included.
pub fn walk_query<V: Visitor + ?Sized>(visitor: &mut V, query: &Query) {
    for common in &query.common_tables {
        visitor.query(&common.query);
        if let Some(cycle) = &common.cycle {
            visitor.expression(&cycle.value);
            visitor.expression(&cycle.default);
        }
    }
    for entry in &query.range_table {
        range_entry(visitor, entry);
    }
    for item in &query.from {
        from_item(visitor, item);
    }
    maybe(visitor, query.filter.as_ref());
    targets(visitor, &query.targets);
    if let Some(it) = query.on_conflict.as_deref() {
        on_conflict(visitor, it);
    }
    targets(visitor, &query.returning);
    maybe(visitor, query.having.as_ref());
    for it in &query.windows {
        window(visitor, it);
    }
    maybe(visitor, query.offset.as_ref());
    maybe(visitor, query.limit.as_ref());
    for action in &query.merge_actions {
        maybe(visitor, action.condition.as_ref());
        targets(visitor, &action.targets);
    }
}

fn all<V: Visitor + ?Sized>(visitor: &mut V, expressions: &[Expr]) {
    for expression in expressions {
        visitor.expression(expression);
    }
}

fn maybe<V: Visitor + ?Sized>(visitor: &mut V, expression: Option<&Expr>) {
    if let Some(expression) = expression {
        visitor.expression(expression);
    }
}

fn targets<V: Visitor + ?Sized>(visitor: &mut V, targets: &[Target]) {
    for target in targets {
        visitor.expression(&target.expression);
    }
}

fn aggregate<V: Visitor + ?Sized>(visitor: &mut V, it: &Aggregate) {
    all(visitor, &it.direct_arguments);
    targets(visitor, &it.arguments);
    maybe(visitor, it.filter.as_ref());
}

fn window_call<V: Visitor + ?Sized>(visitor: &mut V, it: &WindowCall) {
    all(visitor, &it.arguments);
    maybe(visitor, it.filter.as_ref());
}

fn subscripts<V: Visitor + ?Sized>(visitor: &mut V, it: &Subscripts) {
    visitor.expression(&it.container);
    for subscript in &it.subscripts {
        match subscript {
            Subscript::Index(index) => visitor.expression(index),
            Subscript::Slice(lower, upper) => {
                maybe(visitor, lower.as_ref());
                maybe(visitor, upper.as_ref());
            }
        }
    }
    maybe(visitor, it.assigned.as_ref());
}

fn range_entry<V: Visitor + ?Sized>(visitor: &mut V, entry: &RangeEntry) {
    match &entry.kind {
        RangeKind::Relation { sample, .. } => {
            if let Some(sample) = sample {
                all(visitor, &sample.arguments);
                maybe(visitor, sample.repeatable.as_ref());
            }
        }
        RangeKind::Subquery { query, .. } => visitor.query(query),
        RangeKind::Join(join) => visitor.join(join),
        RangeKind::Function { functions, .. } => {
            for function in functions {
                visitor.expression(&function.call);
            }
        }
        RangeKind::TableFunction(it) => table_function(visitor, it),
        RangeKind::Values { rows, .. } => {
            for row in rows {
                all(visitor, row);
            }
        }
        RangeKind::CommonTable { .. } | RangeKind::TransitionTable { .. } | RangeKind::Unknown => {}
    }
}

fn table_function<V: Visitor + ?Sized>(visitor: &mut V, it: &TableFunction) {
    for (_, namespace) in &it.namespaces {
        visitor.expression(namespace);
    }
    visitor.expression(&it.document);
    visitor.expression(&it.rows);
    for column in &it.columns {
        maybe(visitor, column.path.as_ref());
        maybe(visitor, column.default.as_ref());
    }
}

fn from_item<V: Visitor + ?Sized>(visitor: &mut V, item: &FromItem) {
    match item {
        FromItem::Entry(_) => {}
        FromItem::Join(join) => {
            let Join {
                left,
                right,
                condition,
                ..
            } = &**join;
            from_item(visitor, left);
            from_item(visitor, right);
            maybe(visitor, condition.as_ref());
        }
    }
}

fn on_conflict<V: Visitor + ?Sized>(visitor: &mut V, it: &OnConflict) {
    for element in &it.elements {
        visitor.expression(&element.expression);
    }
    maybe(visitor, it.filter.as_ref());
    match &it.action {
        ConflictAction::Nothing => {}
        ConflictAction::Update { set, filter } => {
            targets(visitor, set);
            maybe(visitor, filter.as_ref());
        }
    }
}

fn window<V: Visitor + ?Sized>(visitor: &mut V, it: &Window) {
    let Some(frame) = &it.frame else {
        return;
    };
    for bound in std::iter::once(&frame.start).chain(&frame.end) {
        match bound {
            FrameBound::Preceding(offset) | FrameBound::Following(offset) => {
                visitor.expression(offset);
            }
            FrameBound::UnboundedPreceding
            | FrameBound::CurrentRow
            | FrameBound::UnboundedFollowing => {}
        }
    }
}
