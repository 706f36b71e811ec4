//! Extensions.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::text::Span;
use tablature_lexer::postgres::quote_name;

/// An extension that no PostgreSQL ships with.
pub(crate) fn unknown<'a>(
    name: &str,
    span: Span,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message = format!("extension `{name}` is not one that PostgreSQL ships with");
    let label = "may not be there on the server";
    let diagnostic = Diagnostic::new(Code::UnknownExtension, message, span, label);
    match nearest(name, known) {
        Some(nearest) => diagnostic.with_help(format!("write `{}`", quote_name(nearest))),
        None => diagnostic.with_help(format!(
            "if every server has it, write `extensions = [\"{name}\"]` in tablature.toml"
        )),
    }
}

/// Says which extension brings what is missing.
pub(crate) fn of_extension(diagnostic: Diagnostic, extension: &str) -> Diagnostic {
    let name = quote_name(extension);
    diagnostic.with_help(format!(
        "an extension brings it: write `CREATE EXTENSION IF NOT EXISTS {name};` before this statement"
    ))
}

/// An extension that another one needs.
pub(crate) fn needs(name: &str, required: &str, span: Span) -> Diagnostic {
    let message = format!("extension `{name}` needs extension `{required}`, which is not there");
    Diagnostic::new(
        Code::UnknownExtension,
        message,
        span,
        format!("needs `{required}`"),
    )
    .with_help("write CASCADE at the end to create that as well")
}

/// A version of an extension that is not there.
pub(crate) fn unknown_version(name: &str, wanted: &str, newest: &str, span: Span) -> Diagnostic {
    let message = format!("extension `{name}` has no version '{wanted}'");
    Diagnostic::new(Code::UnknownExtension, message, span, "no such version")
        .with_note(format!("the server has version '{newest}'"))
}

/// An extension that has to be in a schema of its own.
pub(crate) fn fixed_schema(name: &str, schema: &str, span: Span) -> Diagnostic {
    let message = format!("extension `{name}` must be in schema `{schema}`");
    Diagnostic::new(Code::InvalidDefinition, message, span, "not in this schema")
}

/// Something of an extension whose name is taken.
pub(crate) fn brings_taken(
    name: &str,
    noun: &str,
    span: Span,
    declared: Option<Span>,
) -> Diagnostic {
    let message = format!("the extension brings {noun} `{name}`, which is there already");
    let diagnostic = Diagnostic::new(Code::AlreadyExists, message, span, "cannot be created here");
    match declared {
        Some(declared) => diagnostic.with_label(declared, "created here"),
        None => diagnostic,
    }
}

/// DROP of what is no member.
pub(crate) fn no_member(what: &str, extension: &str, span: Span) -> Diagnostic {
    let message = format!("{what} is no member of extension `{extension}`");
    Diagnostic::new(Code::InvalidAlter, message, span, "not a member")
}

/// ADD of what is a member already.
pub(crate) fn member_already(what: &str, of: &str, span: Span) -> Diagnostic {
    let message = format!("{what} is already a member of {of}");
    Diagnostic::new(Code::InvalidAlter, message, span, "a member already")
}

/// SET SCHEMA of an extension that stays where it is.
pub(crate) fn not_relocatable(name: &str, span: Span) -> Diagnostic {
    let message = format!("extension `{name}` cannot be moved to another schema");
    Diagnostic::new(
        Code::InvalidAlter,
        message,
        span,
        "stays where it was created",
    )
}
