//! What a token is.

use crate::{Keyword, Symbol};

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

/// The kinds of tokens of SQLite's tokenizer (`sqlite3GetToken`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// White space.
    Space,
    /// `-- …` to the end of the line, or `/* … */`; the engine takes an unterminated block comment for a comment.
    Comment,
    /// A bare word that is one of the engine's keywords. Most keywords also serve as names where the grammar allows.
    Keyword(Keyword),
    /// A bare word that is no keyword.
    Word,
    /// A quoted name: `"x"`, `` `x` `` or `[x]`.
    QuotedName(Quote),
    /// A string literal in single quotes.
    String,
    /// A decimal or hexadecimal integer, perhaps with `_` between digits (which the grammar allows in expressions only).
    Integer,
    /// A number with a fraction or an exponent, perhaps with `_` between digits.
    Float,
    /// `x'…'` with an even number of hexadecimal digits.
    Blob,
    /// `?`, `?1`, `:name`, `@name`, `#name`, `$name`, `$name::part(index)`.
    Variable,
    /// An operator or a punctuation mark.
    Symbol(Symbol),
    /// Bytes that begin no token: an unterminated literal (which goes on to the end of the text), a malformed number or
    /// blob, a stray character.
    Illegal,
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

/// The three ways of quoting a name; strings are another kind of token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quote {
    /// `"name"`: the only one that SQLite may also take for a string.
    Double,
    /// `` `name` ``
    Backtick,
    /// `[name]`
    Bracket,
}

/// Returns the text that a quoted token (string or name) stands for: without its quotes, doubled quotes halved.
///
/// A text that does not begin with a quote is returned unchanged.
#[must_use]
pub fn dequote(text: &str) -> String {
    let mut chars = text.chars();
    let close = match chars.next() {
        Some('[') => ']',
        Some(quote @ ('"' | '`' | '\'')) => quote,
        Some(_) | None => return text.to_owned(),
    };
    let mut name = String::with_capacity(text.len());
    while let Some(character) = chars.next() {
        if character == close && chars.next() != Some(close) {
            break;
        }
        name.push(character);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::dequote;

    #[test]
    fn doubled_quotes_are_halved() {
        assert_eq!(dequote("'it''s'"), "it's");
        assert_eq!(dequote("\"a\"\"b\""), "a\"b");
        assert_eq!(dequote("`a``b`"), "a`b");
        assert_eq!(dequote("[a b]"), "a b");
        assert_eq!(dequote("bare"), "bare");
        assert_eq!(dequote("''"), "");
        assert_eq!(dequote(""), "");
    }
}
