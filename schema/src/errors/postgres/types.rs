//! Enums, domains, composite types, ranges.

use super::departed::with_near;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::postgres::catalog::{Candidate, Near};
use crate::text::Span;

/// A label that an enum has already.
pub(crate) fn label_exists(label: &str, of: &str, span: Span) -> Diagnostic {
    let message = format!("enum `{of}` already has the value '{label}'");
    Diagnostic::new(Code::AlreadyExists, message, span, "this value is there")
}

/// The same label twice in one CREATE TYPE.
pub(crate) fn label_twice(label: &str, span: Span, first: Span) -> Diagnostic {
    let message = format!("the value '{label}' is there twice");
    Diagnostic::new(Code::AlreadyExists, message, span, "again")
        .with_label(first, "the first one is here")
}

/// A label that is too long.
pub(crate) fn label_too_long(span: Span) -> Diagnostic {
    let message = "the value of an enum can have 63 bytes at most";
    Diagnostic::new(Code::InvalidDefinition, message, span, "too long")
}

/// A label that an enum does not have.
pub(crate) fn unknown_label<'a>(
    label: &str,
    of: &str,
    span: Span,
    labels: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message = format!("enum `{of}` has no value '{label}'");
    let diagnostic = Diagnostic::new(Code::UnknownObject, message, span, "no such value");
    match nearest(label, labels) {
        Some(nearest) => diagnostic.with_help(format!("write '{nearest}'")),
        None => diagnostic,
    }
}

/// Says of a text that an enum refuses which of its values was meant, or which there are.
pub(crate) fn with_label(
    diagnostic: Diagnostic,
    text: &str,
    labels: &[&str],
    declared: Option<Span>,
) -> Diagnostic {
    let diagnostic = match declared {
        Some(declared) => diagnostic.with_label(declared, "its values are listed here"),
        None => diagnostic,
    };
    match nearest(text, labels.iter().copied()) {
        Some(nearest) => diagnostic.with_help(format!("write '{nearest}'")),
        None => diagnostic,
    }
}

/// A type that is not of the kind that the statement alters.
pub(crate) fn not_a(noun: &str, name: &str, span: Span, declared: Option<Span>) -> Diagnostic {
    let article = super::objects::with_article(noun);
    let message = format!("`{name}` is not {article}");
    let label = format!("not {article}");
    let diagnostic = Diagnostic::new(Code::WrongObjectKind, message, span, label);
    match declared {
        Some(declared) => diagnostic.with_label(declared, "created here"),
        None => diagnostic,
    }
}

/// A type that belongs to a table.
pub(crate) fn row_type(name: &str, span: Span) -> Diagnostic {
    let message = format!("`{name}` is the type of a table's rows");
    Diagnostic::new(Code::WrongObjectKind, message, span, "goes with its table")
        .with_help("write ALTER TABLE instead")
}

/// A type that belongs to another one.
pub(crate) fn array_type(name: &str, span: Span) -> Diagnostic {
    let message = format!("`{name}` is the array type of another type");
    Diagnostic::new(
        Code::WrongObjectKind,
        message,
        span,
        "goes with its element's type",
    )
    .with_help("alter the type of the elements")
}

/// A type of which there can be no values in a table.
pub(crate) fn pseudo_type(column: &str, of: &str, span: Span) -> Diagnostic {
    let message = format!("column `{column}` has the pseudo-type `{of}`");
    Diagnostic::new(
        Code::InvalidType,
        message,
        span,
        "no column can have this type",
    )
}

/// A composite type that would have itself as a part.
pub(crate) fn contains_itself(name: &str, span: Span) -> Diagnostic {
    let message = format!("type `{name}` cannot be a member of itself");
    Diagnostic::new(Code::InvalidType, message, span, "")
}

/// SETOF where one value is stored.
pub(crate) fn set_of(column: &str, span: Span) -> Diagnostic {
    let message = format!("column `{column}` cannot be a set");
    Diagnostic::new(
        Code::InvalidType,
        message,
        span,
        "SETOF is for results of functions",
    )
}

/// A collation of a type that has none.
pub(crate) fn not_collatable(of: &str, span: Span) -> Diagnostic {
    let message = format!("type `{of}` has no collations");
    Diagnostic::new(Code::InvalidType, message, span, "not collatable")
}

/// Two attributes of one name.
pub(crate) fn attribute_twice(name: &str, span: Span, first: Option<Span>) -> Diagnostic {
    let message = format!("there is already a column `{name}`");
    let diagnostic = Diagnostic::new(Code::DuplicateColumn, message, span, "this name is taken");
    match first {
        Some(first) => diagnostic.with_label(first, "the other one is here"),
        None => diagnostic,
    }
}

/// An attribute that a composite type does not have.
pub(crate) fn unknown_attribute<'a>(
    name: &str,
    of: &str,
    span: Span,
    others: impl IntoIterator<Item = Candidate<'a>>,
) -> Diagnostic {
    let message = format!("no column `{name}` on type `{of}`");
    let diagnostic = Diagnostic::new(Code::UnknownColumn, message, span, "no such column");
    with_near(diagnostic, Near::of(name, others))
}

/// A change of a type that a column stores.
pub(crate) fn stored(
    what: &str,
    name: &str,
    column: &str,
    span: Span,
    declared: Option<Span>,
) -> Diagnostic {
    let message = format!("cannot alter {what} `{name}`, because column {column} uses it");
    let diagnostic = Diagnostic::new(Code::StillUsed, message, span, "stored in a table");
    match declared {
        Some(declared) => diagnostic.with_label(declared, "the column is here"),
        None => diagnostic,
    }
}

/// A change of a table that has its rows written anew, while a column stores such rows.
pub(crate) fn row_stored(
    table: &str,
    column: &str,
    span: Span,
    declared: Option<Span>,
) -> Diagnostic {
    let message = format!("cannot alter `{table}`, because column {column} stores its rows");
    let label = "would have rows of the table written anew";
    let diagnostic = Diagnostic::new(Code::StillUsed, message, span, label);
    match declared {
        Some(declared) => diagnostic.with_label(declared, "the column is here"),
        None => diagnostic,
    }
}

/// A change of a type of which a table is.
pub(crate) fn of_typed_table(name: &str, table: &str, span: Span) -> Diagnostic {
    let message = format!("cannot alter type `{name}`, because table {table} is one of it");
    Diagnostic::new(Code::StillUsed, message, span, "the type of a table")
        .with_help("write CASCADE to alter the table as well")
}

/// A constraint that a domain cannot have.
pub(crate) fn no_domain_constraint(what: &str, span: Span) -> Diagnostic {
    let message = format!("a domain cannot have {what}");
    Diagnostic::new(
        Code::InvalidConstraint,
        message,
        span,
        "only NOT NULL, DEFAULT and CHECK",
    )
}

/// Two constraints that contradict or repeat each other.
pub(crate) fn conflicting(message: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidConstraint,
        message,
        span,
        "conflicts with the one before",
    )
}

/// A constraint whose name the domain has already.
pub(crate) fn domain_constraint_exists(
    name: &str,
    domain: &str,
    span: Span,
    declared: Option<Span>,
) -> Diagnostic {
    let message = format!("domain `{domain}` already has a constraint `{name}`");
    let diagnostic = Diagnostic::new(Code::AlreadyExists, message, span, "this name is taken");
    match declared {
        Some(declared) => diagnostic.with_label(declared, "created here"),
        None => diagnostic,
    }
}

/// A type over which no domain can be.
pub(crate) fn invalid_base(of: &str, span: Span) -> Diagnostic {
    let message = format!("`{of}` cannot be the base type of a domain");
    Diagnostic::new(Code::InvalidType, message, span, "not a type of values")
}

/// A type that was only announced.
pub(crate) fn only_a_shell(name: &str, span: Span) -> Diagnostic {
    let message = format!("type `{name}` is only a shell");
    Diagnostic::new(Code::InvalidType, message, span, "not yet defined")
}

/// An option of CREATE TYPE and its like that is not known.
pub(crate) fn unknown_option<'a>(
    of: &str,
    name: &str,
    span: Span,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message = format!("`{name}` is not an option of {of}");
    let diagnostic = Diagnostic::new(Code::InvalidDefinition, message, span, "not an option");
    match nearest(name, known) {
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
        None => diagnostic,
    }
}

/// An option that the oldest server that the migrations must run on does not have.
pub(crate) fn later_option(noun: &str, name: &str, span: Span, since: u16) -> Diagnostic {
    let message = format!("`{name}` is an option of {noun} since version {since} only");
    Diagnostic::new(Code::InvalidDefinition, message, span, "not an option yet").with_help(format!(
        "write `engine_version = \"{since}\"` in tablature.toml, if no older server is in use"
    ))
}

/// A value that an option does not take.
pub(crate) fn wrong_value(name: &str, value: Option<&str>, wanted: &str, span: Span) -> Diagnostic {
    let message = match value {
        Some(value) => format!("option `{name}` cannot be `{value}`"),
        None => format!("option `{name}` needs a value"),
    };
    Diagnostic::new(
        Code::InvalidDefinition,
        message,
        span,
        format!("wants {wanted}"),
    )
}

/// Something that is for those who write an option only.
pub(crate) fn option_needs(what: &str, needed: &str, span: Span) -> Diagnostic {
    let message = format!("{what} needs the option {needed}");
    Diagnostic::new(
        Code::InvalidDefinition,
        message,
        span,
        format!("without {needed}"),
    )
}

/// Something that does not go with an option.
pub(crate) fn option_excluded(what: &str, by: &str, span: Span) -> Diagnostic {
    let message = format!("option `{what}` does not go with {by}");
    Diagnostic::new(
        Code::InvalidDefinition,
        message,
        span,
        format!("not with {by}"),
    )
}

/// An option that is there twice.
pub(crate) fn option_twice(name: &str, span: Span, first: Span) -> Diagnostic {
    let message = format!("`{name}` is there twice");
    Diagnostic::new(Code::SyntaxError, message, span, "again")
        .with_label(first, "the first one is here")
}

/// A definition without what it must have.
pub(crate) fn option_missing(noun: &str, name: &str, span: Span) -> Diagnostic {
    let message = format!("the definition of the {noun} has no `{name}`");
    Diagnostic::new(
        Code::InvalidDefinition,
        message,
        span,
        format!("`{name}` is missing"),
    )
}

/// A base type whose name was not announced.
pub(crate) fn no_shell(name: &str, span: Span) -> Diagnostic {
    let message = format!("type `{name}` must be announced before its functions are made");
    Diagnostic::new(Code::UnknownType, message, span, "no such type yet").with_help(format!(
        "write `CREATE TYPE {name};` before its input and output functions"
    ))
}

/// Another definition that the engine refuses.
pub(crate) fn refused(message: impl Into<String>, span: Span) -> Diagnostic {
    Diagnostic::new(Code::InvalidDefinition, message, span, "")
}

/// A transition function that gives something else than the state of its aggregate.
pub(crate) fn other_state(gives: &str, state: &str, span: Span) -> Diagnostic {
    let message =
        format!("the transition function gives `{gives}`, and the state is of type `{state}`");
    refused(message, span)
}

/// An aggregate whose state has nothing to begin as.
pub(crate) fn no_first_state(span: Span) -> Diagnostic {
    let message = "the state of this aggregate has nothing to begin as";
    refused(message, span)
        .with_note(
            "its transition function is strict, and the first argument is not of the state's type",
        )
        .with_help("give it INITCOND")
}

/// A condition by which no publication can choose rows.
pub(crate) fn no_row_filter(reason: &str, span: Span) -> Diagnostic {
    let message = "a publication cannot choose rows by this condition";
    refused(message, span).with_note(reason)
}

/// A value of an enum that was added in the transaction that uses it.
pub(crate) fn unsafe_label(label: &str, of: &str, span: Span) -> Diagnostic {
    let message = format!("the new value '{label}' of enum `{of}` cannot be used yet");
    Diagnostic::new(Code::UnsafeEnumValue, message, span, "added in the same transaction")
        .with_note("a value that ALTER TYPE adds can be used when the transaction that added it has been committed")
        .with_help("move what uses it to the next migration, and let that one run in a transaction of its own")
}
