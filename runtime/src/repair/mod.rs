//! Bringing a drifted database back to what the migrations define.

#[cfg(any(feature = "sqlite", feature = "tokio-postgres"))]
pub(crate) mod head;

use crate::difference::{Difference, Object};
use crate::status::PendingMigration;
use std::fmt;

/// The script that brings a drifted database back: what the verb `repair` writes. As text it is that script.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Repair {
    /// The version that the database is at, and whose schema it gets; none if no migration was applied to it.
    pub version: Option<i64>,
    /// The differences that the script mends.
    pub mends: Vec<Difference>,
    /// What the script drops, as no migration defines it.
    pub drops: Vec<Dropped>,
    /// The differences that are left: tables and columns that no migration defines hold data, and are kept unless
    /// [`drop_unexpected`](crate::Runner::drop_unexpected) names them.
    pub kept: Vec<Difference>,
    /// What the script cannot know, such as which values a migration wrote into a column that is missing.
    pub notes: Vec<String>,
    /// The migrations that are left to apply afterwards, in their order.
    pub pending: Vec<PendingMigration>,
    /// SQL with comments, a transaction of its own; empty if there is nothing to mend.
    pub script: String,
}

/// What a repair drops.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Dropped {
    /// What.
    pub object: Object,
    /// Of a table its rows, of a column those that are not NULL; none for what holds no rows.
    pub rows: Option<u64>,
    /// The statement that defined an index, a view, a trigger or a function, or what a constraint said; none for a table or a
    /// column.
    pub sql: Option<String>,
}

/// Why a database cannot be repaired by a script.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(tag = "kind", rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum RepairProblem {
    /// Rows do not fit what the migrations define.
    Rows {
        /// Their table.
        table: String,
        /// What they break, in the engine's words: `NOT NULL constraint failed: users.email`.
        constraint: String,
        /// How many rows.
        count: u64,
        /// The first of them, at most [`RepairProblem::ROWIDS`]; empty if the table has no rowids.
        rowids: Vec<i64>,
        /// A query that shows them.
        query: String,
    },
    /// Values would become others in a column of another type or expression.
    Values {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// In how many rows.
        count: u64,
        /// The first of them, at most [`RepairProblem::ROWIDS`]; empty if the table has no rowids.
        rowids: Vec<i64>,
        /// What one of them is and what it would be.
        example: String,
        /// A query that shows them.
        query: String,
    },
    /// A virtual table is another one, or a table is a virtual one, or the other way round: its content is its module's, and
    /// cannot be carried over.
    Virtual {
        /// The table.
        table: String,
        /// As the migrations define it.
        expected: String,
        /// As the database has it.
        found: String,
    },
    /// A column that no migration defines cannot be kept, as its table has to be built anew.
    Kept {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// What the engine says.
        reason: String,
    },
    /// The engine refuses a statement that would be needed.
    Refused {
        /// What it is about.
        object: Object,
        /// What the engine says.
        reason: String,
    },
    /// The difference is not mended by rule: by a migration, or by hand.
    ByHand {
        /// What it is about.
        object: Object,
        /// Why, and what can be done.
        reason: String,
    },
    /// Nothing of a name that was to be dropped is unexpected in the database.
    NothingToDrop {
        /// The name.
        name: String,
    },
    /// A `-- no-transaction` file stopped half way: the schema is that of no version.
    Halfway {
        /// The number of the migration.
        version: i64,
    },
    /// The script did not do what it should on a copy: a mistake of this library's.
    NotProven {
        /// What was found.
        reason: String,
    },
}

impl RepairProblem {
    /// The greatest number of rowids that a problem carries.
    pub const ROWIDS: usize = 10;
}

impl Repair {
    /// Whether there is nothing to mend.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.script.is_empty()
    }
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_empty() {
            return f.write_str(self.script.trim_end());
        }
        f.write_str("-- nothing to repair")?;
        if let Some(version) = self.version {
            write!(f, ", the database is at version {version}")?;
        }
        for difference in &self.kept {
            write!(f, "\n-- kept: {}", one_line(&difference.to_string()))?;
        }
        Ok(())
    }
}

impl fmt::Display for Dropped {
    /// One line: ``column `users.nick`, which is not NULL in 3 rows``.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.object)?;
        match (&self.object, self.rows) {
            (_, None) => {}
            (Object::Column { .. }, Some(1)) => f.write_str(", which is not NULL in 1 row")?,
            (Object::Column { .. }, Some(rows)) => {
                write!(f, ", which is not NULL in {rows} rows")?;
            }
            (_, Some(1)) => f.write_str(", which has 1 row")?,
            (_, Some(rows)) => write!(f, ", which has {rows} rows")?,
        }
        match &self.sql {
            Some(sql) => write!(f, ": {}", one_line(sql)),
            None => Ok(()),
        }
    }
}

impl fmt::Display for RepairProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RepairProblem::Rows {
                table,
                constraint,
                count,
                rowids,
                query,
            } => {
                let (rows, fit) = match count {
                    1 => ("row", "does"),
                    _ => ("rows", "do"),
                };
                write!(f, "{count} {rows} of `{table}` {fit} not fit: {constraint}")?;
                show(f, rowids, query)
            }
            RepairProblem::Values {
                table,
                column,
                count,
                rowids,
                example,
                query,
            } => {
                write!(
                    f,
                    "values of `{table}.{column}` would become others in {count} row{}: {example}",
                    if *count == 1 { "" } else { "s" }
                )?;
                show(f, rowids, query)
            }
            RepairProblem::Virtual {
                table,
                expected,
                found,
            } => write!(
                f,
                "`{table}` is {found}, and the migrations define {expected}: its content is its module's, \
                 so drop it and make it anew by hand, with what fills it"
            ),
            RepairProblem::Kept {
                table,
                column,
                reason,
            } => write!(
                f,
                "`{table}` has to be built anew, and column `{column}`, which no migration defines, \
                 cannot be added to it ({reason}): name `{table}.{column}` to drop it"
            ),
            RepairProblem::Refused { object, reason } => {
                write!(f, "the engine refuses to make {object}: {reason}")
            }
            RepairProblem::ByHand { object, reason } => {
                write!(f, "{object} is not mended by a script: {reason}")
            }
            RepairProblem::NothingToDrop { name } => write!(
                f,
                "no table or column `{name}` is in the database that no migration defines"
            ),
            RepairProblem::Halfway { version } => write!(
                f,
                "migration {version} stopped half way, so that the schema is that of no version: \
                 apply the migrations first"
            ),
            RepairProblem::NotProven { reason } => {
                write!(
                    f,
                    "the script does not do where it was tried what it should: {reason}"
                )
            }
        }
    }
}

/// The rows, and how to see them.
fn show(f: &mut fmt::Formatter<'_>, rowids: &[i64], query: &str) -> fmt::Result {
    if !rowids.is_empty() {
        let rowids: Vec<String> = rowids.iter().map(i64::to_string).collect();
        write!(f, " (rowid {})", rowids.join(", "))?;
    }
    write!(f, "\n    {query}")
}

/// A text that may stand in a comment of one line.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
