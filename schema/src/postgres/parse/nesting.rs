//! What bounds the recursion over a statement, and which parenthesis closes which.

use super::cursor::{Parser, Syntax};
use crate::errors::postgres::syntax as errors;
use tablature_lexer::postgres::{Symbol, TokenKind};

/// How high a tree may be. `a || b || c …` is as high as it is long, although it is read without recursion; the engine's
/// analysis, whose stack is 2 MB, follows such a chain for some thousands of operators.
const MAX_HEIGHT: u32 = 5_000;

/// Facts about the nesting of a statement.
#[derive(Debug)]
pub(super) struct Nesting {
    /// By the position of an opening parenthesis, that of the closing one.
    closing: Vec<usize>,
    /// The height of what has been read of the expression or query at hand.
    height: u32,
}

impl Nesting {
    /// Finds the pairs of parentheses.
    pub(super) fn new(kinds: &[TokenKind]) -> Nesting {
        let mut closing = vec![usize::MAX; kinds.len()];
        let mut open = Vec::new();
        for (position, kind) in kinds.iter().enumerate() {
            match kind {
                TokenKind::Symbol(Symbol::LeftParen) => open.push(position),
                TokenKind::Symbol(Symbol::RightParen) => {
                    if let Some(start) = open.pop()
                        && let Some(place) = closing.get_mut(start)
                    {
                        *place = position;
                    }
                }
                _ => {}
            }
        }
        Nesting { closing, height: 0 }
    }

    /// Where the parenthesis at a position is closed; none if it never is.
    pub(super) fn closing(&self, open: usize) -> Option<usize> {
        let position = self.closing.get(open).copied()?;
        (position != usize::MAX).then_some(position)
    }

    /// Begins something that may be high, and returns what must be given back at its end.
    pub(super) fn begin(&mut self) -> u32 {
        std::mem::take(&mut self.height)
    }

    /// Ends it: what it stands in is higher by one than its highest part.
    pub(super) fn end(&mut self, outer: u32) {
        self.height = outer.max(self.height + 1);
    }

    /// Takes back a level.
    pub(super) fn shrink(&mut self) {
        self.height = self.height.saturating_sub(1);
    }
}

impl Parser<'_> {
    /// Makes what has been read the part of something higher.
    pub(super) fn grow(&mut self) -> Syntax<()> {
        self.nesting.height += 1;
        match self.nesting.height > MAX_HEIGHT {
            true => Err(Box::new(errors::too_deep(self.span()))),
            false => Ok(()),
        }
    }
}
