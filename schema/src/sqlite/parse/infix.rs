//! What follows an operand: infix and postfix operators.

use super::cursor::{Parser, Syntax};
use super::expr::{Precedence, tallest};
use super::features::Feature;
use crate::sqlite::ast::{BinaryOperator, Expr, ExprKind, LikeOperator};
use tablature_lexer::{Keyword, Symbol, TokenKind};

impl Parser<'_> {
    /// How tightly the operator that follows binds to what stands before it; none if no operator follows.
    pub(super) fn infix_precedence(&self) -> Option<Precedence> {
        match self.peek()? {
            TokenKind::Keyword(keyword) => match keyword {
                Keyword::Or => Some(Precedence::Or),
                Keyword::And => Some(Precedence::And),
                Keyword::Not => Some(Precedence::Not),
                Keyword::Is
                | Keyword::Like
                | Keyword::Glob
                | Keyword::Regexp
                | Keyword::Match
                | Keyword::Between
                | Keyword::In
                | Keyword::Isnull
                | Keyword::Notnull => Some(Precedence::Equality),
                Keyword::Collate => Some(Precedence::Collate),
                _ => None,
            },
            TokenKind::Symbol(symbol) => symbol_operator(symbol).map(|(_, precedence)| precedence),
            TokenKind::Space
            | TokenKind::Comment
            | TokenKind::Word
            | TokenKind::QuotedName(_)
            | TokenKind::String
            | TokenKind::Integer
            | TokenKind::Float
            | TokenKind::Blob
            | TokenKind::Variable
            | TokenKind::Illegal => None,
        }
    }

    /// The operator that follows, with `left` and whatever it takes on its right. `start` is the first token of `left`.
    pub(super) fn infix(&mut self, start: usize, left: Expr) -> Syntax<Expr> {
        match self.peek() {
            Some(TokenKind::Keyword(Keyword::Or)) => {
                self.binary(start, left, BinaryOperator::Or, Precedence::Or)
            }
            Some(TokenKind::Keyword(Keyword::And)) => {
                self.binary(start, left, BinaryOperator::And, Precedence::And)
            }
            Some(TokenKind::Keyword(Keyword::Is)) => self.is(start, left),
            Some(TokenKind::Keyword(Keyword::Collate)) => self.collate(start, left),
            Some(TokenKind::Keyword(Keyword::Isnull)) => {
                self.advance();
                self.null_test(start, left, ExprKind::IsNull)
            }
            Some(TokenKind::Keyword(Keyword::Notnull)) => {
                self.advance();
                self.null_test(start, left, ExprKind::NotNull)
            }
            Some(TokenKind::Symbol(symbol)) => match symbol_operator(symbol) {
                Some((operator, precedence)) => self.binary(start, left, operator, precedence),
                None => Err(self.expected("an operator")),
            },
            _ => {
                let negated = self.accept(Keyword::Not);
                self.negatable(start, left, negated)
            }
        }
    }

    fn binary(
        &mut self,
        start: usize,
        left: Expr,
        operator: BinaryOperator,
        precedence: Precedence,
    ) -> Syntax<Expr> {
        if matches!(operator, BinaryOperator::Arrow | BinaryOperator::LongArrow) {
            self.needs(Feature::JsonArrow, self.span());
        }
        self.advance();
        self.right_operand(start, left, operator, precedence, 2)
    }

    fn right_operand(
        &mut self,
        start: usize,
        left: Expr,
        operator: BinaryOperator,
        precedence: Precedence,
        entries: usize,
    ) -> Syntax<Expr> {
        let right = self.nested(entries, |parser| parser.expr_above(precedence, false))?;
        let height = left.height.max(right.height) + 1;
        let kind = ExprKind::Binary {
            operator,
            left: Box::new(left),
            right: Box::new(right),
        };
        self.finish_expr(start, kind, height)
    }

    /// `IS`, `IS NOT`, `IS [NOT] DISTINCT FROM`
    fn is(&mut self, start: usize, left: Expr) -> Syntax<Expr> {
        let operator_start = self.position();
        self.advance();
        let negated = self.accept(Keyword::Not);
        let distinct = self.accept_phrase(Keyword::Distinct, &[Keyword::From])?;
        if distinct {
            self.needs(Feature::IsDistinctFrom, self.span_from(operator_start));
        }
        let operator = if negated == distinct {
            BinaryOperator::Is
        } else {
            BinaryOperator::IsNot
        };
        let entries = 1 + self.position() - operator_start;
        self.right_operand(start, left, operator, Precedence::Equality, entries)
    }

    fn collate(&mut self, start: usize, left: Expr) -> Syntax<Expr> {
        self.advance();
        let collation = self.word_or_string("a collation name")?;
        let height = left.height + 1;
        let kind = ExprKind::Collate {
            value: Box::new(left),
            collation,
        };
        self.finish_expr(start, kind, height)
    }

    fn null_test(
        &mut self,
        start: usize,
        left: Expr,
        kind: impl FnOnce(Box<Expr>) -> ExprKind,
    ) -> Syntax<Expr> {
        let height = left.height + 1;
        self.finish_expr(start, kind(Box::new(left)), height)
    }

    /// The operators that NOT may stand before.
    fn negatable(&mut self, start: usize, left: Expr, negated: bool) -> Syntax<Expr> {
        match self.peek() {
            Some(TokenKind::Keyword(Keyword::Null)) if negated => {
                self.advance();
                self.null_test(start, left, ExprKind::NotNull)
            }
            Some(TokenKind::Keyword(Keyword::Like)) => {
                self.like(start, left, LikeOperator::Like, negated)
            }
            Some(TokenKind::Keyword(Keyword::Glob)) => {
                self.like(start, left, LikeOperator::Glob, negated)
            }
            Some(TokenKind::Keyword(Keyword::Regexp)) => {
                self.like(start, left, LikeOperator::Regexp, negated)
            }
            Some(TokenKind::Keyword(Keyword::Match)) => {
                self.like(start, left, LikeOperator::Match, negated)
            }
            Some(TokenKind::Keyword(Keyword::Between)) => self.between(start, left, negated),
            Some(TokenKind::Keyword(Keyword::In)) => self.in_set(start, left, negated),
            _ => Err(self.expected("`NULL`, `IN`, `LIKE` or `BETWEEN` after `NOT`")),
        }
    }

    fn like(
        &mut self,
        start: usize,
        left: Expr,
        operator: LikeOperator,
        negated: bool,
    ) -> Syntax<Expr> {
        self.advance();
        let floor = Precedence::Equality;
        let pattern = self.nested(2, |parser| parser.expr_above(floor, false))?;
        let escape = if self.accept(Keyword::Escape) {
            Some(Box::new(
                self.nested(4, |parser| parser.expr_above(floor, false))?,
            ))
        } else {
            None
        };
        let height = left
            .height
            .max(pattern.height)
            .max(escape.as_ref().map_or(0, |escape| escape.height));
        let kind = ExprKind::Like {
            operator,
            negated,
            left: Box::new(left),
            pattern: Box::new(pattern),
            escape,
        };
        self.finish_expr(start, kind, height + 1 + u32::from(negated))
    }

    fn between(&mut self, start: usize, left: Expr, negated: bool) -> Syntax<Expr> {
        self.advance();
        let low = self.nested(2, |parser| parser.expr_above(Precedence::Lowest, true))?;
        self.expect(Keyword::And)?;
        let high = self.nested(4, |parser| parser.expr_above(Precedence::Equality, false))?;
        let height = left.height.max(low.height).max(high.height);
        let kind = ExprKind::Between {
            negated,
            value: Box::new(left),
            low: Box::new(low),
            high: Box::new(high),
        };
        self.finish_expr(start, kind, height + 1 + u32::from(negated))
    }

    /// `IN (…)`, `IN table`, `IN function(…)`
    fn in_set(&mut self, start: usize, left: Expr, negated: bool) -> Syntax<Expr> {
        self.advance();
        let value_height = left.height;
        let value = Box::new(left);
        let (kind, height) = if self.accept(Symbol::LeftParen) {
            if self.is_at_query() {
                let query = Box::new(self.nested(3, Self::query)?);
                self.expect(Symbol::RightParen)?;
                let height = query.height;
                let kind = ExprKind::InQuery {
                    negated,
                    value,
                    query,
                };
                (kind, height)
            } else {
                let list = self.closed_list(3)?;
                self.check_in_list(&value, &list);
                let height = tallest(&list);
                let kind = ExprKind::InList {
                    negated,
                    value,
                    list,
                };
                (kind, height)
            }
        } else {
            let table = self.qualified_name("a list in parentheses or a table name")?;
            let arguments = if self.accept(Symbol::LeftParen) {
                self.needs(Feature::TableValuedFunctions, table.span());
                Some(self.closed_list(5)?)
            } else {
                None
            };
            let height = arguments.as_deref().map_or(0, tallest);
            let kind = ExprKind::InTable {
                negated,
                value,
                table,
                arguments,
            };
            (kind, height)
        };
        let height = height.max(value_height) + 1 + u32::from(negated);
        self.finish_expr(start, kind, height)
    }
}

fn symbol_operator(symbol: Symbol) -> Option<(BinaryOperator, Precedence)> {
    let operator = match symbol {
        Symbol::Equal => (BinaryOperator::Equal, Precedence::Equality),
        Symbol::NotEqual => (BinaryOperator::NotEqual, Precedence::Equality),
        Symbol::Less => (BinaryOperator::Less, Precedence::Comparison),
        Symbol::LessOrEqual => (BinaryOperator::LessOrEqual, Precedence::Comparison),
        Symbol::Greater => (BinaryOperator::Greater, Precedence::Comparison),
        Symbol::GreaterOrEqual => (BinaryOperator::GreaterOrEqual, Precedence::Comparison),
        Symbol::Ampersand => (BinaryOperator::BitAnd, Precedence::Bitwise),
        Symbol::Pipe => (BinaryOperator::BitOr, Precedence::Bitwise),
        Symbol::ShiftLeft => (BinaryOperator::ShiftLeft, Precedence::Bitwise),
        Symbol::ShiftRight => (BinaryOperator::ShiftRight, Precedence::Bitwise),
        Symbol::Plus => (BinaryOperator::Add, Precedence::Sum),
        Symbol::Minus => (BinaryOperator::Subtract, Precedence::Sum),
        Symbol::Star => (BinaryOperator::Multiply, Precedence::Product),
        Symbol::Slash => (BinaryOperator::Divide, Precedence::Product),
        Symbol::Percent => (BinaryOperator::Remainder, Precedence::Product),
        Symbol::Concat => (BinaryOperator::Concat, Precedence::Concat),
        Symbol::Arrow => (BinaryOperator::Arrow, Precedence::Concat),
        Symbol::LongArrow => (BinaryOperator::LongArrow, Precedence::Concat),
        Symbol::LeftParen
        | Symbol::RightParen
        | Symbol::Comma
        | Symbol::Semicolon
        | Symbol::Dot
        | Symbol::Tilde => return None,
    };
    Some(operator)
}
