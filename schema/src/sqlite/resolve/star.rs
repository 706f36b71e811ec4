//! `*` and `table.*`.

use super::names::Name;
use super::output::{Columns, Output};
use super::query::MOST_COLUMNS;
use super::resolver::Resolver;
use super::scope::Scope;
use super::source::{InnerName, Source, SourceKind};
use crate::errors::sqlite::queries as errors;
use crate::text::{Ident, Span};
use std::sync::Arc;

/// The three names of the rowid, in the order in which a group gives them out.
const ROWID_NAMES: [&str; 3] = ["_ROWID_", "ROWID", "OID"];

/// A column that `*` stands for, before its name is resolved.
struct Starred {
    /// The database and the table, or the table alone, where the name needs them.
    database: Option<Arc<str>>,
    table: Option<Arc<str>>,
    column: Arc<str>,
    inner: Option<InnerName>,
    merged: bool,
}

impl Resolver<'_> {
    /// Adds the columns that `*` or `table.*` stands for.
    pub(super) fn star(
        &mut self,
        span: Span,
        table: Option<&Ident>,
        scope: &Scope<'_>,
        columns: &mut Columns,
    ) {
        let mut found = false;
        let mut starred = Vec::new();
        for (position, source) in scope.sources.iter().enumerate() {
            if let Some(table) = table
                && source.kind != SourceKind::Group
            {
                if !source.known_as().eq_ignore_ascii_case(&table.name) {
                    continue;
                }
                if source.alias.is_none() {
                    self.refer_to_relation(table, source.relation.as_ref());
                }
            }
            if source.open {
                found = true;
                columns.complete = false;
            }
            let shown = self.shown_columns(position, source, table, scope);
            found |= shown.found;
            starred.extend(shown.columns);
        }
        if !found {
            self.report_table(match table {
                Some(table) => {
                    let known = scope.sources.iter().filter_map(Source::written_name);
                    let nearest = crate::diagnostic::nearest(&table.name, known);
                    crate::errors::sqlite::names::unknown_qualifier(
                        table.span,
                        &table.name,
                        nearest,
                        false,
                    )
                }
                None => errors::star_without_tables(span),
            });
            columns.complete = false;
        }
        self.resolve_starred(span, starred, scope, columns, false);
    }

    /// Adds the columns that a group has.
    pub(super) fn group_star(&mut self, scope: &Scope<'_>, columns: &mut Columns) {
        let mut starred = Vec::new();
        for (position, source) in scope.sources.iter().enumerate() {
            columns.complete &= !source.open;
            starred.extend(self.group_columns(position, source, scope));
        }
        let span = scope.sources.iter().find_map(|source| source.span);
        if let Some(span) = span {
            self.resolve_starred(span, starred, scope, columns, true);
        }
    }

    fn shown_columns(
        &self,
        position: usize,
        source: &Source,
        table: Option<&Ident>,
        scope: &Scope<'_>,
    ) -> Shown {
        let mut shown = Shown {
            found: false,
            columns: Vec::new(),
        };
        for column in source.columns.iter() {
            let inner = column.inner.as_ref();
            let is_group = source.kind == SourceKind::Group;
            if is_group && inner.is_some_and(|inner| inner.rowid) {
                continue;
            }
            if let (Some(table), true) = (table, is_group)
                && inner.is_none_or(|inner| !inner.table.eq_ignore_ascii_case(&table.name))
            {
                continue;
            }
            if column.hidden || column.merged && table.is_none() {
                continue;
            }
            shown.found = true;
            // The left one of the columns that USING joins stands for both.
            if position > 0 && table.is_none() && source.uses(&column.name) {
                continue;
            }
            let after = scope.sources.get(position + 1..).unwrap_or_default();
            let bare = scope.sources.len() < 2
                || source.join.before_right
                    && table.is_none()
                    && after.iter().any(|next| next.uses(&column.name));
            shown.columns.push(Starred {
                database: (!bare && !is_group).then(|| self.database_name(source)),
                table: (!bare).then(|| source.known_as().into()),
                column: column.name.clone(),
                inner: None,
                merged: false,
            });
        }
        shown
    }

    fn group_columns(&self, position: usize, source: &Source, scope: &Scope<'_>) -> Vec<Starred> {
        let mut starred = Vec::new();
        let next = scope.sources.get(position + 1);
        let next_using = next.map_or(&[][..], |next| &*next.join.using);
        for name in next_using {
            starred.push(Starred {
                database: None,
                table: None,
                column: name.clone(),
                inner: Some(InnerName {
                    database: "".into(),
                    table: "".into(),
                    column: name.clone(),
                    rowid: false,
                    using: true,
                }),
                merged: false,
            });
        }
        let is_group = source.kind == SourceKind::Group;
        let several = scope.sources.len() > 1;
        let rowid = ROWID_NAMES
            .iter()
            .find(|name| source.rowid && source.column(name).is_none());
        let columns = source
            .columns
            .iter()
            .filter(|column| !column.hidden)
            .filter(|column| !column.inner.as_ref().is_some_and(|inner| inner.rowid));
        let columns = columns.map(|column| (column.name.clone(), Some(column)));
        for (name, column) in columns.chain(rowid.map(|name| (Arc::from(*name), None))) {
            let inner = match column.and_then(|column| column.inner.as_ref()) {
                Some(inner) => InnerName {
                    using: false,
                    ..inner.clone()
                },
                None => InnerName {
                    database: self.database_name(source),
                    table: source.known_as().into(),
                    column: name.clone(),
                    rowid: column.is_none(),
                    using: false,
                },
            };
            let joined = |using: &[Arc<str>]| using.iter().any(|u| u.eq_ignore_ascii_case(&name));
            starred.push(Starred {
                database: (several && !is_group).then(|| self.database_name(source)),
                table: several.then(|| source.known_as().into()),
                merged: joined(&source.join.using)
                    || joined(next_using)
                    || column.is_some_and(|column| column.merged),
                column: name,
                inner: Some(inner),
            });
        }
        starred
    }

    fn resolve_starred(
        &mut self,
        span: Span,
        starred: Vec<Starred>,
        scope: &Scope<'_>,
        columns: &mut Columns,
        group: bool,
    ) {
        for column in starred {
            if columns.outputs.len() > MOST_COLUMNS {
                return;
            }
            let name = Name {
                database: column.database.as_deref(),
                table: column.table.as_deref(),
                column: &column.column,
                table_ident: None,
                column_ident: None,
                span,
            };
            let (value, cursors, aggregate, window) =
                self.noting(scope, |resolver| resolver.name(name, scope));
            columns.outputs.push(Output {
                name: (!group).then(|| column.column.clone()),
                written: Some(column.column.clone()),
                text: None,
                value,
                cursors,
                aggregate,
                window,
                inner: column.inner,
                merged: column.merged,
            });
        }
    }

    fn database_name(&self, source: &Source) -> Arc<str> {
        let databases = &self.environment.catalog.databases;
        let database = source.database.and_then(|position| databases.get(position));
        database.map_or_else(|| "*".into(), |database| database.name.clone())
    }
}

struct Shown {
    found: bool,
    columns: Vec<Starred>,
}
