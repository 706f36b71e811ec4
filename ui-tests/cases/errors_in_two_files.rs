//! Every mistake of a directory is told in one run.

tablature::migrations!("errors_in_two_files");

fn main() {}
