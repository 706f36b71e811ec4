//! The first error says which key of the configuration is wrong and what its type needs.

tablature::migrations!("type_without_traits");

#[derive(Debug, Clone)]
pub struct Email(pub String);

fn main() {}
