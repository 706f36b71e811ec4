//! LIKE (`transformTableLikeClause`, `expandTableLikeClause`).

use super::check::{ResolvedCheck, renumbered};
use super::create::Draft;
use super::parts::NewIdentity;
use super::{NewColumn, NewDefault};
use crate::catalog::Provenance;
use crate::errors::postgres::relations;
use crate::postgres::ast::{LikeClause, LikeOption};
use crate::postgres::catalog::{
    Address, Catalog, Class, Column, ConstraintKind, Relation, RelationKind, Statistics,
};
use crate::postgres::replay::Replay;
use crate::postgres::replay::relations::{Wanted, declared};
use crate::postgres::types::Oid;
use crate::text::Span;
use std::sync::Arc;

impl Replay {
    /// The columns that LIKE copies.
    pub(super) fn like<'a>(&mut self, draft: &mut Draft<'a>, like: &'a LikeClause) {
        let Some(source) = self.relation_named(&like.name, Wanted::Table, false) else {
            return;
        };
        let can = matches!(
            source.kind,
            RelationKind::Table
                | RelationKind::Partitioned(_)
                | RelationKind::Foreign(_)
                | RelationKind::View(_)
                | RelationKind::MaterializedView(_)
                | RelationKind::Composite
        );
        if !can {
            let is = source.kind.noun();
            let span = like.name.span;
            let made = declared(&source);
            return self.report(relations::wrong_kind(&source.name, is, "table", span, made));
        }
        let copies = |option: LikeOption| like.including.contains(&option);
        for column in source.live_columns() {
            let is_generated = column.generated.is_some();
            let wanted = match is_generated {
                true => copies(LikeOption::Generated),
                false => copies(LikeOption::Defaults),
            };
            let default = column.default.as_ref().filter(|_| wanted).map(|default| {
                NewDefault::Copied(Arc::clone(default), column.generated, Arc::clone(&source))
            });
            let sequence = self.catalog.identity_sequence(source.oid, column.number);
            let sequence = sequence.and_then(|oid| self.catalog.relation(oid)?.sequence().copied());
            let identity = column.identity.filter(|_| copies(LikeOption::Identity));
            let options = identity.and(sequence).map(NewIdentity::Copied);
            draft.columns.push(NewColumn {
                column: Column {
                    local: true,
                    inherited: 0,
                    default: None,
                    generated: column.generated.filter(|_| wanted),
                    identity,
                    storage: column.storage.filter(|_| copies(LikeOption::Storage)),
                    compression: match copies(LikeOption::Compression) {
                        true => column.compression.clone(),
                        false => None,
                    },
                    statistics: None,
                    options: Vec::new(),
                    provenance: Some(Provenance::new(like.name.span)),
                    ..column.clone()
                },
                default,
                identity: options.map(|options| (options, like.span)),
                span: like.name.span,
            });
        }
        draft.likes.push((like, source));
    }

    /// What else LIKE copies, once the table is there.
    pub(super) fn copy_like(&mut self, table: Oid, like: &LikeClause, source: &Arc<Relation>) {
        let copies = |option: LikeOption| like.including.contains(&option);
        let Some(relation) = self.relation_of(table) else {
            return;
        };
        if copies(LikeOption::Constraints) {
            let checks: Vec<_> = self
                .catalog
                .constraints
                .inside(Some(source.oid))
                .cloned()
                .collect();
            for constraint in checks {
                let ConstraintKind::Check { condition, .. } = &constraint.kind else {
                    continue;
                };
                let condition = condition.as_ref();
                let check = ResolvedCheck {
                    name: Arc::clone(&constraint.name),
                    condition: condition.map(|it| Arc::new(renumbered(it, source, &relation))),
                    no_inherit: constraint.no_inherit,
                    validated: true,
                    enforced: constraint.enforced,
                    span: like.span,
                };
                self.store_check(&relation, &check, false);
            }
        }
        if copies(LikeOption::Indexes) {
            for index in &source.indexes {
                self.copy_index(*index, source, table, like.span);
            }
        }
        if copies(LikeOption::Statistics) {
            let with_comments = copies(LikeOption::Comments);
            self.copy_statistics(source, &relation, with_comments, like.span);
        }
        if copies(LikeOption::Comments) {
            for column in source.live_columns() {
                let from = Address::column(source.oid, column.number);
                let comment = self.catalog.comments.get(&from).cloned();
                let to = relation.column(&column.name).map(|it| it.number);
                if let (Some(comment), Some(to)) = (comment, to) {
                    let to = Address::column(table, to);
                    self.catalog.comments.insert(to, comment);
                }
            }
            self.copy_constraint_comments(source.oid, table);
        }
    }

    /// Gives a table the statistics of another, under names of its own (`generateClonedExtStatsStmt`).
    fn copy_statistics(
        &mut self,
        source: &Relation,
        relation: &Relation,
        with_comments: bool,
        span: Span,
    ) {
        let all = self.catalog.statistics.iter();
        let all = all.filter(|it| it.table == source.oid);
        let all: Vec<Arc<Statistics>> = all.cloned().collect();
        for statistics in all {
            let mut columns = statistics.columns.clone();
            // As the engine keeps them.
            columns.sort_unstable();
            let columns = columns.iter().filter_map(|it| source.column_at(*it));
            let columns: Vec<_> = columns.filter_map(|it| relation.column(&it.name)).collect();
            let names = columns.iter().map(|it| Some(&*it.name));
            let expressions = statistics.expressions.iter();
            let terms = names.chain(expressions.clone().map(|_| None));
            let namespace = relation.namespace;
            let name = self
                .catalog
                .choose_statistics_name(&relation.name, terms, namespace);
            let oid = self.catalog.next_oid();
            let comment = Address::new(Class::Statistics, statistics.oid);
            let comment = self.catalog.comments.get(&comment).cloned();
            if let Some(comment) = comment.filter(|_| with_comments) {
                let to = Address::new(Class::Statistics, oid);
                self.catalog.comments.insert(to, comment);
            }
            self.put_statistics(Statistics {
                oid,
                name: name.into(),
                namespace,
                owner: Catalog::OWNER,
                table: relation.oid,
                columns: columns.iter().map(|it| it.number).collect(),
                expressions: expressions
                    .map(|it| Arc::new(renumbered(it, source, relation)))
                    .collect(),
                kinds: statistics.kinds.clone(),
                provenance: Some(Provenance::new(span)),
            });
        }
    }

    fn copy_constraint_comments(&mut self, source: Oid, table: Oid) {
        let constraints: Vec<_> = self
            .catalog
            .constraints
            .inside(Some(source))
            .cloned()
            .collect();
        for constraint in constraints {
            let from = Address::new(Class::Constraint, constraint.oid);
            let to = self.catalog.constraint_of(table, &constraint.name);
            let to = to.filter(|it| matches!(it.kind, ConstraintKind::Check { .. }));
            let to = to.map(|it| Address::new(Class::Constraint, it.oid));
            let comment = self.catalog.comments.get(&from).cloned();
            if let (Some(to), Some(comment)) = (to, comment) {
                self.catalog.comments.insert(to, comment);
            }
        }
    }
}
