//! Types: any words, with up to two numbers.

use super::cursor::{Parser, Syntax};
use super::names::is_word;
use crate::ast::TypeName;
use crate::text::{Token, text_of};
use tablature_lexer::{Symbol, TokenKind, dequote};

impl Parser<'_> {
    /// The type of CAST, or nothing.
    pub(super) fn type_name(&mut self) -> Syntax<Option<TypeName>> {
        let start = self.position();
        self.type_tokens()?;
        let tokens = self.taken_from(start);
        if tokens.is_empty() {
            return Ok(None);
        }
        Ok(Some(TypeName {
            text: dequote(&text_of(tokens)),
            span: self.span_from(start),
        }))
    }

    /// The type of a column, or nothing.
    ///
    /// GENERATED and ALWAYS are words of the type by the grammar; the engine takes them off its end.
    pub(super) fn column_type(&mut self) -> Syntax<Option<TypeName>> {
        let start = self.position();
        self.type_tokens()?;
        let tokens = self.taken_from(start);
        let kept = without_generated_always(tokens);
        let text = text_of(kept);
        let (Some(first), Some(last)) = (kept.first(), kept.last()) else {
            return Ok(None);
        };
        Ok(Some(TypeName {
            text: dequote(without_quotes(&text)),
            span: first.span.to(last.span),
        }))
    }

    /// `word … [( number [, number] )]`
    fn type_tokens(&mut self) -> Syntax<()> {
        let start = self.position();
        while self
            .peek()
            .is_some_and(|kind| is_word(kind) || kind == TokenKind::String)
        {
            self.advance();
        }
        if self.position() > start && self.accept(Symbol::LeftParen) {
            self.signed_number()?;
            if self.accept(Symbol::Comma) {
                self.signed_number()?;
            }
            self.expect(Symbol::RightParen)?;
        }
        Ok(())
    }

    fn signed_number(&mut self) -> Syntax<()> {
        if !self.accept(Symbol::Plus) {
            self.accept(Symbol::Minus);
        }
        self.plain_number()
    }

    /// A number without `_` between its digits.
    pub(super) fn plain_number(&mut self) -> Syntax<()> {
        match self.token() {
            Some(token)
                if matches!(token.kind, TokenKind::Integer | TokenKind::Float)
                    && !token.text.contains('_') =>
            {
                self.advance();
                Ok(())
            }
            _ => Err(self.expected("a number")),
        }
    }
}

/// A type's tokens without `GENERATED ALWAYS` at the end; ALWAYS goes on its own too if the type is long enough, as the
/// engine looks at the text.
fn without_generated_always(tokens: &[Token]) -> &[Token] {
    let is = |token: &Token, word: &str| {
        token.kind != TokenKind::String && token.text.eq_ignore_ascii_case(word)
    };
    match tokens {
        [kept @ .., generated, always]
            if is(generated, "generated")
                && is(always, "always")
                && always
                    .before
                    .chars()
                    .all(|character| character.is_ascii_whitespace()) =>
        {
            kept
        }
        [kept @ .., always] if is(always, "always") && text_of(tokens).len() >= 16 => kept,
        _ => tokens,
    }
}

/// As `sqlite3DequoteToken`: a text that begins with a quote and has no other but at its end loses both ends.
fn without_quotes(text: &str) -> &str {
    let is_quote = |c: char| matches!(c, '\'' | '"' | '`' | '[');
    let mut inner = text.chars();
    let (Some(first), Some(_)) = (inner.next(), inner.next_back()) else {
        return text;
    };
    if text.len() < 3 || !is_quote(first) || inner.as_str().contains(is_quote) {
        return text;
    }
    inner.as_str()
}
