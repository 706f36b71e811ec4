//! What may have been meant by a name that stands for nothing, and what became of it.

use super::doors::CallSearch;
use super::names::ItemPlace;
use super::resolver::Resolver;
use super::scope::Item;
use crate::diagnostic::{Diagnostic, nearest};
use crate::errors::postgres::expressions as errors;
use crate::errors::postgres::{queries, relations};
use crate::postgres::ast::{Ident, QualifiedName};
use crate::postgres::catalog::{Catalog, Class, Departed};
use crate::postgres::tree::{Expr, RangeKind};
use crate::postgres::types::{Oid, PolymorphicMistake};
use crate::text::Span;

/// A relation that is not there; nothing where a mistake that was told or an extension may be the reason.
pub(super) fn unknown_relation(
    resolver: &Resolver<'_>,
    name: &QualifiedName,
) -> Option<Diagnostic> {
    let catalog = resolver.catalog;
    if resolver.may_be_of_extension() {
        return None;
    }
    if let Some(schema) = &name.schema
        && catalog.namespace_named(&schema.name).is_none()
    {
        return Some(unknown_schema(resolver, schema));
    }
    if name.schema.is_none() {
        let levels = resolver.levels().iter();
        let mut later = levels.flat_map(|level| &level.later_common_tables);
        if later.any(|it| *it == name.name.name) {
            return Some(queries::later_common_table(&name.name));
        }
    }
    let spaces: Vec<Oid> = match &name.schema {
        Some(schema) => catalog.namespace_named(&schema.name).into_iter().collect(),
        None => catalog.search_path().to_vec(),
    };
    let mut candidates: Vec<String> = Vec::new();
    for space in &spaces {
        candidates.extend(relations_in(catalog, *space));
    }
    if name.schema.is_none() {
        let levels = resolver.levels().iter();
        let tables = levels.flat_map(|level| &level.common_tables);
        candidates.extend(tables.map(|it| it.name.to_string()));
    }
    let near = nearest(&name.name.name, candidates.iter().map(String::as_str));
    let elsewhere = elsewhere(catalog, &name.name.name, &spaces);
    let departed = catalog.fate_in_reach(Class::Relation, name);
    Some(queries::unknown_relation(
        name,
        near,
        elsewhere.as_deref(),
        departed,
    ))
}

/// The names of a schema's relations that are the user's.
fn relations_in(catalog: &Catalog, space: Oid) -> Vec<String> {
    let relations = catalog.relations.inside(Some(space));
    relations
        .filter(|relation| relation.index().is_none())
        .map(|relation| relation.name.to_string())
        .collect()
}

/// The schema, off the search path, that has a relation of the name.
fn elsewhere(catalog: &Catalog, name: &str, spaces: &[Oid]) -> Option<String> {
    let namespaces = catalog.namespaces.iter();
    let mut others = namespaces.filter(|it| !spaces.contains(&it.oid));
    let found = others.find(|it| catalog.relation_named(it.oid, name).is_some())?;
    Some(found.name.to_string())
}

/// A schema that is not there.
pub(super) fn unknown_schema(resolver: &Resolver<'_>, schema: &Ident) -> Diagnostic {
    let catalog = resolver.catalog;
    let names = catalog.namespaces.iter().map(|it| &*it.name);
    let fate = catalog.fate(Class::Namespace, &schema.name, |_| true);
    relations::unknown_schema(schema, fate, names)
}

/// A column, named alone, that nothing in scope has.
pub(super) fn unknown_column(resolver: &Resolver<'_>, name: &Ident) -> Diagnostic {
    let levels = resolver.levels().iter().rev();
    let items: Vec<&Item> = levels.flat_map(|level| &level.items).collect();
    let columns = items.iter().flat_map(|item| &item.columns);
    let near = nearest(&name.name, columns.map(|column| &*column.name));
    let departed = items
        .iter()
        .find_map(|item| gone(resolver, item, &name.name));
    // A column of a table that stands in FROM but cannot be seen here.
    let hidden = near.is_none() && name.quoted && name.name.chars().any(char::is_whitespace);
    queries::unknown_column(name, near, departed, hidden)
}

/// A column that an item of FROM does not have.
pub(super) fn unknown_column_of(
    resolver: &Resolver<'_>,
    place: ItemPlace,
    name: &Ident,
) -> Diagnostic {
    let Some(item) = resolver.item(place) else {
        return queries::unknown_column(name, None, None, false);
    };
    let names = item.columns.iter().map(|it| &*it.name);
    let departed = gone(resolver, item, &name.name);
    relations::unknown_column(name, &item.name, departed, names)
}

/// What became of a column of a name.
fn gone<'c>(resolver: &Resolver<'c>, item: &Item, name: &str) -> Option<&'c Departed> {
    let levels = resolver.levels().iter().rev();
    let relation = levels
        .filter_map(|level| level.range_table.get(item.entry))
        .find_map(|entry| match entry.kind {
            RangeKind::Relation { relation, .. } if entry.reference.name == item.name => {
                Some(relation)
            }
            _ => None,
        })?;
    resolver.catalog.fate_of_column(relation, name)
}

/// A field that a variable does not have.
pub(super) fn unknown_field(
    resolver: &Resolver<'_>,
    field: &Ident,
    variable: &str,
    value: &Expr,
) -> Diagnostic {
    let oid = value.value_type().oid;
    let catalog = resolver.catalog;
    let relation = resolver.row_relation(oid);
    let relation = relation.and_then(|it| catalog.relation(it));
    let columns = relation.into_iter().flat_map(|it| it.live_columns());
    let near = nearest(&field.name, columns.map(|it| &*it.name));
    let departed = relation.and_then(|it| catalog.fate_of_column(it.oid, &field.name));
    let type_name = resolver.type_name(oid);
    queries::no_such_field(field, variable, &type_name, near, departed)
}

/// A column that a statement writes to, which its table does not have.
pub(super) fn unknown_target(
    resolver: &Resolver<'_>,
    relation: &crate::postgres::catalog::Relation,
    name: &Ident,
) -> Diagnostic {
    let names = relation.live_columns().map(|it| &*it.name);
    let departed = resolver.catalog.fate_of_column(relation.oid, &name.name);
    relations::unknown_column(name, &relation.name, departed, names)
}

/// A name before a dot that is nothing in FROM.
pub(super) fn unknown_item(resolver: &Resolver<'_>, parts: &[Ident], span: Span) -> Diagnostic {
    let name = match parts.last() {
        Some(name) => name.clone(),
        None => Ident::supplied("", span),
    };
    // It may stand there under an alias, or where it cannot be seen.
    let levels = resolver.levels().iter().rev();
    let mut aliased = None;
    for level in levels {
        for item in &level.items {
            let entry = level.range_table.get(item.entry);
            let relation = match entry.map(|it| &it.kind) {
                Some(RangeKind::Relation { relation, .. }) => resolver.catalog.relation(*relation),
                _ => None,
            };
            if item.aliased && item.name_visible && relation.is_some_and(|it| it.name == name.name)
            {
                aliased.get_or_insert((item.name.to_string(), item.span));
            }
            if item.name == name.name && item.lateral_only {
                return queries::not_lateral(&name, item.span);
            }
        }
    }
    let levels = resolver.levels().iter().rev();
    let items = levels.flat_map(|level| &level.items);
    let items = items.filter(|item| item.name_visible);
    let near = nearest(&name.name, items.map(|item| &*item.name));
    queries::unknown_item(&name, near, aliased)
}

/// A column of USING that one side does not have.
pub(super) fn unknown_using(name: &Ident, item: &Item, side: &str) -> Diagnostic {
    let near = nearest(&name.name, item.columns.iter().map(|it| &*it.name));
    queries::unknown_using(name, side, near, item.span)
}

/// `(f()).*` of a function of whose rows nothing is known.
pub(super) fn record_without_columns(span: Span) -> Diagnostic {
    queries::record_without_columns(span)
}

/// A function that is not there, or not for these arguments.
pub(super) fn unknown_function(
    resolver: &Resolver<'_>,
    search: &CallSearch<'_>,
    signature: &str,
    others: &[Oid],
    span: Span,
) -> Diagnostic {
    let catalog = resolver.catalog;
    let name = &search.name.name.name;
    let signatures: Vec<String> = others
        .iter()
        .take(4)
        .map(|oid| catalog.signature_text(*oid))
        .collect();
    if !signatures.is_empty() {
        return errors::no_such_signature(search.name, span, signature, &signatures);
    }
    let made = catalog.routines.iter();
    let made = made.map(|routine| &*routine.object.name);
    let builtin = catalog.builtin().functions().all().iter();
    let candidates: Vec<&str> = made.chain(builtin.map(|it| &*it.name)).collect();
    let near = nearest(name, candidates);
    let departed = catalog.fate(Class::Routine, name, |_| true);
    let extension = extension_of(catalog, name);
    errors::unknown_function(search.name, near, departed, extension.as_deref())
}

/// The extension, which was not created, that brings a function.
fn extension_of(catalog: &Catalog, name: &str) -> Option<String> {
    use crate::postgres::builtin::extensions;
    let version = catalog.version;
    let mut found =
        extensions(version).filter(|it| catalog.extensions.named(None, it.name).is_none());
    let namespace = crate::postgres::types::well_known::PUBLIC;
    let found = found.find(|it| {
        let brought = it.objects(version, namespace);
        brought
            .functions
            .iter()
            .any(|function| *function.name == *name)
    })?;
    Some(found.name.to_owned())
}

/// Why a polymorphic signature does not allow its arguments, in words.
pub(super) fn polymorphic(resolver: &Resolver<'_>, mistake: &PolymorphicMistake) -> String {
    let name = |oid: &Oid| resolver.type_name(*oid);
    match mistake {
        PolymorphicMistake::NotAlike(declared, one, two) => format!(
            "arguments declared `{declared}` are not alike: `{}` and `{}`",
            name(one),
            name(two)
        ),
        PolymorphicMistake::NotA(declared, what, oid) => {
            format!(
                "an argument declared `{declared}` must be {what}, and this is `{}`",
                name(oid)
            )
        }
        PolymorphicMistake::Inconsistent {
            declared,
            actual,
            other,
            other_actual,
        } => format!(
            "the argument declared `{declared}` is `{}`, which does not go with `{other}`, which is `{}`",
            name(actual),
            name(other_actual)
        ),
        PolymorphicMistake::Undetermined => {
            "nothing says which type the arguments are of".to_owned()
        }
        PolymorphicMistake::NoCommonType => "the arguments have no type in common".to_owned(),
        PolymorphicMistake::NoSuchType(what, oid) => {
            format!("there is no `{what}` of `{}`", name(oid))
        }
    }
}
