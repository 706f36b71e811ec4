//! Types: any words, with up to two numbers.

use super::cursor::{Parser, Syntax, is_space};
use super::names::is_word;
use crate::sqlite::ast::TypeName;
use crate::text::{Span, text_of};
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
        let text = text_of(self.taken_from(start));
        let kept = without_generated_always(&text);
        let span = self.span_from(start);
        Ok((!kept.is_empty()).then(|| TypeName {
            text: dequote(without_quotes(kept)),
            span: Span {
                end: u32::try_from(kept.len())
                    .map_or(span.end, |length| span.end.min(span.start + length)),
                ..span
            },
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

/// A type's text without `GENERATED ALWAYS`, or ALWAYS alone, at its end; a short type keeps them, as in the engine.
fn without_generated_always(text: &str) -> &str {
    if text.len() < 16 {
        return text;
    }
    let Some(rest) = strip_end(text, "always") else {
        return text;
    };
    strip_end(rest, "generated").unwrap_or(rest)
}

/// A text without a word at its end and the white space before it.
fn strip_end<'a>(text: &'a str, end: &str) -> Option<&'a str> {
    let (rest, last) = text.split_at_checked(text.len().checked_sub(end.len())?)?;
    last.eq_ignore_ascii_case(end)
        .then(|| rest.trim_end_matches(is_space))
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
