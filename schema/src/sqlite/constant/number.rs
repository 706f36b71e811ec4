//! Numbers as the engine reads them.

use super::Value;

/// The integers up to here are reals without loss: 2^53.
const EXACT: i64 = 1 << 53;

/// What a text is where a number is preferred (`applyNumericAffinity`).
#[derive(Debug, Clone, PartialEq)]
pub(super) enum OfText {
    /// No number: it stays a text.
    None,
    /// This number.
    Number(Value),
    /// A number with so many digits that it is not plain which.
    Unknown,
}

/// The value of a decimal or hexadecimal integer literal. One of more than 64 bits is a real.
pub(super) fn integer_literal(text: &str) -> Option<Value> {
    let digits: String = text.chars().filter(|digit| *digit != '_').collect();
    if let Some(digits) = digits.strip_prefix("0x").or(digits.strip_prefix("0X")) {
        let bits = u64::from_str_radix(digits, 16).ok()?;
        return Some(Value::Integer(bits.cast_signed()));
    }
    match digits.parse() {
        Ok(number) => Some(Value::Integer(number)),
        Err(_) => digits.parse().ok().map(Value::Real),
    }
}

pub(super) fn real_literal(text: &str) -> Option<f64> {
    let digits: String = text.chars().filter(|digit| *digit != '_').collect();
    digits.parse().ok()
}

/// The number that a whole text is, spaces around it aside.
pub(super) fn of_text(text: &str) -> OfText {
    let is_space = |c: char| c == ' ' || ('\t'..='\r').contains(&c);
    let text = text.trim_matches(is_space);
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = whole.len() + fraction.map_or(0, str::len);
    let is_exponent = |text: &str| {
        let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
        !digits.is_empty() && are_digits(digits)
    };
    if digits == 0
        || !are_digits(whole)
        || !fraction.is_none_or(are_digits)
        || !exponent.is_none_or(is_exponent)
    {
        return OfText::None;
    }
    if fraction.is_none()
        && exponent.is_none()
        && let Ok(number) = text.parse()
    {
        return OfText::Number(Value::Integer(number));
    }
    match text.parse::<f64>() {
        Ok(real) if digits <= 15 => OfText::Number(Value::Real(real)),
        Ok(_) | Err(_) => OfText::Unknown,
    }
}

fn are_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// An integer as a real, if nothing of it is lost.
pub(super) fn exact_real(number: i64) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "the range is exact")]
    (-EXACT..=EXACT).contains(&number).then_some(number as f64)
}

/// A real where integers are preferred: an integer if it is one.
pub(super) fn preferred(real: f64) -> Option<Value> {
    if real.fract() != 0.0 || real.is_infinite() {
        return Some(Value::Real(real));
    }
    exact_integer(real).map(Value::Integer)
}

/// The integer that a real is, if it is small enough for no doubt.
pub(super) fn exact_integer(real: f64) -> Option<i64> {
    #[expect(clippy::cast_precision_loss, reason = "2^53 is exact")]
    let is_small = real.fract() == 0.0 && real.abs() <= EXACT as f64;
    #[expect(clippy::cast_possible_truncation, reason = "it is a small integer")]
    is_small.then_some(real as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_a_number_only_as_a_whole() {
        for text in [
            "", " ", ".", "-", "e5", "1e", "1e+", "0x10", "1_000", "1 2", "12a", "inf", "nan",
            "1.2.3",
        ] {
            assert_eq!(of_text(text), OfText::None, "{text}");
        }
        for (text, number) in [(" 12\n", 12), ("+7", 7), ("-0", 0), ("007", 7)] {
            assert_eq!(
                of_text(text),
                OfText::Number(Value::Integer(number)),
                "{text}"
            );
        }
        for (text, number) in [
            ("1.5", 1.5),
            ("1.", 1.0),
            (".5", 0.5),
            ("1e2", 100.0),
            ("-2.5E-1", -0.25),
        ] {
            assert_eq!(of_text(text), OfText::Number(Value::Real(number)), "{text}");
        }
        assert_eq!(of_text("1234567890.1234567890"), OfText::Unknown);
        assert_eq!(of_text("9223372036854775808"), OfText::Unknown);
    }
}
