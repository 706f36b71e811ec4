//! A migration reads a column before it is there.

tablature::migrations!("unknown_column");

fn main() {}
