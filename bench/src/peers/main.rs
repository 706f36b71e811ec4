//! What applying migrations costs, here and with other libraries, over what it costs to do it by hand.
//!
//! `cargo run --release --bin peers` measures everything, which takes about an hour, and prints tables in Markdown; `… --
//! apply starts` only some of it. All contenders take their turn in each round, and a ratio is one of the same round: the machine may
//! be busy. `valgrind` has to be installed: it counts instructions.

mod apply;
mod build;
mod contenders;
mod history;
mod instructions;
mod size;
mod starts;
#[path = "../statistics.rs"]
mod statistics;
mod structs;
mod table;
mod take_over;

use contenders::Result;

/// What can be measured, and what measures it.
const MEASUREMENTS: [(&str, fn() -> Result<()>); 7] = [
    ("apply", apply::measure),
    ("starts", starts::measure),
    ("size", size::measure),
    ("build", build::measure_cold),
    ("edit", build::measure_edit),
    ("structs", structs::measure),
    ("take-over", take_over::measure),
];

fn main() -> Result<()> {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let known = |word: &String| MEASUREMENTS.iter().any(|(name, _)| name == word);
    if let Some(word) = wanted.iter().find(|word| !known(word)) {
        let names = MEASUREMENTS.map(|(name, _)| name).join(", ");
        return Err(format!("`{word}` is none of {names}").into());
    }
    std::fs::create_dir_all(contenders::workshop())?;
    for (name, measure) in MEASUREMENTS {
        if wanted.is_empty() || wanted.iter().any(|word| word == name) {
            measure()?;
        }
    }
    Ok(())
}
