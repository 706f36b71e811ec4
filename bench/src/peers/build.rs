//! What it costs to build an application: from nothing, and after a migration was edited.

use crate::contenders::{CONTENDERS, Contender, Result, cargo, run, workshop};
use crate::history::{Migration, history};
use crate::table::{self, Series, short};
use std::fs;
use std::path::Path;
use std::time::Instant;

const COLD_ROUNDS: usize = 2;
const EDITS: usize = 5;

/// One contender of each package.
fn packages() -> impl Iterator<Item = &'static Contender> {
    let mut seen = Vec::new();
    CONTENDERS.iter().filter(move |contender| {
        let is_new = !seen.contains(&contender.package);
        seen.push(contender.package);
        is_new
    })
}

/// Builds a minimal application with 100 migrations, unoptimised and from nothing but downloaded sources.
pub(crate) fn measure_cold() -> Result<()> {
    let workshop = workshop();
    let history = history(100);
    let contenders: Vec<_> = packages().collect();
    let mut times: Vec<Vec<Cost>> = contenders.iter().map(|_| Vec::new()).collect();
    for _ in 0..COLD_ROUNDS {
        for (contender, times) in contenders.iter().zip(&mut times) {
            let package = contender.write(&workshop.join("cold"), &history)?;
            let target = workshop.join("cold-target");
            if target.exists() {
                fs::remove_dir_all(&target)?;
            }
            run(cargo(&target, &package).arg("fetch"))?;
            times.push(Cost::of(|| build(contender, &package, &target))?);
        }
    }
    let rows: Vec<Vec<String>> = contenders
        .iter()
        .zip(&times)
        .map(|(contender, costs)| {
            let seconds: Series = costs.iter().map(|cost| cost.seconds).collect();
            let processor: Series = costs.iter().map(|cost| cost.processor).collect();
            vec![
                contender.package.to_owned(),
                seconds.spread(),
                processor.spread(),
            ]
        })
        .collect();
    let head = ["", "s [min max]", "processor s [min max]"].map(str::to_owned);
    let title = format!("Cold debug build with 100 migrations, {COLD_ROUNDS} rounds");
    table::print(&title, &head, &rows);
    Ok(())
}

/// Builds again, unoptimised, after one of 1,000 migrations was edited.
pub(crate) fn measure_edit() -> Result<()> {
    let workshop = workshop();
    let history = history(1_000);
    let target = workshop.join("edit-target");
    let mut contenders = Vec::new();
    for contender in packages() {
        let package = contender.write(&workshop.join("edit"), &history)?;
        build(contender, &package, &target)?;
        contenders.push((contender, package, Vec::new()));
    }
    // An UPDATE, so that nothing else changes.
    const NUMBER: usize = 496;
    let Some(migration) = history.get(NUMBER - 1) else {
        return Err("the history is too short".into());
    };
    for round in 0..EDITS {
        for (contender, package, costs) in &mut contenders {
            let file = contender.file(package, NUMBER, migration);
            let Migration { sql, .. } = migration;
            fs::write(file, sql.replace("id > 1", &format!("id > {}", round + 2)))?;
            costs.push(Cost::of(|| build(contender, package, &target))?);
        }
    }
    let sqlx: Vec<f64> = contenders
        .iter()
        .find(|(contender, ..)| contender.package == "sqlx")
        .map(|(.., costs)| costs.iter().map(|cost: &Cost| cost.seconds).collect())
        .unwrap_or_default();
    let rows: Vec<Vec<String>> = contenders
        .iter()
        .map(|(contender, _, costs)| {
            let seconds: Series = costs.iter().map(|cost| cost.seconds).collect();
            let processor: Series = costs.iter().map(|cost| cost.processor).collect();
            let ratios = costs
                .iter()
                .zip(&sqlx)
                .map(|(cost, sqlx)| cost.seconds / sqlx);
            vec![
                contender.package.to_owned(),
                short(seconds.median()),
                ratios.collect::<Series>().spread(),
                short(processor.median()),
            ]
        })
        .collect();
    let head = ["", "s", "ratio to sqlx [min max]", "processor s"].map(str::to_owned);
    let title = format!("Debug build after one of 1,000 migrations was edited, {EDITS} edits");
    table::print(&title, &head, &rows);
    Ok(())
}

fn build(contender: &Contender, package: &Path, target: &Path) -> Result<()> {
    let mut cargo = cargo(target, package);
    run(cargo.args(["build", "--quiet", "--offline", "--bin", contender.name])).map(drop)
}

/// What some work has taken.
pub(crate) struct Cost {
    pub(crate) seconds: f64,
    /// Seconds of the processors, in which others do not count.
    pub(crate) processor: f64,
}

impl Cost {
    pub(crate) fn of(work: impl FnOnce() -> Result<()>) -> Result<Cost> {
        let before = processor()?;
        let start = Instant::now();
        work()?;
        Ok(Cost {
            seconds: start.elapsed().as_secs_f64(),
            processor: processor()? - before,
        })
    }
}

/// Seconds that the processes have taken that this one has started and that are over; 0 where the system does not tell.
fn processor() -> Result<f64> {
    const TICKS: f64 = 100.0;
    let Ok(stat) = fs::read_to_string("/proc/self/stat") else {
        return Ok(0.0);
    };
    // The name in parentheses may hold spaces; the 14th and 15th word behind it are those of children.
    let (_, words) = stat.rsplit_once(')').ok_or("no name in stat")?;
    let mut words = words.split_whitespace().skip(13);
    let mut ticks = 0.0;
    for word in words.by_ref().take(2) {
        ticks += word.parse::<f64>()?;
    }
    Ok(ticks / TICKS)
}
