//! What a lint finds is a warning of the compiler.
#![deny(deprecated)]

tablature::migrations!("lint_warning");

fn main() {}
