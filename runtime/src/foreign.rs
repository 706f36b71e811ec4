//! Which version another tool's history says a database is at: its rows against the program's migrations, without a
//! database.

use crate::adopt::{ForeignProblem, Tool};
use crate::migration::Migration;
use std::collections::BTreeSet;

/// What the history of another tool holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Foreign {
    pub(crate) tool: Tool,
    pub(crate) rows: Vec<ForeignRow>,
    /// Why it cannot be read.
    pub(crate) unreadable: Option<String>,
}

/// A migration that it says was applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ForeignRow {
    /// As the tool names it.
    pub(crate) label: String,
    pub(crate) is_failed: bool,
    /// Whether it stands for all migrations up to its own: the history began with it.
    pub(crate) is_baseline: bool,
    pub(crate) checksum: Checksum,
}

/// What a row says of the text that was applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Checksum {
    /// Nothing.
    None,
    /// SHA-384 of its bytes.
    Sha384(Vec<u8>),
    /// SHA-256 of its bytes, in hexadecimal.
    Sha256(String),
    /// refinery's own: of a name, a number and the text, in decimal.
    Refinery { name: String, sum: String },
    /// CRC-32 of its lines without their ends, as Flyway writes it.
    #[cfg_attr(
        not(feature = "tokio-postgres"),
        expect(dead_code, reason = "its history is read on a server only")
    )]
    Crc32(i32),
}

/// The version that a history says the database is at; none if what it names cannot be told from file names.
pub(crate) fn claimed(
    foreign: &Foreign,
    list: &[Migration],
) -> Result<Option<i64>, Vec<ForeignProblem>> {
    if let Some(reason) = &foreign.unreadable {
        let reason = reason.clone();
        return Err(vec![ForeignProblem::Unreadable { reason }]);
    }
    match foreign.tool {
        Tool::RusqliteMigration => counted(foreign, list),
        Tool::Alembic => revision(foreign, list),
        Tool::Prisma if named(foreign, list).iter().all(Option::is_none) => failures(foreign),
        Tool::Prisma => rows(foreign, list, &named(foreign, list)),
        Tool::Sqlx | Tool::Diesel | Tool::Refinery | Tool::Goose | Tool::Dbmate | Tool::Flyway => {
            let numbered: Vec<_> = foreign
                .rows
                .iter()
                .map(|row| of_version(list, &row.label.replace('-', "")))
                .collect();
            rows(foreign, list, &numbered)
        }
    }
}

/// The rows of a history that has one for each migration, beside the migrations that they are of.
fn rows(
    foreign: &Foreign,
    list: &[Migration],
    known: &[Option<&Migration>],
) -> Result<Option<i64>, Vec<ForeignProblem>> {
    let mut problems = Vec::new();
    let mut applied = BTreeSet::new();
    for (row, known) in foreign.rows.iter().zip(known) {
        match known {
            _ if row.is_failed => problems.push(ForeignProblem::Failed {
                migration: row.label.clone(),
            }),
            _ if row.is_baseline => {
                let until = row.label.parse().unwrap_or(i64::MIN);
                let versions = list.iter().map(|migration| migration.version);
                applied.extend(versions.filter(|version| *version <= until));
            }
            None => problems.push(ForeignProblem::Unknown {
                migration: row.label.clone(),
            }),
            Some(migration) => {
                applied.insert(migration.version);
                problems.extend(check(&row.checksum, migration));
            }
        }
    }
    let newest = applied.last().copied();
    for migration in list {
        if Some(migration.version) < newest && !applied.contains(&migration.version) {
            problems.push(ForeignProblem::Skipped {
                version: migration.version,
                name: migration.name.to_string(),
                file: migration.file.to_string(),
            });
        }
    }
    // Said once, however many rows there are.
    problems.dedup_by(|a, b| a == b && *a == ForeignProblem::Unchecked);
    if problems.is_empty() {
        Ok(newest)
    } else {
        Err(problems)
    }
}

/// A history that holds how many migrations were applied.
fn counted(foreign: &Foreign, list: &[Migration]) -> Result<Option<i64>, Vec<ForeignProblem>> {
    let Some(row) = foreign.rows.first() else {
        return Ok(None);
    };
    let count = row.label.parse::<usize>().ok();
    match count.and_then(|count| list.get(count.checked_sub(1)?)) {
        Some(migration) => Ok(Some(migration.version)),
        None => Err(vec![ForeignProblem::Count {
            count: row.label.clone(),
            known: list.len(),
        }]),
    }
}

/// A history that holds the newest revision, by an identifier that may stand in a file name.
fn revision(foreign: &Foreign, list: &[Migration]) -> Result<Option<i64>, Vec<ForeignProblem>> {
    let [head] = foreign.rows.as_slice() else {
        let heads = foreign.rows.iter().map(|row| row.label.clone()).collect();
        return Err(vec![ForeignProblem::Heads { heads }]);
    };
    let has_it = |migration: &&Migration| {
        let mut words = migration.name.split(|c: char| !c.is_ascii_alphanumeric());
        words.any(|word| word.eq_ignore_ascii_case(&head.label))
    };
    let migration = list.iter().find(has_it);
    let migration = migration.or_else(|| of_version(list, &head.label));
    Ok(migration.map(|migration| migration.version))
}

/// What there is to say of a history whose migrations have other names than the program's.
fn failures(foreign: &Foreign) -> Result<Option<i64>, Vec<ForeignProblem>> {
    let failed = foreign.rows.iter().filter(|row| row.is_failed);
    let problems: Vec<_> = failed
        .map(|row| ForeignProblem::Failed {
            migration: row.label.clone(),
        })
        .collect();
    if problems.is_empty() {
        Ok(None)
    } else {
        Err(problems)
    }
}

/// The migrations of rows that name directories such as `20260101120000_users`: by number, or by name.
fn named<'a>(foreign: &Foreign, list: &'a [Migration]) -> Vec<Option<&'a Migration>> {
    let of_row = |row: &ForeignRow| {
        let (number, name) = row.label.split_once('_').unwrap_or((&row.label, ""));
        let by_name = || {
            let mut same = list.iter().filter(|migration| migration.name == name);
            same.next().filter(|_| same.next().is_none())
        };
        of_version(list, number).or_else(by_name)
    };
    foreign.rows.iter().map(of_row).collect()
}

fn of_version<'a>(list: &'a [Migration], text: &str) -> Option<&'a Migration> {
    let version: i64 = text.parse().ok()?;
    list.iter().find(|migration| migration.version == version)
}

/// Whether a migration's file has the text that was applied, whatever its line endings.
#[cfg(feature = "take-over")]
fn check(checksum: &Checksum, migration: &Migration) -> Option<ForeignProblem> {
    use crate::foreign_checksum::{flyway, refinery, sha256, sha384};
    let texts = texts(&migration.sql);
    let mut texts = texts.iter();
    let is_same = match checksum {
        Checksum::None => true,
        Checksum::Sha384(sum) => texts.any(|text| *sum == sha384(text)),
        Checksum::Sha256(sum) => texts.any(|text| sha256(text).eq_ignore_ascii_case(sum)),
        Checksum::Crc32(sum) => *sum == flyway(&migration.sql),
        Checksum::Refinery { name, sum } => {
            texts.any(|text| refinery(name, migration.version, text).contains(sum))
        }
    };
    (!is_same).then(|| ForeignProblem::Changed {
        version: migration.version,
        name: migration.name.to_string(),
        file: migration.file.to_string(),
    })
}

#[cfg(not(feature = "take-over"))]
fn check(checksum: &Checksum, _: &Migration) -> Option<ForeignProblem> {
    (*checksum != Checksum::None).then_some(ForeignProblem::Unchecked)
}

/// A text as it is, with each kind of line ending, and all of these with and without a byte order mark.
#[cfg(feature = "take-over")]
fn texts(sql: &str) -> Vec<String> {
    let bare = sql.strip_prefix('\u{feff}').unwrap_or(sql);
    let unix = bare.replace("\r\n", "\n");
    let windows = unix.replace('\n', "\r\n");
    let mut texts = Vec::new();
    for text in [bare.to_owned(), unix, windows] {
        texts.push(format!("\u{feff}{text}"));
        texts.push(text);
    }
    texts
}
