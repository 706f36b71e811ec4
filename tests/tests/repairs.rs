//! Repairs of databases that have drifted at random: the public histories, the cases and the sample application, with rows.

#![expect(clippy::print_stdout, reason = "what a test saw is its output")]

use libtest_mimic::{Arguments, Failed, Trial};
use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::{env, fs, io};
use tablature::repair::RepairProblem;
use tablature::rusqlite::backup::Backup;
use tablature::rusqlite::functions::FunctionFlags;
use tablature::rusqlite::types::Null;
use tablature::rusqlite::{Connection, Result as Answer};
use tablature::{Error, Migrations, State};
use tablature_codegen::embedded;
use tablature_schema::directory::Directory;
use tablature_schema::{Checked, Options, check};
use tablature_tests::case::Case;
use tablature_tests::corpus;
use tablature_tests::drift::{contents, drift, fill, written};
use tablature_tests::random::Random;
use tablature_tests::replayed::on_a_large_stack;

/// What came of the databases, and of their rows.
type Tally = BTreeMap<&'static str, usize>;

thread_local! {
    /// The functions and collations of the application that is tried.
    static REGISTERED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

fn main() -> io::Result<()> {
    let arguments = Arguments::from_args();
    let tally = Arc::new(Mutex::new(Tally::new()));
    let mut trials = Vec::new();
    let mut add = |name: String, times: usize, read: Box<dyn Fn() -> Checked + Send + Sync>| {
        let tally = Arc::clone(&tally);
        trials.push(Trial::test(name, move || {
            let (found, counts) = on_a_large_stack(|| tried(&read(), times));
            let mut tally = tally.lock().unwrap_or_else(PoisonError::into_inner);
            for (what, count) in counts {
                *tally.entry(what).or_default() += count;
            }
            found
        }));
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let times = env::var("TABLATURE_DRIFTS").ok();
    let times = times.and_then(|text| text.parse().ok()).unwrap_or(4);
    let sample = root.join("..");
    let sample = move || check(Directory::read(&sample, "migrations"), &Options::default());
    add("sample".to_owned(), 10 * times, Box::new(sample));
    for path in cases(&root.join("cases"))? {
        let name = path.strip_prefix(root).unwrap_or(&path);
        let name = name.display().to_string();
        let read = move || Case::read(&path).map_or_else(|_| nothing(), |case| case.check());
        add(name, times.div_ceil(4), Box::new(read));
    }
    match corpus::directory() {
        None => println!("TABLATURE_CORPUS is not set: no public history was repaired"),
        Some(directory) => {
            for history in corpus::histories(&directory)? {
                let name = history.name.clone();
                let read = move || {
                    let files = (1..).zip(&history.migrations);
                    let files: Vec<(String, String)> = files
                        .map(|(number, (_, text))| (format!("{number}_file.sql"), text.clone()))
                        .collect();
                    let mut directory = Directory::from_files("migrations", files);
                    directory.config = history.config.clone();
                    check(directory, &Options::default())
                };
                add(name, times, Box::new(read));
            }
        }
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    for (what, count) in &*tally.lock().unwrap_or_else(PoisonError::into_inner) {
        println!("{count:>8} {what}");
    }
    conclusion.exit()
}

fn nothing() -> Checked {
    let nothing: [(&str, &str); 0] = [];
    check(Directory::from_files("", nothing), &Options::default())
}

fn cases(directory: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.is_dir() {
            paths.extend(cases(&path)?);
        } else if path.extension().is_some_and(|it| it == "schema") {
            paths.push(path.with_extension("sql"));
        }
    }
    paths.sort();
    Ok(paths)
}

/// An empty database with what the application registers.
fn scratch() -> Answer<Connection> {
    let connection = Connection::open_in_memory()?;
    connection.pragma_update(None, "foreign_keys", false)?;
    REGISTERED.with_borrow(|names| {
        for name in names {
            let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
            connection.create_scalar_function(name.as_str(), -1, flags, |_| Ok(Null))?;
            connection.create_collation(name.as_str(), |_, _| Ordering::Equal)?;
        }
        Ok(connection)
    })
}

fn copied(connection: &Connection) -> Answer<Connection> {
    let mut copy = scratch()?;
    Backup::new(connection, &mut copy)?.run_to_completion(i32::MAX, Duration::ZERO, None)?;
    Ok(copy)
}

/// Drifts and repairs a database some times over.
fn tried(checked: &Checked, times: usize) -> (Result<(), Failed>, Tally) {
    let mut tally = Tally::new();
    let found = tried_into(checked, times, &mut tally);
    (found, tally)
}

fn tried_into(checked: &Checked, times: usize, tally: &mut Tally) -> Result<(), Failed> {
    if !checked.accepted() || checked.migrations.is_empty() {
        return Ok(());
    }
    REGISTERED.set(
        checked
            .config
            .rules
            .registered
            .iter()
            .map(|name| name.as_str().to_owned())
            .collect(),
    );
    let migrations = Migrations {
        list: embedded::migrations(checked).into(),
        expected: embedded::expected(&checked.catalog, &checked.sources),
        steps: Vec::new().into(),
        snapshot: None,
        source: None,
    };
    let seed = env::var("TABLATURE_SEED").ok();
    let seed: u64 = seed.and_then(|text| text.parse().ok()).unwrap_or(1);
    let mut whole = scratch()?;
    if migrations.apply(&mut whole).is_err() {
        // It needs rows, or what a function of the application gives.
        *tally
            .entry("histories that fail on an empty database")
            .or_default() += 1;
        return Ok(());
    }
    *tally.entry("histories").or_default() += 1;
    for time in 0..times {
        let mut random = Random::new(seed + u64::try_from(time).unwrap_or(0));
        let list = &migrations.list;
        let earlier = match random.once_in(4) {
            true => list.get(random.below(list.len())),
            false => None,
        };
        let connection = match earlier {
            None => copied(&whole)?,
            Some(migration) => {
                let mut part = scratch()?;
                let runner = migrations.runner().to_version(migration.version);
                runner.apply(&mut part)?;
                part
            }
        };
        let told = |error: Failed, did: &[String]| -> Failed {
            let message = error.message().unwrap_or_default();
            format!("time {time}: {message}\nafter\n{}", did.join(";\n")).into()
        };
        let mut did = Vec::new();
        let found = one(&migrations, &connection, &mut random, &mut did, tally);
        found.map_err(|error| told(error, &did))?;
    }
    Ok(())
}

/// Drifts and repairs a database once.
fn one(
    migrations: &Migrations,
    connection: &Connection,
    random: &mut Random,
    did: &mut Vec<String>,
    tally: &mut Tally,
) -> Result<(), Failed> {
    fill(connection, random)?;
    for _ in 0..=random.below(4) {
        did.extend(drift(connection, random)?);
    }
    if random.once_in(4) {
        fill(connection, random)?;
    }
    *tally.entry("drifts").or_default() += did.len();
    let before = copied(connection)?;
    let changes = connection.total_changes();
    let runner = migrations.runner().scratch(scratch);
    let repair = match runner.repair(connection) {
        Ok(repair) if repair.is_empty() => {
            *tally.entry("databases with nothing to repair").or_default() += 1;
            return Ok(());
        }
        Ok(repair) => repair,
        Err(Error::Pending { .. }) => {
            *tally.entry("databases with nothing to repair").or_default() += 1;
            return Ok(());
        }
        Err(Error::NotRepairable { problems }) => {
            for problem in &problems {
                *tally.entry(justified(problem, connection)?).or_default() += 1;
            }
            *tally.entry("databases refused").or_default() += 1;
            return Ok(());
        }
        // A migration that has dropped the content of a virtual table.
        Err(error) if error.to_string().contains("vtable constructor failed") => {
            *tally
                .entry("databases that the engine cannot read")
                .or_default() += 1;
            return Ok(());
        }
        Err(error) => return Err(error.to_string().into()),
    };
    if connection.total_changes() != changes {
        return Err("the database was written".into());
    }
    connection
        .execute_batch(&repair.script)
        .map_err(|error| format!("{error}\n{}", repair.script))?;
    let status = runner.status(connection)?;
    let left = match status.state {
        State::Current => Vec::new(),
        State::Drifted { differences } | State::Pending { differences, .. } => differences,
        state => return Err(format!("{state:?}").into()),
    };
    if left != repair.kept
        && !left.iter().all(|it| {
            repair
                .kept
                .iter()
                .any(|kept| kept.to_string().starts_with(&it.to_string()))
        })
    {
        return Err(format!("left: {left:?}, kept: {:?}\n{}", repair.kept, repair.script).into());
    }
    if repair.kept.is_empty() && repair.pending.is_empty() {
        runner.verify(connection)?;
    }
    // Every row, in the columns that are there before and after.
    let after = written(connection)?;
    let mut common = written(&before)?;
    common.retain(|table, columns| match after.get(table) {
        Some(after) => {
            columns.retain(|column| after.contains(column));
            !columns.is_empty()
        }
        None => false,
    });
    let (was, is) = (contents(&before, &common)?, contents(connection, &common)?);
    if was != is {
        return Err(format!("{was:?}\nbecame\n{is:?}\n{}", repair.script).into());
    }
    *tally.entry("rows as before").or_default() += is.values().map(Vec::len).sum::<usize>();
    *tally.entry("differences mended").or_default() += repair.mends.len();
    *tally.entry("differences kept").or_default() += repair.kept.len();
    *tally.entry("databases repaired").or_default() += 1;
    if repair.script.contains("RENAME TO \"_tablature_old") {
        *tally
            .entry("databases repaired with a table made anew")
            .or_default() += 1;
    }
    Ok(())
}

/// Whether a problem is one of the rows or of what others have made; the query that it comes with shows something.
fn justified(problem: &RepairProblem, connection: &Connection) -> Result<&'static str, Failed> {
    let (what, query) = match problem {
        RepairProblem::Rows { query, .. } => ("reports of rows that do not fit", query),
        RepairProblem::Values { query, .. } => {
            ("reports of values that would become others", query)
        }
        RepairProblem::Kept { .. } => return Ok("reports of columns that cannot be kept"),
        // No row fits a table with this in a CHECK or a DEFAULT.
        RepairProblem::Refused { reason, .. }
            if reason.starts_with("RAISE() may only") || reason.starts_with("unknown function") =>
        {
            return Ok("reports of tables that take no row");
        }
        // A CHECK of the old table that names the table itself, which others name too.
        RepairProblem::Refused { reason, .. }
            if reason.contains("after rename: no such column") =>
        {
            return Ok("reports of tables that cannot be renamed");
        }
        other => return Err(other.to_string().into()),
    };
    let shown = connection
        .prepare(query)
        .and_then(|mut statement| statement.exists([]))
        .map_err(|error| format!("{query}: {error}"))?;
    match shown {
        true => Ok(what),
        false => Err(format!("{problem}: shows nothing").into()),
    }
}
