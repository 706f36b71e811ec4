//! Declared types: what the engine reports of them and what they make of values.

use crate::sqlite::catalog::Affinity;

/// The types that the engine files as numbers instead of text, and reports in upper case however they were written.
const STANDARD: [(&str, Affinity); 6] = [
    ("ANY", Affinity::Numeric),
    ("BLOB", Affinity::Blob),
    ("INT", Affinity::Integer),
    ("INTEGER", Affinity::Integer),
    ("REAL", Affinity::Real),
    ("TEXT", Affinity::Text),
];

/// Returns a type as `PRAGMA table_xinfo` reports it, from what the parser read of it.
pub(super) fn reported(text: &str) -> String {
    match standard(text) {
        Some((name, _)) => name.to_owned(),
        None => text.to_owned(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standard_types_are_reported_in_upper_case_and_others_as_written() {
        assert_eq!(reported("integer"), "INTEGER");
        assert_eq!(reported("VarChar(10)"), "VarChar(10)");
        assert_eq!(reported(""), "");
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
