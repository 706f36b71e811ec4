//! Which of two values comes first, by the form in which they are printed.

use super::calendar::{day_and_time, time_of_day};
use crate::postgres::types::{Decimal, Oid, well_known};
use std::cmp::Ordering;

/// Which of two values of a type comes first; none if that depends on more than their texts, as with collations.
pub(crate) fn compare(oid: Oid, left: &str, right: &str) -> Option<Ordering> {
    match oid {
        well_known::INT2 | well_known::INT4 | well_known::INT8 | well_known::OID => {
            Some(left.parse::<i64>().ok()?.cmp(&right.parse().ok()?))
        }
        well_known::NUMERIC => special(left, right).or_else(|| {
            let (left, right) = (Decimal::parse(left)?, Decimal::parse(right)?);
            let scale = left.scale().max(right.scale());
            Some(left.units(scale)?.cmp(&right.units(scale)?))
        }),
        well_known::FLOAT4 | well_known::FLOAT8 => special(left, right)
            .or_else(|| left.parse::<f64>().ok()?.partial_cmp(&right.parse().ok()?)),
        well_known::DATE | well_known::TIMESTAMP | well_known::TIMESTAMPTZ => {
            special(left, right).or_else(|| Some(day_and_time(left)?.cmp(&day_and_time(right)?)))
        }
        well_known::TIME => Some(time_of_day(left)?.cmp(&time_of_day(right)?)),
        // False comes before true, and the digits of an identifier are printed in order.
        well_known::BOOL | well_known::UUID => Some(left.cmp(right)),
        _ => None,
    }
}

/// What is said of infinities and of what is no number, which is greater than all others.
fn special(left: &str, right: &str) -> Option<Ordering> {
    let rank = |text: &str| match text {
        "-Infinity" | "-infinity" => -1,
        "Infinity" | "infinity" => 1,
        "NaN" => 2,
        _ => 0,
    };
    let (left, right) = (rank(left), rank(right));
    (left != 0 || right != 0).then(|| left.cmp(&right))
}
