//! What the engine refuses to compute.

use crate::postgres::types::{InputMistake, Oid};

/// What the engine refuses to compute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mistake {
    /// A number divided by zero.
    DivisionByZero,
    /// A number beyond what a type holds.
    OutOfRange {
        /// The type.
        typed: Oid,
    },
    /// A text longer than its type allows.
    TooLong {
        /// How many characters or bits it has.
        count: usize,
        /// How many the type takes.
        limit: usize,
    },
    /// Bits of another number than their type has.
    WrongLength {
        /// How many it has.
        count: usize,
        /// How many the type has.
        length: usize,
    },
    /// A number with more digits than its type allows.
    Overflow {
        /// How many digits it takes.
        precision: i32,
        /// How many of them after the point.
        scale: i32,
    },
    /// What the input function of a type refuses.
    Input(InputMistake),
    /// What a function refuses, in full.
    Refused(&'static str),
}
