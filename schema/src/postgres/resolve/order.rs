//! ORDER BY, GROUP BY and DISTINCT (`parse_clause.c`).

use super::context::Context;
use super::relation::number_of;
use super::resolver::{Resolver, is_unknown, is_untyped};
use crate::errors::postgres::expressions as errors;
use crate::errors::postgres::queries;
use crate::postgres::ast::{
    self, Constant, ExprKind, GroupItemKind, NullsOrder, OrderTerm, SortDirection,
};
use crate::postgres::tree::{Distinct, Expr, GroupingSet, SortTerm, Target};
use crate::postgres::types::{Oid, ValueType, well_known};
use crate::text::Span;

/// Terms that stand for a target of the list.
enum Found {
    At(usize),
    Mistake,
}

impl<'a> Resolver<'a> {
    /// ORDER BY.
    pub(super) fn order_by(
        &mut self,
        terms: &'a [OrderTerm],
        targets: &mut Vec<Target>,
    ) -> Vec<SortTerm> {
        let mut sorts = Vec::new();
        for term in terms {
            let found = self.target_of(&term.value, targets, Context::OrderBy);
            if let Found::At(position) = found {
                self.add_sort_term(targets, position, term, &mut sorts);
            }
        }
        sorts
    }

    /// ORDER BY of an aggregate or window, where names and numbers of columns mean nothing.
    pub(super) fn order_by_values(
        &mut self,
        terms: &'a [OrderTerm],
        targets: &mut Vec<Target>,
        context: Context,
    ) -> Vec<SortTerm> {
        let mut sorts = Vec::new();
        for term in terms {
            let position = self.target_of_value(&term.value, targets, context);
            self.add_sort_term(targets, position, term, &mut sorts);
        }
        sorts
    }

    /// ORDER BY in the call of an aggregate.
    pub(super) fn aggregate_order(
        &mut self,
        terms: &'a [OrderTerm],
        targets: &mut Vec<Target>,
    ) -> Vec<SortTerm> {
        let context = self.context();
        self.order_by_values(terms, targets, context)
    }

    /// The target that a term means, by its name or number or as an expression (`findTargetlistEntrySQL92`).
    fn target_of(
        &mut self,
        term: &'a ast::Expr,
        targets: &mut Vec<Target>,
        context: Context,
    ) -> Found {
        match &term.kind {
            ExprKind::Column { parts, star: None } if parts.len() == 1 => {
                let Some(name) = parts.first() else {
                    return Found::Mistake;
                };
                // GROUP BY means a column of FROM before a name of a result's column.
                let of_from = context == Context::GroupBy && self.is_column(&name.name);
                if !of_from {
                    let mut matching = targets.iter().enumerate().filter(|(_, target)| {
                        !target.junk && target.name.as_deref() == Some(&*name.name)
                    });
                    if let Some((position, first)) = matching.next() {
                        let other = matching.find(|(_, it)| it.expression != first.expression);
                        if other.is_some() && !is_unknown(&first.expression) {
                            let place = context.place();
                            self.report(queries::ambiguous_term(name, place));
                            return Found::Mistake;
                        }
                        return Found::At(position);
                    }
                }
            }
            ExprKind::Constant(Constant::Integer(wanted)) => {
                let shown = targets.iter().filter(|target| !target.junk).count();
                let position = usize::try_from(*wanted)
                    .ok()
                    .and_then(|it| it.checked_sub(1));
                return match position.filter(|position| *position < shown) {
                    Some(position) => Found::At(position),
                    None => {
                        let incomplete = self.level().incomplete;
                        if !incomplete {
                            let place = context.place();
                            let mistake =
                                queries::no_such_position(term.span, place, *wanted, shown);
                            self.report(mistake);
                        }
                        Found::Mistake
                    }
                };
            }
            // Before version 15 TRUE and FALSE were casts of strings to the grammar.
            ExprKind::Constant(Constant::Boolean(_)) if self.version < 15 => {}
            ExprKind::Constant(
                Constant::Null
                | Constant::Boolean(_)
                | Constant::Number(_)
                | Constant::String(_)
                | Constant::Bits(_),
            ) => {
                self.report(queries::constant_term(term.span, context.place()));
                return Found::Mistake;
            }
            _ => {}
        }
        Found::At(self.target_of_value(term, targets, context))
    }

    /// Whether a column of FROM has a name.
    fn is_column(&self, name: &str) -> bool {
        let items = self.level().items.iter();
        let mut items = items.filter(|item| item.columns_visible);
        items.any(|item| item.columns.iter().any(|column| *column.name == *name))
    }

    /// The target that is an expression, which is added if there is none (`findTargetlistEntrySQL99`).
    fn target_of_value(
        &mut self,
        value: &'a ast::Expr,
        targets: &mut Vec<Target>,
        context: Context,
    ) -> usize {
        let expression = self.in_context(value, context);
        let same = targets.iter().position(|it| it.expression == expression);
        match same {
            Some(position) if !is_unknown(&expression) => position,
            _ => {
                let number = number_of(targets.len());
                targets.push(Target {
                    expression,
                    name: None,
                    number,
                    junk: true,
                    sort_reference: 0,
                    origin: None,
                });
                targets.len() - 1
            }
        }
    }

    /// Adds a target to what is sorted by (`addTargetToSortList`).
    pub(super) fn add_sort_term(
        &mut self,
        targets: &mut [Target],
        position: usize,
        term: &'a OrderTerm,
        sorts: &mut Vec<SortTerm>,
    ) {
        let span = term.value.span;
        let Some(typed) = self.settled(targets, position, span) else {
            return;
        };
        let (sort, equality, hashable, descending) = match &term.using {
            Some(operator) => {
                let Some(found) = self.operator_named(operator, Some(typed), typed) else {
                    return;
                };
                let Some((equality, reverse)) = self.equality_for_ordering(found) else {
                    self.report(errors::not_an_ordering(operator.span, &operator.name));
                    return;
                };
                (found, equality, self.is_hashable(equality, typed), reverse)
            }
            None => {
                let Some(orderings) = self.orderings(typed) else {
                    let type_name = self.type_name(typed);
                    self.report(errors::no_ordering(span, &type_name));
                    return;
                };
                let descending = term.direction == Some(SortDirection::Descending);
                let sort = match descending {
                    true => orderings.greater,
                    false => orderings.less,
                };
                (sort, orderings.equal, orderings.hashable, descending)
            }
        };
        let nulls_first = match term.nulls {
            Some(NullsOrder::First) => true,
            Some(NullsOrder::Last) => false,
            None => descending,
        };
        let target = reference(targets, position);
        if sorts.iter().any(|it| it.target == target) {
            return;
        }
        sorts.push(SortTerm {
            target,
            equality,
            sort: Some(sort),
            nulls_first,
            hashable,
        });
    }

    /// The type of a target; a string whose type nothing decides becomes text.
    fn settled(&mut self, targets: &mut [Target], position: usize, span: Span) -> Option<Oid> {
        let target = targets.get_mut(position)?;
        if is_untyped(&target.expression) {
            let value = std::mem::replace(&mut target.expression, Expr::Unknown);
            let text = ValueType::plain(well_known::TEXT);
            let value = self.coerced_or_mistake(value, text, span);
            if let Some(target) = targets.get_mut(position) {
                target.expression = value;
            }
        }
        let expression = &targets.get(position)?.expression;
        (!is_unknown(expression)).then(|| expression.value_type().oid)
    }

    /// Adds a target to what is grouped by (`addTargetToGroupList`).
    pub(super) fn add_group_term(
        &mut self,
        targets: &mut [Target],
        position: usize,
        span: Span,
        groups: &mut Vec<SortTerm>,
    ) -> Option<usize> {
        let typed = self.settled(targets, position, span)?;
        let target = reference(targets, position);
        if groups.iter().any(|it| it.target == target) {
            return Some(target);
        }
        let (equality, sort, hashable) = match self.orderings(typed) {
            Some(orderings) => (orderings.equal, Some(orderings.less), orderings.hashable),
            None => match self.equality(typed) {
                Some(equality) => (equality, None, true),
                None => {
                    let type_name = self.type_name(typed);
                    self.report(errors::no_equality(span, &type_name));
                    return None;
                }
            },
        };
        groups.push(SortTerm {
            target,
            equality,
            sort,
            nulls_first: false,
            hashable,
        });
        Some(target)
    }

    /// GROUP BY (`transformGroupClause`); the terms of ORDER BY are taken where they are the same.
    pub(super) fn group_by(
        &mut self,
        items: &'a [ast::GroupItem],
        targets: &mut Vec<Target>,
        sorts: &[SortTerm],
    ) -> (Vec<SortTerm>, Vec<GroupingSet>) {
        let mut groups = Vec::new();
        let has_sets = items
            .iter()
            .any(|item| !matches!(item.kind, GroupItemKind::Expr(_)));
        let mut sets = Vec::new();
        for item in items {
            let set = self.group_item(item, targets, &mut groups);
            if has_sets {
                sets.push(set);
            }
        }
        for group in &mut groups {
            if let Some(sort) = sorts.iter().find(|it| it.target == group.target) {
                *group = *sort;
            }
        }
        (groups, sets)
    }

    fn group_item(
        &mut self,
        item: &'a ast::GroupItem,
        targets: &mut Vec<Target>,
        groups: &mut Vec<SortTerm>,
    ) -> GroupingSet {
        match &item.kind {
            GroupItemKind::Empty => GroupingSet::Empty,
            GroupItemKind::Expr(expression) => {
                GroupingSet::Simple(self.group_expression(expression, targets, groups))
            }
            GroupItemKind::Cube(list) => GroupingSet::Cube(self.group_list(list, targets, groups)),
            GroupItemKind::Rollup(list) => {
                GroupingSet::Rollup(self.group_list(list, targets, groups))
            }
            GroupItemKind::Sets(items) => {
                let items = items.iter();
                let sets = items.map(|item| self.group_item(item, targets, groups));
                GroupingSet::Sets(sets.collect())
            }
        }
    }

    fn group_list(
        &mut self,
        list: &'a [ast::Expr],
        targets: &mut Vec<Target>,
        groups: &mut Vec<SortTerm>,
    ) -> Vec<GroupingSet> {
        let list = list.iter();
        list.map(|it| GroupingSet::Simple(self.group_expression(it, targets, groups)))
            .collect()
    }

    /// A term of GROUP BY; a row without ROW stands for its fields.
    fn group_expression(
        &mut self,
        expression: &'a ast::Expr,
        targets: &mut Vec<Target>,
        groups: &mut Vec<SortTerm>,
    ) -> Vec<usize> {
        if let ExprKind::Row {
            fields,
            explicit: false,
        } = &expression.kind
        {
            return fields
                .iter()
                .flat_map(|field| self.group_expression(field, targets, groups))
                .collect();
        }
        match self.target_of(expression, targets, Context::GroupBy) {
            Found::At(position) => self
                .add_group_term(targets, position, expression.span, groups)
                .into_iter()
                .collect(),
            Found::Mistake => {
                // What is grouped by is not known.
                let number = number_of(targets.len());
                targets.push(Target {
                    expression: Expr::Unknown,
                    name: None,
                    number,
                    junk: true,
                    sort_reference: 0,
                    origin: None,
                });
                let last = targets.len() - 1;
                let target = reference(targets, last);
                groups.push(SortTerm {
                    target,
                    equality: Oid(0),
                    sort: None,
                    nulls_first: false,
                    hashable: false,
                });
                vec![target]
            }
        }
    }

    /// DISTINCT.
    pub(super) fn distinct_clause(
        &mut self,
        distinct: Option<&'a ast::Distinct>,
        targets: &mut Vec<Target>,
        sorts: &[SortTerm],
        written: &[Span],
        span: Span,
    ) -> Distinct {
        match distinct {
            None => Distinct::No,
            Some(ast::Distinct::All) => {
                Distinct::All(self.distinct_of_targets(targets, sorts, false, written, span))
            }
            Some(ast::Distinct::On(terms)) => Distinct::On(self.distinct_on(terms, targets, sorts)),
        }
    }

    /// DISTINCT of all columns of a result, or of the arguments of an aggregate (`transformDistinctClause`).
    pub(super) fn distinct_of_targets(
        &mut self,
        targets: &mut [Target],
        sorts: &[SortTerm],
        aggregate: bool,
        written: &[Span],
        span: Span,
    ) -> Vec<SortTerm> {
        let mut terms = Vec::new();
        for sort in sorts {
            let target = targets.iter().find(|it| it.sort_reference == sort.target);
            if target.is_some_and(|it| it.junk && !is_unknown(&it.expression)) {
                self.report(queries::distinct_order(span, aggregate));
                return terms;
            }
            terms.push(*sort);
        }
        for position in 0..targets.len() {
            if targets.get(position).is_some_and(|it| !it.junk) {
                let place = written.get(position).copied().unwrap_or(span);
                self.add_group_term(targets, position, place, &mut terms);
            }
        }
        terms
    }

    /// DISTINCT ON (`transformDistinctOnClause`).
    fn distinct_on(
        &mut self,
        terms: &'a [ast::Expr],
        targets: &mut Vec<Target>,
        sorts: &[SortTerm],
    ) -> Vec<SortTerm> {
        let mut wanted = Vec::new();
        for term in terms {
            let Found::At(position) = self.target_of(term, targets, Context::DistinctOn) else {
                return Vec::new();
            };
            if self.settled(targets, position, term.span).is_none() {
                return Vec::new();
            }
            wanted.push((reference(targets, position), position, term.span));
        }
        let mut distinct = Vec::new();
        let mut skipped = false;
        for sort in sorts {
            match wanted.iter().find(|(target, ..)| *target == sort.target) {
                Some((.., span)) if skipped => {
                    self.report(queries::distinct_on_order(*span));
                    return distinct;
                }
                Some(_) => distinct.push(*sort),
                None => skipped = true,
            }
        }
        for (target, position, span) in wanted {
            if distinct.iter().any(|it| it.target == target) {
                continue;
            }
            if skipped {
                self.report(queries::distinct_on_order(span));
                return distinct;
            }
            self.add_group_term(targets, position, span, &mut distinct);
        }
        distinct
    }
}

/// By which a target is referred to (`assignSortGroupRef`).
fn reference(targets: &mut [Target], position: usize) -> usize {
    let most = targets.iter().map(|it| it.sort_reference).max();
    match targets.get_mut(position) {
        Some(target) => {
            if target.sort_reference == 0 {
                target.sort_reference = most.unwrap_or(0) + 1;
            }
            target.sort_reference
        }
        None => 0,
    }
}
