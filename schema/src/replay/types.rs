//! Declared types: what the engine reports of them and what they make of values.

use crate::catalog::Affinity;
use tablature_lexer::dequote;

/// The types that the engine files as numbers instead of text, and reports in upper case however they were written.
const STANDARD: [(&str, Affinity); 6] = [
    ("ANY", Affinity::Numeric),
    ("BLOB", Affinity::Blob),
    ("INT", Affinity::Integer),
    ("INTEGER", Affinity::Integer),
    ("REAL", Affinity::Real),
    ("TEXT", Affinity::Text),
];

/// Returns a type as `PRAGMA table_xinfo` reports it, from the text in the column's definition.
pub(super) fn reported(text: &str) -> String {
    let text = without_generated_always(text);
    let text = without_quotes(text);
    match standard(text) {
        Some((name, _)) => name.to_owned(),
        None => dequote(text),
    }
}

/// Whether a reported type is one that a STRICT table allows.
pub(super) fn is_strict(reported: &str) -> bool {
    standard(reported).is_some()
}

/// Returns what a reported type makes of values: sqlite.org/datatype3.html#determination_of_column_affinity.
pub(super) fn affinity(reported: &str) -> Affinity {
    if reported.is_empty() {
        return Affinity::Blob;
    }
    if let Some((_, affinity)) = standard(reported) {
        return affinity;
    }
    let text = reported.to_ascii_lowercase();
    let has = |part: &str| text.contains(part);
    if has("int") {
        Affinity::Integer
    } else if has("char") || has("clob") || has("text") {
        Affinity::Text
    } else if has("blob") {
        Affinity::Blob
    } else if has("real") || has("floa") || has("doub") {
        Affinity::Real
    } else {
        Affinity::Numeric
    }
}

fn standard(text: &str) -> Option<(&'static str, Affinity)> {
    STANDARD
        .into_iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(text))
}

/// GENERATED and ALWAYS are names where the grammar allows, so that they end up in the type before them.
fn without_generated_always(text: &str) -> &str {
    if text.len() < 16 {
        return text;
    }
    let Some(rest) = strip_end(text, "always") else {
        return text;
    };
    let rest = rest.trim_end();
    strip_end(rest, "generated").map_or(rest, str::trim_end)
}

fn strip_end<'a>(text: &'a str, end: &str) -> Option<&'a str> {
    let (rest, last) = text.split_at_checked(text.len().checked_sub(end.len())?)?;
    last.eq_ignore_ascii_case(end).then_some(rest)
}

/// As `sqlite3DequoteToken`: a text in one pair of quotes loses them.
fn without_quotes(text: &str) -> &str {
    let is_quote = |c: char| matches!(c, '\'' | '"' | '`' | '[');
    let mut inner = text.chars();
    let (Some(first), Some(_)) = (inner.next(), inner.next_back()) else {
        return text;
    };
    if text.len() < 3 || !is_quote(first) || inner.as_str().contains(is_quote) {
        return text;
    }
    inner.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standard_types_are_reported_in_upper_case_and_others_as_written() {
        assert_eq!(reported("integer"), "INTEGER");
        assert_eq!(reported("\"Text\""), "TEXT");
        assert_eq!(reported("VarChar(10)"), "VarChar(10)");
        assert_eq!(reported("\"my type\""), "my type");
        assert_eq!(reported(""), "");
    }

    #[test]
    fn generated_always_is_no_part_of_a_type() {
        assert_eq!(reported("text GENERATED ALWAYS"), "TEXT");
        assert_eq!(reported("GENERATED ALWAYS"), "");
        assert_eq!(reported("always"), "always");
    }

    #[test]
    fn the_first_matching_word_makes_the_affinity() {
        assert_eq!(affinity("POINT"), Affinity::Integer);
        assert_eq!(affinity("BLOBCHAR"), Affinity::Text);
        assert_eq!(affinity("DOUBLE PRECISION"), Affinity::Real);
        assert_eq!(affinity("REALBLOB"), Affinity::Blob);
        assert_eq!(affinity("DATETIME"), Affinity::Numeric);
        assert_eq!(affinity("ANY"), Affinity::Numeric);
    }
}
