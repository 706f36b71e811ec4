//! Comparisons of values of one type, and of a value with those of a list.

use super::boolean::truth;
use super::call::Call;
use super::{Folded, Folder, Outcome};
use crate::postgres::tree::{ArrayComparison, Expr, OperatorCall};
use crate::postgres::types::{Objects as _, Oid, compare, well_known};
use std::cmp::Ordering;

/// How the functions that compare values of a type are named: this, and what they ask.
fn prefix(oid: Oid) -> Option<&'static str> {
    Some(match oid {
        well_known::BOOL => "bool",
        well_known::FLOAT4 => "float4",
        well_known::FLOAT8 => "float8",
        well_known::DATE => "date_",
        well_known::TIME => "time_",
        well_known::TIMESTAMP => "timestamp_",
        // They are those of `timestamp`.
        well_known::TIMESTAMPTZ => "timestamptz_",
        well_known::UUID => "uuid_",
        _ => return None,
    })
}

fn question(word: &str) -> Option<fn(Ordering) -> bool> {
    Some(match word {
        "eq" => Ordering::is_eq,
        "ne" => Ordering::is_ne,
        "lt" => Ordering::is_lt,
        "le" => Ordering::is_le,
        "gt" => Ordering::is_gt,
        "ge" => Ordering::is_ge,
        _ => return None,
    })
}

/// The value of a comparison of two values of one type; none if the call is another one.
pub(super) fn call(call: &Call<'_>) -> Option<Folded> {
    let ([left, right], [oid, other]) = (call.arguments, call.inputs) else {
        return None;
    };
    if oid != other {
        return None;
    }
    let holds = question(call.name.strip_prefix(prefix(*oid)?)?)?;
    compare(*oid, left, right).map(|order| truth(holds(order)))
}

impl Folder<'_> {
    /// `value = ANY (ARRAY[…])` and ALL, as OR and AND of comparisons.
    pub(super) fn array_comparison(self, comparison: &ArrayComparison) -> Outcome {
        let array = match &comparison.array {
            // The elements are converted to a type whose values are printed alike.
            Expr::ArrayCoercion(it) if self.keeps_texts(&it.element) => &it.operand,
            array => array,
        };
        let function = self.catalog.operator(comparison.operator);
        let (Expr::Array(array), Some(function)) = (array, function.and_then(|it| it.function))
        else {
            self.parts([&comparison.value, &comparison.array])?;
            return Ok(Folded::Varies);
        };
        let decisive = truth(comparison.any);
        let mut found = truth(!comparison.any);
        for element in &array.elements {
            let operands = [comparison.value.clone(), element.clone()];
            match self.call(function, &operands, false)? {
                value if value == decisive => return Ok(decisive),
                Folded::Known(None) if found != Folded::Varies => found = Folded::NULL,
                Folded::Known(_) => {}
                Folded::Varies => found = Folded::Varies,
            }
        }
        Ok(found)
    }

    /// `a IS DISTINCT FROM b`: NULL is a value like others.
    pub(super) fn distinct(self, operator: &OperatorCall) -> Outcome {
        let [left, right] = operator.arguments.as_slice() else {
            return self.parts(&operator.arguments);
        };
        let (one, other) = (self.fold(left)?, self.fold(right)?);
        let (Folded::Known(one), Folded::Known(other)) = (one, other) else {
            return Ok(Folded::Varies);
        };
        if one.is_none() || other.is_none() {
            return Ok(truth(one.is_none() != other.is_none()));
        }
        let function = self.catalog.operator(operator.operator);
        let Some(function) = function.and_then(|it| it.function) else {
            return Ok(Folded::Varies);
        };
        Ok(match self.call(function, &operator.arguments, false)? {
            value if value == truth(true) => truth(false),
            value if value == truth(false) => truth(true),
            _ => Folded::Varies,
        })
    }
}
