//! What a new database costs: from the migrations, from the snapshot, from the image of another.
//!
//! `cargo run --release` prints a table in Markdown for histories of 10, 100 and 1,000 migrations. Each round makes a
//! database in each way, and a ratio is one of the same round. The snapshot is made by the command, as a user makes it.

#[path = "../../src/peers/history.rs"]
#[allow(
    dead_code,
    reason = "the histories of the other comparison, of which only one convention is wanted here"
)]
mod history;
#[path = "../../src/statistics.rs"]
mod statistics;

use history::Convention;
use statistics::median;
use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::time::Instant;
use tablature::Migrations;
use tablature::rusqlite::Connection;
use tablature_codegen::embedded;
use tablature_schema::directory::Directory;
use tablature_schema::{Options, check};

/// How many migrations, and in how many rounds.
const SIZES: [(usize, usize); 3] = [(10, 31), (100, 31), (1_000, 11)];

fn main() -> Result<(), Box<dyn Error>> {
    println!(
        "| migrations | replayed, ms | from the snapshot, ms | times as fast [min max] | in memory, replayed, ms | in memory, first image, ms | each after it, µs |"
    );
    println!("|---|---|---|---|---|---|---|");
    for (size, rounds) in SIZES {
        let directory = tempfile::tempdir()?;
        let migrations = directory.path().join("migrations");
        history::write(&migrations, &history::history(size), Convention::Numbered)?;
        let replayed = read(directory.path())?;
        snapshot(directory.path())?;
        let whole = read(directory.path())?;

        let mut replay = Vec::new();
        let mut made = Vec::new();
        let mut ratios = Vec::new();
        let mut memory = Vec::new();
        let mut first = Vec::new();
        let mut next = Vec::new();
        for _ in 0..rounds {
            let slow = timed(|| apply(&replayed, directory.path(), None))?;
            let fast = timed(|| apply(&whole, directory.path(), Some(size)))?;
            replay.push(slow);
            made.push(fast);
            ratios.push(slow / fast);
            memory.push(timed(|| {
                replayed.apply(&mut Connection::open_in_memory()?)?;
                Ok(())
            })?);
            let mut image = None;
            first.push(timed(|| {
                image = Some(whole.runner().image()?);
                Ok(())
            })?);
            let image = image.ok_or("there is no image")?;
            for _ in 0..11 {
                next.push(1e3 * timed(|| Ok(drop(image.open()?)))?);
            }
        }
        let ratio = median(&mut ratios);
        let (least, most) = (ratios.first(), ratios.last());
        println!(
            "| {size} | {:.2} | {:.2} | {ratio:.1} [{:.1} {:.1}] | {:.2} | {:.2} | {:.0} |",
            median(&mut replay),
            median(&mut made),
            least.unwrap_or(&0.0),
            most.unwrap_or(&0.0),
            median(&mut memory),
            median(&mut first),
            median(&mut next),
        );
    }
    Ok(())
}

/// The migrations of a directory, and its snapshot if it has one, as an application embeds them.
fn read(root: &Path) -> Result<Migrations, Box<dyn Error>> {
    let checked = check(Directory::read(root, "migrations"), &Options::default());
    if !checked.accepted() {
        return Err("the history is rejected".into());
    }
    Ok(Migrations {
        list: embedded::migrations(&checked).into(),
        expected: embedded::expected(&checked.catalog, &checked.sources),
        snapshot: embedded::snapshot(&checked),
        steps: Vec::new().into(),
        source: None,
    })
}

/// Has the command write the snapshot.
fn snapshot(root: &Path) -> Result<(), Box<dyn Error>> {
    let cli = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cli/Cargo.toml");
    let status = Command::new(env!("CARGO"))
        .args(["run", "--release", "--quiet", "--manifest-path"])
        .arg(cli)
        .args(["--", "snapshot", "--dir"])
        .arg(root.join("migrations"))
        .stdout(std::process::Stdio::null())
        .status()?;
    if status.success() {
        Ok(())
    } else {
        Err("no snapshot was written".into())
    }
}

/// Makes a new database on disk, from a snapshot of a version or from none.
fn apply(
    migrations: &Migrations,
    root: &Path,
    snapshot: Option<usize>,
) -> Result<(), Box<dyn Error>> {
    let directory = tempfile::tempdir_in(root)?;
    let mut connection = Connection::open(directory.path().join("app.db"))?;
    let report = migrations.apply(&mut connection)?;
    if report.snapshot == snapshot.map(|version| version as i64) {
        Ok(())
    } else {
        Err(format!("made from {:?}", report.snapshot).into())
    }
}

/// The milliseconds that something takes.
fn timed(work: impl FnOnce() -> Result<(), Box<dyn Error>>) -> Result<f64, Box<dyn Error>> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed().as_secs_f64() * 1e3)
}
