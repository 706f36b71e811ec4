//! Databases that other tools have made, taken over by `cargo tablature adopt`: each by the tool's own library.

use crate::apply::fresh;
use crate::contenders::{CONTENDERS, Contender, Result, cargo, repository, run, workshop};
use crate::history::{Convention, Migration, write};
use crate::table;
use rusqlite::Connection;
use rusqlite::types::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What another tool applies, and behind that what is left for tablature; a statement in each file.
const FILES: [(&str, &str); 8] = [
    (
        "create_authors",
        "CREATE TABLE authors (\n    id INTEGER PRIMARY KEY,\n    name TEXT NOT NULL UNIQUE\n);\n",
    ),
    (
        "create_tales",
        "CREATE TABLE tales (\n    id INTEGER PRIMARY KEY,\n    author_id INTEGER NOT NULL REFERENCES authors (id) ON DELETE CASCADE,\n    mood TEXT CHECK (mood IN ('merry', 'grim'))\n);\n",
    ),
    (
        "seed_authors",
        "INSERT INTO authors (id, name) VALUES (1, 'Grimm');\n",
    ),
    (
        "index_tales",
        "CREATE INDEX tales_by_author ON tales (author_id);\n",
    ),
    (
        "view_of_tales",
        "CREATE VIEW grim_tales AS SELECT id FROM tales WHERE mood = 'grim';\n",
    ),
    (
        "add_moral",
        "ALTER TABLE tales ADD COLUMN moral TEXT NOT NULL DEFAULT 'none';\n",
    ),
    (
        "create_tellings",
        "CREATE TABLE tellings (\n    tale_id INTEGER REFERENCES tales (id),\n    told_at TEXT NOT NULL\n);\n",
    ),
    (
        "rename_moral",
        "ALTER TABLE tales RENAME COLUMN moral TO lesson;\n",
    ),
];

/// How many of them another tool applies.
const APPLIED: usize = 6;

/// A tool with a history of its own.
struct Tool {
    name: &'static str,
    /// Its table; none if it keeps a number in the file's header.
    table: Option<&'static str>,
    /// The file names of the directory that takes over.
    convention: Convention,
    /// What a file begins with.
    mark: &'static str,
    /// Whether it remembers the texts that it has applied.
    has_checksums: bool,
    /// Has it apply a history to a database.
    make: fn(&[Migration], &Path) -> Result<()>,
}

const TOOLS: [Tool; 8] = [
    Tool {
        name: "sqlx",
        table: Some("_sqlx_migrations"),
        convention: Convention::Numbered,
        mark: "",
        has_checksums: true,
        make: |history, database| contender("sqlx", history, database),
    },
    Tool {
        name: "diesel",
        table: Some("__diesel_schema_migrations"),
        convention: Convention::Directories,
        mark: "",
        has_checksums: false,
        make: |history, database| contender("diesel", history, database),
    },
    Tool {
        name: "refinery",
        table: Some("refinery_schema_history"),
        convention: Convention::V,
        mark: "",
        has_checksums: true,
        make: |history, database| contender("refinery", history, database),
    },
    Tool {
        name: "refinery, grouped",
        table: Some("refinery_schema_history"),
        convention: Convention::V,
        mark: "",
        has_checksums: true,
        make: |history, database| contender("refinery-grouped", history, database),
    },
    Tool {
        name: "rusqlite_migration",
        table: None,
        convention: Convention::Directories,
        mark: "",
        has_checksums: false,
        make: |history, database| contender("rusqlite_migration", history, database),
    },
    Tool {
        name: "dbmate",
        table: Some("schema_migrations"),
        convention: Convention::Numbered,
        mark: "-- migrate:up\n",
        has_checksums: false,
        make: dbmate,
    },
    Tool {
        name: "Alembic",
        table: Some("alembic_version"),
        convention: Convention::Numbered,
        mark: "",
        has_checksums: false,
        make: alembic,
    },
    Tool {
        name: "Prisma",
        table: Some("_prisma_migrations"),
        convention: Convention::MigrationDirectories,
        mark: "",
        has_checksums: true,
        make: prisma,
    },
];

pub(crate) fn measure() -> Result<()> {
    let command = command()?;
    let mut rows = Vec::new();
    let mut failed = Vec::new();
    for tool in &TOOLS {
        let made = fresh("made")?;
        let applied = history(tool, |_, text| text);
        if let Err(error) = (tool.make)(applied.get(..APPLIED).unwrap_or_default(), &made) {
            eprintln!("{} could not be had: {error}", tool.name);
            rows.push(vec![tool.name.to_owned(), "could not be had".to_owned()]);
            continue;
        }
        let mut row = vec![tool.name.to_owned()];
        for (what, outcome) in tool.outcomes(&command, &made)? {
            row.push(outcome.clone().unwrap_or_else(|seen| format!("**{seen}**")));
            failed.extend(
                outcome
                    .err()
                    .map(|seen| format!("{}: {what}: {seen}", tool.name)),
            );
        }
        rows.push(row);
    }
    let head = [
        "made by",
        "adopted",
        "a second time",
        "its history after",
        "`migrate` behind it",
        "other line endings",
        "a table edited",
        "a row edited",
    ];
    let title = format!(
        "Databases that other tools have made, {APPLIED} of {} migrations",
        FILES.len()
    );
    table::print(&title, &head.map(str::to_owned), &rows);
    match failed.as_slice() {
        [] => Ok(()),
        failed => Err(failed.join("\n").into()),
    }
}

/// What is told in the table; an error is what should not be.
type Outcome = std::result::Result<String, String>;

impl Tool {
    fn outcomes(&self, command: &Path, made: &Path) -> Result<Vec<(&'static str, Outcome)>> {
        let ours = self.directory("as-applied", |_, text| text)?;
        let windows = self.directory("windows", |_, text| text.replace('\n', "\r\n"))?;
        let edited = self.directory("table-edited", |number, text| match number {
            2 => text.replace("mood TEXT", "mood TEXT NOT NULL"),
            _ => text,
        })?;
        let seed = self.directory("row-edited", |number, text| match number {
            3 => text.replace("'Grimm'", "'Brothers Grimm'"),
            _ => text,
        })?;
        let adopt = |directory: &Path, database: &Path| call(command, "adopt", directory, database);

        let database = copy(made)?;
        let before = self.history(&database)?;
        let first = adopt(&ours, &database)?;
        let recorded: Vec<String> = (1..=APPLIED).map(|version| version.to_string()).collect();
        let recorded = format!("\"versions\":[{}]", recorded.join(","));
        let adopted = is(&first, 0, &recorded).map(|()| format!("at {APPLIED}"));
        let bytes = fs::read(&database)?;
        let second = adopt(&ours, &database)?;
        let again = is(&second, 0, "\"versions\":[]").and_then(|()| match fs::read(&database) {
            Ok(after) if after == bytes => Ok("nothing to do".to_owned()),
            _ => Err("the file was changed".to_owned()),
        });
        let pending = call(command, "migrate", &ours, &database)?;
        let verified = call(command, "verify", &ours, &database)?;
        let migrated = is(&pending, 0, "").and(is(&verified, 0, ""));
        let kept = if before == self.history(&database)? {
            Ok("the same".to_owned())
        } else {
            Err("changed".to_owned())
        };

        let endings = is(&adopt(&windows, &copy(made)?)?, 0, &recorded);
        let refused = |directory: &Path| -> Result<Outcome> {
            let database = copy(made)?;
            let bytes = fs::read(&database)?;
            let refused = is(&adopt(directory, &database)?, 1, "");
            let is_same = fs::read(&database)? == bytes;
            Ok(refused.and_then(|()| {
                if is_same {
                    Ok("refused".to_owned())
                } else {
                    Err("the file was changed".to_owned())
                }
            }))
        };
        let row = if self.has_checksums {
            refused(&seed)?
        } else {
            is(&adopt(&seed, &copy(made)?)?, 0, &recorded).map(|()| "not in its history".to_owned())
        };
        Ok(vec![
            ("adopted", adopted),
            ("a second time", again),
            ("its history", kept),
            ("migrate", migrated.map(|()| "applied, verified".to_owned())),
            ("other line endings", endings.map(|()| "adopted".to_owned())),
            ("a table edited", refused(&edited)?),
            ("a row edited", row),
        ])
    }

    /// Writes the directory that takes over, with its texts changed.
    fn directory(&self, name: &str, change: impl Fn(usize, String) -> String) -> Result<PathBuf> {
        let directory = workshop().join("take-over").join(name).join("migrations");
        if directory.exists() {
            fs::remove_dir_all(&directory)?;
        }
        write(&directory, &history(self, change), self.convention)?;
        Ok(directory)
    }

    /// All that the tool has written down.
    fn history(&self, database: &Path) -> Result<Vec<Vec<Value>>> {
        let connection = Connection::open(database)?;
        let sql = match self.table {
            Some(table) => format!("SELECT rowid, * FROM {table} ORDER BY rowid"),
            None => "PRAGMA user_version".to_owned(),
        };
        let mut statement = connection.prepare(&sql)?;
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| (0..columns).map(|at| row.get(at)).collect())?;
        let mut rows: Vec<Vec<Value>> = rows.collect::<rusqlite::Result<_>>()?;
        let definition = "SELECT sql FROM sqlite_master WHERE name = ?1";
        if let Some(table) = self.table {
            rows.push(vec![
                connection.query_row(definition, [table], |row| row.get(0))?,
            ]);
        }
        Ok(rows)
    }
}

fn history(tool: &Tool, change: impl Fn(usize, String) -> String) -> Vec<Migration> {
    let files = (1..).zip(FILES);
    files
        .map(|(number, (name, sql))| Migration {
            name: name.to_owned(),
            sql: change(number, format!("{}{sql}", tool.mark)),
        })
        .collect()
}

/// Whether a call ended as it should, and printed what it should.
fn is(output: &Output, code: i32, printed: &str) -> std::result::Result<(), String> {
    let text = String::from_utf8_lossy(&output.stdout);
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    match output.status.code() {
        Some(found) if found == code && text.contains(printed) => Ok(()),
        found => {
            let error = String::from_utf8_lossy(&output.stderr);
            Err(format!("exit {found:?}, `{text}` {error}"))
        }
    }
}

/// Builds the command, and returns its path.
fn command() -> Result<PathBuf> {
    let target = workshop().join("target");
    let mut cargo = cargo(&target, repository());
    run(cargo.args([
        "build",
        "--release",
        "--quiet",
        "--package",
        "cargo-tablature",
    ]))?;
    Ok(target.join("release/cargo-tablature"))
}

fn call(command: &Path, verb: &str, directory: &Path, database: &Path) -> Result<Output> {
    let parent = directory.parent().unwrap_or(directory);
    let mut command = Command::new(command);
    command.args([
        verb,
        "--dir",
        "migrations",
        "--format",
        "json",
        "--database",
    ]);
    Ok(command.arg(database).current_dir(parent).output()?)
}

fn copy(made: &Path) -> Result<PathBuf> {
    let database = fresh("taken")?;
    fs::copy(made, &database)?;
    Ok(database)
}

/// Applies with a library of Rust, by its own macro.
fn contender(name: &str, history: &[Migration], database: &Path) -> Result<()> {
    let named = |contender: &&Contender| contender.name == name;
    let contender = CONTENDERS.iter().find(named).ok_or("no such contender")?;
    let package = contender.write(&workshop().join("take-over"), history)?;
    let target = workshop().join("target");
    let mut cargo = cargo(&target, &package);
    run(cargo.args(["build", "--release", "--quiet", "--bin", name]))?;
    run(Command::new(target.join("release").join(name))
        .arg("apply")
        .arg(database))
    .map(drop)
}

/// A place for a tool that is not of Rust, made by `install` from the files of its directory.
fn installed(directory: &str, done: &str, install: impl Fn(&mut Command)) -> Result<PathBuf> {
    let place = workshop().join("take-over").join(directory);
    crate::contenders::copy(
        &repository().join("bench/peers/take-over").join(directory),
        &place,
    )?;
    if !place.join(done).exists() {
        let mut command = Command::new("sh");
        install(command.current_dir(&place));
        run(&mut command)?;
    }
    Ok(place)
}

fn node() -> Result<PathBuf> {
    installed("node", "node_modules/.bin/prisma", |command| {
        command.args([
            "-c",
            "npm install --no-fund --no-audit --silent && touch no-engine",
        ]);
    })
}

fn dbmate(history: &[Migration], database: &Path) -> Result<()> {
    let place = node()?;
    let directory = place.join("dbmate");
    // It wants the other half too, which tablature wants in a file of its own.
    let halves = history.iter().map(|Migration { name, sql }| Migration {
        name: name.clone(),
        sql: format!("{sql}\n-- migrate:down\n"),
    });
    write(
        &directory,
        &halves.collect::<Vec<_>>(),
        Convention::Numbered,
    )?;
    let mut dbmate = Command::new(place.join("node_modules/.bin/dbmate"));
    dbmate
        .arg("--url")
        .arg(format!("sqlite:{}", database.display()));
    dbmate.arg("--migrations-dir").arg(&directory);
    run(dbmate.args(["--no-dump-schema", "up"])).map(drop)
}

fn prisma(history: &[Migration], database: &Path) -> Result<()> {
    let place = node()?;
    let directory = place.join("prisma/migrations");
    write(&directory, history, Convention::MigrationDirectories)?;
    fs::write(
        directory.join("migration_lock.toml"),
        "provider = \"sqlite\"\n",
    )?;
    let mut prisma = Command::new(place.join("node_modules/.bin/prisma"));
    prisma.current_dir(&place);
    prisma.env("DATABASE_URL", format!("file:{}", database.display()));
    // It wants a query engine to be there, which migrating does not use.
    prisma.env("PRISMA_QUERY_ENGINE_LIBRARY", place.join("no-engine"));
    run(prisma.args(["migrate", "deploy"])).map(drop)
}

fn alembic(history: &[Migration], database: &Path) -> Result<()> {
    let place = installed("alembic", "venv/bin/alembic", |command| {
        let script = "python3 -m venv venv && venv/bin/pip install --quiet -r requirements.txt";
        command.args(["-c", script]);
    })?;
    let directory = place.join("migrations");
    write(&directory, history, Convention::Numbered)?;
    let mut python = Command::new(place.join("venv/bin/python"));
    run(python
        .arg(place.join("upgrade.py"))
        .arg(&directory)
        .arg(database))
    .map(drop)
}
