//! A run that something disturbs while its process goes on: the database is old or new, and the connection is as it was.

use crate::database::{NAME, new_directory, plain, state};
use crate::history::MIGRATIONS;
use crate::runs::{Journal, Run, open};
use std::path::Path;
use tablature::rusqlite::Connection;
use tablature::rusqlite::types::Value;
use tablature::{Error, Runner};
use tablature_faults::{Disk, Files, Watch};

/// A run that is going to be disturbed.
pub(crate) struct Disturbed<'a> {
    run: &'a Run,
    pub(crate) watch: &'a Watch,
    pub(crate) connection: &'a mut Connection,
    directory: &'a Path,
}

impl Disturbed<'_> {
    pub(crate) fn act(&mut self, runner: &Runner<'_>) -> Result<(), Error> {
        (self.run.act)(runner, self.connection, self.directory)
    }
}

/// Runs, disturbs, and looks: whether the database is in one of its states, in the last one if the run says so; whether
/// the connection has its settings and can be used; and whether the run comes to its end when it is not disturbed. Gives
/// what the run has told.
pub(crate) fn disturb(
    run: &Run,
    journal: Journal,
    prepared: &Files,
    how: &str,
    act: impl FnOnce(&mut Disturbed<'_>) -> Result<(), String>,
) -> Option<String> {
    let assert = |is_so: bool, why: &str| {
        assert!(is_so, "{}, {journal:?}, {how}: {why}", run.name);
    };
    let states = (run.states)();
    let last = states.len() - 1;
    let directory = new_directory();
    let directory = directory.path();
    prepared.write(directory);
    let watch = Disk::watch(directory);
    let mut connection = open(run, directory, journal).unwrap();
    connection
        .execute_batch(
            "PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 77; PRAGMA recursive_triggers = ON;
             PRAGMA legacy_alter_table = ON",
        )
        .unwrap();
    let before = settings(&connection);
    let result = act(&mut Disturbed {
        run,
        watch: &watch,
        connection: &mut connection,
        directory,
    });
    assert(connection.is_autocommit(), "a transaction is open");
    let after = settings(&connection);
    let differ = format!("settings were {before:?} and are {after:?}, {result:?}");
    assert(before == after, &differ);

    let copy = new_directory();
    Files::read(directory).write(copy.path());
    let found = state(&plain(&copy.path().join(NAME)), &states, run.others);
    assert(found.is_ok(), &format!("{found:?}, {result:?}"));
    let is_new = found == Ok(last);
    assert(result.is_err() || is_new, "it says that it is done");

    let again = (run.act)(&MIGRATIONS.runner(), &mut connection, directory);
    assert(again.is_ok(), &format!("{again:?} after {result:?}"));
    drop(connection);
    let _ = watch.finish();
    let found = state(&plain(&directory.join(NAME)), &states, run.others);
    assert(found == Ok(last), &format!("it ends at {found:?}"));
    result.err()
}

/// What an application may have set.
fn settings(connection: &Connection) -> Vec<String> {
    const NAMES: &[&str] = &[
        "foreign_keys",
        "busy_timeout",
        "recursive_triggers",
        "legacy_alter_table",
        "writable_schema",
        "query_only",
        "defer_foreign_keys",
        "synchronous",
        "cache_size",
        "journal_mode",
        "locking_mode",
    ];
    let value = |name: &&str| {
        let value = connection.pragma_query_value(None, name, |row| row.get::<_, Value>(0));
        format!("{name} {:?}", value.unwrap())
    };
    NAMES.iter().map(value).collect()
}
