//! `tablature.toml`: the dialect, the engine, what the application registers, lint levels, types and names.

mod rules;
mod version;

pub use rules::Rules;
pub use version::EngineVersion;

use crate::diagnostic::Code;
use std::collections::BTreeMap;

/// The configuration of a migrations directory.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Config {
    /// What the engine knows.
    pub rules: Rules,
    /// Levels of lints that differ from their default.
    pub lints: BTreeMap<Code, Level>,
    /// Rust types by SQL type (upper case) or `table.column` (as written).
    pub types: BTreeMap<String, String>,
    /// Names of row structs by table or view (as written).
    pub structs: BTreeMap<String, String>,
}

/// What becomes of a lint's finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Nothing.
    Allow,
    /// A warning.
    Warn,
    /// An error.
    Deny,
}
