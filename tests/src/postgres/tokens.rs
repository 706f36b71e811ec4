//! The tokens of a statement, for mutants and for what is shrunk.

use tablature_lexer::postgres::{TokenKind, tokenize};

/// The tokens of a statement, without white space and comments.
#[must_use]
pub fn tokens(statement: &str) -> Vec<String> {
    tokenize(statement)
        .into_iter()
        .filter(|token| !matches!(token.kind, TokenKind::Space | TokenKind::Comment))
        .filter_map(|token| statement.get(token.start..token.end))
        .map(str::to_owned)
        .collect()
}
