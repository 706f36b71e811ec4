//! What a token is.

use super::{Keyword, Symbol};

/// One token of SQL text: what it is, and the bytes that it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What the bytes are.
    pub kind: TokenKind,
    /// First byte, an offset into the text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// The kinds of tokens of the engine's scanner (`scan.l`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// White space.
    Space,
    /// `-- …` to the end of the line, or `/* … */`, which nests.
    Comment,
    /// A bare word that is a keyword of some version. Most keywords also serve as names where the grammar allows.
    Keyword(Keyword),
    /// A bare word that is no keyword.
    Word,
    /// `"name"`
    QuotedName,
    /// `U&"name"`; a UESCAPE clause after it is not part of the token.
    UnicodeName,
    /// `'text'`. This kind and the other quoted literals go on over line ends: `'a'` on one line and `'b'` on the next
    /// are one literal.
    String,
    /// `E'text'`
    EscapeString,
    /// `U&'text'`; a UESCAPE clause after it is not part of the token.
    UnicodeString,
    /// `N'text'`
    NationalString,
    /// `$$text$$` or `$tag$text$tag$`
    DollarString,
    /// `B'0101'`
    BitString,
    /// `X'1F'`
    HexString,
    /// An integer that fits into 32 bits: decimal, or (since PostgreSQL 16) hexadecimal, octal or binary, perhaps with
    /// `_` between digits.
    Integer,
    /// Any other number.
    Numeric,
    /// `$1`
    Parameter,
    /// An operator that the grammar does not name, such as `||`.
    Operator,
    /// A punctuation mark, or an operator that the grammar names.
    Symbol(Symbol),
    /// Bytes that begin no token.
    Illegal(Fault),
}

/// Why bytes begin no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// A literal in single quotes that is not closed; it goes on to the end of the text.
    OpenString,
    /// A quoted name that is not closed; it goes on to the end of the text.
    OpenName,
    /// `$tag$` without another; it goes on to the end of the text.
    OpenDollarString,
    /// `/*` that is not closed; it goes on to the end of the text.
    OpenComment,
    /// `""`
    EmptyName,
    /// A number with letters directly after it, or without the digits that it needs.
    JunkAfterNumber,
    /// A parameter with letters directly after it, or with too great a number.
    JunkAfterParameter,
    /// An operator of more than 63 bytes.
    LongOperator,
    /// A backslash outside of literals, to the end of its line: a command of psql.
    MetaCommand,
    /// A character that begins nothing.
    Character,
}

impl From<Keyword> for TokenKind {
    fn from(keyword: Keyword) -> TokenKind {
        TokenKind::Keyword(keyword)
    }
}

impl From<Symbol> for TokenKind {
    fn from(symbol: Symbol) -> TokenKind {
        TokenKind::Symbol(symbol)
    }
}
