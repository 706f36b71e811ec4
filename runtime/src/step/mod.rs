//! Steps: functions of the application that run after the statements of a migration, for data that SQL cannot compute.
//!
//! A comment before the first statement of a migration names one:
//!
//! ```sql
//! -- tablature: step crate::steps::fill_slugs
//! ALTER TABLE tales ADD COLUMN slug TEXT;
//! ```
//!
//! The statements run first, and then the function, in the same transaction; what it returns as an error ends the run, and
//! nothing of it remains. `migrations!` puts the path into `MIGRATIONS`, so that a function that is missing or takes
//! something else is a compile error. It also generates a module with the rows of the schema as it is then, named after the
//! version: `at_7`. A function that uses these compiles for as long as the migration is there, whatever becomes of the
//! tables later.
//!
//! ```
//! # /*
//! tablature::migrations!("migrations");
//! # */
//! # mod at_7 {
//! #     pub struct Tale { pub id: i64, pub title: String }
//! #     impl tablature::Row for Tale {
//! #         const TABLE: &'static str = "tales";
//! #         const COLUMNS: &'static [&'static str] = &["id", "title"];
//! #         type Positions = [usize; 2];
//! #         fn positions(s: &tablature::rusqlite::Statement<'_>) -> tablature::rusqlite::Result<[usize; 2]> {
//! #             tablature::row::positions(s, Self::COLUMNS)
//! #         }
//! #         fn from_row_at(
//! #             row: &tablature::rusqlite::Row<'_>,
//! #             at: &[usize; 2],
//! #         ) -> tablature::rusqlite::Result<Self> {
//! #             Ok(Tale { id: row.get(at[0])?, title: row.get(at[1])? })
//! #         }
//! #     }
//! # }
//!
//! mod steps {
//!     use crate::at_7::Tale;
//!     use tablature::Row;
//!     use tablature::rusqlite::Connection;
//!     use tablature::step::StepError;
//!
//!     pub fn fill_slugs(connection: &Connection) -> Result<(), StepError> {
//!         let mut tales = connection.prepare("SELECT * FROM tales")?;
//!         let mut fill = connection.prepare("UPDATE tales SET slug = ?2 WHERE id = ?1")?;
//!         for tale in Tale::query(&mut tales, [])? {
//!             let tale = tale?;
//!             fill.execute((tale.id, tale.title.to_lowercase().replace(' ', "-")))?;
//!         }
//!         Ok(())
//!     }
//! }
//! # fn main() -> Result<(), tablature::step::StepError> {
//! # let connection = tablature::rusqlite::Connection::open_in_memory()?;
//! # connection.execute_batch(
//! #     "CREATE TABLE tales (id INTEGER PRIMARY KEY, title TEXT NOT NULL, slug TEXT);
//! #      INSERT INTO tales (title) VALUES ('Tom Thumb')",
//! # )?;
//! # steps::fill_slugs(&connection)?;
//! # let slug: String = connection.query_row("SELECT slug FROM tales", [], |row| row.get(0))?;
//! # assert_eq!(slug, "tom-thumb");
//! # Ok(())
//! # }
//! ```
//!
//! A step changes rows and no schema: the schema that the compiler has seen is compared before the commit, and what a step
//! makes besides is refused. That comparison is also why an earlier schema can be found out, to go back or to adopt a
//! database, without running steps: there only statements run. A database that is adopted is taken to have had its steps.
//!
//! A step cannot end the run's transaction. BEGIN is refused by the engine. After a COMMIT, a ROLLBACK or a conflict that
//! rolls back, everything is undone, what the function does from then on cannot be committed, and the run ends with
//! [`Error::Step`](crate::Error::Step). To that end a commit hook is set on the connection while migrations with a step
//! run; one that the application has set before is gone afterwards.
//!
//! # On PostgreSQL
//!
//! The function is given the run's transaction, as one of the client that the application has:
//! `fn(&mut postgres::Transaction<'_>)` or `async fn(&tokio_postgres::Transaction<'_>)`, either of which returns
//! `Result<(), StepError>`. Which of the two it is tells its type; a run over the other client is refused before anything is
//! applied. The rows of the version, in `at_7`, are for both.
//!
//! ```
//! # #[cfg(all(feature = "postgres", feature = "tokio-postgres"))]
//! mod steps {
//!     use tablature::step::StepError;
//!     use tablature::{postgres, tokio_postgres};
//!
//!     pub fn fill_slugs(transaction: &mut postgres::Transaction<'_>) -> Result<(), StepError> {
//!         for row in transaction.query("SELECT id, title FROM tales", &[])? {
//!             let (id, title): (i64, String) = (row.try_get(0)?, row.try_get(1)?);
//!             let slug = title.to_lowercase().replace(' ', "-");
//!             transaction.execute("UPDATE tales SET slug = $2 WHERE id = $1", &[&id, &slug])?;
//!         }
//!         Ok(())
//!     }
//!
//!     pub async fn count(transaction: &tokio_postgres::Transaction<'_>) -> Result<(), StepError> {
//!         transaction.execute("UPDATE tales SET words = cardinality(string_to_array(title, ' '))", &[]).await?;
//!         Ok(())
//!     }
//! }
//! ```
//!
//! Such a transaction cannot be committed by the function, as it is only lent; a `transaction()` of it is a savepoint. A
//! COMMIT that a function sends as SQL fails, as a row of a temporary table breaks a foreign key that is looked at then, and
//! everything is rolled back. What a function does after it has sent a ROLLBACK is in no transaction of the run's: the run
//! ends with [`Error::Step`](crate::Error::Step), but what such a function then writes by itself is written.

#[cfg(feature = "tokio-postgres")]
mod server;

#[cfg(feature = "tokio-postgres")]
pub use server::{OnServer, Running, ServerClient, ServerStep, TransactionFuture, run_on_server};

/// Why a step failed: whatever the application likes.
pub type StepError = Box<dyn std::error::Error + Send + Sync>;

/// A function of the application, and the migration that it is a step of.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum StepFunction {
    /// On SQLite.
    #[cfg(feature = "sqlite")]
    Sqlite {
        /// The version of the migration.
        version: i64,
        /// The function.
        run: fn(&rusqlite::Connection) -> Result<(), StepError>,
    },
    /// On PostgreSQL.
    #[cfg(feature = "tokio-postgres")]
    Server {
        /// The version of the migration.
        version: i64,
        /// The function, of either client.
        run: for<'a> fn(OnServer<'a>) -> Running<'a>,
    },
}

impl StepFunction {
    /// The version of the migration.
    #[must_use]
    #[cfg(any(feature = "sqlite", feature = "tokio-postgres"))]
    pub fn version(&self) -> i64 {
        match self {
            #[cfg(feature = "sqlite")]
            StepFunction::Sqlite { version, .. } => *version,
            #[cfg(feature = "tokio-postgres")]
            StepFunction::Server { version, .. } => *version,
        }
    }
}
