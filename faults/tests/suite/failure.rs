//! A call to the file system fails: the run tells why.

use crate::disturbed::disturb;
use crate::history::MIGRATIONS;
use crate::runs::{self, JOURNALS, Journal, Run, sample};
use std::collections::BTreeMap;
use tablature::Error;
use tablature_faults::{Failure, Fault, Files};

/// How many failures of a run are tried, about, unless all are.
const SAMPLE: usize = 24;

const FAILURES: [(Failure, bool); 6] = [
    (Failure::Error, false),
    (Failure::Error, true),
    (Failure::Torn, false),
    (Failure::Full, false),
    (Failure::Full, true),
    (Failure::Denied, true),
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
    of(&runs::REVERT_ALONE);
}

#[test]
fn of_an_adoption() {
    of(&runs::ADOPT);
    of(&runs::TAKE_OVER);
}

fn of(run: &Run) {
    for journal in JOURNALS {
        let prepared = run.prepared(journal);
        let calls = fail(run, journal, &prepared, None).0;
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
                let fault = Fault {
                    call,
                    failure,
                    lasts,
                };
                let (_, error) = fail(run, journal, &prepared, Some(fault));
                tried += 1;
                let error = error.unwrap_or_else(|| "nothing, and is done".to_owned());
                *told.entry(error).or_default() += 1;
            }
        }
        println!("{}, {journal:?}: {tried} failures of {all}", run.name);
        for (told, times) in told {
            println!("  {times} times: {told}");
        }
    }
}

/// Lets a call of a run fail, or none, and tells how many calls there were and what the run has told of it.
fn fail(
    run: &Run,
    journal: Journal,
    prepared: &Files,
    fault: Option<Fault>,
) -> (usize, Option<String>) {
    let none = Fault {
        call: usize::MAX,
        failure: Failure::Error,
        lasts: false,
    };
    let mut calls = 0;
    let told = disturb(run, journal, prepared, &format!("{fault:?}"), |disturbed| {
        disturbed.watch.fail(fault.unwrap_or(none));
        let result = disturbed.act(&MIGRATIONS.runner());
        let failed = disturbed.watch.failed();
        calls = disturbed.watch.calls();
        disturbed.watch.mend();
        result.map_err(|error| {
            let is_right = fault.is_some_and(|fault| says(&error, fault.failure));
            assert!(
                is_right && !failed.is_empty(),
                "{fault:?} of {failed:?}: {error}"
            );
            error.to_string()
        })
    });
    (calls, told)
}

/// Whether an error is the one for a failure.
fn says(error: &Error, failure: Failure) -> bool {
    match failure {
        Failure::Full => matches!(error, Error::DiskFull { .. }),
        Failure::Denied => matches!(error, Error::CannotOpen { .. }),
        Failure::Error | Failure::Torn => {
            matches!(error, Error::Disk { .. } | Error::CannotOpen { .. })
        }
    }
}
