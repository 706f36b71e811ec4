//! Arithmetic, comparisons and conversions of numbers.

use super::boolean::truth;
use super::call::Call;
use super::{Folded, Mistake};
use crate::postgres::types::Decimal;
use crate::postgres::types::{Oid, well_known};
use std::cmp::Ordering;

/// The value of a call on numbers; none if it is another one.
pub(super) fn call(call: &Call<'_>) -> Result<Option<Folded>, Mistake> {
    match (call.name, call.arguments) {
        ("int2" | "int4" | "int8", [value]) => to_integer(value, call),
        ("numeric", [value]) if call.first().is_some_and(is_whole) => Ok(Some(Folded::text(value))),
        ("float4" | "float8", [value]) if call.first() != Some(well_known::JSONB) => {
            to_float(value, call.result)
        }
        ("abs", [value]) => negated(value, call, value.starts_with('-')),
        ("int2um" | "int4um" | "int8um" | "numeric_uminus", [value]) => negated(value, call, true),
        ("sqrt", [value]) if value.starts_with('-') && is_nonzero(value) => {
            Err(Mistake::Refused("a negative number has no square root"))
        }
        ("ln" | "log", [value]) if value.starts_with('-') || !is_nonzero(value) => {
            Err(Mistake::Refused("only a number above zero has a logarithm"))
        }
        ("interval_div", [_, "0"]) => Err(Mistake::DivisionByZero),
        (_, [left, right]) => match kind(call) {
            Some(Kind::Whole(operation)) => whole(operation, left, right, call.result),
            Some(Kind::Decimal(operation)) => decimal(operation, left, right),
            Some(Kind::Float(operation)) => float(operation, left, right),
            None => Ok(None),
        },
        _ => Ok(None),
    }
}

#[derive(Clone, Copy)]
enum Operation {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Compare(fn(Ordering) -> bool),
}

enum Kind {
    Whole(Operation),
    Decimal(Operation),
    Float(Operation),
}

fn is_whole(oid: Oid) -> bool {
    matches!(oid, well_known::INT2 | well_known::INT4 | well_known::INT8)
}

/// Whether a number is another one than zero; a text that is none counts as such.
fn is_nonzero(text: &str) -> bool {
    Decimal::parse(text).is_none_or(|it| !it.is_zero())
}

fn is_float(oid: Oid) -> bool {
    matches!(oid, well_known::FLOAT4 | well_known::FLOAT8)
}

/// What `int48pl`, `numeric_add` and their kin do.
fn kind(call: &Call<'_>) -> Option<Kind> {
    let operation = operation(call.name)?;
    if call.inputs.iter().all(|it| is_whole(*it)) {
        return Some(Kind::Whole(operation));
    }
    if call.inputs.iter().all(|it| *it == well_known::NUMERIC) {
        return Some(Kind::Decimal(operation));
    }
    let are_floats = call.inputs.iter().all(|it| is_float(*it));
    are_floats.then_some(Kind::Float(operation))
}

fn operation(name: &str) -> Option<Operation> {
    let word = match name.strip_prefix("numeric_") {
        Some(word) => word,
        None => match name.strip_prefix("int").or(name.strip_prefix("float")) {
            Some(rest) => rest.trim_start_matches(|it: char| it.is_ascii_digit()),
            None => name,
        },
    };
    Some(match word {
        "pl" | "add" => Operation::Add,
        "mi" | "sub" => Operation::Subtract,
        "mul" => Operation::Multiply,
        "div" => Operation::Divide,
        "mod" => Operation::Remainder,
        "eq" => Operation::Compare(Ordering::is_eq),
        "ne" => Operation::Compare(Ordering::is_ne),
        "lt" => Operation::Compare(Ordering::is_lt),
        "le" => Operation::Compare(Ordering::is_le),
        "gt" => Operation::Compare(Ordering::is_gt),
        "ge" => Operation::Compare(Ordering::is_ge),
        _ => return None,
    })
}

/// A whole number within the range of its type.
fn in_range(value: Option<i128>, typed: Oid) -> Result<Option<Folded>, Mistake> {
    let fits = |value: &i128| match typed {
        well_known::INT2 => i16::try_from(*value).is_ok(),
        well_known::INT4 => i32::try_from(*value).is_ok(),
        _ => i64::try_from(*value).is_ok(),
    };
    match value.filter(fits) {
        Some(value) => Ok(Some(Folded::text(value.to_string()))),
        None => Err(Mistake::OutOfRange { typed }),
    }
}

fn to_integer(value: &str, call: &Call<'_>) -> Result<Option<Folded>, Mistake> {
    let typed = call.result;
    match call.first() {
        Some(source) if is_whole(source) => in_range(value.parse().ok(), typed),
        Some(well_known::NUMERIC) => match Decimal::parse(value) {
            Some(number) => in_range(number.to_whole(), typed),
            None => Err(Mistake::Refused(
                "NaN and infinity cannot be converted to a whole number",
            )),
        },
        Some(source) if is_float(source) => {
            let Ok(number) = value.parse::<f64>() else {
                return Ok(None);
            };
            // Halves go to the even number (`rint`).
            let rounded = number.round_ties_even();
            let is_near = rounded.abs() < 1e30;
            #[expect(clippy::cast_possible_truncation, reason = "it was looked at")]
            let whole = is_near.then_some(rounded as i128);
            in_range(whole, typed)
        }
        _ => Ok(None),
    }
}

fn to_float(value: &str, typed: Oid) -> Result<Option<Folded>, Mistake> {
    let Ok(number) = value.parse::<f64>() else {
        return Ok(None);
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "what is lost is looked for"
    )]
    let is_lost = match typed == well_known::FLOAT4 {
        true => (number as f32).is_infinite() || (number as f32 == 0.0 && number != 0.0),
        false => number.is_infinite(),
    };
    // A number that is written as infinite stays so.
    match is_lost && !value.ends_with("nfinity") {
        true => Err(Mistake::OutOfRange { typed }),
        false => Ok(Some(Folded::text(value))),
    }
}

fn negated(value: &str, call: &Call<'_>, turns: bool) -> Result<Option<Folded>, Mistake> {
    let Some(Decimal { .. }) = Decimal::parse(value) else {
        return Ok(None);
    };
    let turned = match (turns, value.strip_prefix('-')) {
        (false, _) => value.to_owned(),
        (true, Some(rest)) => rest.to_owned(),
        (true, None) => format!("-{value}"),
    };
    if is_whole(call.result) {
        return in_range(turned.parse().ok(), call.result);
    }
    match call.result == well_known::NUMERIC {
        true => Ok(Decimal::parse(&turned).map(|it| Folded::text(it.to_string()))),
        false => Ok(None),
    }
}

fn whole(
    operation: Operation,
    left: &str,
    right: &str,
    typed: Oid,
) -> Result<Option<Folded>, Mistake> {
    let (Ok(left), Ok(right)) = (left.parse::<i128>(), right.parse::<i128>()) else {
        return Ok(None);
    };
    let value = match operation {
        Operation::Add => left + right,
        Operation::Subtract => left - right,
        Operation::Multiply => left * right,
        Operation::Divide | Operation::Remainder if right == 0 => {
            return Err(Mistake::DivisionByZero);
        }
        Operation::Divide => left / right,
        Operation::Remainder => left % right,
        Operation::Compare(holds) => return Ok(Some(truth(holds(left.cmp(&right))))),
    };
    in_range(Some(value), typed)
}

fn decimal(operation: Operation, left: &str, right: &str) -> Result<Option<Folded>, Mistake> {
    let (Some(left), Some(right)) = (Decimal::parse(left), Decimal::parse(right)) else {
        return Ok(None);
    };
    let scale = left.scale().max(right.scale());
    let units = left.units(scale).zip(right.units(scale));
    let value = match operation {
        Operation::Divide | Operation::Remainder if right.is_zero() => {
            return Err(Mistake::DivisionByZero);
        }
        // How many digits the engine gives depends on the operands' weights.
        Operation::Divide => None,
        Operation::Add => units.map(|(left, right)| (left + right, scale)),
        Operation::Subtract => units.map(|(left, right)| (left - right, scale)),
        Operation::Remainder => units.map(|(left, right)| (left % right, scale)),
        Operation::Multiply => {
            let (left_units, right_units) = (left.units(left.scale()), right.units(right.scale()));
            let product = left_units.zip(right_units);
            let product = product.and_then(|(one, other)| one.checked_mul(other));
            product.map(|it| (it, left.scale() + right.scale()))
        }
        Operation::Compare(holds) => {
            return Ok(units.map(|(left, right)| truth(holds(left.cmp(&right)))));
        }
    };
    Ok(value.map(|(units, scale)| Folded::text(Decimal::from_units(units, scale).to_string())))
}

fn float(operation: Operation, left: &str, right: &str) -> Result<Option<Folded>, Mistake> {
    let (Ok(left), Ok(right)) = (left.parse::<f64>(), right.parse::<f64>()) else {
        return Ok(None);
    };
    let value = match operation {
        Operation::Add => left + right,
        Operation::Subtract => left - right,
        Operation::Multiply => left * right,
        Operation::Divide if right == 0.0 && !left.is_nan() => return Err(Mistake::DivisionByZero),
        Operation::Divide => left / right,
        Operation::Remainder | Operation::Compare(_) => return Ok(None),
    };
    if value.is_infinite() && left.is_finite() && right.is_finite() {
        let typed = well_known::FLOAT8;
        return Err(Mistake::OutOfRange { typed });
    }
    // Its digits are the engine's to choose.
    Ok(None)
}
