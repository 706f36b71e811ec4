//! Joins (`transformFromClauseItem`).

use super::context::Context;
use super::from::Resolved;
use super::relation::{number_of, tree_alias};
use super::resolver::{Resolver, is_unknown};
use super::scope::{Item, ItemColumn};
use super::suggest;
use crate::errors::postgres::queries as errors;
use crate::postgres::ast::{self, Ident, JoinCondition};
use crate::postgres::tree::{
    Alias, BooleanOperator, Coalesce, Column, Expr, FromItem, Join, JoinKind, JoinRange, Query,
    RangeEntry, RangeKind, UNKNOWN, Visitor, walk_expression,
};
use crate::postgres::types::Objects as _;
use crate::text::Span;
use std::sync::Arc;

/// The columns of a join as they come about.
#[derive(Default)]
struct Columns {
    named: Vec<ItemColumn>,
    values: Vec<Expr>,
    left: Vec<i16>,
    right: Vec<i16>,
}

impl<'a> Resolver<'a> {
    /// FULL JOIN finds the rows without a partner by sorting or hashing both sides, so that something of one has to equal
    /// something of the other, unless nothing is compared at all (`select_mergejoin_clauses`). What is right of the left
    /// side's last entry is of the right side.
    fn check_full_join(&mut self, condition: &Expr, last_of_left: usize, span: Span) {
        let parts = match condition {
            Expr::Boolean(BooleanOperator::And, parts) => parts.as_slice(),
            one => std::slice::from_ref(one),
        };
        let is_equality = |part: &Expr| {
            let Expr::Operator(call) = part else {
                // The planner makes `a = b` of `NOT a <> b`.
                return matches!(part, Expr::Unknown | Expr::Boolean(BooleanOperator::Not, _));
            };
            let name = self.catalog.operator(call.operator).map(|it| &*it.name);
            let [one, two] = call.arguments.as_slice() else {
                return false;
            };
            let of_left = |it: &usize| *it <= last_of_left;
            let (one, two) = (entries_of(one), entries_of(two));
            let is_apart = |left: &[usize], right: &[usize]| {
                left.iter().all(of_left) && !right.iter().any(of_left)
            };
            let has_both = !one.is_empty() && !two.is_empty();
            name == Some("=") && has_both && (is_apart(&one, &two) || is_apart(&two, &one))
        };
        if !entries_of(condition).is_empty() && !parts.iter().any(is_equality) {
            self.report(errors::full_join_without_equality(span));
        }
    }

    pub(super) fn join(
        &mut self,
        kind: ast::JoinKind,
        left: &'a ast::FromItem,
        right: &'a ast::FromItem,
        condition: &'a JoinCondition,
        alias: Option<&'a ast::Alias>,
        span: Span,
    ) -> Resolved {
        let kind = match kind {
            ast::JoinKind::Inner => JoinKind::Inner,
            ast::JoinKind::Left => JoinKind::Left,
            ast::JoinKind::Right => JoinKind::Right,
            ast::JoinKind::Full => JoinKind::Full,
        };
        const NULLABLE: &str = "the side of an outer join that may be missing";
        let bars_left = matches!(kind, JoinKind::Right | JoinKind::Full).then_some(NULLABLE);
        let bars_right = matches!(kind, JoinKind::Left | JoinKind::Full).then_some(NULLABLE);
        let left = self.barring_recursion(bars_left, |it| it.item_of_from(left));
        // The right side sees the left one if it is LATERAL.
        let before = self.level().items.len();
        let allowed = matches!(kind, JoinKind::Inner | JoinKind::Left);
        let seen = left.named.iter().map(|item| Item {
            lateral_only: true,
            lateral_allowed: allowed,
            ..item.clone()
        });
        let seen: Vec<Item> = seen.collect();
        self.level_mut().items.extend(seen);
        let right = self.barring_recursion(bars_right, |it| it.item_of_from(right));
        self.level_mut().items.truncate(before);
        self.check_sides(&left.named, &right.named);

        let mut named = left.named;
        named.extend(right.named);
        let entry_unknown = left.whole.unknown || right.whole.unknown;
        let using = self.using_columns(condition, &left.whole, &right.whole);
        let mut columns = Columns::default();
        let mut equalities = Vec::new();
        for name in &using {
            self.merge_column(
                kind,
                name,
                &left.whole,
                &right.whole,
                &mut columns,
                &mut equalities,
            );
        }
        let merged = columns.named.len();
        Resolver::rest(&using, &left.whole, &mut columns, true);
        Resolver::rest(&using, &right.whole, &mut columns, false);
        let condition_value = match condition {
            JoinCondition::None => None,
            JoinCondition::Natural | JoinCondition::Using { .. } => Resolver::all_of(equalities),
            JoinCondition::On(condition) => {
                let value = self.join_condition(condition, &named);
                if kind == JoinKind::Full && self.plans && self.level().planned {
                    self.check_full_join(&value, left.whole.entry, condition.span);
                }
                Some(value)
            }
        };
        let using_alias = match condition {
            JoinCondition::Using { alias, .. } => alias.as_ref(),
            _ => None,
        };
        let aliases = alias.map_or(&[][..], |alias| &alias.columns);
        if aliases.len() > columns.named.len() && !entry_unknown {
            let name = alias.map_or("join", |alias| &alias.name.name);
            self.report(errors::too_many_aliases(name, columns.named.len(), aliases));
        }
        let whole = self.add_join(
            kind,
            columns,
            merged,
            alias,
            using_alias,
            entry_unknown,
            span,
        );
        let entry = whole.entry;
        if alias.is_some() {
            named.clear();
        } else {
            for item in &mut named {
                item.columns_visible = false;
            }
        }
        if let Some(using_alias) = using_alias {
            let columns = whole.columns.iter().take(merged).cloned().collect();
            let item = Item {
                name: Arc::clone(&using_alias.name),
                aliased: true,
                columns,
                columns_visible: false,
                name_visible: true,
                span: using_alias.span,
                ..whole.clone()
            };
            self.check_sides(&named, std::slice::from_ref(&item));
            named.push(item);
        }
        named.push(whole.clone());
        let node = FromItem::Join(Box::new(Join {
            kind,
            natural: matches!(condition, JoinCondition::Natural),
            left: left.node,
            right: right.node,
            using: using.iter().map(|it| Arc::clone(&it.name)).collect(),
            using_alias: using_alias.map(|it| Arc::clone(&it.name)),
            condition: condition_value,
            alias: alias.map(tree_alias),
            entry,
        }));
        Resolved { node, whole, named }
    }

    fn check_sides(&mut self, left: &[Item], right: &[Item]) {
        let before = self.level().items.len();
        self.level_mut().items.extend_from_slice(left);
        self.check_names(right, before);
        self.level_mut().items.truncate(before);
    }

    /// The names of USING; for NATURAL those that both sides have.
    fn using_columns(
        &mut self,
        condition: &JoinCondition,
        left: &Item,
        right: &Item,
    ) -> Vec<Ident> {
        match condition {
            JoinCondition::None | JoinCondition::On(_) => Vec::new(),
            JoinCondition::Natural => left
                .columns
                .iter()
                .filter(|column| !column.hidden)
                .filter(|column| right.columns.iter().any(|it| it.name == column.name))
                .map(|column| Ident::supplied(&column.name, right.span))
                .collect(),
            JoinCondition::Using { columns, .. } => {
                for (position, column) in columns.iter().enumerate() {
                    let mut before = columns.iter().take(position);
                    if let Some(first) = before.find(|it| it.name == column.name) {
                        self.report(errors::duplicate_using(column, first.span));
                    }
                }
                columns.clone()
            }
        }
    }

    /// The column of one side of USING.
    fn side_of_using(&mut self, name: &Ident, item: &Item, side: &str) -> Option<(i16, Column)> {
        let mut found = item
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| column.name == name.name);
        let Some((position, column)) = found.next() else {
            if !item.unknown {
                let mistake = suggest::unknown_using(name, item, side);
                self.report(mistake);
            }
            return None;
        };
        if found.next().is_some() {
            self.report(errors::ambiguous_column(name, &[item.span]));
            return None;
        }
        Some((number_of(position), column.column))
    }

    /// A column that USING merges (`buildMergedJoinVar`), and the equality of its sources.
    fn merge_column(
        &mut self,
        kind: JoinKind,
        name: &Ident,
        left: &Item,
        right: &Item,
        columns: &mut Columns,
        equalities: &mut Vec<Expr>,
    ) {
        let left_column = self.side_of_using(name, left, "left");
        let right_column = self.side_of_using(name, right, "right");
        let entry = self.level().range_table.len();
        let number = number_of(columns.named.len());
        columns.left.push(left_column.map_or(0, |it| it.0));
        columns.right.push(right_column.map_or(0, |it| it.0));
        let unknown = Column::new(entry, number, UNKNOWN);
        let (column, value) = match (left_column, right_column) {
            (Some((_, one)), Some((_, two)))
                if one.typed.oid != UNKNOWN.oid && two.typed.oid != UNKNOWN.oid =>
            {
                let pair = [Expr::Column(one), Expr::Column(two)];
                let equality = self.within(Context::JoinUsing, |it| {
                    it.operator_on("=", &pair[0], Some(&pair[1]), name.span)
                });
                let broken = is_unknown(&equality);
                equalities.push(equality);
                match self.merged_value(kind, one, two, name.span, broken) {
                    Expr::Column(column) => (column, Expr::Column(column)),
                    value => {
                        let typed = value.value_type();
                        (Column::new(entry, number, typed), value)
                    }
                }
            }
            _ => (unknown, Expr::Unknown),
        };
        columns.named.push(ItemColumn {
            name: Arc::clone(&name.name),
            column,
            hidden: false,
        });
        columns.values.push(value);
    }

    fn merged_value(
        &mut self,
        kind: JoinKind,
        one: Column,
        two: Column,
        span: Span,
        broken: bool,
    ) -> Expr {
        if broken {
            return Expr::Unknown;
        }
        let values = [Expr::Column(one), Expr::Column(two)];
        let Some(typed) = self.common_type(&values, &[span, span], "JOIN/USING") else {
            return Expr::Unknown;
        };
        let [left, right] = values.map(|value| self.coerced_or_mistake(value, typed, span));
        match kind {
            JoinKind::Left => left,
            JoinKind::Right => right,
            JoinKind::Inner => match (&left, &right) {
                (Expr::Column(_), _) => left,
                (_, Expr::Column(_)) => right,
                _ => left,
            },
            JoinKind::Full => Expr::Coalesce(Box::new(Coalesce {
                typed: left.value_type(),
                arguments: vec![left, right],
            })),
        }
    }

    /// The columns of one side that are not merged.
    fn rest(using: &[Ident], item: &Item, columns: &mut Columns, is_left: bool) {
        for (position, column) in item.columns.iter().enumerate() {
            if using.iter().any(|it| it.name == column.name) {
                continue;
            }
            columns.named.push(column.clone());
            columns.values.push(column.seen_from(0));
            let number = number_of(position);
            columns.left.push(if is_left { number } else { 0 });
            columns.right.push(if is_left { 0 } else { number });
        }
    }

    /// ON sees the two sides and nothing else of this FROM.
    fn join_condition(&mut self, condition: &'a ast::Expr, named: &[Item]) -> Expr {
        let seen = named.iter().map(|item| Item {
            lateral_only: false,
            lateral_allowed: true,
            ..item.clone()
        });
        let seen: Vec<Item> = seen.collect();
        let before = std::mem::replace(&mut self.level_mut().items, seen);
        let value = self.condition(condition, Context::JoinOn, "JOIN/ON");
        self.level_mut().items = before;
        value
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "it puts together what makes a join"
    )]
    fn add_join(
        &mut self,
        kind: JoinKind,
        columns: Columns,
        merged: usize,
        alias: Option<&'a ast::Alias>,
        using_alias: Option<&Ident>,
        unknown: bool,
        span: Span,
    ) -> Item {
        let entry = self.level().range_table.len();
        let aliases = alias.map_or(&[][..], |alias| &alias.columns);
        let mut named = columns.named;
        for (position, column) in named.iter_mut().enumerate() {
            if let Some(alias) = aliases.get(position) {
                column.name = Arc::clone(&alias.name);
            }
            if alias.is_some() {
                column.column.shown_as = Some((entry, number_of(position)));
            }
        }
        let name: Arc<str> = match alias {
            Some(alias) => Arc::clone(&alias.name.name),
            None => "unnamed_join".into(),
        };
        self.add_entry(RangeEntry {
            kind: RangeKind::Join(JoinRange {
                kind,
                merged,
                columns: columns.values,
                left_columns: columns.left,
                right_columns: columns.right,
                using_alias: using_alias.map(|it| Arc::clone(&it.name)),
            }),
            alias: Resolver::kept_alias(alias),
            reference: Alias {
                name: Arc::clone(&name),
                columns: named.iter().map(|it| Arc::clone(&it.name)).collect(),
            },
            lateral: false,
            in_from: true,
        });
        Item {
            name,
            aliased: true,
            columns: named,
            entry,
            name_visible: alias.is_some(),
            columns_visible: true,
            lateral_only: false,
            lateral_allowed: true,
            unknown,
            system_columns: false,
            scalar: false,
            span,
        }
    }
}

/// The entries of the range table whose columns an expression reads.
fn entries_of(expression: &Expr) -> Vec<usize> {
    struct Entries(Vec<usize>);
    impl Visitor for Entries {
        fn expression(&mut self, expression: &Expr) {
            if let Expr::Column(column) = expression {
                self.0
                    .extend((column.levels_up == 0).then_some(column.entry));
            }
            walk_expression(self, expression);
        }

        fn query(&mut self, _: &Query) {}
    }
    let mut entries = Entries(Vec::new());
    entries.expression(expression);
    entries.0
}
