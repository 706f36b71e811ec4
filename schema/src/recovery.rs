//! A CREATE TABLE with a syntax error, as far as it can be read, whatever the engine.

use crate::text::Span;
use std::mem;

/// What divides the definitions of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// `(`
    Open,
    /// `,`
    Comma,
    /// `)`
    Close,
}

/// The grammar of an engine, as far as a table's definitions are found by it.
pub(crate) trait Grammar {
    /// A token of a statement.
    type Token: Clone;

    /// Where a token is.
    fn span(token: &Self::Token) -> Span;

    /// What a token divides.
    fn mark(token: &Self::Token) -> Option<Mark>;

    /// A token that nobody wrote, at a place.
    fn written(mark: Mark, span: Span) -> Self::Token;

    /// Whether a statement can be read.
    ///
    /// # Errors
    ///
    /// If not; with the place of the mistake, where there is one.
    fn read(&self, statement: &[Self::Token]) -> Result<(), Option<Span>>;
}

/// How many words of a definition are given up before the one that cannot be read.
const LONGEST_RETREAT: usize = 8;

/// The tokens of the definitions that can be read, in a statement of their own. `head` goes up to the name of the table,
/// `body` is what follows it.
pub(crate) fn recovered<G: Grammar>(
    grammar: &G,
    head: &[G::Token],
    body: &[G::Token],
) -> Vec<G::Token> {
    let mut recovery = Recovery {
        grammar,
        head,
        kept: Vec::new(),
    };
    let mut depth = 0_usize;
    let mut part = Vec::new();
    let mut body = body.iter();
    for token in body.by_ref() {
        let mark = G::mark(token);
        match mark {
            Some(Mark::Open) => depth += 1,
            Some(Mark::Close) => depth = depth.saturating_sub(1),
            Some(Mark::Comma) | None => {}
        }
        match (depth, mark) {
            (0, _) => break,
            (1, Some(Mark::Comma)) => recovery.keep(&mem::take(&mut part)),
            (1, Some(Mark::Open)) => {}
            _ => part.push(token.clone()),
        }
    }
    recovery.keep(&part);
    let options = recovery.statement(&recovery.kept, body.as_slice());
    if recovery.mistake_in(&options).is_none() {
        return options;
    }
    recovery.statement(&recovery.kept, &[])
}

/// A CREATE TABLE as far as it can be read.
struct Recovery<'a, G: Grammar> {
    grammar: &'a G,
    /// Up to the name.
    head: &'a [G::Token],
    /// The definitions that can be read.
    kept: Vec<Vec<G::Token>>,
}

impl<G: Grammar> Recovery<'_, G> {
    /// Keeps a definition: as it is, or without the word that cannot be read, or as the two that a comma before that word
    /// makes of it, or up to that word.
    fn keep(&mut self, part: &[G::Token]) {
        let Some(mistake) = self.mistake(part) else {
            self.kept.push(part.to_vec());
            return;
        };
        let (before, after) = part.split_at(mistake.min(part.len()));
        let mut without = before.to_vec();
        without.extend(after.iter().skip(1).cloned());
        if self.mistake(&without).is_none() {
            self.kept.push(without);
            return;
        }
        let mut ends = (1..=before.len()).rev().take(LONGEST_RETREAT);
        let mut starts = ends.by_ref().filter_map(|end| before.get(..end));
        let Some(start) = starts.find(|start| self.mistake(start).is_none()) else {
            return;
        };
        self.kept.push(start.to_vec());
        // A single word would be a column, too, but is hardly meant as one.
        if start.len() == before.len() && after.len() > 1 && self.mistake(after).is_none() {
            self.kept.push(after.to_vec());
        }
    }

    /// The position of the first token of a definition that cannot be read; none if all can.
    fn mistake(&self, part: &[G::Token]) -> Option<usize> {
        if part.is_empty() {
            return Some(0);
        }
        let span = self.mistake_in(&self.statement(&[part.to_vec()], &[]))?;
        let at = part
            .iter()
            .position(|token| G::span(token).start >= span.start);
        Some(at.unwrap_or(part.len()))
    }

    /// Where a statement cannot be read.
    fn mistake_in(&self, statement: &[G::Token]) -> Option<Span> {
        match self.grammar.read(statement) {
            Ok(()) => None,
            Err(place) => place.or_else(|| self.head.last().map(G::span)),
        }
    }

    fn statement(&self, parts: &[Vec<G::Token>], options: &[G::Token]) -> Vec<G::Token> {
        let span = self.head.last().map(G::span);
        let written = |mark| span.map(|span| G::written(mark, span));
        let mut statement = self.head.to_vec();
        let mut separator = Mark::Open;
        for part in parts {
            statement.extend(written(separator));
            statement.extend(part.iter().cloned());
            separator = Mark::Comma;
        }
        statement.extend(written(Mark::Close));
        statement.extend(options.iter().cloned());
        statement
    }
}
