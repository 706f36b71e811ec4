//! Statements that the grammar does not accept, and what only psql can run.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;
use tablature_lexer::postgres::{Fault, InvalidLiteral};

/// Characters that begin no token.
pub(crate) fn illegal_token(span: Span, fault: Fault, text: &str) -> Diagnostic {
    let report = |message: String, span: Span, label: &str| {
        Diagnostic::new(Code::IllegalToken, message, span, label)
    };
    let opening = Span {
        end: span.start + 1,
        ..span
    };
    let never_closed = |what: &str| {
        report(
            format!("this {what} is never closed"),
            opening,
            "it begins here",
        )
    };
    match fault {
        Fault::OpenString => never_closed("string")
            .with_help("close it with `'`; a quote inside a string is written twice: `''`"),
        Fault::OpenName => never_closed("quoted name"),
        Fault::OpenDollarString => {
            let tag: String = text.split_inclusive('$').take(2).collect();
            never_closed("string").with_help(format!("close it with `{tag}`"))
        }
        Fault::OpenComment => never_closed("comment")
            .with_note("comments nest: each `/*` inside a comment needs its own `*/`"),
        Fault::EmptyName => report("a name without a character".to_owned(), span, ""),
        Fault::JunkAfterNumber => report(format!("`{text}` is not a number"), span, "").with_help(
            format!("a name that begins with a digit must be quoted: `\"{text}\"`"),
        ),
        Fault::JunkAfterParameter => report(format!("`{text}` is not a parameter"), span, "")
            .with_help("a parameter is `$` and a number"),
        Fault::LongOperator => report(
            "an operator of more than 63 characters".to_owned(),
            span,
            "",
        ),
        Fault::MetaCommand => report(
            "psql's commands cannot run in a migration".to_owned(),
            span,
            "the server does not know it",
        ),
        Fault::Character if text == "\0" => {
            report("a NUL character".to_owned(), span, "the server takes none")
        }
        Fault::Character if matches!(text, "{" | "}") => {
            report("braces begin nothing in SQL".to_owned(), span, "")
                .with_help("placeholders of templates are not filled in: write the SQL itself")
        }
        Fault::Character => report(format!("`{text}` begins nothing in SQL"), span, ""),
    }
}

/// `COPY … FROM stdin`, which wants rows from the client.
pub(crate) fn copy_from_client(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::SyntaxError,
        "a migration has no rows to send for `COPY … FROM stdin`",
        span,
        "only psql reads rows from the file of its statements",
    )
    .with_help("write the rows as `INSERT INTO … VALUES (…), (…)`")
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
    .with_help(format!(
        "to use it as a name, quote it: `\"{}\"`",
        word.to_lowercase()
    ))
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

/// A construct that the engine's grammar refuses by a rule of its own, with nothing to add.
pub(crate) fn refused(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::SyntaxError, message, span, "")
}

/// A clause that stands twice, or against another.
pub(crate) fn conflicting_options(span: Span, first: Option<Span>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::SyntaxError,
        "conflicting or redundant options",
        span,
        "this is said already",
    );
    match first {
        Some(first) => diagnostic.with_label(first, "first said here"),
        None => diagnostic,
    }
}

/// A second COLLATE of a column or domain.
pub(crate) fn second_collation(span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(
        Code::SyntaxError,
        "a column has one collation at most",
        span,
        "a second one",
    )
    .with_label(first, "the first one is here")
}

/// A literal or a quoted name with an escape that is none.
pub(crate) fn invalid_literal(span: Span, why: InvalidLiteral) -> Diagnostic {
    Diagnostic::new(Code::IllegalToken, why.to_string(), span, "")
}

/// A UESCAPE clause without one character that may be the escape.
pub(crate) fn invalid_escape_character(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::SyntaxError,
        "UESCAPE wants one character",
        span,
        "not one that may begin an escape",
    )
    .with_help("it must not be a hexadecimal digit, `+`, a quote or white space")
}

/// A name of more parts than a database, a schema and an object.
pub(crate) fn too_many_dots(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::SyntaxError,
        "a name of too many parts",
        span,
        "expected at most a database, a schema and a name",
    )
}

/// More nesting than is read.
pub(crate) fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::LimitExceeded,
        "nested too deeply",
        span,
        "the parser gives up here",
    )
}

/// A feature that the oldest supported engine does not have.
pub(crate) fn needs_newer_engine(span: Span, feature: &str, since: u32, oldest: u32) -> Diagnostic {
    Diagnostic::new(
        Code::NeedsNewerEngine,
        format!("{feature} needs PostgreSQL {since}"),
        span,
        "",
    )
    .with_note(format!(
        "`engine_version` in `tablature.toml` says that the migrations must run on PostgreSQL {oldest}"
    ))
}
