//! SET, SHOW, transactions, cursors, prepared statements, notifications.

use super::cursor::{Parser, Syntax};
use crate::postgres::ast::{
    DeclareCursor, Discard, Execute, Ident, Lock, Prepare, SetConstraints, SetParameter, SetTerm,
    SetValue, Show, StatementKind, TransactionMode, TransactionStatement,
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
    fn transaction_modes(&mut self, required: bool) -> Syntax<Vec<(TransactionMode, Span)>> {
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

/// One value.
fn single(text: Box<str>, span: Span) -> SetValue {
    SetValue::Values(vec![SetTerm {
        text,
        interval: false,
        span,
    }])
}
