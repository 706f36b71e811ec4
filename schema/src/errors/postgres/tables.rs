//! Definitions of tables: columns, constraints, partitions.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::postgres::ast::Ident;
use crate::postgres::catalog::Candidate;
use crate::text::Span;

/// Something about a column that the engine refuses.
pub(crate) fn refused(code: Code, message: impl Into<String>, span: Span) -> Diagnostic {
    Diagnostic::new(code, message, span, "")
}

/// Two columns of one name.
pub(crate) fn duplicate_column(name: &Ident, first: Option<Span>) -> Diagnostic {
    let message = format!("there are two columns `{}`", name.name);
    let diagnostic = Diagnostic::new(Code::DuplicateColumn, message, name.span, "again here");
    match first {
        Some(first) => diagnostic.with_label(first, "the first one"),
        None => diagnostic,
    }
}

/// A column with the name of one that every table has.
pub(crate) fn system_column(name: &Ident) -> Diagnostic {
    let message = format!("the name `{}` is reserved", name.name);
    let label = "every table has a column of this name";
    Diagnostic::new(Code::ReservedName, message, name.span, label)
}

/// More columns than a table takes.
pub(crate) fn too_many_columns(limit: usize, span: Span) -> Diagnostic {
    let message = format!("a table has at most {limit} columns");
    Diagnostic::new(Code::LimitExceeded, message, span, "")
}

/// NULL and NOT NULL.
pub(crate) fn null_and_not_null(name: &str, span: Span) -> Diagnostic {
    let message = format!("column `{name}` cannot be both NULL and NOT NULL");
    Diagnostic::new(Code::InvalidConstraint, message, span, "")
}

/// Two clauses of which a column can have one.
pub(crate) fn both(name: &str, what: &str, span: Span, first: Span) -> Diagnostic {
    let message = format!("column `{name}` has {what}");
    Diagnostic::new(Code::InvalidDefault, message, span, "this one is too many")
        .with_label(first, "the first one")
}

/// DEFERRABLE where it means nothing.
pub(crate) fn misplaced_attribute(what: &str, span: Span) -> Diagnostic {
    let message = format!("{what} cannot be said of this constraint");
    Diagnostic::new(Code::InvalidConstraint, message, span, "")
}

/// A pseudo-type.
pub(crate) fn pseudo_type(name: &str, type_name: &str, span: Span) -> Diagnostic {
    let message = format!("column `{name}` cannot be of the pseudo-type `{type_name}`");
    Diagnostic::new(
        Code::InvalidType,
        message,
        span,
        "no value is stored as this",
    )
}

/// WITH OIDS.
pub(crate) fn with_oids(span: Span) -> Diagnostic {
    let message = "no table has OIDs any more";
    Diagnostic::new(Code::InvalidSetting, message, span, "").with_help("leave this out")
}

/// A storage parameter that something does not have.
pub(crate) fn unknown_parameter<'a>(
    name: &str,
    span: Span,
    names: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message = format!("there is no storage parameter `{name}` here");
    let diagnostic = Diagnostic::new(Code::UnknownSetting, message, span, "no such parameter");
    match nearest(name, names) {
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
        None => diagnostic,
    }
}

/// What stands before the name of a storage parameter and is not `toast`.
pub(crate) fn unknown_parameter_of(namespace: &str, span: Span) -> Diagnostic {
    let message = format!("`{namespace}` has no storage parameters here");
    Diagnostic::new(Code::UnknownSetting, message, span, "")
}

/// A storage parameter that is given twice.
pub(crate) fn parameter_twice(name: &str, span: Span) -> Diagnostic {
    let message = format!("storage parameter `{name}` is there twice");
    Diagnostic::new(Code::InvalidSetting, message, span, "again here")
}

/// RESET of a storage parameter to a value.
pub(crate) fn reset_with_value(span: Span) -> Diagnostic {
    let message = "RESET takes names of parameters, no values";
    Diagnostic::new(Code::InvalidSetting, message, span, "").with_help("write `SET`")
}

/// Parameters of an operator class that has none.
pub(crate) fn class_without_parameters(name: &str, span: Span) -> Diagnostic {
    let message = format!("operator class `{name}` has no parameters");
    Diagnostic::new(Code::InvalidIndex, message, span, "")
}

/// COLLATE of a type without collations.
pub(crate) fn no_collations(type_name: &str, span: Span) -> Diagnostic {
    let message = format!("type `{type_name}` has no collations");
    Diagnostic::new(Code::InvalidType, message, span, "")
}

/// Two constraints of one name.
pub(crate) fn constraint_exists(
    name: &str,
    table: &str,
    span: Span,
    first: Option<Span>,
) -> Diagnostic {
    let message = format!("there is already a constraint `{name}` on `{table}`");
    let diagnostic = Diagnostic::new(Code::AlreadyExists, message, span, "this name is taken");
    match first {
        Some(first) => diagnostic.with_label(first, "created here"),
        None => diagnostic,
    }
}

/// A second primary key.
pub(crate) fn second_primary_key(table: &str, span: Span, first: Option<Span>) -> Diagnostic {
    let message = format!("table `{table}` cannot have two primary keys");
    let diagnostic = Diagnostic::new(Code::InvalidPrimaryKey, message, span, "the second one");
    match first {
        Some(first) => diagnostic.with_label(first, "the first one"),
        None => diagnostic,
    }
}

/// A column of a key that the table does not have.
pub(crate) fn unknown_key_column<'a>(
    name: &Ident,
    table: &str,
    others: impl IntoIterator<Item = Candidate<'a>>,
) -> Diagnostic {
    super::relations::unknown_column(name, table, None, others)
}

/// A column twice in a key.
pub(crate) fn repeated_key_column(name: &Ident, what: &str) -> Diagnostic {
    let message = format!("column `{}` is twice in the {what}", name.name);
    Diagnostic::new(Code::DuplicateColumn, message, name.span, "again here")
}

/// What a foreign table cannot have.
pub(crate) fn of_foreign_table(what: &str, span: Span) -> Diagnostic {
    let message = format!("a foreign table cannot have {what}");
    Diagnostic::new(Code::InvalidConstraint, message, span, "")
}

/// A foreign key that the engine refuses.
pub(crate) fn foreign_key(message: impl Into<String>, span: Span) -> Diagnostic {
    Diagnostic::new(Code::InvalidForeignKey, message, span, "")
}

/// Referenced columns that no key has.
pub(crate) fn no_referenced_key(
    table: &str,
    columns: &str,
    span: Span,
    declared: Option<Span>,
) -> Diagnostic {
    let message = format!("no unique key of `{table}` has exactly the columns {columns}");
    let label = "a foreign key needs a primary key or a UNIQUE constraint there";
    let diagnostic = Diagnostic::new(Code::InvalidForeignKey, message, span, label);
    match declared {
        Some(declared) => diagnostic.with_label(declared, "the table"),
        None => diagnostic,
    }
}

/// Columns of a foreign key that cannot be compared.
pub(crate) fn incomparable_key(
    column: &str,
    of: &str,
    referenced: &str,
    of_referenced: &str,
    span: Span,
    declared: Option<Span>,
) -> Diagnostic {
    let message = format!(
        "columns `{column}` of type `{of}` and `{referenced}` of type `{of_referenced}` cannot be compared"
    );
    let diagnostic = Diagnostic::new(
        Code::InvalidForeignKey,
        message,
        span,
        format!("this is of type `{of}`"),
    )
    .with_help("give both columns the same type");
    match declared {
        Some(declared) => {
            diagnostic.with_label(declared, format!("this is of type `{of_referenced}`"))
        }
        None => diagnostic,
    }
}

/// Something about a partition that the engine refuses.
pub(crate) fn partition(message: impl Into<String>, span: Span) -> Diagnostic {
    Diagnostic::new(Code::InvalidConstraint, message, span, "")
}

/// PARTITION BY and INHERITS.
pub(crate) fn partitioned_inherits(span: Span) -> Diagnostic {
    partition("a partitioned table cannot inherit from another", span)
}

/// A trigger of the name of one that a table would get as a partition; `trigger` is it with its table.
pub(crate) fn trigger_in_the_way(trigger: &str, span: Span, declared: Option<Span>) -> Diagnostic {
    let message = format!("{trigger} is there, and the partitioned table has one of that name");
    let diagnostic = Diagnostic::new(Code::AlreadyExists, message, span, "has such a trigger");
    let diagnostic = match declared {
        Some(declared) => diagnostic.with_label(declared, "created here"),
        None => diagnostic,
    };
    diagnostic.with_help("drop it first: a partition gets the triggers of its table")
}

/// A partition whose rows another one takes.
pub(crate) fn overlapping(
    name: &str,
    other: &str,
    span: Span,
    declared: Option<Span>,
) -> Diagnostic {
    let message = format!("partition `{name}` would overlap partition `{other}`");
    let diagnostic = Diagnostic::new(Code::InvalidConstraint, message, span, "");
    match declared {
        Some(declared) => diagnostic.with_label(declared, "the other one"),
        None => diagnostic,
    }
}

/// Something about inheritance that the engine refuses.
pub(crate) fn inheritance(message: impl Into<String>, span: Span) -> Diagnostic {
    Diagnostic::new(Code::InvalidAlter, message, span, "")
}
