//! Names: without quotes, folded and cut as the engine keeps them.

use super::TokenKind;
use super::literal::{InvalidLiteral, unicode_escapes};

/// The bytes of the longest name (`NAMEDATALEN` less one).
pub const MAX_NAME: usize = 63;

/// A bare word as the engine reads it: in lower case (ASCII letters only, as with every multi-byte encoding), and cut.
#[must_use]
pub fn fold_name(word: &str) -> String {
    let mut name = word.to_ascii_lowercase();
    name.truncate(cut_name(&name).len());
    name
}

/// A name without what is over 63 bytes; no character is cut in two.
#[must_use]
pub fn cut_name(name: &str) -> &str {
    name.get(..name.floor_char_boundary(MAX_NAME))
        .unwrap_or(name)
}

/// The name that a token stands for, bare or quoted, in the way in which the engine keeps it. `escape` is the character
/// of the UESCAPE clause after a `U&"name"`; a backslash without one.
///
/// # Errors
///
/// If an escape of a `U&"name"` is none.
pub fn name_value(kind: TokenKind, text: &str, escape: char) -> Result<String, InvalidLiteral> {
    let name = match kind {
        TokenKind::QuotedName => inside(text, 1).replace("\"\"", "\""),
        TokenKind::UnicodeName => unicode_escapes(&inside(text, 3).replace("\"\"", "\""), escape)?,
        _ => return Ok(fold_name(text)),
    };
    Ok(cut_name(&name).to_owned())
}

/// What stands between the quotes, the first of which ends before the byte `start`.
fn inside(text: &str, start: usize) -> &str {
    text.get(start..text.len().saturating_sub(1))
        .unwrap_or_default()
}

/// A name as it must be written: bare where it reads the same so in every version, else in double quotes.
#[must_use]
pub fn quote_name(name: &str) -> String {
    quote_name_since(name, u8::MAX)
}

/// A name as a major version prints it: bare where it reads the same so in that version.
#[must_use]
pub fn quote_name_since(name: &str, version: u8) -> String {
    let mut bytes = name.bytes();
    let starts = bytes
        .next()
        .is_some_and(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let is_plain = starts
        && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    let is_keyword = || {
        super::Keyword::lookup(name)
            .filter(|keyword| keyword.since() <= version)
            .is_some_and(|keyword| keyword.category() != super::Category::Unreserved)
    };
    if is_plain && !is_keyword() {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('"', "\"\""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded_and_cut() {
        assert_eq!(fold_name("ÄbC"), "Äbc");
        let long = "é".repeat(40);
        assert_eq!(fold_name(&long).len(), 62);
        assert_eq!(
            name_value(TokenKind::QuotedName, "\"A\"\"b\"", '\\').as_deref(),
            Ok("A\"b")
        );
        assert_eq!(
            name_value(TokenKind::UnicodeName, "U&\"d!0061t!+000061\"", '!').as_deref(),
            Ok("data")
        );
    }

    #[test]
    fn quotes_are_written_where_they_are_needed() {
        for (name, quoted) in [
            ("a_1", "a_1"),
            ("name", "name"),
            ("table", "\"table\""),
            ("A", "\"A\""),
            ("1a", "\"1a\""),
            ("a\"b", "\"a\"\"b\""),
            ("", "\"\""),
            ("é", "\"é\""),
        ] {
            assert_eq!(quote_name(name), quoted);
        }
    }
}
