//! MERGE (`parse_merge.c`).

use super::context::Context;
use super::resolver::Resolver;
use crate::errors::postgres::changes as errors;
use crate::postgres::ast::{self, ExprKind, MergeMatch as Written};
use crate::postgres::catalog::{Relation, RelationKind, RuleEvent};
use crate::postgres::tree::{Command, Expr, MergeAction, MergeMatch, Overriding, Query, Target};
use std::sync::Arc;

impl<'a> Resolver<'a> {
    pub(super) fn merge(&mut self, merge: &'a ast::Merge) -> (Query, bool) {
        let tables = match &merge.with {
            Some(with) => self.with(with),
            None => Vec::new(),
        };
        let mut query = Query {
            command: Command::Merge,
            ..Query::default()
        };
        self.level_mut().is_update = true;
        let relation = self.changed_table(&merge.table, merge.alias.as_ref(), Command::Merge);
        query.result = self.level().target;
        if let Some(relation) = relation {
            self.check_merge_target(relation, merge);
        }
        let target = self.level().items.len().saturating_sub(1);
        // The source sees nothing of the target.
        let target_items = self.level_mut().items.split_off(target);
        let source = self.item_of_from(&merge.source);
        for item in target_items.iter().filter(|it| it.name_visible) {
            let mut same = source.named.iter().filter(|it| it.name_visible);
            if let Some(other) = same.find(|it| it.name == item.name) {
                let mistake = crate::errors::postgres::queries::duplicate_table_name(
                    &item.name, other.span, item.span,
                );
                self.report(mistake);
            }
        }
        query.from = vec![source.node];
        let source_items = source.named;
        let all: Vec<_> = target_items.iter().chain(&source_items).cloned().collect();
        self.level_mut().items.clone_from(&all);
        query.filter = Some(self.condition(&merge.condition, Context::JoinOn, "JOIN/ON"));
        let mut unconditional: [Option<crate::text::Span>; 3] = [None; 3];
        for when in &merge.whens {
            let (matched, position) = match when.matched {
                Written::Matched => (MergeMatch::Matched, 0),
                Written::NotMatchedByTarget => (MergeMatch::NotMatchedByTarget, 1),
                Written::NotMatchedBySource => (MergeMatch::NotMatchedBySource, 2),
            };
            if let Some(Some(first)) = unconditional.get(position) {
                self.report(errors::unreachable_when(when.span, *first));
            }
            if when.condition.is_none()
                && let Some(place) = unconditional.get_mut(position)
            {
                *place = Some(when.span);
            }
            self.level_mut().items = match matched {
                MergeMatch::Matched => all.clone(),
                MergeMatch::NotMatchedByTarget => source_items.clone(),
                MergeMatch::NotMatchedBySource => target_items.clone(),
            };
            let action = self.merge_action(when, matched, relation);
            query.merge_actions.push(action);
        }
        self.level_mut().items = all;
        let mut incomplete = relation.is_none();
        if !merge.returning.is_empty() {
            let returning = self.targets(&merge.returning, Context::Returning);
            incomplete |= returning.incomplete;
            query.returning = returning.targets;
        }
        query.common_tables = self.finished_with(tables);
        query.range_table = std::mem::take(&mut self.level_mut().range_table);
        (query, incomplete)
    }

    fn check_merge_target(&mut self, relation: &Relation, merge: &'a ast::Merge) {
        let writable = match &relation.kind {
            RelationKind::Table | RelationKind::Partitioned(_) => true,
            RelationKind::View(_) => self.version >= 17,
            _ => false,
        };
        if !writable {
            self.report(errors::merge_of(&merge.table.name, relation.kind.noun()));
        }
        let events = [RuleEvent::Insert, RuleEvent::Update, RuleEvent::Delete];
        if events
            .iter()
            .any(|event| self.has_rule(relation.oid, *event))
        {
            self.report(errors::merge_with_rules(&merge.table.name));
        }
    }

    fn merge_action(
        &mut self,
        when: &'a ast::MergeWhen,
        matched: MergeMatch,
        relation: Option<&'a Relation>,
    ) -> MergeAction {
        let condition = when
            .condition
            .as_ref()
            .map(|condition| self.condition(condition, Context::MergeWhen, "WHEN"));
        let mut action = MergeAction {
            matched,
            condition,
            command: None,
            overriding: None,
            targets: Vec::new(),
        };
        match &when.action {
            ast::MergeAction::Nothing => {}
            ast::MergeAction::Delete => action.command = Some(Command::Delete),
            ast::MergeAction::Update(assignments) => {
                action.command = Some(Command::Update);
                action.targets = self.assignments(assignments, relation);
            }
            ast::MergeAction::Insert {
                columns,
                overriding,
                values,
            } => {
                action.command = Some(Command::Insert);
                action.overriding = overriding.map(|it| match it {
                    ast::Overriding::UserValue => Overriding::User,
                    ast::Overriding::SystemValue => Overriding::System,
                });
                if let (Some(relation), Some(values)) = (relation, values) {
                    action.targets = self.merge_insert(relation, columns, values, when.span);
                } else if let Some(values) = values {
                    for value in values {
                        if !matches!(value.kind, ExprKind::Default) {
                            let _ = self.in_context(value, Context::ValuesRow);
                        }
                    }
                }
            }
        }
        action
    }

    fn merge_insert(
        &mut self,
        relation: &'a Relation,
        listed: &'a [ast::AssignmentTarget],
        values: &'a [ast::Expr],
        span: crate::text::Span,
    ) -> Vec<Target> {
        let mut columns = Vec::new();
        let mut known = !relation.incomplete;
        for target in listed {
            match self.target_column(relation, target) {
                Some(column) => columns.push((column, Some(target))),
                None => known = false,
            }
        }
        if listed.is_empty() {
            columns.extend(relation.live_columns().map(|column| (column, None)));
        }
        if known && values.len() > columns.len() {
            self.report(errors::too_many_merge_values(
                span,
                values.len(),
                columns.len(),
            ));
            known = false;
        }
        if known && !listed.is_empty() && values.len() < columns.len() {
            self.report(errors::too_few_values(
                span,
                span,
                values.len(),
                columns.len(),
            ));
            known = false;
        }
        let mut targets = Vec::new();
        for (position, value) in values.iter().enumerate() {
            let resolved = match &value.kind {
                ExprKind::Default => Expr::Default(crate::postgres::tree::UNKNOWN),
                _ => self.in_context(value, Context::ValuesRow),
            };
            let Some((column, target)) = columns.get(position).filter(|_| known) else {
                continue;
            };
            let expression =
                self.value_for(resolved, relation, column, *target, Some(value), value.span);
            targets.push(Target {
                expression,
                name: Some(Arc::clone(&column.name)),
                number: column.number,
                junk: false,
                sort_reference: 0,
                origin: None,
            });
        }
        targets
    }
}
