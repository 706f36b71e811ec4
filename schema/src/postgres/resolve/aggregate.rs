//! Where aggregates may stand, and what may stand beside them (`parse_agg.c`).

use super::resolver::{Resolver, is_unknown};
use crate::errors::postgres::expressions as errors;
use crate::postgres::ast;
use crate::postgres::catalog::ConstraintKind;
use crate::postgres::tree::{
    Aggregate, Column, Expr, Grouping, Query, RangeEntry, RangeKind, Visitor, walk_expression,
    walk_query,
};
use crate::postgres::types::Oid;
use crate::text::Span;

/// What the arguments of an aggregate hold (`check_agg_arguments`).
#[derive(Default)]
struct Contents {
    depth: usize,
    columns: Option<usize>,
    aggregates: Option<usize>,
    windows: bool,
    sets: bool,
}

fn least(one: Option<usize>, two: usize) -> Option<usize> {
    Some(one.map_or(two, |one| one.min(two)))
}

impl Visitor for Contents {
    fn expression(&mut self, expression: &Expr) {
        match expression {
            Expr::Column(column) => {
                if let Some(level) = column.levels_up.checked_sub(self.depth) {
                    self.columns = least(self.columns, level);
                }
            }
            Expr::Aggregate(aggregate) => {
                if let Some(level) = aggregate.levels_up.checked_sub(self.depth) {
                    self.aggregates = least(self.aggregates, level);
                }
            }
            Expr::Window(_) => self.windows |= self.depth == 0,
            Expr::Function(call) => self.sets |= self.depth == 0 && call.returns_set,
            Expr::Operator(call) => self.sets |= self.depth == 0 && call.returns_set,
            _ => {}
        }
        walk_expression(self, expression);
    }

    fn query(&mut self, query: &Query) {
        self.depth += 1;
        walk_query(self, query);
        self.depth -= 1;
    }
}

impl<'a> Resolver<'a> {
    /// Finds out which query an aggregate belongs to, and whether it may stand there; says whether it may
    /// (`check_agglevels_and_constraints`).
    pub(super) fn place_aggregate(
        &mut self,
        aggregate: &mut Aggregate,
        name: &str,
        span: Span,
    ) -> bool {
        let mut contents = Contents::default();
        for target in &aggregate.arguments {
            contents.expression(&target.expression);
        }
        if let Some(filter) = &aggregate.filter {
            contents.expression(filter);
        }
        for direct in &aggregate.direct_arguments {
            contents.expression(direct);
        }
        if contents.windows {
            self.report(errors::window_in_aggregate(span, name));
            return false;
        }
        if contents.sets {
            self.report(errors::set_in_aggregate(span, name));
            return false;
        }
        let level = match (contents.columns, contents.aggregates) {
            (Some(one), Some(two)) => one.min(two),
            (Some(level), None) | (None, Some(level)) => level,
            (None, None) => 0,
        };
        if contents.aggregates == Some(level) {
            self.report(errors::nested_aggregates(span, name));
            return false;
        }
        aggregate.levels_up = level;
        self.allow_aggregate(level, name, span)
    }

    fn allow_aggregate(&mut self, levels_up: usize, name: &str, span: Span) -> bool {
        let Some(level) = self.outer_mut(levels_up) else {
            return true;
        };
        let context = level.context;
        if !context.takes_aggregates() {
            self.report(errors::aggregate_here(span, name, context));
            return false;
        }
        level.has_aggregates = true;
        let names_itself = level.range_table.iter().any(|entry| {
            matches!(
                entry.kind,
                RangeKind::CommonTable {
                    recursive: true,
                    ..
                }
            )
        });
        if names_itself {
            self.report(errors::aggregate_in_recursion(span, name));
        }
        !names_itself
    }

    /// `GROUPING(…)`.
    pub(super) fn grouping(&mut self, arguments: &'a [ast::Expr], span: Span) -> Expr {
        if arguments.len() > 31 {
            return self.mistake(errors::too_many_groupings(span));
        }
        let arguments = self.expressions(arguments);
        if arguments.iter().any(is_unknown) {
            return Expr::Unknown;
        }
        let mut contents = Contents::default();
        for argument in &arguments {
            contents.expression(argument);
        }
        let levels_up = contents.columns.unwrap_or(0);
        if !self.allow_aggregate(levels_up, "grouping", span) {
            return Expr::Unknown;
        }
        if let Some(level) = self.outer_mut(levels_up) {
            let arguments = arguments.clone();
            level.groupings.push((arguments, levels_up, span));
        }
        Expr::Grouping(Grouping {
            arguments,
            terms: Vec::new(),
            levels_up,
        })
    }

    /// Columns beside aggregates must be grouped by (`parseCheckAggregates`).
    pub(super) fn check_grouping(&mut self, query: &mut Query, clauses: &[(Span, bool)]) {
        let grouped = !query.group_by.is_empty() || !query.grouping_sets.is_empty();
        if !(grouped || query.having.is_some() || query.has_aggregates) {
            return;
        }
        let groups: Vec<Expr> = query
            .group_by
            .iter()
            .filter_map(|term| {
                let mut targets = query.targets.iter();
                targets.find(|target| target.sort_reference == term.target)
            })
            .map(|target| flat(&target.expression, &query.range_table))
            .collect();
        if groups.iter().any(is_unknown) {
            return;
        }
        self.check_grouping_calls(query, &groups);
        let mut check = Check {
            resolver: self,
            range_table: &query.range_table,
            groups,
            depth: 0,
            found: Vec::new(),
            dependent: Vec::new(),
            constraints: Vec::new(),
        };
        for target in &query.targets {
            check.expression(&target.expression);
        }
        if let Some(having) = &query.having {
            check.expression(having);
        }
        let Check {
            found, constraints, ..
        } = check;
        query.constraint_dependencies = constraints;
        let mut told: Vec<(usize, i16)> = Vec::new();
        for (column, nested) in found {
            if told.contains(&(column.entry, column.number)) {
                continue;
            }
            told.push((column.entry, column.number));
            self.ungrouped(query, column, nested, clauses);
        }
    }

    /// What GROUPING names is grouped by, word for word (`finalize_grouping_exprs`).
    fn check_grouping_calls(&mut self, query: &Query, groups: &[Expr]) {
        let calls = std::mem::take(&mut self.level_mut().groupings);
        for (arguments, levels_up, span) in calls {
            let is_grouped = |argument: &Expr| match flat(argument, &query.range_table) {
                Expr::Column(column) => groups.iter().any(|group| match group {
                    Expr::Column(group) => {
                        column.levels_up == levels_up
                            && (group.entry, group.number) == (column.entry, column.number)
                    }
                    _ => false,
                }),
                // From a subquery only columns are recognised.
                whole => levels_up == 0 && groups.contains(&whole),
            };
            if !arguments.iter().all(is_grouped) {
                self.report(errors::grouping_of_ungrouped(span));
            }
        }
    }

    fn ungrouped(&mut self, query: &Query, column: Column, nested: bool, clauses: &[(Span, bool)]) {
        let mentions = self.level().mentions.iter().rev();
        let mut mentions = mentions
            .filter(|(entry, number, _)| (*entry, *number) == (column.entry, column.number));
        // The place in the columns or in HAVING, and not the one in WHERE.
        let place = mentions
            .find(|(.., span)| clauses.iter().any(|(clause, _)| clause.contains(*span)))
            .map(|(.., span)| *span)
            .or_else(|| clauses.first().map(|(span, _)| *span));
        let Some(span) = place else {
            return;
        };
        let entry = query.range_table.get(column.entry);
        let table = entry
            .map(|it| it.reference.name.to_string())
            .unwrap_or_default();
        let position = usize::try_from(column.number)
            .ok()
            .and_then(|it| it.checked_sub(1));
        let name = match position {
            Some(at) => entry.and_then(|it| it.reference.columns.get(at).cloned()),
            None => Some("*".into()),
        };
        let name = name.unwrap_or_default();
        let grouped = !query.group_by.is_empty() || !query.grouping_sets.is_empty();
        self.report(errors::ungrouped(span, &table, &name, nested, grouped));
    }
}

struct Check<'r, 'a, 'q> {
    resolver: &'r Resolver<'a>,
    range_table: &'q [RangeEntry],
    groups: Vec<Expr>,
    depth: usize,
    /// Columns that are not grouped by, and whether they stand in a subquery.
    found: Vec<(Column, bool)>,
    /// Entries whose primary key is grouped by.
    dependent: Vec<usize>,
    constraints: Vec<Oid>,
}

impl Visitor for Check<'_, '_, '_> {
    fn expression(&mut self, expression: &Expr) {
        match expression {
            Expr::Constant(_) | Expr::Parameter(_) | Expr::Unknown => return,
            Expr::Aggregate(aggregate) => {
                if aggregate.levels_up == self.depth {
                    for direct in &aggregate.direct_arguments {
                        self.expression(direct);
                    }
                    return;
                }
                if aggregate.levels_up > self.depth {
                    return;
                }
            }
            Expr::Grouping(_) => return,
            _ => {}
        }
        let whole = flat(expression, self.range_table);
        if self.depth == 0 && self.groups.contains(&whole) {
            return;
        }
        match &whole {
            Expr::Column(column) => self.column(*column),
            other if *other != *expression => walk_expression(self, other),
            _ => walk_expression(self, expression),
        }
    }

    fn query(&mut self, query: &Query) {
        self.depth += 1;
        walk_query(self, query);
        self.depth -= 1;
    }
}

impl Check<'_, '_, '_> {
    fn column(&mut self, column: Column) {
        if column.levels_up != self.depth {
            return;
        }
        let own = Column {
            levels_up: 0,
            ..column
        };
        let is_it = |group: &Expr| match group {
            Expr::Column(group) => (group.entry, group.number) == (own.entry, own.number),
            _ => false,
        };
        if self.groups.iter().any(is_it) {
            return;
        }
        if self.dependent.contains(&column.entry) || self.is_dependent(column.entry) {
            return;
        }
        self.found.push((own, self.depth > 0));
    }

    /// Whether the primary key of a table is grouped by, on which all its columns depend
    /// (`check_functional_grouping`).
    fn is_dependent(&mut self, entry: usize) -> bool {
        let range = self.range_table.get(entry).map(|it| &it.kind);
        let Some(RangeKind::Relation { relation, .. }) = range else {
            return false;
        };
        let constraints = self.resolver.catalog.constraints.inside(Some(*relation));
        for constraint in constraints {
            let ConstraintKind::PrimaryKey(key) = &constraint.kind else {
                continue;
            };
            if constraint.timing.deferrable {
                continue;
            }
            let has = |number: &i16| {
                self.groups.iter().any(|group| match group {
                    Expr::Column(group) => (group.entry, group.number) == (entry, *number),
                    _ => false,
                })
            };
            if key.columns.iter().all(has) {
                self.dependent.push(entry);
                self.constraints.push(constraint.oid);
                return true;
            }
        }
        false
    }
}

/// An expression in which a column of a join is what it is made of (`flatten_join_alias_vars`). Only the expression
/// itself is looked at: what is in it is looked at when it is its turn.
fn flat(expression: &Expr, range_table: &[RangeEntry]) -> Expr {
    let mut current = expression.clone();
    // A join of joins refers down, so that this ends.
    while let Expr::Column(column) = &current {
        let column = *column;
        let Some(RangeKind::Join(join)) = range_table.get(column.entry).map(|it| &it.kind) else {
            break;
        };
        let position = usize::try_from(column.number)
            .ok()
            .and_then(|it| it.checked_sub(1));
        let Some(value) = position.and_then(|at| join.columns.get(at)) else {
            break;
        };
        match value {
            Expr::Column(inner) if inner.entry < column.entry => {
                current = Expr::Column(Column {
                    levels_up: column.levels_up,
                    ..*inner
                });
            }
            Expr::Column(_) => break,
            other if column.levels_up == 0 => return other.clone(),
            _ => break,
        }
    }
    match current {
        Expr::Column(column) => Expr::Column(Column {
            shown_as: None,
            ..column
        }),
        other => other,
    }
}
