//! Sixty-four processes of programs of different ages and with different clients, which start at once on a new database.

#![expect(clippy::print_stdout, reason = "what a test saw is its output")]

use crate::backend::Synchronous;
use crate::support::{expecting, migrations};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};
use tablature::migration::{Embedded, Expected};
use tablature::postgres::{Client, NoTls, SimpleQueryMessage};
use tablature::{Error, Event, Migrations, Report, Runner};
use tablature_model::expected::{read, write};
use tablature_test_server::Cluster;

/// The last migration of the newer program, and of the older one.
const NEWEST: u32 = 30;
const OLDEST: u32 = 20;

/// How many processes start at one instant.
const CROWD: usize = 64;

/// How many trials there are: two unless this variable says more.
const TRIALS: &str = "TABLATURE_RACE_TRIALS";

const DATABASE: &str = "TABLATURE_RACE_DATABASE";
const PROGRAM: &str = "TABLATURE_RACE_PROGRAM";
const CLIENT: &str = "TABLATURE_RACE_CLIENT";
const TRANSACTIONS: &str = "TABLATURE_RACE_TRANSACTIONS";
const DIRECTORY: &str = "TABLATURE_RACE_DIRECTORY";
const START: &str = "TABLATURE_RACE_START";

fn files(last: u32) -> Vec<(String, String)> {
    let file = |version: u32| {
        let sql = format!(
            "CREATE TABLE label_{version} (id serial PRIMARY KEY, name text);
             INSERT INTO label_{version} (name) VALUES ('one');
             ALTER TABLE label_{version} ADD COLUMN usage_count integer NOT NULL DEFAULT 0;
             CREATE INDEX label_{version}_name ON label_{version} (name);"
        );
        (format!("{version}_label"), sql)
    };
    (1..=last).map(file).collect()
}

fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files.iter().map(|(stem, sql)| (&**stem, &**sql)).collect()
}

/// Writes what the program's migrations leave behind for its processes, which have no server to find it out on.
fn write_expected(directory: &Path, last: u32) -> Migrations {
    let migrations = migrations::<Synchronous>(&borrowed(&files(last)));
    let schema = migrations.expected.postgres().unwrap();
    std::fs::write(directory.join(last.to_string()), write(&*schema)).unwrap();
    migrations
}

fn read_expected(directory: &Path, last: u32) -> Migrations {
    let text = std::fs::read_to_string(directory.join(last.to_string())).unwrap();
    let schema = read(text.leak()).unwrap();
    let expected = Expected::Postgres(Embedded::Value(schema));
    expecting(&borrowed(&files(last)), expected)
}

/// What a process is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Program {
    New,
    Old,
    /// It accepts what a newer one has added.
    OldAndAccepting,
}

impl Program {
    const ALL: [Program; 3] = [Program::New, Program::Old, Program::OldAndAccepting];

    fn name(self) -> &'static str {
        match self {
            Program::New => "new",
            Program::Old => "old",
            Program::OldAndAccepting => "old and accepting",
        }
    }
}

/// What each process of the crowd does; a test that does nothing when it is run as one.
#[test]
fn one_of_a_crowd() {
    let Ok(program) = std::env::var(PROGRAM) else {
        return;
    };
    let mut all = Program::ALL.into_iter();
    let program = all.find(|one| one.name() == program).unwrap();
    let directory = std::env::var(DIRECTORY).unwrap();
    let migrations = read_expected(
        Path::new(&directory),
        match program {
            Program::New => NEWEST,
            Program::Old | Program::OldAndAccepting => OLDEST,
        },
    );
    let versions = Mutex::new((Vec::new(), Vec::new()));
    let listener = |event: Event<'_>| {
        let (finished, committed) = &mut *versions.lock().unwrap();
        match event {
            Event::MigrationFinished(applied) => finished.push(applied.version),
            Event::Committed => committed.append(finished),
            _ => {}
        }
    };
    let patience = Duration::from_secs(120);
    let mut runner = migrations
        .runner()
        .busy_timeout(patience)
        .on_event(&listener);
    if program == Program::OldAndAccepting {
        runner = runner.accept_newer_if_additive();
    }
    if std::env::var(TRANSACTIONS).as_deref() == Ok("each") {
        runner = runner.transaction_per_migration();
    }
    let url = std::env::var(DATABASE).unwrap();
    let applied = match std::env::var(CLIENT).as_deref() {
        Ok("tokio-postgres") => asynchronously(&url, runner),
        _ => synchronously(&url, runner),
    };
    let outcome = match applied {
        Ok(_) => "fine".to_owned(),
        Err(Error::Newer { version, head, .. })
            if head == Some(i64::from(OLDEST)) && version > i64::from(OLDEST) =>
        {
            "refused".to_owned()
        }
        Err(error) => format!("failed: {error}").replace('\n', " "),
    };
    let (_, committed) = versions.into_inner().unwrap();
    println!("outcome={outcome}");
    println!("versions={committed:?}");
}

/// Tells that this process is connected, and waits for the start of all.
fn wait_for_start() {
    let start = std::env::var(START).unwrap();
    println!("ready=");
    while !Path::new(&start).exists() {
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn synchronously(url: &str, runner: Runner<'_>) -> Result<Report, Error> {
    let mut client = Client::connect(url, NoTls).unwrap();
    wait_for_start();
    runner.postgres(&mut client).apply()
}

fn asynchronously(url: &str, runner: Runner<'_>) -> Result<Report, Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let connecting = tablature::tokio_postgres::connect(url, NoTls);
        let (mut client, connection) = connecting.await.unwrap();
        tokio::spawn(connection);
        wait_for_start();
        runner.tokio_postgres(&mut client).apply().await
    })
}

/// A process of the crowd that waits for its start.
struct Waiting {
    program: Program,
    process: Child,
    output: BufReader<ChildStdout>,
}

impl Waiting {
    fn new(program: Program, client: &str, trial: &Trial<'_>) -> Waiting {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "race::one_of_a_crowd"])
            .args(["--nocapture", "--test-threads=1"])
            .env(DATABASE, &trial.url)
            .env(PROGRAM, program.name())
            .env(CLIENT, client)
            .env(TRANSACTIONS, trial.transactions)
            .env(DIRECTORY, trial.directory)
            .env(START, trial.start())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        Waiting {
            program,
            process,
            output,
        }
    }

    fn wait_until_ready(&mut self) {
        let mut line = String::new();
        while !line.contains("ready=") {
            line.clear();
            if self.output.read_line(&mut line).unwrap() == 0 {
                let mut errors = String::new();
                let stderr = self.process.stderr.take();
                stderr.unwrap().read_to_string(&mut errors).unwrap();
                panic!("{errors}");
            }
        }
    }

    /// How it ended, and the versions that it has applied and committed.
    fn finish(mut self) -> (Program, String, Vec<i64>) {
        let mut text = String::new();
        self.output.read_to_string(&mut text).unwrap();
        let mut errors = String::new();
        let stderr = self.process.stderr.take();
        stderr.unwrap().read_to_string(&mut errors).unwrap();
        assert!(self.process.wait().unwrap().success(), "{text}{errors}");
        let after = |name: &str| -> String {
            let (_, rest) = text.split_once(name).unwrap();
            rest.lines().next().unwrap().to_owned()
        };
        let versions = after("versions=[");
        let versions = versions.trim_end_matches(']').split(", ");
        let versions = versions.filter(|version| !version.is_empty());
        let versions = versions.map(|version| version.parse().unwrap());
        (self.program, after("outcome="), versions.collect())
    }
}

struct Trial<'a> {
    number: usize,
    url: String,
    transactions: &'static str,
    directory: &'a Path,
}

impl Trial<'_> {
    fn start(&self) -> std::path::PathBuf {
        self.directory.join(format!("{}.start", self.number))
    }

    /// Starts the crowd at one instant, and tells how each process ended.
    fn run(&self) -> Vec<(Program, String, Vec<i64>)> {
        let programs = Program::ALL.into_iter().cycle().take(CROWD);
        // Both clients, in each of the programs.
        let clients = ["postgres", "tokio-postgres"].into_iter().cycle();
        let mut crowd: Vec<Waiting> = programs
            .zip(clients)
            .map(|(program, client)| Waiting::new(program, client, self))
            .collect();
        crowd.iter_mut().for_each(Waiting::wait_until_ready);
        std::fs::write(self.start(), "").unwrap();
        crowd.into_iter().map(Waiting::finish).collect()
    }
}

#[test]
fn sixty_four_processes_of_two_programs_apply_each_migration_once() {
    if tablature_test_server::shared().is_none() {
        return;
    }
    // With as many connections as the crowd needs, whatever the others do.
    let Some(cluster) = Cluster::start(&[]).unwrap() else {
        println!("64 processes did not run: no server is installed");
        return;
    };
    let directory = tempfile::tempdir().unwrap();
    let newer = write_expected(directory.path(), NEWEST);
    write_expected(directory.path(), OLDEST);
    let server = cluster.url();
    let server = server.strip_suffix("postgres").unwrap();
    let mut administrator = Client::connect(&cluster.url(), NoTls).unwrap();
    let trials = std::env::var(TRIALS).ok().and_then(|it| it.parse().ok());
    let mut counts: BTreeMap<(&str, String), usize> = BTreeMap::new();
    let mut applying = 0;
    let started = Instant::now();
    let trials = trials.unwrap_or(2);
    for number in 0..trials {
        let name = format!("race_{number}");
        administrator
            .batch_execute(&format!("CREATE DATABASE {name} TEMPLATE template0"))
            .unwrap();
        let trial = Trial {
            number,
            url: format!("{server}{name}"),
            transactions: if number % 2 == 0 { "shared" } else { "each" },
            directory: directory.path(),
        };
        let mut applied = Vec::new();
        for (program, outcome, versions) in trial.run() {
            let may = match program {
                Program::New | Program::OldAndAccepting => outcome == "fine",
                Program::Old => outcome == "fine" || outcome == "refused",
            };
            assert!(may, "trial {number}, {}: {outcome}", program.name());
            applying += usize::from(!versions.is_empty());
            applied.extend(versions);
            *counts.entry((program.name(), outcome)).or_default() += 1;
        }
        applied.sort_unstable();
        let once: Vec<i64> = (1..=i64::from(NEWEST)).collect();
        assert_eq!(applied, once, "trial {number}");
        let mut client = Client::connect(&trial.url, NoTls).unwrap();
        assert_eq!(left(&mut client), "30 recorded, 30 tables, 30 rows");
        newer.postgres(&mut client).verify().unwrap();
    }
    println!(
        "{trials} trials of {CROWD} processes in {:.0?}: {counts:?}; {applying} processes have applied something",
        started.elapsed()
    );
}

/// What a trial has left in its database.
fn left(client: &mut Client) -> String {
    let rows: Vec<String> = (1..=NEWEST)
        .map(|version| format!("(SELECT count(*) FROM label_{version})"))
        .collect();
    let sql = format!(
        "SELECT (SELECT count(*) FROM _tablature_history) || ' recorded, '
           || (SELECT count(*) FROM pg_class WHERE relname ~ '^label_[0-9]+$') || ' tables, '
           || ({}) || ' rows'",
        rows.join(" + ")
    );
    let messages = client.simple_query(&sql).unwrap();
    let mut rows = messages.iter().filter_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
        _ => None,
    });
    rows.next().unwrap_or_default()
}
