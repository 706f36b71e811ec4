//! The bodies of functions of another database, between `$$` and `$$` or `$name$` and `$name$`.
//!
//! Such a statement is an error whatever its body holds. Taking the body as one keeps it one error, instead of one for
//! each semicolon.

use crate::text::Token;
use tablature_lexer::{Keyword, TokenKind};

/// Whether a statement is inside such a body.
#[derive(Debug, Default)]
pub(super) struct DollarQuote {
    open: Option<String>,
}

impl DollarQuote {
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Takes a token of a statement; `before` are the tokens before it.
    pub(super) fn advance(&mut self, before: &[Token], kind: TokenKind, text: &str) {
        if !matches!(kind, TokenKind::Variable | TokenKind::Word) {
            return;
        }
        match &self.open {
            Some(mark) if text.contains(mark) => self.open = None,
            Some(_) => {}
            None if text.as_bytes().contains(&b'$') && defines_a_function(before) => {
                if let Some((mark, rest)) = mark(text)
                    && !rest.contains(mark)
                {
                    self.open = Some(mark.to_owned());
                }
            }
            None => {}
        }
    }
}

/// Whether the tokens begin a statement of another database that has a body.
fn defines_a_function(tokens: &[Token]) -> bool {
    match tokens {
        [first, ..] if first.kind == TokenKind::Keyword(Keyword::Do) => true,
        [first, rest @ ..] if first.kind == TokenKind::Keyword(Keyword::Create) => {
            rest.iter().take(3).any(|token| {
                token.text.eq_ignore_ascii_case("function")
                    || token.text.eq_ignore_ascii_case("procedure")
            })
        }
        _ => false,
    }
}

/// The first `$$` or `$name$` in a text, and what follows it.
fn mark(text: &str) -> Option<(&str, &str)> {
    let start = text.find('$')?;
    let name = text.get(start + 1..)?;
    let end = start + 1 + name.find('$')? + 1;
    Some((text.get(start..end)?, text.get(end..)?))
}
