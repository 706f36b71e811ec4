//! Lists of statements that the engine is known to accept or to reject.
//!
//! Each is an ordinary migration, or one with `-- no-transaction` where the help of the check says so.

#![expect(clippy::print_stdout, reason = "what a test saw is its output")]

use libtest_mimic::{Arguments, Trial};
use std::io;
use tablature_schema::directory::Directory;
use tablature_schema::render::{Style, report};
use tablature_schema::{Checked, Options, check};
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
    let mut statement = format!("{}{}", block.setup, block.statement);
    let mut checked = door(setup, &statement);
    let mut helps = checked.diagnostics.iter().filter_map(|it| it.help.as_ref());
    let transaction = !helps.any(|help| help.contains("`-- no-transaction`"));
    if !transaction {
        statement.insert_str(0, "-- no-transaction\n");
        checked = door(setup, &statement);
    }
    if checked.accepted() != (known == Agreement::Accepted) {
        let report = report(&checked.sources, &checked.diagnostics, Style::Plain);
        return Err(format!("the check says otherwise\n{report}\n{statement}"));
    }
    let pair = Pair::new(&grammar::config(), Rows::Run);
    let mut pair = pair.map_err(|error| error.to_string())?;
    match pair.migrate("setup.sql", setup, true) {
        Ok(Agreement::Accepted) => {}
        other => return Err(format!("the set-up: {other:?}")),
    }
    match pair.migrate("statement.sql", &statement, transaction) {
        Ok(found) if found == known => Ok(()),
        Ok(found) => Err(format!("both say {found:?}\n{statement}")),
        Err(disagreement) => Err(format!("{disagreement}\n{statement}")),
    }
}

/// Checks a directory with the set-up and the statement as its two migrations, as a user would.
fn door(setup: &str, statement: &str) -> Checked {
    let files = [
        ("1_setup.sql", setup),
        ("2_statement.sql", statement),
        ("tablature.toml", grammar::TOML),
    ];
    let directory = Directory::from_files("migrations", files);
    check(directory, &Options::default())
}
