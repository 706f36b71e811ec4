//! Databases and tablespaces, which no migration can make.

use super::cursor::{Parser, Syntax};
use crate::postgres::ast::{AlterSettings, GlobalWord, ObjectReference, StatementKind};

use tablature_lexer::postgres::{Keyword, Symbol};

impl Parser<'_> {
    /// What follows CREATE DATABASE.
    pub(super) fn create_database(&mut self) -> Syntax<StatementKind> {
        self.column_id("a database")?;
        self.accept(Keyword::With);
        self.database_options()?;
        Ok(StatementKind::Server("CREATE DATABASE"))
    }

    /// Options of a database, perhaps none (`createdb_opt_list`).
    fn database_options(&mut self) -> Syntax<()> {
        loop {
            let is_word = self.is_at_any(&[
                Keyword::Encoding,
                Keyword::Location,
                Keyword::Owner,
                Keyword::Tablespace,
                Keyword::Template,
            ]);
            if self.accept(Keyword::Connection) {
                self.expect(Keyword::Limit)?;
            } else if is_word || self.is_at_identifier() {
                self.take_name()?;
            } else {
                return Ok(());
            }
            self.accept(Symbol::Equal);
            if self.is_at_number() {
                self.signed_number("a number")?;
            } else if !self.accept(Keyword::Default) {
                self.boolean_or_string("a value")?;
            }
        }
    }

    /// What follows ALTER DATABASE.
    pub(super) fn alter_database(&mut self) -> Syntax<StatementKind> {
        let name = self.column_id("a database")?;
        let object = ObjectReference::Global(GlobalWord::Database, name.clone());
        match self.keyword() {
            Some(Keyword::Rename) => self.change_object(object, &[super::alter::Change::Rename]),
            Some(Keyword::Owner) if self.keyword_at(1) == Some(Keyword::To) => {
                self.change_object(object, &[super::alter::Change::Owner])
            }
            Some(Keyword::Refresh) => {
                self.expect_phrase(&[Keyword::Refresh, Keyword::Collation, Keyword::Version])?;
                Ok(StatementKind::Server("ALTER DATABASE"))
            }
            Some(Keyword::Set)
                if self.keyword_at(1) == Some(Keyword::Tablespace) && !self.is_at_setting(1) =>
            {
                self.advance();
                self.advance();
                self.column_id("a tablespace")?;
                Ok(StatementKind::Server("ALTER DATABASE"))
            }
            Some(Keyword::Set | Keyword::Reset) => {
                Ok(StatementKind::AlterSettings(AlterSettings {
                    role: None,
                    database: Some(name),
                    set: self.set_or_reset()?,
                }))
            }
            _ => {
                self.accept(Keyword::With);
                self.database_options()?;
                Ok(StatementKind::Server("ALTER DATABASE"))
            }
        }
    }

    /// What follows CREATE TABLESPACE.
    pub(super) fn create_tablespace(&mut self) -> Syntax<StatementKind> {
        self.column_id("a tablespace")?;
        if self.accept(Keyword::Owner) {
            self.role()?;
        }
        self.expect(Keyword::Location)?;
        self.string("a directory, as a string")?;
        self.with_parameters()?;
        Ok(StatementKind::Server("CREATE TABLESPACE"))
    }

    /// What follows the name in ALTER TABLESPACE.
    pub(super) fn alter_tablespace(&mut self) -> Syntax<StatementKind> {
        if !self.accept(Keyword::Set) && !self.accept(Keyword::Reset) {
            return Err(self.expected("`SET`, `RESET`, `RENAME TO` or `OWNER TO`"));
        }
        self.relation_options()?;
        Ok(StatementKind::Server("ALTER TABLESPACE"))
    }
}
