use super::Source;
use crate::json::History;
use serde::Serialize;
use tablature_schema::postgres::catalog::{self, Generated, Relation};
use tablature_schema::postgres::print;
use tablature_schema::postgres::types::Typing;

/// A column.
#[derive(Debug, Serialize)]
pub(super) struct Column<'a> {
    name: &'a str,
    /// As `format_type` prints it.
    r#type: String,
    not_null: bool,
    /// As `pg_get_expr` prints it; null for a generated column.
    default: Option<String>,
    /// The 1-based position in the primary key, or 0.
    primary_key: usize,
    /// `stored`, `virtual`, or null for a column that is written.
    generated: Option<&'static str>,
    #[serde(flatten)]
    history: Option<History<'a>>,
}

impl<'a> Column<'a> {
    /// A column of a table whose primary key has some columns.
    pub(super) fn new(
        table: &'a Relation,
        column: &'a catalog::Column,
        key: &[i16],
        source: Source<'a>,
    ) -> Column<'a> {
        let default = column.default.as_ref();
        let default = default.filter(|_| column.generated.is_none());
        let place = key.iter().position(|number| *number == column.number);
        Column {
            name: &column.name,
            r#type: Typing::new(source.catalog).format(column.typed.oid, column.typed.typmod),
            not_null: column.not_null,
            default: default.map(|it| print::expression(source.catalog, it, Some(table.oid))),
            primary_key: place.map_or(0, |place| place + 1),
            generated: column.generated.map(|generated| match generated {
                Generated::Stored => "stored",
                Generated::Virtual => "virtual",
            }),
            history: source.history(column.provenance.as_ref()),
        }
    }
}
