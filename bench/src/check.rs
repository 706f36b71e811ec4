//! What checking a history costs, against the time in which `sqlparser` tokenizes and parses the same statements.
//!
//! `cargo run` measures unoptimised, as cargo builds macros; `cargo run --release` optimised. Each figure comes from a
//! process of its own, the two contenders in turn, and the ratio is taken round by round: the machine may be busy.

use sqlparser::dialect::SQLiteDialect;
use sqlparser::parser::Parser;
use std::error::Error;
use std::process::Command;
use std::time::Instant;
use tablature_schema::directory::Directory;
use tablature_schema::{Options, check};

const STATEMENTS: usize = 6;
/// How many migrations, and in how many rounds.
const SIZES: [(usize, usize); 4] = [(10, 21), (100, 11), (1_000, 5), (10_000, 3)];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.as_slice() {
        [_, contender, size] => measure(contender, size.parse()?),
        _ => compare(),
    }
}

/// One migration: 15 lines, 6 statements.
fn migration(number: usize) -> String {
    let parent = number - 1;
    let older = (number + 1) / 2;
    let parent = match parent {
        0 => "INTEGER".to_owned(),
        _ => format!("INTEGER REFERENCES entity_{parent} (id) ON DELETE SET NULL"),
    };
    format!(
        "-- entity {number}\n\
         CREATE TABLE entity_{number} (\n    \
             id INTEGER PRIMARY KEY,\n    \
             parent_id {parent},\n    \
             name TEXT NOT NULL,\n    \
             status TEXT NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'busy', 'done')),\n    \
             price REAL,\n    \
             created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP\n\
         );\n\
         CREATE INDEX entity_{number}_by_name ON entity_{number} (name, created_at);\n\
         ALTER TABLE entity_{older} ADD COLUMN extra_{number} INTEGER NOT NULL DEFAULT 0;\n\
         \n\
         INSERT INTO entity_{number} (name, status, price) VALUES ('first', 'done', 1.5), ('second', 'new', 2);\n\
         UPDATE entity_{number} SET price = price * 2 WHERE status = 'done' AND name IS NOT NULL;\n\
         DELETE FROM entity_{older} WHERE status = 'done' AND price > 100 AND created_at < '2020-01-01';\n"
    )
}

/// Prints the nanoseconds that a contender takes, and the most memory that its process had, in kB.
fn measure(contender: &str, size: usize) -> Result<(), Box<dyn Error>> {
    let files: Vec<(String, String)> = (1..=size)
        .map(|number| (format!("{number}_entity.sql"), migration(number)))
        .collect();
    let start = Instant::now();
    let statements = match contender {
        "tablature" => tablature(&files)?,
        "sqlparser" => sqlparser(&files)?,
        other => return Err(format!("no contender `{other}`").into()),
    };
    let elapsed = start.elapsed().as_nanos();
    if statements != size * STATEMENTS {
        return Err(format!("{contender} saw {statements} statements").into());
    }
    println!("{elapsed} {}", peak_memory()?);
    Ok(())
}

fn tablature(files: &[(String, String)]) -> Result<usize, Box<dyn Error>> {
    let files = files.iter();
    let files = files.map(|(name, text)| (name.as_str(), text.as_str()));
    let checked = check(
        Directory::from_files("migrations", files),
        &Options::default(),
    );
    if !checked.accepted() {
        return Err("the history is rejected".into());
    }
    let scripts = checked.migrations.iter().map(|migration| &migration.up);
    Ok(scripts.map(|script| script.statements.len()).sum())
}

fn sqlparser(files: &[(String, String)]) -> Result<usize, Box<dyn Error>> {
    let mut statements = 0;
    let mut kept = Vec::new();
    for (_, text) in files {
        let parsed = Parser::parse_sql(&SQLiteDialect {}, text)?;
        statements += parsed.len();
        kept.push(parsed);
    }
    Ok(statements)
}

/// The high-water mark of the process's memory, in kB; 0 where the system does not tell.
fn peak_memory() -> Result<u64, Box<dyn Error>> {
    let Ok(status) = std::fs::read_to_string("/proc/self/status") else {
        return Ok(0);
    };
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    Ok(number.unwrap_or("0").parse()?)
}

fn compare() -> Result<(), Box<dyn Error>> {
    println!(
        "{:>10} {:>12} {:>12} {:>22} {:>9} {:>10}",
        "migrations", "tablature", "sqlparser", "ratio [min max]", "exponent", "memory"
    );
    let mut before: Option<(usize, f64)> = None;
    for (size, rounds) in SIZES {
        let mut ours = Vec::new();
        let mut theirs = Vec::new();
        let mut ratios = Vec::new();
        let mut memory = 0;
        for _ in 0..rounds {
            let (our, peak) = run("tablature", size)?;
            let (their, _) = run("sqlparser", size)?;
            memory = memory.max(peak);
            ours.push(our);
            theirs.push(their);
            ratios.push(our / their);
        }
        let (ours, theirs) = (median(&mut ours), median(&mut theirs));
        let ratio = median(&mut ratios);
        let exponent = before.map_or("-".to_owned(), |(size_before, before)| {
            let growth = (ours / before).ln() / (size as f64 / size_before as f64).ln();
            format!("{growth:.2}")
        });
        let range = format!(
            "{ratio:.2} [{:.2} {:.2}]",
            ratios.first().unwrap_or(&0.0),
            ratios.last().unwrap_or(&0.0)
        );
        println!(
            "{size:>10} {:>9.2} ms {:>9.2} ms {range:>22} {exponent:>9} {:>7} MB",
            ours / 1e6,
            theirs / 1e6,
            memory / 1000
        );
        before = Some((size, ours));
    }
    Ok(())
}

/// Nanoseconds and kB of a process of its own.
fn run(contender: &str, size: usize) -> Result<(f64, u64), Box<dyn Error>> {
    let output = Command::new(std::env::current_exe()?)
        .args([contender, &size.to_string()])
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let text = String::from_utf8(output.stdout)?;
    let (time, memory) = text.trim().split_once(' ').ok_or("no figures")?;
    Ok((time.parse()?, memory.parse()?))
}

/// Sorts, and returns the value in the middle.
fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
