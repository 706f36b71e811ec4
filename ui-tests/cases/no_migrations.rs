//! The directory holds no migration.

tablature::migrations!("no_migrations");

fn main() {}
