//! Cursors, prepared statements, locks, notifications: what belongs to a session.

use super::cursor::{Parser, Syntax};
use crate::postgres::ast::{
    DeclareCursor, Discard, Execute, Ident, Lock, Prepare, StatementKind, TransactionStatement,
};

use tablature_lexer::postgres::{Keyword, Symbol};

impl Parser<'_> {
    /// What follows LOCK.
    pub(super) fn lock(&mut self, start: usize) -> Syntax<StatementKind> {
        self.accept(Keyword::Table);
        let tables = self.list(Self::relation)?;
        if self.accept(Keyword::In) {
            self.lock_mode()?;
            self.expect(Keyword::Mode)?;
        }
        self.accept(Keyword::Nowait);
        Ok(StatementKind::Lock(Lock {
            tables,
            span: self.span_from(start),
        }))
    }

    fn lock_mode(&mut self) -> Syntax<()> {
        use Keyword as K;
        let modes: [&[K]; 8] = [
            &[K::Access, K::Share],
            &[K::Row, K::Share],
            &[K::Row, K::Exclusive],
            &[K::Share, K::Update, K::Exclusive],
            &[K::Share, K::Row, K::Exclusive],
            &[K::Share],
            &[K::Exclusive],
            &[K::Access, K::Exclusive],
        ];
        match modes.iter().any(|mode| self.accept_phrase(mode)) {
            true => Ok(()),
            false => Err(self.expected("a lock mode, such as `ACCESS EXCLUSIVE`")),
        }
    }

    /// What follows DISCARD.
    pub(super) fn discard(&mut self, _start: usize) -> Syntax<StatementKind> {
        let what = match self.keyword() {
            Some(Keyword::All) => Discard::All,
            Some(Keyword::Temp | Keyword::Temporary) => Discard::Temporary,
            Some(Keyword::Plans) => Discard::Plans,
            Some(Keyword::Sequences) => Discard::Sequences,
            _ => return Err(self.expected("`ALL`, `PLANS`, `SEQUENCES` or `TEMP`")),
        };
        self.advance();
        Ok(StatementKind::Discard(what))
    }

    /// What follows PREPARE.
    pub(super) fn prepare(&mut self, _start: usize) -> Syntax<StatementKind> {
        if self.is_at(Keyword::Transaction) && self.peek_at(1).is_some_and(super::names::is_string)
        {
            self.advance();
            let (id, _) = self.string("a string")?;
            return Ok(StatementKind::Transaction(
                TransactionStatement::PrepareTransaction(id),
            ));
        }
        let name = self.column_id("a name")?;
        let types = match self.is_at(Symbol::LeftParen) {
            true => self.parenthesized_list(Self::type_name)?,
            false => Vec::new(),
        };
        self.expect(Keyword::As)?;
        Ok(StatementKind::Prepare(Prepare {
            name,
            types,
            statement: self.inner_data_statement()?,
        }))
    }

    /// What follows EXECUTE.
    pub(super) fn execute_statement(&mut self, start: usize) -> Syntax<StatementKind> {
        self.execute(start).map(StatementKind::Execute)
    }

    /// What follows EXECUTE, which is the token `start`.
    pub(super) fn execute(&mut self, start: usize) -> Syntax<Execute> {
        let name = self.column_id("a prepared statement")?;
        let arguments = match self.is_at(Symbol::LeftParen) {
            true => self.parenthesized_list(Self::expr)?,
            false => Vec::new(),
        };
        Ok(Execute {
            name,
            arguments,
            span: self.span_from(start),
        })
    }

    /// What follows DEALLOCATE.
    pub(super) fn deallocate(&mut self, _start: usize) -> Syntax<StatementKind> {
        if self.is_at(Keyword::Prepare) && self.peek_at(1).is_some() {
            self.advance();
        }
        self.name_or_all("a prepared statement")
            .map(StatementKind::Deallocate)
    }

    /// A name; none for ALL.
    fn name_or_all(&mut self, what: &str) -> Syntax<Option<Ident>> {
        match self.accept(Keyword::All) {
            true => Ok(None),
            false => self.column_id(what).map(Some),
        }
    }

    /// What follows DECLARE.
    pub(super) fn declare_cursor(&mut self, start: usize) -> Syntax<StatementKind> {
        let name = self.column_id("a cursor")?;
        loop {
            let accepted = self.accept_phrase(&[Keyword::No, Keyword::Scroll])
                || self.accept(Keyword::Scroll)
                || self.accept(Keyword::Binary)
                || self.accept(Keyword::Asensitive)
                || self.accept(Keyword::Insensitive);
            if !accepted {
                break;
            }
        }
        self.expect(Keyword::Cursor)?;
        let hold = self.accept_start(Keyword::With, &[Keyword::Hold])?;
        if !hold {
            self.accept_start(Keyword::Without, &[Keyword::Hold])?;
        }
        self.expect(Keyword::For)?;
        let query = Box::new(self.inner_query()?);
        Ok(StatementKind::DeclareCursor(DeclareCursor {
            name,
            hold,
            query,
            span: self.span_from(start),
        }))
    }

    /// What follows FETCH or MOVE.
    pub(super) fn fetch_rows(&mut self, _start: usize) -> Syntax<StatementKind> {
        use Keyword as K;
        // The words may also be names of cursors.
        let is_name = self.is_at_column_id() && self.peek_at(1).is_none();
        if !is_name {
            match self.keyword() {
                Some(K::Next | K::Prior | K::First | K::Last | K::All) => self.advance(),
                Some(K::Absolute | K::Relative) => {
                    self.advance();
                    self.signed_integer("a number")?;
                }
                Some(K::Forward | K::Backward) => {
                    self.advance();
                    let is_last = self.is_at_column_id() && self.peek_at(1).is_none();
                    if !is_last && !self.accept(K::All) && self.is_at_number() {
                        self.signed_integer("a number")?;
                    }
                }
                _ if self.is_at_number() => {
                    self.signed_integer("a number")?;
                }
                _ => {}
            }
            if !self.accept(K::From) {
                self.accept(K::In);
            }
        }
        self.column_id("a cursor").map(StatementKind::Fetch)
    }

    /// What follows CLOSE.
    pub(super) fn close_cursor(&mut self, _start: usize) -> Syntax<StatementKind> {
        self.name_or_all("a cursor").map(StatementKind::Close)
    }

    /// What follows LISTEN.
    pub(super) fn listen(&mut self, _start: usize) -> Syntax<StatementKind> {
        self.column_id("a channel").map(StatementKind::Listen)
    }

    /// What follows UNLISTEN.
    pub(super) fn unlisten(&mut self, _start: usize) -> Syntax<StatementKind> {
        match self.accept(Symbol::Star) {
            true => Ok(StatementKind::Unlisten(None)),
            false => Ok(StatementKind::Unlisten(Some(self.column_id("a channel")?))),
        }
    }

    /// What follows NOTIFY.
    pub(super) fn notify(&mut self, _start: usize) -> Syntax<StatementKind> {
        let channel = self.column_id("a channel")?;
        if self.accept(Symbol::Comma) {
            self.string("a string")?;
        }
        Ok(StatementKind::Notify(channel))
    }

    /// What follows LOAD.
    pub(super) fn load(&mut self, _start: usize) -> Syntax<StatementKind> {
        Ok(StatementKind::Load(self.string("a file, as a string")?.0))
    }

    /// CHECKPOINT.
    pub(super) fn checkpoint(&mut self, _start: usize) -> Syntax<StatementKind> {
        Ok(StatementKind::Checkpoint)
    }
}
