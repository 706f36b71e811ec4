//! What it costs to apply a history to a new database on disk.

use crate::contenders::{CONTENDERS, Result, run, workshop};
use crate::instructions;
use crate::table::{self, Series, short};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The sizes of histories, and in how many rounds each is applied.
pub(crate) const SIZES: [(usize, usize); 3] = [(10, 31), (100, 15), (1_000, 5)];

/// The longest history whose instructions are counted: counting takes fifty times as long.
const COUNTED: usize = 100;

pub(crate) fn measure() -> Result<()> {
    for (size, rounds) in SIZES {
        let binaries = binaries(size)?;
        let mut times: Vec<Vec<f64>> = vec![Vec::new(); CONTENDERS.len()];
        for _ in 0..rounds {
            for (binary, times) in binaries.iter().zip(&mut times) {
                let database = fresh("apply")?;
                let nanoseconds = run(Command::new(binary).arg("apply").arg(&database))?;
                times.push(nanoseconds.trim().parse::<f64>()? / 1e6);
            }
        }
        let counts: Vec<f64> = binaries
            .iter()
            .filter(|_| size <= COUNTED)
            .map(|binary| {
                let open = instructions::count(binary, "open", &fresh("apply")?)?;
                Ok(instructions::count(binary, "apply", &fresh("apply")?)? - open)
            })
            .collect::<Result<_>>()?;
        let floor = times.first().cloned().unwrap_or_default();
        let rows: Vec<Vec<String>> = CONTENDERS
            .iter()
            .zip(&times)
            .enumerate()
            .map(|(at, (contender, times))| {
                let count = counts.get(at);
                let ratio = count
                    .zip(counts.first())
                    .map(|(count, floor)| count / floor);
                let ratios = times.iter().zip(&floor).map(|(time, floor)| time / floor);
                vec![
                    contender.name.to_owned(),
                    if contender.has_history { "yes" } else { "no" }.to_owned(),
                    short(times.iter().copied().collect::<Series>().median()),
                    ratios.collect::<Series>().spread(),
                    count.map_or("-".to_owned(), |count| short(count / 1e6)),
                    ratio.map_or("-".to_owned(), |ratio| format!("{ratio:.2}")),
                ]
            })
            .collect();
        let head = [
            "",
            "history",
            "ms",
            "ratio [min max]",
            "million instructions",
            "ratio",
        ];
        let title = format!("Applying {size} migrations to a new database, {rounds} rounds");
        table::print(&title, &head.map(str::to_owned), &rows);
    }
    Ok(())
}

/// The binaries of all contenders for histories of a size.
pub(crate) fn binaries(size: usize) -> Result<Vec<PathBuf>> {
    CONTENDERS
        .iter()
        .map(|contender| contender.binary(size))
        .collect()
}

/// Where a database can be made: there is none.
pub(crate) fn fresh(name: &str) -> Result<PathBuf> {
    let database = workshop().join(name).with_extension("db");
    for suffix in ["", "-journal", "-wal", "-shm"] {
        let file = PathBuf::from(format!("{}{suffix}", database.display()));
        if Path::exists(&file) {
            std::fs::remove_file(file)?;
        }
    }
    Ok(database)
}
