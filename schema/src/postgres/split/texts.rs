//! Texts that many tokens have.

use std::sync::Arc;
use tablature_lexer::postgres::{Keyword, Symbol, TokenKind};

/// The texts of the last keywords and marks, which most tokens share.
///
/// A text for each token would be most of what splitting a file costs.
#[derive(Debug)]
pub(crate) struct Texts {
    /// By the number of the keyword.
    keywords: [Option<Arc<str>>; Keyword::ALL.len()],
    /// By the number of the symbol.
    symbols: [Option<Arc<str>>; Symbol::ALL.len()],
}

impl Default for Texts {
    fn default() -> Texts {
        Texts {
            keywords: [const { None }; Keyword::ALL.len()],
            symbols: [const { None }; Symbol::ALL.len()],
        }
    }
}

impl Texts {
    /// The text of a token.
    pub(super) fn token(&mut self, kind: TokenKind, text: &str) -> Arc<str> {
        let known = match kind {
            TokenKind::Keyword(keyword) => self.keywords.get_mut(keyword as usize),
            TokenKind::Symbol(symbol) => self.symbols.get_mut(symbol as usize),
            _ => None,
        };
        match known {
            Some(Some(known)) if **known == *text => Arc::clone(known),
            Some(known) => Arc::clone(known.insert(Arc::from(text))),
            None => Arc::from(text),
        }
    }
}
