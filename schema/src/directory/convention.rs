//! The ways of naming migrations that are understood.

/// A way of naming migrations. A directory keeps to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Convention {
    /// `<number>_<name>.sql`
    Plain,
    /// `<number>_<name>.up.sql`, perhaps with `<number>_<name>.down.sql`
    UpDown,
    /// `V<number>__<name>.sql`
    Prefixed,
    /// `<number>_<name>/up.sql`, perhaps with `down.sql` beside it
    UpDirectory,
    /// `<number>_<name>/migration.sql`, perhaps with `down.sql` beside it
    MigrationDirectory,
}

impl Convention {
    /// How names of the convention look.
    pub(super) fn pattern(self) -> &'static str {
        match self {
            Convention::Plain => "<number>_<name>.sql",
            Convention::UpDown => "<number>_<name>.up.sql",
            Convention::Prefixed => "V<number>__<name>.sql",
            Convention::UpDirectory => "<number>_<name>/up.sql",
            Convention::MigrationDirectory => "<number>_<name>/migration.sql",
        }
    }
}

/// Which way a file leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Direction {
    /// From the version before to this one.
    Up,
    /// Back to the version before.
    Down,
}
