//! With the feature `tracing` a run tells of itself through that crate.

#![allow(clippy::unwrap_used, reason = "a test fails where a value is missing")]

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use tablature::rusqlite::Connection;
use tablature_stories::sqlite::MIGRATIONS;
use tracing::Level;

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn an_operator_sees_each_migration_and_nothing_of_a_start_without_any() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(Level::INFO)
        .with_ansi(false)
        .without_time()
        .with_writer(move || writer.clone())
        .finish();
    let mut connection = Connection::open_in_memory().unwrap();
    tracing::subscriber::with_default(subscriber, || {
        MIGRATIONS.apply(&mut connection).unwrap();
        MIGRATIONS.apply(&mut connection).unwrap();
    });
    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    assert_eq!(lines.len(), MIGRATIONS.list.len() + 2, "{text}");
    assert_eq!(lines[0], "INFO tablature: applying migrations count=19");
    assert!(
        lines[1].starts_with("INFO tablature: migration finished version=1 name=create_users"),
        "{}",
        lines[1]
    );
    assert_eq!(lines.last(), Some(&"INFO tablature: committed"));
}
