//! What an object is called inside of the catalog, whatever its name.

use std::fmt;

/// The identity of an object: a row of one of the system catalogs.
///
/// Objects of a new database have the engine's own numbers, those that migrations make count from [`Oid::FIRST_OF_USERS`].
/// As in the engine, numbers of different catalogs (a type and a function, say) can be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Oid(pub u32);

impl Oid {
    /// The first number of what is not part of a new database: `FirstNormalObjectId`.
    pub const FIRST_OF_USERS: Oid = Oid(16384);

    /// Whether this is part of every new database.
    #[must_use]
    pub fn is_builtin(self) -> bool {
        self < Oid::FIRST_OF_USERS
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)
    }
}
