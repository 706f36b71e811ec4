//! Lists of options, and columns of indexes.

use super::constant::negate;
use super::cursor::{Parser, Syntax};
use crate::postgres::ast::{Constant, ExprKind, IndexElement, IndexKey, Parameter, ParameterValue};
use tablature_lexer::postgres::{Category, Keyword, Symbol, TokenKind};

impl Parser<'_> {
    /// A column of an index or an exclusion constraint, or of the target of ON CONFLICT (`index_elem`).
    ///
    /// # Errors
    ///
    /// If none follows.
    pub fn index_element(&mut self) -> Syntax<IndexElement> {
        let start = self.position();
        let key = if self.accept(Symbol::LeftParen) {
            let value = self.expr()?;
            self.expect(Symbol::RightParen)?;
            IndexKey::Expr(value)
        } else if let Some(call) = self.windowless_call()? {
            IndexKey::Expr(call)
        } else {
            IndexKey::Column(self.column_id("a column")?)
        };
        let collation = match self.accept(Keyword::Collate) {
            true => Some(self.qualified_name("a collation")?),
            false => None,
        };
        let operator_class = match self.is_at_column_id() {
            true => Some(self.qualified_name("an operator class")?),
            false => None,
        };
        let has_parameters = operator_class.is_some() && self.is_at(Symbol::LeftParen);
        let parameters = match has_parameters {
            true => self.relation_options()?,
            false => Vec::new(),
        };
        Ok(IndexElement {
            key,
            collation,
            operator_class,
            parameters,
            direction: self.direction(),
            nulls: self.nulls_order(),
            span: self.span_from(start),
        })
    }

    /// `(name = value, namespace.name = value, name)` (`reloptions`).
    ///
    /// # Errors
    ///
    /// If no list follows.
    pub fn relation_options(&mut self) -> Syntax<Vec<Parameter>> {
        self.parenthesized_list(|parser| {
            let start = parser.position();
            let mut name = parser.label("a parameter")?;
            let mut namespace = None;
            if parser.accept(Symbol::Dot) {
                namespace = Some(std::mem::replace(&mut name, parser.label("a parameter")?));
            }
            let value = match parser.accept(Symbol::Equal) {
                true => Some(parser.parameter_value()?),
                false => None,
            };
            Ok(Parameter {
                namespace,
                name,
                value,
                span: parser.span_from(start),
            })
        })
    }

    /// `(name = value, name)` (`definition`).
    ///
    /// # Errors
    ///
    /// If no list follows.
    pub fn definition(&mut self) -> Syntax<Vec<Parameter>> {
        self.parenthesized_list(|parser| {
            let start = parser.position();
            let name = parser.label("a parameter")?;
            let value = match parser.accept(Symbol::Equal) {
                true => Some(parser.parameter_value()?),
                false => None,
            };
            Ok(Parameter {
                namespace: None,
                name,
                value,
                span: parser.span_from(start),
            })
        })
    }

    /// A value of an option (`def_arg`).
    ///
    /// # Errors
    ///
    /// If none follows.
    pub fn parameter_value(&mut self) -> Syntax<ParameterValue> {
        let start = self.position();
        let is_sign = self.is_at(Symbol::Plus) || self.is_at(Symbol::Minus);
        let is_number = |kind| matches!(kind, Some(TokenKind::Integer | TokenKind::Numeric));
        if is_number(self.peek()) || is_sign && is_number(self.peek_at(1)) {
            let is_negative = self.accept(Symbol::Minus);
            self.accept(Symbol::Plus);
            let value = match self.number().map(|number| number.kind) {
                Some(ExprKind::Constant(value)) if is_negative => negate(value),
                Some(ExprKind::Constant(value)) => value,
                _ => return Err(self.expected("a number")),
            };
            return Ok(ParameterValue::Constant(value, self.span_from(start)));
        }
        if self.is_at_string() {
            let (text, span) = self.string("a string")?;
            return Ok(ParameterValue::Constant(Constant::String(text), span));
        }
        match self.peek() {
            Some(TokenKind::Operator | TokenKind::Symbol(_)) => {
                Ok(ParameterValue::Operator(self.operator()?))
            }
            Some(TokenKind::Keyword(Keyword::Operator))
                if self.peek_at(1) == Some(TokenKind::Symbol(Symbol::LeftParen)) =>
            {
                Ok(ParameterValue::Operator(self.operator()?))
            }
            Some(TokenKind::Keyword(keyword))
                if keyword.category() == Category::Reserved || keyword == Keyword::None =>
            {
                Ok(ParameterValue::Keyword(self.take_name()?))
            }
            _ => Ok(ParameterValue::Type(Box::new(self.function_type()?))),
        }
    }
}
