//! Where an operator ends.

use super::bytes::BEYOND_STANDARD;
use super::name::MAX_NAME;
use super::{Fault, Symbol, TokenKind};

/// The kind and length of the operator that begins a run of operator characters, which begins no comment.
///
/// It ends where a comment begins. One of several characters ends with `+` or `-` only if it has a character that no
/// operator of standard SQL has, so that `a=-1` is what it looks like.
pub(super) fn operator(run: &[u8]) -> (TokenKind, usize) {
    let mut length = 1;
    while length < run.len() && !matches!(run[length..], [b'-', b'-', ..] | [b'/', b'*', ..]) {
        length += 1;
    }
    let mut has_other = false;
    let mut at = 0;
    while at + 1 < length {
        has_other |= BEYOND_STANDARD[run[at] as usize];
        at += 1;
    }
    if !has_other {
        while length > 1 && matches!(run[length - 1], b'+' | b'-') {
            length -= 1;
        }
    }
    (kind(&run[..length]), length)
}

fn kind(operator: &[u8]) -> TokenKind {
    TokenKind::Symbol(match operator {
        b"+" => Symbol::Plus,
        b"-" => Symbol::Minus,
        b"*" => Symbol::Star,
        b"/" => Symbol::Slash,
        b"%" => Symbol::Percent,
        b"^" => Symbol::Caret,
        b"<" => Symbol::Less,
        b">" => Symbol::Greater,
        b"=" => Symbol::Equal,
        b"<=" => Symbol::LessOrEqual,
        b">=" => Symbol::GreaterOrEqual,
        b"<>" | b"!=" => Symbol::NotEqual,
        b"=>" => Symbol::EqualsGreater,
        _ if operator.len() > MAX_NAME => return TokenKind::Illegal(Fault::LongOperator),
        _ => return TokenKind::Operator,
    })
}
