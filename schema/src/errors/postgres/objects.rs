//! Objects by name: taken, missing, of the wrong kind, needed by others.

use super::departed::{with_fate, with_near};
use crate::diagnostic::{Code, Diagnostic};
use crate::postgres::catalog::{Fate, Near};
use crate::text::Span;

/// Something that is not there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Missing<'a> {
    /// What kind of mistake it is.
    pub(crate) code: Code,
    /// What it would be: `policy`.
    pub(crate) noun: &'a str,
    /// Its name as written, with its schema or its arguments.
    pub(crate) name: &'a str,
    /// What it is looked for in: `on table users`.
    pub(crate) place: Option<&'a str>,
    /// Where it is named.
    pub(crate) span: Span,
}

/// Something that is not there, with what became of it, or else which of those that are there has a similar name.
pub(crate) fn missing(it: Missing<'_>, fate: Option<Fate<'_>>, near: Option<Near>) -> Diagnostic {
    let Missing {
        code,
        noun,
        name,
        place,
        span,
    } = it;
    let place = place.map_or_else(String::new, |place| format!(" {place}"));
    let message = format!("no {noun} `{name}` exists{place} at this point");
    let diagnostic = Diagnostic::new(code, message, span, format!("no such {noun}"));
    with_fate(diagnostic, fate, near)
}

/// A name that is taken. `declared` is where the other one got it.
pub(crate) fn exists(noun: &str, name: &str, span: Span, declared: Option<Span>) -> Diagnostic {
    let message = format!("there is already {} `{name}`", with_article(noun));
    let diagnostic = Diagnostic::new(Code::AlreadyExists, message, span, "this name is taken");
    with_declaration(diagnostic, declared)
}

/// A name that another thing with the same names has: a type and a table.
pub(crate) fn clashes(
    noun: &str,
    other: &str,
    name: &str,
    span: Span,
    declared: Option<Span>,
) -> Diagnostic {
    let diagnostic = exists(other, name, span, declared);
    let note = format!("a {noun} cannot have the name of a {other} in its schema");
    diagnostic.with_note(note)
}

fn with_declaration(diagnostic: Diagnostic, declared: Option<Span>) -> Diagnostic {
    match declared {
        Some(declared) => diagnostic.with_label(declared, "created here"),
        None => diagnostic.with_note("every new database has it, or an extension brought it"),
    }
}

pub(crate) fn with_article(noun: &str) -> String {
    let vowel = noun.starts_with(['a', 'e', 'i', 'o']);
    let article = if vowel { "an" } else { "a" };
    format!("{article} {noun}")
}

/// An object of another kind than the statement's.
pub(crate) fn wrong_kind(
    name: &str,
    is: &str,
    wanted: &str,
    span: Span,
    declared: Option<Span>,
) -> Diagnostic {
    let message = format!(
        "`{name}` is {}, not {}",
        with_article(is),
        with_article(wanted)
    );
    let diagnostic = Diagnostic::new(
        Code::WrongObjectKind,
        message,
        span,
        format!("this is {}", with_article(is)),
    );
    match declared {
        Some(declared) => diagnostic.with_label(declared, "created here"),
        None => diagnostic,
    }
}

/// An object that is a part of another one.
pub(crate) fn required(what: &str, by: &str, span: Span) -> Diagnostic {
    let message = format!("cannot drop {what}, because {by} requires it");
    Diagnostic::new(Code::StillUsed, message, span, "a part of something else")
        .with_help(format!("drop {by} instead"))
}

/// An object that every database needs.
pub(crate) fn required_by_system(what: &str, span: Span) -> Diagnostic {
    let message = format!("cannot drop {what}, because the database system requires it");
    Diagnostic::new(Code::StillUsed, message, span, "part of every database")
}

/// What is in the way of a DROP.
#[derive(Debug, Clone)]
pub(crate) struct Dependent {
    /// The dependent object: `view v`.
    pub(crate) what: String,
    /// What it depends on: `table t`.
    pub(crate) on: String,
    /// Where it was created.
    pub(crate) declared: Option<Span>,
}

/// As many dependents of one object are shown at their places.
const SHOWN: usize = 4;

/// An object that others need.
pub(crate) fn still_used(what: &str, dependents: &[Dependent], span: Span) -> Diagnostic {
    let message = format!("cannot drop {what}, because other objects depend on it");
    let mut diagnostic = Diagnostic::new(Code::StillUsed, message, span, "still used");
    for dependent in dependents.iter().take(SHOWN) {
        let Dependent { what, on, declared } = dependent;
        let text = format!("{what} depends on {on}");
        diagnostic = match declared {
            Some(declared) => diagnostic.with_label(*declared, text),
            None => diagnostic.with_note(text),
        };
    }
    if let Some(more) = dependents.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        diagnostic = diagnostic.with_note(format!("and {more} more"));
    }
    diagnostic.with_help("drop those first, or write CASCADE to drop them as well")
}

/// A role that is not known.
pub(crate) fn unknown_role(
    name: &str,
    span: Span,
    fate: Option<Fate<'_>>,
    near: Option<Near>,
) -> Diagnostic {
    let message = format!("no role `{name}` is known");
    let diagnostic = Diagnostic::new(Code::UnknownRole, message, span, "not known to exist");
    if fate.is_some() || near.is_some() {
        return with_fate(diagnostic, fate, near);
    }
    diagnostic
        .with_note("roles belong to the server, not to a database")
        .with_help(format!(
            "if it is there before the migrations run, write `roles = [\"{name}\"]` in tablature.toml; else create it with CREATE ROLE"
        ))
}

/// A tablespace that is not known.
pub(crate) fn unknown_tablespace(name: &str, span: Span, near: Option<Near>) -> Diagnostic {
    let message = format!("no tablespace `{name}` is known");
    let code = Code::UnknownTable;
    let diagnostic = Diagnostic::new(code, message, span, "not known to exist");
    if near.is_some() {
        return with_near(diagnostic, near);
    }
    diagnostic
        .with_note("tablespaces belong to the server, not to a database")
        .with_help(format!(
            "if it is there before the migrations run, write `tablespaces = [\"{name}\"]` in tablature.toml"
        ))
}

/// A function of triggers that a statement calls.
pub(crate) fn trigger_function_called(name: &str, span: Span) -> Diagnostic {
    let message = format!("function `{name}` is one of triggers, and is called by nothing else");
    Diagnostic::new(Code::WrongObjectKind, message, span, "fails when it runs")
}

/// PUBLIC or the like where one role is wanted.
pub(crate) fn no_single_role(span: Span) -> Diagnostic {
    let message = "a single role is wanted here";
    Diagnostic::new(Code::UnknownRole, message, span, "no role of this name")
}

/// A new object without a schema where the search path has none.
pub(crate) fn no_creation_schema(span: Span) -> Diagnostic {
    let message = "no schema has been selected to create in";
    Diagnostic::new(
        Code::UnknownDatabase,
        message,
        span,
        "no schema of `search_path` exists",
    )
    .with_help("write the schema before the name, or set `search_path`")
}

/// A name that the engine keeps for itself.
pub(crate) fn reserved(noun: &str, name: &str, span: Span, why: &str) -> Diagnostic {
    let message = format!("`{name}` cannot be the name of a {noun}");
    Diagnostic::new(Code::ReservedName, message, span, why)
}

/// Something that no object of the kind takes.
pub(crate) fn not_supported(message: String, span: Span) -> Diagnostic {
    Diagnostic::new(Code::InvalidAlter, message, span, "")
}
