//! Queries and changes of rows.

use super::names::counted;
use crate::ast::CompoundOperator;
use crate::catalog::TriggerEventKind;
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::DefinitionKind;
use crate::text::Span;

fn invalid(span: Span, message: impl Into<String>, label: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::InvalidExpression, message, span, label)
}

// Values and rows of values.

const ROW_OF_VALUES: &str = "a row of values cannot stand here";

pub(crate) fn row_value(span: Span) -> Diagnostic {
    invalid(span, ROW_OF_VALUES, "one value is wanted")
}

/// Whether a mistake is that of [`row_value`].
pub(crate) fn is_about_a_row(mistake: &Diagnostic) -> bool {
    mistake.message == ROW_OF_VALUES
}

pub(crate) fn comparison_width(span: Span, left: usize, right: usize) -> Diagnostic {
    Diagnostic::new(
        Code::WrongColumnCount,
        format!("{} cannot be compared with {right}", counted(left, "value")),
        span,
        "both sides must have the same number of values",
    )
}

pub(crate) fn subquery_width(span: Span, count: usize, wanted: usize) -> Diagnostic {
    Diagnostic::new(
        Code::WrongColumnCount,
        format!("the subquery returns {}", counted(count, "column")),
        span,
        format!("{} wanted", counted(wanted, "column")),
    )
}

pub(crate) fn in_table_width(span: Span, table: &str, count: usize, wanted: usize) -> Diagnostic {
    Diagnostic::new(
        Code::WrongColumnCount,
        format!("table `{table}` has {}", counted(count, "column")),
        span,
        format!("{} wanted", counted(wanted, "column")),
    )
    .with_help(format!(
        "write a subquery, as in `IN (SELECT column_name FROM {table})`"
    ))
}

pub(crate) fn assigned_width(span: Span, columns: usize, values: usize) -> Diagnostic {
    Diagnostic::new(
        Code::WrongValueCount,
        format!(
            "{} cannot be set to {}",
            counted(columns, "column"),
            counted(values, "value")
        ),
        span,
        format!("{} wanted", counted(columns, "value")),
    )
}

pub(crate) fn hexadecimal_too_big(span: Span) -> Diagnostic {
    invalid(
        span,
        "the hexadecimal literal is too big",
        "more than 64 bits",
    )
}

// What may not stand in a definition.

/// `what` begins with an article, and so does `place`.
pub(crate) fn not_allowed(span: Span, what: &str, place: &str) -> Diagnostic {
    invalid(
        span,
        format!("{what} cannot stand in {place}"),
        "not allowed here",
    )
}

pub(crate) fn not_deterministic(span: Span, name: &str, place: &str) -> Diagnostic {
    invalid(
        span,
        format!("`{name}` cannot be used in {place}"),
        "does not always give the same result",
    )
}

pub(crate) fn qualified_name(span: Span, column: &str, place: &str) -> Diagnostic {
    invalid(
        span,
        format!("a column in {place} cannot be qualified"),
        "a table before the column",
    )
    .with_help(format!("write `{column}`"))
}

pub(crate) fn direct_only(span: Span, name: &str) -> Diagnostic {
    invalid(
        span,
        format!("`{name}` cannot be used by the schema"),
        "only statements may use it",
    )
}

pub(crate) fn parameter_in_definition(span: Span, kind: DefinitionKind) -> Diagnostic {
    let (code, noun) = definition(kind);
    let message = format!("a {noun} cannot have parameters");
    Diagnostic::new(code, message, span, "a parameter")
}

pub(crate) fn foreign_database(
    span: Span,
    database: &str,
    home: &str,
    kind: DefinitionKind,
) -> Diagnostic {
    let (code, noun) = definition(kind);
    let message = format!("a {noun} in `{home}` cannot refer to database `{database}`");
    Diagnostic::new(code, message, span, "another database")
        .with_help(format!("make it a TEMP {noun}"))
}

fn definition(kind: DefinitionKind) -> (Code, &'static str) {
    match kind {
        DefinitionKind::View => (Code::InvalidView, "view"),
        DefinitionKind::Trigger => (Code::InvalidTrigger, "trigger"),
    }
}

pub(crate) fn default_not_constant(span: Span, column: &str, declared: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidDefault,
        format!("the default of column `{column}` is not constant"),
        span,
        "differs from row to row",
    )
    .with_label(declared, "the column")
}

// Functions.

pub(crate) fn aggregate_here(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedAggregate,
        format!("aggregate function `{name}` cannot be called here"),
        span,
        "no group of rows to work on",
    )
}

pub(crate) fn aggregate_alias(span: Span, alias: &str) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedAggregate,
        format!("`{alias}` calls an aggregate function and cannot be used here"),
        span,
        "no group of rows to work on",
    )
}

pub(crate) fn aggregate_in_group_by(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedAggregate,
        "GROUP BY cannot use aggregate functions",
        span,
        "an aggregate function",
    )
}

pub(crate) fn distinct_arguments(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedAggregate,
        "DISTINCT in an aggregate function takes exactly one argument",
        span,
        "another number of arguments",
    )
}

pub(crate) fn having_without_aggregate(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedAggregate,
        "HAVING needs GROUP BY or an aggregate function",
        span,
        "the query has neither",
    )
    .with_help("write the condition in WHERE")
}

pub(crate) fn not_a_window_function(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedWindow,
        format!("`{name}` is not a window function"),
        span,
        "cannot take OVER",
    )
}

pub(crate) fn window_function_without_over(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedWindow,
        format!("window function `{name}` needs OVER"),
        span,
        "called without OVER",
    )
}

pub(crate) fn window_function_here(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedWindow,
        format!("window function `{name}` cannot be called here"),
        span,
        "only the columns and ORDER BY of a query may call it",
    )
}

pub(crate) fn window_alias(span: Span, alias: &str) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedWindow,
        format!("`{alias}` calls a window function and cannot be used here"),
        span,
        "only the columns and ORDER BY of a query may call it",
    )
}

pub(crate) fn window_in_group_by(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedWindow,
        "GROUP BY cannot use window functions",
        span,
        "a window function",
    )
}

pub(crate) fn filter_on_scalar(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedAggregate,
        format!("`{name}` is not an aggregate function"),
        span,
        "cannot take FILTER",
    )
}

pub(crate) fn filter_on_window_function(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedWindow,
        format!("window function `{name}` cannot take FILTER"),
        span,
        "only aggregate functions take it",
    )
}

pub(crate) fn order_by_on_scalar(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedAggregate,
        format!("`{name}` is not an aggregate function"),
        span,
        "cannot take ORDER BY among its arguments",
    )
}

pub(crate) fn window_override(span: Span, base: &str, what: &str, declared: Span) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedWindow,
        format!("a window cannot change {what} of window `{base}`"),
        span,
        "extended here",
    )
    .with_label(declared, "the window is defined here")
}

pub(crate) fn range_needs_order(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedWindow,
        "RANGE with an offset needs ORDER BY with exactly one term",
        span,
        "nothing to count by",
    )
}

pub(crate) fn no_operator_function(span: Span, name: &str) -> Diagnostic {
    let operator = name.to_ascii_uppercase();
    Diagnostic::new(
        Code::UnknownFunction,
        format!("operator {operator} needs a function `{name}`, which SQLite does not have"),
        span,
        "no such function",
    )
    .with_help("if the application registers it, list it in `functions` of `tablature.toml`")
}

pub(crate) fn likelihood(span: Span) -> Diagnostic {
    invalid(
        span,
        "the second argument of `likelihood` must be a literal between 0.0 and 1.0",
        "not such a literal",
    )
}

pub(crate) fn raise_outside_trigger(span: Span) -> Diagnostic {
    invalid(span, "RAISE can stand in triggers only", "not in a trigger")
}

// FROM and joins.

pub(crate) fn not_a_function(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::WrongObjectKind,
        format!("`{name}` is not a table-valued function"),
        span,
        "cannot take arguments",
    )
}

pub(crate) fn too_many_table_arguments(span: Span, name: &str, most: usize) -> Diagnostic {
    Diagnostic::new(
        Code::WrongArgumentCount,
        format!("`{name}` takes at most {}", counted(most, "argument")),
        span,
        "one too many",
    )
}

pub(crate) fn natural_with_constraint(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidJoin,
        "a NATURAL join cannot have ON or USING",
        span,
        "NATURAL says which columns are joined",
    )
}

/// `side` is `left` or `right`.
pub(crate) fn using_column_missing(span: Span, name: &str, side: &str) -> Diagnostic {
    Diagnostic::new(
        Code::UnknownColumn,
        format!("no column `{name}` on the {side} side of the join"),
        span,
        "both sides must have it",
    )
}

pub(crate) fn using_column_ambiguous(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::AmbiguousColumn,
        format!("column `{name}` is ambiguous"),
        span,
        "more than one table on the left side of the join has it",
    )
}

pub(crate) fn names_to_the_right(span: Span, argument: bool) -> Diagnostic {
    let place = if argument {
        "an argument of a table-valued function"
    } else {
        "ON of an outer join"
    };
    Diagnostic::new(
        Code::InvalidJoin,
        format!("{place} cannot use a table to its right"),
        span,
        "a column of a table that is joined later",
    )
}

pub(crate) fn too_many_tables(span: Span, most: usize) -> Diagnostic {
    let message = format!("a join can have at most {most} tables");
    Diagnostic::new(Code::LimitExceeded, message, span, "one too many")
}

pub(crate) fn star_without_tables(span: Span) -> Diagnostic {
    invalid(span, "`*` needs FROM", "no tables to show")
}

// Queries.

pub(crate) fn too_many_columns(span: Span, most: usize) -> Diagnostic {
    let message = format!("a query can have at most {most} columns");
    Diagnostic::new(Code::LimitExceeded, message, span, "too many columns")
}

pub(crate) fn nested_too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::LimitExceeded,
        "subqueries are nested too deep",
        span,
        "too many tables within this one",
    )
}

pub(crate) fn compound_width(
    span: Span,
    operator: CompoundOperator,
    left: usize,
    right: usize,
) -> Diagnostic {
    let operator = match operator {
        CompoundOperator::Union => "UNION",
        CompoundOperator::UnionAll => "UNION ALL",
        CompoundOperator::Except => "EXCEPT",
        CompoundOperator::Intersect => "INTERSECT",
    };
    Diagnostic::new(
        Code::WrongColumnCount,
        format!("the queries that {operator} joins have different numbers of columns"),
        span,
        format!("{left} before it, {right} after it"),
    )
}

pub(crate) fn values_width(span: Span, wanted: usize, count: usize) -> Diagnostic {
    Diagnostic::new(
        Code::WrongValueCount,
        "the rows of VALUES have different numbers of values",
        span,
        format!(
            "{} here, {wanted} in the first row",
            counted(count, "value")
        ),
    )
}

pub(crate) fn order_position(span: Span, position: i64, count: usize, clause: &str) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidOrderTerm,
        format!("{clause} has no column {position} to go by"),
        span,
        format!("the query has {}", counted(count, "column")),
    )
}

pub(crate) fn order_term_matches_nothing(span: Span, number: usize) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidOrderTerm,
        format!("term {number} of ORDER BY is no column of the compound query"),
        span,
        "not among the columns of its arms",
    )
    .with_help("write the position of the column, or wrap the compound query in a subquery")
}

// Common tables.

pub(crate) fn circular_common_table(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidCommonTable,
        format!("common table `{name}` needs itself to begin with"),
        span,
        "a circular reference",
    )
    .with_note(
        "a recursive table is `SELECT … UNION ALL SELECT … FROM itself`; only the second part may name it, in FROM",
    )
}

pub(crate) fn second_recursive_reference(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidCommonTable,
        format!("recursive table `{name}` is named more than once"),
        span,
        "the second reference",
    )
}

pub(crate) fn recursive_aggregate(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidCommonTable,
        "the recursive part of a common table cannot use aggregate functions",
        span,
        "an aggregate query",
    )
}

pub(crate) fn recursive_window(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidCommonTable,
        "the recursive part of a common table cannot use window functions",
        span,
        "calls a window function",
    )
}

pub(crate) fn common_table_width(
    span: Span,
    name: &str,
    listed: usize,
    count: usize,
) -> Diagnostic {
    Diagnostic::new(
        Code::WrongColumnCount,
        format!(
            "common table `{name}` lists {} for {count}",
            counted(listed, "name")
        ),
        span,
        format!("its query has {}", counted(count, "column")),
    )
}

// Changes of rows.

pub(crate) fn not_writable(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::NotWritable,
        format!("table `{name}` cannot be changed"),
        span,
        "read only",
    )
}

/// A change of `sqlite_schema`, which the engine accepts with `PRAGMA writable_schema`.
pub(crate) fn schema_table_not_writable(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::NotWritable,
        format!("table `{name}` cannot be changed"),
        span,
        "what is written here cannot be checked",
    )
    .with_help("rebuild the table: create the new one, copy the rows, drop the old, rename")
}

pub(crate) fn view_not_writable(
    span: Span,
    name: &str,
    event: TriggerEventKind,
    declared: Span,
) -> Diagnostic {
    let event = match event {
        TriggerEventKind::Insert => "INSERT",
        TriggerEventKind::Update => "UPDATE",
        TriggerEventKind::Delete => "DELETE",
    };
    Diagnostic::new(
        Code::NotWritable,
        format!("view `{name}` cannot be changed"),
        span,
        "a view",
    )
    .with_label(declared, "the view is declared here")
    .with_help(format!("create an INSTEAD OF {event} trigger on it first"))
}

pub(crate) fn generated_column_written(
    span: Span,
    name: &str,
    declared: Option<Span>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::NotWritable,
        format!("generated column `{name}` cannot be written"),
        span,
        "a generated column",
    );
    match declared {
        Some(declared) => diagnostic.with_label(declared, "declared here"),
        None => diagnostic,
    }
}

pub(crate) fn value_count(span: Span, count: usize, columns: usize) -> Diagnostic {
    Diagnostic::new(
        Code::WrongValueCount,
        format!(
            "{} for {}",
            counted(count, "value"),
            counted(columns, "column")
        ),
        span,
        format!("{} wanted", counted(columns, "value")),
    )
}

pub(crate) fn table_value_count(
    span: Span,
    table: &str,
    columns: usize,
    count: usize,
    declared: Option<Span>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::WrongValueCount,
        format!(
            "table `{table}` has {}, not {count}",
            counted(columns, "column")
        ),
        span,
        format!("{} wanted", counted(columns, "value")),
    );
    match declared {
        Some(declared) => diagnostic.with_label(declared, "the table is declared here"),
        None => diagnostic,
    }
}

pub(crate) fn target_in_from(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidJoin,
        format!("`{name}` is the table that is changed and cannot be in FROM under that name"),
        span,
        "the same table",
    )
    .with_help("give it an alias")
}

pub(crate) fn returning_table_star(span: Span, table: &str) -> Diagnostic {
    let message = format!("RETURNING cannot use `{table}.*`");
    invalid(span, message, "a table before the star").with_help("write `*`")
}

pub(crate) fn returning_on_virtual_table(span: Span, table: &str) -> Diagnostic {
    Diagnostic::new(
        Code::NotWritable,
        format!("UPDATE and DELETE of virtual table `{table}` cannot have RETURNING"),
        span,
        "not available",
    )
}

pub(crate) fn upsert_on(span: Span, what: &str) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidConflictTarget,
        format!("{what} cannot have ON CONFLICT"),
        span,
        "not available",
    )
}

pub(crate) fn nulls_in_conflict_target(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidConflictTarget,
        "an ON CONFLICT target cannot say where NULLs go",
        span,
        "not available",
    )
}

/// `partial` says that the target matches a partial index whose WHERE it leaves out.
pub(crate) fn conflict_target(
    span: Span,
    table: &str,
    partial: bool,
    declared: Option<Span>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::InvalidConflictTarget,
        format!("no unique key of `{table}` matches the ON CONFLICT target"),
        span,
        "not a unique key",
    );
    let diagnostic = match declared {
        Some(declared) => diagnostic.with_label(declared, "the table is declared here"),
        None => diagnostic,
    };
    if partial {
        diagnostic.with_help("repeat the WHERE of the partial unique index after the target")
    } else {
        diagnostic
            .with_help("name the columns of a PRIMARY KEY, a UNIQUE constraint or a unique index")
    }
}

// Triggers and views.

pub(crate) fn qualified_target_in_trigger(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidTrigger,
        "a statement in a trigger cannot name the database of the table that it changes",
        span,
        "a database before the table",
    )
}

pub(crate) fn triggers_too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::LimitExceeded,
        "the statement fires too long a chain of triggers",
        span,
        "fires a trigger that fires a trigger, and so on",
    )
}

pub(crate) fn circular_view(span: Span, name: &str, declared: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidView,
        format!("view `{name}` is made from itself"),
        span,
        "directly or by way of other views",
    )
    .with_label(declared, "the view is declared here")
}

pub(crate) fn view_width(span: Span, name: &str, listed: usize, count: usize) -> Diagnostic {
    Diagnostic::new(
        Code::WrongColumnCount,
        format!(
            "view `{name}` lists {} for {count}",
            counted(listed, "name")
        ),
        span,
        format!("its query has {}", counted(count, "column")),
    )
}

/// A view that cannot be used, for the reason that its own query gives.
pub(crate) fn broken_view(span: Span, name: &str, reason: &Diagnostic) -> Diagnostic {
    let Some((_, first)) = reason.message.rsplit_once(CANNOT_BE_USED) else {
        let message = format!("view `{name}`{CANNOT_BE_USED}{}", reason.message);
        return because(span, message, "used here", reason);
    };
    // Of a view upon views only the lowest matters.
    Diagnostic {
        message: format!("view `{name}`{CANNOT_BE_USED}{first}"),
        primary: Diagnostic::new(reason.code, "", span, "used here").primary,
        ..reason.clone()
    }
}

const CANNOT_BE_USED: &str = " cannot be used: ";
const CANNOT_RUN: &str = " cannot run: ";

/// Whether a mistake is one of a view or trigger that exists, of which a statement makes use.
pub(crate) fn is_of_a_body(mistake: &Diagnostic) -> bool {
    [CANNOT_BE_USED, CANNOT_RUN]
        .iter()
        .any(|words| mistake.message.contains(words))
}

/// A trigger that stops what fires it, for the reason that its own body gives.
pub(crate) fn broken_trigger(span: Span, name: &str, reason: &Diagnostic) -> Diagnostic {
    because(
        span,
        format!("trigger `{name}`{CANNOT_RUN}{}", reason.message),
        "fires it",
        reason,
    )
}

/// A CHECK that cannot be computed.
pub(crate) fn broken_check(span: Span, table: &str, reason: &Diagnostic) -> Diagnostic {
    because(
        span,
        format!(
            "a CHECK of table `{table}` cannot be computed: {}",
            reason.message
        ),
        "writes a row",
        reason,
    )
}

/// A default that cannot be computed.
pub(crate) fn broken_default(span: Span, column: &str, reason: &Diagnostic) -> Diagnostic {
    because(
        span,
        format!(
            "the default of column `{column}` cannot be computed: {}",
            reason.message
        ),
        "no value is given for it",
        reason,
    )
}

fn because(span: Span, message: String, label: &str, reason: &Diagnostic) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(reason.code, message, span, label)
        .with_label(reason.primary.span, reason.primary.text.clone());
    diagnostic
        .secondary
        .extend(reason.secondary.iter().cloned());
    diagnostic.notes.extend(reason.notes.iter().cloned());
    diagnostic.help.clone_from(&reason.help);
    diagnostic
}
