//! Walking over the tokens of a body, and what stands between its words.

use super::super::ast::{Expression, Into, Sql};
use super::routine::Routine;
use super::scope::{CursorArguments, Found, Scopes, Shape};
use crate::diagnostic::Diagnostic;
use crate::errors::postgres::plpgsql as errors;
use crate::errors::postgres::syntax;
use crate::postgres::ast::Ident;
use crate::postgres::parse::cursor::Parser;
use crate::postgres::resolve::{Environment, Resolved};
use crate::postgres::split::Token;
use crate::postgres::types::{Typing, well_known};
use crate::text::Span;
use tablature_lexer::postgres::{Symbol, TokenKind, name_value};

pub(super) type Syntax<T> = Result<T, Box<Diagnostic>>;

/// How deep blocks and loops may stand in each other.
const MAX_DEPTH: usize = 500;

/// The words that are no names in PL/pgSQL (`pl_reserved_kwlist.h`).
const RESERVED: &[&str] = &[
    "all", "begin", "by", "case", "declare", "else", "end", "execute", "for", "foreach", "from",
    "if", "in", "into", "loop", "not", "null", "or", "strict", "then", "to", "using", "when",
    "while",
];

/// A body's tokens and the place of the next one.
pub(super) struct Reader<'a> {
    tokens: &'a [Token],
    position: usize,
    end: Span,
    pub(super) environment: Environment<'a>,
    pub(super) version: u32,
    pub(super) routine: &'a Routine,
    pub(super) scopes: Scopes,
    depth: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        tokens: &'a [Token],
        end: Span,
        environment: Environment<'a>,
        routine: &'a Routine,
    ) -> Reader<'a> {
        Reader {
            tokens,
            position: 0,
            end,
            environment,
            version: u32::from(environment.version),
            routine,
            scopes: Scopes::new(routine, Typing::new(environment.catalog)),
            depth: 0,
        }
    }

    pub(super) fn nested<T>(&mut self, rule: impl FnOnce(&mut Self) -> Syntax<T>) -> Syntax<T> {
        if self.depth >= MAX_DEPTH {
            return Err(Box::new(syntax::too_deep(self.span())));
        }
        self.depth += 1;
        let result = rule(self);
        self.depth -= 1;
        result
    }

    pub(super) fn position(&self) -> usize {
        self.position
    }

    pub(super) fn reset(&mut self, position: usize) {
        self.position = position;
    }

    pub(super) fn token_at(&self, distance: usize) -> Option<&'a Token> {
        self.tokens.get(self.position + distance)
    }

    pub(super) fn advance(&mut self) {
        self.position += 1;
    }

    /// Whether a token is a bare word or a symbol of this text, in lower case.
    pub(super) fn is_at_distance(&self, distance: usize, text: &str) -> bool {
        self.token_at(distance).is_some_and(|token| is(token, text))
    }

    pub(super) fn is_at(&self, text: &str) -> bool {
        self.is_at_distance(0, text)
    }

    pub(super) fn accept(&mut self, text: &str) -> bool {
        let accepted = self.is_at(text);
        if accepted {
            self.advance();
        }
        accepted
    }

    pub(super) fn expect(&mut self, text: &str) -> Syntax<()> {
        match self.accept(text) {
            true => Ok(()),
            false => Err(self.expected(&format!("`{}`", text.to_uppercase()))),
        }
    }

    pub(super) fn span(&self) -> Span {
        self.token_at(0).map_or(self.end, |token| token.span)
    }

    pub(super) fn span_from(&self, start: usize) -> Span {
        match self.tokens.get(start..self.position).unwrap_or_default() {
            [] => self.span(),
            [only] => only.span,
            [first, .., last] => first.span.to(last.span),
        }
    }

    /// The syntax error at the next token.
    pub(super) fn expected(&self, what: &str) -> Box<Diagnostic> {
        let found = self.token_at(0).map(|token| token.text.as_ref());
        Box::new(syntax::expected(self.span(), what, found))
    }

    fn is_name_at(&self, distance: usize) -> bool {
        self.token_at(distance)
            .is_some_and(|token| match token.kind {
                TokenKind::QuotedName | TokenKind::UnicodeName => true,
                TokenKind::Word | TokenKind::Keyword(_) => !RESERVED
                    .iter()
                    .any(|word| token.text.eq_ignore_ascii_case(word)),
                _ => false,
            })
    }

    /// Whether `$1` is next.
    pub(super) fn is_at_parameter(&self) -> bool {
        let token = self.token_at(0);
        token.is_some_and(|token| token.kind == TokenKind::Parameter)
    }

    /// Whether the name of a variable is next.
    pub(super) fn is_at_variable(&mut self) -> bool {
        let start = self.position();
        let path = match self.is_at_name() || self.is_at_parameter() {
            true => self.path("a variable").ok(),
            false => None,
        };
        self.reset(start);
        path.is_some_and(|path| self.scopes.find(&path).is_some())
    }

    pub(super) fn is_at_name(&self) -> bool {
        self.is_name_at(0)
    }

    /// Any word or quoted name (`any_identifier`).
    pub(super) fn name(&mut self, what: &str) -> Syntax<Ident> {
        match self.is_at_name() {
            true => self.any_name(),
            false => Err(self.expected(what)),
        }
    }

    /// The next token as a name, whatever word it is.
    pub(super) fn any_name(&mut self) -> Syntax<Ident> {
        let Some(token) = self.token_at(0) else {
            return Err(self.expected("a name"));
        };
        let is_word = matches!(
            token.kind,
            TokenKind::Word
                | TokenKind::Keyword(_)
                | TokenKind::QuotedName
                | TokenKind::UnicodeName
        );
        if !is_word {
            return Err(self.expected("a name"));
        }
        let name = name_value(token.kind, &token.text, '\\')
            .map_err(|why| Box::new(syntax::invalid_literal(token.span, why)))?;
        self.advance();
        Ok(Ident {
            name: name.into(),
            quoted: matches!(token.kind, TokenKind::QuotedName | TokenKind::UnicodeName),
            span: token.span,
        })
    }

    /// `name`, `name.name`, `name.name.name`; a parameter is a name, too.
    pub(super) fn path(&mut self, what: &str) -> Syntax<Vec<Ident>> {
        if let Some(token) = self.token_at(0)
            && token.kind == TokenKind::Parameter
        {
            self.advance();
            return Ok(vec![Ident {
                name: token.text.clone(),
                quoted: false,
                span: token.span,
            }]);
        }
        let mut parts = vec![self.name(what)?];
        while parts.len() < 3 && self.is_at(".") {
            self.advance();
            parts.push(self.any_name()?);
        }
        Ok(parts)
    }

    /// A variable that exists, or a field of it.
    pub(super) fn known(&self, path: &[Ident], span: Span) -> Syntax<Found<'_>> {
        let found = self.scopes.find(path);
        found.ok_or_else(|| Box::new(errors::unknown_variable(path, span)))
    }

    /// A variable that exists and may be assigned.
    pub(super) fn variable(&mut self) -> Syntax<(Vec<Ident>, Span)> {
        let start = self.position();
        let path = self.path("a variable")?;
        let span = self.span_from(start);
        match self.known(&path, span)?.datum.constant {
            true => Err(Box::new(errors::constant(span))),
            false => Ok((path, span)),
        }
    }

    /// Variables that rows are put into: a row, or values separated by commas (`read_into_target`).
    pub(super) fn targets(&mut self) -> Syntax<Vec<Vec<Ident>>> {
        let (first, span) = self.variable()?;
        if self.known(&first, span)?.is_row() {
            return match self.is_at(",") {
                true => Err(Box::new(errors::row_among_targets(span))),
                false => Ok(vec![first]),
            };
        }
        let mut targets = vec![first];
        while self.accept(",") {
            targets.push(self.scalar()?);
        }
        Ok(targets)
    }

    /// A variable that exists, may be assigned and is no row.
    pub(super) fn scalar(&mut self) -> Syntax<Vec<Ident>> {
        let (path, span) = self.variable()?;
        match self.known(&path, span)?.is_row() {
            true => Err(Box::new(errors::no_scalar(&path, span))),
            false => Ok(path),
        }
    }

    /// A variable for cursors (`cursor_variable`).
    pub(super) fn cursor_variable(&mut self) -> Syntax<(Ident, Option<CursorArguments>)> {
        let start = self.position();
        let path = self.path("a cursor")?;
        let span = self.span_from(start);
        let found = self.known(&path, span)?;
        let is_cursor = match found.datum.shape {
            Shape::Scalar => {
                let typed = found.datum.typed;
                typed.is_none_or(|typed| typed.oid == well_known::REFCURSOR)
            }
            Shape::Record => false,
            Shape::Unknown => true,
        };
        match path.last() {
            Some(name) if is_cursor => Ok((name.clone(), found.datum.cursor.clone())),
            _ => Err(Box::new(errors::no_cursor(&path, span))),
        }
    }

    /// What was resolved; the first mistake in it where there is one.
    pub(super) fn sound<T>(&self, resolved: Resolved<T>) -> Syntax<T> {
        match resolved.diagnostics.into_iter().next() {
            Some(mistake) => Err(Box::new(mistake)),
            None => Ok(resolved.value),
        }
    }

    /// The targets of INTO, after its word.
    pub(super) fn targets_of_into(&mut self) -> Syntax<Into> {
        let strict = self.accept("strict");
        let targets = self.targets()?;
        Ok(Into { strict, targets })
    }

    /// The tokens up to one of some words or symbols outside of parentheses, which is not taken.
    pub(super) fn slice_until(&mut self, ends: &[&str], what: &str) -> Syntax<&'a [Token]> {
        let start = self.position();
        let mut depth = 0_usize;
        loop {
            let Some(token) = self.token_at(0) else {
                return Err(self.expected(what));
            };
            if depth == 0 && ends.iter().any(|end| is(token, end)) {
                break;
            }
            match token.kind {
                TokenKind::Symbol(Symbol::LeftParen | Symbol::LeftBracket) => depth += 1,
                TokenKind::Symbol(Symbol::RightParen | Symbol::RightBracket) => {
                    let Some(outer) = depth.checked_sub(1) else {
                        return Err(self.expected(what));
                    };
                    depth = outer;
                }
                TokenKind::Symbol(Symbol::Semicolon) => return Err(self.expected(what)),
                _ => {}
            }
            self.advance();
        }
        match self.tokens.get(start..self.position).unwrap_or_default() {
            [] => Err(self.expected("an expression")),
            tokens => Ok(tokens),
        }
    }

    /// An expression up to one of some words or symbols, which is not taken.
    pub(super) fn expression_until(&mut self, ends: &[&str], what: &str) -> Syntax<Expression> {
        let tokens = self.slice_until(ends, what)?;
        self.expression(tokens)
    }

    /// An expression up to a word or symbol, which is taken.
    pub(super) fn expression_to(&mut self, end: &str) -> Syntax<Expression> {
        let what = format!("`{}`", end.to_uppercase());
        let expression = self.expression_until(&[end], &what)?;
        self.advance();
        Ok(expression)
    }

    /// What follows SELECT, in these tokens.
    pub(super) fn expression(&self, tokens: &'a [Token]) -> Syntax<Expression> {
        let mut parser = Parser::new(tokens, self.version);
        let query = parser.selected()?;
        if parser.peek().is_some() {
            return Err(parser.expected("the end of the expression"));
        }
        Ok(Expression {
            span: query.span,
            query: Box::new(query),
            names: self.scopes.visible(),
        })
    }

    /// A statement of SQL in these tokens.
    pub(super) fn sql(&self, tokens: Vec<Token>, span: Span) -> Syntax<Sql> {
        let mut parser = Parser::new(&tokens, self.version);
        let statement = Box::new(parser.embedded_statement()?);
        if parser.peek().is_some() {
            return Err(parser.expected("`;`"));
        }
        Ok(Sql {
            statement,
            names: self.scopes.visible(),
            tokens,
            span,
        })
    }

    /// `;`
    pub(super) fn semicolon(&mut self) -> Syntax<()> {
        match self.accept(";") {
            true => Ok(()),
            false => Err(self.expected("`;`")),
        }
    }
}

/// Whether a token is a bare word or a symbol of this text.
pub(in crate::postgres::plpgsql) fn is(token: &Token, text: &str) -> bool {
    match token.kind {
        TokenKind::Word | TokenKind::Keyword(_) => token.text.eq_ignore_ascii_case(text),
        TokenKind::Symbol(_) | TokenKind::Operator => *token.text == *text,
        _ => false,
    }
}
