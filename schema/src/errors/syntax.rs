//! Statements that the grammar does not accept, and the limits of the engine.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

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
        [b'\''] | [b'\'', ..] => report(
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
        [b'x' | b'X', b'\'', ..] if is_open && !text.ends_with('\'') => report(
            "this blob is never closed".to_owned(),
            opening,
            "it begins here",
        ),
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
        [b'$'] if follows.starts_with('{') => placeholder(span),
        [b'{' | b'}'] => placeholder(span),
        _ => report(format!("`{text}` begins nothing in SQL"), span, ""),
    }
}

fn placeholder(span: Span) -> Diagnostic {
    Diagnostic::new(Code::IllegalToken, "braces begin nothing in SQL", span, "")
        .with_help("placeholders of templates are not filled in: write the SQL itself")
}
