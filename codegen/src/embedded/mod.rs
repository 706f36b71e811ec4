//! What an application embeds, as values: a directory's migrations, the schema that the last one leaves behind, and the
//! snapshot.

mod migrations;
#[cfg(feature = "postgres")]
mod postgres;
mod reversal;
mod sqlite;

pub use migrations::{migrations, snapshot};
#[cfg(feature = "postgres")]
pub use postgres::schema as postgres_schema;
pub use sqlite::schema as sqlite_schema;

use tablature_model::schema::Place;
use tablature_model::{Embedded, Expected};
use tablature_schema::catalog::Catalog;
use tablature_schema::text::{Sources, Span};

/// Makes the schema of a catalog, in the terms of its engine; `sources` are the files that it came from.
#[must_use]
pub fn expected(catalog: &Catalog, sources: &Sources) -> Expected {
    match catalog {
        Catalog::Sqlite(catalog) => {
            Expected::Sqlite(Embedded::Value(sqlite_schema(catalog, sources)))
        }
        #[cfg(feature = "postgres")]
        Catalog::Postgres(catalog) => {
            Expected::Postgres(Embedded::Value(postgres_schema(catalog, sources)))
        }
    }
}

fn place(span: Span, sources: &Sources) -> Place {
    Place {
        file: sources.file(span.file).path.clone().into(),
        line: sources.start(span).line,
    }
}
