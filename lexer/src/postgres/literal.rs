//! The values of literals.

use super::TokenKind;
use std::borrow::Cow;
use std::fmt;

/// Why a literal stands for no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InvalidLiteral {
    /// A backslash that begins no escape.
    Escape,
    /// An escape of no character: 0, or beyond U+10FFFF.
    Character,
    /// Half of a surrogate pair.
    Surrogate,
    /// Bytes that are no UTF-8.
    Bytes,
}

impl fmt::Display for InvalidLiteral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            InvalidLiteral::Escape => "invalid Unicode escape",
            InvalidLiteral::Character => "no such Unicode character",
            InvalidLiteral::Surrogate => "half of a Unicode surrogate pair",
            InvalidLiteral::Bytes => "bytes that are not UTF-8",
        })
    }
}

/// The text of a string literal of any kind, or the digits of a bit string. `escape` is the character of the UESCAPE
/// clause after a `U&'text'`; a backslash without one.
///
/// # Errors
///
/// If an escape is none, or the text is no UTF-8.
pub fn string_value(
    kind: TokenKind,
    text: &str,
    escape: char,
) -> Result<Cow<'_, str>, InvalidLiteral> {
    if kind == TokenKind::DollarString {
        let tag = text.get(1..).and_then(|rest| rest.find('$'));
        let tag = tag.map_or(0, |tag| tag + 2);
        let value = text.get(tag..text.len().saturating_sub(tag));
        return Ok(Cow::Borrowed(value.unwrap_or_default()));
    }
    let content = match segments(text).as_slice() {
        [only] if !only.contains('\'') => Cow::Borrowed(*only),
        segments if kind == TokenKind::EscapeString => Cow::Owned(segments.concat()),
        segments => Cow::Owned(segments.concat().replace("''", "'")),
    };
    match kind {
        TokenKind::EscapeString => backslash_escapes(&content).map(Cow::Owned),
        TokenKind::UnicodeString => unicode_escapes(&content, escape).map(Cow::Owned),
        _ => Ok(content),
    }
}

/// A quoted literal as one would write it on few lines: whatever stands between literals that continue each other is one
/// line end. Other tokens are unchanged.
#[must_use]
pub fn joined_literal(kind: TokenKind, text: &str) -> Cow<'_, str> {
    let is_quoted = matches!(
        kind,
        TokenKind::String
            | TokenKind::EscapeString
            | TokenKind::UnicodeString
            | TokenKind::NationalString
            | TokenKind::BitString
            | TokenKind::HexString
    );
    if !is_quoted || !text.contains(['\n', '\r']) {
        return Cow::Borrowed(text);
    }
    let segments = segments(text);
    if segments.len() == 1 {
        return Cow::Borrowed(text);
    }
    let prefix = text.split('\'').next().unwrap_or_default();
    Cow::Owned(format!("{prefix}'{}'", segments.join("'\n'")))
}

/// What stands between the quotes of a literal and of those that continue it, as written.
fn segments(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let escapes = matches!(bytes, [b'e' | b'E', ..]);
    let mut segments = Vec::new();
    let mut position = bytes.iter().position(|byte| *byte == b'\'').unwrap_or(0) + 1;
    let mut start = position;
    while position < bytes.len() {
        match bytes[position] {
            b'\\' if escapes => position += 2,
            b'\'' if bytes.get(position + 1) == Some(&b'\'') => position += 2,
            b'\'' => {
                segments.push(text.get(start..position).unwrap_or_default());
                position = next_segment(bytes, position + 1);
                start = position;
            }
            _ => position += 1,
        }
    }
    segments
}

/// Where the content of the literal begins that continues one that ended before `position`; the end of the text if there
/// is none. A comment between them may hold quotes.
fn next_segment(bytes: &[u8], position: usize) -> usize {
    let mut position = position;
    while position < bytes.len() {
        match bytes[position] {
            b'\'' => return position + 1,
            b'-' => {
                while position < bytes.len() && !matches!(bytes[position], b'\n' | b'\r') {
                    position += 1;
                }
            }
            _ => position += 1,
        }
    }
    position
}

/// A text with the escapes of `E'text'` replaced; a quote is still doubled.
fn backslash_escapes(text: &str) -> Result<String, InvalidLiteral> {
    let mut value: Vec<u8> = Vec::with_capacity(text.len());
    let mut surrogate = None;
    let mut chars = text.chars().peekable();
    while let Some(character) = chars.next() {
        let escaped = match character {
            '\\' => chars.next(),
            _ => None,
        };
        if let Some(letter @ ('u' | 'U')) = escaped {
            let count = if letter == 'u' { 4 } else { 8 };
            let mut code = 0;
            for _ in 0..count {
                let digit = chars.next().and_then(|digit| digit.to_digit(16));
                code = code << 4 | digit.ok_or(InvalidLiteral::Escape)?;
            }
            if let Some(character) = unicode(code, &mut surrogate)? {
                value.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
            continue;
        }
        if surrogate.is_some() {
            return Err(InvalidLiteral::Surrogate);
        }
        let byte = match (character, escaped) {
            ('\'', _) => {
                // Its second half.
                chars.next();
                b'\''
            }
            (_, Some('b')) => b'\x08',
            (_, Some('f')) => b'\x0c',
            (_, Some('n')) => b'\n',
            (_, Some('r')) => b'\r',
            (_, Some('t')) => b'\t',
            (_, Some('v')) => b'\x0b',
            (_, Some('x')) if chars.peek().is_some_and(char::is_ascii_hexdigit) => {
                number(&mut chars, 0, 16, 2)
            }
            (_, Some(digit @ '0'..='7')) => {
                number(&mut chars, digit.to_digit(8).unwrap_or(0), 8, 2)
            }
            (plain, None) | (_, Some(plain)) => {
                value.extend_from_slice(plain.encode_utf8(&mut [0; 4]).as_bytes());
                continue;
            }
        };
        value.push(byte);
    }
    if surrogate.is_some() {
        return Err(InvalidLiteral::Surrogate);
    }
    if value.contains(&0) {
        return Err(InvalidLiteral::Bytes);
    }
    String::from_utf8(value).map_err(|_| InvalidLiteral::Bytes)
}

/// A byte from at most `count` more digits.
fn number(
    chars: &mut std::iter::Peekable<std::str::Chars<'_>>,
    first: u32,
    radix: u32,
    count: usize,
) -> u8 {
    let mut value = first;
    for _ in 0..count {
        let Some(digit) = chars.peek().and_then(|digit| digit.to_digit(radix)) else {
            break;
        };
        chars.next();
        value = value * radix + digit;
    }
    (value & 0xFF) as u8
}

/// A text with the escapes of `U&'text'` replaced.
pub(super) fn unicode_escapes(text: &str, escape: char) -> Result<String, InvalidLiteral> {
    let mut value = String::with_capacity(text.len());
    let mut surrogate = None;
    let mut chars = text.chars().peekable();
    while let Some(character) = chars.next() {
        let is_escape = character == escape && chars.peek() != Some(&escape);
        if !is_escape {
            if character == escape {
                chars.next();
            }
            if surrogate.is_some() {
                return Err(InvalidLiteral::Surrogate);
            }
            value.push(character);
            continue;
        }
        let count = match chars.peek() {
            Some('+') => {
                chars.next();
                6
            }
            _ => 4,
        };
        let mut code = 0;
        for _ in 0..count {
            let digit = chars.next().and_then(|digit| digit.to_digit(16));
            code = code << 4 | digit.ok_or(InvalidLiteral::Escape)?;
        }
        value.extend(unicode(code, &mut surrogate)?);
    }
    match surrogate {
        Some(_) => Err(InvalidLiteral::Surrogate),
        None => Ok(value),
    }
}

/// The character of a code; none for the first half of a surrogate pair, which is kept for the second.
fn unicode(code: u32, surrogate: &mut Option<u32>) -> Result<Option<char>, InvalidLiteral> {
    if code == 0 || code > 0x10_FFFF {
        return Err(InvalidLiteral::Character);
    }
    match (surrogate.take(), code) {
        (None, 0xD800..=0xDBFF) => {
            *surrogate = Some(code);
            Ok(None)
        }
        (Some(first), 0xDC00..=0xDFFF) => {
            let code = 0x1_0000 + ((first & 0x3FF) << 10) + (code & 0x3FF);
            Ok(char::from_u32(code))
        }
        (Some(_), _) | (None, 0xDC00..=0xDFFF) => Err(InvalidLiteral::Surrogate),
        (None, code) => Ok(char::from_u32(code)),
    }
}

/// Whether a character may follow UESCAPE.
#[must_use]
pub fn is_escape_character(character: char) -> bool {
    character.is_ascii()
        && !character.is_ascii_hexdigit()
        && !matches!(
            character,
            '+' | '\'' | '"' | ' ' | '\t' | '\n' | '\r' | '\x0c' | '\x0b'
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::postgres::tokenize;

    fn value(text: &str) -> Result<String, InvalidLiteral> {
        let tokens = tokenize(text);
        assert_eq!(tokens.len(), 1, "{text}");
        string_value(tokens[0].kind, text, '\\').map(Cow::into_owned)
    }

    #[test]
    fn literals_have_values() {
        for (text, expected) in [
            ("'it''s'", "it's"),
            ("''", ""),
            ("''''", "'"),
            ("'a\\'", "a\\"),
            ("'a'\n -- it's\n 'b'", "ab"),
            ("E'a\\n\\x41\\101\\u00e9\\'''\\q'", "a\nAA\u{e9}''q"),
            ("E'\\ud83e\\udd80 \\U0001F980'", "\u{1f980} \u{1f980}"),
            ("e'\\303\\251'", "é"),
            ("E'a\\\\'\n'b'", "a\\b"),
            ("U&'d\\0061t\\+000061 \\\\'", "data \\"),
            ("$$it's$$", "it's"),
            ("$a$ $$ $a$", " $$ "),
            ("B'01'", "01"),
            ("x'1F'\n'00'", "1F00"),
            ("N'a'", "a"),
        ] {
            assert_eq!(value(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn some_escapes_are_none() {
        for (text, fault) in [
            ("E'\\u12'", InvalidLiteral::Escape),
            ("E'\\u0000'", InvalidLiteral::Character),
            ("E'\\ud83e x'", InvalidLiteral::Surrogate),
            ("E'\\udd80'", InvalidLiteral::Surrogate),
            ("E'\\377'", InvalidLiteral::Bytes),
            ("E'\\0'", InvalidLiteral::Bytes),
            ("U&'\\12'", InvalidLiteral::Escape),
            ("U&'\\+110000'", InvalidLiteral::Character),
            ("U&'\\d83e'", InvalidLiteral::Surrogate),
        ] {
            assert_eq!(value(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn a_continued_literal_reads_the_same_in_any_layout() {
        let text = "e'a'\r\n  -- it's\r\n\t'b''c'";
        assert_eq!(joined_literal(tokenize(text)[0].kind, text), "e'a'\n'b''c'");
        let text = "'a\r\nb'";
        assert_eq!(joined_literal(TokenKind::String, text), text);
    }
}
