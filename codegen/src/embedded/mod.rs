//! What an application embeds, as values: a directory's migrations, and the schema that the last one leaves behind.

mod migrations;
mod schema;

pub use migrations::migrations;
pub use schema::schema;
