//! The directory is not there.

tablature::migrations!("no_such_directory");

fn main() {}
