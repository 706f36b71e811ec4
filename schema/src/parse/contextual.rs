//! WINDOW, OVER and FILTER, which are keywords only among certain neighbours.

use crate::text::Token;
use tablature_lexer::{Keyword, NameUse, Symbol, TokenKind};

/// The kinds of the tokens, where WINDOW, OVER and FILTER are keywords only if their neighbours say so. The engine's
/// tokenizer decides that, whatever the grammar wants at that place.
pub(super) fn contextual_kinds(tokens: &[Token]) -> Vec<TokenKind> {
    let mut kinds: Vec<TokenKind> = tokens.iter().map(|token| token.kind).collect();
    let contextual: Vec<usize> = tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| is_contextual(token.kind))
        .map(|(position, _)| position)
        .collect();
    for position in contextual {
        let next = |distance: usize| tokens.get(position + distance).map(|token| token.kind);
        let after_paren = position.checked_sub(1).and_then(|last| kinds.get(last))
            == Some(&TokenKind::Symbol(Symbol::RightParen));
        let paren_follows = next(1) == Some(TokenKind::Symbol(Symbol::LeftParen));
        let is_keyword = match kinds.get(position) {
            Some(TokenKind::Keyword(Keyword::Window)) => {
                next(1).is_some_and(looks_like_name) && next(2) == Some(Keyword::As.into())
            }
            Some(TokenKind::Keyword(Keyword::Over)) => {
                after_paren && (paren_follows || next(1).is_some_and(looks_like_name))
            }
            Some(TokenKind::Keyword(Keyword::Filter)) => after_paren && paren_follows,
            _ => true,
        };
        if let (false, Some(kind)) = (is_keyword, kinds.get_mut(position)) {
            *kind = TokenKind::Word;
        }
    }
    kinds
}

fn is_contextual(kind: TokenKind) -> bool {
    let keyword = matches!(kind, TokenKind::Keyword(_));
    keyword
        && [Keyword::Window, Keyword::Over, Keyword::Filter]
            .into_iter()
            .any(|contextual| kind == contextual.into())
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
