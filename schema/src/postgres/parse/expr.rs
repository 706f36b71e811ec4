//! Expressions with operators (`a_expr`, `b_expr`), by precedence.
//!
//! The engine's parser is generated from rules that have precedences. What that does is done here by hand: an operator
//! takes the operators after it that bind more tightly; one that may not follow its like (`a < b < c`) is an error where
//! both have operands, while what ends with a word of its own (`a IS NULL IS NULL`) may go on.

use super::constant::negate;
use super::cursor::{Parser, Syntax};
use crate::errors::postgres::grammar as errors;
use crate::postgres::ast::{
    BooleanOperator, BooleanTest, CallSyntax, CastSyntax, Expr, ExprKind, FunctionCall,
    LikeOperator, OperatorName, QualifiedName, QuantifiedOperand, Quantifier,
};
use crate::text::Span;
use tablature_lexer::postgres::{Keyword, Label, Symbol, TokenKind};

/// How tightly operators bind, from the loosest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Precedence {
    /// Nothing: the beginning of an expression.
    Loosest,
    Or,
    And,
    Not,
    Is,
    Comparison,
    /// BETWEEN, IN, LIKE.
    Pattern,
    /// Every operator that the grammar does not name.
    Operator,
    Sum,
    Product,
    Power,
    AtTimeZone,
    Collate,
    /// A sign before its operand.
    Sign,
    Cast,
}

/// Where an expression stands, which says what it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// `a_expr`
    Anywhere,
    /// `a_expr` that a label may follow: `SELECT 1 and` names a column `and`.
    Target,
    /// `b_expr`: no AND, OR, NOT, IN, LIKE, BETWEEN, IS NULL.
    Restricted,
}

/// An operator after an operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Infix {
    Or,
    And,
    Is,
    IsNull,
    NotNull,
    /// An operator with a symbol, or `OPERATOR(…)`.
    Symbol(Precedence),
    Between,
    In,
    Like(LikeOperator),
    AtTimeZone,
    Collate,
    Cast,
}

impl Infix {
    fn precedence(self) -> Precedence {
        match self {
            Infix::Or => Precedence::Or,
            Infix::And => Precedence::And,
            Infix::Is | Infix::IsNull | Infix::NotNull => Precedence::Is,
            Infix::Symbol(precedence) => precedence,
            Infix::Between | Infix::In | Infix::Like(_) => Precedence::Pattern,
            Infix::AtTimeZone => Precedence::AtTimeZone,
            Infix::Collate => Precedence::Collate,
            Infix::Cast => Precedence::Cast,
        }
    }
}

impl Parser<'_> {
    /// An expression (`a_expr`).
    ///
    /// # Errors
    ///
    /// If none follows.
    pub fn expr(&mut self) -> Syntax<Expr> {
        self.expr_above(Precedence::Loosest, Place::Anywhere)
    }

    /// An expression without AND, OR, NOT, IN, LIKE, BETWEEN and IS NULL (`b_expr`), as after DEFAULT.
    ///
    /// # Errors
    ///
    /// If none follows.
    pub fn restricted_expr(&mut self) -> Syntax<Expr> {
        self.expr_above(Precedence::Loosest, Place::Restricted)
    }

    /// An operand and the operators after it that bind more tightly than one before it.
    pub(super) fn expr_above(&mut self, above: Precedence, place: Place) -> Syntax<Expr> {
        let outer = self.nesting.begin();
        let start = self.position();
        let expr = self.nested(|parser| {
            let first = parser.operand(place)?;
            parser.operators(first, start, above, place)
        })?;
        self.nesting.end(outer);
        Ok(expr)
    }

    /// What follows an operand that began at the token `start`.
    pub(super) fn operators(
        &mut self,
        first: Expr,
        start: usize,
        above: Precedence,
        place: Place,
    ) -> Syntax<Expr> {
        let mut left = first;
        while let Some(infix) = self.infix(above, place) {
            if infix.precedence() <= above {
                break;
            }
            self.grow()?;
            left = self.infix_expr(infix, left, start, place)?;
        }
        Ok(left)
    }

    /// The operator that is next.
    fn infix(&self, above: Precedence, place: Place) -> Option<Infix> {
        let keyword = match self.peek()? {
            TokenKind::Keyword(keyword) => keyword,
            TokenKind::Operator => return Some(Infix::Symbol(Precedence::Operator)),
            TokenKind::Symbol(Symbol::TypeCast) => return Some(Infix::Cast),
            TokenKind::Symbol(symbol) => return symbol_precedence(symbol).map(Infix::Symbol),
            _ => return None,
        };
        let could_be_label = place == Place::Target
            && above == Precedence::Loosest
            && keyword.label() == Label::Bare;
        if could_be_label && self.ends_target(1) {
            return None;
        }
        let negated = usize::from(keyword == Keyword::Not && self.is_at_pair());
        let infix = match self.keyword_at(negated)? {
            Keyword::Is => Infix::Is,
            Keyword::Operator => Infix::Symbol(Precedence::Operator),
            _ if place == Place::Restricted => return None,
            Keyword::Or => Infix::Or,
            Keyword::And => Infix::And,
            Keyword::Isnull => Infix::IsNull,
            Keyword::Notnull => Infix::NotNull,
            Keyword::Between => Infix::Between,
            Keyword::In => Infix::In,
            Keyword::Like => Infix::Like(LikeOperator::Like),
            Keyword::Ilike => Infix::Like(LikeOperator::ILike),
            // SUBSTRING has a SIMILAR without TO.
            Keyword::Similar if self.keyword_at(negated + 1) == Some(Keyword::To) => {
                Infix::Like(LikeOperator::SimilarTo)
            }
            Keyword::At => Infix::AtTimeZone,
            Keyword::Collate => Infix::Collate,
            _ => return None,
        };
        Some(infix)
    }

    /// The operator that is next, its operand, and what they make of the expression before it.
    fn infix_expr(&mut self, infix: Infix, left: Expr, start: usize, place: Place) -> Syntax<Expr> {
        let kind = match infix {
            Infix::Or => self.boolean(BooleanOperator::Or, Precedence::Or, left, place)?,
            Infix::And => self.boolean(BooleanOperator::And, Precedence::And, left, place)?,
            Infix::IsNull | Infix::NotNull => {
                self.advance();
                ExprKind::IsNull {
                    value: Box::new(left),
                    negated: infix == Infix::NotNull,
                }
            }
            Infix::Is => self.is_expr(left, place)?,
            Infix::Symbol(precedence) => self.binary(left, precedence, place)?,
            Infix::Between => self.between(left, place)?,
            Infix::In => self.in_expr(left)?,
            Infix::Like(like) => self.like(left, like, place)?,
            Infix::AtTimeZone => self.at_time_zone(left, place)?,
            Infix::Collate => {
                self.advance();
                ExprKind::Collate {
                    value: Box::new(left),
                    collation: self.qualified_name("a collation")?,
                }
            }
            Infix::Cast => {
                self.advance();
                ExprKind::Cast {
                    value: Box::new(left),
                    type_name: Box::new(self.type_name()?),
                    syntax: CastSyntax::DoubleColon,
                }
            }
        };
        Ok(Expr {
            kind,
            span: self.span_from(start),
        })
    }

    /// AND and OR, which make one list of what they join (`makeAndExpr`).
    fn boolean(
        &mut self,
        operator: BooleanOperator,
        precedence: Precedence,
        left: Expr,
        place: Place,
    ) -> Syntax<ExprKind> {
        self.advance();
        let right = self.expr_above(precedence, operand_place(place))?;
        Ok(match left.kind {
            ExprKind::Boolean {
                operator: inner,
                mut operands,
            } if inner == operator => {
                self.nesting.shrink();
                operands.push(right);
                ExprKind::Boolean { operator, operands }
            }
            _ => ExprKind::Boolean {
                operator,
                operands: vec![left, right],
            },
        })
    }

    /// The operand of an operator that may not follow its like.
    fn operand_of(&mut self, precedence: Precedence, place: Place) -> Syntax<Box<Expr>> {
        let operand = self.expr_above(precedence, operand_place(place))?;
        let next = self.infix(precedence, operand_place(place));
        match next.is_some_and(|next| next.precedence() == precedence) {
            true => Err(Box::new(errors::not_associative(self.span()))),
            false => Ok(Box::new(operand)),
        }
    }

    /// IS with what it asks.
    fn is_expr(&mut self, left: Expr, place: Place) -> Syntax<ExprKind> {
        let start = self.position();
        self.advance();
        let negated = self.accept(Keyword::Not);
        let value = Box::new(left);
        if self.accept(Keyword::Distinct) {
            self.expect(Keyword::From)?;
            let operator = OperatorName::bare("=", self.span_from(start));
            return Ok(ExprKind::IsDistinct {
                left: value,
                right: self.operand_of(Precedence::Is, place)?,
                negated,
                operator,
            });
        }
        if self.accept(Keyword::Document) {
            return Ok(ExprKind::IsDocument { value, negated });
        }
        if place == Place::Restricted {
            return Err(self.expected("`DISTINCT FROM` or `DOCUMENT`"));
        }
        let test = match self.keyword() {
            Some(Keyword::Null) => {
                self.advance();
                return Ok(ExprKind::IsNull { value, negated });
            }
            Some(Keyword::True) => BooleanTest::True,
            Some(Keyword::False) => BooleanTest::False,
            Some(Keyword::Unknown) => BooleanTest::Unknown,
            Some(
                Keyword::Normalized | Keyword::Nfc | Keyword::Nfd | Keyword::Nfkc | Keyword::Nfkd,
            ) => return self.is_normalized(*value, negated, start),
            _ => {
                return Err(self.expected("`NULL`, `TRUE`, `FALSE`, `UNKNOWN` or `DISTINCT FROM`"));
            }
        };
        self.advance();
        Ok(ExprKind::IsTruth {
            value,
            test,
            negated,
        })
    }

    /// `IS [NOT] [form] NORMALIZED`, which is a call.
    fn is_normalized(&mut self, value: Expr, negated: bool, start: usize) -> Syntax<ExprKind> {
        let mut arguments = vec![value];
        arguments.extend(self.normal_form());
        self.expect(Keyword::Normalized)?;
        let span = self.span_from(start);
        let call = FunctionCall::new(
            QualifiedName::system("is_normalized", span),
            arguments,
            CallSyntax::Sql,
        );
        let call = ExprKind::Function(Box::new(call));
        Ok(match negated {
            true => ExprKind::Not(Box::new(Expr { kind: call, span })),
            false => call,
        })
    }

    /// A symbol or `OPERATOR(…)`, with an operand, or with ANY or ALL.
    fn binary(&mut self, left: Expr, precedence: Precedence, place: Place) -> Syntax<ExprKind> {
        let operator = self.operator()?;
        // A comparison, or a symbol without a meaning of its own, before or after these words.
        if place != Place::Restricted && self.is_at_quantifier() {
            return self.quantified(left, operator);
        }
        let left = Box::new(left);
        let right = match precedence {
            Precedence::Comparison => self.operand_of(precedence, place)?,
            _ => Box::new(self.expr_above(precedence, operand_place(place))?),
        };
        Ok(ExprKind::Binary {
            operator,
            left,
            right,
        })
    }

    fn is_at_quantifier(&self) -> bool {
        self.is_at_any(&[Keyword::Any, Keyword::Some, Keyword::All])
    }

    /// `ANY (…)` or `ALL (…)` after an operator.
    fn quantified(&mut self, left: Expr, operator: OperatorName) -> Syntax<ExprKind> {
        let quantifier = match self.is_at(Keyword::All) {
            true => Quantifier::All,
            false => Quantifier::Any,
        };
        self.advance();
        let operand = match self.is_at_parenthesized_query() {
            true => QuantifiedOperand::Query(Box::new(self.parenthesized_query()?)),
            false => {
                self.expect(Symbol::LeftParen)?;
                let array = self.expr()?;
                self.expect(Symbol::RightParen)?;
                QuantifiedOperand::Expr(Box::new(array))
            }
        };
        Ok(ExprKind::Quantified {
            value: Box::new(left),
            operator,
            quantifier,
            operand,
        })
    }

    /// `[NOT] BETWEEN [SYMMETRIC] low AND high`.
    fn between(&mut self, left: Expr, place: Place) -> Syntax<ExprKind> {
        let start = self.position();
        let negated = self.accept(Keyword::Not);
        self.expect(Keyword::Between)?;
        let symmetric = self.accept(Keyword::Symmetric);
        if !symmetric {
            self.accept(Keyword::Asymmetric);
        }
        let keyword = self.span_from(start);
        let low = Box::new(self.restricted_expr()?);
        self.expect(Keyword::And)?;
        let high = self.operand_of(Precedence::Pattern, place)?;
        Ok(ExprKind::Between {
            negated,
            symmetric,
            value: Box::new(left),
            low,
            high,
            keyword,
        })
    }

    /// `[NOT] IN (…)`.
    fn in_expr(&mut self, left: Expr) -> Syntax<ExprKind> {
        let start = self.position();
        let negated = self.accept(Keyword::Not);
        self.expect(Keyword::In)?;
        let symbol = if negated { "<>" } else { "=" };
        let operator = OperatorName::bare(symbol, self.span_from(start));
        let value = Box::new(left);
        if self.is_at_parenthesized_query() {
            return Ok(ExprKind::InQuery {
                negated,
                value,
                query: Box::new(self.parenthesized_query()?),
                operator,
            });
        }
        Ok(ExprKind::In {
            negated,
            value,
            list: self.parenthesized_list(Self::expr)?,
            operator,
        })
    }

    /// `[NOT] LIKE pattern [ESCAPE character]` and its kin.
    fn like(&mut self, left: Expr, like: LikeOperator, place: Place) -> Syntax<ExprKind> {
        let start = self.position();
        let negated = self.accept(Keyword::Not);
        self.advance();
        let (symbol, negated_symbol, function) = match like {
            LikeOperator::Like => ("~~", "!~~", "like_escape"),
            LikeOperator::ILike => ("~~*", "!~~*", "like_escape"),
            LikeOperator::SimilarTo => {
                self.expect(Keyword::To)?;
                ("~", "!~", "similar_to_escape")
            }
        };
        let symbol = if negated { negated_symbol } else { symbol };
        let operator = OperatorName::bare(symbol, self.span_from(start));
        if like != LikeOperator::SimilarTo && self.is_at_quantifier() {
            return self.quantified(left, operator);
        }
        let pattern_start = self.position();
        let mut pattern = self.operand_of(Precedence::Pattern, place)?;
        let escape = match self.accept(Keyword::Escape) {
            true => Some(*self.operand_of(Precedence::Pattern, place)?),
            false => None,
        };
        if escape.is_some() || like == LikeOperator::SimilarTo {
            let arguments = std::iter::once(*pattern).chain(escape).collect();
            let name = QualifiedName::system(function, operator.span);
            let call = FunctionCall::new(name, arguments, CallSyntax::Call);
            pattern = Box::new(Expr {
                kind: ExprKind::Function(Box::new(call)),
                span: self.span_from(pattern_start),
            });
        }
        Ok(ExprKind::Like {
            like,
            negated,
            operator,
            value: Box::new(left),
            pattern,
        })
    }

    /// `AT TIME ZONE zone`, a call with its arguments in the other order.
    fn at_time_zone(&mut self, left: Expr, place: Place) -> Syntax<ExprKind> {
        let start = self.position();
        self.advance();
        let local = self.version >= 17 && self.accept(Keyword::Local);
        let arguments = match local {
            true => vec![left],
            false => {
                self.expect_phrase(&[Keyword::Time, Keyword::Zone])?;
                let span = self.span_from(start);
                let zone = self.expr_above(Precedence::AtTimeZone, operand_place(place))?;
                return Ok(timezone(vec![zone, left], span));
            }
        };
        Ok(timezone(arguments, self.span_from(start)))
    }

    /// An operand with the signs and operators before it.
    fn operand(&mut self, place: Place) -> Syntax<Expr> {
        let start = self.position();
        let kind = match self.peek() {
            Some(TokenKind::Symbol(symbol @ (Symbol::Plus | Symbol::Minus))) => {
                let operator = self.operator()?;
                let operand = self.expr_above(Precedence::Sign, operand_place(place))?;
                match operand.kind {
                    ExprKind::Constant(value) if symbol == Symbol::Minus && is_number(&value) => {
                        ExprKind::Constant(negate(value))
                    }
                    kind => ExprKind::Unary {
                        operator,
                        operand: Box::new(Expr {
                            kind,
                            span: operand.span,
                        }),
                    },
                }
            }
            Some(TokenKind::Operator) => self.prefixed(place)?,
            Some(TokenKind::Keyword(Keyword::Operator))
                if self.peek_at(1) == Some(TokenKind::Symbol(Symbol::LeftParen)) =>
            {
                self.prefixed(place)?
            }
            Some(TokenKind::Keyword(Keyword::Not)) if place != Place::Restricted => {
                self.advance();
                let operand = self.expr_above(Precedence::Not, operand_place(place))?;
                ExprKind::Not(Box::new(operand))
            }
            Some(TokenKind::Keyword(Keyword::Default)) if place != Place::Restricted => {
                self.advance();
                ExprKind::Default
            }
            Some(TokenKind::Keyword(Keyword::Unique)) if place != Place::Restricted => {
                return Err(Box::new(errors::unique_predicate(self.span())));
            }
            _ => {
                let primary = self.primary()?;
                return self.overlaps(primary, start, place);
            }
        };
        Ok(Expr {
            kind,
            span: self.span_from(start),
        })
    }

    /// An operator before its operand.
    fn prefixed(&mut self, place: Place) -> Syntax<ExprKind> {
        let operator = self.operator()?;
        let operand = self.expr_above(Precedence::Operator, operand_place(place))?;
        Ok(ExprKind::Unary {
            operator,
            operand: Box::new(operand),
        })
    }

    /// `row OVERLAPS row`, whose rows must be written as such.
    fn overlaps(&mut self, left: Expr, start: usize, place: Place) -> Syntax<Expr> {
        let is_row =
            matches!(left.kind, ExprKind::Row { .. }) && left.span == self.span_from(start);
        let keyword = self.span();
        if place == Place::Restricted || !is_row || !self.accept(Keyword::Overlaps) {
            return Ok(left);
        }
        let right_start = self.position();
        let right = self.primary()?;
        let right_span = self.span_from(right_start);
        let (ExprKind::Row { fields: left, .. }, ExprKind::Row { fields: right, .. }, true) =
            (left.kind, right.kind, right.span == right_span)
        else {
            self.reset(right_start);
            return Err(self.expected("a row"));
        };
        if left.len() != 2 || right.len() != 2 {
            return Err(Box::new(errors::overlaps_rows(self.span_from(start))));
        }
        let call = FunctionCall::new(
            QualifiedName::system("overlaps", keyword),
            left.into_iter().chain(right).collect(),
            CallSyntax::Sql,
        );
        Ok(Expr {
            kind: ExprKind::Function(Box::new(call)),
            span: self.span_from(start),
        })
    }

    /// An operator: a symbol or `OPERATOR(schema.symbol)` (`qual_all_Op`).
    ///
    /// # Errors
    ///
    /// If none follows.
    pub fn operator(&mut self) -> Syntax<OperatorName> {
        let start = self.position();
        if !self.accept(Keyword::Operator) {
            return self.operator_symbol();
        }
        self.expect(Symbol::LeftParen)?;
        let mut operator = self.qualified_operator()?;
        self.expect(Symbol::RightParen)?;
        operator.span = self.span_from(start);
        Ok(operator)
    }

    /// An operator by its name: `schema.symbol` (`any_operator`).
    ///
    /// # Errors
    ///
    /// If none follows.
    pub fn qualified_operator(&mut self) -> Syntax<OperatorName> {
        let start = self.position();
        let mut names = Vec::new();
        while self.is_at_column_id() {
            names.push(self.column_id("an operator")?);
            self.expect(Symbol::Dot)?;
        }
        let mut operator = self.operator_symbol()?;
        operator.span = self.span_from(start);
        operator.schema = names.pop();
        operator.catalog = names.pop();
        match names.is_empty() {
            true => Ok(operator),
            false => Err(Box::new(crate::errors::postgres::syntax::too_many_dots(
                operator.span,
            ))),
        }
    }

    /// A symbol that is an operator (`all_Op`).
    fn operator_symbol(&mut self) -> Syntax<OperatorName> {
        let Some(token) = self.token() else {
            return Err(self.expected("an operator"));
        };
        let name: &str = match token.kind {
            TokenKind::Operator => &token.text,
            TokenKind::Symbol(symbol) if symbol_precedence(symbol).is_some() => symbol.as_str(),
            _ => return Err(self.expected("an operator")),
        };
        self.advance();
        Ok(OperatorName::bare(name, token.span))
    }
}

/// Only the whole of a result column may be followed by its label.
fn operand_place(place: Place) -> Place {
    match place {
        Place::Target => Place::Anywhere,
        other => other,
    }
}

fn symbol_precedence(symbol: Symbol) -> Option<Precedence> {
    match symbol {
        Symbol::Less
        | Symbol::Greater
        | Symbol::Equal
        | Symbol::LessOrEqual
        | Symbol::GreaterOrEqual
        | Symbol::NotEqual => Some(Precedence::Comparison),
        Symbol::Plus | Symbol::Minus => Some(Precedence::Sum),
        Symbol::Star | Symbol::Slash | Symbol::Percent => Some(Precedence::Product),
        Symbol::Caret => Some(Precedence::Power),
        _ => None,
    }
}

fn is_number(value: &crate::postgres::ast::Constant) -> bool {
    use crate::postgres::ast::Constant;
    matches!(value, Constant::Integer(_) | Constant::Number(_))
}

fn timezone(arguments: Vec<Expr>, span: Span) -> ExprKind {
    ExprKind::Function(Box::new(FunctionCall::new(
        QualifiedName::system("timezone", span),
        arguments,
        CallSyntax::Sql,
    )))
}
