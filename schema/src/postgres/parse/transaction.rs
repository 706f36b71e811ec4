//! BEGIN, COMMIT, savepoints and their kin.

use super::cursor::{Parser, Syntax};
use crate::postgres::ast::{Ident, StatementKind, TransactionMode, TransactionStatement};

use crate::text::Span;
use tablature_lexer::postgres::{Keyword, Symbol};

impl Parser<'_> {
    /// BEGIN, COMMIT and their kin, of which the first word, the token `start`, has been read.
    pub(super) fn transaction(&mut self, start: usize) -> Syntax<StatementKind> {
        self.reset(start);
        let Some(keyword) = self.keyword() else {
            return Err(self.expected("a statement"));
        };
        self.advance();
        let statement = match keyword {
            Keyword::Start => {
                self.expect(Keyword::Transaction)?;
                TransactionStatement::Begin(self.transaction_modes(false)?)
            }
            Keyword::Begin => {
                self.transaction_word();
                TransactionStatement::Begin(self.transaction_modes(false)?)
            }
            Keyword::Savepoint => TransactionStatement::Savepoint(self.column_id("a savepoint")?),
            Keyword::Release => TransactionStatement::Release(self.savepoint_name()?),
            Keyword::Commit if self.accept(Keyword::Prepared) => {
                TransactionStatement::CommitPrepared(self.string("a string")?.0)
            }
            Keyword::Rollback if self.accept(Keyword::Prepared) => {
                TransactionStatement::RollbackPrepared(self.string("a string")?.0)
            }
            Keyword::Commit | Keyword::End => {
                self.transaction_word();
                TransactionStatement::Commit {
                    chain: self.chain()?,
                }
            }
            _ => {
                self.transaction_word();
                if keyword == Keyword::Rollback && self.accept(Keyword::To) {
                    TransactionStatement::RollbackTo(self.savepoint_name()?)
                } else {
                    TransactionStatement::Rollback {
                        chain: self.chain()?,
                    }
                }
            }
        };
        Ok(StatementKind::Transaction(statement))
    }

    fn transaction_word(&mut self) {
        if !self.accept(Keyword::Work) {
            self.accept(Keyword::Transaction);
        }
    }

    /// `SAVEPOINT name` or `name`, which may be `savepoint`.
    fn savepoint_name(&mut self) -> Syntax<Ident> {
        if self.is_at(Keyword::Savepoint) && self.peek_at(1).is_some() {
            self.advance();
        }
        self.column_id("a savepoint")
    }

    fn chain(&mut self) -> Syntax<bool> {
        if !self.accept(Keyword::And) {
            return Ok(false);
        }
        let no = self.accept(Keyword::No);
        self.expect(Keyword::Chain)?;
        Ok(!no)
    }

    /// Modes of a transaction, with or without commas between them.
    pub(super) fn transaction_modes(
        &mut self,
        required: bool,
    ) -> Syntax<Vec<(TransactionMode, Span)>> {
        let mut modes = Vec::new();
        loop {
            let has_comma = !modes.is_empty() && self.accept(Symbol::Comma);
            let start = self.position();
            match self.transaction_mode()? {
                Some(mode) => modes.push((mode, self.span_from(start))),
                None if has_comma || required && modes.is_empty() => {
                    return Err(self
                        .expected("`ISOLATION LEVEL`, `READ ONLY`, `READ WRITE` or `DEFERRABLE`"));
                }
                None => return Ok(modes),
            }
        }
    }

    fn transaction_mode(&mut self) -> Syntax<Option<TransactionMode>> {
        if self.accept_start(Keyword::Isolation, &[Keyword::Level])? {
            if self.accept(Keyword::Serializable) {
                return Ok(Some(TransactionMode::Serializable));
            }
            if self.accept_start(Keyword::Repeatable, &[Keyword::Read])? {
                return Ok(Some(TransactionMode::RepeatableRead));
            }
            self.expect(Keyword::Read)?;
            if self.accept(Keyword::Committed) {
                return Ok(Some(TransactionMode::ReadCommitted));
            }
            self.expect(Keyword::Uncommitted)?;
            return Ok(Some(TransactionMode::ReadUncommitted));
        }
        if self.accept(Keyword::Read) {
            if self.accept(Keyword::Only) {
                return Ok(Some(TransactionMode::ReadOnly));
            }
            self.expect(Keyword::Write)?;
            return Ok(Some(TransactionMode::ReadWrite));
        }
        if self.accept(Keyword::Deferrable) {
            return Ok(Some(TransactionMode::Deferrable));
        }
        match self.accept_start(Keyword::Not, &[Keyword::Deferrable])? {
            true => Ok(Some(TransactionMode::NotDeferrable)),
            false => Ok(None),
        }
    }
}
