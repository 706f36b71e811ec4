//! A start that goes on where the database cannot be brought up to date.

use crate::difference::{Difference, Object};
use crate::error::Error;
#[cfg(feature = "sqlite")]
use crate::migration::Migrations;
#[cfg(feature = "tokio-postgres")]
use crate::postgres_row::PostgresRow;
use crate::report::Report;
#[cfg(feature = "sqlite")]
use crate::row::Row;
#[cfg(feature = "sqlite")]
use crate::runner::Runner;
#[cfg(feature = "sqlite")]
use crate::sqlite;
use crate::status::Status;
#[cfg(feature = "sqlite")]
use rusqlite::Connection;
use std::fmt;
#[cfg(feature = "sqlite")]
use std::time::Duration;

/// What a program starts with: what [`Runner::start`] gives.
#[derive(Debug)]
#[must_use = "a degraded start is for the program to act on"]
pub enum Start {
    /// The database is up to date, and the schema is what the program was compiled for.
    Ready(Report),
    /// It is not, and the connection only reads.
    Degraded(Box<Degraded>),
}

/// Why a database could not be brought up to date, and what the program lacks in it.
#[derive(Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Degraded {
    /// What stood against it: the error of [`Runner::apply`]. Serialised as its message.
    #[cfg_attr(feature = "serde", serde(serialize_with = "message"))]
    pub error: Error,
    /// How the database stands to the migrations, with those that are pending and those that were applied; none if it
    /// cannot be read.
    pub status: Option<Status>,
    /// What the program was compiled for and the database does not have, or has otherwise; none if it cannot be read.
    pub missing: Option<Vec<Difference>>,
    /// The columns of tables and views of PostgreSQL whose values are not those that the program knows, as their type differs.
    #[cfg(feature = "tokio-postgres")]
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) of_other_types: Vec<OtherType>,
}

/// A column whose type is not what it was when the program was compiled.
#[cfg(feature = "tokio-postgres")]
#[derive(Debug)]
pub(crate) struct OtherType {
    /// The table or view, as differences name it.
    pub(crate) relation: String,
    pub(crate) column: String,
}

#[cfg(feature = "serde")]
fn message<S: serde::Serializer>(error: &Error, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(error)
}

impl Start {
    /// Whether the database is up to date.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        match self {
            Start::Ready(_) => true,
            Start::Degraded(_) => false,
        }
    }
}

impl Degraded {
    /// Whether the rows of a table or view of SQLite can be read on the connection: it is there, with all its columns as the
    /// program knows them.
    #[cfg(feature = "sqlite")]
    #[must_use]
    pub fn can_read<R: Row>(&self, connection: &Connection) -> bool {
        let is_one = |name: &str, other: &str| name.eq_ignore_ascii_case(other);
        // What a view is made of may be missing.
        !self.lacks(R::TABLE, R::COLUMNS, is_one)
            && sqlite::can_read(connection, R::TABLE, R::COLUMNS)
    }

    /// Whether the rows of a table or view of PostgreSQL can be read: it is there, with all its columns and their types as the
    /// program knows them.
    #[cfg(feature = "tokio-postgres")]
    #[must_use]
    pub fn can_read_rows<R: PostgresRow>(&self) -> bool {
        let relation = match R::SCHEMA {
            "public" => R::TABLE.to_owned(),
            schema => format!("{schema}.{}", R::TABLE),
        };
        let is_schema = |difference: &Difference| matches!(difference.object(), Object::Schema { name } if name == R::SCHEMA);
        let is_there = self
            .missing
            .as_ref()
            .is_some_and(|missing| !missing.iter().any(is_schema));
        let is_other = |other: &OtherType| {
            other.relation == relation && R::COLUMNS.contains(&other.column.as_str())
        };
        is_there
            && !self.lacks(&relation, R::COLUMNS, |name, other| name == other)
            && !self.of_other_types.iter().any(is_other)
    }

    /// Whether a table or view, or one of its columns, is missing or is another one; so is everything in a database that
    /// cannot be read.
    fn lacks(&self, relation: &str, columns: &[&str], is_one: fn(&str, &str) -> bool) -> bool {
        let Some(missing) = &self.missing else {
            return true;
        };
        missing.iter().any(|difference| match difference.object() {
            Object::Table { name } | Object::View { name } => is_one(name, relation),
            Object::Column { table, name } => {
                is_one(table, relation) && columns.iter().any(|column| is_one(name, column))
            }
            Object::Unique { .. }
            | Object::Check { .. }
            | Object::Constraint { .. }
            | Object::ForeignKey { .. }
            | Object::Index { .. }
            | Object::Trigger { .. }
            | Object::Schema { .. }
            | Object::Extension { .. }
            | Object::Type { .. }
            | Object::Sequence { .. }
            | Object::Routine { .. }
            | Object::NamedConstraint { .. }
            | Object::Policy { .. }
            | Object::Rule { .. } => false,
        })
    }
}

impl fmt::Display for Start {
    /// That of [`Report`] or of [`Degraded`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Start::Ready(report) => report.fmt(f),
            Start::Degraded(degraded) => degraded.fmt(f),
        }
    }
}

impl fmt::Display for Degraded {
    /// `read-only: ` and why, and then a line for all that is missing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "read-only: {}", self.error)?;
        match &self.missing {
            None => f.write_str("\nthe database cannot be read"),
            // The error is a list of them.
            Some(_) if matches!(self.error, Error::SchemaMismatch { .. }) => Ok(()),
            Some(missing) => missing
                .iter()
                .try_for_each(|difference| write!(f, "\n  {difference}")),
        }
    }
}

#[cfg(feature = "sqlite")]
impl Migrations {
    /// Applies every pending migration, or leaves a connection that only reads: [`Runner::start`] with the usual options.
    pub fn start(&self, connection: &mut Connection) -> Start {
        self.runner().start(connection)
    }
}

#[cfg(feature = "sqlite")]
impl Runner<'_> {
    /// Applies every pending migration as [`apply`](Self::apply) does. Where that fails, whatever the reason, the program
    /// can go on without writing: what is wrong and what is missing is told, and the connection only reads.
    ///
    /// That is done by `PRAGMA query_only`, so that nothing is written by accident to a database which is not the one that
    /// the program was compiled for. A later call with the same connection tries again. Where it succeeds, the setting is
    /// off.
    ///
    /// A database in which nothing is pending and which is as it should be is ready, also if its file is read-only.
    ///
    /// # Example
    ///
    /// A service that shows what it can and takes nothing new until somebody has looked:
    ///
    /// ```
    /// # #[cfg(any())]
    /// tablature::migrations!("migrations");
    /// # tablature::migrations!("../migrations");
    ///
    /// use tablature::rusqlite::Connection;
    /// use tablature::{Start, State};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let mut connection = Connection::open_in_memory()?;
    /// assert!(MIGRATIONS.start(&mut connection).is_ready());
    ///
    /// // Somebody repairs something by hand.
    /// connection.execute_batch("ALTER TABLE users RENAME COLUMN email TO mail")?;
    ///
    /// match MIGRATIONS.start(&mut connection) {
    ///     Start::Ready(report) => println!("{report}"),
    ///     Start::Degraded(degraded) => {
    ///         eprintln!("{degraded}");
    ///         assert!(!degraded.can_read::<User>(&connection));
    ///         assert!(degraded.can_read::<FairyTale>(&connection));
    ///         if let Some(State::Drifted { differences }) = degraded.status.map(|it| it.state) {
    ///             eprintln!("repair these {} differences", differences.len());
    ///         }
    ///         assert!(connection.execute("DELETE FROM fairy_tales", []).is_err());
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn start(&self, connection: &mut Connection) -> Start {
        sqlite::set_only_reads(connection, false);
        match self.apply(connection) {
            Ok(report) => Start::Ready(report),
            Err(error) => {
                let degraded = self.degraded(connection, error);
                sqlite::set_only_reads(connection, true);
                Start::Degraded(Box::new(degraded))
            }
        }
    }

    fn degraded(&self, connection: &Connection, error: Error) -> Degraded {
        let mut runner = self.clone();
        if let Error::Locked { .. } = error {
            // It has been waited for long enough.
            runner.busy_timeout = Duration::ZERO;
        }
        Degraded {
            error,
            status: runner.status(connection).ok(),
            missing: sqlite::missing(&runner, connection).ok(),
            #[cfg(feature = "tokio-postgres")]
            of_other_types: Vec::new(),
        }
    }
}
