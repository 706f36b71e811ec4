//! Expressions that begin with a keyword of their own, and calls in words that the standard has for them
//! (`func_expr_common_subexpr`).

use super::cursor::{Parser, Syntax};
use super::type_name::constant;
use crate::errors::postgres::grammar as errors;
use crate::postgres::ast::{
    Argument, CallSyntax, CastSyntax, Constant, Expr, ExprKind, FunctionCall, Ident, MinMax,
    QualifiedName, SqlValue, TypeName, TypeNameKind,
};
use crate::text::Span;
use tablature_lexer::postgres::{Keyword, Symbol, TokenKind};

impl Parser<'_> {
    /// What begins with a keyword and is no column, if it is next.
    pub(super) fn special(&mut self) -> Syntax<Option<Expr>> {
        let start = self.position();
        let is_call = self.peek_at(1) == Some(TokenKind::Symbol(Symbol::LeftParen));
        let kind = match self.keyword() {
            Some(Keyword::Case) => {
                self.advance();
                self.case()?
            }
            Some(Keyword::Array) => {
                self.advance();
                return self.array(start).map(Some);
            }
            Some(Keyword::Exists) if is_call => {
                self.advance();
                if !self.is_at_parenthesized_query() {
                    self.advance();
                    return Err(self.expected("`SELECT`"));
                }
                ExprKind::Exists(Box::new(self.parenthesized_query()?))
            }
            Some(Keyword::Row) if is_call => {
                self.advance();
                self.advance();
                let fields = match self.is_at(Symbol::RightParen) {
                    true => Vec::new(),
                    false => self.list(Self::expr)?,
                };
                self.expect(Symbol::RightParen)?;
                ExprKind::Row {
                    fields,
                    explicit: true,
                }
            }
            Some(Keyword::Grouping) if is_call => {
                self.advance();
                ExprKind::Grouping(self.parenthesized_list(Self::expr)?)
            }
            _ => return self.special_call(),
        };
        Ok(Some(Expr {
            kind,
            span: self.span_from(start),
        }))
    }

    /// A call in words of its own (`func_expr_common_subexpr`), if one is next.
    pub(super) fn special_call(&mut self) -> Syntax<Option<Expr>> {
        let start = self.position();
        let Some(keyword) = self.keyword() else {
            return Ok(None);
        };
        let is_call = self.peek_at(1) == Some(TokenKind::Symbol(Symbol::LeftParen));
        let kind = match self.value(keyword)? {
            Some(value) => value,
            None if keyword == Keyword::Collation && self.keyword_at(1) == Some(Keyword::For) => {
                self.collation_for()?
            }
            None if is_call => match self.call_in_words(keyword, start)? {
                Some(kind) => kind,
                None => return Ok(None),
            },
            None => return Ok(None),
        };
        Ok(Some(Expr {
            kind,
            span: self.span_from(start),
        }))
    }

    /// `current_date` and its kin.
    fn value(&mut self, keyword: Keyword) -> Syntax<Option<ExprKind>> {
        let is_call = self.peek_at(1) == Some(TokenKind::Symbol(Symbol::LeftParen));
        let (value, has_precision) = match keyword {
            Keyword::CurrentDate => (SqlValue::CurrentDate, false),
            Keyword::CurrentTime => (SqlValue::CurrentTime, true),
            Keyword::CurrentTimestamp => (SqlValue::CurrentTimestamp, true),
            Keyword::Localtime => (SqlValue::LocalTime, true),
            Keyword::Localtimestamp => (SqlValue::LocalTimestamp, true),
            Keyword::CurrentRole => (SqlValue::CurrentRole, false),
            Keyword::CurrentUser => (SqlValue::CurrentUser, false),
            Keyword::SessionUser => (SqlValue::SessionUser, false),
            Keyword::User => (SqlValue::User, false),
            Keyword::CurrentCatalog => (SqlValue::CurrentCatalog, false),
            // With parentheses it is a call like any other.
            Keyword::CurrentSchema if !is_call => (SqlValue::CurrentSchema, false),
            Keyword::SystemUser => {
                let span = self.span();
                self.advance();
                let name = QualifiedName::system("system_user", span);
                let call = FunctionCall::new(name, Vec::new(), CallSyntax::Sql);
                return Ok(Some(ExprKind::Function(Box::new(call))));
            }
            _ => return Ok(None),
        };
        self.advance();
        let precision = match has_precision && self.accept(Symbol::LeftParen) {
            true => {
                let precision = self.integer("a precision")?;
                self.expect(Symbol::RightParen)?;
                Some(precision)
            }
            false => None,
        };
        Ok(Some(ExprKind::SqlValue { value, precision }))
    }

    /// `COLLATION FOR (value)`
    fn collation_for(&mut self) -> Syntax<ExprKind> {
        let start = self.position();
        self.expect_phrase(&[Keyword::Collation, Keyword::For])?;
        let name = QualifiedName::system("pg_collation_for", self.span_from(start));
        self.expect(Symbol::LeftParen)?;
        let value = self.expr()?;
        self.expect(Symbol::RightParen)?;
        Ok(words(name, vec![value]))
    }

    /// A keyword with what stands in its parentheses.
    fn call_in_words(&mut self, keyword: Keyword, start: usize) -> Syntax<Option<ExprKind>> {
        let span = self.span();
        self.advance();
        let kind = match keyword {
            Keyword::Cast => {
                self.expect(Symbol::LeftParen)?;
                let value = Box::new(self.expr()?);
                self.expect(Keyword::As)?;
                let type_name = Box::new(self.type_name()?);
                self.expect(Symbol::RightParen)?;
                ExprKind::Cast {
                    value,
                    type_name,
                    syntax: CastSyntax::Cast,
                }
            }
            Keyword::Coalesce => ExprKind::Coalesce(self.parenthesized_list(Self::expr)?),
            Keyword::Greatest | Keyword::Least => ExprKind::MinMax {
                function: match keyword {
                    Keyword::Greatest => MinMax::Greatest,
                    _ => MinMax::Least,
                },
                arguments: self.parenthesized_list(Self::expr)?,
            },
            Keyword::Nullif => {
                self.expect(Symbol::LeftParen)?;
                let left = Box::new(self.expr()?);
                self.expect(Symbol::Comma)?;
                let right = Box::new(self.expr()?);
                self.expect(Symbol::RightParen)?;
                ExprKind::NullIf(left, right)
            }
            Keyword::Extract => {
                self.expect(Symbol::LeftParen)?;
                let field = self.extract_field()?;
                self.expect(Keyword::From)?;
                let source = self.expr()?;
                self.expect(Symbol::RightParen)?;
                words(QualifiedName::system("extract", span), vec![field, source])
            }
            Keyword::Normalize => {
                self.expect(Symbol::LeftParen)?;
                let mut arguments = vec![self.expr()?];
                if self.accept(Symbol::Comma) {
                    match self.normal_form() {
                        Some(form) => arguments.push(form),
                        None => return Err(self.expected("`NFC`, `NFD`, `NFKC` or `NFKD`")),
                    }
                }
                self.expect(Symbol::RightParen)?;
                words(QualifiedName::system("normalize", span), arguments)
            }
            Keyword::Overlay => self.overlay(start)?,
            Keyword::Position => {
                self.expect(Symbol::LeftParen)?;
                let part = self.restricted_expr()?;
                self.expect(Keyword::In)?;
                let whole = self.restricted_expr()?;
                self.expect(Symbol::RightParen)?;
                words(QualifiedName::system("position", span), vec![whole, part])
            }
            Keyword::Substring => self.substring(start)?,
            Keyword::Trim => self.trim()?,
            Keyword::Treat => {
                self.expect(Symbol::LeftParen)?;
                let value = self.expr()?;
                self.expect(Keyword::As)?;
                let type_name = self.type_name()?;
                self.expect(Symbol::RightParen)?;
                let Some(name) = Self::function_of_type(&type_name.kind, type_name.span) else {
                    return Err(self.expected("a type"));
                };
                let call = FunctionCall::new(name, vec![value], CallSyntax::Call);
                ExprKind::Function(Box::new(call))
            }
            Keyword::Xmlconcat
            | Keyword::Xmlelement
            | Keyword::Xmlexists
            | Keyword::Xmlforest
            | Keyword::Xmlparse
            | Keyword::Xmlpi
            | Keyword::Xmlroot
            | Keyword::Xmlserialize => self.xml(keyword, span)?,
            _ => {
                self.reset(start);
                return Ok(None);
            }
        };
        Ok(Some(kind))
    }

    /// The field of EXTRACT: a word or a string.
    fn extract_field(&mut self) -> Syntax<Expr> {
        let is_word = self.is_at_identifier()
            || self.is_at_any(&[
                Keyword::Year,
                Keyword::Month,
                Keyword::Day,
                Keyword::Hour,
                Keyword::Minute,
                Keyword::Second,
            ]);
        if is_word {
            let name = self.take_name()?;
            return Ok(constant(Constant::String((*name.name).into()), name.span));
        }
        let (text, span) = self.string("a field such as `year`")?;
        Ok(constant(Constant::String(text), span))
    }

    /// A form of normalization, as the string that the function takes, if one is next.
    pub(super) fn normal_form(&mut self) -> Option<Expr> {
        let keyword = self.keyword()?;
        let is_form = matches!(
            keyword,
            Keyword::Nfc | Keyword::Nfd | Keyword::Nfkc | Keyword::Nfkd
        );
        let span = self.span();
        is_form.then(|| {
            self.advance();
            constant(Constant::String(keyword.as_str().into()), span)
        })
    }

    /// `OVERLAY(a PLACING b FROM c FOR d)`, or a call of a function of that name.
    fn overlay(&mut self, start: usize) -> Syntax<ExprKind> {
        let span = self.span_from(start);
        let arguments = self.plain_arguments()?;
        if !self.accept(Keyword::Placing) {
            return self.plain_call("overlay", span, arguments);
        }
        let mut values = self.only_value(arguments)?;
        values.push(self.expr()?);
        self.expect(Keyword::From)?;
        values.push(self.expr()?);
        if self.accept(Keyword::For) {
            values.push(self.expr()?);
        }
        self.expect(Symbol::RightParen)?;
        Ok(words(QualifiedName::system("overlay", span), values))
    }

    /// `SUBSTRING(a FROM b FOR c)`, `SUBSTRING(a SIMILAR b ESCAPE c)`, or a call of a function of that name.
    fn substring(&mut self, start: usize) -> Syntax<ExprKind> {
        let span = self.span_from(start);
        let arguments = self.plain_arguments()?;
        let values = if self.accept(Keyword::Similar) {
            let mut values = self.only_value(arguments)?;
            values.push(self.expr()?);
            self.expect(Keyword::Escape)?;
            values.push(self.expr()?);
            values
        } else if self.accept(Keyword::From) {
            let mut values = self.only_value(arguments)?;
            values.push(self.expr()?);
            if self.accept(Keyword::For) {
                values.push(self.expr()?);
            }
            values
        } else if self.accept(Keyword::For) {
            let mut values = self.only_value(arguments)?;
            let count = self.expr()?;
            if self.accept(Keyword::From) {
                values.push(self.expr()?);
                values.push(count);
            } else {
                values.push(constant(Constant::Integer(1), count.span));
                values.push(as_integer(count));
            }
            values
        } else {
            return self.plain_call("substring", span, arguments);
        };
        self.expect(Symbol::RightParen)?;
        Ok(words(QualifiedName::system("substring", span), values))
    }

    /// The opening parenthesis and the arguments after it, if there are any (`func_arg_list_opt`).
    fn plain_arguments(&mut self) -> Syntax<Vec<Argument>> {
        self.expect(Symbol::LeftParen)?;
        match self.is_at(Symbol::RightParen) {
            true => Ok(Vec::new()),
            false => self.list(Self::argument),
        }
    }

    /// The value before a word such as FROM: one, without a name.
    fn only_value(&self, arguments: Vec<Argument>) -> Syntax<Vec<Expr>> {
        match <[Argument; 1]>::try_from(arguments) {
            Ok([Argument { name: None, value }]) => Ok(vec![value]),
            _ => Err(errors::two_syntaxes(self.last_span())),
        }
    }

    /// The rest of a call of a function by the name of a keyword.
    fn plain_call(&mut self, name: &str, span: Span, arguments: Vec<Argument>) -> Syntax<ExprKind> {
        self.expect(Symbol::RightParen)?;
        let name = QualifiedName::bare(Ident::supplied(name, span));
        let mut call = FunctionCall::new(name, Vec::new(), CallSyntax::Call);
        call.arguments = arguments;
        Ok(ExprKind::Function(Box::new(call)))
    }

    /// `TRIM(BOTH a FROM b)`: the words choose the function.
    fn trim(&mut self) -> Syntax<ExprKind> {
        let start = self.position();
        self.expect(Symbol::LeftParen)?;
        let name = match self.keyword() {
            Some(Keyword::Leading) => "ltrim",
            Some(Keyword::Trailing) => "rtrim",
            _ => "btrim",
        };
        if self.is_at_any(&[Keyword::Both, Keyword::Leading, Keyword::Trailing]) {
            self.advance();
        }
        let values = if self.accept(Keyword::From) {
            self.list(Self::expr)?
        } else {
            let first = self.expr()?;
            if self.accept(Keyword::From) {
                let mut values = self.list(Self::expr)?;
                values.push(first);
                values
            } else {
                let mut values = vec![first];
                while self.accept(Symbol::Comma) {
                    values.push(self.expr()?);
                }
                values
            }
        };
        self.expect(Symbol::RightParen)?;
        let span = self.span_from(start.saturating_sub(1));
        Ok(words(QualifiedName::system(name, span), values))
    }
}

/// A call of a function that is written in words.
pub(super) fn words(name: QualifiedName, arguments: Vec<Expr>) -> ExprKind {
    ExprKind::Function(Box::new(FunctionCall::new(
        name,
        arguments,
        CallSyntax::Sql,
    )))
}

/// SUBSTRING with FOR alone wants an integer, or another function of its name could be meant.
fn as_integer(value: Expr) -> Expr {
    let span = value.span;
    let type_name = TypeName {
        kind: TypeNameKind::System {
            name: "int4",
            modifiers: Vec::new(),
        },
        set_of: false,
        dimensions: Vec::new(),
        span,
    };
    Expr {
        kind: ExprKind::Cast {
            value: Box::new(value),
            type_name: Box::new(type_name),
            syntax: CastSyntax::Cast,
        },
        span,
    }
}
