//! Operators and punctuation marks.

/// The operators and punctuation marks of SQLite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the variants are the marks of the language")]
pub enum Symbol {
    LeftParen,
    RightParen,
    Comma,
    Semicolon,
    Dot,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    /// `=` or `==`
    Equal,
    /// `<>` or `!=`
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    ShiftLeft,
    ShiftRight,
    Ampersand,
    Pipe,
    /// `||`
    Concat,
    Tilde,
    /// `->`
    Arrow,
    /// `->>`
    LongArrow,
}
