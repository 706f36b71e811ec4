//! A file is nearly named like a migration.

tablature::migrations!("near_miss");

fn main() {}
