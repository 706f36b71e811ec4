//! The text of the script, written as its statements succeed on a copy.
//!
//! It has to be safe in the hands of `sqlite3 app.db < repair.sql`, which goes on after a statement that fails, and would
//! come to the COMMIT with half of the work done. So
//!
//! - it opens its transaction with BEGIN, which takes no lock and so cannot fail for another connection: whatever fails then
//!   fails within the transaction;
//! - a table that is made anew is renamed before it is copied: the statement that drops it finds nothing to drop where the
//!   one that renames it was undone;
//! - the last statement before the COMMIT rolls back unless every check was passed and the schema is the one that was
//!   proven, which it is not if any statement has failed.

use crate::repair::one_line;
use rusqlite::Connection;

/// The temporary table of checks: a row for each that was passed.
const CHECKS: &str = "CREATE TEMP TABLE _tablature_repair (
    is_then INTEGER CONSTRAINT \"the schema is not the one that this script was written for\" CHECK (is_then),
    is_whole INTEGER CONSTRAINT \"not every row was copied\" CHECK (is_whole),
    is_done INTEGER CONSTRAINT \"a statement of this script has failed\" CHECK (is_done)
)";

/// A script that is being written.
pub(super) struct Script<'c> {
    copy: &'c Connection,
    text: String,
    /// How many checks there are.
    checks: usize,
}

impl<'c> Script<'c> {
    /// Begins a script and a transaction on the copy.
    pub(super) fn begin(copy: &'c Connection) -> rusqlite::Result<Self> {
        let mut script = Script {
            copy,
            text: String::new(),
            checks: 0,
        };
        script.write("PRAGMA foreign_keys = OFF");
        script.run("BEGIN")?;
        script.run(CHECKS)?;
        let same = fingerprint(copy)?;
        script.check("is_then", &format!("SELECT {same}"))?;
        Ok(script)
    }

    /// Says in a comment what the next statements are for.
    pub(super) fn say(&mut self, text: &str) {
        self.text.push_str(&format!("\n-- {}", one_line(text)));
    }

    /// Runs a statement on the copy, and adds it.
    pub(super) fn run(&mut self, sql: &str) -> rusqlite::Result<()> {
        self.copy.execute_batch(sql)?;
        self.write(sql);
        Ok(())
    }

    /// Adds what must be so at this point, a SELECT of one value.
    pub(super) fn check(&mut self, column: &str, select: &str) -> rusqlite::Result<()> {
        self.run(&format!(
            "INSERT INTO temp._tablature_repair ({column}) {select}"
        ))?;
        self.checks += 1;
        Ok(())
    }

    /// The end of the script, which is not run: the copy is as it was before.
    pub(super) fn end(mut self, enforces: bool) -> rusqlite::Result<String> {
        let same = fingerprint(self.copy)?;
        let passed = self.checks;
        self.say("Everything has succeeded, or nothing happens.");
        self.write(&format!(
            "INSERT OR ROLLBACK INTO temp._tablature_repair (is_done)\n\
             SELECT (SELECT count(*) FROM temp._tablature_repair) = {passed} AND {same}"
        ));
        self.write("COMMIT");
        self.write("DROP TABLE IF EXISTS temp._tablature_repair");
        if enforces {
            self.write("PRAGMA foreign_keys = ON");
        }
        self.copy.execute_batch("ROLLBACK")?;
        Ok(self.text)
    }

    fn write(&mut self, sql: &str) {
        self.text.push_str(&format!("\n{sql};\n"));
    }
}

/// A condition that holds of a schema with as many objects, and names and statements as long.
fn fingerprint(connection: &Connection) -> rusqlite::Result<String> {
    // The engine's own tables come and go with ANALYZE.
    const REST: &str = "FROM main.sqlite_master WHERE substr(name, 1, 7) <> 'sqlite_'";
    let numbers = format!("SELECT count(*), sum(length(name)), sum(length(sql)) {REST}");
    let [count, names, statements] = connection.query_row(&numbers, [], |row| {
        Ok([row.get(0)?, row.get(1)?, row.get(2)?].map(|number: Option<i64>| number.unwrap_or(0)))
    })?;
    Ok(format!(
        "(SELECT count(*) = {count} AND total(length(name)) = {names} AND total(length(sql)) = {statements}\n    {REST})"
    ))
}
