//! The schema of a Rust application is its migrations, and the compiler reads them.

pub mod migration;
pub mod schema;

pub use migration::Migrations;
