//! A migration that is not gone back over without being asked for by name.

use std::fmt;

/// Why a migration is not gone back over.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal {
    /// The number in the migration's file name.
    pub version: i64,
    /// The rest of the migration's file name.
    pub name: String,
    /// Why: what it loses, or that there is no down file.
    pub reasons: Vec<String>,
    /// Whether naming the migration lets it run; false if there is nothing to run.
    pub can_be_accepted: bool,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "migration {} `{}`: {}",
            self.version,
            self.name,
            self.reasons.join("; ")
        )
    }
}
