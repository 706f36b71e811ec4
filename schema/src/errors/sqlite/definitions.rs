//! Tables and columns, and what the engine refuses of their definitions.

use super::names::SIMILAR;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::sqlite::ast::{ForeignKeyReference, TableOption};
use crate::sqlite::catalog::{Column, Table};
use crate::text::{Ident, Span};

/// More columns than the engine takes.
pub(crate) fn too_many_columns(table: &str, span: Span) -> Diagnostic {
    let message = format!("too many columns in `{table}`");
    Diagnostic::new(Code::LimitExceeded, message, span, "the engine takes 2,000")
}

/// A second column of a name.
pub(crate) fn duplicate_column(name: &Ident, first: Option<&Column>) -> Diagnostic {
    let message = format!("column `{}` is defined twice", name.name);
    let diagnostic = Diagnostic::new(Code::DuplicateColumn, message, name.span, "defined again");
    match first {
        Some(first) => diagnostic.with_label(first.span, "first defined here"),
        None => diagnostic,
    }
}

/// DEFAULT on a generated column.
pub(crate) fn default_on_generated(column: &str, span: Span) -> Diagnostic {
    let message = format!("generated column `{column}` cannot have a default");
    let label = "its value is always computed";
    Diagnostic::new(Code::InvalidDefault, message, span, label)
}

/// GENERATED on a column that has an expression already.
pub(crate) fn second_expression(column: &str, span: Span) -> Diagnostic {
    let message = format!("column `{column}` already has a DEFAULT or an expression");
    let label = "a generated column has this expression alone";
    Diagnostic::new(Code::InvalidGeneratedColumn, message, span, label)
}

/// A word after the expression that is neither STORED nor VIRTUAL.
pub(crate) fn unknown_generated_kind(word: &Ident) -> Diagnostic {
    let message = format!("`{}` is no way of keeping a generated column", word.name);
    Diagnostic::new(
        Code::InvalidGeneratedColumn,
        message,
        word.span,
        "expected STORED or VIRTUAL",
    )
}

/// A generated column in the primary key.
pub(crate) fn generated_primary_key(column: &str, span: Span) -> Diagnostic {
    let message = format!("generated column `{column}` cannot be part of the primary key");
    Diagnostic::new(Code::InvalidPrimaryKey, message, span, "it is here")
}

/// A second primary key.
pub(crate) fn second_primary_key(table: &str, span: Span, first: Span) -> Diagnostic {
    let message = format!("table `{table}` has more than one primary key");
    Diagnostic::new(Code::InvalidPrimaryKey, message, span, "the second")
        .with_label(first, "the first")
        .with_help("a key of several columns is written once: `PRIMARY KEY (a, b)`")
}

/// AUTOINCREMENT on something else than the rowid.
pub(crate) fn autoincrement_without_integer(
    span: Span,
    column: Option<&Column>,
    is_descending: bool,
) -> Diagnostic {
    let message = "AUTOINCREMENT is only allowed on an INTEGER PRIMARY KEY";
    let diagnostic = Diagnostic::new(Code::InvalidPrimaryKey, message, span, "not here");
    match column {
        Some(column) if is_descending && &*column.declared_type == "INTEGER" => {
            diagnostic.with_help("leave out DESC: a descending key is not the rowid")
        }
        Some(column) => {
            let declared = match &*column.declared_type {
                "" => "it has no type".to_owned(),
                declared => format!("its type is {declared}, not INTEGER"),
            };
            diagnostic.with_label(column.span, declared)
        }
        None => diagnostic,
    }
}

/// A column's foreign key that names several columns of the parent.
pub(crate) fn foreign_key_of_one_column(
    column: Option<&Column>,
    reference: &ForeignKeyReference,
) -> Diagnostic {
    let parent = &reference.table.name;
    let message = match column {
        Some(column) => format!(
            "the foreign key of column `{}` must reference one column of `{parent}`",
            column.name
        ),
        None => format!("the foreign key must reference one column of `{parent}`"),
    };
    let label = format!("{} columns", reference.columns.len());
    Diagnostic::new(Code::InvalidForeignKey, message, reference.span, label)
        .with_help("a key of several columns is written as `FOREIGN KEY (a, b) REFERENCES …`")
}

/// A foreign key whose two sides are not equally wide.
pub(crate) fn foreign_key_width(columns: &[Ident], reference: &ForeignKeyReference) -> Diagnostic {
    let message = format!(
        "the foreign key has {} but references {} of `{}`",
        columns_word(columns.len()),
        columns_word(reference.columns.len()),
        reference.table.name
    );
    Diagnostic::new(Code::InvalidForeignKey, message, reference.span, "")
}

fn columns_word(count: usize) -> String {
    match count {
        1 => "1 column".to_owned(),
        count => format!("{count} columns"),
    }
}

/// A column of a key that the table does not have.
pub(crate) fn unknown_key_column(table: &Table, name: &str, span: Span) -> Diagnostic {
    let message = format!("no column `{name}` on table `{}`", table.name);
    let diagnostic = Diagnostic::new(Code::UnknownColumn, message, span, "no such column");
    let names = table.columns.iter().map(|column| column.name.as_ref());
    let Some(nearest) = nearest(name, names) else {
        return diagnostic;
    };
    let column = table.column_index(nearest);
    let column = column.and_then(|position| table.columns.get(position));
    let diagnostic = diagnostic.with_help(format!("write `{nearest}`"));
    match column {
        Some(column) => {
            diagnostic.with_label(column.span, format!("{SIMILAR} column is declared here"))
        }
        None => diagnostic,
    }
}

/// A table of generated columns alone.
pub(crate) fn only_generated(table: &str, span: Span) -> Diagnostic {
    let message = format!("table `{table}` has generated columns only");
    let label = "at least one column must not be generated";
    Diagnostic::new(Code::InvalidGeneratedColumn, message, span, label)
}

/// Generated columns that need each other's value.
pub(crate) fn generated_loop(column: &Column) -> Diagnostic {
    let message = format!("generated column `{}` needs its own value", column.name);
    let label = "its expression leads back to it";
    Diagnostic::new(Code::InvalidGeneratedColumn, message, column.span, label)
}

/// A row of a table of which no row can be computed.
pub(crate) fn written_loop(span: Span, column: &Column) -> Diagnostic {
    let message = format!("generated column `{}` needs its own value", column.name);
    Diagnostic::new(
        Code::InvalidGeneratedColumn,
        message,
        span,
        "no row can be written",
    )
    .with_label(column.span, "its expression leads back to it")
}

/// `PRAGMA foreign_key_check` of a foreign key whose parent cannot be one.
pub(crate) fn unchecked_foreign_key(span: Span, table: &str, mistake: &Diagnostic) -> Diagnostic {
    let message = format!("the foreign keys of `{table}` cannot be checked");
    Diagnostic::new(Code::InvalidForeignKey, message, span, "fails here")
        .with_label(mistake.primary.span, mistake.message.clone())
}

/// A change of rows that an enforced foreign key stops, as its parent is missing or not unique.
pub(crate) fn enforced_foreign_key(span: Span, table: &str, mistake: &Diagnostic) -> Diagnostic {
    let reason = &mistake.message;
    let mut diagnostic = Diagnostic::new(
        Code::InvalidForeignKey,
        format!("rows of `{table}` cannot be changed while foreign keys are enforced: {reason}"),
        span,
        "changed here",
    )
    .with_label(mistake.primary.span, mistake.primary.text.clone());
    let others = mistake.secondary.iter().cloned();
    diagnostic.secondary.extend(others);
    diagnostic.help.clone_from(&mistake.help);
    diagnostic
}

/// A word after the closing parenthesis that is no table option.
pub(crate) fn unknown_table_option(option: &TableOption) -> Diagnostic {
    let word = &option.name;
    let message = format!("unknown table option `{}`", word.name);
    let label = if option.without {
        "expected ROWID"
    } else {
        "expected STRICT or WITHOUT ROWID"
    };
    Diagnostic::new(Code::InvalidConstraint, message, word.span, label)
}

/// WITHOUT ROWID without a primary key.
pub(crate) fn without_rowid_needs_key(table: &str, span: Span) -> Diagnostic {
    let message = format!("table `{table}` is WITHOUT ROWID and has no primary key");
    let label = "rows would have no identity";
    Diagnostic::new(Code::InvalidPrimaryKey, message, span, label)
        .with_help("give it a PRIMARY KEY, or leave out WITHOUT ROWID")
}

/// AUTOINCREMENT in a WITHOUT ROWID table.
pub(crate) fn autoincrement_without_rowid(span: Span, option: Span) -> Diagnostic {
    let message = "AUTOINCREMENT is not allowed in a WITHOUT ROWID table";
    Diagnostic::new(
        Code::InvalidPrimaryKey,
        message,
        span,
        "there is no rowid to increment",
    )
    .with_label(option, "because of this")
    .with_help("leave out AUTOINCREMENT")
}

/// A column without a type in a STRICT table.
pub(crate) fn missing_strict_type(table: &str, column: &Column) -> Diagnostic {
    let message = format!(
        "column `{}` of STRICT table `{table}` has no type",
        column.name
    );
    strict_type(message, column)
}

/// A column whose type a STRICT table does not know.
pub(crate) fn unknown_strict_type(table: &str, column: &Column) -> Diagnostic {
    let message = format!(
        "STRICT table `{table}` does not know the type {} of column `{}`",
        column.declared_type, column.name
    );
    strict_type(message, column)
}

fn strict_type(message: String, column: &Column) -> Diagnostic {
    Diagnostic::new(Code::InvalidType, message, column.span, "")
        .with_help("the types of STRICT tables are INT, INTEGER, REAL, TEXT, BLOB and ANY")
}

/// NULLS FIRST or NULLS LAST in a key or index.
pub(crate) fn nulls_in_key(span: Span) -> Diagnostic {
    let message = "NULLS FIRST and NULLS LAST are not supported here";
    Diagnostic::new(Code::InvalidConstraint, message, span, "only in ORDER BY")
}

/// An expression in a PRIMARY KEY or UNIQUE constraint.
pub(crate) fn expression_in_key(span: Span) -> Diagnostic {
    let message = "PRIMARY KEY and UNIQUE constraints take columns, no expressions";
    Diagnostic::new(Code::InvalidConstraint, message, span, "not a column")
        .with_help("a unique index can hold expressions: `CREATE UNIQUE INDEX … ON … (expression)`")
}

/// Two equal keys with different ON CONFLICT clauses.
pub(crate) fn conflicting_on_conflict(span: Span, first: Span) -> Diagnostic {
    let message = "two equal keys have different ON CONFLICT clauses";
    Diagnostic::new(Code::InvalidConstraint, message, span, "the second")
        .with_label(first, "the first")
}
