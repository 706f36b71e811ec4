//! Bytes, bits and identifiers: `byteain`, `bit_in`, `uuid_in`.

use super::{InputMistake, invalid_syntax};
use std::fmt::Write as _;

/// `bytea` in its two forms, printed in the one with `\x`.
pub(super) fn bytea(text: &str) -> Result<String, InputMistake> {
    let mut bytes = Vec::with_capacity(text.len());
    if let Some(digits) = text.strip_prefix("\\x") {
        let mut digits = digits
            .chars()
            .filter(|c| !matches!(c, ' ' | '\t' | '\n' | '\r'));
        while let Some(high) = digits.next() {
            let nibble = |c: char| {
                let wrong = || InputMistake::new(format!("invalid hexadecimal digit: \"{c}\""));
                c.to_digit(16).ok_or_else(wrong)
            };
            let high = nibble(high)?;
            let Some(low) = digits.next() else {
                return Err(InputMistake::new(
                    "invalid hexadecimal data: odd number of digits",
                ));
            };
            bytes.push(high * 16 + nibble(low)?);
        }
    } else {
        let mut rest = text.as_bytes();
        while let Some((&byte, after)) = rest.split_first() {
            rest = after;
            if byte != b'\\' {
                bytes.push(u32::from(byte));
                continue;
            }
            match rest {
                [b'\\', after @ ..] => {
                    bytes.push(u32::from(b'\\'));
                    rest = after;
                }
                [
                    a @ b'0'..=b'3',
                    b @ b'0'..=b'7',
                    c @ b'0'..=b'7',
                    after @ ..,
                ] => {
                    let digit = |byte: &u8| u32::from(byte - b'0');
                    bytes.push(digit(a) * 64 + digit(b) * 8 + digit(c));
                    rest = after;
                }
                _ => return Err(InputMistake::new("invalid input syntax for type bytea")),
            }
        }
    }
    let mut printed = String::from("\\x");
    for byte in bytes {
        let _ = write!(printed, "{byte:02x}");
    }
    Ok(printed)
}

/// `bit` and `varbit`: digits of 0 and 1, or hexadecimal ones after an `x`.
pub(super) fn bits(text: &str) -> Result<String, InputMistake> {
    let (hexadecimal, digits) = match text.as_bytes() {
        [b'b' | b'B', ..] => (false, text.get(1..).unwrap_or_default()),
        [b'x' | b'X', ..] => (true, text.get(1..).unwrap_or_default()),
        _ => (false, text),
    };
    let mut printed = String::with_capacity(digits.len());
    for c in digits.chars() {
        match (hexadecimal, c.to_digit(if hexadecimal { 16 } else { 2 })) {
            (false, Some(_)) => printed.push(c),
            (true, Some(digit)) => {
                let _ = write!(printed, "{digit:04b}");
            }
            (false, None) => {
                return Err(InputMistake::new(format!(
                    "\"{c}\" is not a valid binary digit"
                )));
            }
            (true, None) => {
                return Err(InputMistake::new(format!(
                    "\"{c}\" is not a valid hexadecimal digit"
                )));
            }
        }
    }
    Ok(printed)
}

/// `uuid`: 32 hexadecimal digits, a hyphen after any four, braces around them.
pub(super) fn uuid(text: &str) -> Result<String, InputMistake> {
    let wrong = || invalid_syntax("uuid", text);
    let inner = match text.strip_prefix('{') {
        Some(inner) => inner.strip_suffix('}').ok_or_else(wrong)?,
        None => text,
    };
    let mut digits = String::with_capacity(32);
    let mut after_hyphen = false;
    for c in inner.chars() {
        match c {
            '-' if !after_hyphen
                && !digits.is_empty()
                && digits.len().is_multiple_of(4)
                && digits.len() < 32 =>
            {
                after_hyphen = true;
            }
            c if c.is_ascii_hexdigit() && digits.len() < 32 => {
                digits.push(c.to_ascii_lowercase());
                after_hyphen = false;
            }
            _ => return Err(wrong()),
        }
    }
    if digits.len() != 32 {
        return Err(wrong());
    }
    let mut printed = String::with_capacity(36);
    for (position, c) in digits.char_indices() {
        if matches!(position, 8 | 12 | 16 | 20) {
            printed.push('-');
        }
        printed.push(c);
    }
    Ok(printed)
}
