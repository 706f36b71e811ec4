//! What may have been meant by a name that stands for nothing, and what became of it.

use super::doors::CallSearch;
use super::names::ItemPlace;
use super::resolver::Resolver;
use super::scope::Item;
use crate::diagnostic::Diagnostic;
use crate::errors::postgres::expressions as errors;
use crate::errors::postgres::{habits, queries, relations, types as type_errors};
use crate::postgres::ast::{Ident, OperatorName, QualifiedName};
use crate::postgres::catalog::{Candidate, Class, Fate, Near, TypeDetails};
use crate::postgres::tree::{Expr, RangeKind};
use crate::postgres::types::{self, CastContext, Oid, PolymorphicMistake, well_known};
use crate::text::Span;
use tablature_lexer::postgres::quote_name;

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
        return Some(relations::unknown_schema(catalog, schema));
    }
    if name.schema.is_none() {
        let levels = resolver.levels().iter();
        let mut later = levels.flat_map(|level| &level.later_common_tables);
        if later.any(|it| *it == name.name.name) {
            return Some(queries::later_common_table(&name.name));
        }
    }
    let made = catalog.relations.iter().filter(|it| it.index().is_none());
    let made = made.map(|it| Candidate::in_schema(&**it));
    let levels = resolver.levels().iter().filter(|_| name.schema.is_none());
    let common = levels.flat_map(|level| &level.common_tables);
    let common = common.map(|it| Candidate::named(&it.name));
    let near = catalog.meant(name, made.chain(common));
    let departed = catalog.fate_in_reach(Class::Relation, name);
    Some(queries::unknown_relation(name, near, departed))
}

/// A column, named alone, that nothing in scope has.
pub(super) fn unknown_column(resolver: &Resolver<'_>, name: &Ident) -> Diagnostic {
    let levels = resolver.levels().iter().rev();
    let items: Vec<&Item> = levels.flat_map(|level| &level.items).collect();
    let near = Near::of(
        &name.name,
        items.iter().flat_map(|it| columns(resolver, it)),
    );
    let departed = items
        .iter()
        .find_map(|item| gone(resolver, item, &name.name));
    queries::unknown_column(name, near, departed)
}

/// A name where no column can stand: a string in the wrong quotes, or a call without its parentheses.
pub(super) fn column_here(resolver: &Resolver<'_>, parts: &[Ident], span: Span) -> Diagnostic {
    let diagnostic = queries::column_here(span, resolver.context());
    let [name] = parts else {
        return diagnostic;
    };
    let functions = types::Objects::functions_named(resolver.catalog, &name.name);
    if !name.quoted && functions.iter().any(|it| it.inputs.is_empty()) {
        return queries::with_call(diagnostic, name);
    }
    queries::with_string(diagnostic, name)
}

/// A column that an item of FROM does not have.
pub(super) fn unknown_column_of(
    resolver: &Resolver<'_>,
    place: ItemPlace,
    name: &Ident,
) -> Diagnostic {
    let Some(item) = resolver.item(place) else {
        return queries::unknown_column(name, None, None);
    };
    let departed = gone(resolver, item, &name.name);
    relations::unknown_column(name, &item.name, departed, columns(resolver, item))
}

/// The columns that an item of FROM has.
fn columns<'r>(resolver: &'r Resolver<'_>, item: &'r Item) -> impl Iterator<Item = Candidate<'r>> {
    let relation = relation_of(resolver, item).and_then(|it| resolver.catalog.relation(it));
    item.columns.iter().map(move |it| {
        let column = relation.and_then(|relation| relation.column(&it.name));
        column.map_or_else(|| Candidate::named(&it.name), Candidate::column)
    })
}

/// What became of a column of a name.
fn gone<'c>(resolver: &Resolver<'c>, item: &Item, name: &str) -> Option<Fate<'c>> {
    let relation = relation_of(resolver, item)?;
    resolver.catalog.fate_of_column(relation, name)
}

/// The table or view that an item of FROM is.
fn relation_of(resolver: &Resolver<'_>, item: &Item) -> Option<Oid> {
    let levels = resolver.levels().iter().rev();
    levels
        .filter_map(|level| level.range_table.get(item.entry))
        .find_map(|entry| match entry.kind {
            RangeKind::Relation { relation, .. } if entry.reference.name == item.name => {
                Some(relation)
            }
            _ => None,
        })
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
    let near = Near::of(
        &field.name,
        relation.into_iter().flat_map(Candidate::columns),
    );
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
    let departed = resolver.catalog.fate_of_column(relation.oid, &name.name);
    relations::unknown_column(name, &relation.name, departed, Candidate::columns(relation))
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
    let items: Vec<&Item> = items.filter(|item| item.name_visible).collect();
    let composite = items
        .iter()
        .flat_map(|item| &item.columns)
        .any(|column| *column.name == *name.name && resolver.is_row_type(column.column.typed.oid));
    let near = match composite {
        // `(home).street`: a name before a dot is one of a table.
        true => Some(Near::written(format!("({})", quote_name(&name.name)))),
        false => Near::named(&name.name, items.iter().map(|item| &*item.name)),
    };
    queries::unknown_item(&name, near, aliased)
}

/// A field that the rows of a type do not have.
pub(super) fn no_field(resolver: &Resolver<'_>, field: &Ident, of: Oid) -> Diagnostic {
    let type_name = resolver.type_name(of);
    let relation = resolver.row_relation(of);
    let relation = relation.and_then(|it| resolver.catalog.relation(it));
    let near = relation.and_then(|it| Near::of(&field.name, Candidate::columns(it)));
    queries::no_field(field, &type_name, resolver.is_row_type(of), near)
}

/// Says which value of an enum was meant, if it is one that refuses a text.
pub(super) fn with_label(
    resolver: &Resolver<'_>,
    diagnostic: Diagnostic,
    of: Oid,
    text: &str,
) -> Diagnostic {
    let Some(made) = resolver.catalog.made_type(resolver.typing().base_type(of)) else {
        return diagnostic;
    };
    match &made.more {
        TypeDetails::Enum(labels) => {
            let labels: Vec<&str> = labels.iter().map(|it| &*it.label).collect();
            let declared = made.provenance.as_ref().map(|it| it.created);
            type_errors::with_label(diagnostic, text, &labels, declared)
        }
        TypeDetails::None
        | TypeDetails::Domain(_)
        | TypeDetails::Range(_)
        | TypeDetails::Unknown => diagnostic,
    }
}

/// A column of USING that one side does not have.
pub(super) fn unknown_using(name: &Ident, item: &Item, side: &str) -> Diagnostic {
    let near = Near::named(&name.name, item.columns.iter().map(|it| &*it.name));
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
    let made = catalog
        .routines
        .iter()
        .map(|it| Candidate::in_schema(&**it));
    let builtin = catalog.builtin().functions().all().iter();
    let builtin = builtin.map(|it| Candidate::of_system(it.namespace, &it.name));
    let near = catalog.meant(search.name, made.chain(builtin));
    let departed = catalog.fate(Class::Routine, name, |_| true);
    let extension =
        catalog.extension_bringing(|it| it.functions.iter().any(|it| *it.name == **name));
    let diagnostic = errors::unknown_function(search.name, near, departed, extension);
    match habits::function_elsewhere(name) {
        Some(help) if extension.is_none() => diagnostic.with_help(help),
        Some(_) | None => diagnostic,
    }
}

/// The extension, not created yet, that brings an operator between operands of some types. A literal is of any.
pub(super) fn extension_of_operator(
    resolver: &Resolver<'_>,
    name: &OperatorName,
    left: Option<Oid>,
    right: Oid,
) -> Option<&'static str> {
    let takes = |declared: Oid, given: Oid| {
        given == well_known::UNKNOWN || resolver.can_coerce(given, declared, CastContext::Implicit)
    };
    let known = [left, Some(right)].into_iter().flatten();
    if known.clone().all(|it| it == well_known::UNKNOWN) {
        return None;
    }
    resolver.catalog.extension_bringing(|brought| {
        brought.operators.iter().any(|it| {
            let left = match (it.left, left) {
                (Some(declared), Some(given)) => takes(declared, given),
                (None, None) => true,
                (Some(_), None) | (None, Some(_)) => false,
            };
            *it.name == *name.name && left && takes(it.right, right)
        })
    })
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
