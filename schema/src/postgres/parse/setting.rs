//! SET, RESET and SHOW.

use super::cursor::{Parser, Syntax};
use crate::postgres::ast::{
    Ident, SetConstraints, SetParameter, SetTerm, SetValue, Show, StatementKind,
    TransactionStatement,
};

use crate::text::Span;
use tablature_lexer::postgres::{Keyword, Symbol, TokenKind};

impl Parser<'_> {
    /// What follows SET.
    pub(super) fn set(&mut self, start: usize) -> Syntax<StatementKind> {
        if self.is_at_setting(0) {
            return self.set_rest(false, start).map(StatementKind::Set);
        }
        if self.accept(Keyword::Constraints) {
            return self.set_constraints(start);
        }
        let is_scope = self.is_at_any(&[Keyword::Session, Keyword::Local])
            && !self.is_at_phrase(&[Keyword::Session, Keyword::Authorization])
            && !self.is_at_phrase(&[Keyword::Session, Keyword::Characteristics]);
        let local = is_scope && self.is_at(Keyword::Local);
        if is_scope {
            self.advance();
        }
        match self.keyword() {
            _ if self.is_at_setting(0) => {}
            Some(Keyword::Transaction) => return self.set_transaction(),
            Some(Keyword::Session) if self.keyword_at(1) == Some(Keyword::Characteristics) => {
                self.expect_phrase(&[
                    Keyword::Session,
                    Keyword::Characteristics,
                    Keyword::As,
                    Keyword::Transaction,
                ])?;
                let modes = self.transaction_modes(true)?;
                return Ok(StatementKind::Transaction(
                    TransactionStatement::SetSession(modes),
                ));
            }
            _ => {}
        }
        self.set_rest(local, start).map(StatementKind::Set)
    }

    /// `TRANSACTION modes` or `TRANSACTION SNAPSHOT 'id'`.
    fn set_transaction(&mut self) -> Syntax<StatementKind> {
        self.expect(Keyword::Transaction)?;
        if self.accept(Keyword::Snapshot) {
            let (id, _) = self.string("a string")?;
            return Ok(StatementKind::Transaction(
                TransactionStatement::SetSnapshot(id),
            ));
        }
        let modes = self.transaction_modes(true)?;
        Ok(StatementKind::Transaction(TransactionStatement::Set(modes)))
    }

    /// Whether the name of a setting with TO, `=`, FROM or a dot after it is next, which makes a keyword a name.
    pub(super) fn is_at_setting(&self, distance: usize) -> bool {
        let is_name = match self.peek_at(distance) {
            Some(TokenKind::Keyword(keyword)) => keyword.is_column_name(),
            Some(kind) => super::names::is_identifier(kind),
            None => false,
        };
        is_name
            && matches!(
                self.peek_at(distance + 1),
                Some(
                    TokenKind::Symbol(Symbol::Dot | Symbol::Equal)
                        | TokenKind::Keyword(Keyword::To | Keyword::From)
                )
            )
    }

    /// SET or RESET with what follows it (`SetResetClause`).
    pub(super) fn set_or_reset(&mut self) -> Syntax<SetParameter> {
        let start = self.position();
        if self.accept(Keyword::Reset) {
            return self.reset_rest(start);
        }
        if !self.accept(Keyword::Set) {
            return Err(self.expected("`SET` or `RESET`"));
        }
        let is_transaction = !self.is_at_setting(0)
            && (self.is_at(Keyword::Transaction)
                || self.is_at_phrase(&[Keyword::Session, Keyword::Characteristics]));
        if !is_transaction {
            return self.set_rest(false, start);
        }
        let name = Ident::supplied("transaction", self.span());
        self.set(start)?;
        Ok(SetParameter {
            name,
            local: false,
            value: SetValue::Values(Vec::new()),
            span: self.span_from(start),
        })
    }

    /// What follows SET (`set_rest_more`); SET is the token `start`.
    pub(super) fn set_rest(&mut self, local: bool, start: usize) -> Syntax<SetParameter> {
        let (name, value) = self.set_rest_parts()?;
        Ok(SetParameter {
            name,
            local,
            value,
            span: self.span_from(start),
        })
    }

    fn set_rest_parts(&mut self) -> Syntax<(Ident, SetValue)> {
        let start = self.position();
        if !self.is_at_setting(0)
            && let Some(keyword) = self.keyword()
        {
            self.advance();
            match keyword {
                Keyword::Time if self.accept(Keyword::Zone) => {
                    let name = Ident::supplied("timezone", self.span_from(start));
                    return Ok((name, self.zone()?));
                }
                Keyword::Catalog => {
                    return self.refuse(
                        self.span_from(start),
                        "the engine cannot change the current database",
                    );
                }
                Keyword::Schema => {
                    let name = Ident::supplied("search_path", self.span_from(start));
                    let (text, span) = self.string("a schema, as a string")?;
                    return Ok((name, single(text, span)));
                }
                Keyword::Names => {
                    let name = Ident::supplied("client_encoding", self.span_from(start));
                    let value = match self.is_at_string() {
                        true => {
                            let (text, span) = self.string("an encoding")?;
                            single(text, span)
                        }
                        false => {
                            self.accept(Keyword::Default);
                            SetValue::Default
                        }
                    };
                    return Ok((name, value));
                }
                Keyword::Role => {
                    let name = Ident::supplied("role", self.span_from(start));
                    let role = self.word_or_string("a role")?;
                    return Ok((name, single(role.name.as_ref().into(), role.span)));
                }
                Keyword::Session if self.accept(Keyword::Authorization) => {
                    let name = Ident::supplied("session_authorization", self.span_from(start));
                    if self.accept(Keyword::Default) {
                        return Ok((name, SetValue::Default));
                    }
                    let role = self.word_or_string("a role")?;
                    return Ok((name, single(role.name.as_ref().into(), role.span)));
                }
                Keyword::Xml if self.accept(Keyword::Option) => {
                    let name = Ident::supplied("xmloption", self.span_from(start));
                    if !self.is_at_any(&[Keyword::Document, Keyword::Content]) {
                        return Err(self.expected("`DOCUMENT` or `CONTENT`"));
                    }
                    let word = self.take_name()?;
                    return Ok((name, single(word.name.as_ref().into(), word.span)));
                }
                Keyword::Transaction if self.accept(Keyword::Snapshot) => {
                    let name = Ident::supplied("transaction_snapshot", self.span_from(start));
                    let (text, span) = self.string("a string")?;
                    return Ok((name, single(text, span)));
                }
                _ => self.reset(start),
            }
        }
        let name = self.setting_name()?;
        if self.accept_start(Keyword::From, &[Keyword::Current])? {
            return Ok((name, SetValue::Current));
        }
        if !self.accept(Keyword::To) && !self.accept(Symbol::Equal) {
            return Err(self.expected("`TO` or `=`"));
        }
        if self.accept(Keyword::Default) {
            return Ok((name, SetValue::Default));
        }
        let values = self.list(Self::setting_value)?;
        Ok((name, SetValue::Values(values)))
    }

    /// The name of a setting, with dots between its parts (`var_name`).
    fn setting_name(&mut self) -> Syntax<Ident> {
        let start = self.position();
        let parts = self.dotted_columns("a setting")?;
        let quoted = parts.iter().any(|part| part.quoted);
        let parts: Vec<&str> = parts.iter().map(|part| part.name.as_ref()).collect();
        Ok(Ident {
            name: parts.join(".").into(),
            quoted,
            span: self.span_from(start),
        })
    }

    fn setting_value(&mut self) -> Syntax<SetTerm> {
        if self.is_at_number() {
            let number = self.signed_number("a value")?;
            return Ok(SetTerm {
                text: number.text,
                interval: false,
                span: number.span,
            });
        }
        let word = self.boolean_or_string("a value")?;
        Ok(SetTerm {
            text: word.name.as_ref().into(),
            interval: false,
            span: word.span,
        })
    }

    /// The value of TIME ZONE (`zone_value`).
    fn zone(&mut self) -> Syntax<SetValue> {
        let start = self.position();
        if self.accept(Keyword::Default) || self.accept(Keyword::Local) {
            return Ok(SetValue::Default);
        }
        if self.is_at_string() {
            let (text, span) = self.string("a time zone")?;
            return Ok(single(text, span));
        }
        if self.is_at_identifier() {
            let word = self.take_name()?;
            return Ok(single(word.name.as_ref().into(), word.span));
        }
        if self.is_at_number() {
            let number = self.signed_number("a time zone")?;
            return Ok(single(number.text, number.span));
        }
        if !self.accept(Keyword::Interval) {
            return Err(self.expected("a time zone"));
        }
        let precise = self.accept(Symbol::LeftParen);
        if precise {
            self.integer("a precision")?;
            self.expect(Symbol::RightParen)?;
        }
        let (text, _) = self.string("a string")?;
        if !precise {
            self.zone_fields()?;
        }
        Ok(SetValue::Values(vec![SetTerm {
            text,
            interval: true,
            span: self.span_from(start),
        }]))
    }

    /// HOUR, MINUTE, HOUR TO MINUTE or nothing.
    fn zone_fields(&mut self) -> Syntax<()> {
        if self.accept(Keyword::Minute) || !self.accept(Keyword::Hour) {
            return Ok(());
        }
        match self.accept(Keyword::To) {
            true => self.expect(Keyword::Minute),
            false => Ok(()),
        }
    }

    /// What follows RESET.
    pub(super) fn reset_parameter(&mut self, start: usize) -> Syntax<StatementKind> {
        self.reset_rest(start).map(StatementKind::Set)
    }

    /// What follows RESET (`reset_rest`), which is the token `start`.
    pub(super) fn reset_rest(&mut self, start: usize) -> Syntax<SetParameter> {
        let word = self.position();
        let all = self.accept(Keyword::All);
        let name = match all {
            true => Ident::supplied("all", self.span_from(word)),
            false => self.read_setting()?,
        };
        let value = match all {
            true => SetValue::ResetAll,
            false => SetValue::Default,
        };
        Ok(SetParameter {
            name,
            local: false,
            value,
            span: self.span_from(start),
        })
    }

    /// A setting as RESET and SHOW name it.
    fn read_setting(&mut self) -> Syntax<Ident> {
        let start = self.position();
        let name = match (self.keyword(), self.keyword_at(1)) {
            (Some(Keyword::Time), Some(Keyword::Zone)) => "timezone",
            (Some(Keyword::Session), Some(Keyword::Authorization)) => "session_authorization",
            (Some(Keyword::Transaction), Some(Keyword::Isolation)) => {
                self.expect_phrase(&[Keyword::Transaction, Keyword::Isolation, Keyword::Level])?;
                let span = self.span_from(start);
                return Ok(Ident::supplied("transaction_isolation", span));
            }
            _ => return self.setting_name(),
        };
        self.advance();
        self.advance();
        Ok(Ident::supplied(name, self.span_from(start)))
    }

    /// What follows SHOW.
    pub(super) fn show(&mut self, _start: usize) -> Syntax<StatementKind> {
        let name = match self.accept(Keyword::All) {
            true => None,
            false => Some(self.read_setting()?),
        };
        Ok(StatementKind::Show(Show { name }))
    }

    /// What follows ALTER SYSTEM.
    pub(super) fn alter_system(&mut self) -> Syntax<StatementKind> {
        if self.accept(Keyword::Reset) {
            if !self.accept(Keyword::All) {
                self.setting_name()?;
            }
        } else {
            self.expect(Keyword::Set)?;
            self.setting_name()?;
            if !self.accept(Keyword::To) && !self.accept(Symbol::Equal) {
                return Err(self.expected("`TO` or `=`"));
            }
            if !self.accept(Keyword::Default) {
                self.list(Self::setting_value)?;
            }
        }
        Ok(StatementKind::Server("ALTER SYSTEM"))
    }

    /// What follows SET CONSTRAINTS.
    fn set_constraints(&mut self, start: usize) -> Syntax<StatementKind> {
        let names = match self.accept(Keyword::All) {
            true => Vec::new(),
            false => self.qualified_names("a constraint")?,
        };
        let deferred = self.accept(Keyword::Deferred);
        if !deferred && !self.accept(Keyword::Immediate) {
            return Err(self.expected("`DEFERRED` or `IMMEDIATE`"));
        }
        Ok(StatementKind::SetConstraints(SetConstraints {
            names,
            deferred,
            span: self.span_from(start),
        }))
    }
}

/// One value.
fn single(text: Box<str>, span: Span) -> SetValue {
    SetValue::Values(vec![SetTerm {
        text,
        interval: false,
        span,
    }])
}
