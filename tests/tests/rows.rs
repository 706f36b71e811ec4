//! Statements that run on the rows of small tables: what the replay says of a row, the engine says too.

use std::process::ExitCode;
use tablature_tests::engine::Rows;
use tablature_tests::growth::{Growth, grow};

fn main() -> ExitCode {
    let growth = Growth {
        statement: |generator| generator.statement_on_rows(),
        rows: Rows::Run,
    };
    grow(growth, 3_000).print("statements on rows")
}
