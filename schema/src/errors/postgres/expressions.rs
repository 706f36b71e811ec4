//! Expressions: types, operators, calls, aggregates, windows.

use super::departed::with_fate;
use super::extensions::of_extension;
use super::queries::{listed, written};
use crate::diagnostic::{Code, Diagnostic};
use crate::postgres::ast::{Ident, QualifiedName};
use crate::postgres::catalog::{Fate, Near};
use crate::postgres::resolve::Context;
use crate::text::Span;

fn invalid(span: Span, message: impl Into<String>, label: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::InvalidExpression, message, span, label)
}

fn misused(span: Span, message: impl Into<String>, label: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::MisusedAggregate, message, span, label)
}

fn misused_window(span: Span, message: impl Into<String>, label: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::MisusedWindow, message, span, label)
}

pub(crate) fn star_here(span: Span) -> Diagnostic {
    invalid(span, "`*` cannot stand here", "all columns")
}

pub(crate) fn default_here(span: Span) -> Diagnostic {
    invalid(
        span,
        "DEFAULT can only be the value of a column in INSERT or UPDATE",
        "not such a value",
    )
}

pub(crate) fn subquery_here(span: Span, context: Context) -> Diagnostic {
    let message = format!("{} cannot hold a subquery", context.place());
    invalid(span, message, "a subquery")
}

pub(crate) fn must_be(span: Span, construct: &str, wanted: &str, actual: &str) -> Diagnostic {
    let message = format!("{construct} wants `{wanted}`, and this is of type `{actual}`");
    invalid(span, message, format!("of type `{actual}`"))
}

pub(crate) fn no_conversion(span: Span, source: &str, target: &str) -> Diagnostic {
    let message = format!("a value of type `{source}` does not become `{target}` by itself");
    invalid(span, message, format!("of type `{source}`"))
}

pub(crate) fn no_cast(span: Span, source: &str, target: &str) -> Diagnostic {
    let message = format!("type `{source}` cannot be cast to `{target}`");
    invalid(span, message, "no such cast")
}

pub(crate) fn types_do_not_match(span: Span, construct: &str, one: &str, two: &str) -> Diagnostic {
    let message = format!(
        "the values of {construct} are of types that do not go together: `{one}` and `{two}`"
    );
    invalid(span, message, format!("of type `{two}`")).with_help("cast one of them")
}

/// `'now'` and its like in what is kept: the engine keeps the moment at which the migration ran.
pub(crate) fn moment_kept(span: Span, text: &str, context: Context) -> Diagnostic {
    let word = text.trim().to_ascii_lowercase();
    let instead = match &*word {
        _ if context.wants_constant() => "write the moment itself, such as `'2026-01-01'`",
        "now" => "write `now()`, which is computed whenever it is needed",
        "today" => "write `CURRENT_DATE`, which is computed whenever it is needed",
        "tomorrow" => "write `CURRENT_DATE + 1`, which is computed whenever it is needed",
        "yesterday" => "write `CURRENT_DATE - 1`, which is computed whenever it is needed",
        _ => "write a function such as `now()`, which is computed whenever it is needed",
    };
    let message = format!(
        "`'{word}'` in {} stays what it is when the migration runs",
        context.place()
    );
    invalid(span, message, "another moment on every database").with_help(instead)
}

pub(crate) fn invalid_literal(span: Span, message: &str, detail: Option<&str>) -> Diagnostic {
    // The engine quotes in double quotes what is shown in backticks here.
    let text = message.replace('"', "`");
    let diagnostic = invalid(span, text, "cannot be read as this type");
    match detail {
        Some(detail) => diagnostic.with_note(detail.to_owned()),
        None => diagnostic,
    }
}

pub(crate) fn unknown_function(
    name: &QualifiedName,
    near: Option<Near>,
    departed: Option<Fate<'_>>,
    extension: Option<&str>,
) -> Diagnostic {
    let message = format!("no function `{}` exists at this point", written(name));
    let diagnostic = Diagnostic::new(
        Code::UnknownFunction,
        message,
        name.span,
        "no such function",
    );
    match extension {
        Some(extension) if departed.is_none() => of_extension(diagnostic, extension),
        Some(_) | None => with_fate(diagnostic, departed, near),
    }
}

pub(crate) fn no_such_signature(
    name: &QualifiedName,
    span: Span,
    signature: &str,
    signatures: &[String],
) -> Diagnostic {
    let message = format!("no function `{}({signature})` exists", written(name));
    let _ = span;
    Diagnostic::new(
        Code::UnknownFunction,
        message,
        name.span,
        "no function takes these arguments",
    )
    .with_note(format!("there is {}", listed(signatures)))
}

pub(crate) fn ambiguous_function(name: &QualifiedName, span: Span, signature: &str) -> Diagnostic {
    let message = format!(
        "more than one function could be meant by `{}({signature})`",
        written(name)
    );
    let _ = span;
    invalid(name.span, message, "which one is not clear").with_help("cast the arguments")
}

pub(crate) fn not_consistent(span: Span, reason: &str) -> Diagnostic {
    invalid(span, reason.to_owned(), "the arguments do not go together")
}

pub(crate) fn procedure_here(name: &QualifiedName, span: Span) -> Diagnostic {
    let message = format!("`{}` is a procedure", written(name));
    invalid(span, message, "not a value").with_help("use CALL")
}

pub(crate) fn argument_twice(name: &Ident) -> Diagnostic {
    let message = format!("argument `{}` is given twice", name.name);
    invalid(name.span, message, "again")
}

pub(crate) fn positional_after_named(span: Span) -> Diagnostic {
    invalid(
        span,
        "an argument without a name follows one with a name",
        "no name",
    )
}

pub(crate) fn any_of_no_array(span: Span, type_name: &str) -> Diagnostic {
    let message = format!("ANY and ALL want an array, and this is of type `{type_name}`");
    invalid(span, message, "no array")
}

pub(crate) fn any_of_no_boolean(span: Span) -> Diagnostic {
    invalid(
        span,
        "ANY and ALL want an operator that is boolean",
        "not boolean",
    )
}

pub(crate) fn rows_of_two_widths(span: Span, one: usize, two: usize) -> Diagnostic {
    let message = format!("rows of {one} and {two} values cannot be compared");
    Diagnostic::new(Code::WrongColumnCount, message, span, "rows of two widths")
}

pub(crate) fn empty_rows(span: Span) -> Diagnostic {
    invalid(
        span,
        "rows without values cannot be compared",
        "nothing to compare",
    )
}

pub(crate) fn row_comparison_not_boolean(span: Span, type_name: &str) -> Diagnostic {
    let message = format!("rows are compared by boolean operators, and this gives `{type_name}`");
    invalid(span, message, "not boolean")
}

pub(crate) fn no_row_ordering(span: Span, name: &str) -> Diagnostic {
    let message = format!("rows cannot be compared by operator `{name}`");
    invalid(span, message, "no operator of a btree index")
}

pub(crate) fn not_boolean_equality(span: Span, construct: &str, type_name: &str) -> Diagnostic {
    let message = format!("{construct} wants `=` to be boolean, and here it gives `{type_name}`");
    invalid(span, message, "not boolean")
}

pub(crate) fn set_here(span: Span, name: &str, context: Context) -> Diagnostic {
    let message = format!(
        "{} cannot call a function that returns a set",
        context.place()
    );
    invalid(span, message, format!("`{name}` returns a set"))
}

pub(crate) fn set_within(span: Span, construct: &str) -> Diagnostic {
    let message = format!("{construct} cannot call a function that returns a set");
    invalid(span, message, "returns a set").with_help("call it in FROM, with LATERAL")
}

pub(crate) fn empty_array(span: Span) -> Diagnostic {
    invalid(
        span,
        "nothing says which type this empty array is of",
        "no elements",
    )
    .with_help("cast it: `ARRAY[]::integer[]`")
}

pub(crate) fn no_element_type(span: Span, type_name: &str) -> Diagnostic {
    invalid(
        span,
        format!("type `{type_name}` is no array"),
        "no elements",
    )
}

pub(crate) fn no_array_type(span: Span, type_name: &str) -> Diagnostic {
    invalid(
        span,
        format!("there are no arrays of type `{type_name}`"),
        "no array type",
    )
}

pub(crate) fn no_subscripts(span: Span, type_name: &str) -> Diagnostic {
    invalid(
        span,
        format!("type `{type_name}` takes no subscripts"),
        "no array",
    )
}

pub(crate) fn slice_of_json(span: Span) -> Diagnostic {
    invalid(span, "`jsonb` has no slices", "a slice")
}

pub(crate) fn subscript_type(span: Span, type_name: &str) -> Diagnostic {
    let message = format!("a subscript is an integer, and this is of type `{type_name}`");
    invalid(span, message, "not an integer")
}

pub(crate) fn no_ordering(span: Span, type_name: &str) -> Diagnostic {
    let message = format!("values of type `{type_name}` have no order");
    invalid(span, message, "cannot be sorted")
}

pub(crate) fn no_equality(span: Span, type_name: &str) -> Diagnostic {
    let message = format!("values of type `{type_name}` cannot be told apart");
    invalid(span, message, "there is no equality operator")
}

pub(crate) fn not_an_ordering(span: Span, name: &str) -> Diagnostic {
    let message = format!("operator `{name}` does not order");
    Diagnostic::new(
        Code::InvalidOrderTerm,
        message,
        span,
        "neither `<` nor `>` of a btree index",
    )
}

pub(crate) fn no_collations(span: Span, type_name: &str) -> Diagnostic {
    invalid(
        span,
        format!("type `{type_name}` has no collations"),
        "a collation",
    )
}

pub(crate) fn unknown_collation(name: &QualifiedName) -> Diagnostic {
    let message = format!("no collation `{}` exists at this point", written(name));
    Diagnostic::new(
        Code::UnknownCollation,
        message,
        name.span,
        "no such collation",
    )
}

pub(crate) fn unknown_sample_method(name: &QualifiedName) -> Diagnostic {
    let message = format!("no sampling method `{}` exists", written(name));
    Diagnostic::new(Code::UnknownFunction, message, name.span, "no such method")
        .with_help("write `bernoulli` or `system`")
}

pub(crate) fn unknown_type(
    name: &QualifiedName,
    near: Option<Near>,
    departed: Option<Fate<'_>>,
    extension: Option<&str>,
) -> Diagnostic {
    let message = format!("no type `{}` exists at this point", written(name));
    let diagnostic = Diagnostic::new(Code::UnknownType, message, name.span, "no such type");
    match extension {
        Some(extension) if departed.is_none() => of_extension(diagnostic, extension),
        Some(_) | None => with_fate(diagnostic, departed, near),
    }
}

pub(crate) fn shell_type(span: Span, type_name: &str) -> Diagnostic {
    let message = format!("type `{type_name}` was announced, but not created yet");
    Diagnostic::new(Code::InvalidType, message, span, "not a type yet")
}

pub(crate) fn no_modifier(span: Span, type_name: &str) -> Diagnostic {
    let message = format!("type `{type_name}` takes nothing in parentheses");
    Diagnostic::new(Code::InvalidType, message, span, "a modifier")
}

pub(crate) fn bad_modifier(span: Span, reason: &str) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidType,
        reason.to_owned(),
        span,
        "not such a type",
    )
}

pub(crate) fn modifier_not_constant(span: Span) -> Diagnostic {
    let message = "what stands in the parentheses of a type must be a constant or a word";
    Diagnostic::new(Code::InvalidType, message, span, "an expression")
}

pub(crate) fn aggregate_here(span: Span, name: &str, context: Context) -> Diagnostic {
    let message = format!(
        "{} cannot call aggregate function `{name}`",
        context.place()
    );
    misused(span, message, "no group of rows to work on")
}

pub(crate) fn aggregate_in_recursion(span: Span, name: &str) -> Diagnostic {
    let message = format!("a recursive query cannot call aggregate function `{name}`");
    misused(span, message, "not beside the query's own rows")
}

pub(crate) fn nested_aggregates(span: Span, name: &str) -> Diagnostic {
    let message = format!("aggregate function `{name}` is called on another aggregate");
    misused(span, message, "a call within a call")
}

pub(crate) fn window_in_aggregate(span: Span, name: &str) -> Diagnostic {
    let message = format!("aggregate function `{name}` is called on a window function");
    misused_window(span, message, "computed before the window")
}

pub(crate) fn set_in_aggregate(span: Span, name: &str) -> Diagnostic {
    let message = format!("aggregate function `{name}` is called on a function that returns a set");
    misused(span, message, "returns a set").with_help("call it in FROM, with LATERAL")
}

pub(crate) fn too_many_groupings(span: Span) -> Diagnostic {
    misused(span, "GROUPING takes fewer than 32 arguments", "too many")
}

pub(crate) fn ungrouped(
    span: Span,
    table: &str,
    column: &str,
    nested: bool,
    grouped: bool,
) -> Diagnostic {
    let name = match table.is_empty() {
        true => column.to_owned(),
        false => format!("{table}.{column}"),
    };
    let message = match nested {
        true => {
            format!("the subquery uses `{name}` of the query around it, which is not grouped by it")
        }
        false => format!("`{name}` is neither grouped by nor in an aggregate function"),
    };
    let label = match grouped {
        true => "one group can have several values of it",
        false => "the aggregate makes one row of all, which can have several values of it",
    };
    misused(span, message, label).with_help(format!("add `{name}` to GROUP BY, or aggregate it"))
}

pub(crate) fn grouping_of_ungrouped(span: Span) -> Diagnostic {
    let message = "GROUPING tells of what its query groups by, and of nothing else";
    misused(span, message, "not grouped by").with_help("name what stands in GROUP BY")
}

pub(crate) fn no_within_group(span: Span, name: &str) -> Diagnostic {
    misused(
        span,
        format!("aggregate function `{name}` takes no WITHIN GROUP"),
        "WITHIN GROUP",
    )
}

/// More or fewer arguments before WITHIN GROUP than the aggregate takes.
pub(crate) fn direct_arguments(span: Span, name: &str, found: usize, wanted: usize) -> Diagnostic {
    misused(
        span,
        format!("`{name}` takes {wanted} before WITHIN GROUP here, and {found} are written"),
        "another number of arguments",
    )
}

/// VARIADIC before what is no array.
pub(crate) fn variadic_without_array(span: Span, type_name: &str) -> Diagnostic {
    misused(
        span,
        format!("VARIADIC takes an array, and this is `{type_name}`"),
        "not an array",
    )
}

pub(crate) fn wants_within_group(span: Span, name: &str) -> Diagnostic {
    misused(
        span,
        format!("aggregate function `{name}` needs WITHIN GROUP"),
        "no WITHIN GROUP",
    )
    .with_help(format!("write `{name}(…) WITHIN GROUP (ORDER BY …)`"))
}

pub(crate) fn distinct_within_group(span: Span) -> Diagnostic {
    misused(
        span,
        "DISTINCT and WITHIN GROUP cannot stand together",
        "both",
    )
}

pub(crate) fn not_an_aggregate(span: Span, name: &str, what: &str) -> Diagnostic {
    let message = format!("`{name}` is not an aggregate function, and cannot take {what}");
    misused(span, message, "a plain function")
}

pub(crate) fn aggregate_wants_star(span: Span, name: &str) -> Diagnostic {
    let message = format!("aggregate function `{name}` without arguments is called with `*`");
    misused(span, message, "no arguments").with_help(format!("write `{name}(*)`"))
}

pub(crate) fn not_a_window_function(span: Span, name: &str) -> Diagnostic {
    let message = format!("`{name}` is neither a window function nor an aggregate");
    misused_window(span, message, "cannot take OVER")
}

pub(crate) fn window_without_over(span: Span, name: &str) -> Diagnostic {
    let message = format!("window function `{name}` needs OVER");
    misused_window(span, message, "called without OVER").with_help("write `OVER (…)` after it")
}

pub(crate) fn plain_window_function(span: Span, name: &str) -> Diagnostic {
    let message = format!("window function `{name}` takes no DISTINCT, ORDER BY or FILTER");
    misused_window(span, message, "only aggregates take them")
}

pub(crate) fn distinct_over(span: Span) -> Diagnostic {
    misused_window(span, "an aggregate with OVER takes no DISTINCT", "DISTINCT")
}

pub(crate) fn order_by_over(span: Span) -> Diagnostic {
    misused_window(
        span,
        "an aggregate with OVER takes no ORDER BY among its arguments",
        "ORDER BY",
    )
}

pub(crate) fn ordered_set_over(span: Span, name: &str) -> Diagnostic {
    misused_window(
        span,
        format!("aggregate function `{name}` takes no OVER"),
        "OVER",
    )
}

pub(crate) fn set_as_window_function(span: Span) -> Diagnostic {
    misused_window(
        span,
        "a function with OVER cannot return a set",
        "returns a set",
    )
}

/// A distance in RANGE between values that have none.
pub(crate) fn no_distance(span: Span, sorted: &str) -> Diagnostic {
    misused_window(
        span,
        format!("RANGE with a distance cannot follow an order by values of `{sorted}`"),
        "no distance between such values",
    )
    .with_help("write ROWS to count rows, or GROUPS to count values that differ")
}

/// A distance in RANGE of a type in which distances between such values are not told.
pub(crate) fn wrong_distance(span: Span, sorted: &str, found: &str) -> Diagnostic {
    misused_window(
        span,
        format!("the distance between values of `{sorted}` cannot be `{found}`"),
        "not such a distance",
    )
}

pub(crate) fn window_function_here(span: Span, name: &str, context: Context) -> Diagnostic {
    let message = format!("{} cannot call window function `{name}`", context.place());
    misused_window(
        span,
        message,
        "only the columns and ORDER BY of a query may call it",
    )
}

pub(crate) fn nested_windows(span: Span) -> Diagnostic {
    misused_window(
        span,
        "a window function is called on another one",
        "a call within a call",
    )
}

pub(crate) fn unknown_window(name: &Ident) -> Diagnostic {
    let message = format!("the query has no window `{}`", name.name);
    Diagnostic::new(Code::UnknownWindow, message, name.span, "no such window")
}

pub(crate) fn duplicate_window(name: &Ident, first: Span) -> Diagnostic {
    let message = format!("window `{}` is defined twice", name.name);
    misused_window(name.span, message, "again").with_label(first, "here first")
}

pub(crate) fn window_override(base: &Ident, what: &str) -> Diagnostic {
    let message = format!("a window cannot change {what} of window `{}`", base.name);
    misused_window(base.span, message, "extended here")
}

pub(crate) fn window_frame_copied(base: &Ident) -> Diagnostic {
    let message = format!("window `{}` has a frame and cannot be extended", base.name);
    misused_window(base.span, message, "extended here")
}

pub(crate) fn groups_without_order(span: Span) -> Diagnostic {
    misused_window(span, "GROUPS needs ORDER BY", "nothing to group by")
}

pub(crate) fn range_wants_one_order(span: Span) -> Diagnostic {
    misused_window(
        span,
        "RANGE with an offset needs ORDER BY with exactly one term",
        "nothing to count by",
    )
}

pub(crate) fn column_in_frame(span: Span, construct: &str) -> Diagnostic {
    misused_window(
        span,
        format!("an offset of {construct} cannot name columns"),
        "a column",
    )
}

pub(crate) fn unnamed_xml_value(span: Span) -> Diagnostic {
    invalid(
        span,
        "an XML attribute that is no column needs a name",
        "no name",
    )
    .with_help("write `AS name` after it")
}

pub(crate) fn xml_attribute_twice(span: Span, name: &str) -> Diagnostic {
    invalid(
        span,
        format!("XML attribute `{name}` is given twice"),
        "again",
    )
}
