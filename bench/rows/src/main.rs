//! What reading and writing rows costs, generated and by hand, in instructions: no clock is as steady.
//!
//! `cargo run --release` prints a table in Markdown. It runs itself under `valgrind`, which has to be installed, once for
//! each way: with a number of rows, and with none, so that only the rows count.

mod ways;

use std::error::Error;
use std::process::Command;

/// So many that what comes once does not count.
const ROWS: usize = 20_000;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [] => compare(),
        [way, rows] => ways::run(way, rows.parse()?),
        _ => Err("usage: [<way> <rows>]".into()),
    }
}

fn compare() -> Result<(), Box<dyn Error>> {
    println!("| | instructions a row | ratio to by hand |");
    println!("|---|---|---|");
    for (title, by_hand, others) in ways::COMPARISONS {
        let floor = instructions(by_hand)?;
        println!("| {title}, by hand | {floor:.0} | 1.00 |");
        for (name, way) in *others {
            let count = instructions(way)?;
            println!("| {title}, {name} | {count:.0} | {:.2} |", count / floor);
        }
    }
    Ok(())
}

/// How many instructions a way takes for a row.
fn instructions(way: &str) -> Result<f64, Box<dyn Error>> {
    let none = counted(way, 0)?;
    let all = counted(way, ROWS)?;
    Ok((all - none) / ROWS as f64)
}

/// How many instructions this program takes to go a way with some rows.
fn counted(way: &str, rows: usize) -> Result<f64, Box<dyn Error>> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe()?)
        .args([way, &rows.to_string()])
        .output()?;
    let text = String::from_utf8(output.stderr)?;
    if !output.status.success() {
        return Err(text.into());
    }
    let collected = text
        .lines()
        .find_map(|line| line.split_once("Collected : "));
    let (_, count) = collected.ok_or("valgrind has counted nothing")?;
    Ok(count.trim().parse()?)
}
