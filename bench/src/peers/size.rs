//! How large a stripped program is.

use crate::apply::{SIZES, binaries};
use crate::contenders::{CONTENDERS, Result, run, workshop};
use crate::table;
use std::path::Path;
use std::process::Command;

pub(crate) fn measure() -> Result<()> {
    let mut rows: Vec<Vec<String>> = CONTENDERS
        .iter()
        .map(|contender| vec![contender.name.to_owned()])
        .collect();
    for (size, _) in SIZES {
        let binaries = binaries(size)?;
        let sizes = binaries.iter().map(|binary| stripped(binary));
        let sizes: Vec<f64> = sizes.collect::<Result<_>>()?;
        let floor = sizes.first().copied().unwrap_or_default();
        for (row, size) in rows.iter_mut().zip(sizes) {
            row.push(format!(
                "{:.0} ({:+.0})",
                size / 1024.0,
                (size - floor) / 1024.0
            ));
        }
    }
    let mut head = vec![String::new()];
    head.extend(SIZES.map(|(size, _)| format!("{size} migrations")));
    table::print("Stripped release binary, KiB (over raw)", &head, &rows);
    Ok(())
}

fn stripped(binary: &Path) -> Result<f64> {
    let stripped = workshop().join("stripped");
    run(Command::new("strip").arg("-o").arg(&stripped).arg(binary))?;
    Ok(std::fs::metadata(stripped)?.len() as f64)
}
