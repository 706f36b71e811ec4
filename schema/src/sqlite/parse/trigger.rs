//! CREATE TRIGGER.

use super::cursor::{Parser, Syntax};
use crate::diagnostic::Diagnostic;
use crate::errors::sqlite as errors;
use crate::sqlite::ast::{CreateTrigger, Statement, StatementKind, TriggerEvent, TriggerTime};
use tablature_lexer::{Keyword, Symbol, TokenKind};

impl Parser<'_> {
    /// `TRIGGER [IF NOT EXISTS] name …`, after CREATE and TEMP.
    pub(super) fn create_trigger(&mut self, temporary: bool) -> Syntax<StatementKind> {
        self.expect(Keyword::Trigger)?;
        let if_not_exists = self.if_not_exists()?;
        let name = self.qualified_name("a trigger name")?;
        let time = self.trigger_time()?;
        let event = self.trigger_event()?;
        self.expect(Keyword::On)?;
        let table = self.qualified_name("a table name")?;
        self.accept_phrase(Keyword::For, &[Keyword::Each, Keyword::Row])?;
        let when = if self.accept(Keyword::When) {
            Some(self.nested(14, Self::expr)?)
        } else {
            None
        };
        self.expect(Keyword::Begin)?;
        self.in_trigger = true;
        let body = self.nested(4, Self::trigger_body)?;
        Ok(StatementKind::CreateTrigger(Box::new(CreateTrigger {
            temporary,
            if_not_exists,
            name,
            time,
            event,
            table,
            when,
            body,
        })))
    }

    fn trigger_time(&mut self) -> Syntax<TriggerTime> {
        if self.accept(Keyword::After) {
            Ok(TriggerTime::After)
        } else if self.accept_phrase(Keyword::Instead, &[Keyword::Of])? {
            Ok(TriggerTime::InsteadOf)
        } else {
            self.accept(Keyword::Before);
            Ok(TriggerTime::Before)
        }
    }

    fn trigger_event(&mut self) -> Syntax<TriggerEvent> {
        if self.accept(Keyword::Insert) {
            Ok(TriggerEvent::Insert)
        } else if self.accept(Keyword::Delete) {
            Ok(TriggerEvent::Delete)
        } else if self.accept(Keyword::Update) {
            let of = if self.accept(Keyword::Of) {
                self.list(|parser| parser.name("a column name"))?
            } else {
                Vec::new()
            };
            Ok(TriggerEvent::Update { of })
        } else {
            Err(self.expected("`INSERT`, `UPDATE` or `DELETE`"))
        }
    }

    /// At least one statement, each with a semicolon, and END.
    fn trigger_body(&mut self) -> Syntax<Vec<Statement>> {
        let mut body = Vec::new();
        while body.is_empty() || !self.is_at(Keyword::End) {
            if self.peek().is_none() {
                return Err(self.open_trigger());
            }
            let what = if body.is_empty() {
                "`SELECT`, `INSERT`, `UPDATE` or `DELETE`"
            } else {
                "`SELECT`, `INSERT`, `UPDATE`, `DELETE` or `END`"
            };
            body.push(self.trigger_command(what)?);
            if self.peek().is_none() {
                return Err(self.open_trigger());
            }
            self.expect(Symbol::Semicolon)?;
        }
        self.advance();
        Ok(body)
    }

    fn trigger_command(&mut self, what: &str) -> Syntax<Statement> {
        let start = self.position();
        let kind = match self.peek() {
            Some(TokenKind::Keyword(Keyword::Insert | Keyword::Replace)) => self.insert(None)?,
            Some(TokenKind::Keyword(Keyword::Update)) => self.update(None)?,
            Some(TokenKind::Keyword(Keyword::Delete)) => self.delete(None)?,
            _ if self.is_at_query() => StatementKind::Select(self.query()?),
            _ => return Err(self.expected(what)),
        };
        Ok(self.finish_statement(start, kind))
    }

    fn open_trigger(&self) -> Box<Diagnostic> {
        let created = self.tokens().first().map(|token| token.span);
        Box::new(errors::syntax::open_trigger(self.span(), created))
    }
}
