//! The table that INSERT, UPDATE or DELETE changes.

use super::relation::Located;
use super::resolver::Resolver;
use super::scope::Scope;
use super::source::Source;
use super::virtual_tables::is_writable;
use crate::errors::sqlite::queries as errors;
use crate::sqlite::ast::TargetTable;
use crate::sqlite::catalog::{ObjectPath, Relation, Table, TableKind, TriggerEventKind};
use std::sync::Arc;

/// A table or view to be changed.
#[derive(Debug)]
pub(super) struct Target<'e> {
    /// The table or view with its alias.
    pub(super) source: Source,
    /// Where it is; none if it is not known.
    pub(super) path: Option<ObjectPath>,
    /// What it is.
    pub(super) object: Option<&'e Relation>,
}

/// A change that triggers watch for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Change<'c> {
    /// What is done.
    pub(super) event: TriggerEventKind,
    /// The columns that UPDATE sets.
    pub(super) columns: &'c [Arc<str>],
}

impl<'e> Target<'e> {
    /// The table, unless it is a view or unknown.
    pub(super) fn table(&self) -> Option<&'e Table> {
        self.object.and_then(Relation::table)
    }

    /// Whether it is a view.
    pub(super) fn is_view(&self) -> bool {
        self.object.is_some_and(|object| object.view().is_some())
    }

    /// Whether it is a virtual table.
    pub(super) fn is_virtual(&self) -> bool {
        self.table()
            .is_some_and(|table| matches!(table.kind, TableKind::Virtual { .. }))
    }

    /// Whether `rowid` can be written: the engine pays no regard to whether it is a view.
    pub(super) fn has_rowid(&self) -> bool {
        self.table().is_none_or(Table::has_rowid)
    }
}

impl<'e> Resolver<'e> {
    /// Finds the table of a change and checks that it can be changed.
    pub(super) fn target(
        &mut self,
        target: &TargetTable,
        change: Change<'_>,
        returning: bool,
        scope: &Scope<'_>,
    ) -> Target<'e> {
        self.check_trigger_target(target);
        let name = &target.name;
        // ALTER TABLE does not see it.
        let alias = target.alias.as_ref().filter(|_| !self.home.altered);
        let alias = alias.map(|alias| alias.name.clone());
        let found = match self.locate(name, scope) {
            Located::Relation(found) => found,
            Located::Eponymous(_) => {
                self.report(errors::not_writable(name.span(), &name.name.name));
                return self.unknown_target(target);
            }
            Located::Registered | Located::Nothing => return self.unknown_target(target),
        };
        self.refer_to_relation(&name.name, Some(&found.path));
        self.check_hint(target.hint.as_ref(), &found);
        let source = self.catalog_source(&found, name.span());
        match found.object {
            Relation::Table(table) => {
                if is_schema_table(table, &found.path) {
                    let span = name.span();
                    self.report(errors::schema_table_not_writable(span, &table.name));
                } else if !is_changeable(table) {
                    self.report(errors::not_writable(name.span(), &table.name));
                }
            }
            Relation::View(view) => {
                // With RETURNING the engine takes a trigger of any kind for one that does the change.
                let watched = self.has_trigger(&found.path, change)
                    || returning && self.has_any_trigger(&found.path);
                if !source.open && !watched {
                    self.report(errors::view_not_writable(
                        name.span(),
                        &view.name,
                        change.event,
                        view.span,
                    ));
                }
            }
        }
        Target {
            source: Source {
                alias,
                span: Some(name.span()),
                ..source
            },
            path: Some(found.path),
            object: Some(found.object),
        }
    }

    fn unknown_target(&mut self, target: &TargetTable) -> Target<'e> {
        let source = self.open_source(&target.name.name.name);
        Target {
            source: Source {
                alias: target.alias.as_ref().map(|alias| alias.name.clone()),
                rowid: true,
                ..source
            },
            path: None,
            object: None,
        }
    }
}

fn is_schema_table(table: &Table, path: &ObjectPath) -> bool {
    table.kind == TableKind::Internal
        && matches!(path.key.as_str(), "sqlite_master" | "sqlite_temp_master")
}

fn is_changeable(table: &Table) -> bool {
    match &table.kind {
        // Of those that the engine makes, statistics and sequence numbers can be written.
        TableKind::Ordinary | TableKind::Shadow { .. } | TableKind::Internal => true,
        TableKind::Virtual { module } => is_writable(module.as_str()),
    }
}
