//! What many statements share: IF EXISTS, CASCADE, roles, numbers, words.

use super::cursor::{Parser, Syntax};
use crate::diagnostic::Diagnostic;
use crate::errors::postgres::syntax as errors;
use crate::postgres::ast::{
    GenericAction, GenericOption, Ident, Number, Parameter, Persistence, QualifiedName, RoleName,
    RoleNameKind,
};
use crate::text::Span;
use tablature_lexer::postgres::{Keyword, Symbol, TokenKind};

impl Parser<'_> {
    /// The syntax error at a place that the grammar's rules accept and its code refuses.
    pub(super) fn refuse<T>(&self, span: Span, message: &str) -> Syntax<T> {
        Err(Box::new(errors::refused(span, message)))
    }

    /// IF EXISTS, or nothing.
    pub(super) fn if_exists(&mut self) -> bool {
        self.accept_phrase(&[Keyword::If, Keyword::Exists])
    }

    /// IF NOT EXISTS, or nothing.
    pub(super) fn if_not_exists(&mut self) -> Syntax<bool> {
        match self.is_at_phrase(&[Keyword::If, Keyword::Not]) {
            true => self.accept_start(Keyword::If, &[Keyword::Not, Keyword::Exists]),
            false => Ok(false),
        }
    }

    /// OR REPLACE, or nothing.
    pub(super) fn or_replace(&mut self) -> Syntax<bool> {
        self.accept_start(Keyword::Or, &[Keyword::Replace])
    }

    /// CASCADE, or RESTRICT or nothing.
    pub(super) fn cascade(&mut self) -> bool {
        let cascade = self.accept(Keyword::Cascade);
        if !cascade {
            self.accept(Keyword::Restrict);
        }
        cascade
    }

    /// TEMPORARY, UNLOGGED or nothing (`OptTemp`).
    pub(super) fn persistence(&mut self) -> Syntax<Persistence> {
        let is_scoped = self.accept(Keyword::Local) || self.accept(Keyword::Global);
        if self.accept(Keyword::Temporary) || self.accept(Keyword::Temp) {
            return Ok(Persistence::Temporary);
        }
        if is_scoped {
            return Err(self.expected("`TEMPORARY`"));
        }
        match self.accept(Keyword::Unlogged) {
            true => Ok(Persistence::Unlogged),
            false => Ok(Persistence::Permanent),
        }
    }

    /// Names with commas between them (`name_list`).
    pub(super) fn names(&mut self, what: &str) -> Syntax<Vec<Ident>> {
        self.list(|parser| parser.column_id(what))
    }

    /// Qualified names with commas between them.
    pub(super) fn qualified_names(&mut self, what: &str) -> Syntax<Vec<QualifiedName>> {
        self.list(|parser| parser.qualified_name(what))
    }

    /// `(a, b)`, or nothing.
    pub(super) fn optional_columns(&mut self) -> Syntax<Vec<Ident>> {
        match self.is_at(Symbol::LeftParen) {
            true => self.column_names(),
            false => Ok(Vec::new()),
        }
    }

    /// The name that follows a keyword, if the keyword is next.
    pub(super) fn name_after(&mut self, keyword: Keyword, what: &str) -> Syntax<Option<Ident>> {
        match self.accept(keyword) {
            true => self.column_id(what).map(Some),
            false => Ok(None),
        }
    }

    /// `WITH (…)` (`OptWith`, `opt_reloptions`), or nothing.
    pub(super) fn with_parameters(&mut self) -> Syntax<Vec<Parameter>> {
        match self.accept(Keyword::With) {
            true => self.relation_options(),
            false => Ok(Vec::new()),
        }
    }

    /// `WITH (…)` (`opt_definition`), or nothing.
    pub(super) fn with_definition(&mut self) -> Syntax<Vec<Parameter>> {
        match self.accept(Keyword::With) {
            true => self.definition(),
            false => Ok(Vec::new()),
        }
    }

    /// A word that is not reserved, or a string (`NonReservedWord_or_Sconst`).
    pub(super) fn word_or_string(&mut self, what: &str) -> Syntax<Ident> {
        match self.is_at_string() {
            true => self.string_as_name(what),
            false => self.non_reserved_word(what),
        }
    }

    /// A string that stands for a name.
    pub(super) fn string_as_name(&mut self, what: &str) -> Syntax<Ident> {
        let (name, span) = self.string(what)?;
        Ok(Ident {
            name: name.into(),
            quoted: true,
            span,
        })
    }

    /// A word, TRUE, FALSE, ON or a string (`opt_boolean_or_string`).
    pub(super) fn boolean_or_string(&mut self, what: &str) -> Syntax<Ident> {
        match self.is_at_any(&[Keyword::True, Keyword::False, Keyword::On]) {
            true => self.take_name(),
            false => self.word_or_string(what),
        }
    }

    /// Whether a word, TRUE, FALSE, ON or a string is next.
    pub(super) fn is_at_boolean_or_string(&self) -> bool {
        self.is_at_any(&[Keyword::True, Keyword::False, Keyword::On])
            || self.is_at_string()
            || self.is_at_column_id()
            || self.is_at_type_function_name()
    }

    /// Whether a number, perhaps with a sign, is next (`NumericOnly`).
    pub(super) fn is_at_number(&self) -> bool {
        let is_number = |kind| matches!(kind, Some(TokenKind::Integer | TokenKind::Numeric));
        is_number(self.peek())
            || (self.is_at(Symbol::Plus) || self.is_at(Symbol::Minus)) && is_number(self.peek_at(1))
    }

    /// A number, perhaps with a sign (`NumericOnly`).
    pub(super) fn signed_number(&mut self, what: &str) -> Syntax<Number> {
        if !self.is_at_number() {
            return Err(self.expected(what));
        }
        let start = self.position();
        let is_negative = self.accept(Symbol::Minus);
        self.accept(Symbol::Plus);
        let digits = self.token().map(|token| token.text.replace('_', ""));
        self.advance();
        let sign = if is_negative { "-" } else { "" };
        Ok(Number {
            text: format!("{sign}{}", digits.unwrap_or_default()).into(),
            span: self.span_from(start),
        })
    }

    /// An integer of 32 bits, perhaps with a sign (`SignedIconst`).
    pub(super) fn signed_integer(&mut self, what: &str) -> Syntax<i32> {
        let is_negative = self.accept(Symbol::Minus);
        if !is_negative {
            self.accept(Symbol::Plus);
        }
        let value = self.integer(what)?;
        Ok(if is_negative { -value } else { value })
    }

    /// A role (`RoleSpec`).
    pub(super) fn role(&mut self) -> Syntax<RoleName> {
        let start = self.position();
        let kind = match self.keyword() {
            Some(Keyword::CurrentRole) => RoleNameKind::CurrentRole,
            Some(Keyword::CurrentUser) => RoleNameKind::CurrentUser,
            Some(Keyword::SessionUser) => RoleNameKind::SessionUser,
            _ => {
                let name = self.non_reserved_word("a role")?;
                let kind = match &*name.name {
                    "public" => RoleNameKind::Public,
                    "none" => return self.refuse(name.span, "the role name `none` is reserved"),
                    _ => RoleNameKind::Named(name),
                };
                return Ok(RoleName {
                    kind,
                    span: self.span_from(start),
                });
            }
        };
        self.advance();
        Ok(RoleName {
            kind,
            span: self.span_from(start),
        })
    }

    /// Roles with commas between them (`role_list`).
    pub(super) fn roles(&mut self) -> Syntax<Vec<RoleName>> {
        self.list(Self::role)
    }

    /// The name of a role that is made or renamed (`RoleId`).
    pub(super) fn role_id(&mut self) -> Syntax<Ident> {
        let role = self.role()?;
        match role.kind {
            RoleNameKind::Named(name) => Ok(name),
            RoleNameKind::Public => self.refuse(role.span, "the role name `public` is reserved"),
            RoleNameKind::CurrentRole | RoleNameKind::CurrentUser | RoleNameKind::SessionUser => {
                self.refuse(role.span, "this word cannot be a role's name here")
            }
        }
    }

    /// `OPTIONS (name 'value', …)` (`create_generic_options`), or nothing.
    pub(super) fn generic_options(&mut self) -> Syntax<Vec<GenericOption>> {
        if !self.accept(Keyword::Options) {
            return Ok(Vec::new());
        }
        self.parenthesized_list(|parser| parser.generic_option(GenericAction::Add))
    }

    /// `OPTIONS (SET name 'value', …)` (`alter_generic_options`).
    pub(super) fn generic_option_changes(&mut self) -> Syntax<Vec<GenericOption>> {
        self.expect(Keyword::Options)?;
        self.parenthesized_list(|parser| {
            // ADD, SET and DROP may also be names of options.
            let is_word = parser.peek_at(1).is_some_and(super::names::is_string);
            let action = match parser.keyword() {
                _ if is_word => None,
                Some(Keyword::Add) => Some(GenericAction::Add),
                Some(Keyword::Set) => Some(GenericAction::Set),
                Some(Keyword::Drop) => {
                    parser.advance();
                    return Ok(GenericOption {
                        action: GenericAction::Drop,
                        name: parser.label("an option")?,
                        value: None,
                    });
                }
                _ => None,
            };
            if action.is_some() {
                parser.advance();
            }
            parser.generic_option(action.unwrap_or(GenericAction::Add))
        })
    }

    fn generic_option(&mut self, action: GenericAction) -> Syntax<GenericOption> {
        let name = self.label("an option")?;
        let (value, _) = self.string("a string")?;
        Ok(GenericOption {
            action,
            name,
            value: Some(value),
        })
    }

    /// The error that something is said again.
    pub(super) fn said_again(&self, span: Span, first: Span) -> Box<Diagnostic> {
        Box::new(errors::conflicting_options(span, Some(first)))
    }
}

/// The value of a number, as near as a floating-point number comes to it.
pub(super) fn value_of(number: &Number) -> f64 {
    let (sign, digits) = match number.text.strip_prefix('-') {
        Some(digits) => (-1.0, digits),
        None => (1.0, &*number.text),
    };
    let radix = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => return digits.parse().map_or(f64::NAN, |value: f64| sign * value),
    };
    let whole = digits.get(2..).unwrap_or_default();
    u64::from_str_radix(whole, radix).map_or(f64::NAN, |value| sign * value as f64)
}
