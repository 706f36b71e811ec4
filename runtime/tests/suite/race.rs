//! Processes that start at once on a new database.

use crate::support::{dump, migrations, value};
use std::path::Path;
use std::process::{Command, Stdio};
use tablature::Migrations;
use tablature::rusqlite::Connection;

const DATABASE: &str = "TABLATURE_RACE_DATABASE";
const PROCESSES: usize = 8;

fn history() -> Migrations {
    let files: Vec<(&'static str, &'static str)> = (1..=30)
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
