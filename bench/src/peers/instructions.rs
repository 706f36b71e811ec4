//! Instructions that a process executes: a figure that does not depend on how busy the machine is.

use crate::contenders::Result;
use std::path::Path;
use std::process::Command;

/// How many instructions a verb takes as a whole process; `valgrind` counts them.
pub(crate) fn count(binary: &Path, verb: &str, database: &Path) -> Result<f64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(binary)
        .arg(verb)
        .arg(database)
        .output()
        .map_err(|error| {
            format!("`valgrind` counts instructions, and could not be run: {error}")
        })?;
    let told = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(told.into_owned().into());
    }
    let count = told
        .lines()
        .find_map(|line| line.split_once("Collected : "));
    let (_, count) = count.ok_or("valgrind tells no count")?;
    Ok(count.trim().parse()?)
}
