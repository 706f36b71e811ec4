//! Calls of immutable functions.

use super::{Folded, Folder, Outcome, compare, length, number, text};
use crate::postgres::tree::Expr;
use crate::postgres::types::{Objects as _, Oid, Volatility};

/// Numbers below this one are those of the objects that the engine comes with.
const FIRST_NORMAL: Oid = Oid(16384);

/// A call of a function that the engine comes with, all of whose arguments are constant and none of them NULL.
pub(super) struct Call<'a> {
    pub(super) name: &'a str,
    /// The types of the parameters.
    pub(super) inputs: &'a [Oid],
    pub(super) result: Oid,
    pub(super) arguments: &'a [&'a str],
}

impl Call<'_> {
    /// The type of the first parameter.
    pub(super) fn first(&self) -> Option<Oid> {
        self.inputs.first().copied()
    }
}

impl Folder<'_> {
    /// A function or operator with its arguments.
    pub(super) fn call(self, function: Oid, arguments: &[Expr], variadic: bool) -> Outcome {
        let mut values = Vec::with_capacity(arguments.len());
        for argument in arguments {
            values.push(self.fold(argument)?);
        }
        let Some(function) = self.catalog.function(function) else {
            return Ok(Folded::Varies);
        };
        if let Some(count) = counted(&function.name, function.oid, variadic, &values) {
            return Ok(Folded::text(count.to_string()));
        }
        let is_null = values.contains(&Folded::NULL);
        if function.strict && is_null {
            return Ok(Folded::NULL);
        }
        let is_known = function.volatility == Volatility::Immutable
            && function.oid < FIRST_NORMAL
            && !variadic
            && values.len() == function.inputs.len();
        if !is_known {
            return Ok(Folded::Varies);
        }
        let mut texts = Vec::with_capacity(values.len());
        for value in &values {
            match value {
                Folded::Known(Some(text)) => texts.push(&**text),
                Folded::Known(None) | Folded::Varies => return Ok(Folded::Varies),
            }
        }
        let call = Call {
            name: &function.name,
            inputs: &function.inputs,
            result: function.result,
            arguments: &texts,
        };
        if let Some(value) = compare::call(&call) {
            return Ok(value);
        }
        for rule in [length::call, number::call, text::call] {
            if let Some(value) = rule(&call)? {
                return Ok(value);
            }
        }
        Ok(Folded::Varies)
    }
}

/// How many of the arguments are NULL, or are not, where that is what a function tells.
fn counted(name: &str, function: Oid, variadic: bool, values: &[Folded]) -> Option<usize> {
    let counts_nulls = match name {
        "num_nulls" => true,
        "num_nonnulls" => false,
        _ => return None,
    };
    if variadic || function >= FIRST_NORMAL || values.contains(&Folded::Varies) {
        return None;
    }
    let nulls = values.iter().filter(|it| **it == Folded::NULL).count();
    Some(match counts_nulls {
        true => nulls,
        false => values.len() - nulls,
    })
}
