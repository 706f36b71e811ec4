//! Values that no variant of an enum stands for.

use std::fmt;

/// A value that the database holds and that is no variant of the enum generated from the column's CHECK constraint.
///
/// The constraint keeps such values out; one that was written while `PRAGMA ignore_check_constraints` was on is
/// found when it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownValue {
    /// The name of the Rust enum.
    pub type_name: &'static str,
    /// What was read.
    pub value: String,
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a value of `{}`", self.value, self.type_name)
    }
}

impl std::error::Error for UnknownValue {}
