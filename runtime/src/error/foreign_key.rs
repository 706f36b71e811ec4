//! A row that breaks a foreign key.

use std::fmt;

/// A row that refers to a row that does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ForeignKeyViolation {
    /// The table of the row.
    pub table: String,
    /// The row; none in a WITHOUT ROWID table.
    pub rowid: Option<i64>,
    /// The table that it refers to.
    pub parent: String,
}

impl ForeignKeyViolation {
    /// The greatest number of violations that an error carries.
    pub const LIMIT: usize = 100;
}

impl fmt::Display for ForeignKeyViolation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.rowid {
            Some(rowid) => write!(
                f,
                "row {rowid} of `{}` refers to no row of `{}`",
                self.table, self.parent
            ),
            None => write!(
                f,
                "a row of `{}` refers to no row of `{}`",
                self.table, self.parent
            ),
        }
    }
}
