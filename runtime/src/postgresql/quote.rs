//! Values and names as they are written in SQL.

use std::fmt::Write;

/// A text, whatever `standard_conforming_strings` is. The engine's texts hold no NUL.
pub(super) fn literal(text: &str) -> String {
    let mut sql = String::with_capacity(text.len() + 3);
    sql.push_str("E'");
    for character in text.chars() {
        match character {
            '\'' => sql.push_str("''"),
            '\\' => sql.push_str("\\\\"),
            '\0' => {}
            other => sql.push(other),
        }
    }
    sql.push('\'');
    sql
}

/// A text, or NULL.
pub(super) fn nullable(text: Option<&str>) -> String {
    text.map_or_else(|| "NULL".to_owned(), literal)
}

/// Bytes, as a `bytea`.
pub(super) fn bytes(bytes: &[u8]) -> String {
    let mut sql = "decode('".to_owned();
    for byte in bytes {
        // Writing into a text does not fail.
        let _ = write!(sql, "{byte:02x}");
    }
    sql.push_str("', 'hex')");
    sql
}

/// A name.
pub(super) fn name(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::{bytes, literal, name};

    #[test]
    fn what_could_end_a_literal_is_doubled() {
        assert_eq!(literal("it's a \\ and\0 more"), "E'it''s a \\\\ and more'");
        assert_eq!(name("a\"b"), "\"a\"\"b\"");
        assert_eq!(bytes(&[0, 255]), "decode('00ff', 'hex')");
    }
}
