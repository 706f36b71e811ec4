//! A call to the file system fails: the run tells why, the database is old or new, and the connection is as it was.

use crate::database::{NAME, new_directory, plain, state};
use crate::history::MIGRATIONS;
use crate::runs::{self, JOURNALS, Journal, Run, open, sample};
use std::collections::BTreeMap;
use tablature::Error;
use tablature::rusqlite::Connection;
use tablature_faults::{Disk, Failure, Fault, Files};

/// How many failures of a run are tried, about, unless all are.
const SAMPLE: usize = 40;

const FAILURES: [(Failure, bool); 5] = [
    (Failure::Error, false),
    (Failure::Error, true),
    (Failure::Torn, false),
    (Failure::Full, false),
    (Failure::Full, true),
];

#[test]
fn of_an_apply() {
    of(&runs::APPLY);
}

#[test]
fn of_an_apply_in_many_transactions() {
    of(&runs::APPLY_EACH);
}

#[test]
fn of_an_apply_that_does_not_fit_into_memory() {
    of(&runs::APPLY_SPILLING);
}

#[test]
fn of_an_apply_of_one_more() {
    of(&runs::APPLY_ONE_MORE);
}

#[test]
fn of_a_revert() {
    of(&runs::REVERT);
    of(&runs::REVERT_ALONE);
}

#[test]
fn of_an_adoption() {
    of(&runs::ADOPT);
    of(&runs::TAKE_OVER);
}

fn of(run: &Run) {
    for journal in JOURNALS {
        let prepared = new_directory();
        run.prepare(prepared.path(), journal);
        let prepared = Files::read(prepared.path());
        let calls = Case {
            run,
            journal,
            fault: None,
        }
        .try_it(&prepared)
        .calls;
        let all = calls * FAILURES.len();
        let chance = sample(SAMPLE, all);
        let mut dice = fastrand::Rng::with_seed(11);
        let mut told: BTreeMap<String, usize> = BTreeMap::new();
        let mut tried = 0;
        for call in 0..calls {
            for (failure, lasts) in FAILURES {
                if dice.f64() >= chance {
                    continue;
                }
                let fault = Some(Fault {
                    call,
                    failure,
                    lasts,
                });
                let end = Case {
                    run,
                    journal,
                    fault,
                }
                .try_it(&prepared);
                tried += 1;
                *told.entry(end.told).or_default() += 1;
            }
        }
        println!("{}, {journal:?}: {tried} failures of {all}", run.name);
        for (told, times) in told {
            println!("  {times} times: {told}");
        }
    }
}

/// A run of which a call fails, or none.
#[derive(Clone, Copy)]
struct Case<'a> {
    run: &'a Run,
    journal: Journal,
    fault: Option<Fault>,
}

struct End {
    calls: usize,
    told: String,
}

impl Case<'_> {
    fn try_it(self, prepared: &Files) -> End {
        let Case {
            run,
            journal,
            fault,
        } = self;
        let states = (run.states)();
        let last = states.len() - 1;
        let directory = new_directory();
        prepared.write(directory.path());
        let watch = Disk::watch(directory.path());
        let mut connection = open(run, directory.path(), journal).unwrap();
        connection
            .execute_batch(
                "PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 77; PRAGMA recursive_triggers = ON; PRAGMA legacy_alter_table = ON",
            )
            .unwrap();
        let before = settings(&connection);
        watch.fail(fault.unwrap_or(Fault {
            call: usize::MAX,
            failure: Failure::Error,
            lasts: false,
        }));
        let result = (run.act)(&MIGRATIONS.runner(), &mut connection, directory.path());
        let failed = watch.failed();
        let calls = watch.calls();
        watch.mend();
        self.assert(connection.is_autocommit(), "a transaction is open");
        let after = settings(&connection);
        self.assert(
            before == after,
            &format!("settings were {before:?} and are {after:?}, {result:?}"),
        );

        let copy = new_directory();
        Files::read(directory.path()).write(copy.path());
        let found = state(&plain(&copy.path().join(NAME)), &states, run.others)
            .unwrap_or_else(|error| self.fail(&error));
        let told = match &result {
            Ok(()) => {
                self.assert(found == last, "it says that it is done");
                "nothing, and is done".to_owned()
            }
            Err(error) => {
                self.assert(!failed.is_empty(), &format!("nothing has failed: {error}"));
                self.assert(
                    says(error, fault.unwrap().failure),
                    &format!("{failed:?}: {error}"),
                );
                error.to_string()
            }
        };

        // When the disk is as it should be again, so is the connection.
        (run.act)(&MIGRATIONS.runner(), &mut connection, directory.path())
            .unwrap_or_else(|error| self.fail(&format!("a second time: {error}, after {told}")));
        drop(connection);
        let _ = watch.finish();
        let found = state(&plain(&directory.path().join(NAME)), &states, run.others)
            .unwrap_or_else(|error| self.fail(&error));
        self.assert(found == last, "a second time it does not come to its end");
        End { calls, told }
    }

    fn assert(self, is_so: bool, why: &str) {
        if !is_so {
            self.fail(why);
        }
    }

    fn fail(self, why: &str) -> ! {
        panic!(
            "{}, {:?}, {:?}: {why}",
            self.run.name, self.journal, self.fault
        );
    }
}

/// Whether an error is the one for a failure.
fn says(error: &Error, failure: Failure) -> bool {
    match failure {
        Failure::Full => matches!(error, Error::DiskFull { .. }),
        Failure::Error | Failure::Torn => {
            matches!(error, Error::Disk { .. } | Error::CannotOpen { .. })
        }
    }
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
        let value = connection.pragma_query_value(None, name, |row| {
            row.get::<_, tablature::rusqlite::types::Value>(0)
        });
        format!("{name} {:?}", value.unwrap())
    };
    NAMES.iter().map(value).collect()
}
