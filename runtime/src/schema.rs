//! A schema as data: what the compiler expects and what a database has are values of the same types.
//!
//! [`differences`](crate::difference::differences) compares two of them.

pub use tablature_model::postgres;
pub use tablature_model::schema::*;

/// Reads the schema of a SQLite database: of `main`, not of the temporary or of attached databases.
///
/// # Errors
///
/// What the engine reports, such as a virtual table whose module the connection does not have.
#[cfg(feature = "sqlite")]
pub fn read(connection: &rusqlite::Connection) -> rusqlite::Result<Schema> {
    crate::sqlite::schema(connection)
}
