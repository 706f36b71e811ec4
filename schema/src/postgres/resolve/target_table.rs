//! The table that a statement changes (`setTargetTable`, `rewriteTargetView`, `CheckValidResultRel`).

use super::resolver::Resolver;
use crate::errors::postgres::changes as errors;
use crate::postgres::ast::{Ident, QualifiedName};
use crate::postgres::catalog::{
    Enabled, Relation, RelationKind, RuleEvent, TriggerEvent, TriggerTime, View,
};
use crate::postgres::tree::{Command, Distinct, Expr, FromItem, Query, RangeKind};
use crate::postgres::types::Oid;
use crate::text::Span;

/// How a view can be written to.
enum Written {
    /// A trigger or a rule does it.
    ByTrigger,
    /// The statement is one on the table that the view is of: the columns there.
    Directly,
    /// Not: for a reason.
    Not(&'static str),
}

impl<'a> Resolver<'a> {
    /// The relation that a statement changes, by its name; nothing if a mistake was reported.
    pub(super) fn target_relation(
        &mut self,
        name: &'a QualifiedName,
        command: Command,
    ) -> Option<&'a Relation> {
        if name.schema.is_none() {
            let levels = self.levels().iter().rev();
            let mut tables = levels.flat_map(|level| &level.common_tables);
            let is_with = tables.any(|it| it.name == name.name.name);
            let exists = self
                .catalog
                .find_relation(super::relation::object_name(name))
                .is_some();
            if is_with && !exists {
                self.report(errors::change_of_common_table(name, command));
                return None;
            }
        }
        let relation = self.relation_named(name)?;
        let kind = match &relation.kind {
            RelationKind::Sequence(_) => "sequence",
            RelationKind::MaterializedView(_) => "materialized view",
            RelationKind::Table
            | RelationKind::Partitioned(_)
            | RelationKind::Foreign(_)
            | RelationKind::View(_)
            | RelationKind::Index(_)
            | RelationKind::PartitionedIndex(_)
            | RelationKind::Composite => return Some(relation),
        };
        self.report(errors::not_writable(name, kind));
        None
    }

    /// Whether a view can be written to as a statement wants it; reports it if not. `columns` are those that are given
    /// values, with the places to point at.
    pub(super) fn check_view(
        &mut self,
        relation: &'a Relation,
        command: Command,
        columns: &[(i16, Span)],
        span: Span,
    ) {
        if !self.rewrites {
            return;
        }
        let mut current = relation;
        let mut wanted: Vec<(i16, Span)> = columns.to_vec();
        // A view is made of what was there before it, so that this ends.
        for _ in 0..64 {
            let RelationKind::View(view) = &current.kind else {
                return;
            };
            match self.written(current, view, command) {
                Written::ByTrigger => return,
                Written::Not(reason) => {
                    let declared = current.provenance.as_ref();
                    let declared = declared.map(|it| it.created);
                    self.report(errors::view_not_writable(
                        span,
                        &relation.name,
                        command,
                        reason,
                        declared,
                    ));
                    return;
                }
                Written::Directly => {}
            }
            let Some(query) = view.query.as_deref() else {
                return;
            };
            let Some((base, entry)) = base_of(query) else {
                return;
            };
            let mut below = Vec::new();
            for (number, place) in wanted {
                let position = usize::try_from(number)
                    .ok()
                    .and_then(|it| it.checked_sub(1));
                let mut targets = query.targets.iter().filter(|target| !target.junk);
                let target = position.and_then(|at| targets.nth(at));
                match target.map(|it| &it.expression) {
                    Some(Expr::Column(column))
                        if column.entry == entry && column.levels_up == 0 && column.number > 0 =>
                    {
                        below.push((column.number, place));
                    }
                    Some(_) => {
                        let name = current.column_at(number).map(|it| it.name.to_string());
                        let name = name.unwrap_or_default();
                        self.report(errors::view_column_not_writable(
                            place,
                            &name,
                            &relation.name,
                        ));
                        return;
                    }
                    None => return,
                }
            }
            wanted = below;
            match self.catalog.relation(base) {
                Some(base) => current = base,
                None => return,
            }
        }
    }

    fn written(&self, relation: &Relation, view: &View, command: Command) -> Written {
        let (event, rule) = match command {
            Command::Insert => (TriggerEvent::Insert, RuleEvent::Insert),
            Command::Delete => (TriggerEvent::Delete, RuleEvent::Delete),
            Command::Update | Command::Merge | Command::Select => {
                (TriggerEvent::Update, RuleEvent::Update)
            }
        };
        let mut triggers = self.catalog.triggers.inside(Some(relation.oid));
        let by_trigger =
            triggers.any(|it| it.time == TriggerTime::InsteadOf && it.events.contains(&event));
        let mut rules = self.catalog.rules.inside(Some(relation.oid));
        let by_rule =
            rules.any(|it| it.event == rule && it.instead && it.enabled != Enabled::Disabled);
        if by_trigger || by_rule {
            return Written::ByTrigger;
        }
        match view.query.as_deref() {
            Some(query) => match not_updatable(query) {
                Some(reason) => Written::Not(reason),
                None => Written::Directly,
            },
            // The engine's own views are no tables in disguise; one that a mistake made unknown may be.
            None if relation.oid.is_builtin() => Written::ByTrigger,
            None => Written::ByTrigger,
        }
    }

    /// Whether rules do something else, or more, than a statement says.
    pub(super) fn has_rule(&self, relation: Oid, event: RuleEvent) -> bool {
        let mut rules = self.catalog.rules.inside(Some(relation));
        rules.any(|it| it.event == event && it.enabled != Enabled::Disabled)
    }

    /// The alias of the table that a statement changes.
    pub(super) fn target_alias(alias: Option<&'a Ident>) -> Option<(&'a Ident, &'a [Ident])> {
        alias.map(|alias| (alias, &[][..]))
    }
}

/// The one table that a view reads from, and its entry.
fn base_of(query: &Query) -> Option<(Oid, usize)> {
    let [FromItem::Entry(entry)] = query.from.as_slice() else {
        return None;
    };
    match &query.range_table.get(*entry)?.kind {
        RangeKind::Relation { relation, .. } => Some((*relation, *entry)),
        _ => None,
    }
}

/// Why a view is not updatable by itself (`view_query_is_auto_updatable`).
fn not_updatable(query: &Query) -> Option<&'static str> {
    if query.distinct != Distinct::No {
        return Some("DISTINCT");
    }
    if !query.group_by.is_empty() || !query.grouping_sets.is_empty() {
        return Some("GROUP BY");
    }
    if query.having.is_some() {
        return Some("HAVING");
    }
    if query.set_operation.is_some() {
        return Some("UNION, INTERSECT or EXCEPT");
    }
    if !query.common_tables.is_empty() {
        return Some("WITH");
    }
    if query.limit.is_some() || query.offset.is_some() {
        return Some("LIMIT or OFFSET");
    }
    if query.has_aggregates {
        return Some("aggregate functions");
    }
    if !query.windows.is_empty() {
        return Some("window functions");
    }
    if query.has_sets {
        return Some("functions that return sets");
    }
    if base_of(query).is_none() {
        return Some("something else than one table or view");
    }
    None
}
