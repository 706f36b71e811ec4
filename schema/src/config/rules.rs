//! What the engine and the application bring.

use super::{EngineVersion, type_name, type_spelling};
use crate::catalog::Key;
use std::collections::BTreeSet;

/// What the engine knows beyond the catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// The oldest engine that the migrations must run on.
    pub engine_version: EngineVersion,
    /// Functions, collations and modules that the application registers.
    pub registered: BTreeSet<Key>,
    /// Columns, as `table.column`, and declared types that the application reads as a type of its own: they may hold
    /// anything that it understands.
    pub own_types: BTreeSet<Key>,
}

impl Rules {
    /// Whether the application registers a function, collation or module of that name.
    #[must_use]
    pub fn is_registered(&self, name: &str) -> bool {
        self.registered.contains(&Key::new(name))
    }

    /// Whether the application reads a column as a type of its own.
    #[must_use]
    pub fn has_own_type(&self, table: &str, column: &str, declared_type: &str) -> bool {
        let is_listed = |name: String| self.own_types.contains(&Key::new(&name));
        !self.own_types.is_empty()
            && (is_listed(format!("{table}.{column}"))
                || is_listed(type_spelling(declared_type))
                || is_listed(type_name(declared_type)))
    }
}

impl Default for Rules {
    fn default() -> Rules {
        Rules {
            engine_version: EngineVersion::BUNDLED,
            registered: BTreeSet::new(),
            own_types: BTreeSet::new(),
        }
    }
}
