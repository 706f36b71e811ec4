//! Those that are measured: each opens a connection of its own kind, and brings a database to the newest migration.

mod diesel;
mod raw;
mod refinery;
mod sqlx;
mod tablature;

pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A connection with the library that migrates over it.
pub(crate) trait Connection {
    /// Brings the database to the newest migration.
    fn migrate(&mut self) -> Result<(), Failure>;
}

/// What is applied.
pub(crate) struct History {
    pub(crate) files: Vec<String>,
    /// Where a database is that has all of it.
    pub(crate) made: String,
}

/// A way of applying migrations.
pub(crate) struct Contender {
    pub(crate) name: &'static str,
    /// Connects to a database.
    pub(crate) open: fn(&str, &History) -> Result<Box<dyn Connection>, Failure>,
}

/// All of them, the floor first.
pub(crate) const CONTENDERS: [Contender; 7] = [
    Contender {
        name: "raw",
        open: raw::open,
    },
    Contender {
        name: "tablature",
        open: tablature::synchronous,
    },
    Contender {
        name: "tablature, tokio",
        open: tablature::asynchronous,
    },
    Contender {
        name: "refinery",
        open: refinery::each,
    },
    Contender {
        name: "refinery, grouped",
        open: refinery::grouped,
    },
    Contender {
        name: "sqlx",
        open: sqlx::open,
    },
    Contender {
        name: "diesel",
        open: diesel::open,
    },
];
