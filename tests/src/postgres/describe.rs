//! A schema as both sides can report it: the server from its catalogs, the replay from its own.
//!
//! `describe.sql` beside this file says what is in it, a line for each fact.

use similar::TextDiff;
use std::fmt;

/// The query that a server is asked.
pub const QUERY: &str = include_str!("describe.sql");

/// What a schema holds, sorted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Description {
    facts: Vec<Fact>,
}

/// A line of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fact {
    /// The object that it belongs to, such as `table public.users`.
    pub object: String,
    /// The part of the object. The fact of [`Part::Head`] is there exactly once.
    pub part: Part,
    /// The place among those of its part that have an order.
    pub position: u32,
    /// What it says; in a head, what follows the name.
    pub line: String,
}

/// A part of an object, in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Part {
    /// What the object is.
    Head = 0,
    /// Columns, labels, arguments.
    Members = 1,
    /// Constraints; settings of functions.
    Constraints = 2,
    /// Indexes.
    Indexes = 3,
    /// Triggers.
    Triggers = 4,
    /// Rules.
    Rules = 5,
    /// Policies.
    Policies = 6,
    /// The comment on the object itself.
    Comment = 9,
}

impl Part {
    const ALL: [Part; 8] = [
        Part::Head,
        Part::Members,
        Part::Constraints,
        Part::Indexes,
        Part::Triggers,
        Part::Rules,
        Part::Policies,
        Part::Comment,
    ];

    /// The part of a number in the answer to the query.
    #[must_use]
    pub fn of(number: u8) -> Option<Part> {
        Part::ALL.into_iter().find(|part| *part as u8 == number)
    }
}

impl Description {
    /// Sorts facts.
    #[must_use]
    pub fn new(mut facts: Vec<Fact>) -> Description {
        facts.sort();
        Description { facts }
    }

    /// The facts, in order.
    #[must_use]
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// The same with the columns of each object numbered from 1, as they are where none was ever dropped.
    #[must_use]
    pub fn renumbered(mut self) -> Description {
        for object in self.facts.chunk_by_mut(|a, b| a.object == b.object) {
            let mut last = None;
            let mut number = 0;
            for fact in object.iter_mut().filter(|it| it.part == Part::Members) {
                if last != Some(fact.position) {
                    last = Some(fact.position);
                    number += 1;
                }
                fact.position = number;
            }
        }
        Description::new(self.facts)
    }

    /// The lines in which a server's and a replay's differ, or nothing if they are equal.
    #[must_use]
    pub fn difference(&self, replay: &Description) -> Option<String> {
        if self == replay {
            return None;
        }
        // Only what differs is written out: a long history describes its schema again after each migration.
        let engine = self.but(replay).to_string();
        let replay = replay.but(self).to_string();
        let diff = TextDiff::from_lines(&engine, &replay)
            .unified_diff()
            .context_radius(1)
            .header("engine", "replay")
            .to_string();
        Some(diff)
    }

    /// The objects that are not the same in another description.
    fn but(&self, other: &Description) -> Description {
        let facts = self.objects().filter(|object| {
            let name = object.first().map(|fact| fact.object.as_str());
            other.object(name.unwrap_or_default()) != *object
        });
        Description {
            facts: facts.flatten().cloned().collect(),
        }
    }

    fn objects(&self) -> impl Iterator<Item = &[Fact]> {
        self.facts.chunk_by(|a, b| a.object == b.object)
    }

    fn object(&self, name: &str) -> &[Fact] {
        let start = self
            .facts
            .partition_point(|fact| fact.object.as_str() < name);
        let end = self
            .facts
            .partition_point(|fact| fact.object.as_str() <= name);
        self.facts.get(start..end).unwrap_or_default()
    }
}

impl fmt::Display for Description {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fact in &self.facts {
            let line = match fact.part {
                Part::Head => format!("{} {}", fact.object, fact.line),
                _ => format!("  {}", fact.line),
            };
            writeln!(formatter, "{}", one_line(line.trim_end()))?;
        }
        Ok(())
    }
}

/// Keeps a text with line breaks, such as a comment, on its line.
fn one_line(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('\n', "\\n")
        .replace('\r', "\\r")
}
