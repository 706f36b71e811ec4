//! WINDOW, OVER and FILTER, which are keywords only among certain neighbours.

use crate::text::Token;
use tablature_lexer::{Keyword, NameUse, Symbol, TokenKind};

/// The kinds of the tokens, where WINDOW, OVER and FILTER are keywords only if their neighbours say so. The engine's
/// tokenizer decides that, whatever the grammar wants at that place.
pub(super) fn contextual_kinds(tokens: &[Token]) -> Vec<TokenKind> {
    let mut kinds = Vec::with_capacity(tokens.len());
    for token in tokens {
        let kind = match token.kind {
            TokenKind::Keyword(keyword @ (Keyword::Window | Keyword::Over | Keyword::Filter)) => {
                contextual_kind(keyword, &kinds, tokens)
            }
            kind => kind,
        };
        kinds.push(kind);
    }
    kinds
}

/// What one of the three is behind tokens of the kinds `before`.
fn contextual_kind(keyword: Keyword, before: &[TokenKind], tokens: &[Token]) -> TokenKind {
    let next = |distance: usize| {
        let token = tokens.get(before.len() + distance);
        token.map(|token| token.kind)
    };
    let after_paren = before.last() == Some(&TokenKind::Symbol(Symbol::RightParen));
    let paren_follows = next(1) == Some(TokenKind::Symbol(Symbol::LeftParen));
    let name_follows = next(1).is_some_and(looks_like_name);
    let is_keyword = match keyword {
        Keyword::Window => name_follows && next(2) == Some(Keyword::As.into()),
        Keyword::Over => after_paren && (paren_follows || name_follows),
        _ => after_paren && paren_follows,
    };
    if is_keyword {
        TokenKind::Keyword(keyword)
    } else {
        TokenKind::Word
    }
}

/// Whether the tokenizer, looking ahead, takes a token for a name.
fn looks_like_name(kind: TokenKind) -> bool {
    match kind {
        TokenKind::Word | TokenKind::QuotedName(_) | TokenKind::String => true,
        TokenKind::Keyword(Keyword::Filter) => false,
        TokenKind::Keyword(keyword) => matches!(
            keyword.name_use(),
            NameUse::Fallback | NameUse::Join | NameUse::Contextual
        ),
        TokenKind::Space
        | TokenKind::Comment
        | TokenKind::Integer
        | TokenKind::Float
        | TokenKind::Blob
        | TokenKind::Variable
        | TokenKind::Symbol(_)
        | TokenKind::Illegal => false,
    }
}
