//! The statement that a first word begins, and the statements of a few words.

use super::cursor::{Parser, Syntax};
use super::features::Feature;
use crate::sqlite::ast::{Drop, DropKind, PragmaValue, StatementKind, TransactionKind};
use crate::text::{Ident, text_of};
use tablature_lexer::{Keyword, Symbol, TokenKind};

impl Parser<'_> {
    /// A statement without EXPLAIN.
    pub(super) fn command(&mut self) -> Syntax<StatementKind> {
        let Some(TokenKind::Keyword(keyword)) = self.peek() else {
            return Err(self.expected_statement());
        };
        match keyword {
            Keyword::Select
            | Keyword::Values
            | Keyword::With
            | Keyword::Insert
            | Keyword::Replace
            | Keyword::Update
            | Keyword::Delete => return self.with_command(),
            _ => {}
        }
        self.advance();
        match keyword {
            Keyword::Create => self.create(),
            Keyword::Alter => self.alter_table(),
            Keyword::Drop => self.drop(),
            Keyword::Begin => self.begin(),
            Keyword::Commit | Keyword::End => {
                self.transaction_words()?;
                Ok(StatementKind::Commit)
            }
            Keyword::Rollback => self.rollback(),
            Keyword::Savepoint => self.name("a savepoint name").map(StatementKind::Savepoint),
            Keyword::Release => {
                self.accept(Keyword::Savepoint);
                self.name("a savepoint name").map(StatementKind::Release)
            }
            Keyword::Pragma => self.pragma(),
            Keyword::Attach => self.attach(),
            Keyword::Detach => {
                self.accept(Keyword::Database);
                let name = self.nested(2, Self::expr)?;
                Ok(StatementKind::Detach { name })
            }
            Keyword::Vacuum => self.vacuum(),
            Keyword::Reindex => {
                let name = match self.peek() {
                    Some(_) => {
                        Some(self.qualified_name("the name of a table, index or collation")?)
                    }
                    None => None,
                };
                Ok(StatementKind::Reindex { name })
            }
            Keyword::Analyze => {
                let name = match self.peek() {
                    Some(_) => Some(self.qualified_name("the name of a table or index")?),
                    None => None,
                };
                Ok(StatementKind::Analyze { name })
            }
            _ => {
                self.retreat();
                Err(self.expected_statement())
            }
        }
    }

    /// `[TRANSACTION [name]]`
    fn transaction_words(&mut self) -> Syntax<()> {
        if self.accept(Keyword::Transaction)
            && !matches!(self.peek(), None | Some(TokenKind::Keyword(Keyword::To)))
        {
            self.name("a transaction name")?;
        }
        Ok(())
    }

    fn begin(&mut self) -> Syntax<StatementKind> {
        let kind = if self.accept(Keyword::Immediate) {
            TransactionKind::Immediate
        } else if self.accept(Keyword::Exclusive) {
            TransactionKind::Exclusive
        } else {
            self.accept(Keyword::Deferred);
            TransactionKind::Deferred
        };
        self.transaction_words()?;
        Ok(StatementKind::Begin(kind))
    }

    fn rollback(&mut self) -> Syntax<StatementKind> {
        self.transaction_words()?;
        let to = if self.accept(Keyword::To) {
            self.accept(Keyword::Savepoint);
            Some(self.name("a savepoint name")?)
        } else {
            None
        };
        Ok(StatementKind::Rollback { to })
    }

    fn drop(&mut self) -> Syntax<StatementKind> {
        let (kind, what) = match self.peek() {
            Some(TokenKind::Keyword(Keyword::Table)) => (DropKind::Table, "a table name"),
            Some(TokenKind::Keyword(Keyword::View)) => (DropKind::View, "a view name"),
            Some(TokenKind::Keyword(Keyword::Index)) => (DropKind::Index, "an index name"),
            Some(TokenKind::Keyword(Keyword::Trigger)) => (DropKind::Trigger, "a trigger name"),
            _ => return Err(self.expected("`TABLE`, `INDEX`, `VIEW` or `TRIGGER`")),
        };
        self.advance();
        let if_exists = self.accept_phrase(Keyword::If, &[Keyword::Exists])?;
        let name = self.qualified_name(what)?;
        Ok(StatementKind::Drop(Drop {
            kind,
            if_exists,
            name,
        }))
    }

    fn pragma(&mut self) -> Syntax<StatementKind> {
        let name = self.qualified_name("a pragma name")?;
        let value = if self.accept(Symbol::Equal) {
            Some(self.pragma_value()?)
        } else if self.accept(Symbol::LeftParen) {
            let value = self.pragma_value()?;
            self.expect(Symbol::RightParen)?;
            Some(value)
        } else {
            None
        };
        Ok(StatementKind::Pragma { name, value })
    }

    /// A number with an optional sign, a name, or one of the keywords ON, DELETE and DEFAULT.
    fn pragma_value(&mut self) -> Syntax<PragmaValue> {
        let start = self.position();
        let is_signed = self.is_at(Symbol::Plus) || self.is_at(Symbol::Minus);
        let is_number = matches!(self.peek(), Some(TokenKind::Integer | TokenKind::Float));
        let text = if is_signed || is_number {
            let is_negative = self.is_at(Symbol::Minus);
            if is_signed {
                self.advance();
            }
            let number = self.position();
            self.plain_number()?;
            let digits = text_of(self.taken_from(number));
            if is_negative {
                format!("-{digits}")
            } else {
                digits
            }
        } else if self.is_at_any(&[Keyword::On, Keyword::Delete, Keyword::Default]) {
            self.take_name("a value")?.name.to_string()
        } else {
            self.name("a value")?.name.to_string()
        };
        Ok(PragmaValue {
            text,
            span: self.span_from(start),
        })
    }

    fn attach(&mut self) -> Syntax<StatementKind> {
        self.accept(Keyword::Database);
        let file = self.nested(2, Self::expr)?;
        self.expect(Keyword::As)?;
        let name = self.nested(4, Self::expr)?;
        let key = if self.accept(Keyword::Key) {
            Some(self.nested(6, Self::expr)?)
        } else {
            None
        };
        Ok(StatementKind::Attach { file, name, key })
    }

    fn vacuum(&mut self) -> Syntax<StatementKind> {
        let database: Option<Ident> = match self.peek() {
            None | Some(TokenKind::Keyword(Keyword::Into)) => None,
            Some(_) => Some(self.name("a database name")?),
        };
        let start = self.position();
        let into = if self.accept(Keyword::Into) {
            let into = self.nested(3, Self::expr)?;
            self.needs(Feature::VacuumInto, self.span_from(start));
            Some(into)
        } else {
            None
        };
        Ok(StatementKind::Vacuum { database, into })
    }
}
