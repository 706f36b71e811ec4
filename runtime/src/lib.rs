//! The schema of a Rust application is its migrations, and the compiler reads them.

pub mod migration;
#[cfg(feature = "sqlite")]
pub mod row;
pub mod schema;

pub use migration::Migrations;
#[cfg(feature = "sqlite")]
pub use row::Row;
#[cfg(feature = "sqlite")]
pub use rusqlite;
