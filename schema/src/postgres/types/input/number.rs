//! Numbers: `int4in`, `float8in`, `numeric_in` and their kin.

use super::{InputMistake, invalid_syntax, out_of_range};

/// White space as C's `isspace` knows it.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(|c| matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c'))
}

/// A whole number of the digits that a version reads: other bases and `_` since 16. None if it is none.
fn whole(text: &str, version: u16) -> Option<Option<i128>> {
    let text = trim(text);
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (radix, digits) = match digits.get(..2).map(str::to_ascii_lowercase).as_deref() {
        Some("0x") if version >= 16 => (16, digits.get(2..)?),
        Some("0o") if version >= 16 => (8, digits.get(2..)?),
        Some("0b") if version >= 16 => (2, digits.get(2..)?),
        _ => (10, digits),
    };
    let mut value: Option<i128> = Some(0);
    let mut last = if radix == 10 { '_' } else { '0' };
    for c in digits.chars() {
        if c == '_' && version >= 16 && last != '_' {
            last = c;
            continue;
        }
        let digit = c.to_digit(radix)?;
        value = value.and_then(|value| {
            value
                .checked_mul(i128::from(radix))?
                .checked_add(i128::from(digit))
        });
        last = c;
    }
    if last == '_' || digits.is_empty() {
        return None;
    }
    Some(value.map(|value| if negative { -value } else { value }))
}

/// A whole number of four bytes, as modifiers are read.
pub(crate) fn integer4(text: &str) -> Option<i32> {
    i32::try_from(whole(text, 15)??).ok()
}

pub(super) fn integer(
    text: &str,
    name: &str,
    range: std::ops::RangeInclusive<i128>,
    version: u16,
) -> Result<String, InputMistake> {
    match whole(text, version) {
        None => Err(invalid_syntax(name, text)),
        Some(Some(value)) if range.contains(&value) => Ok(value.to_string()),
        Some(_) => Err(out_of_range(name, text)),
    }
}

/// `oid`: a negative number counts from the other end.
pub(super) fn oid(text: &str, name: &str) -> Result<String, InputMistake> {
    match whole(text, 15) {
        None => Err(invalid_syntax(name, text)),
        Some(value) => {
            let value = value.filter(|value| (-(1_i128 << 31)..1_i128 << 32).contains(value));
            let value = value.ok_or_else(|| out_of_range(name, text))?;
            Ok(value.rem_euclid(1_i128 << 32).to_string())
        }
    }
}

/// `pg_lsn`: two hexadecimal numbers.
pub(super) fn log_position(text: &str) -> Result<String, InputMistake> {
    let wrong = || invalid_syntax("pg_lsn", text);
    let part = |digits: &str| {
        let good = (1..=8).contains(&digits.len()) && digits.bytes().all(|c| c.is_ascii_hexdigit());
        u32::from_str_radix(digits, 16).ok().filter(|_| good)
    };
    let (high, low) = text.split_once('/').ok_or_else(wrong)?;
    let (high, low) = part(high).zip(part(low)).ok_or_else(wrong)?;
    Ok(format!("{high:X}/{low:X}"))
}

/// Whether this may be a number as C's `strtod` reads hexadecimal ones.
pub(super) fn is_hexadecimal(text: &str) -> bool {
    let digits = trim(text).trim_start_matches(['+', '-']);
    digits.starts_with("0x") || digits.starts_with("0X")
}

/// `float4` and `float8`.
pub(super) fn float(text: &str, single: bool) -> Result<String, InputMistake> {
    let name = if single { "real" } else { "double precision" };
    let trimmed = trim(text);
    let lower = trimmed.to_ascii_lowercase();
    let unsigned = lower.trim_start_matches(['+', '-']);
    if lower.len() - unsigned.len() > 1 {
        return Err(invalid_syntax(name, text));
    }
    let value: f64 = match unsigned {
        "nan" => return Ok("NaN".to_owned()),
        "inf" | "infinity" => {
            let sign = if lower.starts_with('-') { "-" } else { "" };
            return Ok(format!("{sign}Infinity"));
        }
        _ if !is_decimal(unsigned) => return Err(invalid_syntax(name, text)),
        _ => lower.parse().map_err(|_| invalid_syntax(name, text))?,
    };
    let has_digit = unsigned
        .split('e')
        .next()
        .is_some_and(|it| it.contains(|c| matches!(c, '1'..='9')));
    if single {
        let value: f32 = lower.parse().map_err(|_| invalid_syntax(name, text))?;
        if value.is_infinite() || (value == 0.0 && has_digit) {
            return Err(out_of_range_quoted(name, trimmed));
        }
        return Ok(float_text(&format!("{value:e}"), 6));
    }
    if value.is_infinite() || (value == 0.0 && has_digit) {
        return Err(out_of_range_quoted(name, trimmed));
    }
    Ok(float_text(&format!("{value:e}"), 15))
}

fn out_of_range_quoted(name: &str, text: &str) -> InputMistake {
    InputMistake::new(format!("\"{text}\" is out of range for type {name}"))
}

/// Whether a text is `12`, `1.5`, `.5`, `5.` or one of these with an exponent.
fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once('e') {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let digits = |text: &str| text.bytes().all(|c| c.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent = exponent.map(|it| it.strip_prefix(['+', '-']).unwrap_or(it));
    (whole.len() + fraction.len() > 0)
        && digits(whole)
        && digits(fraction)
        && exponent.is_none_or(|it| !it.is_empty() && digits(it))
}

/// The shortest digits that give the number back, as `%e` has them, in the engine's layout.
fn float_text(scientific: &str, widest: i32) -> String {
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(mantissa) => ("-", mantissa),
        None => ("", mantissa),
    };
    if !(-4..widest).contains(&exponent) {
        let direction = if exponent < 0 { '-' } else { '+' };
        return format!("{sign}{mantissa}e{direction}{:02}", exponent.abs());
    }
    let digits: String = mantissa.chars().filter(|c| *c != '.').collect();
    let point = usize::try_from(exponent + 1).unwrap_or(0);
    if exponent < 0 {
        let zeros = usize::try_from(-exponent - 1).unwrap_or(0);
        return format!("{sign}0.{}{digits}", "0".repeat(zeros));
    }
    if digits.len() <= point {
        return format!("{sign}{digits}{}", "0".repeat(point - digits.len()));
    }
    let (whole, fraction) = digits.split_at(point);
    format!("{sign}{whole}.{fraction}")
}

/// Digits before the point that a `numeric` has at most.
const MAX_WHOLE_DIGITS: i64 = 131_072;
/// Digits after the point that it has at most.
const MAX_SCALE: i64 = 16_383;

/// `numeric`, as the type prints it: all digits after the point are kept.
pub(super) fn numeric(text: &str, version: u16) -> Result<String, InputMistake> {
    let wrong = || invalid_syntax("numeric", text);
    let lower = trim(text).to_ascii_lowercase();
    match lower.as_str() {
        "nan" => return Ok("NaN".to_owned()),
        "infinity" | "+infinity" | "inf" | "+inf" => return Ok("Infinity".to_owned()),
        "-infinity" | "-inf" => return Ok("-Infinity".to_owned()),
        _ => {}
    }
    let (negative, unsigned) = match lower.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, lower.strip_prefix('+').unwrap_or(&lower)),
    };
    let others = version >= 16
        && unsigned.starts_with('0')
        && unsigned.get(1..2).is_some_and(|it| "xob".contains(it));
    if others {
        let value = whole(&lower, version).flatten().ok_or_else(wrong)?;
        return Ok(value.to_string());
    }
    let cleaned;
    let unsigned = if version >= 16 && unsigned.contains('_') {
        let misplaced = unsigned.split('_').any(|part| {
            !part.starts_with(|c: char| c.is_ascii_digit())
                || !part.ends_with(|c: char| c.is_ascii_digit())
        });
        if misplaced {
            return Err(wrong());
        }
        cleaned = unsigned.replace('_', "");
        &cleaned
    } else {
        unsigned
    };
    if !is_decimal(unsigned) {
        return Err(wrong());
    }
    let (mantissa, exponent) = unsigned.split_once('e').unwrap_or((unsigned, "0"));
    let overflow = || InputMistake::new("value overflows numeric format");
    let exponent: i64 = exponent.parse().map_err(|_| overflow())?;
    if exponent.abs() >= i64::from(i32::MAX) / 2 {
        return Err(if version >= 16 { overflow() } else { wrong() });
    }
    let (before, after) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{before}{after}");
    let point = i64::try_from(before.len()).unwrap_or(0) + exponent;
    let scale = (i64::try_from(after.len()).unwrap_or(0) - exponent).max(0);
    let leading = digits.len() - digits.trim_start_matches('0').len();
    let is_zero = leading == digits.len();
    if scale > MAX_SCALE
        || (!is_zero && point - i64::try_from(leading).unwrap_or(0) > MAX_WHOLE_DIGITS)
    {
        return Err(overflow());
    }
    let digit = |position: i64| {
        let byte = usize::try_from(position)
            .ok()
            .and_then(|it| digits.as_bytes().get(it));
        byte.map_or('0', |byte| char::from(*byte))
    };
    let whole: String = if is_zero {
        String::new()
    } else {
        (0..point).map(digit).collect()
    };
    let whole = whole.trim_start_matches('0');
    let fraction: String = (point..point + scale).map(digit).collect();
    let sign = if negative && !is_zero { "-" } else { "" };
    let whole = if whole.is_empty() { "0" } else { whole };
    let dot = if fraction.is_empty() { "" } else { "." };
    Ok(format!("{sign}{whole}{dot}{fraction}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_print_as_the_engine_prints_them() {
        let numeric = |text: &str| numeric(text, 15).ok();
        for (written, printed) in [
            ("1", "1"),
            ("1.50", "1.50"),
            ("1e5", "100000"),
            ("1e-3", "0.001"),
            ("-0.0", "0.0"),
            (".5", "0.5"),
            ("5.", "5"),
            ("007", "7"),
            ("1.5e1", "15"),
            ("12.345e2", "1234.5"),
            ("nan", "NaN"),
        ] {
            assert_eq!(numeric(written).as_deref(), Some(printed), "{written}");
        }
        assert_eq!(
            (numeric("1_0"), numeric("x"), numeric("1e"), numeric("")),
            (None, None, None, None)
        );
        let float = |text: &str| float(text, false).ok();
        for (written, printed) in [
            ("1", "1"),
            ("0.1", "0.1"),
            ("1e15", "1e+15"),
            ("123456789012345", "123456789012345"),
            ("0.0001", "0.0001"),
            ("0.00001", "1e-05"),
            ("1.5e300", "1.5e+300"),
            ("-inf", "-Infinity"),
            ("100", "100"),
        ] {
            assert_eq!(float(written).as_deref(), Some(printed), "{written}");
        }
        assert_eq!(float("1e400"), None);
    }
}
