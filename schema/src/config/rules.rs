//! What the engine and the application bring.

use super::EngineVersion;
use crate::catalog::Key;
use std::collections::BTreeSet;

/// What the engine knows beyond the catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// The oldest engine that the migrations must run on.
    pub engine_version: EngineVersion,
    /// Functions, collations and modules that the application registers.
    pub registered: BTreeSet<Key>,
}

impl Rules {
    /// Whether the application registers a function, collation or module of that name.
    #[must_use]
    pub fn is_registered(&self, name: &str) -> bool {
        self.registered.contains(&Key::new(name))
    }
}

impl Default for Rules {
    fn default() -> Rules {
        Rules {
            engine_version: EngineVersion::BUNDLED,
            registered: BTreeSet::new(),
        }
    }
}
