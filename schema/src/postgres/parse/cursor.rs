//! Walking over the tokens of a statement.

use super::nesting::Nesting;
use crate::diagnostic::Diagnostic;
use crate::errors::postgres::syntax as errors;
use crate::postgres::split::Token;
use crate::text::{FileId, Span};
use tablature_lexer::postgres::{Keyword, Symbol, TokenKind};

/// What a rule gives: its part of the tree, or the syntax error. Boxed, because every frame of a deep recursion holds one.
pub type Syntax<T> = Result<T, Box<Diagnostic>>;

/// How deep constructs may stand in each other. The engine's parser has a stack of 10,000 entries, and its analysis one
/// of 2 MB, which hold some thousands.
const MAX_DEPTH: usize = 1_000;

/// A statement's tokens and the place of the next one.
#[derive(Debug)]
pub struct Parser<'a> {
    tokens: &'a [Token],
    /// The tokens' kinds, in which a keyword that is too new for the engine is a word.
    kinds: Vec<TokenKind>,
    position: usize,
    /// The major version of the oldest engine that the statement must run on.
    pub version: u32,
    depth: usize,
    pub(super) nesting: Nesting,
    /// Mistakes that do not stop the parser.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Parser<'a> {
    /// Starts at the first token of a statement.
    #[must_use]
    pub fn new(tokens: &'a [Token], version: u32) -> Parser<'a> {
        let known = |kind| match kind {
            TokenKind::Keyword(keyword) if u32::from(Keyword::since(keyword)) > version => {
                TokenKind::Word
            }
            kind => kind,
        };
        let kinds: Vec<TokenKind> = tokens.iter().map(|token| known(token.kind)).collect();
        Parser {
            tokens,
            nesting: Nesting::new(&kinds),
            kinds,
            position: 0,
            version,
            depth: 0,
            diagnostics: Vec::new(),
        }
    }

    /// The kind of the next token.
    #[must_use]
    pub fn peek(&self) -> Option<TokenKind> {
        self.peek_at(0)
    }

    /// The kind of a token after the next one.
    #[must_use]
    pub fn peek_at(&self, distance: usize) -> Option<TokenKind> {
        self.kinds.get(self.position + distance).copied()
    }

    /// The next token if it is a keyword.
    #[must_use]
    pub fn keyword(&self) -> Option<Keyword> {
        self.keyword_at(0)
    }

    /// A token after the next one if it is a keyword.
    #[must_use]
    pub fn keyword_at(&self, distance: usize) -> Option<Keyword> {
        match self.peek_at(distance) {
            Some(TokenKind::Keyword(keyword)) => Some(keyword),
            _ => None,
        }
    }

    /// Whether the next token is of a kind.
    pub fn is_at(&self, kind: impl Into<TokenKind>) -> bool {
        self.peek() == Some(kind.into())
    }

    /// Whether the next token is one of some keywords.
    #[must_use]
    pub fn is_at_any(&self, keywords: &[Keyword]) -> bool {
        self.keyword()
            .is_some_and(|keyword| keywords.contains(&keyword))
    }

    /// Whether the next tokens are these keywords.
    #[must_use]
    pub fn is_at_phrase(&self, keywords: &[Keyword]) -> bool {
        let mut distance = 0;
        keywords.iter().all(|keyword| {
            distance += 1;
            self.keyword_at(distance - 1) == Some(*keyword)
        })
    }

    /// Whether the next keyword and the one after it are one token to the engine's grammar, which looks one token ahead
    /// for NOT (BETWEEN, IN, LIKE, ILIKE, SIMILAR), NULLS (FIRST, LAST), WITH (TIME, ORDINALITY) and WITHOUT (TIME). Such a
    /// word is never a name or a prefix.
    #[must_use]
    pub fn is_at_pair(&self) -> bool {
        let Some(keyword) = self.keyword() else {
            return false;
        };
        match (keyword, self.keyword_at(1)) {
            (Keyword::Not, Some(next)) => matches!(
                next,
                Keyword::Between | Keyword::In | Keyword::Like | Keyword::Ilike | Keyword::Similar
            ),
            (Keyword::Nulls, Some(next)) => matches!(next, Keyword::First | Keyword::Last),
            (Keyword::With, Some(next)) => matches!(next, Keyword::Time | Keyword::Ordinality),
            (Keyword::Without, Some(next)) => next == Keyword::Time && self.version >= 16,
            _ => false,
        }
    }

    /// Takes the next token.
    pub fn advance(&mut self) {
        self.position += 1;
    }

    /// Takes the next token if it is of a kind.
    pub fn accept(&mut self, kind: impl Into<TokenKind>) -> bool {
        let accepted = self.is_at(kind);
        if accepted {
            self.advance();
        }
        accepted
    }

    /// Takes these keywords if all of them are next.
    pub fn accept_phrase(&mut self, keywords: &[Keyword]) -> bool {
        let accepted = self.is_at_phrase(keywords);
        if accepted {
            self.position += keywords.len();
        }
        accepted
    }

    /// Takes a token that must follow.
    ///
    /// # Errors
    ///
    /// If another one follows.
    pub fn expect<K: Into<TokenKind> + Copy>(&mut self, kind: K) -> Syntax<()> {
        if self.accept(kind) {
            return Ok(());
        }
        Err(self.expected(&match kind.into() {
            TokenKind::Keyword(keyword) => format!("`{}`", keyword.as_str()),
            TokenKind::Symbol(symbol) => format!("`{}`", symbol.as_str()),
            other => format!("{other:?}"),
        }))
    }

    /// Takes keywords that must follow.
    ///
    /// # Errors
    ///
    /// At the first token that is another one.
    pub fn expect_phrase(&mut self, keywords: &[Keyword]) -> Syntax<()> {
        keywords
            .iter()
            .try_for_each(|keyword| self.expect(*keyword))
    }

    /// Takes keywords that belong together if the first is next.
    ///
    /// # Errors
    ///
    /// If only some of them follow.
    pub fn accept_start(&mut self, first: Keyword, rest: &[Keyword]) -> Syntax<bool> {
        let accepted = self.accept(first);
        if accepted {
            self.expect_phrase(rest)?;
        }
        Ok(accepted)
    }

    /// Items separated by commas, at least one.
    ///
    /// # Errors
    ///
    /// That of an item.
    pub fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Syntax<T>) -> Syntax<Vec<T>> {
        let mut items = vec![item(self)?];
        while self.accept(Symbol::Comma) {
            items.push(item(self)?);
        }
        Ok(items)
    }

    /// A list in parentheses, the first of which is next.
    ///
    /// # Errors
    ///
    /// That of an item, or a missing parenthesis.
    pub fn parenthesized_list<T>(
        &mut self,
        item: impl FnMut(&mut Self) -> Syntax<T>,
    ) -> Syntax<Vec<T>> {
        self.expect(Symbol::LeftParen)?;
        let items = self.list(item)?;
        self.expect(Symbol::RightParen)?;
        Ok(items)
    }

    /// Parses something that may stand in itself.
    ///
    /// # Errors
    ///
    /// That of the rule, or that it stands too deep.
    pub fn nested<T>(&mut self, rule: impl FnOnce(&mut Self) -> Syntax<T>) -> Syntax<T> {
        if self.depth >= MAX_DEPTH {
            return Err(Box::new(errors::too_deep(self.span())));
        }
        self.depth += 1;
        let result = rule(self);
        self.depth -= 1;
        result
    }

    /// How many tokens have been taken.
    #[must_use]
    pub fn position(&self) -> usize {
        self.position
    }

    /// Goes back to a [`position`](Self::position): for the few places where the engine's grammar needs more than one
    /// token to decide, such as a parenthesis that begins a query or an expression.
    pub fn reset(&mut self, position: usize) {
        self.position = position;
    }

    /// All tokens of the statement.
    pub(super) fn tokens(&self) -> &'a [Token] {
        self.tokens
    }

    /// The next token.
    #[must_use]
    pub fn token(&self) -> Option<&'a Token> {
        self.tokens.get(self.position)
    }

    /// The token that was taken last.
    #[must_use]
    pub fn last_token(&self) -> Option<&'a Token> {
        self.tokens.get(self.position.checked_sub(1)?)
    }

    /// The tokens from `start` on that have been taken.
    #[must_use]
    pub fn taken_from(&self, start: usize) -> &'a [Token] {
        self.tokens.get(start..self.position).unwrap_or_default()
    }

    /// The next token's place; after the last token at the end.
    #[must_use]
    pub fn span(&self) -> Span {
        match (self.token(), self.tokens.last()) {
            (Some(token), _) => token.span,
            (None, Some(last)) => last.span.after(),
            (None, None) => Span::new(FileId(0), 0..0),
        }
    }

    /// The place of the token that was taken last.
    #[must_use]
    pub fn last_span(&self) -> Span {
        self.last_token()
            .map_or_else(|| self.span(), |token| token.span)
    }

    /// From the token `start` to the last one that was taken.
    #[must_use]
    pub fn span_from(&self, start: usize) -> Span {
        match self.taken_from(start) {
            [] => self.span(),
            [only] => only.span,
            [first, .., last] => first.span.to(last.span),
        }
    }

    /// Adds a mistake that does not stop the parser.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Reports what has been taken from the token `start` on as a feature of a later version, if it is one.
    pub fn needs(&mut self, since: u32, feature: &str, start: usize) {
        if self.version < since {
            let span = self.span_from(start);
            let diagnostic = errors::needs_newer_engine(span, feature, since, self.version);
            self.report(diagnostic);
        }
    }
}
