//! The configuration speaks of what is not there.

tablature::migrations!("unknown_override");

fn main() {}
