//! Walking over the tokens of a statement.

use super::contextual::contextual_kinds;
use super::limits::Limits;
use crate::config::Rules;
use crate::diagnostic::Diagnostic;
use crate::sqlite::ast::{Statement, StatementKind};
use crate::text::{FileId, Span, Token, TokenIndex, text_of};
use tablature_lexer::{Keyword, Symbol, TokenKind};

/// What a rule gives: its part of the tree, or the syntax error. Boxed, because every frame of a deep recursion holds one.
pub(super) type Syntax<T> = Result<T, Box<Diagnostic>>;

/// A statement's tokens and the place of the next one.
pub(super) struct Parser<'a> {
    tokens: &'a [Token],
    /// The tokens' kinds, with WINDOW, OVER and FILTER turned to words where they are no keywords.
    kinds: Vec<TokenKind>,
    position: usize,
    pub(super) rules: &'a Rules,
    pub(super) limits: Limits,
    /// Whether the statement being parsed stands in a trigger's body.
    pub(super) in_trigger: bool,
    /// Mistakes that do not stop the parser.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Parser<'a> {
    pub(super) fn new(tokens: &'a [Token], rules: &'a Rules) -> Parser<'a> {
        Parser {
            tokens,
            kinds: contextual_kinds(tokens),
            position: 0,
            rules,
            limits: Limits::default(),
            in_trigger: false,
            diagnostics: Vec::new(),
        }
    }

    /// `[EXPLAIN [QUERY PLAN]] command`, and nothing after it.
    pub(super) fn statement(&mut self) -> Syntax<Statement> {
        let explain = if self.accept(Keyword::Explain) {
            if self.accept(Keyword::Query) {
                self.expect(Keyword::Plan)?;
            }
            Some(self.span_from(0))
        } else {
            None
        };
        let kind = self.command()?;
        if self.peek().is_some() {
            return Err(self.expected("`;`"));
        }
        Ok(Statement {
            span: self.span_from(0),
            explain,
            kind,
        })
    }

    /// A statement of a trigger's body, from `start` on.
    pub(super) fn finish_statement(&self, start: usize, kind: StatementKind) -> Statement {
        Statement {
            span: self.span_from(start),
            explain: None,
            kind,
        }
    }

    /// The kind of the next token.
    pub(super) fn peek(&self) -> Option<TokenKind> {
        self.peek_at(0)
    }

    /// The kind of a token after the next one.
    pub(super) fn peek_at(&self, distance: usize) -> Option<TokenKind> {
        self.kinds.get(self.position + distance).copied()
    }

    pub(super) fn is_at(&self, kind: impl Into<TokenKind>) -> bool {
        self.peek() == Some(kind.into())
    }

    pub(super) fn is_at_any(&self, keywords: &[Keyword]) -> bool {
        matches!(self.peek(), Some(TokenKind::Keyword(keyword)) if keywords.contains(&keyword))
    }

    /// Takes the next token.
    pub(super) fn advance(&mut self) {
        self.position += 1;
    }

    /// Gives the last token back.
    pub(super) fn retreat(&mut self) {
        self.position = self.position.saturating_sub(1);
    }

    /// Takes the next token if it is of a kind.
    pub(super) fn accept(&mut self, kind: impl Into<TokenKind>) -> bool {
        let accepted = self.is_at(kind);
        if accepted {
            self.advance();
        }
        accepted
    }

    /// Takes a token that must follow.
    pub(super) fn expect<K: Into<TokenKind> + Copy>(&mut self, kind: K) -> Syntax<()> {
        if self.accept(kind) {
            return Ok(());
        }
        let what = match kind.into() {
            TokenKind::Keyword(keyword) => format!("`{}`", keyword.as_str()),
            TokenKind::Symbol(symbol) => format!("`{}`", symbol.as_str()),
            other => format!("{other:?}"),
        };
        Err(self.expected(&what))
    }

    /// Takes two or more keywords that belong together if the first is next.
    pub(super) fn accept_phrase(&mut self, first: Keyword, rest: &[Keyword]) -> Syntax<bool> {
        if !self.accept(first) {
            return Ok(false);
        }
        for keyword in rest {
            self.expect(*keyword)?;
        }
        Ok(true)
    }

    /// Items separated by commas, at least one.
    pub(super) fn list<T>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Syntax<T>,
    ) -> Syntax<Vec<T>> {
        let mut items = vec![item(self)?];
        while self.accept(Symbol::Comma) {
            items.push(item(self)?);
        }
        Ok(items)
    }

    /// A list in parentheses, the first of which is next.
    pub(super) fn parenthesized_list<T>(
        &mut self,
        item: impl FnMut(&mut Self) -> Syntax<T>,
    ) -> Syntax<Vec<T>> {
        self.expect(Symbol::LeftParen)?;
        let items = self.list(item)?;
        self.expect(Symbol::RightParen)?;
        Ok(items)
    }

    /// How many tokens have been taken.
    pub(super) fn position(&self) -> usize {
        self.position
    }

    /// The next token's index, or the one after the last.
    pub(super) fn index(&self) -> TokenIndex {
        token_index(self.position)
    }

    /// The next token.
    pub(super) fn token(&self) -> Option<&'a Token> {
        self.tokens.get(self.position)
    }

    /// The token that was taken last.
    pub(super) fn last_token(&self) -> Option<&'a Token> {
        self.tokens.get(self.position.checked_sub(1)?)
    }

    /// The tokens from `start` on that have been taken.
    pub(super) fn taken_from(&self, start: usize) -> &'a [Token] {
        self.tokens.get(start..self.position).unwrap_or_default()
    }

    /// The source text of the tokens from `start` on that have been taken, with what stands before the next token, and
    /// without white space at its ends: the text that the engine makes a column's name from.
    pub(super) fn source_text(&self, start: usize) -> String {
        let mut text = text_of(self.taken_from(start));
        if let Some(next) = self.token() {
            text.push_str(&next.before);
        }
        trim(&text).to_owned()
    }

    /// All tokens of the statement.
    pub(super) fn tokens(&self) -> &'a [Token] {
        self.tokens
    }

    /// The next token's place; after the last token at the end.
    pub(super) fn span(&self) -> Span {
        match self.token() {
            Some(token) => token.span,
            None => self.last_span().after(),
        }
    }

    fn last_span(&self) -> Span {
        let nowhere = Span {
            file: FileId(0),
            start: 0,
            end: 0,
        };
        self.tokens.last().map_or(nowhere, |token| token.span)
    }

    /// From the token `start` to the last one that was taken.
    pub(super) fn span_from(&self, start: usize) -> Span {
        match self.taken_from(start) {
            [] => self.span(),
            [only] => only.span,
            [first, .., last] => first.span.to(last.span),
        }
    }

    /// Adds a mistake that does not stop the parser.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}

pub(super) fn token_index(position: usize) -> TokenIndex {
    TokenIndex(u32::try_from(position).unwrap_or(u32::MAX))
}

/// Without the engine's white space at both ends.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// What the engine takes for white space in the text of a type, a default or a column.
pub(super) fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\x0b' | '\x0c' | '\r')
}
