//! The `cargo tablature` command.

fn main() {}
