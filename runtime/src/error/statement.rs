//! A statement that failed.

use super::DatabaseError;
use crate::holder::Holder;
use std::fmt;

/// A statement of a migration that failed, and where it stands.
#[derive(Debug)]
#[non_exhaustive]
pub struct StatementError {
    /// The number in the migration's file name.
    pub version: i64,
    /// The rest of the migration's file name.
    pub name: String,
    /// The path of the file, relative to the crate.
    pub file: String,
    /// 1-based line: of the word that the engine points at, or else of the statement.
    pub line: u32,
    /// 1-based column in characters: of the word that the engine points at, or else of the statement.
    pub column: u32,
    /// The text of the statement.
    pub statement: String,
    /// True in a `-- no-transaction` file: the statements before this one were kept, and the next run goes on with it.
    pub earlier_kept: bool,
    /// True if something else than a run had changed the schema of the database since it was last verified.
    pub schema_changed: bool,
    /// The sessions that hold a table which the statement names, if it has waited for a lock for too long; they are not told
    /// by every engine.
    pub holders: Vec<Holder>,
    /// What the engine says.
    pub reason: DatabaseError,
}

/// What may lie behind a failure in a database whose schema is no longer what was verified.
pub(super) const SCHEMA_CHANGED: &str = "; something else has changed the schema of this database since it was last verified, \
     which may be the cause: `status` says how";

impl fmt::Display for StatementError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            version,
            name,
            file,
            line,
            column,
            reason,
            ..
        } = self;
        write!(
            f,
            "migration {version} `{name}` failed at {file}:{line}:{column}: {reason}, in `{}`; ",
            excerpt(&self.statement)
        )?;
        for holder in &self.holders {
            write!(f, "it waited for {holder}; ")?;
        }
        f.write_str(&self.way_out())?;
        f.write_str(if self.schema_changed {
            SCHEMA_CHANGED
        } else {
            ""
        })
    }
}

impl StatementError {
    fn way_out(&self) -> String {
        // What the engine says of VACUUM, of some PRAGMAs, and of ATTACH and DETACH in older versions.
        const PHRASES: [&str; 3] = [
            "within a transaction",
            "inside a transaction",
            "within transaction",
        ];
        let message = self.reason.to_string();
        if self.earlier_kept {
            return "the statements before it were kept and will not run again: remove the cause and start again".to_owned();
        }
        let way_out = if PHRASES.iter().any(|phrase| message.contains(phrase)) {
            "move the statement into a file of its own that begins with `-- no-transaction`"
        } else {
            self.fault().way_out()
        };
        format!("its transaction was rolled back, so that nothing of it remains: {way_out}")
    }

    fn fault(&self) -> Fault {
        match &self.reason {
            #[cfg(feature = "tokio-postgres")]
            DatabaseError::Postgres(reason) => crate::postgresql::fault(reason, &self.statement),
            #[cfg(feature = "sqlite")]
            DatabaseError::Sqlite(_) => Fault::File,
        }
    }
}

/// Where the fault lies for which a statement failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// In the statement, or in the rows that it is for.
    File,
    /// With others, or with how long a statement may take.
    #[cfg(feature = "tokio-postgres")]
    Busy,
    /// With what the role may do.
    #[cfg(feature = "tokio-postgres")]
    Role,
    /// Something named is not there, which may be for the server to have.
    #[cfg(feature = "tokio-postgres")]
    Absent,
    /// With what is installed on the server, or how it stands.
    #[cfg(feature = "tokio-postgres")]
    Server,
}

impl Fault {
    fn way_out(self) -> &'static str {
        match self {
            Fault::File => "correct the file and start again",
            #[cfg(feature = "tokio-postgres")]
            Fault::Busy => "start again when the database is less busy, or allow more time",
            #[cfg(feature = "tokio-postgres")]
            Fault::Role => "start again as a role that may do this, or grant it to this one",
            #[cfg(feature = "tokio-postgres")]
            Fault::Absent => {
                "if what is missing is the server's, such as a role, create it, else correct the file, and start again"
            }
            #[cfg(feature = "tokio-postgres")]
            Fault::Server => "see to the server, and start again: the file is not at fault",
        }
    }
}

impl std::error::Error for StatementError {}

/// A statement on one line, shortened.
fn excerpt(statement: &str) -> String {
    const LONGEST: usize = 120;
    let mut line = String::new();
    for word in statement.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() > LONGEST {
            let cut = line
                .char_indices()
                .nth(LONGEST)
                .map_or(line.len(), |(at, _)| at);
            line.truncate(cut);
            line.push('…');
            break;
        }
    }
    line
}
