//! A PostgreSQL server as the oracle: migrations applied as the runtime applies them, and what they leave behind.

use super::boundaries::statements;
use super::describe::{Description, Fact, Part, QUERY};
use super::tokens::tokens;
use postgres::error::ErrorPosition;
use postgres::{Client, Error, NoTls, SimpleQueryMessage};
use std::ops::Range;
use tablature_test_server::{Database, Server};

/// What every connection of a test has: nothing that waits for ever, and literals that print the same everywhere.
const OPTIONS: &str = "-c statement_timeout=60000 -c lock_timeout=20000 -c timezone=UTC -c jit=off -c plan_cache_mode=force_generic_plan \
    -c client_min_messages=error -c check_function_bodies=on";

/// What brings a connection back to how it was opened.
const CLEAN: &str = "SET SESSION AUTHORIZATION DEFAULT; RESET ALL; CLOSE ALL; UNLISTEN *; \
    DISCARD TEMP; DISCARD SEQUENCES";

/// What the engine says of a statement that its transaction keeps from running: it, what a program in it does, and a label
/// that is of no use before the commit.
pub const WANTS_NO_TRANSACTION: &[&str] = &["25001", "2D000", "55P04"];

/// A database that migrations are applied to.
pub struct Engine {
    client: Client,
    database: Database,
    /// Whether everything happens in a transaction that will be rolled back.
    is_trial: bool,
    last_code: Option<String>,
}

/// A statement that the engine refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The statement's position in its migration; their number if the migration as a whole failed.
    pub statement: usize,
    /// Its bytes; empty at the end of the text if the migration as a whole failed.
    pub span: Range<usize>,
    /// The byte that the engine points at.
    pub position: Option<usize>,
    /// The SQLSTATE.
    pub code: String,
    /// What the engine said.
    pub message: String,
    /// Whether the rows that were there, or what a function does, decided it.
    pub ran: bool,
}

impl Failure {
    /// Whether something is wanted that is not installed on this server.
    #[must_use]
    pub fn is_of_the_installation(&self) -> bool {
        matches!(self.code.as_str(), "0A000" | "58P01")
            && self.message.starts_with("extension ")
            && self.message.ends_with(" is not available")
    }
}

impl Engine {
    /// An empty database, on a server that has some roles.
    ///
    /// # Errors
    ///
    /// If the server takes no connection to it.
    pub fn new(server: &Server, roles: &[String]) -> Result<Engine, Error> {
        let database = server.database();
        let mut client = database.config().options(OPTIONS).connect(NoTls)?;
        for role in roles {
            // Another test may have made it at this moment.
            let _ = client.batch_execute(&format!("CREATE ROLE \"{role}\""));
        }
        Ok(Engine {
            client,
            database,
            is_trial: false,
            last_code: None,
        })
    }

    /// The database.
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// The SQLSTATE of the last migration, if it was refused.
    #[must_use]
    pub fn last_code(&self) -> Option<&str> {
        self.last_code.as_deref()
    }

    /// Does something of which nothing stays.
    ///
    /// # Errors
    ///
    /// If the connection is lost.
    pub fn trial<T>(&mut self, run: impl FnOnce(&mut Engine) -> T) -> Result<T, Error> {
        self.client.batch_execute("BEGIN")?;
        self.is_trial = true;
        let value = run(self);
        self.is_trial = false;
        self.client.batch_execute("ROLLBACK")?;
        Ok(value)
    }

    /// Applies a migration, statement by statement: in a transaction, as the runtime does, unless it opts out.
    ///
    /// # Errors
    ///
    /// The first statement that the engine refuses; the transaction is then rolled back.
    pub fn migrate(&mut self, text: &str, transaction: bool) -> Result<usize, Failure> {
        let result = self.try_migrate(text, transaction);
        self.last_code = result.as_ref().err().map(|failure| failure.code.clone());
        result
    }

    fn try_migrate(&mut self, text: &str, transaction: bool) -> Result<usize, Failure> {
        let statements = statements(text);
        let count = statements.len();
        let at_end = |error: Error| Refusal::of(&error).at(count, text.len()..text.len(), "");
        let (begin, commit, roll_back) = match (transaction, self.is_trial) {
            (true, false) => ("BEGIN", "COMMIT", "ROLLBACK"),
            (true, true) => (
                "SAVEPOINT tablature_file",
                "RELEASE tablature_file",
                "ROLLBACK TO tablature_file",
            ),
            (false, _) => ("", "", "ROLLBACK"),
        };
        self.client.batch_execute(begin).map_err(at_end)?;
        self.client.batch_execute(CLEAN).map_err(at_end)?;
        let mut own = Own { is_open: false };
        for (position, span) in statements.into_iter().enumerate() {
            let sql = text.get(span.clone()).unwrap_or_default();
            let result = match transaction {
                true => own.statement(self, sql),
                false => self.statement(sql, false),
            };
            if let Err(refusal) = result {
                // What failed is reported already.
                let _ = self.client.batch_execute(roll_back);
                return Err(refusal.at(position, span, sql));
            }
        }
        if let Err(error) = self.client.batch_execute(commit) {
            let _ = self.client.batch_execute(roll_back);
            return Err(at_end(error));
        }
        if !transaction && self.is_in_transaction().map_err(at_end)? {
            let _ = self.client.batch_execute(roll_back);
            let refusal = Refusal::new("25001", "the file leaves its transaction open");
            return Err(refusal.at(count, text.len()..text.len(), ""));
        }
        Ok(count)
    }

    /// Reads the catalogs.
    ///
    /// # Errors
    ///
    /// If the engine cannot report them.
    pub fn describe(&mut self) -> Result<Description, Error> {
        let (begin, end) = match self.is_trial {
            true => (
                "SAVEPOINT tablature_description",
                "ROLLBACK TO tablature_description",
            ),
            false => ("BEGIN", "ROLLBACK"),
        };
        // What a file has set would otherwise decide which names are written in full, and how.
        self.client.batch_execute(&format!(
            "{begin}; SET SESSION AUTHORIZATION DEFAULT; RESET ALL; SET LOCAL search_path = public"
        ))?;
        // Planning it takes longer than running it.
        const IS_PREPARED: &str =
            "SELECT FROM pg_prepared_statements WHERE name = 'tablature_description'";
        let is_row = |message: &SimpleQueryMessage| matches!(message, SimpleQueryMessage::Row(_));
        if !self.client.simple_query(IS_PREPARED)?.iter().any(is_row) {
            self.client
                .batch_execute(&format!("PREPARE tablature_description AS {QUERY}"))?;
        }
        let rows = self.client.simple_query("EXECUTE tablature_description")?;
        self.client.batch_execute(end)?;
        let facts = rows.iter().filter_map(|message| {
            let SimpleQueryMessage::Row(row) = message else {
                return None;
            };
            Some(Fact {
                object: row.get(0)?.to_owned(),
                part: Part::of(row.get(1)?.parse().ok()?)?,
                position: row.get(2)?.parse().ok()?,
                line: row.get(3)?.trim_end().to_owned(),
            })
        });
        Ok(Description::new(facts.collect()))
    }

    /// Runs a statement.
    fn statement(&mut self, sql: &str, transaction: bool) -> Result<(), Refusal> {
        // A statement on rows is prepared after it failed, which a failed transaction does not do.
        let is_on_rows = is_on_rows(sql);
        let guard = transaction && is_on_rows;
        if guard {
            self.control("SAVEPOINT tablature_guard")?;
        }
        let refused = self.run(sql).map_err(|error| Refusal::of(&error));
        let Err(refusal) = refused else {
            return match guard {
                true => self.control("RELEASE tablature_guard"),
                false => Ok(()),
            };
        };
        if guard {
            self.control("ROLLBACK TO tablature_guard")?;
        }
        let is_understood = !is_on_rows || {
            let prepared = format!("PREPARE tablature_statement AS {sql}");
            self.client.batch_execute(&prepared).is_ok()
        };
        Err(Refusal {
            ran: is_understood && refusal.is_of_rows(sql),
            ..refusal
        })
    }

    fn run(&mut self, sql: &str) -> Result<(), Error> {
        if is_copy_in(sql) {
            // No row follows.
            return self.client.copy_in(sql)?.finish().map(drop);
        }
        if is_copy_out(sql) {
            return self.client.copy_out(sql).map(drop);
        }
        self.client.batch_execute(sql)
    }

    fn control(&mut self, sql: &str) -> Result<(), Refusal> {
        let result = self.client.batch_execute(sql);
        result.map_err(|error| Refusal::of(&error))
    }

    fn is_in_transaction(&mut self) -> Result<bool, Error> {
        // Inside a transaction a statement is younger than the transaction.
        let rows = self
            .client
            .simple_query("SELECT now() <> statement_timestamp()")?;
        Ok(rows.iter().any(
            |message| matches!(message, SimpleQueryMessage::Row(row) if row.get(0) == Some("t")),
        ))
    }
}

/// The transaction that an ordinary file begins for itself, inside the one that a runner puts around the file: a savepoint
/// stands for it.
struct Own {
    is_open: bool,
}

impl Own {
    fn statement(&mut self, engine: &mut Engine, sql: &str) -> Result<(), Refusal> {
        let words: Vec<String> = tokens(sql)
            .iter()
            .map(|token| token.to_ascii_uppercase())
            .filter(|word| !matches!(word.as_str(), "WORK" | "TRANSACTION"))
            .collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match (words.as_slice(), self.is_open) {
            (["BEGIN" | "START", ..], was_open) => {
                // Inside a transaction the engine only warns; what it says of modes is about the transaction around.
                engine.control("SAVEPOINT tablature_guard")?;
                let said = engine.control(sql);
                engine.control("ROLLBACK TO tablature_guard; RELEASE tablature_guard")?;
                match said {
                    Err(refusal) if refusal.code != "25001" => return Err(refusal),
                    Ok(()) | Err(_) if was_open => return Ok(()),
                    Ok(()) | Err(_) => {}
                }
                self.is_open = true;
                engine.control("SAVEPOINT tablature_own")
            }
            (["COMMIT" | "END"], true) => {
                self.is_open = false;
                engine.control("RELEASE tablature_own")
            }
            // It is meant for the runner's transaction and passed over.
            (["COMMIT" | "END"], false) => Ok(()),
            (["ROLLBACK" | "ABORT"], true) => {
                self.is_open = false;
                engine.control("ROLLBACK TO tablature_own; RELEASE tablature_own")
            }
            (["ROLLBACK" | "ABORT"], false) => Err(Refusal::new(
                "25P01",
                "there is no transaction of the file's own",
            )),
            (_, _) => engine.statement(sql, true),
        }
    }
}

/// What the engine said of a statement.
#[derive(Debug)]
struct Refusal {
    code: String,
    message: String,
    /// A character of the statement, counted from one.
    position: Option<u32>,
    ran: bool,
}

impl Refusal {
    fn new(code: &str, message: &str) -> Refusal {
        Refusal {
            code: code.to_owned(),
            message: message.to_owned(),
            position: None,
            ran: false,
        }
    }

    fn of(error: &Error) -> Refusal {
        let Some(error) = error.as_db_error() else {
            return Refusal::new("08000", &error.to_string());
        };
        let position = match error.position() {
            Some(ErrorPosition::Original(position)) => Some(*position),
            Some(ErrorPosition::Internal { .. }) | None => None,
        };
        Refusal {
            position,
            ..Refusal::new(error.code().code(), error.message())
        }
    }

    /// Whether it is of a kind that the rows can be the cause of, or what a program does.
    fn is_of_rows(&self, sql: &str) -> bool {
        let is_in = |classes: &[&str]| classes.iter().any(|class| self.code.starts_with(class));
        // Integrity; what programs raise; timeouts and resources.
        is_in(&["23", "P0", "53", "54", "57"])
            // Data and cardinality, which elsewhere are those of a literal.
            || (is_in(&["22", "21"]) && (is_on_rows(sql) || runs_a_program(sql)))
    }

    fn at(self, statement: usize, span: Range<usize>, sql: &str) -> Failure {
        let position = self.position.and_then(|position| {
            let characters = usize::try_from(position).ok()?.checked_sub(1)?;
            let (byte, _) = sql.char_indices().nth(characters)?;
            Some(span.start + byte)
        });
        Failure {
            statement,
            span,
            position,
            code: self.code,
            message: self.message,
            ran: self.ran,
        }
    }
}

fn is_on_rows(sql: &str) -> bool {
    matches!(
        first_word(sql).as_str(),
        "SELECT" | "VALUES" | "WITH" | "INSERT" | "UPDATE" | "DELETE" | "MERGE" | "TABLE" | ""
    )
}

fn runs_a_program(sql: &str) -> bool {
    matches!(first_word(sql).as_str(), "DO" | "CALL")
}

/// Whether the client is expected to send rows.
#[must_use]
pub fn is_copy_in(sql: &str) -> bool {
    is_copy(sql, "FROM", "STDIN")
}

/// Whether the client is expected to take rows.
fn is_copy_out(sql: &str) -> bool {
    is_copy(sql, "TO", "STDOUT")
}

fn is_copy(sql: &str, direction: &str, place: &str) -> bool {
    let words = tokens(sql);
    let mut pairs = words.iter().zip(words.iter().skip(1));
    first_word(sql) == "COPY"
        && pairs.any(|(a, b)| a.eq_ignore_ascii_case(direction) && b.eq_ignore_ascii_case(place))
}

/// The first word of a statement, in upper case; nothing if it begins otherwise.
fn first_word(sql: &str) -> String {
    let word = sql.chars().take_while(char::is_ascii_alphabetic);
    word.collect::<String>().to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::Engine;
    use tablature_test_server::shared;

    #[test]
    fn a_failure_tells_where_and_whether_rows_decided() {
        let Some(server) = shared() else { return };
        let mut engine = Engine::new(server, &[]).unwrap();
        engine
            .migrate("CREATE TABLE t (é int NOT NULL)", true)
            .unwrap();
        let failure = engine
            .migrate("SELECT 1; SELECT é, nowhere FROM t;", true)
            .unwrap_err();
        assert_eq!((failure.statement, failure.code.as_str()), (1, "42703"));
        assert_eq!(failure.position, Some(21));
        assert!(!failure.ran);
        assert!(
            engine
                .migrate("INSERT INTO t VALUES (NULL)", true)
                .unwrap_err()
                .ran
        );
        assert!(
            !engine
                .migrate("INSERT INTO t VALUES ('x')", true)
                .unwrap_err()
                .ran
        );
        assert!(
            engine
                .migrate(
                    "INSERT INTO t VALUES (1); ALTER TABLE t ADD b int NOT NULL",
                    true
                )
                .unwrap_err()
                .ran
        );
        assert!(
            !engine
                .migrate("ALTER TABLE t ADD b int DEFAULT 'x'", true)
                .unwrap_err()
                .ran
        );
    }

    #[test]
    fn nothing_stays_of_a_trial_or_of_what_a_file_has_set() {
        let Some(server) = shared() else { return };
        let mut engine = Engine::new(server, &[]).unwrap();
        engine
            .migrate("CREATE SCHEMA app; SET search_path TO app", true)
            .unwrap();
        let empty = engine.describe().unwrap();
        let inside = engine.trial(|engine| {
            engine
                .migrate(
                    "BEGIN; CREATE TABLE t (); COMMIT; BEGIN; CREATE TABLE gone (); ROLLBACK",
                    true,
                )
                .unwrap();
            assert!(engine.migrate("CREATE TABLE t ()", true).is_err());
            engine.describe().unwrap().to_string()
        });
        assert_eq!(
            inside.unwrap(),
            "schema app\nschema public\ntable public.t\n"
        );
        assert_eq!(engine.describe().unwrap(), empty);
        engine
            .migrate(
                "CREATE TABLE t (a int); CREATE INDEX CONCURRENTLY i ON t (a)",
                false,
            )
            .unwrap();
        assert!(engine.migrate("BEGIN; CREATE TABLE u ()", false).is_err());
    }
}
