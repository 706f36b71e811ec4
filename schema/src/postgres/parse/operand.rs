//! Expressions without operators (`c_expr`): literals, columns, calls, what stands in parentheses.

use super::cursor::{Parser, Syntax};
use crate::errors::postgres::grammar as errors;
use crate::postgres::ast::{
    Expr, ExprKind, Ident, Indirection, QualifiedName, TypeNameKind, WhenClause,
};
use tablature_lexer::postgres::{Keyword, Symbol, TokenKind};

impl Parser<'_> {
    /// An expression without operators (`c_expr`).
    pub(super) fn primary(&mut self) -> Syntax<Expr> {
        if let Some(literal) = self.literal()? {
            return Ok(literal);
        }
        match self.peek() {
            Some(TokenKind::Symbol(Symbol::LeftParen)) => return self.parenthesized(),
            Some(TokenKind::Parameter) => return self.parameter(),
            _ => {}
        }
        if let Some(literal) = self.keyword_typed_literal()? {
            return Ok(literal);
        }
        if let Some(special) = self.special()? {
            return Ok(special);
        }
        self.named()
    }

    /// `(expr)`, `(a, b)` or `(SELECT …)`.
    fn parenthesized(&mut self) -> Syntax<Expr> {
        let start = self.position();
        if self.is_at_parenthesized_query() {
            let query = self.parenthesized_query()?;
            let value = Expr {
                kind: ExprKind::Subquery(Box::new(query)),
                span: self.span_from(start),
            };
            return self.indirection(value, start);
        }
        self.advance();
        let first = self.expr()?;
        if self.is_at(Symbol::Comma) {
            let mut fields = vec![first];
            while self.accept(Symbol::Comma) {
                fields.push(self.expr()?);
            }
            self.expect(Symbol::RightParen)?;
            return Ok(Expr {
                kind: ExprKind::Row {
                    fields,
                    explicit: false,
                },
                span: self.span_from(start),
            });
        }
        self.expect(Symbol::RightParen)?;
        self.indirection(first, start)
    }

    /// `$1`
    fn parameter(&mut self) -> Syntax<Expr> {
        let start = self.position();
        let digits = self.token().map(|token| token.text.trim_start_matches('$'));
        let number = digits.and_then(|digits| digits.parse().ok());
        self.advance();
        let value = Expr {
            kind: ExprKind::Parameter(number.unwrap_or(0)),
            span: self.span_from(start),
        };
        self.indirection(value, start)
    }

    /// The fields and elements that are taken from a value which began at the token `start`.
    fn indirection(&mut self, value: Expr, start: usize) -> Syntax<Expr> {
        let steps = self.indirection_steps()?;
        if steps.is_empty() {
            return Ok(value);
        }
        Ok(Expr {
            kind: ExprKind::Indirection {
                value: Box::new(value),
                steps,
            },
            span: self.span_from(start),
        })
    }

    /// `.field`, `.*`, `[1]`, `[1:2]`, of which a star may only be the last (`opt_indirection`).
    pub(super) fn indirection_steps(&mut self) -> Syntax<Vec<Indirection>> {
        let mut steps = Vec::new();
        while let Some(step) = self.indirection_step()? {
            if let Some(Indirection::Star(span)) = steps.last() {
                return Err(Box::new(errors::misplaced_star(*span)));
            }
            steps.push(step);
        }
        Ok(steps)
    }

    fn indirection_step(&mut self) -> Syntax<Option<Indirection>> {
        let start = self.position();
        if self.accept(Symbol::Dot) {
            let span = self.span();
            return Ok(Some(match self.accept(Symbol::Star) {
                true => Indirection::Star(span),
                false => Indirection::Field(self.label("a name or `*`")?),
            }));
        }
        if !self.accept(Symbol::LeftBracket) {
            return Ok(None);
        }
        let lower = match self.is_at(Symbol::Colon) {
            true => None,
            false => Some(Box::new(self.expr()?)),
        };
        if let Some(index) = lower {
            if self.accept(Symbol::RightBracket) {
                return Ok(Some(Indirection::Subscript(index)));
            }
            return self.slice(Some(index), start).map(Some);
        }
        self.slice(None, start).map(Some)
    }

    /// `:upper]` of a slice.
    fn slice(&mut self, lower: Option<Box<Expr>>, start: usize) -> Syntax<Indirection> {
        self.expect(Symbol::Colon)?;
        let upper = match self.is_at(Symbol::RightBracket) {
            true => None,
            false => Some(Box::new(self.expr()?)),
        };
        self.expect(Symbol::RightBracket)?;
        Ok(Indirection::Slice {
            lower,
            upper,
            span: self.span_from(start),
        })
    }

    /// A column, a call, or a literal of a type, each of which begins with a name.
    fn named(&mut self) -> Syntax<Expr> {
        let start = self.position();
        let is_column = self.is_at_column_id();
        let is_function = self.is_at_type_function_name();
        if !is_column && !is_function {
            return Err(self.expected_name("an expression"));
        }
        let first = self.take_name()?;
        let steps = match is_column {
            true => self.indirection_steps()?,
            false => Vec::new(),
        };
        let is_call = self.is_at(Symbol::LeftParen);
        if (is_call || self.is_at_string()) && (is_function || !steps.is_empty()) {
            let name = self.name_of_function(first, &steps, start)?;
            return match is_call {
                true => self.call(name, start),
                false => {
                    let modifiers = Vec::new();
                    self.typed_literal(TypeNameKind::Named { name, modifiers }, start)
                }
            };
        }
        if !is_column {
            return Err(self.expected("`(`"));
        }
        Ok(self.column(first, steps, start))
    }

    /// A function's name from what was read as a column (`func_name`, `check_func_name`).
    fn name_of_function(
        &self,
        first: Ident,
        steps: &[Indirection],
        start: usize,
    ) -> Syntax<QualifiedName> {
        let mut name = QualifiedName::bare(first);
        name.span = self.span_from(start);
        for step in steps {
            let Indirection::Field(field) = step else {
                return Err(self.expected("an operator"));
            };
            name.catalog = name.schema.take();
            name.schema = Some(std::mem::replace(&mut name.name, field.clone()));
        }
        match steps.len() > 2 {
            true => Err(Box::new(crate::errors::postgres::syntax::too_many_dots(
                name.span,
            ))),
            false => Ok(name),
        }
    }

    /// A column and what is taken from it: names belong to the column, up to the first subscript (`makeColumnRef`).
    fn column(&self, first: Ident, steps: Vec<Indirection>, start: usize) -> Expr {
        let mut parts = vec![first];
        let mut star = None;
        let mut end = parts.first().map(|part| part.span);
        let mut steps = steps.into_iter().peekable();
        while let Some(step) = steps.next_if(|step| !is_subscript(step)) {
            match step {
                Indirection::Field(field) => {
                    end = Some(field.span);
                    parts.push(field);
                }
                Indirection::Star(span) => {
                    end = Some(span);
                    star = Some(span);
                }
                Indirection::Subscript(_) | Indirection::Slice { .. } => {}
            }
        }
        let whole = self.span_from(start);
        let column = Expr {
            kind: ExprKind::Column { parts, star },
            span: end.map_or(whole, |end| crate::text::Span {
                end: end.end,
                ..whole
            }),
        };
        let steps: Vec<Indirection> = steps.collect();
        if steps.is_empty() {
            return column;
        }
        Expr {
            kind: ExprKind::Indirection {
                value: Box::new(column),
                steps,
            },
            span: whole,
        }
    }

    /// ARRAY after its keyword.
    pub(super) fn array(&mut self, start: usize) -> Syntax<Expr> {
        let kind = match self.is_at_parenthesized_query() {
            true => ExprKind::ArrayQuery(Box::new(self.parenthesized_query()?)),
            false => return self.array_elements(start),
        };
        Ok(Expr {
            kind,
            span: self.span_from(start),
        })
    }

    /// `[a, b]` or `[[a], [b]]`, after ARRAY or inside one.
    fn array_elements(&mut self, start: usize) -> Syntax<Expr> {
        let elements = self.nested(|parser| {
            parser.expect(Symbol::LeftBracket)?;
            let elements = if parser.is_at(Symbol::RightBracket) {
                Vec::new()
            } else if parser.is_at(Symbol::LeftBracket) {
                parser.list(|parser| {
                    let start = parser.position();
                    parser.array_elements(start)
                })?
            } else {
                parser.list(Self::expr)?
            };
            parser.expect(Symbol::RightBracket)?;
            Ok(elements)
        })?;
        Ok(Expr {
            kind: ExprKind::Array(elements),
            span: self.span_from(start),
        })
    }

    /// CASE after its keyword.
    pub(super) fn case(&mut self) -> Syntax<ExprKind> {
        let operand = match self.is_at(Keyword::When) {
            true => None,
            false => Some(Box::new(self.expr()?)),
        };
        let mut whens = Vec::new();
        self.expect(Keyword::When)?;
        loop {
            let condition = self.expr()?;
            self.expect(Keyword::Then)?;
            let result = self.expr()?;
            whens.push(WhenClause { condition, result });
            if !self.accept(Keyword::When) {
                break;
            }
        }
        let otherwise = match self.accept(Keyword::Else) {
            true => Some(Box::new(self.expr()?)),
            false => None,
        };
        self.expect(Keyword::End)?;
        Ok(ExprKind::Case {
            operand,
            whens,
            otherwise,
        })
    }
}

fn is_subscript(step: &Indirection) -> bool {
    matches!(step, Indirection::Subscript(_) | Indirection::Slice { .. })
}
