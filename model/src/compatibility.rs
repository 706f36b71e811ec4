//! Whether an older program can go on.

use crate::schema::Place;
use std::borrow::Cow;

/// What a migration is to an older program, which does not have it, as the compiler has found by replaying it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Compatibility {
    /// It only adds: tables, views, indexes that are not unique, columns with a default or NULL, rows of tables of its own.
    /// What the program inserts, updates, deletes and selects by the names of columns does what it did.
    Additive,
    /// It does more, or what it does is not known.
    Breaking {
        /// What the program would notice: ``the column `users.name` is renamed``.
        reason: Cow<'static, str>,
        /// The first statement that does it.
        place: Place,
    },
}
