//! Triggers.

use super::query::Use;
use super::relation::Located;
use super::resolution::{Clause, Environment, Resolution};
use super::resolver::{DefinitionKind, Home, Resolver, TriggerRows};
use super::scope::Scope;
use super::source::Source;
use super::view::home;
use crate::errors::sqlite::queries as errors;
use crate::sqlite::ast::{CreateTrigger, Statement, StatementKind, TargetTable, TriggerEvent};
use crate::sqlite::catalog::Catalog;

/// Resolves a trigger as if it fired, or as ALTER TABLE does.
pub(super) fn trigger(
    environment: Environment<'_>,
    database: usize,
    trigger: &CreateTrigger,
    altered: bool,
) -> Resolution {
    let home = Home {
        altered,
        ..home(database, Some(DefinitionKind::Trigger))
    };
    let mut resolver = Resolver::new(environment, home);
    let source = resolver.watched(trigger);
    resolver.watched_columns(trigger, &source);
    resolver.home.rows = Some(TriggerRows {
        source,
        old: trigger.event != TriggerEvent::Insert,
        new: trigger.event != TriggerEvent::Delete,
    });
    resolver.trigger_body(trigger);
    resolver.finish(None)
}

impl Resolver<'_> {
    /// The table or view that a trigger watches; replay has said so if it is not there.
    fn watched(&mut self, trigger: &CreateTrigger) -> Source {
        let found = self.unchecked(|resolver| {
            let root = Scope::empty();
            match resolver.locate(&trigger.table, &root) {
                Located::Relation(found) => Some(found),
                Located::Eponymous(_) | Located::Registered | Located::Nothing => None,
            }
        });
        match found {
            Some(found) => {
                self.refer_to_relation(&trigger.table.name, Some(&found.path));
                self.unchecked(|resolver| resolver.catalog_source(&found, trigger.table.name.span))
            }
            None => self.open_source(&trigger.table.name.name),
        }
    }

    /// The columns after UPDATE OF. The engine does not mind those that are not there.
    fn watched_columns(&mut self, trigger: &CreateTrigger, source: &Source) {
        let TriggerEvent::Update { of } = &trigger.event else {
            return;
        };
        for column in of {
            let found = source.column(&column.name);
            let found = found.and_then(|position| source.columns.get(position));
            if let Some(found) = found {
                self.refer_to_column(column, found.named.as_ref(), Clause::Other);
            }
        }
    }

    /// Resolves WHEN and the statements of a trigger.
    pub(super) fn trigger_body(&mut self, trigger: &CreateTrigger) {
        let root = Scope::empty();
        if let Some(when) = &trigger.when {
            self.scalar(when, &root);
        }
        for statement in &trigger.body {
            self.step(statement, &root);
        }
    }

    /// Resolves a statement that reads or changes rows.
    pub(super) fn step(
        &mut self,
        statement: &Statement,
        root: &Scope<'_>,
    ) -> Option<super::output::Rows> {
        match &statement.kind {
            // Of a SELECT whose rows nobody reads the engine drops ORDER BY before it looks at it.
            StatementKind::Select(query) if self.home.rows.is_some() && !self.home.altered => {
                Some(self.query_for(query, Use::Nothing, root))
            }
            StatementKind::Select(query) => Some(self.query(query, root)),
            StatementKind::Insert(insert) => self.insert(insert, root),
            StatementKind::Update(update) => self.update(update, root),
            StatementKind::Delete(delete) => self.delete(delete, root),
            _ => None,
        }
    }

    /// Checks that the target of a statement within a trigger names no database.
    pub(super) fn check_trigger_target(&mut self, target: &TargetTable) {
        let Home {
            definition: Some(DefinitionKind::Trigger),
            database,
            ..
        } = &self.home
        else {
            return;
        };
        let kept = database.is_some_and(|database| database != Catalog::TEMP);
        if let (Some(database), true) = (&target.name.database, kept) {
            self.report_always(errors::qualified_target_in_trigger(database.span));
        }
    }
}
