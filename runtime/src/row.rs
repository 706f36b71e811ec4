//! Rows as structs: what the structs that `migrations!` generates implement, and what reading them can fail with.

use rusqlite::types::FromSqlError;
use std::fmt;

/// A row of a table or view as a struct; `migrations!` implements it for every struct that it generates.
///
/// Columns are found by name, so a query may list them in any order and select more of them.
///
/// ```
/// use tablature::Row;
/// use tablature::rusqlite::{self, Connection};
///
/// // What the macro writes for `CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL)`.
/// struct User {
///     id: i64,
///     email: String,
/// }
///
/// impl Row for User {
///     const TABLE: &'static str = "users";
///     const COLUMNS: &'static [&'static str] = &["id", "email"];
///
///     fn from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
///         Ok(Self { id: row.get("id")?, email: row.get("email")? })
///     }
/// }
///
/// let connection = Connection::open_in_memory()?;
/// connection.execute_batch(
///     "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
///      INSERT INTO users VALUES (1, 'rapunzel@tower.example');",
/// )?;
/// let user = connection.query_row("SELECT * FROM users", [], User::from_row)?;
/// assert_eq!(user.email, "rapunzel@tower.example");
/// # Ok::<(), rusqlite::Error>(())
/// ```
pub trait Row: Sized {
    /// The name of the table or view, in its creator's letter case and without quotes.
    const TABLE: &'static str;

    /// The names of the columns in the order of the table, in their creator's letter case and without quotes; hidden
    /// columns of virtual tables are left out.
    const COLUMNS: &'static [&'static str];

    /// Reads the struct from a row that has all of its columns.
    ///
    /// # Errors
    ///
    /// [`rusqlite::Error::InvalidColumnName`] if the row lacks a column, and the conversion errors of
    /// [`rusqlite::Row::get`] if a value is not of its field's type; a value that is none of an enum's is an
    /// [`UnknownValue`] inside [`rusqlite::Error::FromSqlConversionFailure`].
    fn from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self>;
}

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

impl UnknownValue {
    /// The error for a `value` that is no variant of `type_name`, as [`rusqlite::types::FromSql`] reports it.
    #[must_use]
    pub fn reading(type_name: &'static str, value: &str) -> FromSqlError {
        FromSqlError::other(Self {
            type_name,
            value: value.to_owned(),
        })
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a value of `{}`", self.value, self.type_name)
    }
}

impl std::error::Error for UnknownValue {}
