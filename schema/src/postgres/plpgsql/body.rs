//! The text of a body as tokens that know their place in the file.

use crate::diagnostic::Diagnostic;
use crate::errors::postgres::syntax as errors;
use crate::postgres::split::Token;
use crate::text::Span;
use tablature_lexer::postgres::{TokenKind, Tokenizer, joined_literal};

/// Reads the tokens of a body. `literal` is the string that holds it; `verbatim` is where the text itself is if the file has
/// it as it is, without doubled quotes or escapes. Without that, every token has the place of the string.
///
/// # Errors
///
/// If something in it begins no token.
pub(super) fn tokens(
    text: &str,
    literal: Span,
    verbatim: Option<Span>,
) -> Result<Vec<Token>, Box<Diagnostic>> {
    let mut tokens = Vec::new();
    for token in Tokenizer::new(text) {
        let span = match verbatim {
            Some(place) => {
                let start = place.start as usize;
                Span::new(place.file, start + token.start..start + token.end)
            }
            None => literal,
        };
        let written = text.get(token.start..token.end).unwrap_or_default();
        match token.kind {
            TokenKind::Space | TokenKind::Comment => {}
            TokenKind::Illegal(fault) => {
                return Err(Box::new(errors::illegal_token(span, fault, written)));
            }
            kind => tokens.push(Token {
                kind,
                text: joined_literal(kind, written).as_ref().into(),
                span,
            }),
        }
    }
    Ok(tokens)
}
