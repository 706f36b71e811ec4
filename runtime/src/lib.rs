//! The schema of a Rust application is its migrations, and the compiler reads them.

pub mod difference;
mod error;
pub mod migration;
#[cfg(feature = "sqlite")]
mod plan;
mod report;
#[cfg(feature = "sqlite")]
pub mod row;
#[cfg(feature = "sqlite")]
mod runner;
pub mod schema;
#[cfg(feature = "sqlite")]
mod source;
#[cfg(feature = "sqlite")]
mod sqlite;

pub use error::{DatabaseError, Error, ForeignKeyViolation, StatementError};
pub use migration::Migrations;
pub use report::{Applied, Report};
#[cfg(feature = "sqlite")]
pub use row::{Insert, Row};
#[cfg(feature = "sqlite")]
pub use runner::Runner;
#[cfg(feature = "sqlite")]
pub use rusqlite;
#[cfg(feature = "macros")]
pub use tablature_macros::migrations;
