//! A misspelt column and one that is not there yet, in migrations of PostgreSQL; the structs are there all the same.

tablature::migrations!("postgres_unknown_column");

fn main() {
    println!("{:?}", std::mem::size_of::<UsageStats>());
}
