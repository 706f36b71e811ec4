//! Copies: whenever a run stops, each file that has the name of one is whole, and there is one.

use crate::crash::{record, try_all};
use crate::database::{NAME, new_directory, plain, state};
use crate::history::{HEAD, MIGRATIONS, State, at};
use crate::runs::{APPLY_ONE_MORE, JOURNALS, Journal, Run, open, sample};
use std::path::Path;
use tablature::rusqlite::Connection;
use tablature::{Backup, Error, Runner};
use tablature_faults::{Disk, Failure, Fault, Files};

/// How many failures of a run are tried, about, unless all are.
const SAMPLE: usize = 24;

/// Where the copies are, in the directory of the database.
const COPIES: &str = "copies";
/// How many are kept.
const KEPT: usize = 2;

/// A copy by itself.
const TAKE: Run = Run {
    name: "backup",
    prepare: |connection| with_copies(connection, HEAD),
    act: |_, connection, directory| backup(directory).take(connection).map(drop),
    states: || vec![at(HEAD)],
    ..APPLY_ONE_MORE
};

/// A copy before a run.
pub(crate) const APPLY: Run = Run {
    name: "apply with a backup",
    prepare: |connection| with_copies(connection, HEAD - 1),
    act: |runner: &Runner<'_>, connection, directory| {
        let runner = runner.clone().backup(backup(directory));
        runner.apply(connection).map(drop)
    },
    ..APPLY_ONE_MORE
};

fn backup(directory: &Path) -> Backup {
    Backup::to(directory.join(COPIES)).keep(KEPT)
}

/// Migrates to a version, and takes as many copies as are kept.
fn with_copies(connection: &mut Connection, version: i64) {
    let runner = MIGRATIONS.runner().to_version(version);
    runner.apply(connection).unwrap();
    let directory = Path::new(connection.path().unwrap()).parent().unwrap();
    for _ in 0..KEPT {
        backup(directory).take(connection).unwrap();
    }
    // So that the next one is another.
    connection.pragma_update(None, "application_id", 7).unwrap();
}

#[test]
fn a_crash_of_a_backup() {
    for journal in JOURNALS {
        crash(&TAKE, journal);
    }
}

#[test]
fn a_crash_of_an_apply_with_a_backup() {
    for journal in JOURNALS {
        crash(&APPLY, journal);
    }
}

fn crash(run: &Run, journal: Journal) {
    let states = (run.states)();
    let record = record(run, journal);
    let tried = try_all(&record, |_, files| {
        let directory = new_directory();
        files.write(directory.path());
        state(&plain(&directory.path().join(NAME)), &states, "")?;
        check(directory.path(), states[0])
    });
    println!("{}, {journal:?}: {}", run.name, tried.unwrap());
}

/// Fails if there are copies, and fewer than are kept, or one that is not whole.
pub(crate) fn check(directory: &Path, expected: State) -> Result<(), String> {
    match whole_copies(directory, expected)? {
        copies if copies < KEPT && directory.join(COPIES).exists() => {
            Err(format!("{copies} copies"))
        }
        _ => Ok(()),
    }
}

/// How many files have the name of a copy, all of which have to be whole.
fn whole_copies(directory: &Path, expected: State) -> Result<usize, String> {
    let mut whole = 0;
    for name in Files::read(&directory.join(COPIES)).0.keys() {
        if name.ends_with(".db") {
            let copy = plain(&directory.join(COPIES).join(name));
            state(&copy, &[expected], "").map_err(|error| format!("{name}: {error}"))?;
            whole += 1;
        }
    }
    Ok(whole)
}

#[test]
fn a_failure_of_a_backup() {
    for journal in JOURNALS {
        fail(&TAKE, journal);
    }
}

#[test]
fn a_failure_of_an_apply_with_a_backup() {
    for journal in JOURNALS {
        fail(&APPLY, journal);
    }
}

fn fail(run: &Run, journal: Journal) {
    let prepared = run.prepared(journal);
    let calls = fail_at(run, journal, &prepared, usize::MAX, Failure::Error);
    let failures = [
        Failure::Error,
        Failure::Torn,
        Failure::Full,
        Failure::Denied,
    ];
    let chance = sample(SAMPLE, calls * failures.len());
    let mut dice = fastrand::Rng::with_seed(13);
    let mut tried = 0;
    for call in 0..calls {
        for failure in failures {
            if dice.f64() < chance {
                fail_at(run, journal, &prepared, call, failure);
                tried += 1;
            }
        }
    }
    println!("{}, {journal:?}: {tried} failures", run.name);
}

/// Lets a call fail, and tells how many calls there were.
fn fail_at(run: &Run, journal: Journal, prepared: &Files, call: usize, failure: Failure) -> usize {
    let states = (run.states)();
    let directory = new_directory();
    let directory = directory.path();
    prepared.write(directory);
    let watch = Disk::watch(directory);
    let mut connection = open(run, directory, journal).unwrap();
    let lasts = false;
    watch.fail(Fault {
        call,
        failure,
        lasts,
    });
    let result = (run.act)(&MIGRATIONS.runner(), &mut connection, directory);
    let calls = watch.calls();
    watch.mend();
    drop(connection);
    let _ = watch.finish();
    let place = format!("{}, {journal:?}, {failure:?} of {call}", run.name);
    let names: Vec<String> = Files::read(&directory.join(COPIES)).0.into_keys().collect();
    let found = state(&plain(&directory.join(NAME)), &states, "")
        .unwrap_or_else(|error| panic!("{place}: {error}"));
    let copies =
        whole_copies(directory, states[0]).unwrap_or_else(|error| panic!("{place}: {error}"));
    assert_eq!(names.len(), copies, "{place}: what is left: {names:?}");
    assert!(copies >= KEPT, "{place}: {names:?}");
    match result {
        Ok(()) => assert_eq!(found + 1, states.len(), "{place}"),
        Err(error) => {
            let is_told = match failure {
                Failure::Full => error.to_string().contains("the disk is full"),
                Failure::Denied => error.to_string().contains("cannot be opened"),
                Failure::Error | Failure::Torn => {
                    let text = error.to_string();
                    let words = ["the disk fails", "cannot be opened", "cannot be read back"];
                    words.iter().any(|words| text.contains(words))
                }
            };
            assert!(is_told, "{place}: {error}");
            assert!(
                matches!(
                    error,
                    Error::Backup { .. }
                        | Error::Disk { .. }
                        | Error::DiskFull { .. }
                        | Error::CannotOpen { .. }
                ),
                "{place}: {error}"
            );
        }
    }
    calls
}
