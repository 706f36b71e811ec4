//! Names of types (`Typename`, `SimpleTypename`).

use super::cursor::{Parser, Syntax};
use crate::errors::postgres::grammar as errors;
use crate::postgres::ast::{
    Constant, Expr, ExprKind, IntervalFields, QualifiedName, TypeName, TypeNameKind,
};
use crate::text::Span;
use tablature_lexer::postgres::{Keyword, Symbol, TokenKind};

/// The greatest precision of `float(n)`, and the greatest that is a `real`.
const FLOAT_PRECISION: (i32, i32) = (53, 24);

/// Where a type stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Where a value gets its type: a `char` without a length has length 1.
    Declaration,
    /// Before a string literal: a `char` without a length has any.
    Literal,
}

impl Parser<'_> {
    /// A type (`Typename`).
    ///
    /// # Errors
    ///
    /// If no type follows.
    pub fn type_name(&mut self) -> Syntax<TypeName> {
        let start = self.position();
        let set_of = self.accept(Keyword::Setof);
        let kind = self.simple_type_name()?;
        let dimensions = self.dimensions()?;
        Ok(TypeName {
            kind,
            set_of,
            dimensions,
            span: self.span_from(start),
        })
    }

    /// The type of a function's result or argument (`func_type`): also `table.column%TYPE`.
    ///
    /// # Errors
    ///
    /// If no type follows.
    pub fn function_type(&mut self) -> Syntax<TypeName> {
        let start = self.position();
        let set_of = self.accept(Keyword::Setof);
        match self.column_type()? {
            Some(kind) => Ok(TypeName {
                kind,
                set_of,
                dimensions: Vec::new(),
                span: self.span_from(start),
            }),
            None => {
                self.reset(start);
                self.type_name()
            }
        }
    }

    /// `table.column%TYPE`, if that is next.
    fn column_type(&mut self) -> Syntax<Option<TypeNameKind>> {
        let mut distance = 1;
        while self.peek_at(distance) == Some(TokenKind::Symbol(Symbol::Dot)) {
            distance += 2;
        }
        let is_column = distance > 1
            && self.peek_at(distance) == Some(TokenKind::Symbol(Symbol::Percent))
            && self.keyword_at(distance + 1) == Some(Keyword::Type);
        if !is_column {
            return Ok(None);
        }
        let mut parts = vec![self.type_function_name("a type")?];
        while self.accept(Symbol::Dot) {
            parts.push(self.label("a name")?);
        }
        self.expect(Symbol::Percent)?;
        self.expect(Keyword::Type)?;
        Ok(Some(TypeNameKind::OfColumn(parts)))
    }

    /// `[]`, `[3]`, `ARRAY` or `ARRAY[3]`.
    fn dimensions(&mut self) -> Syntax<Vec<Option<i32>>> {
        let mut dimensions = Vec::new();
        if self.accept(Keyword::Array) {
            let length = match self.accept(Symbol::LeftBracket) {
                true => {
                    let length = self.integer("a length")?;
                    self.expect(Symbol::RightBracket)?;
                    Some(length)
                }
                false => None,
            };
            dimensions.push(length);
            return Ok(dimensions);
        }
        while self.accept(Symbol::LeftBracket) {
            let length = match self.is_at(Symbol::RightBracket) {
                true => None,
                false => Some(self.integer("a length or `]`")?),
            };
            self.expect(Symbol::RightBracket)?;
            dimensions.push(length);
        }
        Ok(dimensions)
    }

    /// A type that can have neither SETOF nor dimensions.
    pub(super) fn plain_type_name(&mut self) -> Syntax<TypeName> {
        let start = self.position();
        let kind = self.simple_type_name()?;
        Ok(TypeName {
            kind,
            set_of: false,
            dimensions: Vec::new(),
            span: self.span_from(start),
        })
    }

    /// A type without SETOF and dimensions (`SimpleTypename`).
    ///
    /// # Errors
    ///
    /// If no type follows.
    pub fn simple_type_name(&mut self) -> Syntax<TypeNameKind> {
        if let Some(kind) = self.system_type(Place::Declaration)? {
            return Ok(kind);
        }
        if self.accept(Keyword::Interval) {
            return match self.interval_precision()? {
                Some(precision) => Ok(TypeNameKind::Interval {
                    fields: None,
                    precision: Some(precision),
                }),
                None => self.interval_fields(),
            };
        }
        let start = self.position();
        let first = self.type_function_name("a type")?;
        let name = self.qualified_from(first, start, "a type")?;
        let modifiers = self.modifiers()?;
        Ok(TypeNameKind::Named { name, modifiers })
    }

    /// The type of a literal that is written with keywords (`ConstTypename`), if the next tokens are one: its keyword
    /// alone may also name a column.
    pub(super) fn literal_type(&mut self) -> Syntax<Option<TypeNameKind>> {
        let Some(keyword) = self.keyword() else {
            return Ok(None);
        };
        let next = self.peek_at(1);
        let next_keyword = self.keyword_at(1);
        let is_literal = self.is_string_at(1);
        let is_modified = next == Some(TokenKind::Symbol(Symbol::LeftParen));
        let is_type = match keyword {
            Keyword::Int
            | Keyword::Integer
            | Keyword::Smallint
            | Keyword::Bigint
            | Keyword::Real
            | Keyword::Boolean => is_literal,
            Keyword::Json => is_literal && self.version >= 16,
            Keyword::Float
            | Keyword::Decimal
            | Keyword::Dec
            | Keyword::Numeric
            | Keyword::Varchar => is_literal || is_modified,
            Keyword::Double => next_keyword == Some(Keyword::Precision),
            Keyword::Bit | Keyword::Character | Keyword::Char | Keyword::Nchar => {
                is_literal || is_modified || next_keyword == Some(Keyword::Varying)
            }
            Keyword::National => {
                matches!(next_keyword, Some(Keyword::Character | Keyword::Char))
            }
            Keyword::Time | Keyword::Timestamp => {
                is_literal
                    || is_modified
                    || next_keyword == Some(Keyword::Without)
                    || next_keyword == Some(Keyword::With)
                        && self.keyword_at(2) == Some(Keyword::Time)
            }
            _ => false,
        };
        match is_type {
            true => self.system_type(Place::Literal),
            false => Ok(None),
        }
    }

    /// A type that is written with keywords, if one is next (`Numeric`, `Bit`, `Character`, `ConstDatetime`).
    fn system_type(&mut self, place: Place) -> Syntax<Option<TypeNameKind>> {
        let Some(keyword) = self.keyword() else {
            return Ok(None);
        };
        if keyword == Keyword::Double && self.keyword_at(1) != Some(Keyword::Precision) {
            return Ok(None);
        }
        let start = self.position();
        self.advance();
        let (name, modifiers) = match keyword {
            Keyword::Int | Keyword::Integer => ("int4", Vec::new()),
            Keyword::Smallint => ("int2", Vec::new()),
            Keyword::Bigint => ("int8", Vec::new()),
            Keyword::Real => ("float4", Vec::new()),
            Keyword::Boolean => ("bool", Vec::new()),
            Keyword::Json => ("json", Vec::new()),
            Keyword::Float => (self.float_type()?, Vec::new()),
            Keyword::Double => {
                self.expect(Keyword::Precision)?;
                ("float8", Vec::new())
            }
            Keyword::Decimal | Keyword::Dec | Keyword::Numeric => ("numeric", self.modifiers()?),
            Keyword::Bit => {
                let name = match self.accept(Keyword::Varying) {
                    true => "varbit",
                    false => "bit",
                };
                let modifiers = self.modifiers()?;
                (
                    name,
                    self.of_length_one("bit", name, modifiers, place, start),
                )
            }
            Keyword::Character
            | Keyword::Char
            | Keyword::Varchar
            | Keyword::Nchar
            | Keyword::National => self.character_type(keyword, place, start)?,
            Keyword::Time => self.time_type("time", "timetz")?,
            Keyword::Timestamp => self.time_type("timestamp", "timestamptz")?,
            _ => {
                self.reset(start);
                return Ok(None);
            }
        };
        Ok(Some(TypeNameKind::System { name, modifiers }))
    }

    /// `CHARACTER [VARYING] [(n)]` and its kin, after the first word.
    fn character_type(
        &mut self,
        keyword: Keyword,
        place: Place,
        start: usize,
    ) -> Syntax<(&'static str, Vec<Expr>)> {
        if keyword == Keyword::National && !self.accept(Keyword::Character) {
            self.expect(Keyword::Char)?;
        }
        let name = match keyword == Keyword::Varchar || self.accept(Keyword::Varying) {
            true => "varchar",
            false => "bpchar",
        };
        let modifiers = match self.parenthesized_integer("a length")? {
            Some(length) => vec![length],
            None => Vec::new(),
        };
        Ok((
            name,
            self.of_length_one("bpchar", name, modifiers, place, start),
        ))
    }

    /// The modifiers of a type that has length 1 if none is written.
    fn of_length_one(
        &self,
        short: &str,
        name: &str,
        modifiers: Vec<Expr>,
        place: Place,
        start: usize,
    ) -> Vec<Expr> {
        if place == Place::Declaration && name == short && modifiers.is_empty() {
            return vec![constant(Constant::Integer(1), self.span_from(start))];
        }
        modifiers
    }

    /// `(n)` after FLOAT, which chooses between two types.
    fn float_type(&mut self) -> Syntax<&'static str> {
        let Some(precision) = self.parenthesized_integer("a precision")? else {
            return Ok("float8");
        };
        let (most, single) = FLOAT_PRECISION;
        match precision.kind {
            ExprKind::Constant(Constant::Integer(bits)) if (1..=single).contains(&bits) => {
                Ok("float4")
            }
            ExprKind::Constant(Constant::Integer(bits)) if (1..=most).contains(&bits) => {
                Ok("float8")
            }
            _ => Err(Box::new(errors::float_precision(precision.span, most))),
        }
    }

    /// `(precision) WITH TIME ZONE`.
    fn time_type(
        &mut self,
        plain: &'static str,
        zoned: &'static str,
    ) -> Syntax<(&'static str, Vec<Expr>)> {
        let precision = self.parenthesized_integer("a precision")?;
        let name = if self.is_at_phrase(&[Keyword::With, Keyword::Time]) {
            self.expect_phrase(&[Keyword::With, Keyword::Time, Keyword::Zone])?;
            zoned
        } else {
            let takes_without = self.version < 16 || self.is_at_pair();
            if takes_without && self.accept(Keyword::Without) {
                self.expect_phrase(&[Keyword::Time, Keyword::Zone])?;
            }
            plain
        };
        Ok((name, precision.into_iter().collect()))
    }

    /// `(a, b)`, if it is next.
    fn modifiers(&mut self) -> Syntax<Vec<Expr>> {
        match self.is_at(Symbol::LeftParen) {
            true => self.parenthesized_list(Self::expr),
            false => Ok(Vec::new()),
        }
    }

    /// `(n)`, if it is next.
    fn parenthesized_integer(&mut self, what: &str) -> Syntax<Option<Expr>> {
        if !self.accept(Symbol::LeftParen) {
            return Ok(None);
        }
        let span = self.span();
        let value = self.integer(what)?;
        self.expect(Symbol::RightParen)?;
        Ok(Some(constant(Constant::Integer(value), span)))
    }

    /// `(n)` after INTERVAL, if it is next.
    pub(super) fn interval_precision(&mut self) -> Syntax<Option<Box<Expr>>> {
        let precision = self.parenthesized_integer("a precision")?;
        Ok(precision.map(Box::new))
    }

    /// The fields of an interval (`opt_interval`), if they are next.
    pub(super) fn interval_fields(&mut self) -> Syntax<TypeNameKind> {
        let field = self.keyword();
        let to: &[(Keyword, IntervalFields)] = match field {
            Some(Keyword::Year) => &[(Keyword::Month, IntervalFields::YearToMonth)],
            Some(Keyword::Day) => &[
                (Keyword::Hour, IntervalFields::DayToHour),
                (Keyword::Minute, IntervalFields::DayToMinute),
                (Keyword::Second, IntervalFields::DayToSecond),
            ],
            Some(Keyword::Hour) => &[
                (Keyword::Minute, IntervalFields::HourToMinute),
                (Keyword::Second, IntervalFields::HourToSecond),
            ],
            Some(Keyword::Minute) => &[(Keyword::Second, IntervalFields::MinuteToSecond)],
            _ => &[],
        };
        let mut fields = match field {
            Some(Keyword::Year) => IntervalFields::Year,
            Some(Keyword::Month) => IntervalFields::Month,
            Some(Keyword::Day) => IntervalFields::Day,
            Some(Keyword::Hour) => IntervalFields::Hour,
            Some(Keyword::Minute) => IntervalFields::Minute,
            Some(Keyword::Second) => IntervalFields::Second,
            _ => {
                return Ok(TypeNameKind::Interval {
                    fields: None,
                    precision: None,
                });
            }
        };
        self.advance();
        if !to.is_empty() && self.accept(Keyword::To) {
            let last = to
                .iter()
                .find(|(keyword, _)| self.keyword() == Some(*keyword));
            let Some((_, last)) = last else {
                return Err(self.expected("a smaller field"));
            };
            fields = *last;
            self.advance();
        }
        let has_seconds = matches!(
            fields,
            IntervalFields::Second
                | IntervalFields::DayToSecond
                | IntervalFields::HourToSecond
                | IntervalFields::MinuteToSecond
        );
        let precision = match has_seconds {
            true => self.interval_precision()?,
            false => None,
        };
        Ok(TypeNameKind::Interval {
            fields: Some(fields),
            precision,
        })
    }

    /// The name that a type has as a function, which TREAT calls.
    pub(super) fn function_of_type(kind: &TypeNameKind, span: Span) -> Option<QualifiedName> {
        match kind {
            TypeNameKind::Named { name, .. } => Some(QualifiedName::system(&name.name.name, span)),
            TypeNameKind::System { name, .. } => Some(QualifiedName::system(name, span)),
            TypeNameKind::Interval { .. } => Some(QualifiedName::system("interval", span)),
            TypeNameKind::OfColumn(_) => None,
        }
    }
}

/// A constant that the grammar reads or supplies.
pub(super) fn constant(value: Constant, span: Span) -> Expr {
    Expr {
        kind: ExprKind::Constant(value),
        span,
    }
}
