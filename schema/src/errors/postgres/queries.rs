//! Queries: names in them, FROM, the columns of results, WITH, ORDER BY.

use super::departed::{with_fate, with_near};
use crate::diagnostic::{Code, Diagnostic};
use crate::postgres::ast::{Ident, QualifiedName};
use crate::postgres::catalog::{Fate, Near, Relation};
use crate::postgres::resolve::Context;
use crate::text::Span;
use std::fmt::Write as _;

/// A number of things: `1 column`, `2 columns`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

/// A name as it is written, its schema before it.
pub(crate) fn written(name: &QualifiedName) -> String {
    match &name.schema {
        Some(schema) => format!("{}.{}", schema.name, name.name.name),
        None => name.name.name.to_string(),
    }
}

fn invalid(span: Span, message: impl Into<String>, label: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::InvalidExpression, message, span, label)
}

pub(crate) fn unknown_relation(
    name: &QualifiedName,
    near: Option<Near>,
    departed: Option<Fate<'_>>,
) -> Diagnostic {
    let message = format!("no table or view `{}` exists at this point", written(name));
    let diagnostic = Diagnostic::new(Code::UnknownTable, message, name.span, "no such table");
    with_fate(diagnostic, departed, near)
}

pub(crate) fn not_a_table(name: &QualifiedName, relation: &Relation) -> Diagnostic {
    let noun = relation.kind.noun();
    let message = format!(
        "`{}` is no table or view, but {}",
        written(name),
        article(noun)
    );
    Diagnostic::new(Code::WrongObjectKind, message, name.span, "cannot be read")
}

fn article(noun: &str) -> String {
    match noun.starts_with(['a', 'e', 'i', 'o', 'u']) {
        true => format!("an {noun}"),
        false => format!("a {noun}"),
    }
}

pub(crate) fn unknown_column(
    name: &Ident,
    near: Option<Near>,
    departed: Option<Fate<'_>>,
) -> Diagnostic {
    let message = format!("no column `{}` is in scope", name.name);
    let diagnostic = Diagnostic::new(Code::UnknownColumn, message, name.span, "no such column");
    with_string(with_fate(diagnostic, departed, near), name)
}

/// Says of a name in double quotes that may have been meant for a string how one is written, unless there is other help.
pub(crate) fn with_string(diagnostic: Diagnostic, name: &Ident) -> Diagnostic {
    match name.quoted && diagnostic.help.is_none() {
        true => diagnostic
            .with_note("in double quotes it is a name, not a string")
            .with_help(format!(
                "if a string is meant, write `'{}'`",
                name.name.replace('\'', "''")
            )),
        false => diagnostic,
    }
}

pub(crate) fn unknown_item(
    name: &Ident,
    near: Option<Near>,
    aliased: Option<(String, Span)>,
) -> Diagnostic {
    let message = format!("FROM has no table `{}`", name.name);
    let diagnostic = Diagnostic::new(Code::UnknownTable, message, name.span, "not in FROM");
    match (aliased, near) {
        (Some((alias, span)), _) => diagnostic
            .with_label(span, format!("the table is called `{alias}` here"))
            .with_help(format!("write `{alias}`")),
        (None, near) => with_near(diagnostic, near),
    }
}

pub(crate) fn not_lateral(name: &Ident, declared: Span) -> Diagnostic {
    let message = format!("`{}` cannot be seen from this part of FROM", name.name);
    Diagnostic::new(Code::UnknownTable, message, name.span, "not visible here")
        .with_label(declared, "it stands here")
        .with_help("write LATERAL before the subquery")
}

pub(crate) fn lateral_not_allowed(span: Span, name: &str, declared: Span) -> Diagnostic {
    let message = format!("`{name}` cannot be seen from this part of the statement");
    Diagnostic::new(Code::UnknownTable, message, span, "not visible here")
        .with_label(declared, "it stands here")
        .with_note("LATERAL reaches the left side of an inner or left join only, and never the table that is changed")
}

pub(crate) fn unknown_using(
    name: &Ident,
    side: &str,
    near: Option<Near>,
    declared: Span,
) -> Diagnostic {
    let message = format!("the {side} side of the join has no column `{}`", name.name);
    let diagnostic = Diagnostic::new(Code::UnknownColumn, message, name.span, "no such column")
        .with_label(declared, format!("the {side} side"));
    with_near(diagnostic, near)
}

pub(crate) fn duplicate_using(name: &Ident, first: Span) -> Diagnostic {
    let message = format!("column `{}` stands twice in USING", name.name);
    Diagnostic::new(Code::InvalidJoin, message, name.span, "again").with_label(first, "here first")
}

pub(crate) fn ambiguous_column(name: &Ident, places: &[Span]) -> Diagnostic {
    let message = format!("column `{}` is ambiguous", name.name);
    let label = "more than one column has this name";
    let diagnostic = Diagnostic::new(Code::AmbiguousColumn, message, name.span, label);
    let diagnostic = places.iter().fold(diagnostic, |diagnostic, place| {
        diagnostic.with_label(*place, "one is here")
    });
    diagnostic.with_help("write the table before it")
}

pub(crate) fn ambiguous_variable(span: Span, parts: &[Ident]) -> Diagnostic {
    let name = parts
        .last()
        .map(|it| it.name.to_string())
        .unwrap_or_default();
    let message = format!("`{name}` is ambiguous: it is a variable and a column");
    Diagnostic::new(
        Code::AmbiguousColumn,
        message,
        span,
        "a variable or a column",
    )
    .with_help("write the table before the column, or the function's name before the variable")
}

pub(crate) fn ambiguous_table(name: &Ident, one: Span, two: Span) -> Diagnostic {
    let message = format!("table `{}` is ambiguous", name.name);
    Diagnostic::new(
        Code::AmbiguousColumn,
        message,
        name.span,
        "more than one in FROM",
    )
    .with_label(one, "one is here")
    .with_label(two, "another is here")
}

pub(crate) fn duplicate_table_name(name: &str, span: Span, first: Span) -> Diagnostic {
    let message = format!("`{name}` stands twice in FROM");
    Diagnostic::new(Code::InvalidJoin, message, span, "again")
        .with_label(first, "here first")
        .with_help("give one of them an alias")
}

pub(crate) fn too_many_names(span: Span) -> Diagnostic {
    let message = "a column has at most a schema, a table and its name";
    Diagnostic::new(Code::UnknownColumn, message, span, "too many names")
}

pub(crate) fn too_many_aliases(name: &str, count: usize, aliases: &[Ident]) -> Diagnostic {
    let message = format!(
        "`{name}` has {}, and {} are named",
        counted(count, "column"),
        aliases.len()
    );
    let span = match (aliases.get(count), aliases.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        // There are more names than columns.
        _ => Span::new(crate::text::FileId(0), 0..0),
    };
    Diagnostic::new(Code::WrongColumnCount, message, span, "one name too many")
}

pub(crate) fn column_here(span: Span, context: Context) -> Diagnostic {
    invalid(
        span,
        format!("{} cannot name a column", context.place()),
        "a column",
    )
}

/// Says of a name that it may be a call without parentheses.
pub(crate) fn with_call(diagnostic: Diagnostic, name: &Ident) -> Diagnostic {
    diagnostic.with_help(format!("to call the function, write `{}()`", name.name))
}

pub(crate) fn generated_from_generated(name: &Ident) -> Diagnostic {
    let message = "a generated column cannot be made from another generated column";
    Diagnostic::new(
        Code::InvalidGeneratedColumn,
        message,
        name.span,
        format!("`{}` is generated", name.name),
    )
    .with_help("write its expression in its place")
}

pub(crate) fn system_column_here(name: &Ident, context: Context) -> Diagnostic {
    let message = format!("{} cannot name a system column", context.place());
    invalid(name.span, message, "a system column")
}

pub(crate) fn no_such_field(
    field: &Ident,
    variable: &str,
    type_name: &str,
    near: Option<Near>,
    departed: Option<Fate<'_>>,
) -> Diagnostic {
    let message = format!("`{variable}` has no field `{}`", field.name);
    let label = format!("`{variable}` is a row of `{type_name}`");
    let diagnostic = Diagnostic::new(Code::UnknownColumn, message, field.span, label);
    with_fate(diagnostic, departed, near)
}

pub(crate) fn no_field(
    field: &Ident,
    type_name: &str,
    is_row: bool,
    near: Option<Near>,
) -> Diagnostic {
    match is_row {
        true => {
            let message = format!("type `{type_name}` has no field `{}`", field.name);
            let label = "no such field";
            with_near(
                Diagnostic::new(Code::UnknownColumn, message, field.span, label),
                near,
            )
        }
        false => {
            let message = format!("type `{type_name}` has no fields");
            Diagnostic::new(
                Code::UnknownColumn,
                message,
                field.span,
                "no row to take it from",
            )
        }
    }
}

pub(crate) fn no_such_parameter(span: Span, number: i32) -> Diagnostic {
    let message = format!("there is no parameter `${number}`");
    Diagnostic::new(
        Code::UnknownParameter,
        message,
        span,
        "nothing gives it a value",
    )
    .with_help("write the value itself")
}

pub(crate) fn star_without_tables(span: Span) -> Diagnostic {
    invalid(
        span,
        "`*` needs FROM",
        "there are no tables to take columns from",
    )
}

pub(crate) fn star_of_no_row(span: Span, type_name: &str) -> Diagnostic {
    let message = format!("`.*` needs a row, and this is of type `{type_name}`");
    invalid(span, message, "no row")
}

pub(crate) fn record_without_columns(span: Span) -> Diagnostic {
    invalid(span, "the columns of this row are not known", "a `record`")
        .with_help("call the function in FROM, and list its columns there")
}

pub(crate) fn one_column(span: Span, count: usize) -> Diagnostic {
    let message = format!("a subquery as a value returns one column, and this {count}");
    Diagnostic::new(Code::WrongColumnCount, message, span, "not one column")
}

pub(crate) fn subquery_width(span: Span, wanted: usize, count: usize) -> Diagnostic {
    let message = format!(
        "the subquery has {}, and is compared with {}",
        counted(count, "column"),
        counted(wanted, "value")
    );
    Diagnostic::new(
        Code::WrongColumnCount,
        message,
        span,
        "another number of columns",
    )
}

pub(crate) fn values_of_two_widths(span: Span, first: usize, count: usize) -> Diagnostic {
    let message = format!(
        "rows of VALUES must be alike: the first has {}, this {count}",
        counted(first, "value")
    );
    Diagnostic::new(
        Code::WrongValueCount,
        message,
        span,
        "another number of values",
    )
}

pub(crate) fn set_operation_widths(
    span: Span,
    construct: &str,
    one: usize,
    two: usize,
) -> Diagnostic {
    let message = format!(
        "the queries of {construct} must have as many columns: the first has {one}, this {two}"
    );
    Diagnostic::new(
        Code::WrongColumnCount,
        message,
        span,
        "another number of columns",
    )
}

pub(crate) fn order_of_set_operation(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidOrderTerm,
        "ORDER BY of UNION, INTERSECT or EXCEPT can name columns of the result only",
        span,
        "an expression",
    )
    .with_help("make the whole a subquery in FROM, and order that")
}

pub(crate) fn ambiguous_term(name: &Ident, place: &str) -> Diagnostic {
    let message = format!("{place} `{}` is ambiguous", name.name);
    Diagnostic::new(
        Code::AmbiguousColumn,
        message,
        name.span,
        "more than one column has this name",
    )
}

pub(crate) fn no_such_position(span: Span, place: &str, wanted: i32, count: usize) -> Diagnostic {
    let message = format!("{place} position {wanted} is no column of the result");
    Diagnostic::new(
        Code::InvalidOrderTerm,
        message,
        span,
        format!("the result has {}", counted(count, "column")),
    )
}

pub(crate) fn constant_term(span: Span, place: &str) -> Diagnostic {
    let message = format!("a constant in {place} must be the number of a column");
    Diagnostic::new(Code::InvalidOrderTerm, message, span, "not an integer")
}

pub(crate) fn distinct_order(span: Span, aggregate: bool) -> Diagnostic {
    let message = match aggregate {
        true => "with DISTINCT, an aggregate can be ordered by its arguments only",
        false => "with SELECT DISTINCT, ORDER BY can name columns of the result only",
    };
    Diagnostic::new(
        Code::InvalidOrderTerm,
        message,
        span,
        "ordered by something else",
    )
}

pub(crate) fn distinct_on_order(span: Span) -> Diagnostic {
    let message = "the expressions of DISTINCT ON must be the first ones of ORDER BY";
    Diagnostic::new(Code::InvalidOrderTerm, message, span, "not among the first")
}

pub(crate) fn ties_without_order(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidLimit,
        "WITH TIES needs ORDER BY",
        span,
        "no order",
    )
}

pub(crate) fn column_in_limit(span: Span, construct: &str) -> Diagnostic {
    let message = format!("{construct} cannot name columns of its own query");
    Diagnostic::new(Code::InvalidLimit, message, span, "a column")
}

pub(crate) fn into_here(span: Span) -> Diagnostic {
    invalid(
        span,
        "INTO cannot stand here",
        "only a SELECT that is a statement has it",
    )
}

pub(crate) fn cannot_lock(span: Span, reason: &str) -> Diagnostic {
    invalid(
        span,
        format!("rows cannot be locked with {reason}"),
        "a lock",
    )
}

pub(crate) fn qualified_lock(name: &QualifiedName) -> Diagnostic {
    invalid(
        name.span,
        "a lock names a table of FROM without its schema",
        "a schema",
    )
}

pub(crate) fn unknown_lock(name: &QualifiedName) -> Diagnostic {
    let message = format!("FROM has no table `{}` to lock", name.name.name);
    Diagnostic::new(Code::UnknownTable, message, name.span, "not in FROM")
}

pub(crate) fn no_rows_to_lock(name: &QualifiedName) -> Diagnostic {
    let message = format!("`{}` has no rows that can be locked", name.name.name);
    invalid(name.span, message, "no table")
}

pub(crate) fn sample_of_no_table(span: Span) -> Diagnostic {
    invalid(
        span,
        "TABLESAMPLE needs a table or materialized view",
        "not one",
    )
}

pub(crate) fn sample_arguments(span: Span, count: usize) -> Diagnostic {
    let message = format!("a sampling method takes 1 argument, and here are {count}");
    Diagnostic::new(
        Code::WrongArgumentCount,
        message,
        span,
        "another number of arguments",
    )
}

pub(crate) fn set_within_function(span: Span) -> Diagnostic {
    invalid(
        span,
        "a function that returns a set stands in the arguments of another one in FROM",
        "only the function itself may return a set",
    )
}

pub(crate) fn columns_wanted(span: Span, name: &str) -> Diagnostic {
    let message = format!("`{name}` returns `record`, so its columns must be listed");
    invalid(span, message, "no columns").with_help(format!("write `{name}(…) AS t (id bigint, …)`"))
}

pub(crate) fn columns_not_wanted(span: Span, has_outputs: bool) -> Diagnostic {
    let message = match has_outputs {
        true => "the columns of a function with output parameters are not listed",
        false => "columns are listed for functions that return `record` only",
    };
    invalid(span, message, "says itself what it returns")
}

pub(crate) fn pseudo_type_in_from(span: Span, type_name: &str) -> Diagnostic {
    let message = format!("a function in FROM cannot return `{type_name}`");
    invalid(span, message, "no rows")
}

pub(crate) fn later_common_table(name: &Ident) -> Diagnostic {
    let message = format!("WITH has `{}` only later", name.name);
    Diagnostic::new(Code::UnknownTable, message, name.span, "not there yet")
        .with_help("write WITH RECURSIVE, or put it before this one")
}

pub(crate) fn duplicate_common_table(name: &Ident, first: Span) -> Diagnostic {
    let message = format!("WITH has `{}` twice", name.name);
    Diagnostic::new(Code::InvalidCommonTable, message, name.span, "again")
        .with_label(first, "here first")
}

pub(crate) fn changing_common_table(name: &Ident) -> Diagnostic {
    let message = "a WITH that changes rows must belong to the statement itself";
    Diagnostic::new(
        Code::InvalidCommonTable,
        message,
        name.span,
        "in a query inside of it",
    )
}

pub(crate) fn common_table_without_rows(name: &Ident, declared: Span) -> Diagnostic {
    let message = format!("`{}` returns no rows", name.name);
    Diagnostic::new(
        Code::InvalidCommonTable,
        message,
        name.span,
        "nothing to read",
    )
    .with_label(declared, "it has no RETURNING")
}

pub(crate) fn merge_in_with(span: Span) -> Diagnostic {
    let message = "MERGE cannot stand in WITH before version 17";
    Diagnostic::new(Code::NeedsNewerEngine, message, span, "MERGE in WITH")
}

pub(crate) fn merge_too_new(span: Span) -> Diagnostic {
    let message = "there is no MERGE before version 15";
    Diagnostic::new(Code::NeedsNewerEngine, message, span, "MERGE")
}

pub(crate) fn recursive_reference(name: &Ident, place: &str) -> Diagnostic {
    let message = format!("`{}` cannot refer to itself in {place}", name.name);
    Diagnostic::new(Code::InvalidCommonTable, message, name.span, "a reference to itself").with_note(
        "a recursive query is a first part without a reference to itself, UNION, and a second part with one",
    )
}

pub(crate) fn mutual_recursion(name: &Ident) -> Diagnostic {
    let message = format!("`{}` reads a query that reads it", name.name);
    Diagnostic::new(Code::InvalidCommonTable, message, name.span, "")
        .with_note("a query can read itself, but two queries cannot read each other")
}

pub(crate) fn clause_of_recursion(clause: &str, span: Span) -> Diagnostic {
    let message = format!("{clause} cannot stand in a recursive query");
    Diagnostic::new(Code::InvalidCommonTable, message, span, "")
        .with_help("write it in the query that reads this one")
}

pub(crate) fn recursive_twice(name: &Ident) -> Diagnostic {
    let message = format!("`{}` refers to itself more than once", name.name);
    Diagnostic::new(Code::InvalidCommonTable, message, name.span, "again")
}

pub(crate) fn recursive_types(
    span: Span,
    name: &str,
    column: usize,
    first: &str,
    all: &str,
) -> Diagnostic {
    let message = format!(
        "column {column} of the recursive query `{name}` is of type `{first}` in its first part, but `{all}` overall"
    );
    Diagnostic::new(
        Code::InvalidCommonTable,
        message,
        span,
        format!("of type `{first}`"),
    )
    .with_help(format!("cast it: `…::{all}`"))
}

pub(crate) fn unknown_search_column(name: &Ident) -> Diagnostic {
    let message = format!("the query has no column `{}`", name.name);
    Diagnostic::new(Code::UnknownColumn, message, name.span, "no such column")
}

pub(crate) fn search_of_no_recursion(span: Span) -> Diagnostic {
    let message = "SEARCH and CYCLE need a recursive query";
    Diagnostic::new(
        Code::InvalidCommonTable,
        message,
        span,
        "the query does not refer to itself",
    )
}

/// Names with commas and backticks.
pub(crate) fn listed<T: AsRef<str>>(names: &[T]) -> String {
    let mut text = String::new();
    for name in names {
        if !text.is_empty() {
            text.push_str(", ");
        }
        let _ = write!(text, "`{}`", name.as_ref());
    }
    text
}

/// FULL JOIN whose sides nothing equal holds together.
pub(crate) fn full_join_without_equality(span: Span) -> Diagnostic {
    let message = "FULL JOIN needs an equality between its sides";
    Diagnostic::new(Code::InvalidJoin, message, span, "no `=` between them")
}
