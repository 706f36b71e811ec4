//! What is known of the servers that migrations of PostgreSQL run on.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// The server of PostgreSQL, as far as the migrations do not make it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// The oldest major version that the migrations must run on.
    pub version: u16,
    /// The roles that are there: a role is no part of a database, so that hardly any migration creates the ones that it
    /// grants to.
    pub roles: BTreeSet<String>,
    /// Extensions that are installed on the server besides those that ship with it. What they bring is not known.
    pub extensions: BTreeSet<String>,
    /// The tablespaces that are there, which no migration can make.
    pub tablespaces: BTreeSet<String>,
}

impl Server {
    /// The versions whose rules are known.
    pub const VERSIONS: RangeInclusive<u16> = 14..=18;

    /// The version where the configuration names none.
    pub const DEFAULT_VERSION: u16 = 15;
}

impl Default for Server {
    fn default() -> Server {
        Server {
            version: Server::DEFAULT_VERSION,
            roles: BTreeSet::new(),
            extensions: BTreeSet::new(),
            tablespaces: BTreeSet::new(),
        }
    }
}
