//! What PostgreSQL accepts and nobody wants on a database that is in use: a file for each rule. Which lints there are,
//! [`crate::lints`] says.
//!
//! A statement is judged by what was there before it and what is there after it, and only if nothing is wrong with it.

mod add_column;
mod alter;
mod destructive;
mod domain;
mod filter_on_new_column;
mod refresh;
mod rewrite;
mod truncate;

pub(crate) use destructive::{Lost, dropped, lost, mentions};
pub(crate) use filter_on_new_column::filters;
pub(crate) use rewrite::has_checks;

use super::ast::{
    CreateIndex, ParameterValue, QualifiedName, Reindex, ReindexTarget, Statement, StatementKind,
    Vacuum,
};
use super::catalog::{Catalog, Persistence, Relation, RelationKind};
use crate::diagnostic::Diagnostic;
use crate::errors::postgres::lints as errors;
use crate::text::Span;

/// A statement and what surrounds it.
pub(crate) struct Scene<'a> {
    /// What is released: only the tables in it are in use, and have rows.
    pub(crate) released: &'a Catalog,
    /// What the file has found.
    pub(crate) start: &'a Catalog,
    /// What the statement has found.
    pub(crate) before: &'a Catalog,
    /// What it has left behind.
    pub(crate) after: &'a Catalog,
    /// Whether the file runs in a transaction.
    pub(crate) transaction: bool,
}

/// What lints say of a statement that was applied.
pub(crate) fn judge(scene: &Scene<'_>, statement: &Statement) -> Vec<Diagnostic> {
    match &statement.kind {
        StatementKind::AlterTable(alter) => scene.alter_table(alter),
        StatementKind::CreateIndex(create) => scene.create_index(create).into_iter().collect(),
        StatementKind::Reindex(reindex) => scene.reindex(reindex).into_iter().collect(),
        StatementKind::Cluster(cluster) => {
            let found = scene.rewritten_by(cluster.table.as_ref(), "CLUSTER", cluster.span);
            found.into_iter().collect()
        }
        StatementKind::Vacuum(vacuum) if is_full(vacuum) => {
            let table = vacuum.tables.first().map(|(table, _)| table);
            let found = scene.rewritten_by(table, "VACUUM FULL", vacuum.span);
            found.into_iter().collect()
        }
        StatementKind::AlterDomain(alter) => scene.alter_domain(alter, statement.span),
        StatementKind::RefreshMaterializedView(refresh) => {
            let found = scene.refresh(refresh, statement.span);
            found.into_iter().collect()
        }
        StatementKind::Truncate(truncate) => scene.truncate(truncate),
        // Nothing else reads or writes all rows of a table while others wait for it, or takes rows away that it does not
        // name; what drops is judged by what is gone.
        _ => Vec::new(),
    }
}

impl Scene<'_> {
    /// The table or materialized view of a name, if it is in use: it was there before what is not released yet.
    fn in_use(&self, name: &QualifiedName) -> Option<&Relation> {
        let found = self.before.find_relation(name)?;
        self.is_in_use(found).then_some(found)
    }

    fn is_in_use(&self, relation: &Relation) -> bool {
        let has_rows = match &relation.kind {
            RelationKind::Table
            | RelationKind::Partitioned(_)
            | RelationKind::MaterializedView(_) => true,
            RelationKind::Foreign(_)
            | RelationKind::View(_)
            | RelationKind::Sequence(_)
            | RelationKind::Index(_)
            | RelationKind::PartitionedIndex(_)
            | RelationKind::Composite => false,
        };
        has_rows
            && relation.persistence != Persistence::Temporary
            && self.released.relations.get(relation.oid).is_some()
    }

    fn create_index(&self, create: &CreateIndex) -> Option<Diagnostic> {
        // With IF NOT EXISTS there may be nothing to do.
        let is_made = self.after.made() != self.before.made();
        if create.concurrently.is_some() || !is_made {
            return None;
        }
        let table = self.in_use(&create.table.name)?;
        let is_partitioned = table.partition_key().is_some();
        Some(errors::blocking_index(
            &table.name,
            is_partitioned,
            create.span,
        ))
    }

    fn reindex(&self, reindex: &Reindex) -> Option<Diagnostic> {
        let is_concurrent = reindex
            .options
            .iter()
            .any(|it| &*it.name.name == "concurrently");
        if reindex.concurrently.is_some() || is_concurrent {
            return None;
        }
        let table = match &reindex.target {
            ReindexTarget::Table(name) => self.in_use(name)?,
            ReindexTarget::Index(name) => {
                let index = self.before.find_relation(name)?.index()?;
                let table = self.before.relation(index.table)?;
                Some(table).filter(|it| self.is_in_use(it))?
            }
            ReindexTarget::Schema(_) | ReindexTarget::Database(_) | ReindexTarget::System(_) => {
                return None;
            }
        };
        Some(errors::blocking_reindex(&table.name, reindex.span))
    }

    /// A statement that writes a table anew; without a name, all tables.
    fn rewritten_by(
        &self,
        table: Option<&QualifiedName>,
        words: &str,
        span: Span,
    ) -> Option<Diagnostic> {
        match table {
            Some(name) => {
                let table = self.in_use(name)?;
                Some(errors::rewritten_by(words, Some(&table.name), span))
            }
            None => {
                let mut relations = self.before.lasting_relations();
                let any = relations.any(|it| self.is_in_use(it));
                any.then(|| errors::rewritten_by(words, None, span))
            }
        }
    }
}

/// Whether VACUUM has the option FULL, and it is on.
fn is_full(vacuum: &Vacuum) -> bool {
    let mut options = vacuum.options.iter();
    vacuum.vacuum
        && options.any(|option| {
            let is_off = matches!(&option.value, Some(ParameterValue::Keyword(word)) if matches!(&*word.name, "false" | "off"));
            &*option.name.name == "full" && !is_off
        })
}
