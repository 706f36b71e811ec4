//! Objects by name: taken, reserved, missing, of the wrong kind.

use super::departed::with_fate;
use crate::catalog::{Key, Provenance};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::sqlite::ast::{DropKind, QualifiedName};
use crate::sqlite::catalog::{Catalog, DepartedKind, Index, Relation, Trigger};
use crate::text::{Ident, Span};

/// A table or view in the place of a new object.
pub(crate) fn relation_exists(name: &Ident, relation: &Relation) -> Diagnostic {
    let what = match relation {
        Relation::Table(_) => "table",
        Relation::View(_) => "view",
    };
    exists(what, name, relation.provenance())
}

/// An index in the place of a new object.
pub(crate) fn index_exists(name: &Ident, index: &Index) -> Diagnostic {
    exists("index", name, &index.provenance)
}

/// A trigger in the place of a new one.
pub(crate) fn trigger_exists(name: &Ident, trigger: &Trigger) -> Diagnostic {
    exists("trigger", name, &trigger.provenance)
}

fn exists(what: &str, name: &Ident, provenance: &Provenance) -> Diagnostic {
    let message = format!("there is already {} `{}`", with_article(what), name.name);
    Diagnostic::new(
        Code::AlreadyExists,
        message,
        name.span,
        "this name is taken",
    )
    .with_label(named_at(provenance), named_how(provenance))
}

fn with_article(what: &str) -> String {
    let article = if what.starts_with('i') { "an" } else { "a" };
    format!("{article} {what}")
}

/// Where an object took the name that it has.
pub(crate) fn named_at(provenance: &Provenance) -> Span {
    last_rename(provenance).unwrap_or(provenance.created)
}

fn named_how(provenance: &Provenance) -> &'static str {
    match last_rename(provenance) {
        Some(_) => "renamed to it here",
        None => "created here",
    }
}

fn last_rename(provenance: &Provenance) -> Option<Span> {
    use crate::catalog::ChangeKind;
    provenance
        .own_changes()
        .filter(|change| matches!(change.kind, ChangeKind::RenamedFrom(_)))
        .map(|change| change.span)
        .next()
}

/// A name that the engine keeps for itself.
pub(crate) fn reserved(name: &Ident) -> Diagnostic {
    let message = format!("the name `{}` is reserved", name.name);
    let label = "names that begin with `sqlite_` are the engine's own";
    Diagnostic::new(Code::ReservedName, message, name.span, label)
}

/// A name of one of the runner's tables.
pub(crate) fn runners(name: &Ident) -> Diagnostic {
    let message = format!("the name `{}` is reserved", name.name);
    let label = "in this table the runner remembers what it has applied";
    Diagnostic::new(Code::ReservedName, message, name.span, label)
}

/// A database that is not attached.
pub(crate) fn unknown_database(catalog: &Catalog, name: &Ident) -> Diagnostic {
    let message = format!("no database `{}` is attached", name.name);
    let label = "not attached";
    let diagnostic = Diagnostic::new(Code::UnknownDatabase, message, name.span, label);
    let names = catalog.databases.iter().map(|database| &*database.name);
    match nearest(&name.name, names) {
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
        None => diagnostic,
    }
}

/// TEMP with the name of another database.
pub(crate) fn temporary_elsewhere(what: &str, database: &Ident) -> Diagnostic {
    let message = format!(
        "a temporary {what} cannot be in database `{}`",
        database.name
    );
    Diagnostic::new(Code::InvalidConstraint, message, database.span, "")
        .with_help("leave out the database, or TEMP")
}

/// A table that is not there.
pub(crate) fn unknown_table(catalog: &Catalog, name: &QualifiedName) -> Diagnostic {
    if let Some(diagnostic) = database_of(catalog, name) {
        return diagnostic;
    }
    let key = &name.name.name;
    let message = format!("no table `{key}` exists at this point");
    let diagnostic = Diagnostic::new(Code::UnknownTable, message, name.span(), "no such table");
    let kinds = [DepartedKind::Table, DepartedKind::View];
    let names = catalog
        .databases
        .iter()
        .flat_map(|database| database.relations.values())
        .map(Relation::name);
    with_departure(diagnostic, catalog, key, &kinds, names)
}

/// A view that is not there.
pub(crate) fn unknown_view(catalog: &Catalog, name: &QualifiedName) -> Diagnostic {
    if let Some(diagnostic) = database_of(catalog, name) {
        return diagnostic;
    }
    let key = &name.name.name;
    let message = format!("no view `{key}` exists at this point");
    let diagnostic = Diagnostic::new(Code::UnknownTable, message, name.span(), "no such view");
    let kinds = [DepartedKind::View, DepartedKind::Table];
    let names = catalog
        .databases
        .iter()
        .flat_map(|database| database.relations.values())
        .filter(|relation| relation.view().is_some())
        .map(Relation::name);
    with_departure(diagnostic, catalog, key, &kinds, names)
}

/// An index that is not there.
pub(crate) fn unknown_index(catalog: &Catalog, name: &QualifiedName) -> Diagnostic {
    if let Some(diagnostic) = database_of(catalog, name) {
        return diagnostic;
    }
    let key = &name.name.name;
    let message = format!("no index `{key}` exists at this point");
    let diagnostic = Diagnostic::new(Code::UnknownIndex, message, name.span(), "no such index");
    let names = catalog
        .databases
        .iter()
        .flat_map(|database| database.indexes.values())
        .map(|index| &*index.name);
    with_departure(diagnostic, catalog, key, &[DepartedKind::Index], names)
}

/// A trigger that is not there.
pub(crate) fn unknown_trigger(catalog: &Catalog, name: &QualifiedName) -> Diagnostic {
    if let Some(diagnostic) = database_of(catalog, name) {
        return diagnostic;
    }
    let key = &name.name.name;
    let message = format!("no trigger `{key}` exists at this point");
    let diagnostic = Diagnostic::new(
        Code::UnknownTrigger,
        message,
        name.span(),
        "no such trigger",
    );
    let names = catalog
        .databases
        .iter()
        .flat_map(|database| database.triggers.values())
        .map(|trigger| &*trigger.name);
    with_departure(diagnostic, catalog, key, &[DepartedKind::Trigger], names)
}

fn database_of(catalog: &Catalog, name: &QualifiedName) -> Option<Diagnostic> {
    let database = name.database.as_ref()?;
    match catalog.database(&database.name) {
        Some(_) => None,
        None => Some(unknown_database(catalog, database)),
    }
}

/// Says where the object went, else which one has a similar name.
fn with_departure<'a>(
    diagnostic: Diagnostic,
    catalog: &Catalog,
    name: &str,
    kinds: &[DepartedKind],
    names: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let key = Key::new(name);
    let fate = catalog.fate(kinds, None, &key);
    if !fate.is_empty() {
        return with_fate(diagnostic, &fate);
    }
    let names = names
        .into_iter()
        .filter(|name| !name.starts_with("sqlite_"));
    match nearest(name, names) {
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
        None => diagnostic,
    }
}

/// DROP of one kind for an object of the other.
pub(crate) fn wrong_drop(name: &Ident, relation: &Relation) -> Diagnostic {
    let (is, drop) = match relation {
        Relation::Table(_) => ("a table, not a view", DropKind::Table),
        Relation::View(_) => ("a view, not a table", DropKind::View),
    };
    let word = match drop {
        DropKind::Table => "DROP TABLE",
        DropKind::View => "DROP VIEW",
        DropKind::Index => "DROP INDEX",
        DropKind::Trigger => "DROP TRIGGER",
    };
    let message = format!("`{}` is {is}", name.name);
    Diagnostic::new(Code::WrongObjectKind, message, name.span, "")
        .with_label(named_at(relation.provenance()), "created here")
        .with_help(format!("write `{word} {}`", name.name))
}

/// DROP of a table that the engine keeps.
pub(crate) fn undroppable(name: &Ident) -> Diagnostic {
    let message = format!("table `{}` cannot be dropped", name.name);
    let label = "the engine made it and needs it";
    Diagnostic::new(Code::ReservedName, message, name.span, label)
}

/// DROP INDEX of the index of a constraint.
pub(crate) fn index_of_constraint(name: &Ident) -> Diagnostic {
    let message = format!(
        "index `{}` belongs to a UNIQUE or PRIMARY KEY constraint",
        name.name
    );
    Diagnostic::new(Code::StillUsed, message, name.span, "cannot be dropped")
        .with_help("rebuild the table without the constraint")
}

/// CREATE INDEX on something that takes no index.
pub(crate) fn unindexable(what: &str, name: &Ident) -> Diagnostic {
    let message = format!("{what} cannot be indexed");
    let label = format!("`{}` is one", name.name);
    Diagnostic::new(Code::InvalidIndex, message, name.span, label)
}

/// CREATE TRIGGER on something that takes none, or not of this time.
pub(crate) fn untriggerable(message: String, name: Span, label: &str) -> Diagnostic {
    Diagnostic::new(Code::InvalidTrigger, message, name, label)
}

/// An object that names another database than its own.
pub(crate) fn other_database(code: Code, what: &str, name: &Ident, span: Span) -> Diagnostic {
    let message = format!(
        "{what} `{}` cannot refer to a table in another database",
        name.name
    );
    Diagnostic::new(code, message, span, "not in its own database")
}

/// REINDEX of nothing.
pub(crate) fn unknown_reindex(catalog: &Catalog, name: &QualifiedName) -> Diagnostic {
    let message = format!("`{}` is no table, index or collation", name.name.name);
    let label = "nothing to reindex";
    let diagnostic = Diagnostic::new(Code::UnknownTable, message, name.span(), label);
    let databases = || catalog.databases.iter();
    let tables = databases().flat_map(|database| database.relations.values());
    let tables = tables.filter_map(Relation::table).map(|table| &*table.name);
    let indexes = databases().flat_map(|database| database.indexes.values());
    let names = tables.chain(indexes.map(|index| &*index.name));
    let kinds = [DepartedKind::Index, DepartedKind::Table];
    with_departure(diagnostic, catalog, &name.name.name, &kinds, names)
}
