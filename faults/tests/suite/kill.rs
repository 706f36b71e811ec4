//! A program of its own is killed by the system, on real files, at any time and at each event.

use crate::backup;
use crate::database::{NAME, new_directory, plain, state};
use crate::history::MIGRATIONS;
use crate::runs::{
    APPLY, APPLY_EACH, APPLY_SHARED, JOURNALS, Journal, REVERT, Run, is_all, sample,
};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How many programs are killed for each run and journal, about; on request at every event, and at any time as often as
/// this says.
const SAMPLE: usize = 2;
const MANY: usize = 100;

const RUNS: &[&Run] = &[&APPLY, &APPLY_EACH, &APPLY_SHARED, &REVERT, &backup::APPLY];

const DATABASE: &str = "TABLATURE_FAULTS_DIRECTORY";
const RUN: &str = "TABLATURE_FAULTS_RUN";
const EVENT: &str = "TABLATURE_FAULTS_EVENT";

/// What the program does; a test that does nothing when it is run as one.
#[test]
fn one_that_is_killed() {
    let Ok(directory) = std::env::var(DATABASE) else {
        return;
    };
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let run: usize = number(RUN).unwrap();
    let last: usize = number(EVENT).unwrap_or(usize::MAX);
    let events = AtomicUsize::new(0);
    let listener = |_: tablature::Event<'_>| {
        if events.fetch_add(1, Ordering::Relaxed) == last {
            std::process::abort();
        }
    };
    let runner = MIGRATIONS.runner().on_event(&listener);
    let directory = Path::new(&directory);
    let mut connection = plain(&directory.join(NAME));
    (RUNS[run].act)(&runner, &mut connection, directory).unwrap();
    println!("events={}.", events.into_inner());
}

fn start(directory: &Path, run: usize, event: Option<usize>) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "kill::one_that_is_killed", "--nocapture"])
        .env(DATABASE, directory)
        .env(RUN, run.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if let Some(event) = event {
        command.env(EVENT, event.to_string());
    }
    command.spawn().unwrap()
}

/// Looks at what a killed program has left, and lets another come to its end.
fn check(directory: &Path, number: usize, journal: Journal, when: &str) -> usize {
    let run = RUNS[number];
    let states = (run.states)();
    let place = format!("{}, {journal:?}, {when}", run.name);
    let look = || {
        let connection = plain(&directory.join(NAME));
        state(&connection, &states, run.others).unwrap_or_else(|error| panic!("{place}: {error}"))
    };
    let found = look();
    backup::check(directory, states[0]).unwrap_or_else(|error| panic!("{place}: {error}"));
    let end = start(directory, number, None).wait().unwrap();
    assert!(end.success(), "{place}: from {:?}", states[found]);
    assert_eq!(look() + 1, states.len(), "{place}");
    found
}

#[test]
fn at_any_time() {
    let mut dice = fastrand::Rng::with_seed(17);
    let times = if is_all() { MANY } else { SAMPLE };
    for journal in JOURNALS {
        for (number, run) in RUNS.iter().enumerate() {
            let mut found = vec![0; (run.states)().len()];
            // How long it takes is found out on the way.
            let mut longest = Duration::from_millis(20);
            for _ in 0..times {
                let directory = new_directory();
                run.prepare(directory.path(), journal);
                let mut child = start(directory.path(), number, None);
                let started = Instant::now();
                std::thread::sleep(longest.mul_f64(dice.f64()));
                let is_over = child.try_wait().unwrap().is_some();
                child.kill().unwrap();
                child.wait().unwrap();
                let took = started.elapsed();
                longest = if is_over {
                    longest.min(took)
                } else {
                    longest.mul_f64(1.3)
                };
                found[check(directory.path(), number, journal, "at any time")] += 1;
            }
            println!("{}, {journal:?}: found at {found:?}", run.name);
        }
    }
}

#[test]
fn at_each_event() {
    for journal in JOURNALS {
        for (number, run) in RUNS.iter().enumerate() {
            let directory = new_directory();
            run.prepare(directory.path(), journal);
            let output = start(directory.path(), number, None)
                .wait_with_output()
                .unwrap();
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            let (_, count) = text.split_once("events=").unwrap();
            let events: usize = count.split('.').next().unwrap().parse().unwrap();
            let chance = sample(SAMPLE, events);
            let mut dice = fastrand::Rng::with_seed(19);
            let mut killed = 0;
            for event in (0..events).filter(|_| dice.f64() < chance) {
                let directory = new_directory();
                run.prepare(directory.path(), journal);
                let end = start(directory.path(), number, Some(event)).wait().unwrap();
                assert!(!end.success(), "it was killed at event {event}");
                check(directory.path(), number, journal, &format!("event {event}"));
                killed += 1;
            }
            println!(
                "{}, {journal:?}: killed at {killed} of {events} events",
                run.name
            );
        }
    }
}

/// Programs that start at once take turns; those that are killed meanwhile leave to the others what they had begun.
#[test]
fn while_others_go_on() {
    const AT_ONCE: usize = 4;
    let mut dice = fastrand::Rng::with_seed(29);
    let times = if is_all() { MANY } else { SAMPLE };
    for journal in JOURNALS {
        for (number, run) in RUNS.iter().enumerate() {
            let mut killed = 0;
            for _ in 0..times {
                let directory = new_directory();
                run.prepare(directory.path(), journal);
                let mut programs: Vec<Child> = (0..AT_ONCE)
                    .map(|_| start(directory.path(), number, None))
                    .collect();
                let survivor = programs.swap_remove(dice.usize(..AT_ONCE));
                for mut program in programs {
                    std::thread::sleep(Duration::from_millis(dice.u64(0..15)));
                    killed += usize::from(program.try_wait().unwrap().is_none());
                    program.kill().unwrap();
                    program.wait().unwrap();
                }
                let output = survivor.wait_with_output().unwrap();
                let text = String::from_utf8_lossy(&output.stderr).into_owned();
                assert!(output.status.success(), "{}, {journal:?}: {text}", run.name);
                let states = (run.states)();
                let connection = plain(&directory.path().join(NAME));
                let found = state(&connection, &states, run.others);
                assert_eq!(found, Ok(states.len() - 1), "{}, {journal:?}", run.name);
                backup::check(directory.path(), states[0]).unwrap();
            }
            println!(
                "{}, {journal:?}: {killed} killed while another goes on",
                run.name
            );
        }
    }
}
