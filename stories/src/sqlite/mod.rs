//! The application on SQLite.

mod generation;

/// The tables as structs, read from the migrations when this is compiled.
pub mod schema {
    tablature::migrations!("../migrations");
}

pub use schema::MIGRATIONS;
