//! VACUUM, ANALYZE, REINDEX, CLUSTER, LOCK: no effect on the schema, but on what there is, and some outside of
//! transactions only.

use super::Replay;
use super::relations::Wanted;
use super::utility_options::{Takes, UtilityOption, is_on, option, option_since};
use crate::errors::postgres::{alter, relations as errors, types as option_errors};
use crate::postgres::ast::{Cluster, Lock, Reindex, ReindexTarget, Vacuum};
use crate::postgres::catalog::{Relation, RelationKind};
use crate::postgres::types::Oid;
use crate::text::Span;

/// `ExecVacuum`.
const VACUUM: [UtilityOption; 14] = [
    option("verbose", Takes::Boolean),
    option("skip_locked", Takes::Boolean),
    option_since(16, "buffer_usage_limit", Takes::Anything),
    option("analyze", Takes::Boolean),
    option("freeze", Takes::Boolean),
    option("full", Takes::Boolean),
    option("disable_page_skipping", Takes::Boolean),
    option("index_cleanup", Takes::BooleanOrAuto),
    option_since(16, "process_main", Takes::Boolean),
    option("process_toast", Takes::Boolean),
    option("truncate", Takes::Boolean),
    option("parallel", Takes::Workers),
    option_since(16, "skip_database_stats", Takes::Boolean),
    option_since(16, "only_database_stats", Takes::Boolean),
];

/// `ExecVacuum`, as ANALYZE.
const ANALYZE: [UtilityOption; 3] = [
    option("verbose", Takes::Boolean),
    option("skip_locked", Takes::Boolean),
    option_since(16, "buffer_usage_limit", Takes::Anything),
];

/// `ExecReindex`.
const REINDEX: [UtilityOption; 3] = [
    option("verbose", Takes::Boolean),
    option("concurrently", Takes::Boolean),
    option("tablespace", Takes::Anything),
];

/// `cluster`.
const CLUSTER: [UtilityOption; 1] = [option("verbose", Takes::Boolean)];

impl Replay {
    pub(super) fn vacuum(&mut self, vacuum: &Vacuum) {
        let (statement, known) = match vacuum.vacuum {
            true => ("VACUUM", VACUUM.as_slice()),
            false => ("ANALYZE", ANALYZE.as_slice()),
        };
        if !self.check_utility_options(statement, &vacuum.options, known) {
            return;
        }
        if vacuum.vacuum && !self.is_sound_vacuum(vacuum) {
            return;
        }
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

    /// Options of VACUUM that contradict each other, or its tables.
    fn is_sound_vacuum(&mut self, vacuum: &Vacuum) -> bool {
        let options = &vacuum.options;
        let is_full = is_on(options, "full");
        let is_off = |name: &str| {
            let is_named = options.iter().any(|it| *it.name.name == *name);
            is_named && !is_on(options, name)
        };
        let excluded = if is_full && options.iter().any(|it| *it.name.name == *"parallel") {
            Some("parallel")
        } else if is_full && is_on(options, "disable_page_skipping") {
            Some("disable_page_skipping")
        } else if is_full && is_off("process_toast") {
            Some("process_toast")
        } else {
            None
        };
        if let Some(name) = excluded {
            let found = options.iter().rfind(|it| *it.name.name == *name);
            let span = found.map_or(vacuum.span, |it| it.span);
            self.report(option_errors::option_excluded(name, "FULL", span));
            return false;
        }
        let listed = vacuum
            .tables
            .iter()
            .find_map(|(_, columns)| columns.first());
        if let Some(column) = listed
            && !is_on(options, "analyze")
        {
            let what = "a list of columns";
            self.report(option_errors::option_needs(what, "ANALYZE", column.span));
            return false;
        }
        true
    }

    pub(super) fn reindex(&mut self, reindex: &Reindex) {
        if !self.check_utility_options("REINDEX", &reindex.options, &REINDEX) {
            return;
        }
        let concurrently =
            reindex.concurrently.is_some() || is_on(&reindex.options, "concurrently");
        if concurrently && self.refuse_in_transaction("REINDEX CONCURRENTLY", reindex.span) {
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
        if !self.check_utility_options("CLUSTER", &cluster.options, &CLUSTER) {
            return;
        }
        let Some(name) = &cluster.table else {
            self.refuse_in_transaction("CLUSTER without a table", cluster.span);
            return;
        };
        let Some(table) = self.relation_of_kind(name, Wanted::Table, false) else {
            return;
        };
        let Some(index) = &cluster.index else {
            let mut indexes = table.indexes.iter();
            let is_clustered = indexes.any(|oid| {
                let index = self.catalog.relation(*oid).and_then(|it| it.index());
                index.is_some_and(|it| it.clustered)
            });
            if !is_clustered {
                let message = format!("`{}` has not been clustered by an index before", table.name);
                let diagnostic = alter::refused(message, name.span);
                self.report(diagnostic.with_help("say which: `USING` and an index"));
            }
            return;
        };
        let indexes = table.indexes.iter();
        let found = indexes
            .filter_map(|oid| self.catalog.relation(*oid))
            .find(|it| it.name == index.name);
        match found.map(|it| it.oid) {
            Some(oid) => self.cluster_by(&table, oid, index.span),
            None => {
                let name = crate::postgres::ast::QualifiedName::bare(index.clone());
                self.report(errors::unknown("index", &name, None, None));
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

    /// Has a table clustered by one of its indexes (`check_index_is_clusterable`).
    pub(super) fn cluster_by(&mut self, table: &Relation, oid: Oid, span: Span) {
        let index = self.relation_of(oid);
        let Some(index) = index.as_ref().and_then(|it| it.index()) else {
            return;
        };
        // Of the engine's own methods, `btree` and `gist` keep an order.
        let keeps_order = !index.method.is_builtin() || matches!(index.method.0, 403 | 783);
        let why = if !keeps_order {
            Some("has no order")
        } else if index.predicate.is_some() {
            Some("is partial")
        } else if !index.valid {
            Some("is not valid")
        } else {
            None
        };
        match why {
            Some(why) => {
                let message = format!("a table cannot be clustered by an index that {why}");
                self.report(alter::refused(message, span));
            }
            None => self.set_clustered(table, Some(oid)),
        }
    }

    /// Marks the index by which a table is clustered (`mark_index_clustered`).
    pub(super) fn set_clustered(&mut self, table: &Relation, index: Option<Oid>) {
        for oid in &table.indexes {
            self.catalog.relations.change(*oid, |it| {
                if let Some(of) = it.index_mut() {
                    of.clustered = index == Some(*oid);
                }
            });
        }
    }
}
