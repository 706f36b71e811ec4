//! Literals (`AexprConst`).

use super::cursor::{Parser, Syntax};
use super::names::is_string;
use super::type_name::constant;
use crate::errors::postgres::grammar as errors;
use crate::errors::postgres::syntax;
use crate::postgres::ast::{
    CastSyntax, Constant, Expr, ExprKind, FunctionCall, TypeName, TypeNameKind,
};
use crate::text::Span;
use tablature_lexer::postgres::{Keyword, Symbol, TokenKind, string_value};

impl Parser<'_> {
    /// Whether a token after the next one is a string.
    pub(super) fn is_string_at(&self, distance: usize) -> bool {
        self.peek_at(distance).is_some_and(is_string)
    }

    /// An integer that fits four bytes (`Iconst`).
    ///
    /// # Errors
    ///
    /// If none follows.
    pub fn integer(&mut self, what: &str) -> Syntax<i32> {
        match (self.peek(), self.token()) {
            (Some(TokenKind::Integer), Some(token)) => match number(&token.text) {
                Constant::Integer(value) => {
                    self.advance();
                    Ok(value)
                }
                _ => Err(self.expected(what)),
            },
            _ => Err(self.expected(what)),
        }
    }

    /// A number without a sign, or none.
    pub(super) fn number(&mut self) -> Option<Expr> {
        let token = self.token()?;
        if !matches!(token.kind, TokenKind::Integer | TokenKind::Numeric) {
            return None;
        }
        self.advance();
        Some(constant(number(&token.text), token.span))
    }

    /// A literal other than one with the name of a type, if one is next.
    pub(super) fn literal(&mut self) -> Syntax<Option<Expr>> {
        let Some(token) = self.token() else {
            return Ok(None);
        };
        let value = match token.kind {
            TokenKind::Integer | TokenKind::Numeric => return Ok(self.number()),
            kind if is_string(kind) => {
                let (text, span) = self.string("a string")?;
                return Ok(Some(constant(Constant::String(text), span)));
            }
            TokenKind::BitString | TokenKind::HexString => {
                let digits = string_value(token.kind, &token.text, '\\')
                    .map_err(|why| Box::new(syntax::invalid_literal(token.span, why)))?;
                let base = match token.kind {
                    TokenKind::BitString => 'b',
                    _ => 'x',
                };
                Constant::Bits(format!("{base}{digits}").into())
            }
            TokenKind::NationalString => {
                let text = string_value(token.kind, &token.text, '\\')
                    .map_err(|why| Box::new(syntax::invalid_literal(token.span, why)))?;
                let kind = TypeNameKind::System {
                    name: "bpchar",
                    modifiers: Vec::new(),
                };
                self.advance();
                let name = TypeName {
                    kind,
                    set_of: false,
                    dimensions: Vec::new(),
                    span: token.span,
                };
                return Ok(Some(typed(name, text.into(), token.span, token.span)));
            }
            TokenKind::Keyword(Keyword::Null) => Constant::Null,
            TokenKind::Keyword(Keyword::True) => Constant::Boolean(true),
            TokenKind::Keyword(Keyword::False) => Constant::Boolean(false),
            _ => return Ok(None),
        };
        self.advance();
        Ok(Some(constant(value, token.span)))
    }

    /// A literal that begins with a type's keywords: `date` is no keyword, `timestamp with time zone '…'` has four. None if
    /// no such literal is next.
    pub(super) fn keyword_typed_literal(&mut self) -> Syntax<Option<Expr>> {
        let start = self.position();
        if let Some(kind) = self.literal_type()? {
            return Ok(Some(self.typed_literal(kind, start)?));
        }
        let is_interval = self.is_at(Keyword::Interval)
            && (self.is_string_at(1)
                || self.peek_at(1) == Some(TokenKind::Symbol(Symbol::LeftParen)));
        if !is_interval {
            return Ok(None);
        }
        self.advance();
        let precision = self.interval_precision()?;
        let type_end = self.span_from(start);
        let (text, span) = self.string("a string")?;
        let kind = match precision {
            None => self.interval_fields()?,
            Some(_) => TypeNameKind::Interval {
                fields: None,
                precision,
            },
        };
        let name = TypeName {
            kind,
            set_of: false,
            dimensions: Vec::new(),
            span: type_end,
        };
        Ok(Some(typed(name, text, span, self.span_from(start))))
    }

    /// The string after a type that began at the token `start`.
    pub(super) fn typed_literal(&mut self, kind: TypeNameKind, start: usize) -> Syntax<Expr> {
        let name = TypeName {
            kind,
            set_of: false,
            dimensions: Vec::new(),
            span: self.span_from(start),
        };
        let (text, span) = self.string("a string")?;
        Ok(typed(name, text, span, self.span_from(start)))
    }

    /// `type(modifiers) 'text'`, of which a call has been read.
    pub(super) fn call_as_literal(&mut self, call: FunctionCall, start: usize) -> Syntax<Expr> {
        if let Some(name) = call
            .arguments
            .iter()
            .find_map(|argument| argument.name.as_ref())
        {
            return Err(Box::new(errors::named_modifier(name.span)));
        }
        if let Some(term) = call.order_by.first() {
            return Err(Box::new(errors::ordered_modifiers(term.span)));
        }
        let kind = TypeNameKind::Named {
            name: call.name,
            modifiers: call
                .arguments
                .into_iter()
                .map(|argument| argument.value)
                .collect(),
        };
        self.typed_literal(kind, start)
    }

    /// A constant (`AexprConst`), which may be typed.
    ///
    /// # Errors
    ///
    /// If another expression follows, or none.
    pub(super) fn constant(&mut self, what: &str) -> Syntax<Expr> {
        let start = self.position();
        let is_name = self.is_at_type_function_name() || self.is_at_column_id();
        let value = match self.literal()? {
            Some(value) => value,
            None => match self.keyword_typed_literal()? {
                Some(value) => value,
                None if is_name => self.primary()?,
                None => return Err(self.expected(what)),
            },
        };
        match &value.kind {
            ExprKind::Constant(_) => Ok(value),
            ExprKind::Cast { syntax, .. } if *syntax == CastSyntax::Literal => Ok(value),
            _ => {
                self.reset(start);
                Err(self.expected(what))
            }
        }
    }
}

/// The value of a number: an integer if it fits four bytes.
fn number(text: &str) -> Constant {
    let digits: String = text.chars().filter(|digit| *digit != '_').collect();
    let radix = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 10,
    };
    let significant = match radix {
        10 => digits.as_str(),
        _ => digits.get(2..).unwrap_or_default(),
    };
    match i32::from_str_radix(significant, radix) {
        Ok(value) => Constant::Integer(value),
        Err(_) => Constant::Number(digits.into()),
    }
}

/// `-` before a constant is a part of it (`doNegate`).
pub(super) fn negate(value: Constant) -> Constant {
    match value {
        Constant::Integer(number) => match number.checked_neg() {
            Some(number) => Constant::Integer(number),
            None => Constant::Number("2147483648".into()),
        },
        Constant::Number(text) => match text.strip_prefix('-') {
            Some(positive) => Constant::Number(positive.into()),
            None => Constant::Number(format!("-{text}").into()),
        },
        other => other,
    }
}

fn typed(name: TypeName, text: Box<str>, at: Span, span: Span) -> Expr {
    Expr {
        kind: ExprKind::Cast {
            value: Box::new(constant(Constant::String(text), at)),
            type_name: Box::new(name),
            syntax: CastSyntax::Literal,
        },
        span,
    }
}
