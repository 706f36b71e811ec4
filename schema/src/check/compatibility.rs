//! Whether an older program can go on.

use crate::text::Span;

/// What a migration is to a program that does not know it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Compatibility {
    /// It only adds to the schema: what the program does by the names of tables and columns does what it did.
    #[default]
    Additive,
    /// It does more, or what it does is not known.
    Breaking {
        /// What the program would notice.
        reason: String,
        /// The first statement that does it.
        span: Span,
    },
}
