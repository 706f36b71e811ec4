//! Rows as structs: what the structs that `migrations!` generates implement, and what reading them can fail with.

use rusqlite::types::{FromSql, FromSqlError, ToSql};
use std::fmt;

/// A row of a table or view as a struct; `migrations!` implements it for every struct that it generates.
///
/// Columns are found by name, so a query may list them in any order and select more of them.
///
/// ```
/// use tablature::Row;
/// use tablature::rusqlite::{self, Connection, Statement};
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
///     type Positions = [usize; 2];
///
///     fn positions(statement: &Statement<'_>) -> rusqlite::Result<[usize; 2]> {
///         Ok([statement.column_index("id")?, statement.column_index("email")?])
///     }
///
///     fn from_row_at(row: &rusqlite::Row<'_>, at: &[usize; 2]) -> rusqlite::Result<Self> {
///         Ok(Self { id: row.get(at[0])?, email: row.get(at[1])? })
///     }
/// }
///
/// let connection = Connection::open_in_memory()?;
/// connection.execute_batch(
///     "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
///      INSERT INTO users VALUES (1, 'rapunzel@tower.example'), (2, 'gothel@tower.example');",
/// )?;
/// let user = connection.query_row("SELECT * FROM users WHERE id = 1", [], User::from_row)?;
/// assert_eq!(user.email, "rapunzel@tower.example");
///
/// let mut statement = connection.prepare("SELECT email, id FROM users ORDER BY id")?;
/// let users: Vec<User> = User::query(&mut statement, [])?.collect::<Result<_, _>>()?;
/// assert_eq!(users[1].id, 2);
/// # Ok::<(), rusqlite::Error>(())
/// ```
pub trait Row: Sized {
    /// The name of the table or view, in its creator's letter case and without quotes.
    const TABLE: &'static str;

    /// The names of the columns in the order of the table, in their creator's letter case and without quotes; hidden
    /// columns of virtual tables are left out.
    const COLUMNS: &'static [&'static str];

    /// Where the columns stand in the rows of a statement: as many positions as there are columns, in their order.
    type Positions;

    /// Finds the columns in the rows of a statement.
    ///
    /// # Errors
    ///
    /// [`rusqlite::Error::InvalidColumnName`] if the rows lack a column.
    fn positions(statement: &rusqlite::Statement<'_>) -> rusqlite::Result<Self::Positions>;

    /// Reads the struct from a row of a statement whose [`positions`](Self::positions) are known.
    ///
    /// # Errors
    ///
    /// The conversion errors of [`rusqlite::Row::get`] if a value is not of its field's type; a value that is none of
    /// an enum's is an [`UnknownValue`] inside [`rusqlite::Error::FromSqlConversionFailure`].
    fn from_row_at(row: &rusqlite::Row<'_>, positions: &Self::Positions) -> rusqlite::Result<Self>;

    /// Reads the struct from a row that has all of its columns.
    ///
    /// # Errors
    ///
    /// Those of [`positions`](Self::positions) and [`from_row_at`](Self::from_row_at).
    fn from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Self::from_row_at(row, &Self::positions(row.as_ref())?)
    }

    /// Runs a query and reads its rows one after the other.
    ///
    /// The columns are found once, so that this costs what reading by position costs.
    ///
    /// # Errors
    ///
    /// What the engine refuses before the first row; the items are the errors of [`from_row`](Self::from_row) and what
    /// the engine refuses later.
    fn query<'statement, P: rusqlite::Params>(
        statement: &'statement mut rusqlite::Statement<'_>,
        parameters: P,
    ) -> rusqlite::Result<impl Iterator<Item = rusqlite::Result<Self>> + use<'statement, P, Self>>
    {
        // The engine may prepare a statement anew before its first row, and `*` then stands for other columns.
        let mut positions = None;
        statement.query_map(parameters, move |row| {
            let positions = match &positions {
                Some(known) => known,
                None => positions.insert(Self::positions(row.as_ref())?),
            };
            Self::from_row_at(row, positions)
        })
    }
}

/// Finds columns in the rows of a statement: what [`Row::positions`] does in every generated struct.
///
/// # Errors
///
/// [`rusqlite::Error::InvalidColumnName`] if the rows lack a column, [`rusqlite::Error::InvalidColumnIndex`] if more
/// positions are wanted than there are `columns`.
pub fn positions<const N: usize>(
    statement: &rusqlite::Statement<'_>,
    columns: &[&str],
) -> rusqlite::Result<[usize; N]> {
    let columns: &[&str; N] = columns
        .first_chunk()
        .ok_or(rusqlite::Error::InvalidColumnIndex(N))?;
    let mut positions = [0; N];
    for (position, column) in positions.iter_mut().zip(columns) {
        *position = statement.column_index(column)?;
    }
    Ok(positions)
}

/// A row that can be written; `migrations!` implements it for the rows and the new rows of every ordinary
/// table, and for the rows of full-text tables and R*Trees.
///
/// Many rows are written fastest by one statement:
///
/// ```
/// use tablature::rusqlite::{self, Connection};
/// use tablature::Insert;
///
/// fn insert_all<T: Insert>(connection: &Connection, rows: &[T]) -> rusqlite::Result<()> {
///     let mut statement = connection.prepare(T::INSERT)?;
///     for row in rows {
///         row.insert_with(&mut statement)?;
///     }
///     Ok(())
/// }
/// ```
pub trait Insert {
    /// The INSERT statement for one row with a parameter for each field. Generated columns are left out; in a new row the
    /// key that the engine chooses is too, and NULL stands for a column's default.
    const INSERT: &'static str;

    /// Inserts the row with a statement that was prepared from [`INSERT`](Self::INSERT).
    ///
    /// # Errors
    ///
    /// What the engine refuses: a key that is taken, a constraint that the row breaks.
    fn insert_with(&self, statement: &mut rusqlite::Statement<'_>) -> rusqlite::Result<()>;
}

/// What a type has to be that `[types]` in `tablature.toml` gives to columns; every type with these traits is.
///
/// A generated struct with such a field has no `PartialEq` of its own unless the type is the standard library's;
/// `derive = ["PartialEq"]` in `tablature.toml` adds it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the type of a column, as `[types]` in `tablature.toml` says",
    label = "`{Self}` lacks one of the traits of a column's type",
    note = "it needs `Debug`, `Clone`, `tablature::rusqlite::types::FromSql` and `tablature::rusqlite::types::ToSql`"
)]
pub trait ColumnType: fmt::Debug + Clone + FromSql + ToSql {}

#[diagnostic::do_not_recommend]
impl<T: fmt::Debug + Clone + FromSql + ToSql> ColumnType for T {}

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
