//! The comment that the script begins with: what it does, how to run it, and what it cannot know.

use super::{Repair, one_line};
use std::fmt::Display;

/// What a script is for, and so how it was tried and how it is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    #[cfg(feature = "sqlite")]
    Sqlite,
    #[cfg(feature = "tokio-postgres")]
    Postgres,
}

impl Engine {
    /// How it was proven, and how to run it.
    fn advice(self) -> &'static str {
        match self {
            #[cfg(feature = "sqlite")]
            Engine::Sqlite => {
                "-- Proven on a copy of it, and for no other: a database with another schema is left as it is.\n\
                 --\n\
                 -- Stop what writes to it, take a backup, and run this on a connection of its own:\n\
                 --     sqlite3 -bail app.db < repair.sql\n\
                 -- All of it takes effect or nothing. After an error, ROLLBACK or close the connection.\n"
            }
            #[cfg(feature = "tokio-postgres")]
            Engine::Postgres => {
                "-- Proven on it, in a transaction that was undone, and for no other: a database whose schema has been\n\
                 -- changed since is left as it is.\n\
                 --\n\
                 -- Stop what writes to it, take a backup (pg_dump --format=custom), and run this on a connection of its own:\n\
                 --     psql -v ON_ERROR_STOP=1 -f repair.sql \"$DATABASE_URL\"\n\
                 -- All of it takes effect or nothing. After an error, ROLLBACK or close the connection.\n"
            }
        }
    }
}

/// Writes it.
pub(crate) fn of(repair: &Repair, engine: Engine) -> String {
    let mut head = match repair.version {
        Some(version) => {
            format!("-- Brings this database back to what the migrations up to {version} define.\n")
        }
        None => {
            "-- Brings this database back to what it is before the first migration.\n".to_owned()
        }
    };
    head.push_str(engine.advice());
    let lists: [(&str, Vec<String>); 4] = [
        ("It mends", texts(&repair.mends)),
        ("It drops", texts(&repair.drops)),
        (
            "It keeps, until you name it to drop it or ignore it",
            texts(&repair.kept),
        ),
        ("It cannot know", repair.notes.clone()),
    ];
    for (title, lines) in lists.iter().filter(|(_, lines)| !lines.is_empty()) {
        head.push_str(&format!("--\n-- {title}:\n"));
        for line in lines {
            head.push_str(&format!("--   {}\n", one_line(line)));
        }
    }
    head
}

fn texts(things: &[impl Display]) -> Vec<String> {
    things.iter().map(ToString::to_string).collect()
}
