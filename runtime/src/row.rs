//! Rows as structs: what the structs that `migrations!` generates implement, and what reading them can fail with.

pub use crate::unknown_value::UnknownValue;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ValueRef};
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

/// A row that can be read without copying its texts and bytes.
///
/// `migrations!` implements it for the structs of tables and views where `tablature.toml` says `borrowed = true`, for all or
/// under `[tables.<name>]`: `Tale` then has a `TaleRef<'row>` beside it, with `&str` for `String`, `&[u8]` for `Vec<u8>` and
/// [`ValueRef`] for `Value`. Where a row holds none of these, its borrowed form is the row itself.
///
/// ```
/// use tablature::rusqlite::{self, Connection, Statement};
/// use tablature::{BorrowedRow, Row};
///
/// // What the macro writes for `CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL)`.
/// struct User {
///     id: i64,
///     email: String,
/// }
/// struct UserRef<'row> {
///     id: i64,
///     email: &'row str,
/// }
/// # impl Row for User {
/// #     const TABLE: &'static str = "users";
/// #     const COLUMNS: &'static [&'static str] = &["id", "email"];
/// #     type Positions = [usize; 2];
/// #     fn positions(statement: &Statement<'_>) -> rusqlite::Result<[usize; 2]> {
/// #         tablature::row::positions(statement, Self::COLUMNS)
/// #     }
/// #     fn from_row_at(row: &rusqlite::Row<'_>, at: &[usize; 2]) -> rusqlite::Result<Self> {
/// #         Ok(Self { id: row.get(at[0])?, email: row.get(at[1])? })
/// #     }
/// # }
/// impl BorrowedRow for User {
///     type Ref<'row> = UserRef<'row>;
///
///     fn borrow_at<'row>(row: &'row rusqlite::Row<'_>, at: &[usize; 2]) -> rusqlite::Result<UserRef<'row>> {
///         Ok(UserRef { id: row.get(at[0])?, email: tablature::row::borrow(row, at[1])? })
///     }
/// }
///
/// let connection = Connection::open_in_memory()?;
/// connection.execute_batch(
///     "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
///      INSERT INTO users VALUES (1, 'rapunzel@tower.example'), (2, 'gothel@tower.example');",
/// )?;
/// let mut statement = connection.prepare("SELECT * FROM users")?;
/// let mut longest = 0;
/// User::for_each(&mut statement, [], |user| {
///     longest = longest.max(user.email.len());
///     Ok::<(), rusqlite::Error>(())
/// })?;
/// assert_eq!(longest, 22);
/// # Ok::<(), rusqlite::Error>(())
/// ```
pub trait BorrowedRow: Row {
    /// The row, as long as the statement stands on it.
    type Ref<'row>;

    /// Reads a row of a statement whose [`positions`](Row::positions) are known.
    ///
    /// # Errors
    ///
    /// Those of [`Row::from_row_at`].
    fn borrow_at<'row>(
        row: &'row rusqlite::Row<'_>,
        positions: &Self::Positions,
    ) -> rusqlite::Result<Self::Ref<'row>>;

    /// Runs a query and shows its rows one after the other.
    ///
    /// # Errors
    ///
    /// What the engine refuses, the errors of [`borrow_at`](Self::borrow_at), and the first error of `visit`, which ends it.
    fn for_each<P: rusqlite::Params, E: From<rusqlite::Error>>(
        statement: &mut rusqlite::Statement<'_>,
        parameters: P,
        mut visit: impl FnMut(Self::Ref<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut rows = statement.query(parameters)?;
        // As in `Row::query`.
        let mut positions = None;
        while let Some(row) = rows.next()? {
            let positions = match &positions {
                Some(known) => known,
                None => positions.insert(Self::positions(row.as_ref())?),
            };
            visit(Self::borrow_at(row, positions)?)?;
        }
        Ok(())
    }
}

/// What a row that borrows holds instead of what it would own; see [`BorrowedRow`].
pub trait FromSqlRef<'row>: Sized {
    /// Reads a value.
    ///
    /// # Errors
    ///
    /// If it is of another type, or a text that is not UTF-8.
    fn from_sql_ref(value: ValueRef<'row>) -> FromSqlResult<Self>;
}

impl<'row> FromSqlRef<'row> for &'row str {
    fn from_sql_ref(value: ValueRef<'row>) -> FromSqlResult<Self> {
        value.as_str()
    }
}

impl<'row> FromSqlRef<'row> for &'row [u8] {
    fn from_sql_ref(value: ValueRef<'row>) -> FromSqlResult<Self> {
        value.as_blob()
    }
}

impl<'row> FromSqlRef<'row> for ValueRef<'row> {
    fn from_sql_ref(value: ValueRef<'row>) -> FromSqlResult<Self> {
        Ok(value)
    }
}

impl<'row, T: FromSqlRef<'row>> FromSqlRef<'row> for Option<T> {
    fn from_sql_ref(value: ValueRef<'row>) -> FromSqlResult<Self> {
        match value {
            ValueRef::Null => Ok(None),
            value => T::from_sql_ref(value).map(Some),
        }
    }
}

/// Reads a value of a row without copying it: what [`BorrowedRow::borrow_at`] does in every generated struct.
///
/// # Errors
///
/// Those of [`rusqlite::Row::get`].
pub fn borrow<'row, T: FromSqlRef<'row>>(
    row: &'row rusqlite::Row<'_>,
    position: usize,
) -> rusqlite::Result<T> {
    let value = row.get_ref(position)?;
    T::from_sql_ref(value).map_err(|error| unreadable(row, position, value, error))
}

#[cold]
fn unreadable(
    row: &rusqlite::Row<'_>,
    position: usize,
    value: ValueRef<'_>,
    error: FromSqlError,
) -> rusqlite::Error {
    let found = value.data_type();
    match error {
        FromSqlError::InvalidType => {
            let name = row.as_ref().column_name(position);
            let name = name.map(str::to_owned).unwrap_or_default();
            rusqlite::Error::InvalidColumnType(position, name, found)
        }
        other => rusqlite::Error::FromSqlConversionFailure(position, found, Box::new(other)),
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
