//! Tables and views as sources.

use super::affinity::{self, ValueAffinity};
use super::named::Named;
use super::resolver::Resolver;
use super::scope::Scope;
use super::source::{Join, Source, SourceColumn, SourceKind};
use super::virtual_tables::{Eponymous, eponymous};
use crate::catalog::Key;
use crate::config::Rules;
use crate::diagnostic::nearest;
use crate::errors::sqlite::names as names_errors;
use crate::errors::sqlite::queries as errors;
use crate::sqlite::ast::{Expr, IndexHint, QualifiedName};
use crate::sqlite::catalog::{
    Affinity, Catalog, Column, Content, DepartedKind, Found, Nullability, ObjectPath, Relation,
    StorageClasses, Table, TableKind, View, ViewColumn,
};
use crate::text::{Ident, Span};
use std::sync::Arc;

/// What a table's name in FROM or of a change of rows means.
pub(super) enum Located<'e> {
    /// A table or view of the catalog.
    Relation(Found<&'e Relation>),
    /// A table that a module provides.
    Eponymous(&'static Eponymous),
    /// Something of the application, of which nothing is known.
    Registered,
    /// Nothing; the mistake is reported.
    Nothing,
}

impl<'e> Resolver<'e> {
    /// Looks for a table or view where this definition's names are looked for.
    pub(super) fn locate(&mut self, name: &QualifiedName, scope: &Scope<'_>) -> Located<'e> {
        let catalog: &'e Catalog = self.environment.catalog;
        let found = match self.home.database {
            None => catalog.relation(name),
            Some(home) => {
                if let Some(database) = &name.database
                    && catalog.database(&database.name) != Some(home)
                {
                    self.report_foreign(database, home);
                    return Located::Nothing;
                }
                let database = catalog.databases.get(home).map(|home| Ident {
                    name: home.name.clone(),
                    ..name.name.clone()
                });
                catalog.relation(&QualifiedName {
                    database,
                    name: name.name.clone(),
                })
            }
        };
        if let Some(found) = found {
            return Located::Relation(found);
        }
        if let Some(table) = eponymous(&name.name.name) {
            return Located::Eponymous(table);
        }
        if self.environment.rules.is_registered(&name.name.name) {
            return Located::Registered;
        }
        let mistake = self.unknown_table(name, scope);
        self.report_table(mistake);
        Located::Nothing
    }

    /// The mistake that a view or trigger names another database.
    fn report_foreign(&mut self, database: &Ident, home: usize) {
        let Some(kind) = self.home.definition else {
            return;
        };
        let databases = &self.environment.catalog.databases;
        let home = databases.get(home).map_or("", |home| &home.name);
        self.report_always(errors::foreign_database(
            database.span,
            &database.name,
            home,
            kind,
        ));
    }

    /// A table, a view or a table-valued function in FROM.
    pub(super) fn relation_source(
        &mut self,
        name: &QualifiedName,
        hint: Option<&IndexHint>,
        arguments: Option<&[Expr]>,
        outer: &Scope<'_>,
    ) -> Source {
        match self.locate(name, outer) {
            Located::Relation(found) => {
                self.refer_to_relation(&name.name, Some(&found.path));
                let is_function = is_virtual(found.object);
                if arguments.is_some() && !is_function {
                    self.report_table(errors::not_a_function(name.name.span, &name.name.name));
                }
                self.check_hint(hint, &found);
                let source = self.catalog_source(&found, name.span());
                self.check_arguments(arguments.filter(|_| is_function), &source, name);
                source
            }
            Located::Eponymous(table) => {
                if table.direct_only && self.home.kept {
                    self.report_table(errors::direct_only(name.name.span, table.name));
                }
                let source = self.eponymous_source(table);
                self.check_arguments(arguments, &source, name);
                source
            }
            Located::Registered => Source {
                rowid: true,
                ..self.open_source(&name.name.name)
            },
            Located::Nothing => self.open_source(&name.name.name),
        }
    }

    /// The source that a table or view of the catalog is. What is wrong with a view is reported at the place of use.
    pub(super) fn catalog_source(&mut self, found: &Found<&Relation>, span: Span) -> Source {
        match found.object {
            Relation::Table(table) => self.table_source(&found.path, table),
            Relation::View(view) => self.view_source(&found.path, view, span),
        }
    }

    /// The source that a table is.
    pub(super) fn table_source(&mut self, path: &ObjectPath, table: &Table) -> Source {
        let known = self.memory.columns.get(path).cloned();
        let columns = known.unwrap_or_else(|| {
            let columns: Named<SourceColumn> =
                table_columns(path, table, self.environment.rules).into();
            self.memory.columns.insert(path.clone(), columns.clone());
            columns
        });
        let temporary = path.database == Catalog::TEMP;
        let is_schema = matches!(path.key.as_str(), "sqlite_master" | "sqlite_temp_master");
        Source {
            cursor: self.cursor(),
            alias: None,
            name: table.name.clone(),
            database: Some(path.database),
            relation: Some(path.clone()),
            columns,
            rowid: table.has_rowid(),
            rowid_alias: table.rowid_alias(),
            kind: if is_schema {
                SourceKind::SchemaTable { temporary }
            } else {
                SourceKind::Relation
            },
            join: Join::default(),
            open: table.incomplete || is_unknown_module(table),
            span: None,
        }
    }

    fn view_source(&mut self, path: &ObjectPath, view: &View, span: Span) -> Source {
        let columns = match (&view.columns, &view.broken) {
            (Some(columns), _) => Some(columns.clone()),
            (None, Some(reason)) => {
                self.report_table(errors::broken_view(span, &view.name, reason));
                None
            }
            (None, None) => self.broken_view_columns(path, view, span),
        };
        let open = columns.is_none();
        let columns: Named<SourceColumn> = columns
            .unwrap_or_default()
            .into_iter()
            .enumerate()
            .map(|(position, column)| view_source_column(path, view, position, column))
            .collect();
        Source {
            name: view.name.clone(),
            database: Some(path.database),
            relation: Some(path.clone()),
            kind: SourceKind::Relation,
            open,
            ..self.query_source(&view.name, columns)
        }
    }

    fn eponymous_source(&mut self, table: &Eponymous) -> Source {
        let visible = table.columns.iter().map(|name| {
            let column = eponymous_column(name);
            match table.holds(name) {
                Some((classes, null)) => SourceColumn {
                    content: Content::of(classes),
                    nullable: null == Nullability::Nullable,
                    ..column
                },
                None => column,
            }
        });
        let hidden = table.arguments.iter().map(|name| argument_column(name));
        let columns = visible.chain(hidden);
        let columns: Named<SourceColumn> = columns.collect();
        Source {
            name: table.name.into(),
            database: Some(Catalog::MAIN),
            kind: SourceKind::Relation,
            rowid: true,
            ..self.query_source(table.name, columns)
        }
    }

    fn check_arguments(
        &mut self,
        arguments: Option<&[Expr]>,
        source: &Source,
        name: &QualifiedName,
    ) {
        let most = source.columns.iter().filter(|column| column.hidden).count();
        if let Some(extra) = arguments.and_then(|arguments| arguments.get(most))
            && !source.open
        {
            self.report(errors::too_many_table_arguments(
                extra.span,
                &name.name.name,
                most,
            ));
        }
    }

    /// Checks that the index of INDEXED BY is one of the table.
    pub(super) fn check_hint(&mut self, hint: Option<&IndexHint>, found: &Found<&Relation>) {
        let Some(IndexHint::By(index)) = hint else {
            return;
        };
        let path = &found.path;
        let Some(database) = self.environment.catalog.databases.get(path.database) else {
            return;
        };
        let of_table = || database.indexes_of(&path.key).map(|(_, index)| index);
        let named = of_table().any(|candidate| candidate.name.eq_ignore_ascii_case(&index.name));
        if named || is_automatic_index(&index.name, found.object) {
            return;
        }
        let nearest = nearest(&index.name, of_table().map(|index| &*index.name));
        let catalog = self.environment.catalog;
        let key = Key::new(&index.name);
        let fate = catalog.fate(&[DepartedKind::Index], Some(path.database), &key);
        self.report_table(names_errors::unknown_index(
            index.span,
            &index.name,
            found.object.name(),
            nearest,
            &fate,
        ));
    }
}

fn is_virtual(relation: &Relation) -> bool {
    relation.table().is_some_and(|table| match table.kind {
        TableKind::Virtual { .. } => true,
        TableKind::Ordinary | TableKind::Shadow { .. } | TableKind::Internal => false,
    })
}

/// Whether it is a virtual table whose columns only the application's module knows.
fn is_unknown_module(table: &Table) -> bool {
    match table.kind {
        TableKind::Virtual { .. } => table.columns.is_empty(),
        TableKind::Ordinary | TableKind::Shadow { .. } | TableKind::Internal => false,
    }
}

/// Whether it is the name of an index that a UNIQUE or PRIMARY KEY constraint of the table made.
fn is_automatic_index(name: &str, relation: &Relation) -> bool {
    let Some(table) = relation.table() else {
        return false;
    };
    let key = table
        .primary_key
        .as_ref()
        .filter(|key| !key.rowid_alias)
        .map_or(0, |_| 1);
    let count = table.unique.len() + key;
    (1..=count).any(|number| {
        name.eq_ignore_ascii_case(&format!("sqlite_autoindex_{}_{number}", table.name))
    })
}

/// A column of which only the name is known.
pub(super) fn plain_column(name: Arc<str>) -> SourceColumn {
    SourceColumn {
        name,
        declared_type: None,
        passed_type: None,
        affinity: None,
        collation: None,
        nullable: true,
        content: Content::ANY,
        finite: false,
        hidden: false,
        merged: false,
        generated: false,
        named: None,
        origin: None,
        span: None,
        inner: None,
    }
}

/// A column of a table that a module provides, from its name and perhaps its declared type.
fn eponymous_column(declared: &str) -> SourceColumn {
    let (name, declared_type) = declared.split_once(' ').unwrap_or((declared, ""));
    let affinity = match declared_type {
        "" => Affinity::Blob,
        declared_type => affinity::of_type(declared_type),
    };
    let declared_type: Option<Arc<str>> = Some(declared_type)
        .filter(|declared_type| !declared_type.is_empty())
        .map(Arc::from);
    SourceColumn {
        declared_type: declared_type.clone(),
        passed_type: declared_type,
        affinity: Some(ValueAffinity::Column(affinity)),
        ..plain_column(name.into())
    }
}

/// A column that takes an argument: its declared type is HIDDEN, of which an empty one is left.
fn argument_column(declared: &str) -> SourceColumn {
    let column = eponymous_column(declared);
    match column.declared_type {
        Some(_) => SourceColumn {
            hidden: true,
            ..column
        },
        None => SourceColumn {
            hidden: true,
            declared_type: Some("".into()),
            passed_type: Some("".into()),
            affinity: Some(ValueAffinity::Column(affinity::of_type(""))),
            ..column
        },
    }
}

/// The columns of a table.
pub(super) fn table_columns(path: &ObjectPath, table: &Table, rules: &Rules) -> Vec<SourceColumn> {
    let is_virtual = matches!(table.kind, TableKind::Virtual { .. });
    table
        .columns
        .iter()
        .enumerate()
        .map(|(position, column)| SourceColumn {
            declared_type: declared_type(column),
            passed_type: declared_type(column),
            affinity: Some(ValueAffinity::Column(column.affinity)),
            collation: column.collation.clone(),
            nullable: is_virtual || !column.not_null,
            content: content(path, table, position, rules),
            finite: table.strict && column.affinity == Affinity::Integer,
            hidden: column.hidden,
            generated: column.generated.is_some(),
            named: Some((path.clone(), position)),
            origin: Some((path.database, path.key.clone(), position)),
            span: Some(column.span),
            ..plain_column(column.name.clone())
        })
        .collect()
}

/// What a column of a table holds.
fn content(path: &ObjectPath, table: &Table, position: usize, rules: &Rules) -> Content {
    let Some(column) = table.columns.get(position) else {
        return Content::ANY;
    };
    let declared = &column.declared_type;
    let is_exact = table.strict || table.rowid_alias() == Some(position);
    let classes = if !is_exact && rules.has_own_type(&table.name, &column.name, declared) {
        StorageClasses::ANY
    } else {
        column.classes(table.strict)
    };
    Content {
        classes,
        declared_type: declared_type(column),
        column: Some((path.database, path.key.clone(), position)),
    }
}

/// The declared type of a column. A hidden column of a virtual table has one, HIDDEN, of which nothing is left.
fn declared_type(column: &Column) -> Option<Arc<str>> {
    let declared = &column.declared_type;
    let hidden = column.hidden && column.affinity == affinity::of_type("");
    (!declared.is_empty() || hidden).then(|| Arc::clone(declared))
}

fn view_source_column(
    path: &ObjectPath,
    view: &View,
    position: usize,
    column: ViewColumn,
) -> SourceColumn {
    SourceColumn {
        declared_type: Some(column.declared_type.as_str())
            .filter(|declared| !declared.is_empty())
            .map(Arc::from),
        passed_type: column.passed_type,
        affinity: column.affinity.map(ValueAffinity::Column),
        collation: column.collation,
        nullable: match column.nullability {
            Nullability::NotNull => false,
            Nullability::Nullable => true,
        },
        named: Some((path.clone(), position)),
        content: column.content,
        origin: column.origin,
        span: Some(view.span),
        ..plain_column(column.name)
    }
}
