use super::History;
use serde::Serialize;
use tablature_schema::sqlite::catalog::{self, GeneratedKind};
use tablature_schema::text::Sources;

/// A column, as `PRAGMA table_xinfo` reports it.
#[derive(Debug, Serialize)]
pub(crate) struct Column<'a> {
    name: &'a str,
    /// The declared type; empty where there is none.
    r#type: &'a str,
    not_null: bool,
    /// The text of the default.
    default: Option<&'a str>,
    /// The 1-based position in the primary key, or 0.
    primary_key: usize,
    /// `stored`, `virtual`, or null for a column that is written.
    generated: Option<&'static str>,
    #[serde(flatten)]
    history: History<'a>,
}

impl<'a> Column<'a> {
    pub(crate) fn new(
        table: &'a catalog::Table,
        position: usize,
        column: &'a catalog::Column,
        sources: &'a Sources,
    ) -> Column<'a> {
        Column {
            name: &column.name,
            r#type: &column.declared_type,
            not_null: column.not_null,
            default: column.default.as_ref().map(|default| &*default.text),
            primary_key: table
                .primary_key
                .as_ref()
                .and_then(|key| key.columns.iter().position(|column| *column == position))
                .map_or(0, |place| place + 1),
            generated: column
                .generated
                .as_ref()
                .map(|generated| match generated.kind {
                    GeneratedKind::Stored => "stored",
                    GeneratedKind::Virtual => "virtual",
                }),
            history: History::new(&column.provenance, sources),
        }
    }
}
