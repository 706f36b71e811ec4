//! Texts that many tokens have.

use std::sync::Arc;
use tablature_lexer::{Keyword, Symbol, TokenKind};

/// As many symbols as there may be.
const SYMBOLS: usize = Symbol::ALL.len();

/// The texts of the last keywords, marks and white space, which most tokens share.
///
/// A text for each token would be most of what splitting a file costs.
#[derive(Debug)]
pub(crate) struct Texts {
    /// By the number of the keyword.
    keywords: [Option<Arc<str>>; Keyword::ALL.len()],
    /// By the number of the symbol.
    symbols: [Option<Arc<str>>; SYMBOLS],
    empty: Arc<str>,
    space: Arc<str>,
    /// Any other white space.
    last: Arc<str>,
}

impl Default for Texts {
    fn default() -> Texts {
        Texts {
            keywords: [const { None }; Keyword::ALL.len()],
            symbols: [const { None }; SYMBOLS],
            empty: Arc::from(""),
            space: Arc::from(" "),
            last: Arc::from("\n"),
        }
    }
}

impl Texts {
    /// The text of a token.
    pub(super) fn token(&mut self, kind: TokenKind, text: &str) -> Arc<str> {
        let known = match kind {
            TokenKind::Keyword(keyword) => self.keywords.get_mut(keyword as usize),
            TokenKind::Symbol(symbol) => self.symbols.get_mut(symbol as usize),
            TokenKind::Space
            | TokenKind::Comment
            | TokenKind::Word
            | TokenKind::QuotedName(_)
            | TokenKind::String
            | TokenKind::Integer
            | TokenKind::Float
            | TokenKind::Blob
            | TokenKind::Variable
            | TokenKind::Illegal => None,
        };
        match known {
            Some(Some(known)) if **known == *text => Arc::clone(known),
            Some(known) => Arc::clone(known.insert(Arc::from(text))),
            None => Arc::from(text),
        }
    }

    /// The white space and comments between two tokens.
    pub(super) fn between(&mut self, text: &str) -> Arc<str> {
        match text {
            "" => Arc::clone(&self.empty),
            " " => Arc::clone(&self.space),
            _ => {
                if *self.last != *text {
                    self.last = Arc::from(text);
                }
                Arc::clone(&self.last)
            }
        }
    }
}
