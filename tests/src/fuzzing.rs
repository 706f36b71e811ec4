//! The entry points of fuzzing: any bytes as migrations, as a configuration, as a lock, as choices among the rules of the grammar.

use crate::generate::Generator;
use crate::mutate::Names;
use crate::random::Random;
use crate::replayed;
use tablature_schema::directory::Directory;
use tablature_schema::render::{Style, report};
use tablature_schema::{Checked, Options, check, lock};

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

/// Checks any bytes as `tablature.lock`, beside migrations that it can say something of: as it is, and with what a merge
/// left there joined. Whatever is made of it can be written, and what is written is accepted and stays as it is.
#[must_use]
pub fn lock(bytes: &[u8]) -> (Checked, String) {
    let read = |lock: &[u8]| {
        let migrations = LOCKED.iter().map(|(name, text)| (*name, text.as_bytes()));
        let files = migrations.chain([(lock::FILE_NAME, lock)]);
        let files = files.map(|(name, bytes)| (name, bytes.to_vec()));
        Directory::from_files("migrations", files)
    };
    let checked = check(read(bytes), &Options::default());
    let rendered = report(&checked.sources, &checked.diagnostics, Style::Plain);
    let mut joined = read(bytes);
    if let Some(lock) = &mut joined.lock {
        lock.join();
    }
    let joined = check(joined, &Options::default());
    let _ = report(&joined.sources, &joined.diagnostics, Style::Plain);
    if joined.accepted() {
        let text = lock::text(lock::released(&joined, None));
        let again = check(read(text.as_bytes()), &Options::default());
        assert!(again.accepted(), "{text}");
        assert_eq!(lock::text(lock::released(&again, None)), text);
    }
    (checked, rendered)
}

/// The migrations beside a lock: two that are alike, and one without statements.
pub const LOCKED: &[(&str, &str)] = &[
    (
        "0001_create_users.up.sql",
        "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT); CREATE INDEX emails ON users (email);",
    ),
    ("0001_create_users.down.sql", "DROP TABLE users;"),
    (
        "0002_touch.up.sql",
        "UPDATE users SET email = lower(email);",
    ),
    (
        "0004_touch again.up.sql",
        "UPDATE users SET email = lower(email);",
    ),
    ("0005_nothing.up.sql", ""),
];

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
        let names = Names::of(&replayed::schema_of(&outcome.0));
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

/// Locks to begin with: one that fits, one after a merge, one of each mistake, and one of other bytes.
#[must_use]
pub fn locks() -> Vec<Vec<u8>> {
    let migrations = LOCKED.iter().copied();
    let checked = check(
        Directory::from_files("migrations", migrations),
        &Options::default(),
    );
    let whole = lock::text(lock::released(&checked, None));
    let lines: Vec<&str> = whole.lines().collect();
    let (ours, theirs) = lines.split_at(lines.len() / 2);
    let (ours, theirs) = (ours.join("\n"), theirs.join("\n"));
    let merged =
        format!("<<<<<<< HEAD\n{ours}\n||||||| base\n{ours}\n=======\n{theirs}\n>>>>>>> other\n");
    let renumbered = whole.replace("\n2 ", "\n3 ").replace("\n5 ", "\n9 ");
    let changed = whole.replace('a', "b");
    let crlf = format!("\u{feff}{}", whole.replace('\n', "\r\n"));
    let mut locks: Vec<Vec<u8>> = [whole, merged, renumbered, changed, crlf]
        .into_iter()
        .map(String::into_bytes)
        .collect();
    locks.push(b"1 a\n1 b\n-1 \xff\n9223372036854775807 z 0123456789abcdef\n".to_vec());
    locks
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
    "\n<<<<<<< a\n",
    "\n=======\n",
    "\n>>>>>>> b\n",
    "\r\n",
    "\u{feff}",
    "\0",
];
