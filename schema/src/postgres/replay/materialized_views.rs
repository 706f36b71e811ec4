//! Materialized views.

use super::Replay;
use super::store::NewRelation;
use crate::catalog::Provenance;
use crate::errors::postgres::views as errors;
use crate::postgres::ast::{CreateMaterializedView, Persistence, RefreshMaterializedView};

use crate::postgres::catalog::{Address, Relation, RelationKind, View};

use crate::postgres::replay::Wanted;
use crate::postgres::replay::options::OptionsOf;
use crate::postgres::resolve;
use std::sync::Arc;

impl Replay {
    pub(super) fn create_materialized_view(&mut self, create: &CreateMaterializedView) {
        if create.unlogged {
            return self.report(errors::unlogged("materialized views", create.name.span));
        }
        let resolved = match create.with_data {
            true => resolve::planned_query(self.environment(), &create.query),
            false => resolve::query(self.environment(), &create.query),
        };
        let is_sound = resolved.diagnostics.is_empty();
        self.diagnostics.extend(resolved.diagnostics);
        let query = resolved.value.query;
        if is_sound && query.has_modifying_common_table {
            self.report(errors::modifying("materialized view", create.query.span));
        }
        if is_sound && self.reads_temporary(&query) {
            self.report(errors::reads_temporary(create.query.span));
        }
        let Some(namespace) = self.place_of_new(&create.name, Persistence::Permanent) else {
            return;
        };
        let name = &create.name.name;
        if self.catalog.relation_named(namespace, &name.name).is_some() && create.if_not_exists {
            return;
        }
        let columns = match &resolved.value.columns {
            Some(columns) if is_sound => {
                self.columns_of_view(columns, &create.columns, "MATERIALIZED VIEW")
            }
            Some(_) | None => None,
        };
        if !self.is_name_free(namespace, name, create.if_not_exists, true) {
            return;
        }
        let access_method = match &create.access_method {
            Some(method) => self.table_method(method),
            None => None,
        };
        let options = self.storage_options(&create.options, OptionsOf::Table);
        if let Some(tablespace) = &create.tablespace {
            self.check_tablespace(tablespace);
        }
        let incomplete = columns.is_none();
        let query = Arc::new(query);
        let kind = RelationKind::MaterializedView(View {
            query: is_sound.then(|| Arc::clone(&query)),
            check: None,
            populated: create.with_data,
        });
        let oid = self.catalog.create_relation(NewRelation {
            options,
            access_method,
            tablespace: create.tablespace.as_ref().map(|it| Arc::clone(&it.name)),
            ..NewRelation::new(
                Arc::clone(&name.name),
                namespace,
                kind,
                columns.unwrap_or_default(),
                Some(Provenance::new(name.span)),
            )
        });
        self.catalog
            .relations
            .change(oid, |it| it.incomplete = incomplete);
        if is_sound {
            self.catalog
                .depend_on_query(Address::relation(oid), &query, &[]);
        }
    }

    pub(super) fn refresh(&mut self, refresh: &RefreshMaterializedView) {
        if let Some(span) = refresh.concurrently
            && !refresh.with_data
        {
            return self.report(errors::concurrently_without_data(span));
        }
        let wanted = Wanted::MaterializedView;
        let Some(relation) = self.relation_of_kind(&refresh.name, wanted, false) else {
            return;
        };
        let RelationKind::MaterializedView(view) = &relation.kind else {
            return;
        };
        if let Some(span) = refresh.concurrently
            && !relation.incomplete
        {
            if !view.populated {
                return self.report(errors::concurrently_unpopulated(&relation.name, span));
            }
            if !self.has_usable_unique_index(&relation) {
                let declared = self.declared(Address::relation(relation.oid));
                return self.report(errors::concurrently_without_index(
                    &relation.name,
                    span,
                    declared,
                ));
            }
        }
        let with_data = refresh.with_data;
        self.catalog.relations.change(relation.oid, |it| {
            if let RelationKind::MaterializedView(view) = &mut it.kind {
                view.populated = with_data;
            }
        });
    }

    /// Whether rows can be told apart by a unique index over columns alone and all rows (`is_usable_unique_index`).
    fn has_usable_unique_index(&self, relation: &Relation) -> bool {
        let indexes = relation.indexes.iter();
        let mut indexes = indexes.filter_map(|oid| self.catalog.relation(*oid)?.index());
        indexes.any(|index| {
            index.unique
                && index.predicate.is_none()
                && !index.keys.is_empty()
                && index.keys.iter().all(|key| key.term.column().is_some())
        })
    }
}
