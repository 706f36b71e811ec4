//! Tables and other relations by name: missing, taken, of the wrong kind.

use super::departed::with_fate;
use super::objects;
pub(crate) use super::objects::wrong_kind;
use crate::diagnostic::{Code, Diagnostic};
use crate::postgres::ast::{Ident, QualifiedName};
use crate::postgres::catalog::{Candidate, Catalog, Class, Fate, Near};
use crate::text::Span;

/// A schema that is not there.
pub(crate) fn unknown_schema(catalog: &Catalog, schema: &Ident) -> Diagnostic {
    let fate = catalog.fate(Class::Namespace, &schema.name, |_| true);
    let others = catalog.namespaces.iter();
    let near = Near::of(&schema.name, others.map(|it| Candidate::alone(&**it)));
    let message = format!("no schema `{}` exists at this point", schema.name);
    let diagnostic = Diagnostic::new(
        Code::UnknownDatabase,
        message,
        schema.span,
        "no such schema",
    );
    let diagnostic = with_fate(diagnostic, fate, near);
    match diagnostic.help {
        Some(_) => diagnostic,
        None => diagnostic.with_help(format!("create it first: `CREATE SCHEMA {}`", schema.name)),
    }
}

/// A name with a database before it.
pub(crate) fn other_database(catalog: &Ident) -> Diagnostic {
    let message = "a migration cannot name the database that it runs in";
    Diagnostic::new(
        Code::UnknownDatabase,
        message,
        catalog.span,
        "only the current database could be named",
    )
    .with_help("leave it out")
}

/// A relation that is not there.
pub(crate) fn unknown(
    noun: &str,
    name: &QualifiedName,
    departed: Option<Fate<'_>>,
    near: Option<Near>,
) -> Diagnostic {
    let code = match noun {
        "index" => Code::UnknownIndex,
        _ => Code::UnknownTable,
    };
    let written = match &name.schema {
        Some(schema) => format!("{}.{}", schema.name, name.name.name),
        None => name.name.name.to_string(),
    };
    let message = format!("no {noun} `{written}` exists at this point");
    let diagnostic = Diagnostic::new(code, message, name.span, format!("no such {noun}"));
    with_fate(diagnostic, departed, near)
}

/// A column that a table does not have.
pub(crate) fn unknown_column<'a>(
    name: &Ident,
    table: &str,
    departed: Option<Fate<'_>>,
    others: impl IntoIterator<Item = Candidate<'a>>,
) -> Diagnostic {
    let message = format!("`{table}` has no column `{}` at this point", name.name);
    let diagnostic = Diagnostic::new(Code::UnknownColumn, message, name.span, "no such column");
    with_fate(diagnostic, departed, Near::of(&name.name, others))
}

/// A constraint that a table does not have.
pub(crate) fn unknown_constraint<'a>(
    name: &Ident,
    table: &str,
    departed: Option<Fate<'_>>,
    others: impl IntoIterator<Item = Candidate<'a>>,
) -> Diagnostic {
    let message = format!("no constraint `{}` exists on `{table}`", name.name);
    let label = "no such constraint";
    let diagnostic = Diagnostic::new(Code::UnknownConstraint, message, name.span, label);
    with_fate(diagnostic, departed, Near::of(&name.name, others))
}

/// A name that is taken; `declared` is where the other one got it.
pub(crate) fn exists(noun: &str, name: &Ident, declared: Option<Span>) -> Diagnostic {
    objects::exists(noun, &name.name, name.span, declared)
}

/// A relation with the name of a type.
pub(crate) fn type_exists(name: &Ident, declared: Option<Span>) -> Diagnostic {
    exists("type", name, declared)
        .with_note("a table has a type of its own name, so that the two may not have the same")
}

/// A permanent object in the temporary schema, or the reverse.
pub(crate) fn temporary_elsewhere(name: &QualifiedName) -> Diagnostic {
    let message = "a temporary relation cannot be in a schema that is not temporary";
    Diagnostic::new(Code::InvalidConstraint, message, name.span, "")
        .with_help("leave out the schema, or TEMPORARY")
}

/// A change of what belongs to the system.
pub(crate) fn of_system(name: &str, span: Span) -> Diagnostic {
    let message = format!("`{name}` belongs to the system and cannot be changed");
    Diagnostic::new(Code::ReservedName, message, span, "every database has it")
}

/// An object that the system keeps in `pg_catalog`.
pub(crate) fn reserved_schema(name: &QualifiedName) -> Diagnostic {
    let message = "nothing can be created in the schema of the system";
    Diagnostic::new(Code::ReservedName, message, name.span, "")
}
