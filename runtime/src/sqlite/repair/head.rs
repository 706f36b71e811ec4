//! The comment that the script begins with: what it does, how to run it, and what it cannot know.

use crate::repair::{Repair, one_line};
use std::fmt::Display;

/// Writes it.
pub(super) fn of(repair: &Repair) -> String {
    let mut head = match repair.version {
        Some(version) => {
            format!("-- Brings this database back to what the migrations up to {version} define.\n")
        }
        None => {
            "-- Brings this database back to what it is before the first migration.\n".to_owned()
        }
    };
    head.push_str(
        "-- Proven on a copy of it, and for no other: a database with another schema is left as it is.\n\
         --\n\
         -- Stop what writes to it, take a backup, and run this on a connection of its own:\n\
         --     sqlite3 -bail app.db < repair.sql\n\
         -- All of it takes effect or nothing. After an error, ROLLBACK or close the connection.\n",
    );
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
