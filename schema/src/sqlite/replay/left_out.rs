//! What keeps rows out of a copy: the clauses of a query that let only some rows of a table pass, or one for several.

use super::Replay;
use super::rows::LeftOut;
use crate::catalog::Key;
use crate::sqlite::ast::{
    BinaryOperator, CompoundOperator, ConflictAction, ConflictResolution, Expr, ExprKind, FromItem,
    FromSource, FunctionArguments, Insert, JoinConstraint, Literal, Query, ResultColumn, Select,
    SelectCore, With,
};
use crate::sqlite::catalog::Table;
use crate::sqlite::lints;
use crate::sqlite::resolve::{Reference, Target, is_aggregate};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// How rows are kept out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// By a condition or a limit: those that do not meet it.
    Filtered,
    /// By a join, a group or a key: those without a partner, and those that are like others. Their values may well be kept.
    Merged,
}

type Clause = (Span, How);

impl Replay {
    /// What keeps rows out of what INSERT copies.
    pub(super) fn left_out_of_insert(
        &self,
        insert: &Insert,
        query: &Query,
        target: &Table,
        references: &[Reference],
    ) -> Option<LeftOut> {
        let by_query = self.left_out(query, insert.with.as_ref(), target, references);
        by_query.or_else(|| {
            let place = insert.target.name.name.span;
            self.may_skip(insert, target, references).then(|| LeftOut {
                place,
                how: How::Merged,
                by: BTreeSet::new(),
            })
        })
    }

    /// The clause of a query that leaves rows out. One that looks at the table which is written leaves out those that are
    /// there already.
    pub(super) fn left_out(
        &self,
        query: &Query,
        with: Option<&With>,
        target: &Table,
        references: &[Reference],
    ) -> Option<LeftOut> {
        let keys = self.keys_read(references);
        let clauses = Clauses {
            keys: &keys,
            children: &self.children_read(references),
        };
        let (place, how) = clauses.of_query(query, with)?;
        let mut by = BTreeSet::new();
        for reference in references {
            if !place.contains(reference.span) {
                continue;
            }
            match &reference.target {
                Target::Relation(path) => {
                    let table = self.table_at(path)?;
                    if table.provenance.created == target.provenance.created {
                        return None;
                    }
                }
                Target::Column { relation, column } => {
                    let column = self
                        .table_at(relation)
                        .and_then(|it| it.columns.get(*column));
                    by.extend(column.map(|column| column.provenance.created));
                }
            }
        }
        Some(LeftOut { place, how, by })
    }

    /// The places that name a column by which the rows of its table differ: a primary key of one column.
    fn keys_read(&self, references: &[Reference]) -> BTreeSet<Span> {
        let keys = references
            .iter()
            .filter(|reference| match &reference.target {
                Target::Relation(_) => false,
                Target::Column { relation, column } => {
                    self.table_at(relation).is_some_and(|table| {
                        let key = table.primary_key.as_ref();
                        key.is_some_and(|key| key.columns == [*column])
                    })
                }
            });
        keys.map(|reference| reference.span).collect()
    }

    /// The places that name a column which always has a partner in another table, and that table: a foreign key that is
    /// never NULL.
    fn children_read(&self, references: &[Reference]) -> BTreeMap<Span, Key> {
        let children = references.iter().filter_map(|reference| {
            let Target::Column { relation, column } = &reference.target else {
                return None;
            };
            let table = self.table_at(relation)?;
            table.columns.get(*column).filter(|it| it.not_null)?;
            let mut keys = table.foreign_keys.iter();
            let key = keys.find(|key| key.columns == [*column])?;
            Some((reference.span, Key::new(&key.table)))
        });
        children.collect()
    }

    /// Whether INSERT passes over rows that a new table does not take, where the table demands more of them than the one
    /// they come from. What is in an older table already is not lost by being passed over.
    fn may_skip(&self, insert: &Insert, target: &Table, references: &[Reference]) -> bool {
        let ignores = matches!(insert.or, Some(ConflictResolution::Ignore));
        let does_nothing = insert.upserts.iter().any(|upsert| match upsert.action {
            ConflictAction::Nothing => true,
            ConflictAction::Update { .. } => false,
        });
        if !ignores && !does_nothing || lints::existed(&self.start, target) {
            return false;
        }
        let mut read = references.iter().filter_map(|it| match &it.target {
            Target::Relation(path) => self.table_at(path),
            Target::Column { .. } => None,
        });
        let Some(from) = read.find(|it| it.provenance.created != target.provenance.created) else {
            return false;
        };
        let names = |table: &Table, positions: &[usize]| -> BTreeSet<String> {
            let columns = positions.iter().filter_map(|it| table.columns.get(*it));
            columns.map(|it| it.name.to_ascii_lowercase()).collect()
        };
        let keys = |table: &Table| -> BTreeSet<BTreeSet<String>> {
            let own = table.primary_key.iter().map(|key| &key.columns);
            let own = own.chain(table.unique.iter().map(|unique| &unique.columns));
            own.map(|positions| names(table, positions)).collect()
        };
        let demands_keys = !keys(target).is_subset(&keys(from));
        let alias = target.rowid_alias();
        let demands_values = || {
            let mut columns = target.columns.iter().enumerate();
            columns.any(|(position, column)| {
                let old = from.column_index(&column.name);
                let old = old.and_then(|old| from.columns.get(old));
                let is_new = column.not_null && old.is_none_or(|old| !old.not_null);
                is_new && alias != Some(position)
            }) || target.checks.len() > from.checks.len()
        };
        demands_keys || ignores && demands_values()
    }
}

/// Looks for a clause of a query that leaves rows out.
struct Clauses<'a> {
    /// The places that name a key of its table.
    keys: &'a BTreeSet<Span>,
    /// The places that name a foreign key which is never NULL, and its parent.
    children: &'a BTreeMap<Span, Key>,
}

impl Clauses<'_> {
    /// The first clause of a query, or of a query that it reads from.
    fn of_query(&self, query: &Query, with: Option<&With>) -> Option<Clause> {
        let limit = query.limit.as_ref();
        let limit = limit.map(|limit| (limit.count.span, How::Filtered));
        limit
            .or_else(|| {
                let tables = with.into_iter().chain(&query.with);
                let mut tables = tables.flat_map(|with| &with.tables);
                tables.find_map(|table| self.of_query(&table.query, None))
            })
            .or_else(|| {
                query.arms.iter().find_map(|arm| match arm.operator {
                    Some((CompoundOperator::Except | CompoundOperator::Intersect, span)) => {
                        Some((span, How::Filtered))
                    }
                    Some((CompoundOperator::Union | CompoundOperator::UnionAll, _)) | None => {
                        self.of_arm(&arm.core)
                    }
                })
            })
    }

    fn of_arm(&self, core: &SelectCore) -> Option<Clause> {
        let SelectCore::Select(select) = core else {
            return None;
        };
        let joins = select.from.len() > 1;
        let filter = select.filter.as_ref();
        let filter = filter.filter(|filter| leaves_out(filter, joins));
        let filter = filter.or(select.having.as_ref());
        filter
            .map(|filter| (filter.span, How::Filtered))
            .or_else(|| self.merge(select).map(|place| (place, How::Merged)))
            .or_else(|| self.of_sources(&select.from, select.filter.as_ref()))
    }

    fn of_sources(&self, items: &[FromItem], filter: Option<&Expr>) -> Option<Clause> {
        let mut inner = items.iter().skip(1).filter(|item| is_inner_join(item));
        let inner = inner.find(|item| !self.has_partner(item, filter));
        let inner = inner.map(|item| (item.span, How::Merged));
        inner.or_else(|| {
            items.iter().find_map(|item| match &item.source {
                FromSource::Query(query) => self.of_query(query, None),
                FromSource::Group(items) => self.of_sources(items, None),
                FromSource::Table { .. } | FromSource::Function { .. } => None,
            })
        })
    }

    /// Whether every row finds one in a table, as a foreign key sees to it.
    fn has_partner(&self, item: &FromItem, filter: Option<&Expr>) -> bool {
        let FromSource::Table { name, .. } = &item.source else {
            return false;
        };
        let condition = match &item.constraint {
            Some(JoinConstraint::On(condition)) => Some(condition),
            Some(JoinConstraint::Using(_)) => None,
            // WHERE has nothing but conditions that join, or it would be what leaves rows out.
            None => filter,
        };
        let parent = Key::new(&name.name.name);
        let is_child = |value: &Expr| {
            let mut children = self.children.iter();
            is_name(value)
                && children.any(|(place, table)| value.span.contains(*place) && *table == parent)
        };
        let joins = condition.map(|condition| &condition.kind);
        matches!(
            joins,
            Some(ExprKind::Binary { operator: BinaryOperator::Equal, left, right })
                if is_name(left) && is_name(right) && (is_child(left) || is_child(right))
        )
    }

    /// What makes one row of several: DISTINCT, GROUP BY, an aggregate. Those that keep a key apart keep all rows.
    fn merge(&self, select: &Select) -> Option<Span> {
        let values = || {
            select.columns.iter().filter_map(|column| match column {
                ResultColumn::Expr { value, .. } => Some(value),
                ResultColumn::Star(_) | ResultColumn::TableStar(_) => None,
            })
        };
        let is_key = |value: &Expr| self.keys.iter().any(|key| value.span.contains(*key));
        let is_key = |value: &Expr| is_name(value) && is_key(value);
        let has_star = values().count() < select.columns.len();
        let distinct = || {
            let first = values().next().filter(|_| select.distinct && !has_star)?;
            (!values().any(is_key)).then_some(first.span)
        };
        match select.group_by.first() {
            Some(first) => (!select.group_by.iter().any(is_key)).then_some(first.span),
            None => values().find_map(aggregate).or_else(distinct),
        }
    }
}

/// Whether a row needs a partner on the other side.
fn is_inner_join(item: &FromItem) -> bool {
    let is_table = match item.source {
        FromSource::Table { .. } | FromSource::Query(_) | FromSource::Group(_) => true,
        FromSource::Function { .. } => false,
    };
    is_table && !item.join.keeps_left && !item.join.keeps_right
}

/// The first call of an aggregate function in an expression of one query.
fn aggregate(value: &Expr) -> Option<Span> {
    match &value.kind {
        ExprKind::Parenthesized(inner)
        | ExprKind::Unary { operand: inner, .. }
        | ExprKind::Cast { value: inner, .. }
        | ExprKind::Collate { value: inner, .. } => aggregate(inner),
        ExprKind::Binary { left, right, .. } => aggregate(left).or_else(|| aggregate(right)),
        ExprKind::Function(call) => {
            let arguments = match &call.arguments {
                FunctionArguments::Star => &[],
                FunctionArguments::List(arguments) => arguments.as_slice(),
            };
            let is_one = call.over.is_none() && is_aggregate(&call.name.name, arguments.len());
            let own = is_one.then_some(value.span);
            own.or_else(|| arguments.iter().find_map(aggregate))
        }
        _ => None,
    }
}

/// WHERE, unless it lets every row pass, as one that only ends a SELECT before ON CONFLICT, or joins tables.
pub(super) fn leaves_out(filter: &Expr, joins: bool) -> bool {
    match &filter.kind {
        ExprKind::Parenthesized(inner) => leaves_out(inner, joins),
        ExprKind::Literal(Literal::Integer(text)) => &**text == "0",
        ExprKind::Name(name) => !name.name.eq_ignore_ascii_case("true"),
        ExprKind::Binary {
            operator: BinaryOperator::And,
            left,
            right,
        } => leaves_out(left, joins) || leaves_out(right, joins),
        ExprKind::Binary {
            operator: BinaryOperator::Equal | BinaryOperator::Is,
            left,
            right,
        } => !(joins && is_name(left) && is_name(right)),
        _ => true,
    }
}

fn is_name(value: &Expr) -> bool {
    matches!(value.kind, ExprKind::Name(_) | ExprKind::Qualified { .. })
}
