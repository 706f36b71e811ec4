//! INHERITS, and the columns and CHECKs of parents (`MergeAttributes`).

use super::check::{ResolvedCheck, renumbered};
use super::create::Draft;
use super::{NewColumn, NewDefault};
use crate::diagnostic::Code;
use crate::errors::postgres::{relations, tables as errors};
use crate::postgres::ast::{CreateTable, Persistence, QualifiedName};
use crate::postgres::catalog::{self, Column, ConstraintKind, Relation, RelationKind};
use crate::postgres::replay::Replay;
use crate::postgres::replay::relations::{Wanted, declared};
use crate::postgres::tree::UNKNOWN;
use crate::postgres::types::Oid;
use crate::text::Span;
use std::sync::Arc;

impl Replay {
    /// The tables of INHERITS.
    pub(super) fn parents(
        &mut self,
        names: &[QualifiedName],
        create: &CreateTable,
    ) -> Vec<Arc<Relation>> {
        let mut parents: Vec<Arc<Relation>> = Vec::new();
        if let (Some(first), Some(_)) = (names.first(), &create.partition_by) {
            self.report(errors::partitioned_inherits(first.span));
            return parents;
        }
        for name in names {
            let Some(parent) = self.relation_named(name, Wanted::Table, false) else {
                continue;
            };
            if self.refuse_system(&parent, name.span) || !self.can_be_parent(&parent, name.span) {
                continue;
            }
            let is_temporary = create.persistence == Persistence::Temporary;
            if parent.persistence == catalog::Persistence::Temporary && !is_temporary {
                let message = "a permanent table cannot inherit from a temporary one";
                self.report(errors::inheritance(message, name.span));
                continue;
            }
            if parents.iter().any(|other| other.oid == parent.oid) {
                let message = format!("table `{}` is named twice", parent.name);
                self.report(errors::inheritance(message, name.span));
                continue;
            }
            parents.push(parent);
        }
        parents
    }

    /// Whether a table can be inherited from by INHERITS or INHERIT; reports if not.
    pub(crate) fn can_be_parent(&mut self, parent: &Relation, span: Span) -> bool {
        let message = match &parent.kind {
            RelationKind::Table | RelationKind::Foreign(_) if parent.is_partition() => {
                format!(
                    "table `{}` is a partition, which no table can inherit from",
                    parent.name
                )
            }
            RelationKind::Table | RelationKind::Foreign(_) => return true,
            RelationKind::Partitioned(_) => {
                format!(
                    "no table can inherit from the partitioned table `{}`",
                    parent.name
                )
            }
            RelationKind::View(_)
            | RelationKind::MaterializedView(_)
            | RelationKind::Sequence(_)
            | RelationKind::Index(_)
            | RelationKind::PartitionedIndex(_)
            | RelationKind::Composite => {
                let is = parent.kind.noun();
                let made = declared(parent);
                self.report(relations::wrong_kind(&parent.name, is, "table", span, made));
                return false;
            }
        };
        self.report(errors::inheritance(message, span));
        false
    }

    /// Puts the columns of parents before the table's own, and merges those of one name.
    pub(super) fn inherit_columns(&mut self, draft: &mut Draft<'_>, parents: &[Arc<Relation>]) {
        if parents.is_empty() {
            return;
        }
        let own = std::mem::take(&mut draft.columns);
        let mut conflicting: Vec<Arc<str>> = Vec::new();
        for parent in parents {
            for column in parent.live_columns() {
                let span = own.first().map_or_else(|| span_of(parent), |it| it.span);
                let new = inherited_column(column, parent, span);
                let known = draft.columns.iter_mut();
                let mut known = known.filter(|it| it.column.name == column.name);
                match known.next() {
                    Some(known) => {
                        if !same_type(&known.column, column) {
                            let message = format!(
                                "column `{}` is inherited with two different types",
                                column.name
                            );
                            let diagnostic = errors::inheritance(message, span);
                            self.diagnostics.push(diagnostic);
                        }
                        known.column.inherited += 1;
                        known.column.not_null |= column.not_null;
                        match (&known.default, &new.default) {
                            (None, _) => known.default = new.default,
                            (
                                Some(NewDefault::Copied(one, ..)),
                                Some(NewDefault::Copied(other, ..)),
                            ) if one != other => {
                                conflicting.push(Arc::clone(&column.name));
                            }
                            _ => {}
                        }
                    }
                    None => draft.columns.push(new),
                }
            }
            self.inherit_checks(draft, parent);
        }
        for new in own {
            let known = draft.columns.iter_mut();
            let mut known = known.filter(|it| it.column.name == new.column.name);
            let Some(known) = known.next() else {
                draft.columns.push(new);
                continue;
            };
            if known.column.local {
                // Twice in the statement, which is reported with the others.
                draft.columns.push(new);
                continue;
            }
            if !same_type(&known.column, &new.column) {
                let message = format!(
                    "column `{}` has another type than the one that it inherits",
                    new.column.name
                );
                self.diagnostics
                    .push(errors::inheritance(message, new.span));
            }
            conflicting.retain(|name| *name != new.column.name || new.default.is_none());
            let inherited = known.column.inherited;
            let not_null = known.column.not_null || new.column.not_null;
            let typed = known.column.typed;
            let default = new.default.clone().or(known.default.take());
            let generated = new.column.generated.or(known.column.generated);
            *known = new;
            known.column.inherited = inherited;
            known.column.not_null = not_null;
            known.column.typed = typed;
            known.column.generated = generated;
            known.default = default;
        }
        for name in conflicting {
            let span = draft.columns.first().map(|it| it.span);
            if let Some(span) = span {
                let message = format!("column `{name}` inherits two different defaults");
                let diagnostic = errors::refused(Code::InvalidDefault, message, span);
                self.report(diagnostic.with_help("give it a default of its own"));
            }
        }
    }

    fn inherit_checks(&mut self, draft: &mut Draft<'_>, parent: &Arc<Relation>) {
        let checks = self.catalog.constraints.inside(Some(parent.oid));
        for check in checks {
            if matches!(check.kind, ConstraintKind::Check { .. }) && !check.no_inherit {
                draft
                    .inherited
                    .push((Arc::clone(check), Arc::clone(parent)));
            }
        }
    }

    /// The table that a new one is a partition of.
    pub(super) fn partitioned_parent(
        &mut self,
        name: &QualifiedName,
        create: &CreateTable,
    ) -> Option<Arc<Relation>> {
        let parent = self.relation_named(name, Wanted::Table, false)?;
        if parent.partition_key().is_none() {
            let message = format!("table `{}` is not partitioned", parent.name);
            let diagnostic = errors::partition(message, name.span);
            self.report(match declared(&parent) {
                Some(made) => diagnostic.with_label(made, "created here without PARTITION BY"),
                None => diagnostic,
            });
            return None;
        }
        let is_temporary = create.persistence == Persistence::Temporary;
        let of_temporary = parent.persistence == catalog::Persistence::Temporary;
        if is_temporary != of_temporary {
            let message = "a partition is temporary if and only if its table is";
            self.report(errors::partition(message, name.span));
        }
        Some(parent)
    }

    /// The columns of a partition are those of its table.
    pub(super) fn columns_of_parent(&mut self, draft: &mut Draft<'_>, parent: &Arc<Relation>) {
        let span = span_of(parent);
        for column in parent.live_columns() {
            draft.columns.push(inherited_column(column, parent, span));
        }
        self.inherit_checks(draft, parent);
    }

    /// Makes the CHECKs that a new table inherits.
    pub(super) fn store_inherited_checks(&mut self, table: Oid, draft: &Draft<'_>) {
        for (constraint, parent) in &draft.inherited {
            let Some(relation) = self.relation_of(table) else {
                return;
            };
            let ConstraintKind::Check { condition, .. } = &constraint.kind else {
                continue;
            };
            let condition = condition.as_ref();
            let check = ResolvedCheck {
                name: Arc::clone(&constraint.name),
                condition: condition.map(|it| Arc::new(renumbered(it, parent, &relation))),
                no_inherit: false,
                validated: true,
                enforced: constraint.enforced,
                span: span_of(&relation),
            };
            self.store_check(&relation, &check, true);
        }
    }
}

/// A column that a table inherits.
fn inherited_column<'a>(column: &Column, parent: &Arc<Relation>, span: Span) -> NewColumn<'a> {
    let default = column.default.as_ref().map(|default| {
        NewDefault::Copied(Arc::clone(default), column.generated, Arc::clone(parent))
    });
    NewColumn {
        column: Column {
            local: false,
            inherited: 1,
            default: None,
            identity: None,
            ..column.clone()
        },
        default,
        identity: None,
        span,
    }
}

fn same_type(one: &Column, other: &Column) -> bool {
    one.typed == other.typed || one.typed == UNKNOWN || other.typed == UNKNOWN
}

/// Where a relation was created; of one of the engine's own there is no such place.
pub(crate) fn span_of(relation: &Relation) -> Span {
    declared(relation).unwrap_or_else(|| Span::new(crate::text::FileId(0), 0..0))
}
