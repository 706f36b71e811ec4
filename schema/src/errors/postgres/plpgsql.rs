//! Bodies in PL/pgSQL.

use super::queries::counted;
use crate::diagnostic::{Code, Diagnostic};
use crate::postgres::ast::{Ident, QualifiedName};
use crate::postgres::plpgsql::run::Opaque;
use crate::text::Span;

fn syntax(message: impl Into<String>, span: Span, label: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::SyntaxError, message, span, label)
}

/// A name where a variable is wanted.
pub(crate) fn unknown_variable(path: &[Ident], span: Span) -> Diagnostic {
    syntax(
        format!("no variable is called `{}`", written(path)),
        span,
        "not declared around this place",
    )
    .with_help("declare it after DECLARE")
}

fn written(path: &[Ident]) -> String {
    let parts: Vec<&str> = path.iter().map(|part| &*part.name).collect();
    parts.join(".")
}

/// `%TYPE` of a row.
pub(crate) fn type_of_row(span: Span) -> Diagnostic {
    syntax("`%TYPE` is the type of one value", span, "a row")
        .with_help("write `%ROWTYPE` after the name of a table, or `record`")
}

/// `%TYPE` or `%ROWTYPE` after more names than a column has.
pub(crate) fn too_many_parts(span: Span) -> Diagnostic {
    syntax("more names than a schema, a table and a column", span, "")
}

/// `%ROWTYPE` or `%TYPE` of what has no columns that variables can have.
pub(crate) fn no_row_type(name: &QualifiedName) -> Diagnostic {
    Diagnostic::new(
        Code::WrongObjectKind,
        format!("`{}` has no rows that a variable can hold", name.name.name),
        name.span,
        "an index or a sequence",
    )
}

/// COLLATE of a type without collations.
pub(crate) fn no_collations(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidType,
        "the type of this variable has no collations",
        span,
        "",
    )
}

/// A type that no value has.
pub(crate) fn pseudo_type(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidType,
        "no variable can be of this type",
        span,
        "a type of arguments and results only",
    )
}

/// A row beside other targets.
pub(crate) fn row_among_targets(span: Span) -> Diagnostic {
    syntax(
        "a row cannot be one of several targets",
        span,
        "takes the whole row",
    )
}

/// A row where one value is put.
pub(crate) fn no_scalar(path: &[Ident], span: Span) -> Diagnostic {
    syntax(
        format!("`{}` is a row, and one value is put here", written(path)),
        span,
        "",
    )
}

/// A variable that is no cursor.
pub(crate) fn no_cursor(path: &[Ident], span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidType,
        format!("`{}` is no cursor", written(path)),
        span,
        "",
    )
    .with_help("declare it as `refcursor`, or as `CURSOR FOR` its query")
}

/// FOR over a cursor without a query of its own.
pub(crate) fn no_cursor_of_a_query(path: &[Ident], span: Span) -> Diagnostic {
    syntax(
        format!("`{}` has no query to loop over", written(path)),
        span,
        "",
    )
    .with_help("declare it as `CURSOR FOR` its query")
}

/// A loop over a cursor with more than a name.
pub(crate) fn cursor_loop_variable(span: Span) -> Diagnostic {
    syntax("a loop over a cursor has one variable", span, "")
}

/// Arguments that a cursor does not have, or does not get.
pub(crate) fn cursor_arguments(cursor: &Ident, span: Span, why: &str) -> Diagnostic {
    syntax(format!("cursor `{}` {why}", cursor.name), span, "")
}

/// FETCH of more than a row.
pub(crate) fn fetches_several(span: Span) -> Diagnostic {
    syntax(
        "FETCH of a body puts one row into variables",
        span,
        "may give more than one",
    )
    .with_help("loop over the cursor")
}

/// RETURN NEXT with a value where the row is that of the arguments.
pub(crate) fn returns_outputs(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidExpression,
        "RETURN NEXT has no value here",
        span,
        "the row to return is that of the OUT arguments",
    )
}

/// A constant that is assigned.
pub(crate) fn constant(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NotWritable,
        "a constant cannot be assigned",
        span,
        "declared CONSTANT",
    )
}

/// Two variables of one name in one block.
pub(crate) fn duplicate_variable(name: &Ident) -> Diagnostic {
    syntax(
        format!("`{}` is declared twice in this block", name.name),
        name.span,
        "",
    )
}

/// NOT NULL without a default.
pub(crate) fn no_default(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidDefault,
        "a variable that is NOT NULL needs a value from the start",
        span,
        "expected `:=` and the value before this",
    )
}

/// A type that a variable cannot have.
pub(crate) fn invalid_variable_type(span: Span) -> Diagnostic {
    Diagnostic::new(Code::InvalidType, "a variable holds one value", span, "")
}

/// A label after END that is not the one at the beginning.
pub(crate) fn end_label(span: Span, label: Option<&Ident>) -> Diagnostic {
    match label {
        Some(label) => syntax(
            format!("this is the end of `{}`", label.name),
            span,
            "another label",
        )
        .with_label(label.span, "the label at its beginning"),
        None => syntax(
            "a label after END needs the same label at the beginning",
            span,
            "",
        ),
    }
}

/// EXIT or CONTINUE with a label that nothing around it has.
pub(crate) fn unknown_label(label: &Ident) -> Diagnostic {
    syntax(
        format!("nothing around this place has the label `{}`", label.name),
        label.span,
        "",
    )
}

/// CONTINUE with the label of a block.
pub(crate) fn continued_block(label: &Ident) -> Diagnostic {
    syntax(
        format!("`{}` is the label of a block, not of a loop", label.name),
        label.span,
        "",
    )
}

/// EXIT or CONTINUE outside of a loop.
pub(crate) fn outside_of_loop(span: Span, exit: bool) -> Diagnostic {
    let word = if exit { "EXIT" } else { "CONTINUE" };
    syntax(format!("{word} outside of a loop"), span, "")
}

/// The name of an error condition that there is not.
pub(crate) fn unknown_condition(name: &Ident) -> Diagnostic {
    Diagnostic::new(
        Code::SyntaxError,
        format!("no error condition is called `{}`", name.name),
        name.span,
        "",
    )
    .with_help("the names are in appendix A of the manual; or write `SQLSTATE '…'`")
}

/// A SQLSTATE that is none.
pub(crate) fn invalid_sqlstate(span: Span) -> Diagnostic {
    syntax("a SQLSTATE has five digits or capital letters", span, "")
}

/// RAISE with too few or too many arguments.
pub(crate) fn raise_arguments(span: Span, wanted: usize, given: usize) -> Diagnostic {
    syntax(
        format!("the message has {wanted} `%`, and {given} values follow it"),
        span,
        "",
    )
    .with_help("a percent sign is written `%%`")
}

/// RETURN NEXT or RETURN QUERY in a function that returns no set.
pub(crate) fn returns_no_rows(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidExpression,
        "only a function that returns a set has RETURN NEXT and RETURN QUERY",
        span,
        "",
    )
}

/// RETURN with a value where none is returned.
pub(crate) fn returns_nothing(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidExpression,
        "RETURN has no value here",
        span,
        "what is returned is not a value of this statement",
    )
}

/// A second INTO.
pub(crate) fn second_into(span: Span) -> Diagnostic {
    syntax("INTO is written twice", span, "")
}

/// A loop over rows into something that is not declared.
pub(crate) fn unknown_loop_variable(span: Span) -> Diagnostic {
    syntax(
        "a loop over rows or elements needs variables that are declared",
        span,
        "not declared around this place",
    )
    .with_help("declare it as `record` after DECLARE")
}

/// A loop over integers with more than a name.
pub(crate) fn integer_loop_variable(span: Span) -> Diagnostic {
    syntax("a loop over integers has one variable", span, "")
}

/// REVERSE over rows.
pub(crate) fn reverse_rows(span: Span) -> Diagnostic {
    syntax("REVERSE is for loops over integers", span, "")
}

/// An error that a block raises and nothing handles.
pub(crate) fn raises(span: Span, state: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::InvalidExpression,
        "this statement raises an error that nothing handles",
        span,
        "the migration ends here",
    );
    match state {
        Some(state) => diagnostic.with_note(format!("its SQLSTATE is {state}")),
        None => diagnostic,
    }
}

/// COMMIT or ROLLBACK in a block that runs in a transaction.
pub(crate) fn ends_transaction(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NeedsNoTransaction,
        "a block cannot end the transaction that it is a part of",
        span,
        "",
    )
    .with_help("begin the file with `-- no-transaction`")
}

/// What helps where a statement is opaque.
pub(crate) const DECLARE: &str = "declare on the lines before the statement what the schema is after it, \
    `-- tablature: effect ALTER TABLE …` or `-- tablature: effect none`, which the live schema is then held to; \
    or write its changes of the schema as statements of their own";

/// A statement of which it cannot be told what it does to the schema.
pub(crate) fn opaque(span: Span, why: Opaque, within: Option<&str>) -> Diagnostic {
    let label = match why {
        Opaque::Text => "its text is only known when it runs",
        Opaque::Condition => "whether it runs depends on what is only known then",
        Opaque::Loop => "this loop has no end that is known",
        Opaque::Call => {
            "it calls a function that changes the schema, for rows or with values that are only known then"
        }
        Opaque::Transaction => {
            "this fails if it is reached, as the block is a part of a transaction"
        }
        Opaque::Language => "blocks in this language are not read",
    };
    let message = match within {
        Some(function) => format!("what `{function}` does to the schema cannot be told"),
        None => "what this statement does to the schema cannot be told".to_owned(),
    };
    let diagnostic = Diagnostic::new(Code::OpaqueStatement, message, span, label);
    match why {
        Opaque::Transaction => diagnostic.with_help("begin the file with `-- no-transaction`"),
        Opaque::Text | Opaque::Condition | Opaque::Loop | Opaque::Call | Opaque::Language => {
            diagnostic.with_help(DECLARE)
        }
    }
}

/// SELECT in a body, of which nobody takes the rows.
pub(crate) fn no_destination(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidExpression,
        "nothing takes the rows of this query",
        span,
        "the engine refuses it when it runs",
    )
    .with_help("write PERFORM instead of SELECT, or add INTO")
}

/// A command of the transaction in a body.
pub(crate) fn transaction_command(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::TransactionState,
        "a body has no such command of the transaction",
        span,
        "the engine refuses it when it runs",
    )
    .with_help("a block with EXCEPTION is a savepoint")
}

/// A block in a language that has none.
pub(crate) fn no_blocks(language: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidDefinition,
        format!("the language `{language}` has no blocks"),
        span,
        "",
    )
    .with_help("write the statements themselves, or LANGUAGE plpgsql")
}

/// RETURN QUERY of more or fewer columns than the function returns.
pub(crate) fn returned_width(span: Span, found: usize, wanted: usize) -> Diagnostic {
    let found = counted(found, "column");
    let wanted = counted(wanted, "column");
    let message = format!("RETURN QUERY gives {found}, and the function returns {wanted}");
    Diagnostic::new(
        Code::WrongColumnCount,
        message,
        span,
        format!("{found} here"),
    )
}

/// RETURN QUERY of a column of another type than the function's.
pub(crate) fn returned_type(span: Span, number: usize, found: &str, wanted: &str) -> Diagnostic {
    let message = format!(
        "column {number} of RETURN QUERY is `{found}`, and that of the function's result is `{wanted}`"
    );
    Diagnostic::new(Code::InvalidRoutine, message, span, "of another type")
        .with_note("RETURN QUERY converts nothing")
        .with_help(format!("cast it: `…::{wanted}`"))
}
