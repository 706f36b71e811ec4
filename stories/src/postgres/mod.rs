//! The application on PostgreSQL.

mod generation;

/// The tables as structs, read from the migrations when this is compiled.
pub mod schema {
    tablature::migrations!("../migrations-postgres");
}

pub use schema::MIGRATIONS;
