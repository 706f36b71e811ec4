//! A migration names a function that the application does not have.

tablature::migrations!("steps");

mod steps {}

fn main() {}
