//! What an application embeds, as values: a directory's migrations, the schema that the last one leaves behind, and the
//! snapshot.

mod migrations;
mod reversal;
mod schema;

pub use migrations::{migrations, snapshot};
pub use schema::schema;

use tablature_model::schema::Place;
use tablature_schema::text::{Sources, Span};

fn place(span: Span, sources: &Sources) -> Place {
    Place {
        file: sources.file(span.file).path.clone().into(),
        line: sources.start(span).line,
    }
}
