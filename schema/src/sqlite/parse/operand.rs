//! Operands of expressions: what stands between the operators, with its prefixes.

use super::cursor::{Parser, Syntax};
use super::expr::{Precedence, tallest};
use super::features::Feature;
use super::names::is_word_or_join;
use crate::sqlite::ast::{Expr, ExprKind, Literal, RaiseKind, UnaryOperator, WhenClause};
use crate::text::Ident;
use tablature_lexer::{Keyword, Symbol, TokenKind, dequote};

impl Parser<'_> {
    pub(super) fn operand(&mut self) -> Syntax<Expr> {
        match self.peek() {
            Some(TokenKind::Symbol(symbol)) => match symbol {
                Symbol::LeftParen => self.in_parentheses(),
                Symbol::Minus => self.prefix(UnaryOperator::Minus, Precedence::Prefix),
                Symbol::Plus => self.prefix(UnaryOperator::Plus, Precedence::Prefix),
                Symbol::Tilde => self.prefix(UnaryOperator::BitNot, Precedence::Prefix),
                _ => Err(self.expected("an expression")),
            },
            Some(TokenKind::Keyword(keyword)) => self.keyword_operand(keyword),
            Some(TokenKind::String) if self.peek_at(1) != Some(Symbol::Dot.into()) => {
                self.literal()
            }
            Some(TokenKind::Integer | TokenKind::Float | TokenKind::Blob) => self.literal(),
            Some(TokenKind::Variable) => self.variable(),
            Some(TokenKind::Word | TokenKind::QuotedName(_) | TokenKind::String) => {
                self.name_or_call()
            }
            Some(TokenKind::Space | TokenKind::Comment | TokenKind::Illegal) | None => {
                Err(self.expected("an expression"))
            }
        }
    }

    fn keyword_operand(&mut self, keyword: Keyword) -> Syntax<Expr> {
        match keyword {
            Keyword::Not => self.prefix(UnaryOperator::Not, Precedence::Not),
            Keyword::Case => self.case(),
            Keyword::Cast => self.cast(),
            Keyword::Exists => self.exists(),
            Keyword::Raise => self.raise(),
            Keyword::Null
            | Keyword::CurrentDate
            | Keyword::CurrentTime
            | Keyword::CurrentTimestamp => self.literal(),
            keyword if is_word_or_join(keyword.into()) => self.name_or_call(),
            _ => Err(self.expected_name("an expression")),
        }
    }

    /// `term`: a literal value, also where only such a value may stand.
    pub(super) fn literal(&mut self) -> Syntax<Expr> {
        let start = self.position();
        let Some(token) = self.token() else {
            return Err(self.expected("a value"));
        };
        let text = &*token.text;
        let literal = match token.kind {
            TokenKind::Keyword(Keyword::Null) => Literal::Null,
            TokenKind::Keyword(Keyword::CurrentDate) => Literal::CurrentDate,
            TokenKind::Keyword(Keyword::CurrentTime) => Literal::CurrentTime,
            TokenKind::Keyword(Keyword::CurrentTimestamp) => Literal::CurrentTimestamp,
            TokenKind::Integer => Literal::Integer(text.into()),
            TokenKind::Float => Literal::Float(text.into()),
            TokenKind::Blob => Literal::Blob(text.into()),
            TokenKind::String => Literal::String(dequote(text).into()),
            _ => return Err(self.expected("a value")),
        };
        if matches!(token.kind, TokenKind::Integer | TokenKind::Float) && text.contains('_') {
            self.needs(Feature::DigitSeparators, token.span);
        }
        self.advance();
        self.finish_expr(start, ExprKind::Literal(literal), 1)
    }

    fn variable(&mut self) -> Syntax<Expr> {
        let start = self.position();
        let Some(token) = self.token() else {
            return Err(self.expected("an expression"));
        };
        let text = &*token.text;
        // Registers of the virtual machine, which only statements inside the engine can name.
        if text.starts_with('#') && text.as_bytes().get(1).is_some_and(u8::is_ascii_digit) {
            return Err(self.expected("an expression"));
        }
        self.count_variable(text, token.span)?;
        self.advance();
        self.finish_expr(start, ExprKind::Variable(text.into()), 1)
    }

    fn prefix(&mut self, operator: UnaryOperator, floor: Precedence) -> Syntax<Expr> {
        let start = self.position();
        self.advance();
        let operand = self.nested(1, |parser| parser.expr_above(floor, false))?;
        let is_plus = |expr: &Expr| {
            matches!(
                &expr.kind,
                ExprKind::Unary {
                    operator: UnaryOperator::Plus,
                    ..
                }
            )
        };
        // The engine drops a plus before which another sign stands.
        let is_dropped =
            matches!(operator, UnaryOperator::Plus | UnaryOperator::Minus) && is_plus(&operand);
        let height = operand.height + u32::from(!is_dropped);
        let kind = ExprKind::Unary {
            operator,
            operand: Box::new(operand),
        };
        self.finish_expr(start, kind, height)
    }

    /// `(expr)`, `(expr, expr, …)`, `(SELECT …)`
    fn in_parentheses(&mut self) -> Syntax<Expr> {
        let start = self.position();
        self.advance();
        if self.is_at_query() {
            let query = self.nested(1, Self::query)?;
            self.expect(Symbol::RightParen)?;
            let height = query.height + 1;
            return self.finish_expr(start, ExprKind::Subquery(Box::new(query)), height);
        }
        let first = self.nested(1, Self::expr)?;
        if self.is_at(Symbol::Comma) {
            return self.row(start, first);
        }
        self.expect(Symbol::RightParen)?;
        let height = first.height;
        self.finish_expr(start, ExprKind::Parenthesized(Box::new(first)), height)
    }

    fn row(&mut self, start: usize, first: Expr) -> Syntax<Expr> {
        let mut values = vec![first];
        while self.accept(Symbol::Comma) {
            values.push(self.nested(3, Self::expr)?);
        }
        self.expect(Symbol::RightParen)?;
        self.needs(Feature::RowValues, self.span_from(start));
        let height = tallest(&values) + 1;
        self.finish_expr(start, ExprKind::Row(values), height)
    }

    fn case(&mut self) -> Syntax<Expr> {
        let start = self.position();
        self.advance();
        let operand = if self.is_at(Keyword::When) {
            None
        } else {
            Some(self.nested(1, Self::boxed_expr)?)
        };
        let mut height = operand.as_ref().map_or(0, |operand| operand.height);
        let mut whens = Vec::new();
        while whens.is_empty() || self.is_at(Keyword::When) {
            let list = usize::from(!whens.is_empty());
            self.expect(Keyword::When)?;
            let condition = self.nested(3 + list, Self::expr)?;
            self.expect(Keyword::Then)?;
            let result = self.nested(5 + list, Self::expr)?;
            height = height.max(condition.height).max(result.height);
            whens.push(WhenClause { condition, result });
        }
        let otherwise = if self.accept(Keyword::Else) {
            Some(self.nested(4, Self::boxed_expr)?)
        } else {
            None
        };
        self.expect(Keyword::End)?;
        height = height.max(otherwise.as_ref().map_or(0, |otherwise| otherwise.height));
        let kind = ExprKind::Case {
            operand,
            whens,
            otherwise,
        };
        self.finish_expr(start, kind, height + 1)
    }

    fn cast(&mut self) -> Syntax<Expr> {
        let start = self.position();
        self.advance();
        self.expect(Symbol::LeftParen)?;
        let value = self.nested(2, Self::boxed_expr)?;
        self.expect(Keyword::As)?;
        let type_name = self.type_name()?;
        self.expect(Symbol::RightParen)?;
        let height = value.height + 1;
        self.finish_expr(start, ExprKind::Cast { value, type_name }, height)
    }

    fn exists(&mut self) -> Syntax<Expr> {
        let start = self.position();
        self.advance();
        self.expect(Symbol::LeftParen)?;
        let query = self.nested(2, Self::query)?;
        self.expect(Symbol::RightParen)?;
        let height = query.height + 1;
        self.finish_expr(start, ExprKind::Exists(Box::new(query)), height)
    }

    fn raise(&mut self) -> Syntax<Expr> {
        let start = self.position();
        self.advance();
        self.expect(Symbol::LeftParen)?;
        let kind = match self.peek() {
            Some(TokenKind::Keyword(Keyword::Ignore)) => RaiseKind::Ignore,
            Some(TokenKind::Keyword(Keyword::Rollback)) => RaiseKind::Rollback,
            Some(TokenKind::Keyword(Keyword::Abort)) => RaiseKind::Abort,
            Some(TokenKind::Keyword(Keyword::Fail)) => RaiseKind::Fail,
            _ => return Err(self.expected("`IGNORE`, `ROLLBACK`, `ABORT` or `FAIL`")),
        };
        self.advance();
        let message = if kind == RaiseKind::Ignore {
            None
        } else {
            self.expect(Symbol::Comma)?;
            Some(self.nested(4, Self::boxed_expr)?)
        };
        self.expect(Symbol::RightParen)?;
        let height = message.as_ref().map_or(0, |message| message.height) + 1;
        if let Some(message) = &message
            && !matches!(
                message.kind,
                ExprKind::Literal(Literal::String(_)) | ExprKind::Name(_)
            )
        {
            self.needs(Feature::RaiseExpression, message.span);
        }
        self.finish_expr(start, ExprKind::Raise { kind, message }, height)
    }

    /// `name`, `table.column`, `database.table.column`, `function(…)`
    fn name_or_call(&mut self) -> Syntax<Expr> {
        let start = self.position();
        let follows = self.peek_at(1);
        let first = self.take_name("an expression")?;
        if follows == Some(Symbol::LeftParen.into()) {
            self.call(start, first)
        } else if follows == Some(Symbol::Dot.into()) {
            self.qualified_column(start, first)
        } else {
            self.finish_expr(start, ExprKind::Name(first), 1)
        }
    }

    fn qualified_column(&mut self, start: usize, first: Ident) -> Syntax<Expr> {
        self.expect(Symbol::Dot)?;
        let second = self.name("a column name")?;
        let (kind, height) = if self.accept(Symbol::Dot) {
            let kind = ExprKind::Qualified {
                database: Some(first),
                table: second,
                column: self.name("a column name")?,
            };
            (kind, 3)
        } else {
            let kind = ExprKind::Qualified {
                database: None,
                table: first,
                column: second,
            };
            (kind, 2)
        };
        self.finish_expr(start, kind, height)
    }
}
