//! The rows that follow `COPY … FROM stdin` in what `pg_dump` writes.

use super::Token;
use tablature_lexer::postgres::{Keyword, Symbol, TokenKind};

/// Whether a statement is a COPY that reads rows from the client.
pub(super) fn reads_rows(tokens: &[Token]) -> bool {
    let is_copy = tokens
        .first()
        .is_some_and(|token| token.kind == TokenKind::Keyword(Keyword::Copy));
    if !is_copy {
        return false;
    }
    let mut depth = 0_usize;
    let mut after_from = false;
    for token in tokens {
        match token.kind {
            TokenKind::Symbol(Symbol::LeftParen) => depth += 1,
            TokenKind::Symbol(Symbol::RightParen) => depth = depth.saturating_sub(1),
            TokenKind::Keyword(Keyword::Stdin) if after_from && depth == 0 => return true,
            _ => {}
        }
        after_from = token.kind == TokenKind::Keyword(Keyword::From);
    }
    false
}

/// Where the rows end that follow the byte `start`: after a line `\.`, at the end of the text if there is none.
pub(super) fn end_of_rows(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let mut end = start;
    for line in rest.split_inclusive('\n') {
        end += line.len();
        if line.trim_end_matches(['\r', '\n']) == "\\." {
            return end;
        }
    }
    text.len()
}
