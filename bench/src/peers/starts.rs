//! What it costs to start where nothing is to be applied.

use crate::apply::{binaries, fresh};
use crate::contenders::{CONTENDERS, Result, run};
use crate::instructions::count;
use crate::table::{self, Series, short};
use std::path::Path;
use std::process::Command;

/// A short history and a long one: what is constant costs the same in both.
const SIZES: [usize; 2] = [10, 1_000];

/// How many processes are started of each contender.
const ROUNDS: usize = 7;

/// What is measured of a contender in a process: microseconds.
#[derive(Default)]
struct Times {
    /// The first call in a process.
    first: Vec<f64>,
    /// On the same connection again.
    again: Vec<f64>,
    /// On a fresh connection.
    fresh: Vec<f64>,
    /// The application's first query on a fresh connection that was not migrated.
    query: Vec<f64>,
    /// Migrating and then the query, on a fresh connection.
    both: Vec<f64>,
}

pub(crate) fn measure() -> Result<()> {
    for size in SIZES {
        let mut contenders = Vec::new();
        for (contender, binary) in CONTENDERS.iter().zip(binaries(size)?) {
            let database = fresh(contender.name)?;
            run(Command::new(&binary).arg("apply").arg(&database))?;
            contenders.push((contender, binary, database, Times::default()));
        }
        for _ in 0..ROUNDS {
            for (_, binary, database, times) in &mut contenders {
                times.measure(binary, database)?;
            }
        }
        let rows = contenders
            .iter()
            .map(|(contender, binary, database, times)| {
                let mut row = vec![contender.name.to_owned()];
                row.extend(times.cells());
                let open = count(binary, "open", database)?;
                let once = count(binary, "apply", database)?;
                let twice = count(binary, "apply-apply", database)?;
                let query = count(binary, "query", database)?;
                let both = count(binary, "apply-query", database)?;
                row.extend([
                    short((twice - once) / 1e3),
                    short((once - open) / 1e3),
                    short((query - open) / 1e3),
                    format!("{:.2}", (both - open) / (query - open)),
                ]);
                Ok(row)
            })
            .collect::<Result<Vec<_>>>()?;
        let head = [
            "",
            "first in a process, µs",
            "again, µs",
            "fresh connection, µs",
            "first query instead, µs",
            "both / query [min max]",
            "again, thousand instructions",
            "first",
            "first query instead",
            "both / query",
        ];
        let title = format!("Starting with {size} migrations applied, {ROUNDS} processes each");
        table::print(&title, &head.map(str::to_owned), &rows);
    }
    Ok(())
}

impl Times {
    fn measure(&mut self, binary: &Path, database: &Path) -> Result<()> {
        let first = run(Command::new(binary).arg("apply").arg(database))?;
        self.first.push(first.trim().parse::<f64>()? / 1e3);
        let rest = run(Command::new(binary).arg("starts").arg(database))?;
        let lists = [
            &mut self.again,
            &mut self.fresh,
            &mut self.query,
            &mut self.both,
        ];
        for (list, nanoseconds) in lists.into_iter().zip(rest.split_whitespace()) {
            list.push(nanoseconds.parse::<f64>()? / 1e3);
        }
        Ok(())
    }

    fn cells(&self) -> Vec<String> {
        let lists = [&self.first, &self.again, &self.fresh, &self.query];
        let median = |list: &Vec<f64>| short(list.iter().copied().collect::<Series>().median());
        let ratios = self.both.iter().zip(&self.query);
        let ratio: Series = ratios.map(|(both, query)| both / query).collect();
        let mut cells: Vec<String> = lists.into_iter().map(median).collect();
        cells.push(ratio.spread());
        cells
    }
}
