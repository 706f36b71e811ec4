//! The engine's keywords.

/// A keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Keyword {
    /// SELECT
    Select,
}
