//! A file is not UTF-8.

tablature::migrations!("not_utf8");

fn main() {}
