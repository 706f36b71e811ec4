//! The path says where the crate lies on one machine.

tablature::migrations!("/srv/migrations");

fn main() {}
