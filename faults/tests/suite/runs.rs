//! The runs that are to be stopped: from which database, what is done, and which states it may be found in.

use crate::database::{NAME, new_directory, plain};
use crate::history::{
    ALONE, DONE, HEAD, MIGRATIONS, State, WITH_SNAPSHOT, at, back_at, run, within,
};
use std::path::Path;
use tablature::rusqlite::Connection;
use tablature::{Error, Runner};
use tablature_faults::{Disk, Files};

/// A run.
pub(crate) struct Run {
    pub(crate) name: &'static str,
    /// Makes the database; none is there before.
    pub(crate) prepare: fn(&mut Connection),
    /// Runs, in the directory of the database; a second time there is nothing left to do.
    pub(crate) act: fn(&Runner<'_>, &mut Connection, &Path) -> Result<(), Error>,
    /// In which states the database may be, in the order in which they come.
    pub(crate) states: fn() -> Vec<State>,
    /// What others have in the database.
    pub(crate) others: &'static str,
    /// What the application sets on its connection.
    pub(crate) settings: &'static str,
}

/// How the engine keeps what a transaction may have to undo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Journal {
    Rollback,
    Ahead,
}

pub(crate) const JOURNALS: [Journal; 2] = [Journal::Rollback, Journal::Ahead];

impl Run {
    /// Makes the database in a directory.
    pub(crate) fn prepare(&self, directory: &Path, journal: Journal) {
        // Copies are made by connections of the runner's own.
        let watch = Disk::watch(directory);
        let mut connection = plain(&directory.join(NAME));
        if journal == Journal::Ahead {
            connection
                .pragma_update(None, "journal_mode", "WAL")
                .unwrap();
        }
        (self.prepare)(&mut connection);
        connection.execute_batch(self.others).unwrap();
        drop(connection);
        let _ = watch.finish();
    }

    /// The files of the database.
    pub(crate) fn prepared(&self, journal: Journal) -> Files {
        let directory = new_directory();
        self.prepare(directory.path(), journal);
        Files::read(directory.path())
    }
}

/// Opens the database as an application would, through the file system that is watched.
pub(crate) fn open(
    run: &Run,
    directory: &Path,
    journal: Journal,
) -> tablature::rusqlite::Result<Connection> {
    let connection = Connection::open(directory.join(NAME))?;
    if journal == Journal::Ahead {
        // Without it the engine would need memory that is shared between processes.
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    }
    connection.execute_batch(run.settings)?;
    Ok(connection)
}

/// Whether all faults are to be tried.
pub(crate) fn is_all() -> bool {
    std::env::var("TABLATURE_FAULTS").is_ok_and(|wanted| wanted == "all")
}

/// The chance with which one of many faults is tried, so that about a number of them are; all are on request.
pub(crate) fn sample(about: usize, of: usize) -> f64 {
    if is_all() {
        1.0
    } else {
        about as f64 / of as f64
    }
}

fn nothing(_: &mut Connection) {}

fn up_to(connection: &mut Connection, version: i64) {
    MIGRATIONS
        .runner()
        .to_version(version)
        .apply(connection)
        .unwrap();
}

fn apply(runner: &Runner<'_>, connection: &mut Connection, _: &Path) -> Result<(), Error> {
    runner.apply(connection).map(drop)
}

/// All of a history, with a `-- no-transaction` file in it.
pub(crate) const APPLY: Run = Run {
    name: "apply",
    prepare: nothing,
    act: apply,
    states: || {
        let mut states = vec![at(0), at(ALONE - 1)];
        states.extend(DONE.map(within));
        states.extend([at(ALONE), at(HEAD)]);
        states
    },
    others: "",
    settings: "PRAGMA foreign_keys = ON",
};

/// The same in many transactions.
pub(crate) const APPLY_EACH: Run = Run {
    name: "apply, a transaction for each migration",
    act: |runner, connection, _| {
        let runner = runner.clone().transaction_per_migration();
        runner.apply(connection).map(drop)
    },
    states: || {
        let mut states: Vec<State> = (0..ALONE).map(at).collect();
        states.extend(DONE.map(within));
        states.extend([at(ALONE), at(HEAD)]);
        states
    },
    ..APPLY
};

/// Several migrations in one transaction: all or none.
pub(crate) const APPLY_SHARED: Run = Run {
    name: "apply in one transaction",
    act: |runner, connection, _| {
        let runner = runner.clone().to_version(ALONE - 1);
        runner.apply(connection).map(drop)
    },
    states: || vec![at(0), at(ALONE - 1)],
    ..APPLY
};

/// The same with so little memory that the engine writes to the file before it commits.
pub(crate) const APPLY_SPILLING: Run = Run {
    name: "apply in one transaction that does not fit into memory",
    settings: "PRAGMA cache_size = 5",
    ..APPLY_SHARED
};

/// A new installation, from a snapshot.
pub(crate) const APPLY_SNAPSHOT: Run = Run {
    name: "apply from a snapshot",
    act: |_, connection, _| WITH_SNAPSHOT.apply(connection).map(drop),
    states: || vec![at(0), at(HEAD)],
    ..APPLY
};

/// A new release of an application.
pub(crate) const APPLY_ONE_MORE: Run = Run {
    name: "apply one more",
    prepare: |connection| up_to(connection, HEAD - 1),
    states: || vec![at(HEAD - 1), at(HEAD)],
    ..APPLY
};

/// Back over all migrations, with a table that is built anew.
pub(crate) const REVERT: Run = Run {
    name: "revert",
    prepare: |connection| up_to(connection, ALONE - 1),
    act: |runner, connection, _| {
        let runner = runner.clone().accept_losses_of([1, 2, 3]);
        runner.revert_to(connection, 0).map(drop)
    },
    states: || vec![at(ALONE - 1), back_at(0, ALONE - 1)],
    ..APPLY
};

/// Back over the `-- no-transaction` file.
pub(crate) const REVERT_ALONE: Run = Run {
    name: "revert a `-- no-transaction` file",
    prepare: |connection| up_to(connection, HEAD),
    act: |runner, connection, _| {
        let runner = runner.clone().accept_losses_of([ALONE, HEAD]);
        runner.revert_to(connection, ALONE - 1).map(drop)
    },
    states: || vec![at(HEAD), back_at(ALONE - 1, HEAD)],
    ..APPLY
};

/// A database that something else has made.
pub(crate) const ADOPT: Run = Run {
    name: "adopt",
    prepare: |connection| run(connection, at(HEAD)),
    act: |runner, connection, _| runner.adopt(connection).map(drop),
    states: || {
        let made = State {
            history: 0,
            ..at(HEAD)
        };
        vec![made, at(HEAD)]
    },
    ..APPLY
};

/// A database that another tool has made, which has a history of its own there.
pub(crate) const TAKE_OVER: Run = Run {
    name: "take over",
    others:
        "CREATE TABLE schema_migrations (version VARCHAR(255) PRIMARY KEY);
             INSERT INTO schema_migrations VALUES ('0001'), ('0002'), ('0003'), ('0004'), ('0005');",
    ..ADOPT
};
