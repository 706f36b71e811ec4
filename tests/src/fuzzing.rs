//! The entry points of fuzzing: any bytes as migrations, as a configuration, as choices among the rules of the grammar.

use crate::generate::Generator;
use crate::mutate::Names;
use crate::random::Random;
use crate::replayed;
use tablature_schema::directory::Directory;
use tablature_schema::render::{Style, report};
use tablature_schema::{Checked, Options, check};

/// The separator between the files of an input; what stands before the first is `tablature.toml`.
pub const SEPARATOR: &[u8] = b"\n-- file\n";

/// Checks any bytes as a directory: `tablature.toml`, then the migrations in their order.
///
/// Everything that it finds must be renderable, so that is done too.
#[must_use]
pub fn migrations(bytes: &[u8]) -> (Checked, String) {
    let files = parts(bytes)
        .into_iter()
        .enumerate()
        .map(|(position, part)| {
            let name = match position {
                0 => "tablature.toml".to_owned(),
                _ => format!("{position}_part.sql"),
            };
            (name, part)
        });
    let checked = check(
        Directory::from_files("migrations", files),
        &Options::default(),
    );
    let rendered = report(&checked.sources, &checked.diagnostics, Style::Plain);
    (checked, rendered)
}

/// Checks any bytes as `tablature.toml`, beside migrations that every section can say something of.
#[must_use]
pub fn configuration(bytes: &[u8]) -> (Checked, String) {
    let migrations = [
        "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, seen DATETIME);",
        "CREATE VIEW emails AS SELECT upper(email) AS email FROM users;",
        "ALTER TABLE users DROP COLUMN seen;",
    ];
    let mut input = bytes.to_vec();
    for migration in migrations {
        input.extend_from_slice(SEPARATOR);
        input.extend_from_slice(migration.as_bytes());
    }
    self::migrations(&input)
}

/// Checks a history of statements that the bytes choose among those of the grammar, each over the names that those
/// before it left behind.
#[must_use]
pub fn statements(bytes: &[u8]) -> (Checked, String) {
    /// As many statements as are worth their time.
    const LONGEST: usize = 24;
    let mut random = Random::of_bytes(bytes);
    let mut input = Vec::new();
    let mut outcome = migrations(&input);
    for _ in 0..LONGEST {
        if random.is_exhausted() {
            break;
        }
        let names = Names::of(&replayed::schema(&outcome.0.catalog));
        let statement = Generator::new(&mut random, &names).statement();
        let accepted = input.len();
        input.extend_from_slice(SEPARATOR);
        input.extend_from_slice(statement.as_bytes());
        let next = migrations(&input);
        if next.0.accepted() {
            outcome = next;
        } else {
            input.truncate(accepted);
        }
    }
    outcome
}

fn parts(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut parts = vec![Vec::new()];
    let mut rest = bytes;
    while let Some(byte) = rest.first() {
        if let Some(after) = rest.strip_prefix(SEPARATOR) {
            parts.push(Vec::new());
            rest = after;
        } else {
            if let Some(part) = parts.last_mut() {
                part.push(*byte);
            }
            rest = &rest[1..];
        }
    }
    parts
}

/// Changes an input at a few places that a random number generator chooses: bytes, words, whole stretches.
#[must_use]
pub fn mutate(input: &[u8], donor: &[u8], random: &mut fastrand::Rng) -> Vec<u8> {
    let mut bytes = input.to_vec();
    for _ in 0..random.usize(1..6) {
        let at = random.usize(0..=bytes.len());
        let end = (at + random.usize(0..40)).min(bytes.len());
        match random.u8(0..6) {
            0 => bytes.insert(at, random.u8(..)),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let stretch = bytes[at..end].to_vec();
                bytes.splice(at..at, stretch);
            }
            3 => {
                let from = random.usize(0..=donor.len());
                let to = (from + random.usize(0..60)).min(donor.len());
                bytes.splice(at..end, donor[from..to].iter().copied());
            }
            4 => {
                let mark = b"()'\"`[],;.*-/"[random.usize(0..13)];
                bytes.splice(at..at, std::iter::once(mark));
            }
            _ => {
                let word = WORDS[random.usize(0..WORDS.len())];
                bytes.splice(at..at, word.bytes());
            }
        }
    }
    bytes
}

const WORDS: &[&str] = &[
    " SELECT ",
    " FROM ",
    " WHERE ",
    " AS ",
    " NOT ",
    " NULL ",
    " TABLE ",
    " CREATE ",
    " END ",
    " BEGIN ",
    " IN ",
    " JOIN ",
    " USING ",
    " UNION ALL ",
    " VALUES ",
    " OVER ",
    " FILTER ",
    " WITH RECURSIVE ",
    " RENAME ",
    " TO ",
    " DROP ",
    " COLUMN ",
    " CHECK ",
    " DEFAULT ",
    " REFERENCES ",
    " GENERATED ALWAYS AS ",
    " ON CONFLICT ",
    " CASE ",
    " rowid ",
    " new. ",
    " old. ",
    " excluded. ",
    " temp. ",
    " main. ",
    " sqlite_schema ",
    " 9223372036854775808 ",
    " é🦀 ",
    "\r\n",
    "\u{feff}",
    "\0",
];
