//! Names and literals: which words are names where, and what quoted tokens stand for.

use super::cursor::{Parser, Syntax};
use crate::errors::postgres::syntax as errors;
use crate::postgres::ast::{Ident, QualifiedName};
use crate::text::Span;
use tablature_lexer::postgres::{
    Keyword, Label, Symbol, TokenKind, is_escape_character, name_value, string_value,
};

impl Parser<'_> {
    /// Whether the next token names a column, a table or most other objects (`ColId`).
    #[must_use]
    pub fn is_at_column_id(&self) -> bool {
        match self.peek() {
            Some(TokenKind::Keyword(keyword)) => keyword.is_column_name() && !self.is_at_pair(),
            Some(kind) => is_identifier(kind),
            None => false,
        }
    }

    /// Whether the next token names a function or a type (`type_function_name`).
    #[must_use]
    pub fn is_at_type_function_name(&self) -> bool {
        match self.peek() {
            Some(TokenKind::Keyword(keyword)) => {
                keyword.is_type_or_function_name() && !self.is_at_pair()
            }
            Some(kind) => is_identifier(kind),
            None => false,
        }
    }

    /// Whether the next token is any word or quoted name (`ColLabel`).
    #[must_use]
    pub fn is_at_label(&self) -> bool {
        match self.peek() {
            Some(TokenKind::Keyword(_)) => !self.is_at_pair(),
            Some(kind) => is_identifier(kind),
            None => false,
        }
    }

    /// Whether the next token names a result column without AS (`BareColLabel`).
    #[must_use]
    pub fn is_at_bare_label(&self) -> bool {
        match self.peek() {
            Some(TokenKind::Keyword(keyword)) => {
                keyword.label() == Label::Bare && !self.is_at_pair()
            }
            Some(kind) => is_identifier(kind),
            None => false,
        }
    }

    /// Whether the next token is a bare word that is no keyword, or a quoted name (`IDENT`).
    #[must_use]
    pub fn is_at_identifier(&self) -> bool {
        self.peek().is_some_and(is_identifier)
    }

    /// The name of a column, a table or most other objects (`ColId`).
    ///
    /// # Errors
    ///
    /// If no such name follows.
    pub fn column_id(&mut self, what: &str) -> Syntax<Ident> {
        match self.is_at_column_id() {
            true => self.take_name(),
            false => Err(self.expected_name(what)),
        }
    }

    /// The name of a function or a type (`type_function_name`).
    ///
    /// # Errors
    ///
    /// If no such name follows.
    pub fn type_function_name(&mut self, what: &str) -> Syntax<Ident> {
        match self.is_at_type_function_name() {
            true => self.take_name(),
            false => Err(self.expected_name(what)),
        }
    }

    /// Any word, or a quoted name (`ColLabel`).
    ///
    /// # Errors
    ///
    /// If neither follows.
    pub fn label(&mut self, what: &str) -> Syntax<Ident> {
        match self.is_at_label() {
            true => self.take_name(),
            false => Err(self.expected(what)),
        }
    }

    /// `NonReservedWord`: any word that is not reserved, or a quoted name.
    ///
    /// # Errors
    ///
    /// If neither follows.
    pub fn non_reserved_word(&mut self, what: &str) -> Syntax<Ident> {
        match self.is_at_column_id() || self.is_at_type_function_name() {
            true => self.take_name(),
            false => Err(self.expected_name(what)),
        }
    }

    /// Takes the next token, whatever it is, as a name, with the UESCAPE clause of a `U&"name"`.
    ///
    /// # Errors
    ///
    /// If an escape in it is none.
    pub fn take_name(&mut self) -> Syntax<Ident> {
        let start = self.position();
        let Some(token) = self.token() else {
            return Err(self.expected("a name"));
        };
        self.advance();
        let escape = match token.kind {
            TokenKind::UnicodeName => self.unicode_escape()?,
            _ => '\\',
        };
        let name = name_value(token.kind, &token.text, escape)
            .map_err(|why| Box::new(errors::invalid_literal(token.span, why)))?;
        Ok(Ident {
            name: name.into(),
            quoted: matches!(token.kind, TokenKind::QuotedName | TokenKind::UnicodeName),
            span: self.span_from(start),
        })
    }

    /// `name`, `schema.name` or `database.schema.name` (`any_name`, `qualified_name`).
    ///
    /// # Errors
    ///
    /// If no such name follows.
    pub fn qualified_name(&mut self, what: &str) -> Syntax<QualifiedName> {
        let start = self.position();
        let first = self.column_id(what)?;
        self.qualified_from(first, start, what)
    }

    /// The name of a function (`func_name`): as [`qualified_name`](Self::qualified_name), but alone it may be another
    /// keyword.
    ///
    /// # Errors
    ///
    /// If no such name follows.
    pub fn function_name(&mut self, what: &str) -> Syntax<QualifiedName> {
        let start = self.position();
        let is_qualified = self.peek_at(1) == Some(TokenKind::Symbol(Symbol::Dot));
        let first = match is_qualified {
            true => self.column_id(what)?,
            false => self.type_function_name(what)?,
        };
        self.qualified_from(first, start, what)
    }

    /// What follows the first part of a name that began at the token `start`.
    ///
    /// # Errors
    ///
    /// If there are too many parts, or one is missing.
    pub fn qualified_from(
        &mut self,
        first: Ident,
        start: usize,
        what: &str,
    ) -> Syntax<QualifiedName> {
        let mut name = QualifiedName {
            catalog: None,
            schema: None,
            name: first,
            span: self.span_from(start),
        };
        let mut parts = 1;
        while self.accept(Symbol::Dot) {
            let next = self.label(what)?;
            parts += 1;
            name.catalog = name.schema.take();
            name.schema = Some(std::mem::replace(&mut name.name, next));
            name.span = self.span_from(start);
        }
        match parts > 3 {
            true => Err(Box::new(errors::too_many_dots(name.span))),
            false => Ok(name),
        }
    }

    /// Whether the next token is a string (`Sconst`).
    #[must_use]
    pub fn is_at_string(&self) -> bool {
        self.peek().is_some_and(is_string)
    }

    /// A string (`Sconst`): its value, and where it is.
    ///
    /// # Errors
    ///
    /// If no string follows, or an escape in it is none.
    pub fn string(&mut self, what: &str) -> Syntax<(Box<str>, Span)> {
        let start = self.position();
        let Some(token) = self.token().filter(|token| is_string(token.kind)) else {
            return Err(self.expected(what));
        };
        self.advance();
        let escape = match token.kind {
            TokenKind::UnicodeString => self.unicode_escape()?,
            _ => '\\',
        };
        let value = string_value(token.kind, &token.text, escape)
            .map_err(|why| Box::new(errors::invalid_literal(token.span, why)))?;
        Ok((value.into(), self.span_from(start)))
    }

    /// The character of `UESCAPE 'character'`; a backslash if there is no such clause.
    fn unicode_escape(&mut self) -> Syntax<char> {
        if !self.accept(Keyword::Uescape) {
            return Ok('\\');
        }
        let Some(TokenKind::String | TokenKind::EscapeString | TokenKind::DollarString) =
            self.peek()
        else {
            return Err(self.expected("a string"));
        };
        let (text, span) = self.string("a string")?;
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(escape), None) if is_escape_character(escape) => Ok(escape),
            _ => Err(Box::new(errors::invalid_escape_character(span))),
        }
    }
}

/// Whether a token is a bare word that is no keyword, or a quoted name (`IDENT`).
#[must_use]
pub fn is_identifier(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Word | TokenKind::QuotedName | TokenKind::UnicodeName
    )
}

/// Whether a token is a string (`Sconst`). `N'text'` is a value of a type, and no such string.
#[must_use]
pub fn is_string(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::String
            | TokenKind::EscapeString
            | TokenKind::UnicodeString
            | TokenKind::DollarString
    )
}

/// A name from its parts, the last of which is that of the object; of more than three the first are left out.
pub(super) fn joined_name(mut parts: Vec<Ident>, span: Span) -> QualifiedName {
    let name = parts.pop().unwrap_or_else(|| Ident::supplied("", span));
    QualifiedName {
        schema: parts.pop(),
        catalog: parts.pop(),
        name,
        span,
    }
}
