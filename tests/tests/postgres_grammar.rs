//! Lists of statements that PostgreSQL is known to accept or to reject.

#![expect(clippy::print_stdout, reason = "what a test saw is its output")]

use libtest_mimic::{Arguments, Trial};
use std::io;
use tablature_test_server::{Server, shared};
use tablature_tests::differential::{Agreement, Disagreement, Migration};
use tablature_tests::grammar::{self, Block};
use tablature_tests::postgres::boundaries::statements;
use tablature_tests::postgres::engine::WANTS_NO_TRANSACTION;
use tablature_tests::postgres::globals::Globals;
use tablature_tests::postgres::pair::Pair;
use tablature_tests::replayed::on_a_large_stack;

fn main() -> io::Result<()> {
    let arguments = Arguments::from_args();
    let Some(directory) = grammar::directory() else {
        println!("TABLATURE_GRAMMAR is not set: no list of statements was read");
        return Ok(());
    };
    let Some(server) = shared() else {
        return Ok(());
    };
    let mut trials = Vec::new();
    for (file, known) in [
        ("postgres_valid", Agreement::Accepted),
        ("postgres_invalid", Agreement::Rejected),
    ] {
        let list = grammar::list(&directory.join(file).with_extension("sql"))?;
        for (number, block) in (1..).zip(list.blocks) {
            let setup = list.setup.clone();
            let first = block.statement.lines().next().unwrap_or_default();
            let name = format!("{file}/{number:03} {first}");
            trials.push(Trial::test(name, move || {
                Ok(on_a_large_stack(|| run(server, &setup, &block, known))?)
            }));
        }
    }
    libtest_mimic::run(&arguments, trials).exit()
}

fn run(
    server: &'static Server,
    setup: &str,
    block: &Block,
    known: Agreement,
) -> Result<(), String> {
    let said = |error: postgres::Error| error.to_string();
    let _globals = Globals::keep(server).map_err(said)?;
    let mut statement = Migration {
        path: "2_statement.sql".to_owned(),
        statements: vec![format!("{}{}", block.setup, block.statement)],
        transaction: true,
    };
    let setup = Migration {
        path: "1_setup.sql".to_owned(),
        statements: statements(setup)
            .into_iter()
            .map(|it| setup[it].to_owned())
            .collect(),
        transaction: true,
    };
    let mut pair = Pair::new(server, &[]).map_err(said)?;
    let mut found = pair.trial(&[setup.clone(), statement.clone()]);
    let wants_none = pair
        .engine()
        .last_code()
        .is_some_and(|code| WANTS_NO_TRANSACTION.contains(&code));
    if wants_none && found == Ok(Agreement::Rejected) {
        statement.transaction = false;
        found = pair.migrate(&setup).and_then(|_| pair.migrate(&statement));
    }
    match found {
        Ok(found) if found == known => Ok(()),
        Ok(Agreement::Left) => Ok(()),
        Ok(found) => Err(format!("both say {found:?}\n{}", statement.text())),
        Err(disagreement) => Err(report(&disagreement, &statement)),
    }
}

fn report(disagreement: &Disagreement, statement: &Migration) -> String {
    format!("{disagreement}\n-- in:\n{}", statement.text())
}
