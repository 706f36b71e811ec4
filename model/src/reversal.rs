//! What going back over a migration does.

use crate::schema::Place;
use std::borrow::Cow;

/// What going back over a migration does, as the compiler has found by replaying the migration and then its down file.
///
/// Only the statements were looked at, and no rows: a loss says what is gone where there was something.
///
/// ```
/// use tablature_model::{Reversal, Written};
///
/// fn is_safe(reversal: &Reversal) -> bool {
///     let older = |written| written == Written::Before;
///     reversal.restores_schema() && !reversal.losses().iter().any(|loss| older(loss.written))
/// }
///
/// assert!(is_safe(&Reversal::Restores { losses: Vec::new().into() }));
/// assert!(!is_safe(&Reversal::Fails { reason: "no table `users` exists at this point".into() }));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reversal {
    /// The engine refuses the down file.
    Fails {
        /// The message of the first mistake.
        reason: Cow<'static, str>,
    },
    /// The schema is another one afterwards than before the migration.
    Differs {
        /// A line for each object or column.
        differences: Cow<'static, [Cow<'static, str>]>,
        /// What is lost, in the order of the statements.
        losses: Cow<'static, [Loss]>,
    },
    /// The schema is afterwards what it was before the migration, and so is the data if nothing is lost.
    Restores {
        /// What is lost, in the order of the statements.
        losses: Cow<'static, [Loss]>,
    },
}

impl Reversal {
    /// Whether the schema is afterwards what it was before the migration.
    #[must_use]
    pub fn restores_schema(&self) -> bool {
        match self {
            Reversal::Fails { .. } | Reversal::Differs { .. } => false,
            Reversal::Restores { .. } => true,
        }
    }

    /// What is lost, in the order of the statements; nothing is known of it where the down file fails.
    #[must_use]
    pub fn losses(&self) -> &[Loss] {
        match self {
            Reversal::Fails { .. } => &[],
            Reversal::Differs { losses, .. } | Reversal::Restores { losses } => losses,
        }
    }
}

/// Data that a migration and its down file lose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// The table that held it, by its name when the data was there.
    pub table: Cow<'static, str>,
    /// The columns whose values are lost; if there are none, rows are.
    pub columns: Cow<'static, [Cow<'static, str>]>,
    /// When it was written.
    pub written: Written,
    /// How it is lost.
    pub cause: Cause,
    /// The statement that loses it, in the up file or the down file.
    pub place: Place,
}

/// When data that is lost was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Written {
    /// Before the migration: it was there, and going back does not bring it back.
    Before,
    /// Since the migration was applied: the schema of before has no place for it.
    Since,
}

/// How data is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// Its table or column was dropped, and no copy of it is left in its place.
    Dropped,
    /// DELETE.
    Deleted,
    /// UPDATE.
    Overwritten,
    /// One of these, and the down file writes again in its place: it is not proven that it is what was there.
    Replaced,
}
