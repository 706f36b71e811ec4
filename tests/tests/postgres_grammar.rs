//! Lists of statements that PostgreSQL is known to accept or to reject.

#![expect(clippy::print_stdout, reason = "what a test saw is its output")]

use libtest_mimic::{Arguments, Trial};
use std::io;
use tablature_test_server::{Server, shared};
use tablature_tests::differential::{Agreement, Disagreement, Kind, Migration};
use tablature_tests::grammar::{self, Block};
use tablature_tests::postgres::boundaries::statements;
use tablature_tests::postgres::engine::{WANTS_NO_TRANSACTION, is_copy_in};
use tablature_tests::postgres::globals::Globals;
use tablature_tests::postgres::pair::Pair;
use tablature_tests::replayed::on_a_large_stack;

/// The kind of a test of what the server accepts and a migration cannot have: `COPY … FROM stdin`, whose rows the client sends.
const BY_DESIGN: &str = "refused by design";
/// What the replay says of it.
const NO_ROWS: &str = "a migration has no rows to send";

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
    let mut refused = 0_usize;
    for (file, known) in [
        ("postgres_valid", Agreement::Accepted),
        ("postgres_invalid", Agreement::Rejected),
    ] {
        let list = grammar::list(&directory.join(file).with_extension("sql"))?;
        for (number, block) in (1..).zip(list.blocks) {
            let setup = list.setup.clone();
            let first = block.statement.lines().next().unwrap_or_default();
            let name = format!("{file}/{number:03} {first}");
            let by_design = known == Agreement::Accepted && is_copy_in(&block.statement);
            let trial = Trial::test(name, move || {
                Ok(on_a_large_stack(|| {
                    run(server, &setup, &block, known, by_design)
                })?)
            });
            refused += usize::from(by_design);
            trials.push(match by_design {
                true => trial.with_kind(BY_DESIGN),
                false => trial,
            });
        }
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    println!("{BY_DESIGN}, as COPY FROM STDIN wants rows of the client: {refused}");
    conclusion.exit()
}

fn run(
    server: &'static Server,
    setup: &str,
    block: &Block,
    known: Agreement,
    by_design: bool,
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
    if by_design {
        return match found {
            Err(Disagreement {
                kind: Kind::FalselyRejected,
                replay: Some((said, _)),
                ..
            }) if said.contains(NO_ROWS) => Ok(()),
            found => Err(format!("not refused by design: {found:?}")),
        };
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
