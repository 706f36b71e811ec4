//! The types of variables that are those of rows and columns (`plpgsql_parse_cwordrowtype`, `plpgsql_parse_cwordtype`).

use super::relation::object_name;
use super::resolver::{Environment, Resolver};
use super::{Resolved, suggest, system_column};
use crate::errors::postgres::plpgsql as errors;
use crate::postgres::ast::{Ident, QualifiedName};
use crate::postgres::catalog::{Relation, RelationKind};
use crate::postgres::types::ValueType;

/// The type that `name%ROWTYPE` stands for; nothing where there is a mistake, or where the rows are of no type that has a
/// number here.
#[must_use]
pub fn row_type(environment: Environment<'_>, name: &QualifiedName) -> Resolved<Option<ValueType>> {
    let mut resolver = Resolver::new(environment);
    let relation = resolver.relation_with_columns(name);
    let relation = relation.filter(|relation| match relation.kind {
        RelationKind::Sequence(_) => {
            resolver.report(errors::no_row_type(name));
            false
        }
        RelationKind::Table
        | RelationKind::Partitioned(_)
        | RelationKind::Foreign(_)
        | RelationKind::View(_)
        | RelationKind::MaterializedView(_)
        | RelationKind::Composite
        | RelationKind::Index(_)
        | RelationKind::PartitionedIndex(_) => true,
    });
    let oid = relation.and_then(|relation| relation.row_type);
    resolver.done(oid.map(ValueType::plain))
}

/// The type that `table.column%TYPE` stands for; nothing where there is a mistake.
#[must_use]
pub fn column_type(
    environment: Environment<'_>,
    table: &QualifiedName,
    column: &Ident,
) -> Resolved<Option<ValueType>> {
    let mut resolver = Resolver::new(environment);
    let Some(relation) = resolver.relation_with_columns(table) else {
        return resolver.done(None);
    };
    let own = relation.column(&column.name).map(|found| found.typed);
    let found = own.or_else(|| system_column(&column.name).map(|(_, oid)| ValueType::plain(oid)));
    if found.is_none() {
        let mistake = suggest::unknown_target(&resolver, relation, column);
        resolver.report(mistake);
    }
    resolver.done(found)
}

impl<'a> Resolver<'a> {
    /// A relation whose columns have types that can be asked for; nothing if a mistake was reported.
    fn relation_with_columns(&mut self, name: &QualifiedName) -> Option<&'a Relation> {
        if !self.is_of_this_database(name.catalog.as_ref()) {
            return None;
        }
        let Some(relation) = self.catalog.find_relation(object_name(name)) else {
            let mistake = suggest::unknown_relation(self, name);
            self.diagnostics.extend(mistake);
            return None;
        };
        if relation.index().is_some() {
            self.report(errors::no_row_type(name));
            return None;
        }
        Some(relation)
    }
}
