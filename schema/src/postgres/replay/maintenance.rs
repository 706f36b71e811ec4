//! VACUUM, ANALYZE, REINDEX, CLUSTER, LOCK: no effect on the schema, but on what there is, and some outside of
//! transactions only.

use super::Replay;
use super::relations::Wanted;
use crate::errors::postgres::relations as errors;
use crate::postgres::ast::{Cluster, Lock, Reindex, ReindexTarget, Vacuum};
use crate::postgres::catalog::RelationKind;

impl Replay {
    pub(super) fn vacuum(&mut self, vacuum: &Vacuum) {
        if vacuum.vacuum && self.refuse_in_transaction("VACUUM", vacuum.span) {
            return;
        }
        for (table, columns) in &vacuum.tables {
            let Some(relation) = self.relation_named(table, Wanted::Relation, false) else {
                continue;
            };
            for column in columns {
                self.column_named(&relation, column);
            }
        }
    }

    pub(super) fn reindex(&mut self, reindex: &Reindex) {
        let option = reindex
            .options
            .iter()
            .find(|it| *it.name.name == *"concurrently");
        let concurrently = reindex.concurrently.or(option.map(|it| it.span));
        if concurrently.is_some()
            && self.refuse_in_transaction("REINDEX CONCURRENTLY", reindex.span)
        {
            return;
        }
        match &reindex.target {
            ReindexTarget::Index(name) => {
                self.relation_of_kind(name, Wanted::Index, false);
            }
            ReindexTarget::Table(name) => {
                self.relation_named(name, Wanted::Table, false);
            }
            ReindexTarget::Schema(name) => {
                let found = self.schema_named(name);
                if found.is_some() {
                    self.refuse_in_transaction("REINDEX SCHEMA", reindex.span);
                }
            }
            ReindexTarget::Database(_) => {
                self.refuse_in_transaction("REINDEX DATABASE", reindex.span);
            }
            ReindexTarget::System(_) => {
                self.refuse_in_transaction("REINDEX SYSTEM", reindex.span);
            }
        }
    }

    pub(super) fn cluster(&mut self, cluster: &Cluster) {
        let Some(name) = &cluster.table else {
            self.refuse_in_transaction("CLUSTER without a table", cluster.span);
            return;
        };
        let Some(table) = self.relation_of_kind(name, Wanted::Table, false) else {
            return;
        };
        let Some(index) = &cluster.index else {
            return;
        };
        let indexes = table.indexes.iter();
        let found = indexes
            .filter_map(|oid| self.catalog.relation(*oid))
            .find(|it| it.name == index.name);
        match found.map(|it| it.oid) {
            Some(oid) => self.set_clustered(&table, Some(oid)),
            None => {
                let name = crate::postgres::ast::QualifiedName::bare(index.clone());
                self.report(errors::unknown("index", &name, None, []));
            }
        }
    }

    pub(super) fn lock(&mut self, lock: &Lock) {
        if self.transaction_around().is_none() {
            let needed = crate::errors::postgres::transactions::needs_transaction;
            return self.report(needed("LOCK TABLE", lock.span));
        }
        for table in &lock.tables {
            let Some(relation) = self.relation_named(&table.name, Wanted::Table, false) else {
                continue;
            };
            let can = matches!(
                relation.kind,
                RelationKind::Table | RelationKind::Partitioned(_) | RelationKind::View(_)
            );
            if !can {
                let is = relation.kind.noun();
                let span = table.span;
                self.report(errors::wrong_kind(&relation.name, is, "table", span, None));
            }
        }
    }

    /// Marks the index by which a table is clustered (`mark_index_clustered`).
    pub(super) fn set_clustered(
        &mut self,
        table: &crate::postgres::catalog::Relation,
        index: Option<crate::postgres::types::Oid>,
    ) {
        for oid in &table.indexes {
            self.catalog.relations.change(*oid, |it| {
                if let Some(of) = it.index_mut() {
                    of.clustered = index == Some(*oid);
                }
            });
        }
    }
}
