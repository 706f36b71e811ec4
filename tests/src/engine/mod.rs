//! SQLite itself, as the oracle.

mod boundaries;
mod connection;
mod own;
mod program;
mod read;
mod rows;
mod strict;

pub use boundaries::statements;
pub use program::{Action, Outcome};
pub use rows::{Contents, Numbers};

use crate::model::Schema;
use own::Own;
use rusqlite::backup::Backup;
use rusqlite::config::DbConfig;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::Null;
use rusqlite::{Connection, Error};
use std::cell::RefCell;
use std::cmp::Ordering;
use std::env;
use std::ops::Range;
use std::time::Duration;
use tablature_schema::config::{Config, Level};
use tablature_schema::diagnostic::Code;

/// A database in memory that migrations are applied to.
#[derive(Debug)]
pub struct Engine {
    connection: Connection,
    config: Config,
    rows: Rows,
    cache: RefCell<read::Cache>,
}

/// What becomes of statements that read or change rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// They run.
    Run,
    /// They are compiled only, so that the database stays empty and no verdict depends on its rows.
    Compile,
}

impl Rows {
    /// What `TABLATURE_ROWS` says: `run`, or `compile` as without it.
    #[must_use]
    pub fn asked() -> Rows {
        match env::var("TABLATURE_ROWS").as_deref() {
            Ok("run") => Rows::Run,
            Ok(_) | Err(_) => Rows::Compile,
        }
    }
}

/// Settings of the connection that decide what a statement does.
const SETTINGS: &[&str] = &[
    "query_only",
    "foreign_keys",
    "legacy_alter_table",
    "writable_schema",
    "ignore_check_constraints",
    "recursive_triggers",
];

/// A statement that the engine refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The statement's position in its migration.
    pub statement: usize,
    /// Its bytes; empty at the end of the text if the migration as a whole failed.
    pub span: Range<usize>,
    /// What the engine said.
    pub message: String,
    /// Whether it had been compiled, and failed when it ran.
    pub ran: bool,
}

impl Engine {
    /// Opens an empty database with what the application registers, foreign keys off as while migrations run.
    ///
    /// # Errors
    ///
    /// If the engine cannot register a name.
    pub fn open(config: &Config, rows: Rows) -> Result<Engine, Error> {
        let connection = Connection::open_in_memory()?;
        let strings = config
            .lints
            .get(&Code::DoubleQuotedString)
            .is_some_and(|level| *level != Level::Deny);
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, strings)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, strings)?;
        connection.execute_batch("PRAGMA foreign_keys = OFF")?;
        for name in &config.rules.registered {
            let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
            connection.create_scalar_function(name.as_str(), -1, flags, |_| Ok(Null))?;
            connection.create_collation(name.as_str(), |_, _| Ordering::Equal)?;
        }
        Ok(Engine {
            connection,
            config: config.clone(),
            rows,
            cache: RefCell::default(),
        })
    }

    /// What becomes of statements that read or change rows.
    #[must_use]
    pub fn rows(&self) -> Rows {
        self.rows
    }

    /// Copies the database; none if there is more than `main` to copy.
    ///
    /// # Errors
    ///
    /// If the engine cannot copy.
    pub fn fork(&self) -> Result<Option<Engine>, Error> {
        self.fork_with(self.rows)
    }

    /// Copies the database for other statements on rows; none if there is more than `main` to copy.
    ///
    /// # Errors
    ///
    /// If the engine cannot copy.
    pub fn fork_with(&self, rows: Rows) -> Result<Option<Engine>, Error> {
        let databases = self.schema()?.databases;
        if databases.len() > 1 {
            return Ok(None);
        }
        let mut fork = Engine::open(&self.config, rows)?;
        fork.cache = self.cache.clone();
        Backup::new(&self.connection, &mut fork.connection)?.run_to_completion(
            i32::MAX,
            Duration::ZERO,
            None,
        )?;
        Ok(Some(fork))
    }

    /// Applies a migration, statement by statement: in a transaction, as the runtime does, unless it opts out.
    ///
    /// # Errors
    ///
    /// The first statement that the engine refuses; the transaction is then rolled back.
    pub fn migrate(&self, text: &str, transaction: bool) -> Result<usize, Failure> {
        let statements = statements(text);
        let at_end = |error: Error| Failure {
            statement: statements.len(),
            span: text.len()..text.len(),
            message: message(&error),
            ran: false,
        };
        // As the runtime sees to it, what a file sets, attaches and makes temporarily lasts until its end.
        for setting in SETTINGS {
            self.connection
                .pragma_update(None, setting, false)
                .map_err(at_end)?;
        }
        connection::clean(&self.connection).map_err(at_end)?;
        if transaction {
            self.connection.execute_batch("BEGIN").map_err(at_end)?;
        }
        let mut left_open = None;
        let mut own = transaction.then(|| Own::new(&self.connection));
        for (position, span) in statements.iter().enumerate() {
            let sql = text.get(span.clone()).unwrap_or_default();
            let controlled = match &mut own {
                Some(own) => own.control(sql).map_err(|error| (error, false)),
                None => Ok(false),
            };
            let result = controlled.and_then(|controlled| match controlled {
                true => Ok(()),
                false => self.statement(sql),
            });
            if let Err((error, compiled)) = result {
                let failure = Failure {
                    statement: position,
                    span: span.clone(),
                    message: message(&error),
                    ran: compiled,
                };
                self.roll_back();
                return Err(failure);
            }
            left_open = match left_open {
                _ if self.connection.is_autocommit() => None,
                None => Some((position, span.clone())),
                open => open,
            };
        }
        match (own, left_open) {
            (Some(own), _) => own
                .close()
                .and_then(|()| self.connection.execute_batch("COMMIT"))
                .map_err(at_end),
            (None, None) => Ok(()),
            // The runtime refuses it.
            (None, Some((statement, span))) => Err(Failure {
                statement,
                span,
                message: "this transaction is left open".to_owned(),
                ran: false,
            }),
        }
        .inspect_err(|_| self.roll_back())?;
        Ok(statements.len())
    }

    /// Reads the live catalog.
    ///
    /// # Errors
    ///
    /// If the engine cannot report it.
    pub fn schema(&self) -> Result<Schema, Error> {
        read::schema(&self.connection, &mut self.cache.borrow_mut())
    }

    /// What the engine says only when a view is read or a trigger fires, a message each.
    ///
    /// # Errors
    ///
    /// If the engine cannot list them.
    pub fn broken(&self) -> Result<Vec<String>, Error> {
        strict::broken(&self.connection, &self.schema()?)
    }

    /// What the engine says only when a foreign key is enforced: a parent that is missing or not unique, a message each.
    ///
    /// # Errors
    ///
    /// If the engine cannot list them.
    pub fn orphans(&self) -> Result<Vec<String>, Error> {
        strict::orphans(&self.connection, &self.schema()?)
    }

    /// Runs a statement. The flag of a failure says whether it had been compiled.
    fn statement(&self, sql: &str) -> Result<(), (Error, bool)> {
        let mut statement = self
            .connection
            .prepare(sql)
            .map_err(|error| (error, false))?;
        if self.rows == Rows::Compile && reads_or_changes_rows(sql) {
            return Ok(());
        }
        // VACUUM INTO would leave a file behind; whether it may run is what VACUUM says.
        if first_word(sql) == "VACUUM" {
            return self
                .connection
                .execute_batch("VACUUM")
                .map_err(|error| (error, true));
        }
        let mut rows = statement.raw_query();
        while rows.next().map_err(|error| (error, true))?.is_some() {}
        Ok(())
    }

    fn roll_back(&self) {
        if !self.connection.is_autocommit() {
            // The engine may have rolled back by itself, and what failed is reported already.
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }
}

/// What the engine said, without the statement.
fn message(error: &Error) -> String {
    match error {
        Error::SqlInputError { msg, .. } => msg.clone(),
        error => error.to_string(),
    }
}

fn reads_or_changes_rows(sql: &str) -> bool {
    matches!(
        first_word(sql).as_str(),
        "SELECT" | "VALUES" | "WITH" | "INSERT" | "REPLACE" | "UPDATE" | "DELETE"
    )
}

/// The first word of a statement, in upper case.
fn first_word(sql: &str) -> String {
    let word = sql.chars().take_while(char::is_ascii_alphabetic);
    word.collect::<String>().to_ascii_uppercase()
}
