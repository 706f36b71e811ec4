//! A run is cancelled: by a panic of the function that is told of it, or by an interrupt of the engine.

use crate::disturbed::disturb;
use crate::history::MIGRATIONS;
use crate::runs::{self, JOURNALS, Journal, Run, sample};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tablature::{Error, Event};
use tablature_faults::Files;

/// How many are tried of each run, unless all are.
const SAMPLE: usize = 8;

const RUNS: [&Run; 6] = [
    &runs::APPLY,
    &runs::APPLY_EACH,
    &runs::APPLY_SPILLING,
    &runs::REVERT,
    &runs::ADOPT,
    &runs::TAKE_OVER,
];

#[test]
fn by_a_panic_at_each_event() {
    of("panics", panic);
}

#[test]
fn by_an_interrupt_at_any_time() {
    of("interrupts", interrupt);
}

/// Cancels at one moment, and tells how many moments there were.
type Cancel = fn(&Run, Journal, &Files, usize) -> usize;

fn of(what: &str, cancel: Cancel) {
    for run in RUNS {
        for journal in JOURNALS {
            let prepared = run.prepared(journal);
            let moments = cancel(run, journal, &prepared, usize::MAX);
            let chance = sample(SAMPLE, moments);
            let mut dice = fastrand::Rng::with_seed(23);
            let mut tried = 0;
            for moment in (0..moments).filter(|_| dice.f64() < chance) {
                cancel(run, journal, &prepared, moment);
                tried += 1;
            }
            println!("{}, {journal:?}: {tried} {what} of {moments}", run.name);
        }
    }
}

fn panic(run: &Run, journal: Journal, prepared: &Files, last: usize) -> usize {
    let events = AtomicUsize::new(0);
    let listener = |_: Event<'_>| {
        if events.fetch_add(1, Ordering::Relaxed) == last {
            // Without a message, which a test would print.
            std::panic::resume_unwind(Box::new("in the function that is told"));
        }
    };
    let runner = MIGRATIONS.runner().on_event(&listener);
    let how = format!("a panic at event {last}");
    let told = disturb(
        run,
        journal,
        prepared,
        &how,
        |disturbed| match catch_unwind(AssertUnwindSafe(|| disturbed.act(&runner))) {
            Ok(result) => {
                result.unwrap();
                Ok(())
            }
            Err(_) => Err("a panic".to_owned()),
        },
    );
    let events = events.into_inner();
    assert_eq!(told.is_some(), events > last, "{how}");
    events
}

fn interrupt(run: &Run, journal: Journal, prepared: &Files, last: usize) -> usize {
    /// After how many steps of the engine's machine it asks whether to go on.
    const STEPS: i32 = 100;
    let asked = Arc::new(AtomicUsize::new(0));
    let how = format!("an interrupt at moment {last}");
    let told = disturb(run, journal, prepared, &how, |disturbed| {
        let counter = Arc::clone(&asked);
        let ask = move || counter.fetch_add(1, Ordering::Relaxed) == last;
        disturbed
            .connection
            .progress_handler(STEPS, Some(ask))
            .unwrap();
        let result = disturbed.act(&MIGRATIONS.runner());
        disturbed
            .connection
            .progress_handler(0, None::<fn() -> bool>)
            .unwrap();
        result.map_err(|error| {
            assert!(matches!(error, Error::Interrupted), "{how}: {error}");
            error.to_string()
        })
    });
    let asked = asked.load(Ordering::Relaxed);
    assert!(last == usize::MAX || told.is_some(), "{how}: it went on");
    asked
}
