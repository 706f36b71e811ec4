//! The sample application: stories, the calls of a language model that write them, and a community around them.
//!
//! Its migrations retell five true stories of migrations that went wrong. `cargo run --example stories` applies them.

pub mod generation;

/// The tables as structs, read from the migrations when this is compiled.
pub mod schema {
    tablature::migrations!("../migrations");
}

pub use schema::MIGRATIONS;
