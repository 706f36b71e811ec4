//! The session killed, and the whole server killed, at many points of a run: the old state or the new one, never between.
//!
//! A short run kills at each thing that a run tells of itself. With `TABLATURE_FAULTS` set, some hundred kills at moments
//! of chance follow, which hit what lies between, the commit included.

#![expect(clippy::print_stdout, reason = "what a test saw is its output")]

use crate::support::migrations;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tablature::postgres::{Client, NoTls, SimpleQueryMessage};
use tablature::{Error, Event, Migrations};
use tablature_test_server::Cluster;

const FAULTS: &str = "TABLATURE_FAULTS";

fn history() -> Migrations {
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
    migrations::<crate::backend::Synchronous>(&files)
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

    /// Makes a new database.
    fn database(&mut self) -> String {
        self.number += 1;
        let name = format!("victim_{}", self.number);
        let mut client = self.connect("postgres");
        client
            .batch_execute(&format!("CREATE DATABASE {name} TEMPLATE template0"))
            .unwrap();
        name
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

/// What a database holds: nothing, or everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    Old,
    New,
}

/// Looks what a run that was killed has left, and whether the next one ends well.
fn look(client: &mut Client, migrations: &Migrations) -> Held {
    let tables = "SELECT count(*) FROM pg_class WHERE relname ~ '^label_[0-9]$'";
    let history = "SELECT count(*) FROM pg_class WHERE relname = '_tablature_history'";
    let held = match (&*value(client, tables), &*value(client, history)) {
        ("0", "0") => Held::Old,
        ("6", "1") => {
            assert_eq!(
                value(client, "SELECT count(*) FROM _tablature_history"),
                "6"
            );
            assert_eq!(value(client, "SELECT sum(id) FROM label_6"), "1");
            Held::New
        }
        between => panic!("{between:?}"),
    };
    let report = migrations.postgres(client).apply().unwrap();
    assert_eq!(report.applied.is_empty(), held == Held::New);
    migrations.postgres(client).verify().unwrap();
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

/// Runs the migrations on a new database, kills at one of the events, and tells what was left; none if the run has ended
/// before.
fn killed_at(
    victim: &mut Victim,
    migrations: &Migrations,
    at: usize,
    is_server: bool,
) -> Option<Held> {
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
    let listener = |_: Event<'_>| {
        if seen.fetch_add(1, Ordering::Relaxed) == at {
            kill.now();
        }
    };
    let outcome = migrations
        .runner()
        .on_event(&listener)
        .postgres(&mut client)
        .apply();
    drop(client);
    let was_killed = seen.load(Ordering::Relaxed) > at;
    if was_killed {
        finish(victim, is_server, witness);
    }
    let held = look(&mut victim.connect(&name), migrations);
    agrees(&outcome, held);
    was_killed.then_some(held)
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

/// What a run says fits what it has left.
fn agrees(outcome: &Result<tablature::Report, Error>, held: Held) {
    match outcome {
        Ok(_) => assert_eq!(held, Held::New),
        Err(Error::Disconnected { .. }) => assert_eq!(held, Held::Old),
        Err(Error::CommitUnknown { .. }) => {}
        Err(error) => panic!("{error}"),
    }
}

fn at_every_event(is_server: bool) {
    let Some(mut victim) = Victim::new() else {
        return;
    };
    let migrations = history();
    let mut states = Vec::new();
    // The server takes its time to start again.
    let step = if std::env::var_os(FAULTS).is_some() {
        1
    } else {
        9
    };
    for at in (0..).step_by(step) {
        match killed_at(&mut victim, &migrations, at, is_server) {
            Some(held) => states.push(held),
            None => break,
        }
    }
    assert!(states.contains(&Held::Old), "{states:?}");
    println!("{} kills: {states:?}", states.len());
}

#[test]
fn a_session_that_is_killed_at_any_event_leaves_the_old_state_or_the_new_one() {
    at_every_event(false);
}

#[test]
fn a_server_that_is_killed_at_any_event_leaves_the_old_state_or_the_new_one() {
    at_every_event(true);
}

/// Kills at moments of chance, as long as a run takes.
#[test]
fn what_is_killed_at_any_moment_leaves_the_old_state_or_the_new_one() {
    if std::env::var_os(FAULTS).is_none() {
        return;
    }
    let Some(mut victim) = Victim::new() else {
        return;
    };
    let migrations = history();
    let name = victim.database();
    let started = Instant::now();
    migrations
        .postgres(&mut victim.connect(&name))
        .apply()
        .unwrap();
    let usual = started.elapsed();
    let (mut old, mut new, mut unknown) = (0, 0, 0);
    for trial in 0..200_u32 {
        let is_server = trial % 4 == 3;
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
        // Moments all over the run, and more of them towards its end.
        let part = f64::from(trial * 7919 % 200) / 200.0;
        let moment = usual.mul_f64(1.3 * part.sqrt());
        let outcome = std::thread::scope(|scope| {
            scope.spawn(move || {
                std::thread::sleep(moment);
                kill.now();
            });
            migrations.postgres(&mut client).apply()
        });
        drop(client);
        finish(&mut victim, is_server, witness);
        if let Err(Error::CommitUnknown { .. }) = &outcome {
            unknown += 1;
        }
        let held = look(&mut victim.connect(&name), &migrations);
        agrees(&outcome, held);
        match held {
            Held::Old => old += 1,
            Held::New => new += 1,
        }
    }
    println!("200 kills: {old} old, {new} new, of {unknown} it was not known");
}
