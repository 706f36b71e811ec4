//! Names, bare and qualified.

use super::cursor::{Parser, Syntax};
use crate::sqlite::ast::QualifiedName;
use crate::text::{Ident, IdentQuote};
use std::sync::Arc;
use tablature_lexer::{NameUse, Symbol, TokenKind, dequote};

impl Parser<'_> {
    /// A name where the grammar wants one (`nm`): also a string, and the words that stand before JOIN.
    pub(super) fn name(&mut self, what: &str) -> Syntax<Ident> {
        match self.peek() {
            Some(kind) if is_name(kind) => self.take_name(what),
            _ => Err(self.expected_name(what)),
        }
    }

    /// A name where the grammar wants `ID` or a string: an alias without AS, a word of a type, a collation.
    pub(super) fn word_or_string(&mut self, what: &str) -> Syntax<Ident> {
        match self.peek() {
            Some(kind) if is_word(kind) || kind == TokenKind::String => self.take_name(what),
            _ => Err(self.expected_name(what)),
        }
    }

    /// Takes the next token, whatever it is, as a name.
    pub(super) fn take_name(&mut self, what: &str) -> Syntax<Ident> {
        let index = self.index();
        let Some(token) = self.token() else {
            return Err(self.expected(what));
        };
        self.advance();
        let quote = match token.kind {
            TokenKind::QuotedName(quote) => IdentQuote::Name(quote),
            TokenKind::String => IdentQuote::String,
            _ => IdentQuote::None,
        };
        let name = match quote {
            IdentQuote::None => Arc::clone(&token.text),
            IdentQuote::Name(_) | IdentQuote::String => Arc::from(dequote(&token.text)),
        };
        Ok(Ident {
            name,
            quote,
            span: token.span,
            token: index,
        })
    }

    /// `[database.]name`
    pub(super) fn qualified_name(&mut self, what: &str) -> Syntax<QualifiedName> {
        let first = self.name(what)?;
        if self.accept(Symbol::Dot) {
            let name = self.name(what)?;
            return Ok(QualifiedName {
                database: Some(first),
                name,
            });
        }
        Ok(QualifiedName {
            database: None,
            name: first,
        })
    }

    /// `(name, …)`, or nothing.
    pub(super) fn optional_column_list(&mut self) -> Syntax<Vec<Ident>> {
        if self.is_at(Symbol::LeftParen) {
            self.parenthesized_list(|parser| parser.name("a column name"))
        } else {
            Ok(Vec::new())
        }
    }
}

/// Whether a token is a name where the grammar wants `nm`.
pub(super) fn is_name(kind: TokenKind) -> bool {
    match kind {
        TokenKind::String => true,
        kind => is_word_or_join(kind),
    }
}

/// Whether a token begins a column's or a function's name in an expression: any name but a string.
pub(super) fn is_word_or_join(kind: TokenKind) -> bool {
    match kind {
        TokenKind::Keyword(keyword) => {
            is_word(kind) || matches!(keyword.name_use(), NameUse::Join | NameUse::Indexed)
        }
        kind => is_word(kind),
    }
}

/// Whether a token is a name where the grammar wants `ID`.
pub(super) fn is_word(kind: TokenKind) -> bool {
    match kind {
        TokenKind::Word | TokenKind::QuotedName(_) => true,
        TokenKind::Keyword(keyword) => keyword.name_use() == NameUse::Fallback,
        TokenKind::Space
        | TokenKind::Comment
        | TokenKind::String
        | TokenKind::Integer
        | TokenKind::Float
        | TokenKind::Blob
        | TokenKind::Variable
        | TokenKind::Symbol(_)
        | TokenKind::Illegal => false,
    }
}
