//! What may have been meant by a name that refers to nothing.

use super::common_table::Frame;
use super::names::Name;
use super::resolver::Resolver;
use super::scope::Scope;
use super::source::{Source, SourceColumn, SourceKind};
use crate::catalog::Key;
use crate::diagnostic::{Diagnostic, nearest};
use crate::errors::sqlite::names as errors;
use crate::errors::sqlite::names::{Declared, Missing, Owner, OwnerKind};
use crate::sqlite::ast::QualifiedName;
use crate::sqlite::catalog::{Catalog, Departed, DepartedKind, ObjectPath, Relation};

impl Resolver<'_> {
    /// The mistake that a column's name refers to nothing.
    pub(super) fn unknown_column(&self, name: Name<'_>, scope: &Scope<'_>) -> Diagnostic {
        let Some(table) = name.table else {
            let sources: Vec<&Source> = scope.chain().flat_map(|level| level.sources).collect();
            let only = match sources.as_slice() {
                [source] if source.kind != SourceKind::Group => Some(*source),
                _ => None,
            };
            let missing = Missing {
                column: name.column,
                owner: only
                    .filter(|source| source.written_name().is_some())
                    .map(|source| self.owner(source)),
                nearest: self.nearest(name, scope),
                fate: sources
                    .iter()
                    .map(|source| self.fate_of_column(source.relation.as_ref(), name.column))
                    .find(|fate| !fate.is_empty())
                    .unwrap_or_default(),
            };
            return errors::unknown_column(name.span, &missing);
        };
        let known = scope
            .chain()
            .flat_map(|level| level.sources.iter().chain(level.excluded))
            .chain(self.home.rows.iter().map(|rows| &rows.source));
        let known: Vec<&Source> = known.collect();
        let source = self.qualified(table, name.database.is_some(), scope);
        match source {
            Some(source) => {
                let columns = source.columns.iter().map(|column| &*column.name);
                let nearest = nearest(name.column, columns)
                    .and_then(|name| source.columns.get(source.column(name)?));
                let missing = Missing {
                    column: name.column,
                    owner: Some(self.qualifier(table, source)),
                    nearest: nearest.map(declared),
                    fate: self.fate_of_column(source.relation.as_ref(), name.column),
                };
                errors::unknown_column(name.span, &missing)
            }
            None => {
                let names = known.iter().filter_map(|source| source.written_name());
                let nearest = nearest(table, names);
                let aliased = known.iter().find(|source| {
                    source.alias.is_some() && source.name.eq_ignore_ascii_case(table)
                });
                let alias = aliased.and_then(|source| source.alias.as_deref());
                let span = name.table_ident.map_or(name.span, |ident| ident.span);
                errors::unknown_qualifier(span, table, alias.or(nearest), alias.is_some())
            }
        }
    }

    /// What a source is, as messages name it.
    pub(super) fn owner<'s>(&'s self, source: &'s Source) -> Owner<'s> {
        let relation = source.relation.as_ref().and_then(|path| {
            let database = self.environment.catalog.databases.get(path.database)?;
            database.relations.get(&path.key)
        });
        let kind = match (relation, source.kind) {
            (Some(Relation::View(_)), _) => OwnerKind::View,
            (None, SourceKind::Query) if source.name.is_empty() || source.name.starts_with('(') => {
                OwnerKind::Subquery
            }
            (None, SourceKind::Query) => OwnerKind::CommonTable,
            (Some(Relation::Table(_)), _)
            | (None, SourceKind::Relation | SourceKind::SchemaTable { .. } | SourceKind::Group) => {
                OwnerKind::Table
            }
        };
        Owner {
            kind,
            known_as: source.known_as(),
            name: Some(relation.map_or(&*source.name, Relation::name)),
        }
    }

    /// What a name before a dot means, as messages name it: `new`, `old` and `excluded` are rows of a table.
    fn qualifier<'s>(&'s self, table: &'s str, source: &'s Source) -> Owner<'s> {
        let owner = self.owner(source);
        let is_row = ["new", "old"]
            .iter()
            .any(|row| row.eq_ignore_ascii_case(table))
            && self
                .home
                .rows
                .as_ref()
                .is_some_and(|rows| std::ptr::eq(&rows.source, source));
        if is_row || source.name.eq_ignore_ascii_case("excluded") && source.alias.is_none() {
            return Owner {
                kind: OwnerKind::Row,
                known_as: table,
                name: owner.name.filter(|name| !name.eq_ignore_ascii_case(table)),
            };
        }
        owner
    }

    /// What a name before a dot means.
    fn qualified<'s>(
        &'s self,
        table: &str,
        with_database: bool,
        scope: &'s Scope<'_>,
    ) -> Option<&'s Source> {
        let source = scope
            .chain()
            .flat_map(|level| level.sources)
            .find(|source| source.answers_to(table, with_database));
        let excluded = || {
            let excluded = scope.chain().find_map(|level| level.excluded);
            excluded.filter(|_| table.eq_ignore_ascii_case("excluded"))
        };
        let row = || {
            let rows = self.home.rows.as_ref().filter(|rows| {
                rows.old && table.eq_ignore_ascii_case("old")
                    || rows.new && table.eq_ignore_ascii_case("new")
            });
            rows.map(|rows| &rows.source)
        };
        source.or_else(excluded).or_else(row)
    }

    /// The column in scope whose name is most like the one that was looked for.
    pub(super) fn nearest(&self, name: Name<'_>, scope: &Scope<'_>) -> Option<Declared> {
        if !self.environment.suggests {
            return None;
        }
        let columns: Vec<&SourceColumn> = scope
            .chain()
            .flat_map(|level| level.sources)
            .flat_map(|source| source.columns.iter())
            .collect();
        let found = nearest(name.column, columns.iter().map(|column| &*column.name))?;
        let column = columns.iter().find(|column| &*column.name == found)?;
        Some(declared(column))
    }

    /// What became of a column that a table has had.
    pub(super) fn fate_of_column(
        &self,
        table: Option<&ObjectPath>,
        column: &str,
    ) -> Vec<&Departed> {
        let catalog = self.environment.catalog;
        let fate = table.map(|table| catalog.fate_of_column(table, &Key::new(column)));
        fate.unwrap_or_default()
    }

    /// The mistake that a table's name refers to nothing.
    pub(super) fn unknown_table(&self, name: &QualifiedName, scope: &Scope<'_>) -> Diagnostic {
        let catalog = self.environment.catalog;
        if let Some(database) = &name.database
            && catalog.database(&database.name).is_none()
        {
            let names = catalog.databases.iter().map(|database| &*database.name);
            return errors::unknown_database(
                database.span,
                &database.name,
                nearest(&database.name, names),
            );
        }
        let position = name
            .database
            .as_ref()
            .and_then(|database| catalog.database(&database.name))
            .or(self.home.database);
        let common = scope.tables.filter(|_| name.database.is_none());
        let common = common.map(Frame::names).unwrap_or_default();
        let found = self.nearest_relation(&name.name.name, position, &common);
        let key = Key::new(&name.name.name);
        let kinds = [DepartedKind::Table, DepartedKind::View];
        let fate = catalog.fate(&kinds, position, &key);
        errors::unknown_table(name.span(), &name.name.name, found.as_ref(), &fate)
    }

    fn nearest_relation(
        &self,
        name: &str,
        database: Option<usize>,
        common: &[&str],
    ) -> Option<Declared> {
        if !self.environment.suggests {
            return None;
        }
        let catalog: &Catalog = self.environment.catalog;
        let databases = catalog.databases.iter().enumerate();
        let relations: Vec<&Relation> = databases
            .filter(|(position, _)| database.is_none_or(|only| only == *position))
            .flat_map(|(_, database)| database.relations.values())
            .collect();
        let names = relations.iter().map(|relation| relation.name());
        let found = nearest(name, common.iter().copied().chain(names))?;
        let relation = relations.iter().find(|relation| relation.name() == found);
        Some(Declared {
            name: found.to_owned(),
            span: relation.map(|relation| relation.provenance().created),
        })
    }
}

/// A column as something that may have been meant.
pub(super) fn declared(column: &SourceColumn) -> Declared {
    Declared {
        name: column.name.to_string(),
        span: column.span,
    }
}
