//! `tablature.toml`: the dialect, the engine, what the application registers, lint levels, types and names.

mod dialect;
mod level;
mod reader;
mod rules;
mod server;
mod type_name;
mod version;

pub use dialect::Dialect;
pub use level::Level;
pub use rules::Rules;
pub use server::Server;
pub use type_name::{type_name, type_spelling};
pub use version::EngineVersion;

use crate::diagnostic::{Code, Diagnostic};
use crate::text::{FileId, Span};
use std::collections::BTreeMap;

/// The configuration of a migrations directory.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Config {
    /// The engine whose SQL the migrations are written in; none means SQLite.
    pub dialect: Option<Setting>,
    /// What comes before it, such as what a command line says.
    pub chosen_dialect: Option<Dialect>,
    /// What SQLite and the application know.
    pub rules: Rules,
    /// What the server of PostgreSQL knows.
    pub server: Server,
    /// Levels of lints that differ from their default.
    pub lints: BTreeMap<Code, Level>,
    /// Rust types by SQL type (upper case) or `table.column` (as written).
    pub types: BTreeMap<String, Setting>,
    /// Paths of derive macros for every struct and enum.
    pub derive: Vec<Setting>,
    /// Whether every row has a form that borrows.
    pub borrowed: bool,
    /// The file is not TOML, so that what could be read of it may be less than was written, or elsewhere.
    pub garbled: bool,
    /// What is said of single tables and views, by their names (as written).
    pub tables: BTreeMap<String, TableConfig>,
}

/// What is said of a table or view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableConfig {
    /// Its name, where it is written.
    pub key: Span,
    /// The name of its struct.
    pub struct_name: Option<Setting>,
    /// Paths of derive macros for its structs and enums, besides those for all.
    pub derive: Vec<Setting>,
    /// Whether its rows have a form that borrows; none if nothing is said of it.
    pub borrowed: Option<bool>,
}

/// A setting that is judged only when more is known: its text, and where to point when it is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// What is set, such as `jiff::Timestamp`; never empty.
    pub text: String,
    /// The key, such as `users.email`.
    pub key: Span,
    /// The value with its quotes.
    pub value: Span,
}

impl Config {
    /// Reads the text of `tablature.toml`.
    ///
    /// Every mistake is a diagnostic at its place; what is wrong is left out of the configuration and the rest is kept.
    #[must_use]
    pub fn read(file: FileId, text: &str) -> (Config, Vec<Diagnostic>) {
        reader::read(file, text)
    }
}
