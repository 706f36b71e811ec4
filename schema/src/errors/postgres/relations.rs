//! Tables and other relations by name: missing, taken, of the wrong kind.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::postgres::ast::{Ident, QualifiedName};
use crate::postgres::catalog::{Departed, Departure};
use crate::text::Span;

/// A schema that is not there.
pub(crate) fn unknown_schema<'a>(
    schema: &Ident,
    names: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message = format!("no schema `{}` exists at this point", schema.name);
    let diagnostic = Diagnostic::new(
        Code::UnknownDatabase,
        message,
        schema.span,
        "no such schema",
    );
    match nearest(&schema.name, names) {
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
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
pub(crate) fn unknown<'a>(
    noun: &str,
    name: &QualifiedName,
    departed: Option<&Departed>,
    names: impl IntoIterator<Item = &'a str>,
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
    match departed {
        Some(departed) => with_departure(diagnostic, departed),
        None => match nearest(&name.name.name, names) {
            Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
            None => diagnostic,
        },
    }
}

/// A column that a table does not have.
pub(crate) fn unknown_column<'a>(
    name: &Ident,
    table: &str,
    departed: Option<&Departed>,
    names: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message = format!("no column `{}` exists in `{table}`", name.name);
    let diagnostic = Diagnostic::new(Code::UnknownColumn, message, name.span, "no such column");
    match departed {
        Some(departed) => with_departure(diagnostic, departed),
        None => match nearest(&name.name, names) {
            Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
            None => diagnostic,
        },
    }
}

/// A constraint that a table does not have.
pub(crate) fn unknown_constraint<'a>(
    name: &Ident,
    table: &str,
    departed: Option<&Departed>,
    names: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message = format!("no constraint `{}` exists on `{table}`", name.name);
    let label = "no such constraint";
    let diagnostic = Diagnostic::new(Code::UnknownConstraint, message, name.span, label);
    match departed {
        Some(departed) => with_departure(diagnostic, departed),
        None => match nearest(&name.name, names) {
            Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
            None => diagnostic,
        },
    }
}

fn with_departure(diagnostic: Diagnostic, departed: &Departed) -> Diagnostic {
    let words = match &departed.departure {
        Departure::Dropped => "it was dropped here".to_owned(),
        Departure::DroppedWith(with) => format!("it was dropped here with {with}"),
        Departure::FileEnded => "it was temporary, and gone at the end of this file".to_owned(),
        Departure::RolledBack => "what created it was rolled back here".to_owned(),
        Departure::RenamedTo(name) => format!("it was renamed to `{name}` here"),
        Departure::MovedTo(schema) => format!("it was moved to schema `{schema}` here"),
    };
    let diagnostic = diagnostic.with_label(departed.span, words);
    match &departed.departure {
        Departure::RenamedTo(name) => diagnostic.with_help(format!("write `{name}`")),
        Departure::MovedTo(schema) => {
            diagnostic.with_help(format!("write `{schema}.{}`", departed.name))
        }
        Departure::Dropped
        | Departure::DroppedWith(_)
        | Departure::FileEnded
        | Departure::RolledBack => diagnostic,
    }
}

/// A name that is taken; `declared` is where the other one got it.
pub(crate) fn exists(noun: &str, name: &Ident, declared: Option<Span>) -> Diagnostic {
    let article = if noun.starts_with(['i', 'a', 'e', 'o']) {
        "an"
    } else {
        "a"
    };
    let message = format!("there is already {article} {noun} `{}`", name.name);
    let label = "this name is taken";
    let diagnostic = Diagnostic::new(Code::AlreadyExists, message, name.span, label);
    match declared {
        Some(declared) => diagnostic.with_label(declared, "created here"),
        None => diagnostic,
    }
}

/// A relation with the name of a type.
pub(crate) fn type_exists(name: &Ident, declared: Option<Span>) -> Diagnostic {
    exists("type", name, declared)
        .with_note("a table has a type of its own name, so that the two may not have the same")
}

/// A relation of another kind than the statement's.
pub(crate) fn wrong_kind(
    name: &str,
    is: &str,
    wanted: &str,
    span: Span,
    declared: Option<Span>,
) -> Diagnostic {
    let article = |noun: &str| {
        if noun.starts_with(['i', 'a']) {
            "an"
        } else {
            "a"
        }
    };
    let message = format!(
        "`{name}` is {} {is}, not {} {wanted}",
        article(is),
        article(wanted)
    );
    let diagnostic = Diagnostic::new(
        Code::WrongObjectKind,
        message,
        span,
        format!("this is {} {is}", article(is)),
    );
    match declared {
        Some(declared) => diagnostic.with_label(declared, "created here"),
        None => diagnostic,
    }
}

/// No schema of the search path is there.
pub(crate) fn no_creation_schema(name: &Ident) -> Diagnostic {
    let message = "no schema has been selected to create in";
    Diagnostic::new(
        Code::UnknownDatabase,
        message,
        name.span,
        "no schema of the search path exists",
    )
    .with_help(format!(
        "write the schema before it: `public.{}`",
        name.name
    ))
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
