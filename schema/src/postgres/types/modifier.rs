//! Modifiers of types: `typmodin` and `typmodout`.

use super::{Oid, Typmod, well_known};
use std::fmt::Write as _;

/// The bytes that a length of characters and a precision count besides the value (`VARHDRSZ`).
const HEADER: i32 = 4;
/// Digits of the seconds at most.
pub(super) const MAX_SECONDS_PRECISION: i32 = 6;
/// An interval's modifier where no precision was written.
const FULL_PRECISION: i32 = 0xFFFF;
/// An interval's modifier where no fields were written.
const FULL_RANGE: i32 = 0x7FFF;
/// Digits of a `numeric` at most.
const MAX_NUMERIC_PRECISION: i32 = 1000;
/// Characters of a `varchar(n)` at most.
const MAX_CHARACTERS: i32 = 10 * 1024 * 1024;
/// Bits of a `bit(n)` at most.
const MAX_BITS: i32 = i32::MAX / 8;

/// The fields that an interval's modifier can name, by the engine's mask.
const INTERVAL_FIELDS: [(i32, &str); 13] = [
    (1 << 2, "year"),
    (1 << 1, "month"),
    (1 << 3, "day"),
    (1 << 10, "hour"),
    (1 << 11, "minute"),
    (1 << 12, "second"),
    (1 << 2 | 1 << 1, "year to month"),
    (1 << 3 | 1 << 10, "day to hour"),
    (1 << 3 | 1 << 10 | 1 << 11, "day to minute"),
    (1 << 3 | 1 << 10 | 1 << 11 | 1 << 12, "day to second"),
    (1 << 10 | 1 << 11, "hour to minute"),
    (1 << 10 | 1 << 11 | 1 << 12, "hour to second"),
    (1 << 11 | 1 << 12, "minute to second"),
];

/// A modifier as it is printed after a type's name, a word that belongs to the name included.
pub(super) fn modifier_text(oid: Oid, Typmod(typmod): Typmod) -> String {
    match oid {
        well_known::BPCHAR | well_known::VARCHAR if typmod > HEADER => {
            format!("({})", typmod - HEADER)
        }
        well_known::NUMERIC if typmod >= HEADER => {
            let (precision, scale) = numeric_parts(Typmod(typmod));
            format!("({precision},{scale})")
        }
        well_known::BIT | well_known::VARBIT => format!("({typmod})"),
        well_known::TIME | well_known::TIMESTAMP => format!("({typmod}) without time zone"),
        well_known::TIMETZ | well_known::TIMESTAMPTZ => format!("({typmod}) with time zone"),
        well_known::INTERVAL => {
            let (range, precision) = interval_parts(Typmod(typmod));
            let mut text = String::new();
            if let Some((_, fields)) = INTERVAL_FIELDS.iter().find(|(mask, _)| *mask == range) {
                let _ = write!(text, " {fields}");
            }
            if precision != FULL_PRECISION {
                let _ = write!(text, "({precision})");
            }
            text
        }
        well_known::BPCHAR | well_known::VARCHAR | well_known::NUMERIC => String::new(),
        _ => format!("({typmod})"),
    }
}

/// Precision and scale of a `numeric`'s modifier.
pub(super) fn numeric_parts(Typmod(typmod): Typmod) -> (i32, i32) {
    let packed = typmod - HEADER;
    ((packed >> 16) & 0xFFFF, ((packed & 0x7FF) ^ 1024) - 1024)
}

/// The mask of the fields of an interval's modifier, and the precision of its seconds.
pub(super) fn interval_parts(Typmod(typmod): Typmod) -> (i32, i32) {
    ((typmod >> 16) & FULL_RANGE, typmod & 0xFFFF)
}

/// Whether every value of a type with a modifier is one with another modifier, so that there is nothing to do: a longer text,
/// more digits (the support functions of the engine's conversions to a modifier).
#[must_use]
pub fn modifier_keeps_values(oid: Oid, from: Typmod, to: Typmod) -> bool {
    if from == to || !to.is_some() {
        return true;
    }
    match oid {
        well_known::VARCHAR | well_known::VARBIT => from.is_some() && to.0 >= from.0,
        well_known::NUMERIC => {
            let ((precision, scale), (wanted, wanted_scale)) =
                (numeric_parts(from), numeric_parts(to));
            from.is_some() && wanted_scale == scale && wanted >= precision
        }
        well_known::TIME | well_known::TIMETZ | well_known::TIMESTAMP | well_known::TIMESTAMPTZ => {
            to.0 >= MAX_SECONDS_PRECISION || (from.is_some() && to.0 >= from.0)
        }
        well_known::INTERVAL => {
            let (range, precision) = match from.is_some() {
                true => interval_parts(from),
                false => (FULL_RANGE, FULL_PRECISION),
            };
            let (wanted_range, wanted) = interval_parts(to);
            let keeps_fields = wanted_range == FULL_RANGE || wanted_range == range;
            keeps_fields && (wanted >= MAX_SECONDS_PRECISION || wanted >= precision)
        }
        _ => false,
    }
}

/// Why a modifier is refused, in the engine's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModifierMistake {
    /// The type takes none.
    NotAllowed,
    /// It is not what the type takes.
    Invalid(String),
}

fn invalid<T>(text: impl Into<String>) -> Result<T, ModifierMistake> {
    Err(ModifierMistake::Invalid(text.into()))
}

/// The modifier of a type as it is written: `(10, 2)` (`typmodin`). The second value says that a precision was lowered,
/// of which the engine warns. The version decides which scales `numeric` takes.
///
/// # Errors
///
/// Says what the type's own function refuses.
pub fn modifier(oid: Oid, written: &[&str], version: u16) -> Result<Typmod, ModifierMistake> {
    let numbers = || {
        let numbers: Option<Vec<i32>> = written
            .iter()
            .map(|text| super::input::integer4(text))
            .collect();
        match (numbers, written.first()) {
            (Some(numbers), _) => Ok(numbers),
            (None, bad) => {
                let bad = written
                    .iter()
                    .find(|text| super::input::integer4(text).is_none())
                    .or(bad);
                invalid(format!(
                    "invalid input syntax for type integer: \"{}\"",
                    bad.unwrap_or(&"")
                ))
            }
        }
    };
    match oid {
        well_known::NUMERIC => numeric(&numbers()?, version),
        well_known::VARCHAR | well_known::BPCHAR => {
            let name = if oid == well_known::VARCHAR {
                "varchar"
            } else {
                "char"
            };
            let length = one(&numbers()?)?;
            if length < 1 {
                return invalid(format!("length for type {name} must be at least 1"));
            }
            if length > MAX_CHARACTERS {
                return invalid(format!(
                    "length for type {name} cannot exceed {MAX_CHARACTERS}"
                ));
            }
            Ok(Typmod(length + HEADER))
        }
        well_known::BIT | well_known::VARBIT => {
            let name = if oid == well_known::BIT {
                "bit"
            } else {
                "varbit"
            };
            let length = one(&numbers()?)?;
            if length < 1 {
                return invalid(format!("length for type {name} must be at least 1"));
            }
            if length > MAX_BITS {
                return invalid(format!("length for type {name} cannot exceed {MAX_BITS}"));
            }
            Ok(Typmod(length))
        }
        well_known::TIME | well_known::TIMETZ | well_known::TIMESTAMP | well_known::TIMESTAMPTZ => {
            let zone = matches!(oid, well_known::TIMETZ | well_known::TIMESTAMPTZ);
            let name = match oid {
                well_known::TIME | well_known::TIMETZ => "TIME",
                _ => "TIMESTAMP",
            };
            let precision = one(&numbers()?)?;
            if precision < 0 {
                let zone = if zone { " WITH TIME ZONE" } else { "" };
                return invalid(format!(
                    "{name}({precision}){zone} precision must not be negative"
                ));
            }
            Ok(Typmod(precision.min(MAX_SECONDS_PRECISION)))
        }
        well_known::INTERVAL => interval(&numbers()?),
        _ => Err(ModifierMistake::NotAllowed),
    }
}

fn one(numbers: &[i32]) -> Result<i32, ModifierMistake> {
    match numbers {
        [number] => Ok(*number),
        _ => invalid("invalid type modifier"),
    }
}

fn numeric(numbers: &[i32], version: u16) -> Result<Typmod, ModifierMistake> {
    let (precision, scale) = match *numbers {
        [precision] => (precision, 0),
        [precision, scale] => (precision, scale),
        _ => return invalid("invalid NUMERIC type modifier"),
    };
    if !(1..=MAX_NUMERIC_PRECISION).contains(&precision) {
        return invalid(format!(
            "NUMERIC precision {precision} must be between 1 and {MAX_NUMERIC_PRECISION}"
        ));
    }
    // Until 14 the scale lay between 0 and the precision.
    if version < 15 && !(0..=precision).contains(&scale) {
        return invalid(format!(
            "NUMERIC scale {scale} must be between 0 and precision {precision}"
        ));
    }
    if !(-MAX_NUMERIC_PRECISION..=MAX_NUMERIC_PRECISION).contains(&scale) {
        return invalid(format!(
            "NUMERIC scale {scale} must be between -{MAX_NUMERIC_PRECISION} and {MAX_NUMERIC_PRECISION}"
        ));
    }
    Ok(Typmod(((precision << 16) | (scale & 0x7FF)) + HEADER))
}

fn interval(numbers: &[i32]) -> Result<Typmod, ModifierMistake> {
    let (range, precision) = match *numbers {
        [range] => (range, None),
        [range, precision] => (range, Some(precision)),
        _ => return invalid("invalid INTERVAL type modifier"),
    };
    let known = range == FULL_RANGE || INTERVAL_FIELDS.iter().any(|(mask, _)| *mask == range);
    if !known {
        return invalid("invalid INTERVAL type modifier");
    }
    match precision {
        None if range == FULL_RANGE => Ok(Typmod::NONE),
        None => Ok(Typmod((range << 16) | FULL_PRECISION)),
        Some(precision) if precision < 0 => invalid(format!(
            "INTERVAL({precision}) precision must not be negative"
        )),
        Some(precision) => Ok(Typmod((range << 16) | precision.min(MAX_SECONDS_PRECISION))),
    }
}

/// The mask of the fields of an interval, by their words in lower case; of no words, that of all.
#[must_use]
pub fn interval_range(fields: Option<&str>) -> i32 {
    let found = INTERVAL_FIELDS
        .iter()
        .find(|(_, words)| Some(*words) == fields);
    found.map_or(FULL_RANGE, |(mask, _)| *mask)
}
