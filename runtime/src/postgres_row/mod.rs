//! Rows of PostgreSQL as structs: what the structs that `migrations!` generates implement.
//!
//! Both clients, the synchronous `postgres` and the asynchronous `tokio-postgres`, give rows of the same type, so that one
//! struct reads the rows of either.

mod composite;
mod domain;
mod interval;
mod range;
mod raw;
pub mod types;

pub use composite::{FieldReader, FieldWriter};
pub use domain::Domain;
pub use interval::Interval;
pub use range::Range;
pub use raw::Raw;

use std::borrow::Cow;
use std::future::Future;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Error, GenericClient};

/// A row of a table or view as a struct; `migrations!` implements it for every struct that it generates.
///
/// Columns are found by name, so a query may list them in any order and select more of them.
///
/// ```
/// use tablature::PostgresRow;
/// use tablature::tokio_postgres::{Error, Row};
///
/// // What the macro writes for `CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL)`.
/// struct User {
///     id: i64,
///     email: String,
/// }
///
/// impl PostgresRow for User {
///     const SCHEMA: &'static str = "public";
///     const TABLE: &'static str = "users";
///     const COLUMNS: &'static [&'static str] = &["id", "email"];
///     type Positions = [usize; 2];
///
///     fn positions(row: &Row) -> Result<[usize; 2], Error> {
///         tablature::postgres_row::positions(row, Self::COLUMNS)
///     }
///
///     fn from_row_at(row: &Row, at: &[usize; 2]) -> Result<Self, Error> {
///         Ok(Self { id: row.try_get(at[0])?, email: row.try_get(at[1])? })
///     }
/// }
///
/// fn emails(rows: &[Row]) -> Result<Vec<String>, Error> {
///     Ok(User::from_rows(rows)?.into_iter().map(|user| user.email).collect())
/// }
/// ```
pub trait PostgresRow: Sized {
    /// The schema of the table or view.
    const SCHEMA: &'static str;

    /// The name of the table or view, without quotes.
    const TABLE: &'static str;

    /// The names of the columns in the order of the table, without quotes.
    const COLUMNS: &'static [&'static str];

    /// Where the columns stand in a row: as many positions as there are columns, in their order.
    type Positions;

    /// Finds the columns in a row.
    ///
    /// # Errors
    ///
    /// The client's own, if the row lacks a column.
    fn positions(row: &tokio_postgres::Row) -> Result<Self::Positions, Error>;

    /// Reads the struct from a row in which the columns have these [`positions`](Self::positions).
    ///
    /// # Errors
    ///
    /// The client's own, if a value is not of its field's type.
    fn from_row_at(row: &tokio_postgres::Row, positions: &Self::Positions) -> Result<Self, Error>;

    /// Reads the struct from a row that has all of its columns.
    ///
    /// # Errors
    ///
    /// Those of [`positions`](Self::positions) and [`from_row_at`](Self::from_row_at).
    fn from_row(row: &tokio_postgres::Row) -> Result<Self, Error> {
        Self::from_row_at(row, &Self::positions(row)?)
    }

    /// Reads the structs from the rows of one query, whose columns are found once.
    ///
    /// # Errors
    ///
    /// Those of [`from_row`](Self::from_row).
    fn from_rows<'rows>(
        rows: impl IntoIterator<Item = &'rows tokio_postgres::Row>,
    ) -> Result<Vec<Self>, Error> {
        let mut positions = None;
        let mut found = Vec::new();
        for row in rows {
            let positions = match &positions {
                Some(known) => known,
                None => positions.insert(Self::positions(row)?),
            };
            found.push(Self::from_row_at(row, positions)?);
        }
        Ok(found)
    }
}

/// A row that can be inserted; `migrations!` implements it for the struct of each table, which is written as it is, and
/// for that of its new rows, in which the engine's defaults stand for `None`.
pub trait PostgresInsert: Sync {
    /// The row as the engine has it afterwards: with its defaults, its keys, what triggers made of it.
    type Inserted: PostgresRow;

    /// The statement, and its parameters in their order.
    fn statement(&self) -> (Cow<'static, str>, Vec<&(dyn ToSql + Sync)>);

    /// Inserts the row over the synchronous client: a `Client` or a `Transaction`.
    ///
    /// # Errors
    ///
    /// What the engine refuses: a key that is taken, a constraint that the row breaks.
    #[cfg(feature = "postgres")]
    fn insert(&self, client: &mut impl postgres::GenericClient) -> Result<Self::Inserted, Error> {
        let (statement, parameters) = self.statement();
        let row = client.query_one(&*statement, &parameters)?;
        Self::Inserted::from_row(&row)
    }

    /// Inserts the row over the asynchronous client: a `Client` or a `Transaction`.
    ///
    /// # Errors
    ///
    /// What the engine refuses: a key that is taken, a constraint that the row breaks.
    fn insert_async(
        &self,
        client: &(impl GenericClient + Sync),
    ) -> impl Future<Output = Result<Self::Inserted, Error>> + Send {
        async move {
            let (statement, parameters) = self.statement();
            let row = client.query_one(&*statement, &parameters).await?;
            Self::Inserted::from_row(&row)
        }
    }
}

/// Finds columns by their names in a row.
///
/// # Errors
///
/// The client's own, if the row lacks one of them.
pub fn positions<const N: usize>(
    row: &tokio_postgres::Row,
    columns: &[&str],
) -> Result<[usize; N], Error> {
    let mut positions = [0; N];
    for (position, name) in positions.iter_mut().zip(columns) {
        let found = row
            .columns()
            .iter()
            .position(|column| column.name() == *name);
        *position = match found {
            Some(found) => found,
            // The client itself says that there is no such column.
            None => row.try_get::<_, i32>(*name).map(|_| 0)?,
        };
    }
    Ok(positions)
}

/// Writes an INSERT with the columns that have a value; what the engine gives the others it says itself.
///
/// `table` and `columns` are written as SQL names; a column's cast, such as `::text`, stands behind its parameter.
/// `returning` is the list of columns that come back.
#[must_use]
pub fn insert_statement(table: &str, columns: &[(&str, &str)], returning: &str) -> String {
    if columns.is_empty() {
        return format!("INSERT INTO {table} DEFAULT VALUES RETURNING {returning}");
    }
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let values: Vec<String> = columns
        .iter()
        .enumerate()
        .map(|(position, (_, cast))| format!("${}{cast}", position + 1))
        .collect();
    format!(
        "INSERT INTO {table} ({}) VALUES ({}) RETURNING {returning}",
        names.join(", "),
        values.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::insert_statement;

    #[test]
    fn only_columns_with_a_value_are_written() {
        assert_eq!(
            insert_statement("\"t\"", &[("\"a\"", ""), ("\"b\"", "::text")], "\"id\""),
            "INSERT INTO \"t\" (\"a\", \"b\") VALUES ($1, $2::text) RETURNING \"id\""
        );
        assert_eq!(
            insert_statement("\"t\"", &[], "\"id\""),
            "INSERT INTO \"t\" DEFAULT VALUES RETURNING \"id\""
        );
    }
}
