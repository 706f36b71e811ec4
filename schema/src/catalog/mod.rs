//! What the migrations have built so far: plain data, written by replay alone. Each engine has a catalog of its own kind;
//! what these are made of, and what is said of all of them, is here.

mod key;
mod log;
mod map;
mod provenance;

pub use key::Key;
pub use log::Log;
pub use map::Map;
pub use provenance::{Change, ChangeKind, Provenance};

#[cfg(feature = "postgres")]
use crate::postgres;
use crate::sqlite;

/// The catalog of the engine whose SQL the migrations are written in.
#[derive(Debug, Clone)]
pub enum Catalog {
    /// Of SQLite.
    Sqlite(sqlite::catalog::Catalog),
    /// Of PostgreSQL.
    #[cfg(feature = "postgres")]
    Postgres(Box<postgres::catalog::Catalog>),
}

impl Catalog {
    /// The catalog, if the engine is SQLite.
    #[must_use]
    pub fn sqlite(&self) -> Option<&sqlite::catalog::Catalog> {
        match self {
            Catalog::Sqlite(catalog) => Some(catalog),
            #[cfg(feature = "postgres")]
            Catalog::Postgres(_) => None,
        }
    }

    /// The catalog, if the engine is PostgreSQL.
    #[cfg(feature = "postgres")]
    #[must_use]
    pub fn postgres(&self) -> Option<&postgres::catalog::Catalog> {
        match self {
            Catalog::Sqlite(_) => None,
            Catalog::Postgres(catalog) => Some(catalog),
        }
    }
}
