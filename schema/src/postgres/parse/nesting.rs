//! What bounds the recursion over a statement, and which parentheses hold queries.

use super::cursor::{Parser, Syntax};
use crate::errors::postgres::syntax as errors;
use tablature_lexer::postgres::{Keyword, Symbol, TokenKind};

/// How high a tree may be. `a || b || c …` is as high as it is long, although it is read without recursion; the engine's
/// analysis, whose stack is 2 MB, follows such a chain for between four and five thousand operators.
const MAX_HEIGHT: u32 = 4_000;

/// Facts about the nesting of a statement.
#[derive(Debug)]
pub(super) struct Nesting {
    /// By the position of an opening parenthesis, whether a query stands in it.
    queries: Vec<bool>,
    /// The height of what has been read of the expression or query at hand.
    height: u32,
}

impl Nesting {
    /// Finds the parentheses that hold queries: `(SELECT`, `((SELECT …))`, `((SELECT …) UNION …)`; but not
    /// `((SELECT …) + 1)`.
    pub(super) fn new(kinds: &[TokenKind]) -> Nesting {
        let closing = closing(kinds);
        let kind = |position: usize| kinds.get(position).copied();
        let mut queries = vec![false; kinds.len()];
        for open in (0..kinds.len()).rev() {
            if kind(open) != Some(LEFT) {
                continue;
            }
            let is_query = if kind(open + 1) == Some(LEFT) {
                let inner_ends = closing.get(open + 1).copied().flatten();
                let goes_on = inner_ends.is_none_or(|end| may_follow_query(kind(end + 1)));
                goes_on && queries.get(open + 1).copied().unwrap_or_default()
            } else {
                begins_query(kind(open + 1), kind(open + 2))
            };
            if let Some(place) = queries.get_mut(open) {
                *place = is_query;
            }
        }
        Nesting { queries, height: 0 }
    }

    /// Whether a query stands in the parenthesis that opens at a position.
    pub(super) fn is_query(&self, open: usize) -> bool {
        self.queries.get(open).copied().unwrap_or_default()
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

const LEFT: TokenKind = TokenKind::Symbol(Symbol::LeftParen);
const RIGHT: TokenKind = TokenKind::Symbol(Symbol::RightParen);

/// By the position of an opening parenthesis, that of the closing one.
fn closing(kinds: &[TokenKind]) -> Vec<Option<usize>> {
    let mut closing = vec![None; kinds.len()];
    let mut open = Vec::new();
    for (position, kind) in kinds.iter().enumerate() {
        if *kind == LEFT {
            open.push(position);
        } else if *kind == RIGHT
            && let Some(start) = open.pop()
            && let Some(place) = closing.get_mut(start)
        {
            *place = Some(position);
        }
    }
    closing
}

/// Whether a token begins a query; VALUES may be a column.
fn begins_query(token: Option<TokenKind>, next: Option<TokenKind>) -> bool {
    match token {
        Some(TokenKind::Keyword(Keyword::Select | Keyword::With | Keyword::Table)) => true,
        Some(TokenKind::Keyword(Keyword::Values)) => next == Some(LEFT),
        _ => false,
    }
}

/// Whether a token after a query in parentheses makes the two a query again.
fn may_follow_query(token: Option<TokenKind>) -> bool {
    match token {
        None | Some(RIGHT) => true,
        Some(TokenKind::Keyword(keyword)) => matches!(
            keyword,
            Keyword::Union
                | Keyword::Intersect
                | Keyword::Except
                | Keyword::Order
                | Keyword::Limit
                | Keyword::Offset
                | Keyword::Fetch
                | Keyword::For
        ),
        Some(_) => false,
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
