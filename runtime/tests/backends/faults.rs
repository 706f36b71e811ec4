//! The session killed, and the whole server killed, at many points of a run: the old state or the new one, never between.
//!
//! Of a `-- no-transaction` file what is left are statements as a whole, and the next run does the others.
//!
//! An ordinary run kills at some of the things that a run tells of itself; with `TABLATURE_FAULTS` set it kills at each of
//! them, and at moments between, the commit included.

#![expect(clippy::print_stdout, reason = "what a test saw is its output")]

use crate::support::migrations;
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tablature::postgres::{Client, NoTls, SimpleQueryMessage};
use tablature::{Error, Event, Migrations};
use tablature_test_server::Cluster;

const FAULTS: &str = "TABLATURE_FAULTS";

/// What runs are killed in.
struct History {
    migrations: Migrations,
    /// Looks what a run that was killed has left.
    held: fn(&mut Client) -> Held,
}

/// What a database holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    Old,
    /// What a `-- no-transaction` file has done so far, each statement wholly; whether it was left while a statement ran
    /// that the server runs in no transaction.
    Part {
        is_running: bool,
    },
    New,
}

/// Files that share a transaction.
fn together() -> History {
    let mut files = Vec::new();
    for version in 1..=6 {
        let sql = format!(
            "CREATE TABLE label_{version} (id integer PRIMARY KEY, name text);
             INSERT INTO label_{version} VALUES (1, 'one');
             ALTER TABLE label_{version} ADD COLUMN usage_count integer NOT NULL DEFAULT 0;
             CREATE INDEX label_{version}_name ON label_{version} (name);"
        );
        files.push((format!("{version}_label"), sql));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, sql)| (&**name, &**sql)).collect();
    History {
        migrations: migrations::<crate::backend::Synchronous>(&files),
        held: |client| {
            let tables = "SELECT count(*) FROM pg_class WHERE relname ~ '^label_[0-9]$'";
            match (&*value(client, tables), recorded(client)) {
                ("0", None) => Held::Old,
                ("6", Some(6)) => {
                    assert_eq!(value(client, "SELECT sum(id) FROM label_6"), "1");
                    Held::New
                }
                between => panic!("{between:?}"),
            }
        },
    }
}

/// A file whose statements take effect one by one, between two others. `done` holds the numbers of those that have run.
fn alone() -> History {
    let alone = "-- no-transaction
        INSERT INTO done VALUES (1);
        CREATE INDEX CONCURRENTLY pages_by_word ON pages (word);
        INSERT INTO done VALUES (3);
        BEGIN;
        INSERT INTO done VALUES (5);
        INSERT INTO done VALUES (6);
        COMMIT;
        DROP INDEX CONCURRENTLY pages_old;
        INSERT INTO done VALUES (9);
        VACUUM pages;
        ALTER TABLE pages ADD COLUMN note text;
        INSERT INTO done VALUES (12);";
    let files = [
        (
            "1_pages",
            "CREATE TABLE pages (id integer, word text);
             INSERT INTO pages SELECT n, md5(n::text) FROM generate_series(1, 20000) AS n;
             CREATE INDEX pages_old ON pages (id);
             CREATE TABLE done (statement integer);",
        ),
        ("2_alone", alone),
        ("3_last", "CREATE TABLE last (id integer);"),
    ];
    History {
        migrations: migrations::<crate::backend::Synchronous>(&files),
        held: |client| {
            let Some(count) = recorded(client) else {
                assert_eq!(value(client, "SELECT to_regclass('pages')"), "");
                return Held::Old;
            };
            let done = match count {
                0 => String::new(),
                _ => value(
                    client,
                    "SELECT coalesce(string_agg(statement::text, ' ' ORDER BY statement), '') FROM done",
                ),
            };
            let progress = |what: &str, client: &mut Client| {
                let sql = format!("SELECT {what} FROM _tablature_progress WHERE statement > 0");
                value(client, &sql)
            };
            // What has run is what is recorded: neither less nor more, and nothing twice.
            let finished = progress(
                "coalesce(max(statement) FILTER (WHERE text IS NOT NULL), 0)",
                client,
            );
            let finished: usize = match count {
                0 | 1 => finished.parse().unwrap(),
                _ => 12,
            };
            let all = [1, 3, 5, 6, 9, 12].into_iter();
            let expected: Vec<String> = all
                .filter(|statement| *statement <= finished)
                .map(|statement: usize| statement.to_string())
                .collect();
            assert_eq!(done, expected.join(" "), "{finished}");
            let is_running = progress("count(*) FILTER (WHERE text IS NULL)", client) != "0";
            match (count, &*value(client, "SELECT to_regclass('last')")) {
                (0..=2, "") => Held::Part { is_running },
                (3, "last") => Held::New,
                between => panic!("{between:?}"),
            }
        },
    }
}

/// How many migrations are recorded; none if there is no history.
fn recorded(client: &mut Client) -> Option<u32> {
    match &*value(client, "SELECT to_regclass('_tablature_history')") {
        "" => None,
        _ => value(client, "SELECT count(*) FROM _tablature_history")
            .parse()
            .ok(),
    }
}

/// A server that can be killed, and a database on it.
struct Victim {
    cluster: Cluster,
    number: usize,
}

impl Victim {
    fn new() -> Option<Victim> {
        tablature_test_server::shared()?;
        // Slower, as what is durable is what is tested.
        let cluster = Cluster::start(&[("fsync", "on")]).unwrap()?;
        Some(Victim { cluster, number: 0 })
    }

    fn try_connect(&self, database: &str) -> Option<Client> {
        let url = self.cluster.url();
        let url = url.strip_suffix("postgres").unwrap();
        Client::connect(&format!("{url}{database}"), NoTls).ok()
    }

    /// Connects, as soon as the server has recovered.
    fn connect(&self, database: &str) -> Client {
        let started = Instant::now();
        loop {
            match self.try_connect(database) {
                Some(client) => return client,
                None if started.elapsed() > Duration::from_secs(60) => {
                    panic!("{}", self.cluster.log())
                }
                None => std::thread::sleep(Duration::from_millis(20)),
            }
        }
    }

    /// Makes a new database instead of the last one: a server that starts again syncs every file of all of them.
    fn database(&mut self) -> String {
        let mut client = self.connect("postgres");
        let mut run = |sql: String| client.batch_execute(&sql).unwrap();
        run(format!("DROP DATABASE IF EXISTS victim_{}", self.number));
        self.number += 1;
        run(format!(
            "CREATE DATABASE victim_{} TEMPLATE template0",
            self.number
        ));
        format!("victim_{}", self.number)
    }
}

fn value(client: &mut Client, sql: &str) -> String {
    let messages = client.simple_query(sql).unwrap();
    let mut rows = messages.iter().filter_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
        _ => None,
    });
    rows.next().unwrap_or_default()
}

/// Looks what a run that was killed has left, and whether the next one ends well.
fn look(client: &mut Client, history: &History) -> Held {
    let held = (history.held)(client);
    let report = history.migrations.postgres(client).apply().unwrap();
    assert_eq!(report.applied.is_empty(), held == Held::New);
    assert_eq!((history.held)(client), Held::New);
    history.migrations.postgres(client).verify().unwrap();
    let invalid = "SELECT count(*) FROM pg_index WHERE NOT indisvalid";
    assert_eq!(value(client, invalid), "0");
    held
}

/// What is killed.
#[derive(Debug, Clone, Copy)]
enum Kill {
    /// The server's process of the session.
    Session(u32),
    /// All of its processes.
    Server(u32),
}

impl Kill {
    fn now(self) {
        let kill = |pid: u32| {
            let killed = Command::new("kill")
                .args(["-KILL", &pid.to_string()])
                .status();
            killed.unwrap();
        };
        match self {
            Kill::Session(pid) => kill(pid),
            Kill::Server(postmaster) => {
                let path = format!("/proc/{postmaster}/task/{postmaster}/children");
                let children = std::fs::read_to_string(path).unwrap_or_default();
                kill(postmaster);
                let children = children.split_whitespace();
                children.for_each(|child| kill(child.parse().unwrap()));
            }
        }
    }
}

/// The number of the server's first process.
fn postmaster(cluster: &Cluster) -> u32 {
    let text = std::fs::read_to_string(cluster.data().join("postmaster.pid")).unwrap();
    text.lines().next().unwrap().trim().parse().unwrap()
}

/// A moment of a run: so long after the thing at this place among all that a run tells of itself.
#[derive(Debug, Clone, Copy)]
struct Moment {
    event: usize,
    delay: Duration,
}

/// How long a run usually takes from each thing that it tells of itself to the next.
fn gaps(victim: &mut Victim, history: &History) -> Vec<Duration> {
    let name = victim.database();
    let times = Mutex::new(Vec::new());
    let listener = |_: Event<'_>| times.lock().unwrap().push(Instant::now());
    let runner = history.migrations.runner().on_event(&listener);
    runner.postgres(&mut victim.connect(&name)).apply().unwrap();
    let mut times = times.into_inner().unwrap();
    times.push(Instant::now());
    times.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

/// What a run that was killed has said, and what it has left.
struct Killed {
    is_unknown: bool,
    held: Held,
}

/// Runs the migrations on a new database, kills at a moment, and looks what was left.
fn killed_at(victim: &mut Victim, history: &History, moment: Moment, is_server: bool) -> Killed {
    let name = victim.database();
    let mut client = victim.connect(&name);
    let pid: u32 = value(&mut client, "SELECT pg_backend_pid()")
        .parse()
        .unwrap();
    let kill = match is_server {
        true => Kill::Server(postmaster(&victim.cluster)),
        false => Kill::Session(pid),
    };
    let witness = victim.connect("postgres");
    let seen = AtomicUsize::new(0);
    let outcome = std::thread::scope(|scope| {
        let listener = |_: Event<'_>| {
            if seen.fetch_add(1, Ordering::Relaxed) != moment.event {
                return;
            }
            match moment.delay {
                Duration::ZERO => kill.now(),
                delay => {
                    scope.spawn(move || {
                        std::thread::sleep(delay);
                        kill.now();
                    });
                }
            }
        };
        let runner = history.migrations.runner().on_event(&listener);
        runner.postgres(&mut client).apply()
    });
    drop(client);
    assert!(seen.into_inner() > moment.event, "{moment:?}");
    finish(victim, is_server, witness);
    let held = look(&mut victim.connect(&name), history);
    let is_unknown = matches!(outcome, Err(Error::CommitUnknown { .. }));
    // What it says fits what it has left.
    match outcome {
        Ok(_) => assert_eq!(held, Held::New),
        Err(Error::Disconnected { .. }) => assert_ne!(held, Held::New),
        Err(Error::CommitUnknown { .. }) => {}
        Err(error) => panic!("{error}"),
    }
    Killed { is_unknown, held }
}

/// Waits until the kill has done all that it does: with a session that is killed, the server ends all others too.
fn finish(victim: &mut Victim, is_server: bool, mut witness: Client) {
    while witness.simple_query("SELECT 1").is_ok() {
        std::thread::sleep(Duration::from_millis(5));
    }
    if is_server {
        victim.cluster.kill().unwrap();
        victim.cluster.run().unwrap();
    }
}

/// Kills at all that a run tells of itself, and on the way from each to the next; at few of these in an ordinary run,
/// as the server takes its time to start again.
fn at_every_event(history: fn() -> History, is_server: bool) {
    let Some(mut victim) = Victim::new() else {
        return;
    };
    let history = history();
    let gaps = gaps(&mut victim, &history);
    let is_long = std::env::var_os(FAULTS).is_some();
    let (step, parts): (usize, &[f64]) = match is_long {
        true => (1, &[0.0, 0.6]),
        false => (9, &[0.0]),
    };
    let (mut old, mut part, mut running, mut new, mut unknown) = (0, 0, 0, 0, 0);
    for (event, gap) in gaps.iter().enumerate().step_by(step) {
        for of_gap in parts {
            let delay = gap.mul_f64(*of_gap);
            let moment = Moment { event, delay };
            let killed = killed_at(&mut victim, &history, moment, is_server);
            unknown += usize::from(killed.is_unknown);
            match killed.held {
                Held::Old => old += 1,
                Held::Part { is_running: false } => part += 1,
                Held::Part { is_running: true } => running += 1,
                Held::New => new += 1,
            }
        }
    }
    assert!(old > 0);
    println!(
        "{} kills of the {}: {old} old, {part} between statements of a file, {running} within one that runs in no transaction, \
         {new} new; of {unknown} the run did not know",
        old + part + running + new,
        if is_server { "server" } else { "session" },
    );
}

#[test]
fn a_session_that_is_killed_at_any_moment_leaves_the_old_state_or_the_new_one() {
    at_every_event(together, false);
}

#[test]
fn a_server_that_is_killed_at_any_moment_leaves_the_old_state_or_the_new_one() {
    at_every_event(together, true);
}

#[test]
fn a_session_that_is_killed_in_a_no_transaction_file_leaves_whole_statements() {
    at_every_event(alone, false);
}

#[test]
fn a_server_that_is_killed_in_a_no_transaction_file_leaves_whole_statements() {
    at_every_event(alone, true);
}
