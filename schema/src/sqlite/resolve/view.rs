//! Views.

use super::output::{Naming, Rows, view_column};
use super::resolution::{Environment, Resolution};
use super::resolver::{BrokenView, DefinitionKind, Home, Resolver};
use super::scope::Scope;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::sqlite::queries as errors;
use crate::sqlite::ast::{CreateView, Query, StatementKind};
use crate::sqlite::catalog::{Catalog, ObjectPath, View, ViewColumn};
use crate::text::Span;

/// Resolves a view as if it were used.
pub(super) fn view(environment: Environment<'_>, database: usize, view: &CreateView) -> Resolution {
    let home = home(database, Some(DefinitionKind::View));
    let mut resolver = Resolver::new(environment, home);
    let columns = resolver.create_view(view);
    resolver.finish(columns)
}

/// Resolves the query of CREATE TABLE … AS, whose columns are named as a view's.
pub(super) fn created_table(environment: Environment<'_>, query: &Query) -> Resolution {
    let mut resolver = Resolver::new(environment, Home::default());
    let rows = resolver.query(query, &Scope::empty());
    let columns = rows.width().map(|_| {
        resolver.need_collations(&rows);
        let columns = rows.source_columns(Naming::Declared);
        columns.into_iter().map(view_column).collect()
    });
    resolver.finish(columns)
}

/// Where the names of a definition in a database are looked for: in that database, or from `temp` everywhere.
pub(super) fn home(database: usize, definition: Option<DefinitionKind>) -> Home {
    let kept = database != Catalog::TEMP;
    Home {
        database: kept.then_some(database),
        rows: None,
        kept,
        definition,
        fires: false,
        names_only: false,
        altered: false,
    }
}

impl Resolver<'_> {
    fn create_view(&mut self, view: &CreateView) -> Option<Vec<ViewColumn>> {
        let root = Scope::empty();
        let rows = self.query(&view.query, &root);
        self.view_columns(view, &rows)
    }

    fn view_columns(&mut self, view: &CreateView, rows: &Rows) -> Option<Vec<ViewColumn>> {
        let width = rows.width()?;
        let columns = if view.columns.is_empty() {
            rows.source_columns(Naming::Declared)
        } else {
            let names: Vec<_> = view
                .columns
                .iter()
                .map(|column| column.name.clone())
                .collect();
            let Some(columns) = rows.renamed_columns(&names) else {
                let last = view.columns.last().map_or(view.name.name.span, |c| c.span);
                self.report(errors::view_width(
                    last,
                    &view.name.name.name,
                    names.len(),
                    width,
                ));
                return None;
            };
            columns
        };
        self.need_collations(rows);
        Some(columns.into_iter().map(view_column).collect())
    }

    /// Resolves a view whose columns the catalog does not know, to say why it cannot be used.
    pub(super) fn broken_view_columns(
        &mut self,
        path: &ObjectPath,
        view: &View,
        span: Span,
    ) -> Option<Vec<ViewColumn>> {
        let broken = match self.memory.views.get(path) {
            Some(Some(broken)) => broken.clone(),
            Some(None) => {
                self.report_table(errors::circular_view(span, &view.name, view.span));
                return None;
            }
            None => {
                self.memory.views.insert(path.clone(), None);
                let broken = self.resolve_broken_view(path, view);
                self.memory.views.insert(path.clone(), Some(broken.clone()));
                broken
            }
        };
        if let Some(reason) = &broken.reason {
            self.report_table(errors::broken_view(span, &view.name, reason));
            return None;
        }
        broken.columns
    }

    fn resolve_broken_view(&mut self, path: &ObjectPath, view: &View) -> BrokenView {
        let parsed = view.definition.statement(self.environment.rules);
        let Some(StatementKind::CreateView(created)) = parsed.map(|statement| &statement.kind)
        else {
            // What could not be read has been complained of.
            return BrokenView {
                columns: None,
                reason: None,
            };
        };
        let home = home(path.database, None);
        let (columns, mistakes) = self.elsewhere(home, |other| other.create_view(created));
        BrokenView {
            columns,
            reason: first_mistake(mistakes),
        }
    }
}

/// The first mistake that the engine would find as well; a lint is no reason for it to refuse the use.
pub(super) fn first_mistake(mistakes: Vec<Diagnostic>) -> Option<Diagnostic> {
    mistakes
        .into_iter()
        .find(|mistake| mistake.code != Code::DoubleQuotedString)
}
