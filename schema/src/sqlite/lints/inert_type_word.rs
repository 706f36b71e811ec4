//! Words of other engines that SQLite takes for a part of a column's type.

use crate::diagnostic::Diagnostic;
use crate::errors::sqlite::lints as errors;
use crate::sqlite::ast::ColumnDefinition;
use crate::text::Span;

const NUMBERS_ROWS: &str = "write `INTEGER PRIMARY KEY`, which numbers the rows";

/// The words, and what to write instead.
const WORDS: &[(&str, &str)] = &[
    ("AUTO_INCREMENT", NUMBERS_ROWS),
    ("BIGSERIAL", NUMBERS_ROWS),
    ("CHARSET", "leave it out: a database has one encoding"),
    ("COMMENT", "write it after `--`"),
    ("IDENTITY", NUMBERS_ROWS),
    ("KEY", "write `PRIMARY KEY`"),
    ("SERIAL", NUMBERS_ROWS),
    ("SMALLSERIAL", NUMBERS_ROWS),
    ("ZEROFILL", "leave it out: numbers are kept as numbers"),
    (
        "[]",
        "keep a list in a table of its own, or as the text of a JSON array",
    ),
];

/// The first such word in the type of a column.
pub(crate) fn inert_type_word(definition: &ColumnDefinition) -> Option<Diagnostic> {
    let declared = definition.type_name.as_ref()?;
    let (place, word, instead) = find(&declared.text)?;
    let start = declared.span.start + u32::try_from(place).ok()?;
    let end = start + u32::try_from(word.len()).ok()?;
    // Where the text is not what is written, for quotes, the whole type is the place.
    let span = if end <= declared.span.end {
        Span {
            start,
            end,
            ..declared.span
        }
    } else {
        declared.span
    };
    Some(errors::inert_type_word(word, &declared.text, instead, span))
}

/// The first of the words in the text of a type: where it is, as it is written, and what to write instead.
fn find(text: &str) -> Option<(usize, &str, &'static str)> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match rest.find(|c| !is_part(c)) {
            Some(0) if rest.starts_with("[]") => 2,
            Some(0) => first.len_utf8(),
            Some(end) => end,
            None => rest.len(),
        };
        let (word, after) = rest.split_at(end);
        let known = WORDS.iter().find(|(it, _)| it.eq_ignore_ascii_case(word));
        if let Some((_, instead)) = known {
            return Some((text.len() - rest.len(), word, instead));
        }
        rest = after;
    }
    None
}
