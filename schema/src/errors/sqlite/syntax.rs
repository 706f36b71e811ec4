//! Statements that the grammar does not accept, and the limits of the engine.

use crate::config::EngineVersion;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::text::{Ident, Span};

/// Characters that begin no token. `follows` is the text after them.
pub(crate) fn illegal_token(span: Span, text: &str, follows: &str) -> Diagnostic {
    let report = |message: String, span: Span, label: &str| {
        Diagnostic::new(Code::IllegalToken, message, span, label)
    };
    let is_open = follows.is_empty() || follows.starts_with('\0');
    let opening = Span {
        end: span.start + 1,
        ..span
    };
    match text.as_bytes() {
        [b'\0'] => report(
            "a NUL character".to_owned(),
            span,
            "the engine stops reading here",
        ),
        [b'\'', ..] => report(
            "this string is never closed".to_owned(),
            opening,
            "it begins here",
        )
        .with_help("close it with `'`; a quote inside a string is written twice: `''`"),
        [b'"' | b'`' | b'[', ..] => report(
            "this quoted name is never closed".to_owned(),
            opening,
            "it begins here",
        ),
        [b'x' | b'X', b'\'', ..] if is_open && (text.len() == 2 || !text.ends_with('\'')) => {
            report(
                "this blob is never closed".to_owned(),
                opening,
                "it begins here",
            )
        }
        [b'x' | b'X', b'\'', ..] => report(
            "not a blob".to_owned(),
            span,
            "a blob is an even number of hexadecimal digits",
        ),
        [b'0'..=b'9' | b'.', ..] => report(format!("`{text}` is not a number"), span, "")
            .with_help(format!(
                "a name that begins with a digit must be quoted: `\"{text}\"`"
            )),
        [b'#'] => report("`#` begins nothing in SQL".to_owned(), span, "")
            .with_help("a comment begins with `--`"),
        [b'\\'] => report("`\\` begins nothing in SQL".to_owned(), span, "")
            .with_help("commands of a database's shell cannot run in a migration"),
        [b':'] if follows.starts_with(':') => report(
            "`::` begins nothing in SQLite".to_owned(),
            Span {
                end: span.end + 1,
                ..span
            },
            "",
        )
        .with_help("write `CAST(value AS type)`"),
        [b'$'] if follows.starts_with('{') => placeholder(span),
        [b'{' | b'}'] => placeholder(span),
        _ => report(format!("`{text}` begins nothing in SQL"), span, ""),
    }
}

fn placeholder(span: Span) -> Diagnostic {
    Diagnostic::new(Code::IllegalToken, "braces begin nothing in SQL", span, "")
        .with_help("placeholders of templates are not filled in: write the SQL itself")
}

/// A token that the grammar does not want; none at the statement's end.
pub(crate) fn expected(span: Span, what: &str, found: Option<&str>) -> Diagnostic {
    let found = match found {
        Some(text) => format!("`{}`", shorten(text)),
        None => "the end of the statement".to_owned(),
    };
    Diagnostic::new(
        Code::SyntaxError,
        format!("expected {what}, found {found}"),
        span,
        format!("expected {what}"),
    )
}

/// A keyword where a name is wanted.
pub(crate) fn keyword_for_name(span: Span, what: &str, word: &str) -> Diagnostic {
    Diagnostic::new(
        Code::SyntaxError,
        format!("expected {what}, found the keyword `{word}`"),
        span,
        format!("expected {what}"),
    )
    .with_help(format!("to use it as a name, quote it: `\"{word}\"`"))
}

/// Long literals are cut in messages.
fn shorten(text: &str) -> String {
    const LONGEST: usize = 40;
    let first_line = text.lines().next().unwrap_or_default();
    if text.chars().count() <= LONGEST && first_line.len() == text.len() {
        return text.to_owned();
    }
    let mut short: String = first_line.chars().take(LONGEST).collect();
    short.push('…');
    short
}

/// A trigger's body that does not come to END. `created` is the word CREATE.
pub(crate) fn open_trigger(end: Span, created: Option<Span>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::SyntaxError,
        "this trigger is never closed",
        end,
        "expected `; END`",
    )
    .with_help("close the trigger's body with `END;`, and each statement in it with `;`");
    match created {
        Some(span) => diagnostic.with_label(span, "the trigger begins here"),
        None => diagnostic,
    }
}

/// ORDER BY or LIMIT of an arm that is not the last of a compound query.
pub(crate) fn clause_before_compound(clause: Span, operator: Span) -> Diagnostic {
    Diagnostic::new(
        Code::SyntaxError,
        "ORDER BY and LIMIT belong after the last arm of a compound query",
        clause,
        "too early",
    )
    .with_label(operator, "the query goes on here")
    .with_help("to order or limit one arm, make it a subquery: `SELECT * FROM (SELECT … LIMIT 1)`")
}

/// More nesting than the engine's parser takes.
pub(crate) fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::LimitExceeded,
        "nested too deeply",
        span,
        "the engine's parser gives up here",
    )
}

/// An expression the tree of which is higher than the engine allows.
pub(crate) fn too_tall(span: Span, maximum: u32) -> Diagnostic {
    Diagnostic::new(
        Code::LimitExceeded,
        format!("an expression of more than {maximum} levels"),
        span,
        "the engine gives up here",
    )
    .with_note("in a chain of operators, each operator is a level")
}

/// More of something than the engine allows.
pub(crate) fn too_many(span: Span, of: &str, count: usize, maximum: usize) -> Diagnostic {
    Diagnostic::new(
        Code::LimitExceeded,
        format!("too many {of}: {count}"),
        span,
        format!("the engine allows {maximum}"),
    )
}

/// A variable whose number is out of range.
pub(crate) fn variable_number(span: Span, maximum: u32) -> Diagnostic {
    Diagnostic::new(
        Code::LimitExceeded,
        format!("a variable's number must be between 1 and {maximum}"),
        span,
        "",
    )
}

/// A feature that the oldest supported engine does not have.
pub(crate) fn needs_newer_engine(
    span: Span,
    feature: &str,
    since: EngineVersion,
    oldest: EngineVersion,
) -> Diagnostic {
    Diagnostic::new(
        Code::NeedsNewerEngine,
        format!("{feature} needs SQLite {since}"),
        span,
        "",
    )
    .with_note(format!(
        "`engine_version` in `tablature.toml` says that the migrations must run on SQLite {oldest}"
    ))
}

/// Words before JOIN that the engine does not take, or not together.
pub(crate) fn unknown_join(span: Span) -> Diagnostic {
    Diagnostic::new(Code::InvalidJoin, "no such kind of join", span, "").with_help(
        "write `JOIN`, `LEFT JOIN`, `RIGHT JOIN`, `FULL JOIN`, `CROSS JOIN` or `NATURAL JOIN`",
    )
}

/// ON or USING after the first table of a FROM clause.
pub(crate) fn constraint_without_join(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidJoin,
        "ON and USING need a JOIN before them",
        span,
        "nothing is joined here",
    )
}

/// DISTINCT in a window function.
pub(crate) fn distinct_window_function(over: Span) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedWindow,
        "DISTINCT cannot be used in a window function",
        over,
        "this makes it one",
    )
}

/// ORDER BY among the arguments of a window function.
pub(crate) fn ordered_window_function(over: Span) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedWindow,
        "ORDER BY cannot be used among the arguments of a window function",
        over,
        "this makes it one",
    )
    .with_help("write the ORDER BY inside OVER")
}

/// A frame that starts after it ends.
pub(crate) fn backward_frame(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedWindow,
        "this frame starts after it ends",
        span,
        "",
    )
    .with_note("a frame without BETWEEN ends at the current row")
}

/// INDEXED BY or NOT INDEXED on an UPDATE or DELETE in a trigger.
pub(crate) fn index_hint_in_trigger(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidTrigger,
        "INDEXED BY and NOT INDEXED cannot be used on an UPDATE or DELETE in a trigger",
        span,
        "",
    )
}

/// RETURNING in a trigger.
pub(crate) fn returning_in_trigger(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidTrigger,
        "RETURNING cannot be used in a trigger",
        span,
        "",
    )
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// `(a, b) = …` with another number of values.
pub(crate) fn assignment_width(
    columns: Span,
    column_count: usize,
    value: Span,
    value_count: usize,
) -> Diagnostic {
    Diagnostic::new(
        Code::WrongValueCount,
        format!(
            "{column_count} column{} and {value_count} value{}",
            plural(column_count),
            plural(value_count)
        ),
        value,
        "",
    )
    .with_label(columns, "these columns are set")
}

/// `(a, b) IN (…)` with an element of another width.
pub(crate) fn element_width(element: Span, found: usize, row: Span, expected: usize) -> Diagnostic {
    Diagnostic::new(
        Code::WrongValueCount,
        format!("{found} value{} where {expected} are wanted", plural(found)),
        element,
        format!("expected a row of {expected} values"),
    )
    .with_label(row, "this row is looked for")
}

/// Two tables of one name in a WITH.
pub(crate) fn duplicate_common_table(name: &Ident, first: &Ident) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidCommonTable,
        format!("`{}` is defined twice in this WITH", name.name),
        name.span,
        "defined again",
    )
    .with_label(first.span, "first defined here")
}

/// A window that extends one that no earlier definition of the WINDOW clause gives.
pub(crate) fn unknown_base_window<'a>(
    base: &Ident,
    names: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::UnknownWindow,
        format!("no window `{}` before this one", base.name),
        base.span,
        "no such window",
    );
    match nearest(&base.name, names) {
        Some(name) => diagnostic.with_help(format!("write `{name}`")),
        None => diagnostic,
    }
}

/// A window that says again what the one that it extends says.
pub(crate) fn overridden_window(span: Span, clause: &str, extended: &Ident) -> Diagnostic {
    Diagnostic::new(
        Code::MisusedWindow,
        format!(
            "a window that extends `{}` cannot override {clause}",
            extended.name
        ),
        span,
        "",
    )
    .with_label(extended.span, "it is defined here")
}
