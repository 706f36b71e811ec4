//! Lists of statements that the engine is known to accept or to reject.

#![expect(clippy::print_stdout, reason = "what a test saw is its output")]

use libtest_mimic::{Arguments, Trial};
use std::io;
use tablature_tests::differential::{Agreement, Pair};
use tablature_tests::engine::Rows;
use tablature_tests::grammar::{self, Block};
use tablature_tests::replayed::on_a_large_stack;

fn main() -> io::Result<()> {
    let arguments = Arguments::from_args();
    let Some(directory) = grammar::directory() else {
        println!("TABLATURE_GRAMMAR is not set: no list of statements was read");
        return Ok(());
    };
    let mut trials = Vec::new();
    for (file, known) in [
        ("sqlite_valid", Agreement::Accepted),
        ("sqlite_invalid", Agreement::Rejected),
    ] {
        let list = grammar::list(&directory.join(file).with_extension("sql"))?;
        for (number, block) in (1..).zip(list.blocks) {
            let setup = list.setup.clone();
            let first = block.statement.lines().next().unwrap_or_default();
            let name = format!("{file}/{number:03} {first}");
            trials.push(Trial::test(name, move || {
                Ok(on_a_large_stack(|| run(&setup, &block, known))?)
            }));
        }
    }
    // Statements such as VACUUM INTO write files beside where they run.
    let scratch = tempfile::tempdir()?;
    std::env::set_current_dir(&scratch)?;
    let conclusion = libtest_mimic::run(&arguments, trials);
    drop(scratch);
    conclusion.exit()
}

fn run(setup: &str, block: &Block, known: Agreement) -> Result<(), String> {
    let pair = Pair::new(&grammar::config(), Rows::Run);
    let mut pair = pair.map_err(|error| error.to_string())?;
    let setup = format!("{setup}{}", block.setup);
    match pair.migrate("setup.sql", &setup, false) {
        Ok(Agreement::Accepted) => {}
        other => return Err(format!("the set-up: {other:?}")),
    }
    let found = pair.migrate("statement.sql", &block.statement, false);
    match found {
        Ok(found) if found == known => Ok(()),
        Ok(found) => Err(format!("both say {found:?}\n{}", block.statement)),
        Err(disagreement) => Err(format!("{disagreement}\n{}", block.statement)),
    }
}
