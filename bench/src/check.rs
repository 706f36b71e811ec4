//! What checking a history costs, against the time in which `sqlparser` tokenizes and parses the same statements.
//!
//! `cargo run` measures unoptimised, as cargo builds macros; `cargo run --release` optimised. Each figure comes from a
//! process of its own, the two contenders in turn, and the ratio is taken round by round: the machine may be busy.
//!
//! `cargo run -- shapes` measures histories of other kinds, each at two sizes. `cargo run -- postgres`, and `postgres shapes`,
//! measure those of that engine.

mod shapes;
mod statistics;

use shapes::Shape;
use sqlparser::dialect::{Dialect, PostgreSqlDialect, SQLiteDialect};
use sqlparser::parser::Parser;
use statistics::median;
use std::error::Error;
use std::process::Command;
use std::time::Instant;
use tablature_schema::directory::Directory;
use tablature_schema::{Options, check};

/// How many migrations, and in how many rounds.
const SIZES: [(usize, usize); 4] = [(10, 21), (100, 11), (1_000, 5), (10_000, 3)];
/// In how many rounds each shape is measured.
const ROUNDS: usize = 5;

/// What differs from one engine to the other.
struct Engine {
    name: &'static str,
    shapes: &'static [Shape],
    dialect: &'static dyn Dialect,
}

const ENGINES: [Engine; 2] = [
    Engine {
        name: "sqlite",
        shapes: &shapes::sqlite::SHAPES,
        dialect: &SQLiteDialect {},
    },
    Engine {
        name: "postgres",
        shapes: &shapes::postgres::SHAPES,
        dialect: &PostgreSqlDialect {},
    },
];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (engine, words) = match words.as_slice() {
        [name, rest @ ..] if ENGINES.iter().any(|engine| engine.name == *name) => (*name, rest),
        all => ("sqlite", all),
    };
    let mut engines = ENGINES.iter();
    let engine = engines.find(|it| it.name == engine).ok_or("no engine")?;
    match words {
        [contender, shape, size] => measure(engine, contender, engine.named(shape)?, size.parse()?),
        ["shapes"] => {
            let mut shapes = engine.shapes.iter();
            shapes.try_for_each(|shape| engine.compare_shape(shape))
        }
        ["shapes", names @ ..] => {
            let mut names = names.iter();
            names.try_for_each(|name| engine.compare_shape(engine.named(name)?))
        }
        _ => engine.compare(),
    }
}

impl Engine {
    fn named(&self, name: &str) -> Result<&'static Shape, Box<dyn Error>> {
        let mut shapes = self.shapes.iter();
        let shape = shapes.find(|shape| shape.name == name);
        shape.ok_or_else(|| format!("no shape `{name}`").into())
    }

    fn compare(&self) -> Result<(), Box<dyn Error>> {
        println!(
            "{:>10} {:>12} {:>12} {:>22} {:>9} {:>10}",
            "migrations", "tablature", "sqlparser", "ratio [min max]", "exponent", "memory"
        );
        let mut before = None;
        let shape = self.named("migrations")?;
        for (size, rounds) in SIZES {
            let figures = Figures::of(self, shape, size, rounds)?;
            println!("{size:>10} {}", figures.line(before));
            before = Some(figures.ours);
        }
        Ok(())
    }

    fn compare_shape(&self, shape: &Shape) -> Result<(), Box<dyn Error>> {
        println!("{}: {}", shape.name, shape.what);
        let mut before = None;
        for size in shape.sizes {
            let figures = Figures::of(self, shape, size, ROUNDS)?;
            println!("{size:>10} {}", figures.line(before));
            before = Some(figures.ours);
        }
        Ok(())
    }
}

/// Prints the nanoseconds that a contender takes, and the most memory that its process had, in kB.
fn measure(
    engine: &Engine,
    contender: &str,
    shape: &Shape,
    size: usize,
) -> Result<(), Box<dyn Error>> {
    let files = (1..).zip((shape.files)(size));
    let files: Vec<(String, String)> = files
        .map(|(number, text)| (format!("{number}_migration.sql"), text))
        .collect();
    let expected: usize = files
        .iter()
        .map(|(_, text)| text.split("$$").step_by(2).collect::<String>())
        .map(|outside_of_bodies| outside_of_bodies.matches(';').count())
        .sum();
    let start = Instant::now();
    let statements = match contender {
        "tablature" => tablature(engine, &files)?,
        "sqlparser" => sqlparser(engine, &files)?,
        other => return Err(format!("no contender `{other}`").into()),
    };
    let elapsed = start.elapsed().as_nanos();
    if statements != expected {
        return Err(format!("{contender} saw {statements} statements").into());
    }
    println!("{elapsed} {}", peak_memory()?);
    Ok(())
}

fn tablature(engine: &Engine, files: &[(String, String)]) -> Result<usize, Box<dyn Error>> {
    let files = files.iter();
    let files = files.map(|(name, text)| (name.as_str(), text.as_str()));
    let dialect = format!("dialect = \"{}\"", engine.name);
    let files = files.chain([("tablature.toml", dialect.as_str())]);
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

fn sqlparser(engine: &Engine, files: &[(String, String)]) -> Result<usize, Box<dyn Error>> {
    let mut statements = 0;
    let mut kept = Vec::new();
    for (_, text) in files {
        let parsed = Parser::parse_sql(engine.dialect, text)?;
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

/// What was measured of a history.
struct Figures {
    /// Nanoseconds, the median of the rounds.
    ours: f64,
    theirs: f64,
    /// The median, the least and the greatest.
    ratio: [f64; 3],
    /// In kB.
    memory: u64,
}

impl Figures {
    fn of(
        engine: &Engine,
        shape: &Shape,
        size: usize,
        rounds: usize,
    ) -> Result<Figures, Box<dyn Error>> {
        let mut ours = Vec::new();
        let mut theirs = Vec::new();
        let mut ratios = Vec::new();
        let mut memory = 0;
        for _ in 0..rounds {
            let (our, peak) = run(engine, "tablature", shape, size)?;
            // It does not read every statement of this engine.
            let their = run(engine, "sqlparser", shape, size).map_or(f64::NAN, |(time, _)| time);
            memory = memory.max(peak);
            ours.push(our);
            theirs.push(their);
            ratios.push(our / their);
        }
        let ratio = median(&mut ratios);
        let extreme = |ratio: Option<&f64>| ratio.copied().unwrap_or_default();
        Ok(Figures {
            ours: median(&mut ours),
            theirs: median(&mut theirs),
            ratio: [ratio, extreme(ratios.first()), extreme(ratios.last())],
            memory,
        })
    }

    /// A line of a table, with the growth from a smaller size to 10 times that.
    fn line(&self, before: Option<f64>) -> String {
        let exponent = before.map_or("-".to_owned(), |before| {
            format!("{:.2}", (self.ours / before).log10())
        });
        let [ratio, least, greatest] = self.ratio;
        let ratio = format!("{ratio:.2} [{least:.2} {greatest:.2}]");
        format!(
            "{:>9.2} ms {:>9.2} ms {ratio:>22} {exponent:>9} {:>7} MB",
            self.ours / 1e6,
            self.theirs / 1e6,
            self.memory / 1000
        )
    }
}

/// Nanoseconds and kB of a process of its own.
fn run(
    engine: &Engine,
    contender: &str,
    shape: &Shape,
    size: usize,
) -> Result<(f64, u64), Box<dyn Error>> {
    let output = Command::new(std::env::current_exe()?)
        .args([engine.name, contender, shape.name, &size.to_string()])
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let text = String::from_utf8(output.stdout)?;
    let (time, memory) = text.trim().split_once(' ').ok_or("no figures")?;
    Ok((time.parse()?, memory.parse()?))
}
