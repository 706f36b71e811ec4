//! Statements made from the grammar: the replay gives the engine's verdict on each, and its catalog.

use std::process::ExitCode;
use tablature_tests::engine::Rows;
use tablature_tests::growth::{Growth, grow};

fn main() -> ExitCode {
    let growth = Growth {
        statement: |generator| generator.statement(),
        rows: Rows::asked(),
    };
    grow(growth, 3_000).print("statements")
}
