//! UPDATE and DELETE (`transformUpdateStmt`, `transformDeleteStmt`).

use super::context::Context;
use super::resolver::Resolver;
use super::scope::Level;
use crate::errors::postgres::changes as errors;
use crate::errors::postgres::queries;
use crate::postgres::ast::{self, Assignment, AssignmentTarget, ExprKind};
use crate::postgres::catalog::{Column, Identity, Relation};
use crate::postgres::tree::{Command, Expr, Parameter, ParameterKind, Query, SubLinkKind, Target};
use crate::text::Span;
use std::sync::Arc;

impl<'a> Resolver<'a> {
    /// UPDATE; says whether a mistake keeps from knowing all columns of RETURNING.
    pub(super) fn update(&mut self, update: &'a ast::Update) -> (Query, bool) {
        let tables = match &update.with {
            Some(with) => self.with(with),
            None => Vec::new(),
        };
        let mut query = Query {
            command: Command::Update,
            recursive: update.with.as_ref().is_some_and(|with| with.recursive),
            ..Query::default()
        };
        self.level_mut().is_update = true;
        let relation = self.changed_table(&update.table, update.alias.as_ref(), Command::Update);
        query.result = self.level().target;
        query.from = self.sources_of_change(&update.from);
        query.targets = self.assignments(&update.assignments, relation);
        if let Some(relation) = relation {
            let written = written(relation, &update.assignments);
            self.check_view(relation, Command::Update, &written, update.table.span);
        }
        query.filter = update
            .filter
            .as_ref()
            .map(|filter| self.condition(filter, Context::Where, "WHERE"));
        let incomplete = self.returning(&update.returning, &mut query, update.span);
        query.common_tables = self.finished_with(tables);
        query.has_modifying_common_table = self.level().has_modifying_common_table;
        query.range_table = std::mem::take(&mut self.level_mut().range_table);
        (query, incomplete)
    }

    /// DELETE.
    pub(super) fn delete(&mut self, delete: &'a ast::Delete) -> (Query, bool) {
        let tables = match &delete.with {
            Some(with) => self.with(with),
            None => Vec::new(),
        };
        let mut query = Query {
            command: Command::Delete,
            recursive: delete.with.as_ref().is_some_and(|with| with.recursive),
            ..Query::default()
        };
        let relation = self.changed_table(&delete.table, delete.alias.as_ref(), Command::Delete);
        query.result = self.level().target;
        query.from = self.sources_of_change(&delete.using);
        if let Some(relation) = relation {
            self.check_view(relation, Command::Delete, &[], delete.table.span);
        }
        query.filter = delete
            .filter
            .as_ref()
            .map(|filter| self.condition(filter, Context::Where, "WHERE"));
        let incomplete = self.returning(&delete.returning, &mut query, delete.span);
        query.common_tables = self.finished_with(tables);
        query.has_modifying_common_table = self.level().has_modifying_common_table;
        query.range_table = std::mem::take(&mut self.level_mut().range_table);
        (query, incomplete)
    }

    /// The table that UPDATE, DELETE or MERGE changes, whose columns can be named.
    pub(super) fn changed_table(
        &mut self,
        table: &'a ast::Relation,
        alias: Option<&'a ast::Ident>,
        command: Command,
    ) -> Option<&'a Relation> {
        let relation = self.target_relation(&table.name, command);
        let item = match relation {
            Some(relation) => {
                let alias = Resolver::target_alias(alias);
                self.relation_item(relation, alias, table.only, table.name.span, false)
            }
            None => {
                let name = alias.map_or(&table.name.name.name, |it| &it.name);
                self.unknown_item(name, None, table.name.span)
            }
        };
        if relation.is_some() {
            self.level_mut().target = Some(item.entry);
        }
        self.level_mut().items.push(item);
        relation
    }

    /// FROM of UPDATE and USING of DELETE, whose subqueries cannot see the table that is changed.
    fn sources_of_change(
        &mut self,
        items: &'a [ast::FromItem],
    ) -> Vec<crate::postgres::tree::FromItem> {
        for item in &mut self.level_mut().items {
            item.lateral_only = true;
            item.lateral_allowed = false;
        }
        self.read_clause(items)
    }

    fn returning(&mut self, returning: &'a [ast::Target], query: &mut Query, span: Span) -> bool {
        if returning.is_empty() {
            return false;
        }
        let targets = self.targets(returning, Context::Returning);
        query.returning = targets.targets;
        self.settle_unknowns(&mut query.returning, span);
        targets.incomplete
    }

    /// SET (`transformUpdateTargetList`).
    pub(super) fn assignments(
        &mut self,
        assignments: &'a [Assignment],
        relation: Option<&'a Relation>,
    ) -> Vec<Target> {
        let mut targets: Vec<Target> = Vec::new();
        let mut given: Vec<(i16, &'a AssignmentTarget)> = Vec::new();
        for assignment in assignments {
            match assignment {
                Assignment::One { target, value } => {
                    let resolved = match &value.kind {
                        ExprKind::Default => Expr::Default(crate::postgres::tree::UNKNOWN),
                        _ => self.in_context(value, Context::UpdateSource),
                    };
                    self.assign(
                        resolved,
                        target,
                        Some(value),
                        relation,
                        &mut given,
                        &mut targets,
                    );
                }
                Assignment::Many {
                    targets: columns,
                    value,
                } => self.assign_many(columns, value, relation, &mut given, &mut targets),
            }
        }
        targets
    }

    fn assign(
        &mut self,
        value: Expr,
        target: &'a AssignmentTarget,
        written: Option<&'a ast::Expr>,
        relation: Option<&'a Relation>,
        given: &mut Vec<(i16, &'a AssignmentTarget)>,
        targets: &mut Vec<Target>,
    ) {
        let Some(relation) = relation else {
            return;
        };
        let Some(column) = self.target_column(relation, target) else {
            return;
        };
        let earlier = given.iter().find(|it| it.0 == column.number);
        if let Some((_, earlier)) = earlier {
            let parts = !target.indirection.is_empty() && !earlier.indirection.is_empty();
            if !parts {
                let first = earlier.span;
                self.report(errors::assigned_twice(&target.column, first));
            }
        }
        given.push((column.number, target));
        let is_default = written.is_some_and(|it| matches!(it.kind, ExprKind::Default));
        if !is_default && only_default(column) {
            let span = written.map_or(target.span, |it| it.span);
            let declared = column.provenance.as_ref().map(|it| it.created);
            let identity = column.generated.is_none();
            self.report(errors::generated_update(
                span,
                &column.name,
                identity,
                declared,
            ));
            return;
        }
        let span = written.map_or(target.span, |it| it.span);
        let expression = self.within(Context::UpdateTarget, |it| {
            it.value_for(value, relation, column, Some(target), written, span)
        });
        targets.push(Target {
            expression,
            name: Some(Arc::clone(&column.name)),
            number: column.number,
            junk: false,
            sort_reference: 0,
            origin: None,
        });
    }

    /// `(a, b) = …` (`transformMultiAssignRef`).
    fn assign_many(
        &mut self,
        columns: &'a [AssignmentTarget],
        value: &'a ast::Expr,
        relation: Option<&'a Relation>,
        given: &mut Vec<(i16, &'a AssignmentTarget)>,
        targets: &mut Vec<Target>,
    ) {
        match &value.kind {
            ExprKind::Row { fields, .. } => {
                let mut values: Vec<(Expr, Option<&'a ast::Expr>)> = Vec::new();
                for field in fields {
                    match &field.kind {
                        ExprKind::Default => {
                            let default = Expr::Default(crate::postgres::tree::UNKNOWN);
                            values.push((default, Some(field)));
                        }
                        ExprKind::Column { star: Some(_), .. } => {
                            let list = std::slice::from_ref(field);
                            let found = self
                                .within(Context::UpdateSource, |it| it.expression_list(list))
                                .into_iter();
                            values.extend(found.map(|it| (it, None)));
                        }
                        _ => {
                            let resolved = self.in_context(field, Context::UpdateSource);
                            values.push((resolved, Some(field)));
                        }
                    }
                }
                if values.len() != columns.len() {
                    let (wanted, found) = (columns.len(), values.len());
                    self.report(errors::assigned_width(value.span, wanted, found));
                    return;
                }
                for (target, (resolved, written)) in columns.iter().zip(values) {
                    self.assign(resolved, target, written, relation, given, targets);
                }
            }
            ExprKind::Subquery(query) => {
                self.enter(Level {
                    in_expression: true,
                    ..Level::default()
                });
                let (resolved, incomplete) = self.query_in_level(query);
                self.leave();
                let shown: Vec<_> = resolved
                    .targets
                    .iter()
                    .filter(|it| !it.junk)
                    .map(|it| it.expression.value_type())
                    .collect();
                if incomplete {
                    return;
                }
                if shown.len() != columns.len() {
                    self.report(errors::assigned_width(
                        value.span,
                        columns.len(),
                        shown.len(),
                    ));
                    return;
                }
                let number = self.level().multiple_assignments.len() + 1;
                let number = u32::try_from(number).unwrap_or(u32::MAX);
                let mut link = super::sublink::link(SubLinkKind::MultipleAssignment, resolved);
                link.number = number;
                self.level_mut().multiple_assignments.push(link.clone());
                for (position, (target, typed)) in columns.iter().zip(shown).enumerate() {
                    let part = match typed == crate::postgres::tree::UNKNOWN {
                        true => Expr::Unknown,
                        false => Expr::Parameter(Parameter {
                            kind: ParameterKind::MultipleAssignment(
                                number,
                                u32::try_from(position + 1).unwrap_or(u32::MAX),
                            ),
                            typed,
                        }),
                    };
                    self.assign(part, target, None, relation, given, targets);
                }
                targets.push(Target {
                    expression: Expr::SubLink(Box::new(link)),
                    name: None,
                    number: super::relation::number_of(targets.len()),
                    junk: true,
                    sort_reference: 0,
                    origin: None,
                });
            }
            _ => {
                let _ = self.in_context(value, Context::UpdateSource);
                self.report(errors::assigned_no_row(value.span));
            }
        }
    }

    /// MERGE (`transformMergeStmt`).
    pub(super) fn merge_statement(&mut self, merge: &'a ast::Merge) -> (Query, bool) {
        if self.version < 15 {
            self.report(queries::merge_too_new(merge.span));
        }
        self.merge(merge)
    }
}

/// Whether a column takes no value but DEFAULT in UPDATE.
fn only_default(column: &Column) -> bool {
    column.generated.is_some() || column.identity == Some(Identity::Always)
}

/// The columns that SET gives values, with their places.
fn written(relation: &Relation, assignments: &[Assignment]) -> Vec<(i16, Span)> {
    let targets = assignments.iter().flat_map(|assignment| match assignment {
        Assignment::One { target, .. } => std::slice::from_ref(target),
        Assignment::Many { targets, .. } => targets.as_slice(),
    });
    targets
        .filter_map(|target| {
            let column = relation.column(&target.column.name)?;
            Some((column.number, target.span))
        })
        .collect()
}
