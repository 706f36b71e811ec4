//! Processes that start at once on a new database: eight of one program, and 64 of programs of different ages.

use crate::support::{dump, migrations, value};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;
use tablature::rusqlite::Connection;
use tablature::{Error, Event, Migrations};

const DATABASE: &str = "TABLATURE_RACE_DATABASE";
const PROCESSES: usize = 8;

/// The last migration of the newer program, and of the older one.
const NEWEST: u32 = 30;
const OLDEST: u32 = 20;

const PROGRAM: &str = "TABLATURE_RACE_PROGRAM";
const TRANSACTIONS: &str = "TABLATURE_RACE_TRANSACTIONS";
const START: &str = "TABLATURE_RACE_START";

/// How many trials there are: four unless this variable says more.
const TRIALS: &str = "TABLATURE_RACE_TRIALS";

/// How many processes start at one instant.
const CROWD: usize = 64;

fn history() -> Migrations {
    history_until(NEWEST)
}

fn history_until(last: u32) -> Migrations {
    let files: Vec<(&'static str, &'static str)> = (1..=last)
        .map(|version: u32| {
            let sql = format!(
                "CREATE TABLE label_{version} (id INTEGER PRIMARY KEY, name TEXT);
                 INSERT INTO label_{version} (name) VALUES ('one');
                 ALTER TABLE label_{version} ADD COLUMN usage_count INTEGER NOT NULL DEFAULT 0;
                 CREATE INDEX label_{version}_name ON label_{version} (name);"
            );
            (&*format!("{version}_label").leak(), &*sql.leak())
        })
        .collect();
    migrations(&files)
}

/// What each process does; a test that does nothing when it is run as one.
#[test]
fn one_of_many_processes() {
    let Ok(path) = std::env::var(DATABASE) else {
        return;
    };
    let mut connection = Connection::open(path).unwrap();
    let report = history().apply(&mut connection).unwrap();
    println!("applied={}", report.applied.len());
}

fn race(path: &Path) -> Vec<usize> {
    let start = |_| {
        Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "race::one_of_many_processes",
                "--nocapture",
                "--test-threads=1",
            ])
            .env(DATABASE, path)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let processes: Vec<_> = (0..PROCESSES).map(start).collect();
    let applied = |process: std::process::Child| {
        let output = process.wait_with_output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            output.status.success(),
            "{text}{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let (_, count) = text.split_once("applied=").unwrap();
        let count: String = count.chars().take_while(char::is_ascii_digit).collect();
        count.parse::<usize>().unwrap()
    };
    processes.into_iter().map(applied).collect()
}

#[test]
fn eight_processes_apply_a_history_once() {
    let directory = tempfile::tempdir().unwrap();
    let alone = directory.path().join("alone.db");
    let mut connection = Connection::open(&alone).unwrap();
    history().apply(&mut connection).unwrap();
    let timeless = |connection: &Connection| {
        let lines = dump(connection).into_iter();
        lines
            .filter(|line| !line.starts_with("_tablature_history:"))
            .collect::<Vec<_>>()
    };
    let expected = timeless(&connection);
    for trial in 0..20 {
        let path = directory.path().join(format!("{trial}.db"));
        if trial % 2 == 1 {
            let connection = Connection::open(&path).unwrap();
            connection
                .pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))
                .unwrap();
        }
        let mut applied = race(&path);
        applied.sort_unstable();
        let mut once = vec![0; PROCESSES];
        once[PROCESSES - 1] = 30;
        assert_eq!(applied, once, "trial {trial}");
        let connection = Connection::open(&path).unwrap();
        assert_eq!(timeless(&connection), expected);
        assert_eq!(
            value::<i64>(&connection, "SELECT count(*) FROM _tablature_history"),
            30
        );
        assert_eq!(value::<String>(&connection, "PRAGMA integrity_check"), "ok");
    }
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
    let Ok(path) = std::env::var(DATABASE) else {
        return;
    };
    let Ok(program) = std::env::var(PROGRAM) else {
        return;
    };
    let mut all = Program::ALL.into_iter();
    let program = all.find(|one| one.name() == program).unwrap();
    let migrations = history_until(match program {
        Program::New => NEWEST,
        Program::Old | Program::OldAndAccepting => OLDEST,
    });
    let versions = Mutex::new((Vec::new(), Vec::new()));
    let listener = |event: Event<'_>| {
        let (finished, committed) = &mut *versions.lock().unwrap();
        match event {
            Event::MigrationFinished(applied) => finished.push(applied.version),
            Event::Committed => committed.append(finished),
            _ => {}
        }
    };
    let mut runner = migrations.runner().on_event(&listener);
    if program == Program::OldAndAccepting {
        runner = runner.accept_newer_if_additive();
    }
    if std::env::var(TRANSACTIONS).as_deref() == Ok("each") {
        runner = runner.transaction_per_migration();
    }
    let mut connection = Connection::open(path).unwrap();
    let start = std::env::var(START).unwrap();
    println!("ready=");
    while !Path::new(&start).exists() {
        std::thread::sleep(Duration::from_millis(1));
    }
    let outcome = match runner.apply(&mut connection) {
        Ok(_) => "fine".to_owned(),
        Err(Error::Newer { head, .. }) if head == Some(i64::from(OLDEST)) => "refused".to_owned(),
        Err(error) => format!("failed: {error}").replace('\n', " "),
    };
    let (_, committed) = versions.into_inner().unwrap();
    println!("outcome={outcome}");
    println!("versions={committed:?}");
}

/// A process of the crowd that waits for its start.
struct Waiting {
    program: Program,
    process: Child,
    output: BufReader<ChildStdout>,
}

impl Waiting {
    fn new(program: Program, path: &Path, start: &Path, transactions: &str) -> Waiting {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "race::one_of_a_crowd",
                "--nocapture",
                "--test-threads=1",
            ])
            .env(DATABASE, path)
            .env(PROGRAM, program.name())
            .env(TRANSACTIONS, transactions)
            .env(START, start)
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
            assert_ne!(self.output.read_line(&mut line).unwrap(), 0);
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

#[test]
fn sixty_four_processes_of_two_programs_apply_each_migration_once() {
    let directory = tempfile::tempdir().unwrap();
    let mut connection = Connection::open(directory.path().join("alone.db")).unwrap();
    history().apply(&mut connection).unwrap();
    let timeless = |connection: &Connection| {
        let lines = dump(connection).into_iter();
        lines
            .filter(|line| !line.starts_with("_tablature_history:"))
            .collect::<Vec<_>>()
    };
    let expected = timeless(&connection);
    let trials = std::env::var(TRIALS).ok().and_then(|it| it.parse().ok());
    let mut counts: BTreeMap<(&str, String), usize> = BTreeMap::new();
    let mut applying = 0;
    for trial in 0..trials.unwrap_or(4) {
        let path = directory.path().join(format!("{trial}.db"));
        if trial % 2 == 1 {
            let connection = Connection::open(&path).unwrap();
            connection
                .pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))
                .unwrap();
        }
        let transactions = if trial % 4 < 2 { "shared" } else { "each" };
        let start = directory.path().join(format!("{trial}.start"));
        let programs = Program::ALL.into_iter().cycle().take(CROWD);
        let mut crowd: Vec<Waiting> = programs
            .map(|program| Waiting::new(program, &path, &start, transactions))
            .collect();
        crowd.iter_mut().for_each(Waiting::wait_until_ready);
        std::fs::write(&start, "").unwrap();
        let mut applied = Vec::new();
        for one in crowd {
            let (program, outcome, versions) = one.finish();
            let may = match program {
                Program::New | Program::OldAndAccepting => outcome == "fine",
                Program::Old => outcome == "fine" || outcome == "refused",
            };
            assert!(may, "trial {trial}, {}: {outcome}", program.name());
            applying += usize::from(!versions.is_empty());
            applied.extend(versions);
            *counts.entry((program.name(), outcome)).or_default() += 1;
        }
        applied.sort_unstable();
        let once: Vec<i64> = (1..=i64::from(NEWEST)).collect();
        assert_eq!(applied, once, "trial {trial}");
        let connection = Connection::open(&path).unwrap();
        assert_eq!(timeless(&connection), expected, "trial {trial}");
        let recorded = "SELECT count(*) FROM _tablature_history";
        assert_eq!(value::<u32>(&connection, recorded), NEWEST);
        assert_eq!(value::<String>(&connection, "PRAGMA integrity_check"), "ok");
        history().verify(&connection).unwrap();
    }
    println!("{counts:?}; {applying} processes have applied something");
}
