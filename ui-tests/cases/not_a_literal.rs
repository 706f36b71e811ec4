//! The path is no string literal.

const DIRECTORY: &str = "skeleton";

tablature::migrations!(DIRECTORY);

fn main() {}
