//! The process is killed, or the power fails, at any operation on the files: the database is old or new.

use crate::database::{NAME, new_directory, plain, state};
use crate::history::{MIGRATIONS, State, at};
use crate::runs::{self, JOURNALS, Journal, Run, open, sample};
use std::collections::HashSet;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Mutex;
use tablature::Event;
use tablature_faults::{Crash, Crashes, Disk, Files, Operation, Record};

/// How many crashes of a run are tried, about, unless all are.
const SAMPLE: usize = 50;

#[test]
fn of_an_apply() {
    of(&runs::APPLY);
}

#[test]
fn of_an_apply_in_many_transactions() {
    of(&runs::APPLY_EACH);
}

#[test]
fn of_an_apply_in_one_transaction() {
    of(&runs::APPLY_SHARED);
}

#[test]
fn of_an_apply_that_does_not_fit_into_memory() {
    of(&runs::APPLY_SPILLING);
}

#[test]
fn of_an_apply_from_a_snapshot() {
    of(&runs::APPLY_SNAPSHOT);
}

#[test]
fn of_an_apply_of_one_more() {
    of(&runs::APPLY_ONE_MORE);
}

#[test]
fn of_a_revert() {
    of(&runs::REVERT);
}

#[test]
fn of_a_revert_of_a_file_without_transaction() {
    of(&runs::REVERT_ALONE);
}

#[test]
fn of_an_adoption() {
    of(&runs::ADOPT);
}

#[test]
fn of_a_take_over() {
    of(&runs::TAKE_OVER);
}

fn of(run: &Run) {
    for journal in JOURNALS {
        println!(
            "{}, {journal:?}: {}",
            run.name,
            tried(run, journal).unwrap()
        );
    }
}

/// Tries the crashes of a run; fails with the first that does not leave the old or the new state.
pub(crate) fn tried(run: &Run, journal: Journal) -> Result<Tried, String> {
    let states = (run.states)();
    let record = record(run, journal);
    let mut newest = 0;
    let tried = try_all(&record, |crash, files| {
        let found = after(run, &states, files)?;
        let told = told(&record.operations[..crash.after], &states);
        // What was there once is there for good, and so is what was told as committed. With a rollback journal a power
        // loss takes the last commit back, as the engine does not wait until its deletion is durable.
        let is_kept = crash.loss.is_of_process() || journal == Journal::Ahead;
        if is_kept && found < told {
            return Err("what was told as committed is lost".to_owned());
        }
        if crash.loss.is_of_process() {
            if found < newest {
                return Err("an earlier state".to_owned());
            }
            newest = found;
        }
        Ok(())
    });
    if tried.is_ok() && newest + 1 != states.len() {
        return Err("it does not come to the last state".to_owned());
    }
    tried
}

/// Lets a run come to its end, and records what it does.
pub(crate) fn record(run: &Run, journal: Journal) -> Record {
    let directory = new_directory();
    run.prepare(directory.path(), journal);
    let watch = Disk::watch(directory.path());
    let newest = Mutex::new(0);
    let listener = |event: Event<'_>| match event {
        Event::MigrationFinished(applied) => *newest.lock().unwrap() = applied.version,
        Event::Committed => watch.say(&newest.lock().unwrap().to_string()),
        _ => {}
    };
    let runner = MIGRATIONS.runner().on_event(&listener);
    let mut connection = open(run, directory.path(), journal).unwrap();
    (run.act)(&runner, &mut connection, directory.path()).unwrap();
    watch.say("done");
    drop(connection);
    watch.finish()
}

/// How many crashes were tried.
#[derive(Default)]
pub(crate) struct Tried {
    operations: usize,
    of_process: usize,
    of_power: usize,
    different: usize,
}

impl fmt::Display for Tried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} operations, {} kills and {} power losses that leave {} different states of the files",
            self.operations, self.of_process, self.of_power, self.different
        )
    }
}

/// Tries the crashes of a run: a sample of them, or all. Ends with the first that leaves what must not be.
pub(crate) fn try_all(
    record: &Record,
    mut check: impl FnMut(Crash, &Files) -> Result<(), String>,
) -> Result<Tried, String> {
    let crashes = Crashes::of(record);
    let chance = sample(SAMPLE, crashes.count());
    let mut dice = fastrand::Rng::with_seed(7);
    let mut tried = Tried {
        operations: record.operations.len(),
        ..Tried::default()
    };
    let mut seen = HashSet::new();
    let mut result = Ok(());
    crashes.each(|crash, files| {
        let is_last = crash.after == record.operations.len() && crash.loss.is_of_process();
        if result.is_err() || (!is_last && dice.f64() >= chance) {
            return;
        }
        let files = files();
        let is_new = seen.insert(hash(&files));
        tried.different += usize::from(is_new);
        let is_of_process = crash.loss.is_of_process();
        *(if is_of_process {
            &mut tried.of_process
        } else {
            &mut tried.of_power
        }) += 1;
        if is_new || is_of_process {
            result = check(crash, &files).map_err(|why| described(record, crash, &why));
        }
    });
    result.map(|()| tried)
}

/// The state that was last told to be committed: that of a version, or the last one where the run has only that.
fn told(operations: &[Operation], states: &[State]) -> usize {
    let mut told = operations
        .iter()
        .rev()
        .filter_map(|operation| match operation {
            Operation::Said(version) => version.parse().ok(),
            _ => None,
        });
    told.next().map_or(0, |version| {
        let of_version = states.iter().position(|state| *state == at(version));
        of_version.unwrap_or(states.len() - 1)
    })
}

/// Opens the files that a crash has left, tells the state that they are in, and lets the run come to its end.
fn after(run: &Run, states: &[State], files: &Files) -> Result<usize, String> {
    let directory = new_directory();
    files.write(directory.path());
    let mut connection = plain(&directory.path().join(NAME));
    let found = state(&connection, states, run.others)?;
    connection
        .pragma_update(None, "synchronous", false)
        .unwrap();
    (run.act)(&MIGRATIONS.runner(), &mut connection, directory.path())
        .map_err(|error| format!("it does not go on from {:?}: {error}", states[found]))?;
    match state(&connection, states, run.others)? {
        end if end + 1 == states.len() => Ok(found),
        end => Err(format!("it ends at {:?}", states[end])),
    }
}

fn hash(files: &Files) -> u64 {
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    hasher.finish()
}

fn described(record: &Record, crash: Crash, why: &str) -> String {
    let before = &record.operations[crash.after.saturating_sub(20)..crash.after];
    let last: Vec<String> = before.iter().map(brief).collect();
    format!("{crash:?} after\n{}\n{why}", last.join("\n"))
}

fn brief(operation: &Operation) -> String {
    match operation {
        Operation::Write {
            file,
            offset,
            bytes,
        } => format!("write {} bytes to {file} at {offset}", bytes.len()),
        other => format!("{other:?}"),
    }
}
